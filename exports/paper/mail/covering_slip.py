"""The covering slip (bordereau d’envoi): what an envelope holds, for who opens it to check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from exports.paper.blank.pen import SignatureBox
from exports.paper.lettering.styles import (
    BAND,
    BODY,
    LABEL,
    LINE,
    NBSP,
    OVERLINE,
    SMALL,
    TITLE,
    said,
)
from exports.paper.mail.address_blocks import AddressBlocks
from exports.paper.mail.joined import ListedApplication
from exports.paper.sheets.page import HEIGHT, INNER_WIDTH, MARGIN, grid, typeset
from exports.paper.sheets.tags import Role, Tag

_COLUMNS = ("N°", "Démarche et pièces jointes", "Pour", "Référence", "Pages jointes")
_SHARES = (0.06, 0.40, 0.22, 0.21, 0.11)
_CELL = BODY.clone("slip cell", fontSize=10, leading=13)


def render_covering_slip(
    applications: Sequence[ListedApplication],
    *,
    sender: Sequence[str],
    recipient: Sequence[str],
    sent_on: date,
) -> bytes:
    """Set the covering slip of an envelope; the address shows in the window of a DL one.

    Args:
        applications: what the envelope holds, in its order.
        sender: the lines of the office that sends.
        recipient: the lines of the address.
        sent_on: the day.
    """
    blocks = AddressBlocks(sender, recipient, left=MARGIN, sheet_height=HEIGHT)
    documents = sum(len(one.joined) for one in applications)
    whole = f"{_counted(len(applications), 'démarche')}, {_counted(documents, 'pièce')}"
    story: list[Flowable] = [
        said(f"Le {sent_on:%d/%m/%Y}", LABEL),
        Spacer(0, 6),
        said("BORDEREAU D’ENVOI", OVERLINE),
        said("Ce que contient cet envoi", TITLE),
        said(f"{whole}."),
        Spacer(0, 6),
        _table(applications),
        Spacer(0, 12),
        KeepTogether(
            [
                said(
                    f"À réception{NBSP}: merci de vérifier cette liste, de la signer et de nous en "
                    "renvoyer une copie. Si une pièce manque, dites-le-nous.",
                ),
                Spacer(0, 4),
                SignatureBox("Envoi reçu, conforme à cette liste."),
            ]
        ),
    ]
    return typeset(
        "Bordereau d’envoi",
        story,
        foot=f"Bordereau d’envoi · {whole}",
        head=f"Bordereau d’envoi du {sent_on:%d/%m/%Y}",
        decorate=blocks.draw,
        top=blocks.bottom,
    )


def _table(applications: Sequence[ListedApplication]) -> Table:
    whole = Tag(Role.TABLE)
    head = Tag(Role.ROW, parent=whole)
    rows: list[list[Any]] = [
        [said(words, SMALL, tag=Tag(Role.HEADER, parent=head)) for words in _COLUMNS]
    ]
    for number, application in enumerate(applications, start=1):
        row = Tag(Role.ROW, parent=whole)
        cells = [Tag(Role.CELL, parent=row) for _ in _COLUMNS]
        what = [said(application.title, _CELL, tag=Tag(Role.PARAGRAPH, parent=cells[1]))]
        what += [
            said(f"–{NBSP}{one.label}", LABEL, tag=Tag(Role.PARAGRAPH, parent=cells[1]))
            for one in application.joined
        ]
        known = [one.pages for one in application.joined]
        pages = str(sum(one or 0 for one in known)) if known and all(known) else "—"
        rows.append(
            [
                said(str(number), _CELL, tag=cells[0]),
                what,
                said(application.person, _CELL, tag=cells[2]),
                said(application.reference, _CELL, tag=cells[3]),
                said(pages if application.joined else "0", _CELL, tag=cells[4]),
            ]
        )
    table = grid(
        rows,
        [share * INNER_WIDTH for share in _SHARES],
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), BAND),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ],
    )
    table.repeatRows = 1
    return table


def _counted(count: int, word: str) -> str:
    return f"{count}{NBSP}{word}{'s' if count > 1 else ''}"
