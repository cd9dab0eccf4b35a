"""The window at work: a keystroke in the largest form, leaving a field, and memory."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import at_most, percentile, say

_TYPED = "Ünal-Œillet de la Tour"
_PAGE = 4096


def measure() -> None:
    """Fill the MDPH form section by section in the real window, letter by letter."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from desktop.ui.app import make_application
    from desktop.ui.filling.filling_page import FillingPage
    from desktop.ui.filling.questions import SectionView
    from desktop.ui.page import Place
    from desktop.ui.parts.field import LineField
    from desktop.ui.window import Window
    from desktop.ui.workplace import OpenWorkplace
    from desktop.workflows.demo.people import ZOE
    from desktop.workflows.desk import desk_of
    from desktop.workflows.filling.applications import start_application
    from desktop.workflows.people.profiles import add_person
    from vault.vault import Vault, VaultKind

    make_application()
    letters: list[float] = []
    answers: list[float] = []
    sections: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        vault, _ = Vault.create(
            Path(folder) / "coffre",
            kind=VaultKind.STATION,
            place="Banc",
            user="Banc",
            passphrase="quatre mots tirés au sort",
        )
        desk = desk_of(vault)
        window = Window()
        window.resize(1280, 800)
        window.show()
        window.open_desk(desk)
        workplace = window.centralWidget()
        assert isinstance(workplace, OpenWorkplace)
        QApplication.processEvents()
        empty = _memory()
        application = start_application(desk, add_person(desk, ZOE), "mdph")
        workplace.go(Place.FILLING, application)
        page = workplace.page
        assert isinstance(page, FillingPage)
        for key in [one.path for one in page.application.filling.sections() if one.relevant]:
            begun = time.perf_counter()
            page.show_section(key)
            QApplication.processEvents()
            sections.append(time.perf_counter() - begun)
            view = page.view
            if not isinstance(view, SectionView):
                continue
            for field in [one for one in view.fields.values() if isinstance(one, LineField)]:
                if field.isHidden() or not field.isEnabled():
                    continue
                field.input.setFocus()
                field.input.selectAll()
                for letter in _TYPED:
                    begun = time.perf_counter()
                    event = QKeyEvent(
                        QEvent.Type.KeyPress,
                        Qt.Key.Key_unknown,
                        Qt.KeyboardModifier.NoModifier,
                        letter,
                    )
                    QApplication.sendEvent(field.input, event)
                    QApplication.processEvents()
                    letters.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                field.input.editingFinished.emit()
                QApplication.processEvents()
                answers.append(time.perf_counter() - begun)
        gc.collect()
        more = (_memory() - empty) / 1024 / 1024
        window.close()
        window.deleteLater()
        vault.lock()
        QApplication.processEvents()
    say(
        f"MDPH in the window: {len(letters)} keystrokes, p95",
        f"{percentile(letters, 0.95) * 1000:.1f} ms, slowest {max(letters) * 1000:.1f} ms",
        at_most(percentile(letters, 0.95) * 1000, 16, " ms"),
    )
    say(
        "   an answer kept in the vault and shown, p95",
        f"{percentile(answers, 0.95) * 1000:.1f} ms",
    )
    say("   a section shown, p95", f"{percentile(sections, 0.95) * 1000:.0f} ms")
    say("   memory beyond the empty window", f"{more:.0f} MB", at_most(more, 150, " MB"))


def _memory() -> int:
    """Resident memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE
