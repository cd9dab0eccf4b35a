"""What goes to a printer is what the paper shows, page for page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QGroupBox,
    QProgressDialog,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.printing import printer as printing
from desktop.ui.printing.printer import Sides, Wishes, draw_pages, image, print_pdf
from desktop.ui.printing.printer_dialog import PrinterDialog
from desktop.workflows.errors import NoPrinter, PrinterRefused
from desktop.workflows.sentences import sentence
from exports.paper.errors import PaperError
from exports.paper.render import page_count, page_sizes, render_page
from exports.paper.sheets.sheet import render_sheet
from forms.catalogue import catalogue
from forms.filling import Filling


def codes(pdf: bytes, page: int, folder: Path) -> list[tuple[str, int, int]]:
    """The codes read on a page, and where, in tenths of a millimetre or so."""
    file = folder / "page.png"
    image(render_page(pdf, page, scale=2.5)).save(str(file))
    with Image.open(file) as picture:
        return [
            (one.text, round(one.position.top_left.x / 8), round(one.position.top_left.y / 8))
            for one in zxingcpp.read_barcodes(picture)
        ]


@pytest.fixture
def pdf() -> bytes:
    filling = Filling(catalogue().form("mdph"), today=date(2026, 11, 23))
    return render_sheet(
        filling, application_id="x", person_name="", place="", printed_on=date(2026, 11, 23)
    )


class Dialog:
    """State: what its printer was asked before it opened; accepted at once, onto a file."""

    file = Path()
    accepted = True
    asked: ClassVar[list[QPrinter]] = []
    last_first = False

    DialogCode = QPrintDialog.DialogCode

    def __init__(self, printer: QPrinter, _: QWidget) -> None:
        self._printer = printer

    def exec(self) -> QPrintDialog.DialogCode:
        self.asked.append(self._printer)
        if self.last_first:
            self._printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
        # Whatever a person ticks in the dialog.
        self._printer.setDuplex(QPrinter.DuplexMode.DuplexAuto)
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setOutputFileName(str(self.file))
        self._printer.setResolution(72)
        code = QPrintDialog.DialogCode
        return code.Accepted if self.accepted else code.Rejected


@pytest.fixture
def dialog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Dialog]:
    class Opened(Dialog):
        file = tmp_path / "queue.pdf"
        asked: ClassVar[list[QPrinter]] = []

    monkeypatch.setattr(printing, "PrinterDialog", Opened)
    monkeypatch.setattr(printing, "printer_names", lambda: ["Bureau"])
    return Opened


def test_what_is_wished_is_asked_of_the_printer(
    qtbot: QtBot, dialog: type[Dialog], pdf: bytes
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    wishes = Wishes(3, Sides.BOTH, grey=True)
    assert print_pdf(window, pdf, title="Essai", single_sided=False, wishes=wishes) == "PDF"
    (printer,) = dialog.asked
    assert printer.copyCount() == 3
    assert printer.docName() == "Essai"
    assert printer.colorMode() == QPrinter.ColorMode.GrayScale
    assert page_count(dialog.file.read_bytes()) == page_count(pdf)


def test_a_form_on_separate_sheets_is_never_printed_on_both_sides(
    qtbot: QtBot, dialog: type[Dialog], pdf: bytes
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    wishes = Wishes(sides=Sides.BOTH)
    assert print_pdf(window, pdf, title="Essai", single_sided=True, wishes=wishes)
    (printer,) = dialog.asked
    assert printer.duplex() == QPrinter.DuplexMode.DuplexNone


def test_nothing_is_printed_when_the_dialog_is_left(
    qtbot: QtBot, dialog: type[Dialog], pdf: bytes
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog.accepted = False
    assert print_pdf(window, pdf, title="Essai", single_sided=False) is None
    assert not dialog.file.exists()


def test_the_dialog_offers_neither_a_file_nor_pages(qtbot: QtBot) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = PrinterDialog(printer)
    qtbot.addWidget(dialog)
    dialog.show()
    for option in ("PrintToFile", "PrintPageRange"):
        assert not dialog.testOption(getattr(QPrintDialog.PrintDialogOption, option))
    # What Qt’s own dialog writes on its printers, and on the boxes of its pages.
    printers = dialog.findChild(QComboBox, "printers")
    if isinstance(printers, QComboBox):
        assert "PDF" not in "".join(printers.itemText(at) for at in range(printers.count()))
        assert all(
            box.isHidden() or not box.findChildren(QRadioButton, "printRange")
            for box in dialog.findChildren(QGroupBox)
        )


def test_without_a_printer_it_is_said_and_nothing_opens(
    qtbot: QtBot, dialog: type[Dialog], pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(printing, "printer_names", list)
    with pytest.raises(NoPrinter) as raised:
        print_pdf(window, pdf, title="Essai", single_sided=False)
    assert "aucune imprimante" in sentence(raised.value)
    assert dialog.asked == []


def test_a_printer_that_takes_nothing_is_told(
    qtbot: QtBot, dialog: type[Dialog], pdf: bytes, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog.file = tmp_path / "no such folder" / "queue.pdf"
    with pytest.raises(PrinterRefused) as raised:
        print_pdf(window, pdf, title="Essai", single_sided=False)
    assert "n’a pas pris les pages" in sentence(raised.value)


def test_one_page_is_printed_alone(qtbot: QtBot, dialog: type[Dialog], pdf: bytes) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert print_pdf(window, pdf, title="Essai", single_sided=False, wishes=Wishes(page=2))
    printed = dialog.file.read_bytes()
    assert page_count(printed) == 1
    (code,) = codes(printed, 0, dialog.file.parent)
    assert code == codes(pdf, 2, dialog.file.parent)[0]


def test_the_last_page_comes_first_where_the_dialog_asks_for_it(
    qtbot: QtBot, dialog: type[Dialog], pdf: bytes
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog.last_first = True
    assert print_pdf(window, pdf, title="Essai", single_sided=False)
    printed, folder = dialog.file.read_bytes(), dialog.file.parent
    count = page_count(pdf)
    assert page_count(printed) == count
    assert codes(printed, 0, folder) == codes(pdf, count - 1, folder)
    assert codes(printed, count - 1, folder) == codes(pdf, 0, folder)


def give_up(shown: QProgressDialog) -> None:
    (button,) = shown.findChildren(QPushButton)
    button.click()


@pytest.mark.parametrize("stopping", [give_up, QProgressDialog.reject], ids=["button", "lock"])
def test_the_window_lives_while_pages_are_drawn_and_may_stop_them(
    qtbot: QtBot,
    dialog: type[Dialog],
    pdf: bytes,
    stopping: Callable[[QProgressDialog], None],
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    stopped: list[int] = []

    def stop() -> None:
        (shown,) = window.findChildren(QProgressDialog)
        stopped.append(shown.maximum())
        stopping(shown)

    QTimer.singleShot(0, stop)
    assert print_pdf(window, pdf, title="Essai", single_sided=False) is None
    assert stopped == [page_count(pdf)]
    assert not dialog.file.exists()


def test_a_page_that_cannot_be_drawn_is_an_error_of_paper(
    qtbot: QtBot, dialog: type[Dialog]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(PaperError):
        print_pdf(window, b"%PDF-1.7 nothing", title="Essai", single_sided=False)


def test_every_page_reaches_the_printer_as_it_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    filling = Filling(catalogue().form("procuration-vote"), today=date(2026, 11, 23))
    pdf = render_sheet(
        filling, application_id="x", person_name="", place="", printed_on=date(2026, 11, 23)
    )
    out = tmp_path / "queue.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(150)
    assert draw_pages(printer, pdf)
    printed = out.read_bytes()
    assert page_count(printed) == page_count(pdf)
    for page, (width, height) in enumerate(page_sizes(printed)):
        assert (round(width), round(height)) == (595, 842)
        seen = codes(printed, page, tmp_path)
        assert seen
        assert seen == codes(pdf, page, tmp_path)
