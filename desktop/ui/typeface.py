"""FiraGO, loaded from memory: the same letters on every PC and in every PDF."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase


def load_typeface() -> None:
    """Make FiraGO known to Qt; nothing is installed on the PC.

    Raises:
        RuntimeError: the package of the typeface is damaged.
    """
    import pymupdf_fonts

    for name in ("figo", "figbo"):
        if QFontDatabase.addApplicationFontFromData(pymupdf_fonts.myfont(name)) < 0:
            raise RuntimeError("the typeface cannot be loaded")
