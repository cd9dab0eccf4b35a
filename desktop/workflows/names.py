"""How a person is named on a screen and on paper."""

from __future__ import annotations

from vault.records.people import Person


def full_name(person: Person) -> str:
    """« Zoë ÜNAL-ŒILLET »: given names as written, family name in capitals."""
    return f"{person.given_names} {person.family_name.upper()}".strip()


def sorted_name(person: Person) -> str:
    """« ÜNAL-ŒILLET Zoë », for lists in alphabetical order."""
    return f"{person.family_name.upper()} {person.given_names}".strip()
