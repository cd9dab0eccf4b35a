"""An envelope to print on: the recipient where sorting machines read, the sender if wanted."""

from __future__ import annotations

from collections.abc import Sequence

from exports.paper.mail.envelopes import EnvelopeFormat, Zone
from exports.paper.mail.placed import Block, render_placed

_SENDER = Zone(12, 10, 90, 30)
_RECIPIENT_SIZES = (12.0, 11.0, 10.0)
_SENDER_SIZES = (9.0, 8.0)


def render_envelope(
    envelope: EnvelopeFormat, recipient: Sequence[str], *, sender: Sequence[str] = ()
) -> bytes:
    """Set an envelope as a page of its size, its long side across.

    Args:
        envelope: which one.
        recipient: the lines of the address.
        sender: those of the sender; none, so that the outside tells nothing of where it is from.
    """
    blocks = [Block(tuple(sender), _SENDER, _SENDER_SIZES)] if sender else []
    blocks.append(Block(tuple(recipient), envelope.address, _RECIPIENT_SIZES, middle=True))
    return render_placed(
        f"Enveloppe {envelope.name}", [blocks], width=envelope.width, height=envelope.height
    )
