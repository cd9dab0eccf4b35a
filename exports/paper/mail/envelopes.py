"""Envelopes and their windows, in millimetres: what a letter is set for, what is printed on.

The sizes are those of ISO 269. « DL, fenêtre 35 × 100 » is how window envelopes are sold in France:
a window of 35 × 100 mm, 20 mm from the right and the lower edges. An A4 sheet folded in three is
99 × 210 mm: it slides in the envelope, and only what shows in both extreme places always shows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Zone:
    """A rectangle, from the top left of what it is on, in millimetres."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class EnvelopeFormat:
    """An envelope, flap away, its long side across.

    Attributes:
        name: as it is sold.
        width, height: millimetres.
        address: where the recipient stands; on a window envelope, the window.
    """

    name: str
    width: float
    height: float
    address: Zone


WINDOW_WIDTH, WINDOW_HEIGHT, WINDOW_EDGE = 100.0, 35.0, 20.0


def _format(name: str, width: float, height: float) -> EnvelopeFormat:
    left = width - WINDOW_EDGE - WINDOW_WIDTH
    top = height - WINDOW_EDGE - WINDOW_HEIGHT
    return EnvelopeFormat(name, width, height, Zone(left, top, WINDOW_WIDTH, WINDOW_HEIGHT))


DL = _format("DL", 220, 110)
C5 = _format("C5", 229, 162)
C4 = _format("C4", 324, 229)
FORMATS: tuple[EnvelopeFormat, ...] = (DL, C5, C4)

SHEET_WIDTH, FOLDED_HEIGHT = 210.0, 99.0
"""An A4 sheet folded in three."""


def always_shown(envelope: EnvelopeFormat) -> Zone:
    """The part of a folded sheet that the window shows wherever the sheet slides."""
    across, down = envelope.width - SHEET_WIDTH, envelope.height - FOLDED_HEIGHT
    window = envelope.address
    return Zone(window.left, window.top, window.width - across, window.height - down)
