"""The code at the foot of a page: which application, form, version and page it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_PREFIX = "TDU1"
# Enough for any form, and few enough digits that no code makes a number without end.
_PAGE = re.compile("[0-9]{1,5}")


@dataclass(frozen=True)
class PageCode:
    """What a page says of itself to a scanner.

    Attributes:
        kind: « A » for an application, « V » for a blank copy.
        id: the application's or the copy's identifier; empty when there is none.
        page: from 1.
        seal: what proves which vault printed it (`page_seal`); empty without one.
    """

    kind: str
    id: str
    form_id: str
    version: str
    page: int
    seal: str = ""

    def text(self) -> str:
        """The code's text: a prefix and five parts, six with a seal, separated by bars."""
        parts = [_PREFIX, self.kind, self.id, self.form_id, self.version, str(self.page)]
        return "|".join([*parts, self.seal] if self.seal else parts)


def parse_code(text: str) -> PageCode | None:
    """A page's code from its text; None when the code is somebody else's."""
    parts = text.split("|")
    if len(parts) not in (6, 7) or parts[0] != _PREFIX or not _PAGE.fullmatch(parts[5]):
        return None
    if parts[6:] == [""]:
        return None
    return PageCode(parts[1], parts[2], parts[3], parts[4], int(parts[5]), "".join(parts[6:]))


def draw_code(canvas: Any, text: str, x: float, y: float, side: float) -> None:
    """Draw a QR code as vector squares, its lower left corner at x, y, in points."""
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    module = side / len(matrix)
    path = canvas.beginPath()
    for row, line in enumerate(matrix):
        column = 0
        while column < len(line):
            run = column
            while run < len(line) and line[run]:
                run += 1
            if run > column:
                top = y + side - (row + 1) * module
                path.rect(x + column * module, top, (run - column) * module, module)
            column = run + 1
    canvas.saveState()
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
