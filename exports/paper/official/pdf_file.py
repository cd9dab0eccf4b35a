"""Opening a PDF that comes from elsewhere, within bounds, and writing it back."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf

from exports.paper.errors import NotAPdf, PdfDamaged, PdfEncrypted, PdfTooLarge

MAXIMUM_SIZE = 64 * 1024 * 1024
MAXIMUM_PAGES = 2000

# What a PDF of broken structure makes pikepdf, or a number read from it, raise.
_FAULTS = (
    pikepdf.PdfError,
    pikepdf.DeletedObjectError,
    pikepdf.ForeignObjectError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@contextmanager
def open_pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF from memory; one encrypted with an empty password opens too.

    Whatever fails while it is used is a fault of its structure.

    Raises:
        NotAPdf, PdfEncrypted, PdfDamaged, PdfTooLarge: see each.
    """
    if len(content) > MAXIMUM_SIZE:
        raise PdfTooLarge
    if b"%PDF-" not in content[:1024]:
        raise NotAPdf
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MAXIMUM_PAGES:
                raise PdfTooLarge
            yield pdf
    except pikepdf.PasswordError as error:
        raise PdfEncrypted from error
    except _FAULTS as error:
        raise PdfDamaged from error


def saved(pdf: pikepdf.Pdf) -> bytes:
    """A PDF as bytes; the same content gives the same bytes. An encryption is not kept."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        # A widget without a type is no field: nothing is lost by leaving it aside.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(out, deterministic_id=True, preserve_pdfa=False, fix_metadata_version=False)
    return out.getvalue()
