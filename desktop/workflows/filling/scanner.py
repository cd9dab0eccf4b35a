"""The folder where the scanner of this PC leaves its files."""

from __future__ import annotations

from pathlib import Path

from desktop.workflows.desk import Desk

_KEY = "scanner_folder"


def scanner_folder(desk: Desk) -> Path | None:
    """The scanner's folder, if one was chosen and is there."""
    kept = desk.vault.settings.get(_KEY, None)
    if not isinstance(kept, str):
        return None
    folder = Path(kept)
    return folder if folder.is_dir() else None


def choose_scanner_folder(desk: Desk, folder: Path) -> None:
    """Keep the folder where documents are looked for first."""
    desk.require_writer()
    desk.vault.settings.set(_KEY, str(folder))
