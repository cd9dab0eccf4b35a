"""Where the vaults of this PC are: the last one opened, and the places proposed for a new one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

_VAULT_FOLDER_NAME = "Coffre Trait d’union"
_REMEMBERED = 5


class _Remembered(msgspec.Struct):
    folders: list[str]


@dataclass(frozen=True)
class ProposedPlace:
    """A folder where a new vault could be made."""

    label: str
    folder: Path


def known_vaults() -> tuple[Path, ...]:
    """The vault folders opened from this PC, the last one first; those gone are left out."""
    return tuple(folder for folder in _read() if (folder / "vault.keys").is_file())


def remember_vault(folder: Path) -> None:
    """Put a vault folder first among those to propose.

    Only the path is kept. Where the settings folder cannot be written, nothing is remembered:
    the vault is then chosen again at the next start.
    """
    kept = [folder, *(known for known in _read() if known != folder)][:_REMEMBERED]
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_bytes(msgspec.json.encode(_Remembered([str(path) for path in kept])))
        beside.replace(file)
    except OSError:
        return


def proposed_places() -> tuple[ProposedPlace, ...]:
    """The places to propose for a new vault, « à côté du programme » first."""
    return (
        ProposedPlace("À côté du programme", program_folder() / _VAULT_FOLDER_NAME),
        ProposedPlace(
            "Dans mes documents", platformdirs.user_documents_path() / _VAULT_FOLDER_NAME
        ),
    )


def program_folder() -> Path:
    """The folder that holds the program: of the portable build, else of the working copy."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def _file() -> Path:
    return platformdirs.user_config_path("traitdunion", appauthor=False) / "vaults.json"


def _read() -> tuple[Path, ...]:
    try:
        remembered = msgspec.json.decode(_file().read_bytes(), type=_Remembered)
    except (OSError, msgspec.MsgspecError):
        return ()
    return tuple(Path(folder) for folder in remembered.folders)
