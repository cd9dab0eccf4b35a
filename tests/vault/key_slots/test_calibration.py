"""What a passphrase costs: about a second where it was chosen, more on a stronger PC."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from vault.errors import NotEnoughMemory
from vault.key_slots.available_memory import available_memory_kib
from vault.key_slots.calibration import MOST_MEMORY_KIB, calibrated, measured_seconds, raised
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import PREVIOUS_NAME
from vault.vault import Vault, VaultKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.vault.conftest import ClosedVault

MIB = 1024
GIB = 1024 * MIB
PLENTY = 16 * GIB
FLOOR = Kdf()
YANN = "girafe lanterne octobre"


@pytest.fixture(autouse=True)
def a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.key_slots.calibration.TARGET_SECONDS", 1.0)


def seconds_on(floor_seconds: float, kdf: Kdf) -> float:
    """How long a derivation takes on a PC that needs so long for the floor."""
    work = kdf.memory_kib * kdf.passes
    return floor_seconds * work / (FLOOR.memory_kib * FLOOR.passes)


@pytest.mark.parametrize(
    ("floor_seconds", "free_kib", "chosen"),
    [
        pytest.param(3.0, PLENTY, (64, 3), id="a slow PC: the floor, never below"),
        pytest.param(0.5, PLENTY, (128, 3), id="an old PC"),
        pytest.param(0.125, PLENTY, (512, 3), id="a PC of today"),
        pytest.param(0.05, PLENTY, (512, 7), id="a fast PC: memory is bounded, then passes"),
        pytest.param(0.125, 1 * GIB, (256, 6), id="little memory: passes in its place"),
        pytest.param(0.5, 100 * MIB, (64, 6), id="hardly any memory"),
        pytest.param(0.0, PLENTY, (512, 64), id="a clock that stands still"),
    ],
)
def test_the_cost_is_chosen_for_the_pc(
    floor_seconds: float, free_kib: int, chosen: tuple[int, int]
) -> None:
    kdf = calibrated(
        seconds_of=lambda kdf: seconds_on(floor_seconds, kdf), free_kib=lambda: free_kib
    )
    assert (kdf.memory_kib // MIB, kdf.passes) == chosen


@pytest.mark.parametrize("floor_seconds", [0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("free", [PLENTY, 2 * GIB, 300 * MIB])
def test_what_is_chosen_takes_about_a_second(floor_seconds: float, free: int) -> None:
    kdf = calibrated(seconds_of=lambda kdf: seconds_on(floor_seconds, kdf), free_kib=lambda: free)
    assert 0.7 <= seconds_on(floor_seconds, kdf) <= 1.0
    assert kdf.memory_kib <= max(min(free // 4, MOST_MEMORY_KIB), FLOOR.memory_kib)


@pytest.mark.parametrize(
    ("kdf", "seconds", "free_kib", "then"),
    [
        pytest.param(FLOOR, 0.2, PLENTY, Kdf(320 * MIB, 3), id="a stronger PC"),
        pytest.param(FLOOR, 0.6, PLENTY, FLOOR, id="not twice as strong: left alone"),
        pytest.param(Kdf(256 * MIB, 3), 5.0, PLENTY, Kdf(256 * MIB, 3), id="a weaker PC"),
        pytest.param(Kdf(512 * MIB, 3), 4.0, 200 * MIB, Kdf(512 * MIB, 3), id="little memory"),
        pytest.param(Kdf(128 * MIB, 9), 0.2, 512 * MIB, Kdf(128 * MIB, 45), id="passes in place"),
    ],
)
def test_the_cost_is_raised_and_never_lowered(
    kdf: Kdf, seconds: float, free_kib: int, then: Kdf
) -> None:
    assert raised(kdf, seconds, free_kib=lambda: free_kib) == then


def test_this_pc_is_measured() -> None:
    assert measured_seconds(FLOOR) > 0
    assert available_memory_kib() > 0


def costs(folder: Path) -> list[tuple[int, int]]:
    users = json.loads((folder / "vault.keys").read_bytes())["users"]
    return [(user["memory_kib"] // MIB, user["passes"]) for user in users]


def test_a_new_vault_costs_what_was_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.vault.calibrated", lambda: Kdf(70 * MIB, 3))
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Valmont",
        user="Anne MERCIER",
        passphrase=YANN,
    )
    vault.lock()
    assert costs(tmp_path / "coffre") == [(70, 3)]


def test_a_stronger_pc_makes_that_users_slot_anew_and_keeps_the_file_before(
    closed: ClosedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vault.opening.raised", lambda kdf, seconds: kdf)
    vault = closed.open()
    vault.users.add("Yann KERVELLA", Role.WORKER, YANN, kdf=FLOOR)
    vault.lock()
    before = closed.keys.read_bytes()
    monkeypatch.setattr("vault.opening.raised", lambda kdf, seconds: Kdf(72 * MIB, kdf.passes))
    vault = Vault.unlock(closed.folder, YANN)
    assert vault.session.kdf == Kdf(72 * MIB, 3)
    assert costs(closed.folder) == [(64, 3), (72, 3)]
    assert (closed.folder / PREVIOUS_NAME).read_bytes() == before
    assert vault.verify().ok
    vault.lock()
    monkeypatch.setattr("vault.opening.raised", lambda kdf, seconds: kdf)
    for passphrase in (YANN, closed.passphrase):
        Vault.unlock(closed.folder, passphrase).lock()
    assert costs(closed.folder) == [(64, 3), (72, 3)]


def test_a_slot_that_cannot_cost_more_opens_as_it_is(
    closed: ClosedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = closed.keys.read_bytes()

    def refused(*_: object, **__: object) -> object:
        raise NotEnoughMemory

    monkeypatch.setattr("vault.opening.raised", lambda kdf, seconds: Kdf(72 * MIB, kdf.passes))
    monkeypatch.setattr("vault.opening.with_user", refused)
    vault = Vault.unlock(closed.folder, closed.passphrase)
    assert vault.session.kdf == FLOOR
    vault.lock()
    assert closed.keys.read_bytes() == before
