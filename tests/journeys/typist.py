"""A program that types answers in the real window without end, saying each one that was kept.

Run by the journey that kills it: `python -m tests.journeys.typist VAULT APPLICATION`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.ui.app import make_application
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.filling.questions import SectionView
from desktop.ui.page import Place
from desktop.ui.parts.field import LineField
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace
from desktop.workflows.filling.open_application import Kept
from desktop.workflows.start.opening import unlock
from tests.journeys.person import PASSPHRASE, keys

PATHS = ("/data/contact/telephone", "/data/contact/courriel")


def main() -> None:
    """Type until killed."""
    make_application()
    window = Window(Path(sys.argv[1]))
    window.show()
    window.open_desk(unlock(Path(sys.argv[1]), PASSPHRASE))
    workplace = window.centralWidget()
    assert isinstance(workplace, OpenWorkplace)
    workplace.go(Place.FILLING, sys.argv[2])
    page = workplace.page
    assert isinstance(page, FillingPage)
    page.show_section("/data/contact")
    QApplication.processEvents()
    view = page.view
    assert isinstance(view, SectionView)
    shown = view._on_kept
    said = ""

    def kept(what: Kept) -> None:
        shown(what)
        print(said, flush=True)

    view._on_kept = kept
    number = 0
    while True:
        for path in PATHS:
            number += 1
            field = view.fields[path]
            assert isinstance(field, LineField)
            said = f"{path} {number}"
            field.input.selectAll()
            keys(field.input, str(number))
            field.input.editingFinished.emit()
            QApplication.processEvents()


if __name__ == "__main__":
    main()
