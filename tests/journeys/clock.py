"""The clock of a PC, as its mainboard or somebody sets it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest

_WRITERS = (
    "copies.backups",
    "records.applications",
    "records.documents",
    "records.journal",
    "records.people",
    "records.user_records",
)


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let the program believe from now on that it is another moment."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a moment
            return moment.astimezone(tz)

    monkeypatch.setattr("desktop.workflows.desk.datetime", Clock)
    written = moment.astimezone(UTC).isoformat(timespec="seconds")
    for module in _WRITERS:
        monkeypatch.setattr(f"vault.{module}.now", lambda: written)
