"""A relay with half a year of invented work, for the picture of its activity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch

from desktop.workflows.demo.people import PASSPHRASE
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.reasons import Reason
from desktop.workflows.exchanges.receipts import record_outcome
from desktop.workflows.filling.applications import set_state
from exports.bundle.receipt import OutcomeKind
from forms.catalogue import catalogue
from vault.records.applications import ApplicationState
from vault.vault import Vault, VaultKind

_FORMS = ("election-de-domicile", "caf-incarceration", "complementaire-sante", "procuration-vote")
_APPLICATIONS = 96
_DAYS = 165
_REASONS = (Reason.MISSING_DOCUMENT, Reason.MISSING_DOCUMENT, Reason.CONDITIONS, Reason.LATE)


def busy_relay(folder: Path, today: date) -> Desk:
    """A relay's vault, open, whose applications came and went in the months before a day."""
    vault, _ = Vault.create(
        folder,
        kind=VaultKind.RELAY,
        place="SPIP du Finistère",
        user="A. Morvan",
        passphrase=PASSPHRASE,
    )
    desk = desk_of(vault)
    for number in range(_APPLICATIONS):
        came = today - timedelta(days=_DAYS - number * _DAYS // _APPLICATIONS)
        with _on(came):
            application = _put(desk, number)
        filed = came + timedelta(days=2 + number % 9)
        if filed <= today and number % 8:
            _record(desk, application, filed, number)
    return desk


def _put(desk: Desk, number: int) -> str:
    form = catalogue().form(_FORMS[number * number % 7 % len(_FORMS)])
    person = desk.vault.people.add(
        family_name=f"Personne {number}", given_names="Inventée", birth_date="", profile={}
    )
    return desk.vault.applications.add(
        person_id=person.id,
        form_id=form.id,
        form_version=form.version,
        form_title=form.title,
        answers={},
        state=ApplicationState.TO_FILE,
        definition=form.text,
    ).id


def _record(desk: Desk, application: str, day: date, number: int) -> None:
    with _on(day):
        record_outcome(desk, application, OutcomeKind.FILED_ONLINE, on=day)
    decided = day + timedelta(days=10 + number % 21)
    if decided > desk.today():
        return
    with _on(decided):
        if number % 3:
            set_state(desk, application, ApplicationState.ACCEPTED)
            return
        kind = OutcomeKind.REFUSED if number % 2 else OutcomeKind.INCOMPLETE
        reason = _REASONS[number // 3 % len(_REASONS)]
        record_outcome(desk, application, kind, on=decided, reason=reason)


@contextmanager
def _on(day: date) -> Iterator[None]:
    """The vault's clock on another day."""
    moment = datetime.combine(day, time(10), UTC).isoformat(timespec="seconds")
    with (
        patch("vault.records.applications.now", lambda: moment),
        patch("vault.records.journal.now", lambda: moment),
    ):
        yield
