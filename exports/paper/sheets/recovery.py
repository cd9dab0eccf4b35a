"""The recovery sheet: the last way into a vault, printed once and locked away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports.paper.blank.pen import DottedLine, TickLine
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import (
    BODY,
    HEADING,
    INK,
    LABEL,
    NBSP,
    OVERLINE,
    SMALL,
    TITLE,
    said,
)
from exports.paper.sheets.page import INNER_WIDTH, CodeBlock, grid, typeset

_CODE_SIDE = 38 * mm
_CODE_COLUMN = 52 * mm
_NUMBER_COLUMN = 9 * mm
_KEY = BODY.clone("key", fontName=Style.BOLD.value, fontSize=21, leading=24)


def render_recovery_sheet(
    lines: Sequence[str], *, place: str, user: str, created_on: date
) -> bytes:
    """Set the recovery sheet of a vault.

    Args:
        lines: the key as its owner will type it back, one line after the other.
        place: the establishment or office.
        user: who made the vault.
        created_on: the day.
    """
    story: list[Flowable] = [
        said("À GARDER SOUS CLÉ", OVERLINE),
        said("Feuille de secours", TITLE),
        said(f"Coffre de{NBSP}: {place}. Créé le {created_on.strftime('%d/%m/%Y')} par {user}."),
        Spacer(0, 8),
        said(
            "Cette feuille ouvre le coffre quand la phrase de passe est oubliée. Qui la tient peut "
            "tout lire. Si elle est perdue avec la phrase de passe, personne ne peut rouvrir le "
            "coffre."
        ),
        said("La clé", HEADING),
        _key_table(lines),
        Spacer(0, 5),
        said(
            "Ni I, ni L, ni O, ni U n’y figurent. Les trois derniers caractères de chaque ligne "
            "contrôlent les autres et signalent une faute de frappe.",
            LABEL,
        ),
        said("Tout de suite", HEADING),
        TickLine("Imprimez cette feuille une seule fois. N’en gardez ni fichier, ni photographie."),
        TickLine(
            f"Essayez-la{NBSP}: verrouillez le coffre (Ctrl{NBSP}+{NBSP}L), choisissez "
            f"«{NBSP}J’ai oublié la phrase de passe{NBSP}», recopiez la clé. Le coffre s’ouvre."
        ),
        DottedLine("Essayée par", "le"),
        said("Ensuite", HEADING),
        TickLine(
            "Rangez-la loin de ce poste, dans une armoire fermée ou un coffre.",
            "Par exemple au secrétariat de direction, sous enveloppe fermée et signée.",
        ),
        DottedLine("Rangée à", "le", "par"),
        TickLine("Dites à votre responsable où elle se trouve."),
        said("Si vous pensez que quelqu’un d’autre l’a lue", HEADING),
        said(f"Prévenez aussitôt votre responsable{NBSP}: la clé de ce coffre est à changer."),
    ]
    return typeset("Feuille de secours", story, foot="Feuille de secours")


def _key_table(lines: Sequence[str]) -> Flowable:
    rows: list[list[Any]] = [
        [said(str(number), SMALL), said(line.replace(" ", NBSP * 3), _KEY)]
        for number, line in enumerate(lines, start=1)
    ]
    rows[0].append(
        CodeBlock(
            "\n".join(lines), _CODE_SIDE, alternative="La clé, en code à lire par une machine."
        )
    )
    for row in rows[1:]:
        row.append("")
    key_column = INNER_WIDTH - _NUMBER_COLUMN - _CODE_COLUMN
    return grid(
        rows,
        [_NUMBER_COLUMN, key_column, _CODE_COLUMN],
        [
            ("BOX", (0, 0), (-1, -1), 1.2, INK),
            ("SPAN", (2, 0), (2, -1)),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), 10),
            ("TOPPADDING", (1, 0), (1, -1), 4),
            ("BOTTOMPADDING", (1, 0), (1, -1), 9),
            ("LEFTPADDING", (2, 0), (2, 0), 7 * mm),
        ],
    )
