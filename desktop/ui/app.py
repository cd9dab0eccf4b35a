"""The desktop program: `traitdunion-bureau`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_STYLE = "Fusion"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; return the exit code of the program."""
    options = _options(sys.argv[1:] if argv is None else argv)
    application = make_application()
    from PySide6.QtCore import QTimer

    from desktop.ui.presence.system import system_presence
    from desktop.ui.window import Window

    window = Window(options.vault)
    window.fit_screen()
    window.show()
    # Once shown: nobody waits for the system's bus to see the window.
    QTimer.singleShot(0, lambda: window.watch_presence(system_presence(window)))
    if options.quit_when_shown:
        QTimer.singleShot(0, lambda: _say_and_quit(window.windowTitle()))
    code = application.exec()
    window.deleteLater()
    end_application(application)
    return code


def make_application() -> QApplication:
    """The Qt application, in French, in FiraGO; the one that runs already, if any."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    from desktop.ui.qt_words import QtWords

    known = QApplication.instance()
    if isinstance(known, QApplication):
        application = known
        application.setStyle(_STYLE)
    else:
        # Named at once: by `setStyle`, PySide would first make all that a style may say.
        application = QApplication([sys.argv[0], "-style", _STYLE])
    application.setApplicationName("Trait d’union")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    # Qt's own words (« Annuler », « Enregistrer ») in French too.
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        application.installTranslator(translator)
    application.installTranslator(QtWords(application))
    from desktop.ui.garbage import GarbageKeeper
    from desktop.ui.typeface import load_typeface

    GarbageKeeper(application)
    load_typeface()
    return application


def end_application(application: QApplication) -> None:
    """End the work under way, then free what is left, while Qt is still there."""
    from PySide6.QtCore import QEvent, QThreadPool

    from desktop.ui.garbage import GarbageKeeper

    QThreadPool.globalInstance().waitForDone()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    for keeper in application.findChildren(GarbageKeeper):
        keeper.finish()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="traitdunion-bureau", description=__doc__)
    parser.add_argument("--vault", type=Path, help="folder of the vault to open")
    parser.add_argument(
        "--quit-when-shown", action="store_true", help="open the window, say so, and leave"
    )
    return parser.parse_args(arguments)


def _say_and_quit(title: str) -> None:
    from PySide6.QtWidgets import QApplication

    # A windowed program of Windows has no standard output.
    if sys.stdout is not None:
        sys.stdout.write(f"{title}\n")
        sys.stdout.flush()
    QApplication.quit()


if __name__ == "__main__":
    sys.exit(main())
