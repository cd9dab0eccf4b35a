"""Who of a relay's users files an application, and before which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.workflows.dates import long_day
from desktop.workflows.desk import Desk
from vault.records.journal import Action


@dataclass(frozen=True)
class Colleague:
    """Somebody who can open this vault."""

    id: str
    name: str


def colleagues(desk: Desk) -> tuple[Colleague, ...]:
    """Those to whom an application may be given, the session's user among them."""
    return tuple(Colleague(user.id, user.name) for user in desk.vault.users.all())


def assign(desk: Desk, application_id: str, user_id: str | None) -> None:
    """Give an application to a user of this relay, or back to nobody; the same does nothing.

    Raises:
        NotARelay: the vault is a station's.
        RecordNotFound: there is no such application or user.
    """
    desk.require_relay()
    vault = desk.vault
    with vault.transaction():
        application = vault.applications.get(application_id)
        if application.assigned_to == user_id:
            return
        detail = {"title": application.form_title}
        if user_id is not None:
            detail["name"] = vault.users.get(user_id).name
        vault.applications.save(replace(application, assigned_to=user_id))
        vault.journal.add(
            Action.APPLICATION_ASSIGNED,
            person_id=application.person_id,
            application_id=application_id,
            detail=detail,
        )


def set_deadline(desk: Desk, application_id: str, day: date | None) -> None:
    """Note before which day an application is to be filed, or that there is none.

    Raises:
        NotARelay: the vault is a station's.
        RecordNotFound: there is no such application.
    """
    desk.require_relay()
    vault = desk.vault
    with vault.transaction():
        application = vault.applications.get(application_id)
        deadline = day.isoformat() if day else None
        if application.deadline == deadline:
            return
        vault.applications.save(replace(application, deadline=deadline))
        vault.journal.add(
            Action.DEADLINE_SET,
            person_id=application.person_id,
            application_id=application_id,
            detail={"title": application.form_title, **({"day": long_day(day)} if day else {})},
        )
