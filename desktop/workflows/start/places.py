"""Where the vaults of this PC are: the last one opened, and the places proposed for a new one."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

_VAULT_FOLDER_NAME = "Coffre Trait d’union"
_REMEMBERED = 5


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
        folders = [str(path) for path in kept]
        beside.write_text(json.dumps({"folders": folders}), encoding="utf-8")
        beside.replace(file)
    except OSError:
        return


def proposed_places() -> tuple[ProposedPlace, ...]:
    """The places to propose for a new vault, « à côté du programme » first."""
    import platformdirs

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
    import platformdirs

    return platformdirs.user_config_path("traitdunion", appauthor=False) / "vaults.json"


def _read() -> tuple[Path, ...]:
    try:
        remembered = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    folders = remembered.get("folders") if isinstance(remembered, dict) else None
    if not isinstance(folders, list):
        return ()
    return tuple(Path(folder) for folder in folders if isinstance(folder, str))
