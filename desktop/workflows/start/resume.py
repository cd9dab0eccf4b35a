"""Where the work stopped: kept in the vault, so that the next start lands there."""

from __future__ import annotations

from desktop.workflows.desk import Desk

_KEY = "resume"


def remember_place(desk: Desk, place: str, record_id: str = "") -> None:
    """Keep the page being looked at (`place`, as the window names it) and its record."""
    if not desk.vault.session.may_write:
        return
    wanted = {"place": place, "record": record_id}
    if desk.vault.settings.get(_KEY, None) != wanted:
        desk.vault.settings.set(_KEY, wanted)


def where_work_stopped(desk: Desk) -> tuple[str, str] | None:
    """The page and the record last looked at, or None at the first start."""
    kept = desk.vault.settings.get(_KEY, None)
    if not isinstance(kept, dict) or "place" not in kept:
        return None
    return str(kept["place"]), str(kept.get("record", ""))
