"""Copying an application to a website by hand: what, in which order, and what is done already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from desktop.workflows.dates import long_day
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.receipts import take_up
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.filling.reading import answer_lines
from desktop.workflows.names import full_name
from desktop.workflows.online.errors import NoOnlineFiling
from desktop.workflows.online.procedures import online_filing
from desktop.workflows.online.records import copied_steps, keep_copied_steps
from forms.filling import Filling
from forms.online import OnlineFiling, OnlineStatus
from forms.online_values import CopiedValue, copied_values
from vault.records.applications import Application

STATUS_WORDS: dict[OnlineStatus, str] = {
    OnlineStatus.EXAMPLE: "Exemple inventé",
    OnlineStatus.TO_VERIFY: "À vérifier",
    OnlineStatus.VERIFIED: "Vérifié",
}
"""What a form's `online.yaml` is worth, in words."""


@dataclass(frozen=True)
class CopyStep:
    """One value to copy.

    Attributes:
        key: the same each time the application is copied, for progress to be kept.
        section: « Ayant droit 2 »; empty outside a repeat.
        text: as the website wants it; empty without an answer: nothing is copied.
    """

    key: str
    section: str
    label: str
    text: str


@dataclass(frozen=True)
class CopyPlan:
    """What to copy, in order.

    Attributes:
        person: whose application it is.
        site: the address of the website; empty where none is known.
        order: where the order comes from, in words, with its date.
        done: the keys of the steps copied so far.
    """

    application_id: str
    title: str
    person: str
    site: str
    order: str
    steps: tuple[CopyStep, ...]
    done: frozenset[str]


def copy_plan(desk: Desk, application_id: str) -> CopyPlan:
    """What to copy for an application: in its website's order, else in the form's own.

    Raises:
        NotARelay: the vault is a station's.
        RecordNotFound: the vault has no such application.
        DefinitionError: the mapping or the definition has a fault.
    """
    desk.require_relay()
    application = desk.vault.applications.get(application_id)
    person = desk.vault.people.get(application.person_id)
    filling = filling_of(desk, application, person)
    filing = _filing(desk, application)
    if filing is not None and filing.copy:
        values = copied_values(filing, filling)
        order = f"{STATUS_WORDS[filing.status]}, lu le {long_day(filing.read)}"
    else:
        values = _own_order(filling)
        order = "Ordre du formulaire : celui du site n’est pas connu"
    steps = _steps(values)
    known = frozenset(step.key for step in steps)
    return CopyPlan(
        application_id,
        application.form_title,
        full_name(person),
        filing.site if filing is not None else "",
        order,
        steps,
        copied_steps(desk, application_id) & known,
    )


def mark_copied(desk: Desk, application_id: str, done: frozenset[str]) -> None:
    """Keep which steps are done; with the first, the application is « En cours ».

    Raises:
        NotARelay: the vault is a station's.
        RecordNotFound: the vault has no such application.
    """
    with desk.vault.transaction():
        take_up(desk, application_id)
        keep_copied_steps(desk, application_id, done)


def _filing(desk: Desk, application: Application) -> OnlineFiling | None:
    try:
        return online_filing(desk, application.form_id)
    except NoOnlineFiling:
        return None


def _own_order(filling: Filling) -> tuple[CopiedValue, ...]:
    return tuple(
        CopiedValue(line.section, line.label, line.text if line.answered else "")
        for line in answer_lines(filling)
    )


def _steps(values: tuple[CopiedValue, ...]) -> tuple[CopyStep, ...]:
    seen: Counter[str] = Counter()
    steps = []
    for value in values:
        name = f"{value.section}/{value.label}"
        seen[name] += 1
        steps.append(CopyStep(f"{name}/{seen[name]}", value.section, value.label, value.text))
    return tuple(steps)
