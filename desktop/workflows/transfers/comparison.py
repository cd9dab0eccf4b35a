"""A person arriving from another station, before anything is kept: who they are, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.workflows.desk import Desk
from desktop.workflows.errors import ReceiptFromStranger
from desktop.workflows.exchanges.contacts import identity_of, known_parties, refuse_revoked
from desktop.workflows.filling.states import STATE_WORDS
from desktop.workflows.names import sorted_name
from desktop.workflows.people.profiles import summary
from desktop.workflows.telling import Steps, Told, say_nothing
from desktop.workflows.transfers.arriving_answers import (
    answers_that_differ,
    goes_answer_by_answer,
    told_beside,
)
from exports.bundle.errors import BundleDamaged
from exports.bundle.manifest import ApplicationParcel
from exports.bundle.transfer import OpenedTransfer, Standing, TransferredPerson, open_transfer
from forms.profile import PROFILE_KEYS
from vault.records.applications import Application, ApplicationState
from vault.records.people import Person
from vault.records.search import fold


@dataclass(frozen=True)
class Candidate:
    """Somebody here who may be the person who arrives."""

    person_id: str
    title: str
    subtitle: str


@dataclass(frozen=True)
class Arrival:
    """What a transfer says once opened and verified, before anything is kept.

    Attributes:
        sender_verified: whether the fingerprint of the sender's card was compared.
        already: whether this very transfer was taken in before.
        name, subtitle: of the person who arrives.
        lines: « Demande d’élection de domicile — transmise », one an application.
        documents: how many come.
        candidates: who they may be among those here, the likeliest first.
    """

    id: str
    number: str
    sender: str
    sender_verified: bool
    already: bool
    name: str
    subtitle: str
    lines: tuple[str, ...]
    documents: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class ArrivingDifference:
    """Something that is otherwise here than in the transfer, to be chosen.

    Attributes:
        key: a profile key, the identifier of an application, or the `answer_key` of an answer.
        here_text, there_text: as shown, side by side.
    """

    key: str
    label: str
    here_text: str
    there_text: str


def preview_arrival(desk: Desk, file: Path, *, progress: Told = say_nothing) -> Arrival:
    """Open and verify a transfer without keeping anything of it.

    Raises:
        NotAStation: the vault is a relay's.
        ReceiptFromStranger: its sender is no contact here.
        RevokedContact: nothing is taken from the sender any more.
        BundleError: it is not one, is damaged, was altered, or is for somebody else.
        OSError: the file cannot be read.
    """
    desk.require_station()
    with opened_transfer(desk, file, progress) as opened:
        contents = opened.contents
        bundle = contents.bundle
        contact = desk.vault.contacts.get(opened.sender.id)
        arriving = _as_person(contents.person)
        return Arrival(
            bundle.id,
            bundle.number,
            opened.sender.name,
            contact.verified_at is not None,
            desk.vault.bundles.find(bundle.id) is not None,
            sorted_name(arriving),
            summary(arriving),
            tuple(
                f"{parcel.form_title} — {_state_words(standing)}"
                for parcel, standing in zip(bundle.applications, contents.standings, strict=True)
            ),
            len(contents.documents) + sum(len(one.documents) for one in bundle.applications),
            _candidates(desk, arriving),
        )


def differences(desk: Desk, file: Path, person_id: str) -> tuple[ArrivingDifference, ...]:
    """What somebody here has otherwise than the transfer; raises as `preview_arrival`.

    Facts known on one side only are no difference: they are put together.
    """
    desk.require_station()
    here = desk.vault.people.get(person_id)
    with opened_transfer(desk, file, say_nothing) as opened:
        contents = opened.contents
        there = contents.person.profile
        facts = tuple(
            ArrivingDifference(
                key, known.label, known.display(here.profile[key]), known.display(there[key])
            )
            for key, known in PROFILE_KEYS.items()
            if says(here.profile, key) and says(there, key) and here.profile[key] != there[key]
        )
        applications: list[ArrivingDifference] = []
        for parcel, standing in zip(contents.bundle.applications, contents.standings, strict=True):
            held = desk.vault.applications.find(parcel.id)
            if held is not None and held.person_id == person_id:
                applications += _of_application(desk, held, parcel, standing)
        return (*facts, *applications)


def answer_key(application_id: str, path: str) -> str:
    """The key of a difference in one answer of an application."""
    return f"{application_id}{path}"


@contextmanager
def opened_transfer(desk: Desk, file: Path, progress: Told) -> Iterator[OpenedTransfer]:
    """A transfer opened and verified, from a contact; raises as `preview_arrival`."""
    told = Steps(progress, (file.stat().st_size,)).step(0)
    with file.open("rb") as source:
        opened = open_transfer(source, identity_of(desk), known_parties(desk), told)
        contact = desk.vault.contacts.find(opened.sender.id)
        if contact is None or not opened.known:
            raise ReceiptFromStranger
        refuse_revoked(contact)
        for standing in opened.contents.standings:
            state_of(standing)
        yield opened


def _as_person(arriving: TransferredPerson) -> Person:
    return Person(
        arriving.id,
        arriving.family_name,
        arriving.given_names,
        arriving.birth_date or None,
        arriving.prison_number or None,
        dict(arriving.profile),
        "",
        "",
    )


def _candidates(desk: Desk, arriving: Person) -> tuple[Candidate, ...]:
    """The same identifier, else the same day of birth and a name in common."""
    same = desk.vault.people.find(arriving.id)
    found = [same] if same is not None else []
    words = set(fold(f"{arriving.family_name} {arriving.given_names}").split())
    hits = desk.vault.search(arriving.family_name, limit=50) if arriving.family_name else []
    for hit in hits:
        here = desk.vault.people.find(hit.person_id)
        if here is None or here in found:
            continue
        alike = words & set(fold(f"{here.family_name} {here.given_names}").split())
        if alike and (here.birth_date == arriving.birth_date or not here.birth_date):
            found.append(here)
    return tuple(Candidate(one.id, sorted_name(one), summary(one)) for one in found)


def says(profile: Mapping[str, Any], key: str) -> bool:
    """Whether a profile holds a fact."""
    return profile.get(key) not in (None, "", [])


def state_of(standing: Standing) -> ApplicationState:
    """The state of an application that arrives.

    Raises:
        BundleDamaged: this program knows no such state.
    """
    try:
        return ApplicationState(standing.state)
    except ValueError as error:
        raise BundleDamaged from error


def _state_words(standing: Standing) -> str:
    return STATE_WORDS[state_of(standing)].lower()


def _counted(state: str, answered: int) -> str:
    return f"{state}, {answered} réponse{'s' if answered > 1 else ''}"


def _of_application(
    desk: Desk, held: Application, parcel: ApplicationParcel, standing: Standing
) -> Iterator[ArrivingDifference]:
    if goes_answer_by_answer(held, parcel, standing):
        for here, there in answers_that_differ(desk, held, parcel):
            label = f"{parcel.form_title} — {here.label}"
            yield ArrivingDifference(answer_key(held.id, here.path), label, here.text, there.text)
    elif not _alike(held, parcel, standing):
        here_told, there_told = told_beside(desk, held, parcel)
        yield ArrivingDifference(
            parcel.id,
            parcel.form_title,
            f"{_counted(STATE_WORDS[held.state].lower(), held.answered)}\n{here_told}".strip(),
            f"{_counted(_state_words(standing), standing.answered)}\n{there_told}".strip(),
        )


def _alike(held: Application, parcel: ApplicationParcel, standing: Standing) -> bool:
    return (held.answers, held.state, held.outcome or "", held.reference or "") == (
        parcel.answers,
        state_of(standing),
        standing.outcome,
        standing.reference,
    )
