"""A letter set as an office expects it, the address where a DL window envelope shows it."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from exports.paper.code import PageCode
from exports.paper.page import BODY, HEIGHT, MARGIN, SMALL, STRONG, said, typeset
from exports.paper.sheet import foot_of
from forms.definition import Form
from forms.letter import Letter

_NBSP = "\u00a0"
_SENDER_TOP = 18 * mm
# NF Z 11-001: the recipient's block, seen through the window of a folded sheet.
_RECIPIENT_LEFT = 110 * mm
_RECIPIENT_TOP = 50 * mm
_RECIPIENT_WIDTH = 82 * mm
_BODY_TOP = 88 * mm


def render_letter(letter: Letter, *, form: Form, application_id: str) -> bytes:
    """Set a letter as a PDF.

    Args:
        letter: its words.
        form: the form it comes from, named at the foot.
        application_id: what the code at the foot names.
    """
    story: list[Flowable] = [said(letter.place_and_date), Spacer(0, 14)]
    story.append(said(f"Objet{_NBSP}: {letter.subject}", STRONG))
    story += [said(reference) for reference in letter.references]
    story += [Spacer(0, 12), said(letter.salutation), Spacer(0, 8)]
    for paragraph in letter.paragraphs:
        story += [said(paragraph), Spacer(0, 7)]
    end: list[Flowable] = [
        said(letter.closing),
        Spacer(0, 18),
        said(letter.signature_name, BODY),
        said(f"Signature{_NBSP}:", SMALL),
        Spacer(0, 24 * mm),
    ]
    if letter.enclosures:
        plural = "s" if len(letter.enclosures) > 1 else ""
        listed = " ; ".join(letter.enclosures)
        end.append(said(f"Pièce{plural} jointe{plural}{_NBSP}: {listed}", SMALL))
    # The signature never stands on a page without the end of the letter.
    story.append(KeepTogether(end))
    return typeset(
        form.title,
        story,
        foot=foot_of(form),
        code=lambda page: PageCode("A", application_id, form.id, form.version, page),
        decorate=lambda canvas: _addresses(canvas, letter),
        top=_BODY_TOP,
    )


def _addresses(canvas: Canvas, letter: Letter) -> None:
    _block(canvas, letter.sender, MARGIN, _SENDER_TOP, 82 * mm)
    _block(canvas, letter.recipient, _RECIPIENT_LEFT, _RECIPIENT_TOP, _RECIPIENT_WIDTH)


def _block(canvas: Canvas, lines: tuple[str, ...], left: float, top: float, width: float) -> None:
    y = HEIGHT - top
    for line in lines:
        paragraph: Paragraph = said(line)
        _, height = paragraph.wrap(width, HEIGHT)
        y -= height
        paragraph.drawOn(canvas, left, y)
