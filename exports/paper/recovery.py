"""The recovery sheet: the last way into a vault, printed once and locked away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from exports.paper.page import (
    BODY,
    HEADING,
    INK,
    INNER_WIDTH,
    SMALL,
    TITLE,
    CodeBlock,
    said,
    typeset,
)

_NBSP = "\u00a0"
_CODE_SIDE = 38 * mm


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
        said("Feuille de secours", TITLE),
        said(f"Coffre de{_NBSP}: {place}", BODY),
        said(f"Créé le {created_on.strftime('%d/%m/%Y')} par {user}", BODY),
        Spacer(0, 10),
        said(
            "Cette feuille ouvre le coffre si la phrase de passe est oubliée. Personne d’autre "
            "ne peut la refaire.",
            BODY,
        ),
        said("La clé", HEADING),
        _key_table(lines),
        Spacer(0, 8),
        CodeBlock("\n".join(lines), _CODE_SIDE),
        said("Que faire de cette feuille", HEADING),
        said("1. Imprimez-la maintenant, sans en garder de copie sur le poste.", BODY),
        said("2. Enfermez-la dans une armoire ou un coffre, loin de ce poste.", BODY),
        said(
            f"3. Pour vous en servir{_NBSP}: à l’ouverture, choisissez «{_NBSP}J’ai oublié la "
            f"phrase de passe{_NBSP}», puis recopiez les quatre lignes.",
            BODY,
        ),
        Spacer(0, 6),
        said(
            "La clé n’emploie ni I, ni L, ni O, ni U. Chaque ligne porte trois caractères de "
            "contrôle, qui signalent une faute de frappe.",
            SMALL,
        ),
    ]
    return typeset("Feuille de secours", story, foot="Feuille de secours · à garder sous clé")


def _key_table(lines: Sequence[str]) -> Table:
    style = BODY.clone("key", fontName="FiraGO-Bold", fontSize=19, leading=28)
    rows = [
        [said(str(number), SMALL), said(line.replace(" ", _NBSP * 3), style)]
        for number, line in enumerate(lines, start=1)
    ]
    table = Table(rows, colWidths=[10 * mm, INNER_WIDTH - 10 * mm])
    table.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 1, INK),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), 10),
        ]
    )
    return table
