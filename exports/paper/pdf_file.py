"""Opening a PDF that comes from elsewhere, within bounds."""

from __future__ import annotations

import io

import pikepdf

from exports.paper.errors import NotAPdf, PdfDamaged, PdfEncrypted, PdfTooLarge

MAXIMUM_SIZE = 64 * 1024 * 1024
MAXIMUM_PAGES = 2000


def open_pdf(content: bytes) -> pikepdf.Pdf:
    """Open a PDF from memory; one encrypted with an empty password opens too.

    Raises:
        NotAPdf, PdfEncrypted, PdfDamaged, PdfTooLarge: see each.
    """
    if len(content) > MAXIMUM_SIZE:
        raise PdfTooLarge
    if b"%PDF-" not in content[:1024]:
        raise NotAPdf
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise PdfEncrypted from error
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError) as error:
        raise PdfDamaged from error
    if pages > MAXIMUM_PAGES:
        raise PdfTooLarge
    return pdf
