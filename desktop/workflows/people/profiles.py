"""The people helped: adding one, their profile, their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.workflows.dates import long_day
from desktop.workflows.desk import Desk
from desktop.workflows.filling.applications import ApplicationRow, rows_of_person
from desktop.workflows.history import HistoryLine, history_of_person
from desktop.workflows.names import full_name, sorted_name
from desktop.workflows.retention.rules import person_retention_said
from forms.profile import PROFILE_KEYS
from vault.records.journal import Action
from vault.records.people import Person


@dataclass(frozen=True)
class PersonRow:
    """One person in a list.

    Attributes:
        title: « ÜNAL-ŒILLET Zoë ».
        subtitle: date of birth and prison number, in words.
    """

    id: str
    title: str
    subtitle: str


@dataclass(frozen=True)
class Fact:
    """One known fact of a person's profile, as shown."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class PersonPage:
    """All that a person's page shows.

    Attributes:
        kept: until when they are kept, in words.
    """

    id: str
    name: str
    summary: str
    facts: tuple[Fact, ...]
    applications: tuple[ApplicationRow, ...]
    history: tuple[HistoryLine, ...]
    kept: str


def list_people(desk: Desk, *, limit: int = 200, offset: int = 0) -> tuple[PersonRow, ...]:
    """The people of the vault in alphabetical order."""
    return tuple(_row(person) for person in desk.vault.people.all(limit=limit, offset=offset))


def count_people(desk: Desk) -> int:
    """How many people the vault holds."""
    return desk.vault.people.count()


def add_person(desk: Desk, profile: Mapping[str, Any]) -> str:
    """Add a person from the first facts known of them and return their identifier."""
    vault = desk.vault
    with vault.transaction():
        person = vault.people.add(**_columns(profile), profile=dict(profile))
        vault.journal.add(Action.PERSON_ADDED, person_id=person.id)
    return person.id


def change_profile(desk: Desk, person_id: str, changes: Mapping[str, Any]) -> None:
    """Write facts into a person's profile; a value of None or "" removes the fact."""
    vault = desk.vault
    with vault.transaction():
        person = vault.people.get(person_id)
        profile = {**person.profile, **changes}
        profile = {key: value for key, value in profile.items() if value not in (None, "", [])}
        if profile == person.profile:
            return
        vault.people.save(replace(person, **_columns(profile), profile=profile))
        changed = sorted(key for key in changes if changes[key] != person.profile.get(key))
        vault.journal.add(
            Action.PERSON_CHANGED, person_id=person_id, detail={"keys": " ".join(changed)}
        )


def person_profile(desk: Desk, person_id: str) -> dict[str, Any]:
    """The profile of a person, by profile key."""
    return dict(desk.vault.people.get(person_id).profile)


def person_page(desk: Desk, person_id: str) -> PersonPage:
    """Gather a person's page: who they are, their applications, what was done."""
    person = desk.vault.people.get(person_id)
    return PersonPage(
        id=person.id,
        name=full_name(person),
        summary=summary(person),
        facts=facts(person.profile),
        applications=rows_of_person(desk, person_id),
        history=history_of_person(desk, person_id),
        kept=person_retention_said(desk, person_id),
    )


def facts(profile: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The known facts of a profile in the order of the vocabulary, each in words."""
    return tuple(
        Fact(key, known.label, known.display(profile[key]))
        for key, known in PROFILE_KEYS.items()
        if profile.get(key) not in (None, "", [])
    )


def summary(person: Person) -> str:
    """« née le 12 mars 1985 à İzmir (Turquie) · écrou 48 213 · sortie prévue le … »."""
    profile = person.profile
    parts = []
    if person.birth_date:
        born = {"f": "née", "m": "né"}.get(str(profile.get("identite.sexe")), "né(e)")
        birth = f"{born} le {long_day(date.fromisoformat(person.birth_date))}"
        place = profile.get("naissance.commune")
        country = profile.get("naissance.pays")
        if place:
            birth += f" à {place}"
        if country and str(country).casefold() != "france":
            birth += f" ({country})"
        parts.append(birth)
    if person.prison_number:
        parts.append(f"écrou {PROFILE_KEYS['ecrou.numero'].display(person.prison_number)}")
    release = profile.get("ecrou.date_sortie_prevue")
    if release:
        parts.append(f"sortie prévue le {long_day(date.fromisoformat(str(release)))}")
    return " · ".join(parts)


def _row(person: Person) -> PersonRow:
    return PersonRow(person.id, sorted_name(person), summary(person))


def _columns(profile: Mapping[str, Any]) -> dict[str, Any]:
    def text(key: str) -> str:
        return str(profile.get(key) or "").strip()

    return {
        "family_name": text("identite.nom_usage") or text("identite.nom_naissance"),
        "given_names": text("identite.prenoms"),
        "birth_date": text("naissance.date") or None,
        "prison_number": text("ecrou.numero") or None,
    }
