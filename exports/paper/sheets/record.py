"""Everything held on one person, set to be read: headings, and lines of a label and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from exports.paper.lettering.styles import BODY, HEADING, LABEL, NBSP, OVERLINE, SMALL, TITLE, said
from exports.paper.sheets.page import typeset

# Never alone at the foot of a page.
_LABEL = LABEL.clone("record label", keepWithNext=1)


@dataclass(frozen=True)
class RecordPart:
    """One heading and what stands under it: labels and their words."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def render_record(name: str, parts: Sequence[RecordPart], *, place: str, printed_on: date) -> bytes:
    """Set what is held on a person as a PDF, for that person.

    Args:
        name: the person.
        parts: what is held, in order.
        place: who holds it.
        printed_on: the day.
    """
    story: list[Flowable] = [
        said("DROIT D’ACCÈS", OVERLINE),
        said(f"Données gardées sur {name}", TITLE),
        said(
            f"{place}, le {printed_on:%d/%m/%Y}. Ce document contient tout ce que ce coffre garde "
            f"sur vous{NBSP}: il est confidentiel.",
            BODY,
        ),
        Spacer(0, 8),
    ]
    for part in parts:
        story.append(CondPageBreak(30 * mm))
        story.append(said(part.heading, HEADING))
        if not part.lines:
            story.append(said("Rien.", SMALL))
        for label, words in part.lines:
            # A label and its words stand one under the other: an answer may be very long.
            story += [said(label, _LABEL), said(words or "—", BODY), Spacer(0, 3)]
    return typeset(
        "Données gardées sur une personne", story, foot="Droit d’accès", head=name, mark=""
    )
