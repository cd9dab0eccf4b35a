"""What goes to a printer is what the paper shows, page for page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import zxingcpp
from PIL import Image
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.ui.printing.printer import draw_pages, image
from exports.paper.render import page_count, page_sizes, render_page
from exports.paper.sheet import render_sheet
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
