"""Setting a letter of three pages, against fpdf2: the same words, the same typeface."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path

from exports.paper.lettering.fonts import Style, font_bytes
from exports.paper.mail.letterpaper import render_letter
from exports.paper.render import page_count
from forms.catalogue import catalogue
from forms.letter import Letter
from tests.benchmarks.measuring import ratio, say, side_by_side, skip

_FORM = "lettre-libre"
_PARAGRAPH = (
    "Je vous demande de reprendre l’examen de mon dossier. L’établissement m’a remis un certificat "
    "de présence, joint à cette lettre, et je n’ai reçu depuis aucune réponse de vos services. "
)
LETTER = Letter(
    sender=("Zoë ÜNAL-ŒILLET", "Numéro d’écrou : 48213", "Maison d’arrêt de Valmont"),
    recipient=("CAF du Finistère", "1 avenue de Kergaradec", "29283 Brest cedex"),
    place_and_date="Valmont, le 23/11/2026",
    subject="Demande d’examen de mes droits",
    references=("Numéro d’allocataire : 1 234 567",),
    salutation="Madame, Monsieur,",
    paragraphs=(_PARAGRAPH * 2,) * 18,
    closing="Je vous prie d’agréer, Madame, Monsieur, l’expression de mes salutations distinguées.",
    signature_name="Zoë ÜNAL-ŒILLET",
    enclosures=("Certificat de présence",),
)


def measure() -> None:
    """Set it both ways."""
    if importlib.util.find_spec("fpdf") is None:
        skip("a letter of three pages / fpdf2", "fpdf2 is not installed")
        return
    with tempfile.TemporaryDirectory() as temporary:
        font = Path(temporary) / "regular.ttf"
        font.write_bytes(font_bytes(Style.REGULAR))
        pages = page_count(ours()), page_count(theirs(font))
        mine, other = side_by_side(ours, lambda: theirs(font), runs=5)
    say(f"a letter of {pages[0]} pages / fpdf2, {pages[1]} pages", ratio(mine, other))
    say("   ours tagged, hyphenated, its window placed", f"{mine / pages[0] * 1000:.0f} ms a page")


def ours() -> bytes:
    """The letter as a person sends it: tagged, hyphenated, with its code."""
    return render_letter(LETTER, form=catalogue().form(_FORM), application_id="5b0c2d58")


def theirs(font: Path) -> bytes:
    """The same words, under each other, justified, without code or tags."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_lang("fr-FR")
    pdf.set_margin(18)
    pdf.set_auto_page_break(True, 30)
    pdf.add_font("FiraGO", fname=font)
    pdf.add_page()
    pdf.set_font("FiraGO", size=11)
    blocks = (
        *LETTER.sender, *LETTER.recipient, LETTER.place_and_date, LETTER.subject,
        *LETTER.references, LETTER.salutation, *LETTER.paragraphs, LETTER.closing,
        LETTER.signature_name, *LETTER.enclosures,
    )  # fmt: skip
    for block in blocks:
        pdf.multi_cell(0, 5.5, block, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())
