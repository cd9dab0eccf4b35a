"""A vault's card on paper: its name, the words to compare aloud, its code."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from exports.paper.page import (
    BODY,
    HEADING,
    INNER_WIDTH,
    LINE,
    SMALL,
    TITLE,
    CodeBlock,
    said,
    typeset,
)

_NBSP = "\u00a0"
_CODE_SIDE = 70 * mm


def render_card_page(
    *, name: str, kind: str, words: Sequence[str], digits: str, qr_text: str
) -> bytes:
    """Set a card as a page.

    Args:
        name: the establishment or office.
        kind: « poste hors ligne » or « poste relais ».
        words: the fingerprint, to be read aloud.
        digits: the same in figures.
        qr_text: the text of the card's code.
    """
    story: list[Flowable] = [
        said("Carte de correspondant", TITLE),
        said(f"{name} — {kind}", BODY),
        Spacer(0, 8),
        said(
            "Cette carte ne contient que des clés publiques. Elle se donne sans crainte. "
            f"Avant le premier envoi, comparez l’empreinte à voix haute{_NBSP}: les deux postes "
            "doivent montrer les mêmes mots.",
            BODY,
        ),
        said("Empreinte", HEADING),
        _word_table(words),
        Spacer(0, 4),
        said(digits, SMALL),
        said("Code de la carte", HEADING),
        CodeBlock(qr_text, _CODE_SIDE),
    ]
    return typeset("Carte de correspondant", story, foot=f"Carte · {name}")


def _word_table(words: Sequence[str]) -> Table:
    style = BODY.clone("word", fontName="FiraGO-Bold", fontSize=15, leading=20)
    columns = 4
    cells = [said(f"{number}. {word}", style) for number, word in enumerate(words, start=1)]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    rows[-1] += [said("", style)] * (columns - len(rows[-1]))
    table = Table(rows, colWidths=[INNER_WIDTH / columns] * columns)
    table.setStyle([("BOX", (0, 0), (-1, -1), 0.8, LINE), ("TOPPADDING", (0, 0), (-1, -1), 5)])
    return table
