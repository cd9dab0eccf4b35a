"""Printing pages from memory through the system's dialog; no file is written."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from exports.paper.render import PageImage, page_sizes, render_page

_RESOLUTION = 300


def print_pdf(parent: QWidget, pdf: bytes, *, title: str, single_sided: bool) -> str | None:
    """Ask for a printer and print; the name of the printer, or None when nothing was printed.

    Args:
        parent: the window over which the dialog stands.
        pdf: the pages.
        title: the form's title, as the print queue shows it.
        single_sided: whether the form demands separate sheets.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setResolution(_RESOLUTION)
    if single_sided:
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Imprimer")
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return None
    if single_sided:
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    return printer.printerName() or "PDF" if draw_pages(printer, pdf) else None


def draw_pages(printer: QPrinter, pdf: bytes) -> bool:
    """Draw every page on a printer; False when it refuses to begin."""
    painter = QPainter()
    started = False
    for number, (width, height) in enumerate(page_sizes(pdf)):
        orientation = (
            QPageLayout.Orientation.Landscape
            if width > height
            else QPageLayout.Orientation.Portrait
        )
        printer.setPageOrientation(orientation)
        printer.setFullPage(True)
        if not started:
            started = painter.begin(printer)
            if not started:
                return False
        else:
            printer.newPage()
        picture = image(render_page(pdf, number, scale=_RESOLUTION / 72))
        area = QRectF(painter.viewport())
        fitted = picture.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, fitted.width(), fitted.height()), picture)
    painter.end()
    return started


def image(page: PageImage) -> QImage:
    """A page as Qt's own picture, with its own copy of the pixels."""
    return QImage(
        page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32
    ).copy()
