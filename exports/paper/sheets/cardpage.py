"""A vault's card on paper: its name, the words to compare aloud, its code."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports.paper.blank.pen import DottedLine, TickLine
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import (
    BAND,
    BODY,
    HEADING,
    LABEL,
    NBSP,
    OVERLINE,
    SMALL,
    TITLE,
    said,
)
from exports.paper.sheets.page import INNER_WIDTH, CodeBlock, grid, typeset

_CODE_SIDE = 64 * mm
_COLUMNS = 3
_WORD = BODY.clone("word", fontName=Style.BOLD.value, fontSize=15, leading=21)
_NAME = BODY.clone("name", fontSize=13, leading=18)


def render_card_page(
    *, name: str, kind: str, words: Sequence[str], digits: str, qr_texts: Sequence[str]
) -> bytes:
    """Set a card as a page.

    Args:
        name: the establishment or office.
        kind: « poste hors ligne » or « poste relais ».
        words: the fingerprint, to be read aloud.
        digits: the same in figures.
        qr_texts: the texts of the card's codes, one or two.
    """
    story: list[Flowable] = [
        said("CARTE DE CORRESPONDANT", OVERLINE),
        said(name, TITLE),
        said(kind[:1].upper() + kind[1:], _NAME),
        Spacer(0, 8),
        said(
            "Cette carte permet d’écrire à ce poste. Elle ne contient rien de secret et se donne "
            "sans crainte."
        ),
        said("L’empreinte, à comparer à voix haute", HEADING),
        _word_table(words),
        Spacer(0, 5),
        said(f"En chiffres{NBSP}: {digits}", LABEL),
        Spacer(0, 8),
        TickLine(
            "Avant le premier envoi, appelez le correspondant à un numéro que vous connaissez déjà."
        ),
        TickLine(
            f"Lisez-vous les mots l’un à l’autre. Les deux écrans montrent les mêmes{NBSP}? "
            "Notez le correspondant comme vérifié.",
            f"Un seul mot diffère{NBSP}: n’envoyez rien et redemandez la carte.",
        ),
        DottedLine("Comparée avec", "le"),
        said("Le code de la carte" if len(qr_texts) == 1 else "Les codes de la carte", HEADING),
        *_codes(qr_texts),
    ]
    return typeset("Carte de correspondant", story, foot=f"Carte · {name}")


def _word_table(words: Sequence[str]) -> Flowable:
    cells: list[list[Flowable | str]] = [
        [said(str(number), SMALL), said(word, _WORD)] for number, word in enumerate(words, start=1)
    ]
    per_column = -(-len(cells) // _COLUMNS)
    rows: list[list[Flowable | str]] = []
    for row in range(per_column):
        line: list[Flowable | str] = []
        for column in range(_COLUMNS):
            rank = row + column * per_column
            line += cells[rank] if rank < len(cells) else ["", ""]
        rows.append(line)
    number_column = 9 * mm
    word_column = INNER_WIDTH / _COLUMNS - number_column
    return grid(
        rows,
        [number_column, word_column] * _COLUMNS,
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LEFTPADDING", (1, 0), (1, -1), 0),
        ],
    )


def _codes(qr_texts: Sequence[str]) -> list[Flowable]:
    whole = (
        "Ce code contient toute la carte. Un lecteur de codes en rend le texte."
        if len(qr_texts) == 1
        else "Ces codes, lus tous les deux, contiennent toute la carte. L’ordre ne compte pas."
    )
    column = INNER_WIDTH / 2
    return [
        said(whole),
        grid(
            [[CodeBlock(text, _CODE_SIDE, alternative="La carte, en code.") for text in qr_texts]],
            [column] * len(qr_texts),
            [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)],
            space_before=4,
        ),
        Spacer(0, 4),
        said("La carte se transmet aussi comme fichier, sur une clé USB ou par courriel.", LABEL),
    ]
