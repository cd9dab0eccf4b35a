"""What every test may use: a screenless Qt, a home of its own, the PDFs and samples if here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from vault.key_slots.kdf import Kdf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_ROOT = Path(__file__).resolve().parents[1]


def _shared(name: str) -> Path:
    folder = Path(os.environ.get(f"TRAITDUNION_{name.upper()}", _ROOT.parent / "shared" / name))
    if not folder.is_dir():
        pytest.skip(f"the folder {name} is not beside the project")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that lasts one test: the vaults it opens are not proposed to whoever runs it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    return folder


@pytest.fixture(scope="session", autouse=True)
def quick_passphrases() -> Iterator[None]:
    """Passphrases that cost what they must, once: no test waits a second for each.

    What one passphrase gives with one salt is derived for real, then remembered: making a vault
    measures this PC with the same derivation each time, and most vaults are opened again.
    """
    derive = cache(Kdf.derive)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vault.key_slots.calibration.TARGET_SECONDS", 0.0)
        patch.setattr(Kdf, "derive", lambda kdf, passphrase, salt: derive(kdf, passphrase, salt))
        yield


@pytest.fixture
def official_dir() -> Path:
    """The official PDFs, never part of the project."""
    return _shared("official")


@pytest.fixture
def samples_dir() -> Path:
    """Test data from outside, never part of the project."""
    return _shared("samples")
