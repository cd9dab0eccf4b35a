"""FiraGO: the same letters on every PC and in every PDF.

The package that carries the typeface holds it as Python text, which takes longer to unpack than the
rest of the program to start. It is unpacked once: by the portable build, or into the user’s cache.
"""

from __future__ import annotations

import contextlib
import os
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QFontDatabase

NAMES = ("figo", "figbo")
"""The faces of the screen, as `pymupdf_fonts` names them."""

_BUILT_IN = Path(__file__).with_name("fonts")
_SMALLEST = 100_000


def load_typeface() -> None:
    """Make FiraGO known to Qt; nothing is installed on the PC.

    Raises:
        RuntimeError: the package of the typeface is damaged.
    """
    for name in NAMES:
        if not _load_file(_BUILT_IN / f"{name}.ttf") and not _load_file(_cached(name)):
            _load_from_package(name)


def _load_file(file: Path) -> bool:
    # A file cut short is not a typeface: it is unpacked anew.
    with contextlib.suppress(OSError):
        if file.stat().st_size >= _SMALLEST:
            return QFontDatabase.addApplicationFont(str(file)) >= 0
    return False


def _load_from_package(name: str) -> None:
    import pymupdf_fonts

    data = pymupdf_fonts.myfont(name)
    if QFontDatabase.addApplicationFontFromData(data) < 0:
        raise RuntimeError("the typeface cannot be loaded")
    # Where nothing can be written, the next start unpacks it again.
    with contextlib.suppress(OSError):
        file = _cached(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(file)


def _cached(name: str) -> Path:
    """Where a face is kept; under another name when its package changes."""
    spec = find_spec("pymupdf_fonts")
    changed = 0
    with contextlib.suppress(OSError):
        changed = Path(spec.origin).stat().st_mtime_ns if spec and spec.origin else 0
    caches = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(caches) / "traitdunion" / f"{name}-{changed:x}.ttf"
