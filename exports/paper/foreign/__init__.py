"""PDFs and scans from outside, handled in a process of its own that may be killed.

The same functions as in `exports.paper`, run where a file made to harm, or only broken, can neither
stop the window nor take the memory of the PC. What comes back is data of known types, never objects
that the process chose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from exports.paper.foreign.worker import WORKER

if TYPE_CHECKING:
    from exports.paper.intake import TakenIn
    from exports.paper.official.fields import PdfForm
    from exports.paper.official.filling import FilledPdf
    from exports.paper.proposal.model import Proposal
    from exports.paper.render import PageImage
    from forms.official_boxes import OfficialBox

# Reading a page takes a tenth of a second; a form of twenty pages, proposed on an old PC, half a
# minute.
_SHORT, _LONG = 10.0, 90.0


def inspect(content: bytes) -> PdfForm:
    """`exports.paper.official.fields.inspect`, apart; raises also as `Worker.call`."""
    from exports.paper.official.fields import PdfForm

    return cast(PdfForm, WORKER.call("official.fields.inspect", PdfForm, content, seconds=_SHORT))


def page_count(pdf: bytes) -> int:
    """`exports.paper.render.page_count`, apart; raises also as `Worker.call`."""
    return cast(int, WORKER.call("render.page_count", int, pdf, seconds=_SHORT))


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """`exports.paper.render.page_sizes`, apart; raises also as `Worker.call`."""
    kind = tuple[tuple[float, float], ...]
    return cast(kind, WORKER.call("render.page_sizes", kind, pdf, seconds=_SHORT))


def page_text(pdf: bytes, number: int) -> str:
    """`exports.paper.render.page_text`, apart; raises also as `Worker.call`."""
    return cast(str, WORKER.call("render.page_text", str, pdf, number, seconds=_SHORT))


def render_page(pdf: bytes, number: int, *, scale: float) -> PageImage:
    """`exports.paper.render.render_page`, apart; raises also as `Worker.call`."""
    from exports.paper.render import PageImage

    return cast(
        PageImage,
        WORKER.call("render.render_page", PageImage, pdf, number, scale=scale, seconds=_SHORT),
    )


def fill(
    content: bytes,
    values: Mapping[str, str | bool],
    *,
    check: bool = True,
    continuations: bool = False,
) -> FilledPdf:
    """`exports.paper.official.filling.fill`, apart; raises also as `Worker.call`."""
    from exports.paper.official.filling import FilledPdf

    return cast(
        FilledPdf,
        WORKER.call(
            "official.filling.fill",
            FilledPdf,
            content,
            dict(values),
            check=check,
            continuations=continuations,
            seconds=_LONG,
        ),
    )


def fill_flat(
    content: bytes,
    boxes: Sequence[OfficialBox],
    values: Mapping[str, str | bool],
    *,
    continuations: bool = False,
) -> FilledPdf:
    """`exports.paper.official.flat_form.fill_flat`, apart; raises also as `Worker.call`."""
    from exports.paper.official.filling import FilledPdf

    return cast(
        FilledPdf,
        WORKER.call(
            "official.flat_form.fill_flat",
            FilledPdf,
            content,
            tuple(boxes),
            dict(values),
            continuations=continuations,
            seconds=_LONG,
        ),
    )


def with_continuation(form: bytes, sheet: bytes) -> bytes:
    """`official.continuation.with_continuation`, apart; raises also as `Worker.call`."""
    return cast(
        bytes,
        WORKER.call("official.continuation.with_continuation", bytes, form, sheet, seconds=_LONG),
    )


def flatten(pdf: bytes) -> bytes:
    """`exports.paper.official.flattening.flatten`, apart; raises also as `Worker.call`."""
    return cast(bytes, WORKER.call("official.flattening.flatten", bytes, pdf, seconds=_LONG))


def propose(content: bytes, *, today: date) -> Proposal:
    """`exports.paper.proposal.proposing.propose`, apart; raises also as `Worker.call`."""
    from exports.paper.proposal.model import Proposal

    return cast(
        Proposal,
        WORKER.call("proposal.proposing.propose", Proposal, content, today=today, seconds=_LONG),
    )


def find_boxes(content: bytes) -> tuple[OfficialBox, ...]:
    """`exports.paper.official.box_finder.find_boxes`, apart; raises also as `Worker.call`."""
    from forms.official_boxes import OfficialBox

    kind = tuple[OfficialBox, ...]
    return cast(kind, WORKER.call("official.box_finder.find_boxes", kind, content, seconds=_LONG))


def with_grid(content: bytes) -> bytes:
    """`exports.paper.official.ruler.with_grid`, apart; raises also as `Worker.call`."""
    return cast(bytes, WORKER.call("official.ruler.with_grid", bytes, content, seconds=_LONG))


def take_in(name: str, content: bytes) -> TakenIn:
    """`exports.paper.intake.take_in`, apart; raises also as `Worker.call`."""
    from exports.paper.intake import TakenIn

    return cast(TakenIn, WORKER.call("intake.take_in", TakenIn, name, content, seconds=_LONG))
