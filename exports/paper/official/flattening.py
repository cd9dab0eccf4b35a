"""Making a filled form's answers part of its pages: nothing can be typed over them any more."""

from __future__ import annotations

import pikepdf

from exports.paper.official.field_tree import items
from exports.paper.official.pdf_file import open_pdf, saved


def flatten(content: bytes) -> bytes:
    """Draw each field into its page, and take the form away; the pages look as before.

    Args:
        content: a filled PDF, each of whose fields has its appearance.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        # qpdf draws what a printer would: hidden fields stay hidden.
        pdf.flatten_annotations("print")
        for key in ("/AcroForm", "/OpenAction", "/AA"):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            left = [one for one in items(page.obj.get("/Annots")) if not _is_widget(one)]
            if left:
                page.obj["/Annots"] = pikepdf.Array(left)
            elif "/Annots" in page.obj:
                del page.obj["/Annots"]
        return saved(pdf)


def _is_widget(annotation: object) -> bool:
    return isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Widget"
