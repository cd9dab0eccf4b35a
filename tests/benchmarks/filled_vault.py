"""A vault of invented people, made for the measures: `python -m tests.benchmarks.filled_vault`."""

from __future__ import annotations

import functools
import random
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import sqlcipher3.dbapi2 as sqlcipher

from vault.vault import Vault, VaultKind

APPLICATIONS_EACH = 3
PASSPHRASE = "girafe lanterne octobre vinaigre"
_FAMILY = ("Ünal", "Kervella", "Da Silva", "Mercier", "Le Goff", "Nguyễn", "Œillet", "Šarić")
_GIVEN = ("Zoë", "Yann", "Luís", "Anne", "Ayşe", "Maëlle", "Ğani", "Łucja")


class UnlockedMemory(sqlcipher.Connection):  # type: ignore[misc]  # the library carries no types
    """A connection that locks and wipes no memory: doing so at each allocation takes its time."""

    def execute(self, statement: str, *arguments: Any) -> Any:
        """Run a statement, but the one that would lock memory."""
        if "cipher_memory_security" in statement:
            statement = "PRAGMA cipher_memory_security = OFF"
        return super().execute(statement, *arguments)


def fill(folder: Path, people: int) -> None:
    """Make a vault and fill it."""
    vault, _ = Vault.create(
        folder, kind=VaultKind.STATION, place="Brest", user="Banc", passphrase=PASSPHRASE
    )
    chance = random.Random(20261123)
    with vault.transaction():
        for number in range(people):
            person = vault.people.add(
                family_name=f"{chance.choice(_FAMILY)}-{number % 977}",
                given_names=chance.choice(_GIVEN),
                prison_number=str(40_000 + number),
            )
            for _ in range(APPLICATIONS_EACH):
                vault.applications.add(
                    person_id=person.id,
                    form_id="election-de-domicile",
                    form_version="1",
                    form_title="Demande d’élection de domicile",
                    answers={"/data/identite/nom": "x" * 200},
                )
    vault.lock()


def main() -> None:
    """Fill the vault that the arguments name."""
    folder, people = Path(sys.argv[1]), int(sys.argv[2])
    connect = functools.partial(sqlcipher.connect, factory=UnlockedMemory)
    with mock.patch.object(sqlcipher, "connect", connect):
        fill(folder, people)


if __name__ == "__main__":
    main()
