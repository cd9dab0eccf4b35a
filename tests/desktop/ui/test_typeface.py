"""The typeface is unpacked once, and a damaged copy is unpacked anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
from desktop.ui.typeface import load_typeface
load_typeface()
assert "FiraGO" in QFontDatabase.families()
print("unpacked" if "pymupdf_fonts" in sys.modules else "kept")
"""


def start(cache: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_typeface_is_unpacked_once(tmp_path: Path) -> None:
    assert start(tmp_path) == "unpacked"
    assert start(tmp_path) == "kept"
    for file in (tmp_path / "traitdunion").iterdir():
        file.write_bytes(b"cut short")
    assert start(tmp_path) == "unpacked"
    assert start(tmp_path) == "kept"


def test_where_nothing_can_be_written_it_is_unpacked_again(tmp_path: Path) -> None:
    in_the_way = tmp_path / "traitdunion"
    in_the_way.write_text("", encoding="utf-8")
    assert start(tmp_path) == "unpacked"
    assert start(tmp_path) == "unpacked"
