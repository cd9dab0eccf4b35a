"""The unlock window, then the list behind it, wait for nothing that they do not show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "PIL",
    "cryptography",
    "elementpath",
    "exports",
    "forms.reader",
    "phonenumbers",
    "pikepdf",
    "pypdfium2",
    "reportlab",
    "segno",
    "sqlcipher3",
    "sqlite_utils",
    "uharfbuzz",
    "yaml",
    "zxcvbn",
    "zxingcpp",
)

PROGRAM = """
import sys
from pathlib import Path
from desktop.ui.app import make_application
application = make_application()
from desktop.ui.window import Window
window = Window(Path(sys.argv[1]))
window.show()
print(*sys.modules)
"""

UNLOCKED = """
from desktop.workflows.desk import desk_of
from vault.vault import Vault, VaultKind
from vault.key_slots.kdf import Kdf
vault, _ = Vault.create(
    Path(sys.argv[1]) / "coffre", kind=VaultKind.STATION, place="x", user="x",
    passphrase="une longue phrase", kdf=Kdf()
)
vault.people.add(family_name="Mercier", given_names="Anne")
window.open_desk(desk_of(vault))
application.processEvents()
print(*sys.modules)
window.close()
"""
NOT_FOR_A_LIST = (
    "PIL",
    "elementpath",
    "httpx",
    "pikepdf",
    "pypdfium2",
    "reportlab",
    "segno",
    "uharfbuzz",
    "zxingcpp",
)


def loaded_by(program: str, folder: Path) -> list[set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [set(line.split()) for line in done.stdout.splitlines()]


def test_the_unlock_window_and_the_list_load_no_heavy_library(tmp_path: Path) -> None:
    locked, unlocked = loaded_by(PROGRAM + UNLOCKED, tmp_path)
    assert "desktop.ui.start.unlock" in locked
    assert sorted(locked.intersection(HEAVY)) == []
    assert "desktop.ui.people.list_page" in unlocked
    assert sorted(unlocked.intersection(NOT_FOR_A_LIST)) == []
