"""Printing pages from memory through the system's dialog; no file of ours is written.

The pages are drawn away from the window's thread, one after the other, with their progress.
"""

from __future__ import annotations

import os
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEventLoop, QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop.ui.printing.printer_dialog import PrinterDialog
from desktop.ui.work import in_background
from desktop.workflows.errors import NoPrinter, PrinterRefused
from exports.paper.foreign import page_sizes, render_page
from exports.paper.render import PageImage

_RESOLUTION = 300
_MEMORY, _FILES = "/dev/shm", "TMPDIR"  # noqa: S108 - a place of memory, for Qt's own file
_SOON = 400
"""Milliseconds after which a print that goes on shows its progress."""


class Sides(Enum):
    """On which sides of its sheets a paper is printed."""

    ONE = QPrinter.DuplexMode.DuplexNone
    BOTH = QPrinter.DuplexMode.DuplexLongSide


@dataclass(frozen=True)
class Wishes:
    """What is asked of the printer before its dialog, where it may still be changed.

    Attributes:
        grey: whether colours become greys here, whatever the printer would do of them.
        page: the only page to print, from 0, as after a jam; None for all.
    """

    copies: int = 1
    sides: Sides = Sides.ONE
    grey: bool = False
    page: int | None = None


def print_pdf(
    parent: QWidget, pdf: bytes, *, title: str, single_sided: bool, wishes: Wishes | None = None
) -> str | None:
    """Ask for a printer and print; the name of the printer, or None when nothing was printed.

    Args:
        parent: the window over which the dialog stands.
        pdf: the pages.
        title: the form's title, as the print queue shows it.
        single_sided: whether the form demands separate sheets, whatever is asked.
        wishes: what is asked of the printer.

    Raises:
        NoPrinter: this PC has none.
        PrinterRefused: the printer did not take the pages.
        PaperError: the pages cannot be drawn.
    """
    wishes = wishes or Wishes()
    if not printer_names():
        raise NoPrinter
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, title=title, single_sided=single_sided, wishes=wishes)
    dialog = PrinterDialog(printer, parent)
    if dialog.exec() != PrinterDialog.DialogCode.Accepted:
        return None
    if single_sided:
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    grey = wishes.grey or printer.colorMode() == QPrinter.ColorMode.GrayScale
    drawn = _drawn_beside(parent, printer, pdf, grey=grey, page=wishes.page)
    return printer.printerName() or "PDF" if drawn else None


def printer_names() -> list[str]:
    """The printers that this PC knows."""
    return QPrinterInfo.availablePrinterNames()


def prepare(printer: QPrinter, *, title: str, single_sided: bool, wishes: Wishes) -> None:
    """Ask a printer for what is wished; separate sheets where the form demands them."""
    printer.setDocName(title)
    printer.setResolution(_RESOLUTION)
    printer.setCopyCount(wishes.copies)
    sides = Sides.ONE if single_sided else wishes.sides
    printer.setDuplex(sides.value)
    if wishes.grey:
        printer.setColorMode(QPrinter.ColorMode.GrayScale)


def draw_pages(
    printer: QPrinter,
    pdf: bytes,
    *,
    grey: bool = False,
    page: int | None = None,
    on_page: Callable[[int], object] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> bool:
    """Draw the pages on a printer, in the order that it is asked for; False when it is stopped.

    All the pages are rendered before the first is drawn: a printer that was begun prints what it
    was given, even when it is told to abort.

    Args:
        printer: where; the size of its paper follows that of each page.
        pdf: the pages.
        grey: whether colours become greys.
        page: the only one to draw, from 0; None for all.
        on_page: told how many pages are rendered.
        stopped: asked before each page is rendered; nothing is printed then.

    Raises:
        PrinterRefused: the printer did not take the pages.
        PaperError: the pages cannot be drawn.
    """
    rendered: list[_Rendered] = []
    sizes = page_sizes(pdf)
    for number in range(len(sizes)) if page is None else (page,):
        if stopped():
            return False
        picture = image(render_page(pdf, number, scale=_RESOLUTION / 72))
        rendered.append(_kept(picture, *sizes[number], grey=grey))
        on_page(len(rendered))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        rendered.reverse()
    if stopped():
        return False
    with _files_in_memory():
        if not _drawn(printer, rendered):
            raise PrinterRefused
    return True


@dataclass(frozen=True)
class _Rendered:
    """A page as pixels, small: white compresses well. Its size on paper is in points."""

    paper: tuple[float, float]
    pixels: tuple[int, int]
    stride: int
    format: QImage.Format
    data: bytes


def _kept(picture: QImage, width: float, height: float, *, grey: bool) -> _Rendered:
    wanted = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
    picture = picture.convertToFormat(wanted)
    return _Rendered(
        (width, height),
        (picture.width(), picture.height()),
        picture.bytesPerLine(),
        wanted,
        zlib.compress(picture.constBits(), level=1),
    )


def _drawn(printer: QPrinter, rendered: Sequence[_Rendered]) -> bool:
    painter = QPainter()
    for number, page in enumerate(rendered):
        _set_paper(printer, *page.paper)
        if number:
            printer.newPage()
        elif not painter.begin(printer):
            return False
        # Qt borrows the bytes: they stay until the page is drawn.
        data = zlib.decompress(page.data)
        picture = QImage(data, *page.pixels, page.stride, page.format)
        area = QRectF(painter.viewport())
        fitted = picture.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, fitted.width(), fitted.height()), picture)
    return painter.end()


def image(page: PageImage) -> QImage:
    """A page as Qt's own picture, with its own copy of the pixels."""
    return QImage(
        page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32
    ).copy()


@contextmanager
def _files_in_memory() -> Iterator[None]:
    """Qt hands pages to CUPS through a file, which it erases: it lies in memory, never on a disk.

    Other systems take the pages as they are drawn.
    """
    if not (sys.platform == "linux" and os.access(_MEMORY, os.W_OK)):
        yield
        return
    before = os.environ.get(_FILES)
    os.environ[_FILES] = _MEMORY
    try:
        yield
    finally:
        if before is None:
            del os.environ[_FILES]
        else:
            os.environ[_FILES] = before


def _set_paper(printer: QPrinter, width: float, height: float) -> None:
    upright = QSizeF(min(width, height), max(width, height))
    size = QPageSize(
        upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch
    )
    printer.setPageSize(size)
    landscape = width > height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)


class _Progress(QObject):
    """Tells the window's thread how many pages are drawn."""

    drawn = Signal(int)


def _drawn_beside(
    parent: QWidget, printer: QPrinter, pdf: bytes, *, grey: bool, page: int | None
) -> bool:
    """Draw away from the window's thread, which stays alive until the end."""
    count = len(page_sizes(pdf)) if page is None else 1
    shown = QProgressDialog("Impression en cours…", "Arrêter l’impression", 0, count, parent)
    shown.setWindowTitle("Imprimer")
    shown.setWindowModality(Qt.WindowModality.WindowModal)
    shown.setMinimumDuration(_SOON)
    stop = threading.Event()
    # A window that locks rejects the dialogs over it: nothing is printed behind its back.
    for given_up in (shown.canceled, shown.rejected):
        given_up.connect(stop.set)
    progress = _Progress()
    progress.drawn.connect(shown.setValue)
    loop = QEventLoop()
    results: list[bool | Exception] = []

    def end(result: bool | Exception) -> None:
        results.append(result)
        loop.quit()

    in_background(
        shown,
        lambda: draw_pages(
            printer, pdf, grey=grey, page=page, on_page=progress.drawn.emit, stopped=stop.is_set
        ),
        then=end,
        otherwise=end,
    )
    if not results:
        loop.exec()
    shown.canceled.disconnect(stop.set)
    shown.rejected.disconnect(stop.set)
    shown.close()
    shown.deleteLater()
    result = results[0]
    if isinstance(result, Exception):
        raise result
    return result
