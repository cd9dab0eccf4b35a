"""A vault made once a session and copied for each test; its recovery key opens it at no cost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from vault.key_slots.recovery import RecoveryKey
from vault.records.people import Person
from vault.vault import Vault, VaultKind

PASSPHRASE = "quatre mots tirés au sort"


@dataclass(frozen=True)
class ClosedVault:
    """A locked vault on disk, and the two ways to open it."""

    folder: Path
    passphrase: str
    recovery: RecoveryKey

    def open(self) -> Vault:
        return Vault.unlock_with_recovery(self.folder, self.recovery)

    @property
    def database(self) -> Path:
        return self.folder / "vault.db"

    @property
    def keys(self) -> Path:
        return self.folder / "vault.keys"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> ClosedVault:
    folder = tmp_path_factory.mktemp("template") / "coffre"
    vault, recovery = Vault.create(
        folder,
        kind=VaultKind.STATION,
        place="Maison d’arrêt de Valmont",
        user="Anne MERCIER",
        passphrase=PASSPHRASE,
    )
    vault.lock()
    return ClosedVault(folder, PASSPHRASE, recovery)


@pytest.fixture
def closed(template: ClosedVault, tmp_path: Path) -> ClosedVault:
    folder = tmp_path / "coffre"
    shutil.copytree(template.folder, folder)
    return ClosedVault(folder, template.passphrase, template.recovery)


@pytest.fixture
def vault(closed: ClosedVault) -> Iterator[Vault]:
    vault = closed.open()
    yield vault
    vault.lock()


@pytest.fixture
def zoe(vault: Vault) -> Person:
    return vault.people.add(
        family_name="Ünal-Œillet",
        given_names="Zoë",
        birth_date="1985-03-12",
        prison_number="48213",
        profile={"naissance.commune": "İzmir", "naissance.pays": "Turquie"},
    )
