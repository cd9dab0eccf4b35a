"""Facts that an application under way has otherwise than the profile: old, new, and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.workflows.desk import Desk
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.filling.states import EDITABLE
from desktop.workflows.people.profiles import change_profile
from forms.errors import FormError

_DECIDED = "decided_facts"


@dataclass(frozen=True)
class DifferingFact:
    """One fact that differs.

    Attributes:
        title: the application's form.
        old_text, new_text: as shown.
        new: as the profile would keep it.
    """

    application_id: str
    title: str
    key: str
    label: str
    old_text: str
    new_text: str
    new: Any


def differing_facts(desk: Desk, person_id: str) -> tuple[DifferingFact, ...]:
    """The known facts that applications under way have otherwise, those decided left out."""
    person = desk.vault.people.get(person_id)
    decided = desk.vault.settings.get(_DECIDED, {})
    found = []
    for application in desk.vault.applications.of_person(person_id):
        if application.state not in EDITABLE or application.definition is not None:
            continue
        try:
            changes = filling_of(desk, application, person).profile_changes()
        except FormError:
            # A form that cannot be read is told where it is opened.
            continue
        for change in changes:
            known = decided.get(application.id, {})
            if change.old is None or (change.key in known and known[change.key] == change.new):
                continue
            found.append(
                DifferingFact(
                    application.id,
                    application.form_title,
                    change.key,
                    change.label,
                    change.old_text,
                    change.new_text,
                    change.new,
                )
            )
    return tuple(found)


def take_new(desk: Desk, person_id: str, fact: DifferingFact) -> None:
    """Put the application's fact in the profile."""
    change_profile(desk, person_id, {fact.key: fact.new})


def keep_old(desk: Desk, fact: DifferingFact) -> None:
    """Leave the profile as it is, and ask no more for this answer."""
    decided = dict(desk.vault.settings.get(_DECIDED, {}))
    decided[fact.application_id] = {**decided.get(fact.application_id, {}), fact.key: fact.new}
    desk.vault.settings.set(_DECIDED, decided)
