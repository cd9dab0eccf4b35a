"""The headings of a form: print that is larger or bolder than the rest, and labels no box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from exports.paper.proposal.layout import Layout
from exports.paper.proposal.printed_text import Run
from exports.paper.proposal.rect import Rect
from exports.paper.proposal.words import bare, clean

_LARGER = 1.18
_LONGEST = 140
_SHORTEST = 4
_MARGIN = 40.0


@dataclass(frozen=True)
class Heading:
    """A heading and where it stands."""

    text: str
    rect: Rect
    size: float


def find_headings(
    layouts: Mapping[int, Layout], taken: Mapping[int, Collection[Run]]
) -> dict[int, list[Heading]]:
    """The headings of each page, from the top down.

    Args:
        layouts: by page.
        taken: the print that labels boxes, by page.
    """
    bold_is_rare = _bold_share(layouts) < 0.35
    found: dict[int, list[Heading]] = {}
    for page, layout in layouts.items():
        body = _body_size(layout)
        of_page: list[Heading] = []
        used: set[Run] = set()
        for run in layout.runs:
            if (
                run in used
                or run in taken.get(page, ())
                or not _stands_out(run, body, bold_is_rare)
            ):
                continue
            text, lines = _block(layout, run)
            used.update(lines)
            if _is_heading(text, run, layout, body):
                rect = lines[0].rect
                for line in lines[1:]:
                    rect = rect.around(line.rect)
                of_page.append(Heading(clean(text), rect, run.size))
        found[page] = [one for one in of_page if not _is_subtitle(one, of_page)]
    return found


def heading_above(
    headings: list[Heading], rect: Rect, *, every_page: Collection[str], middle: float
) -> str:
    """The heading a box stands under on its page; empty without one.

    Args:
        headings: those of the page.
        rect: the box.
        every_page: headings that stand on several pages: the name of the form, no section.
        middle: how far across the middle of the page is.
    """
    best: Heading | None = None
    for heading in headings:
        if heading.rect.bottom < rect.top - 4 or heading.text in every_page:
            continue
        # In a form of two columns, the heading of the other one is not ours.
        apart = heading.rect.left > max(rect.right + _MARGIN, middle)
        if not apart and (best is None or heading.rect.bottom < best.rect.bottom):
            best = heading
    return best.text if best else ""


def _stands_out(run: Run, body: float, bold_is_rare: bool) -> bool:
    return run.size >= _LARGER * body or (
        run.bold and run.size >= 0.98 * body and (bold_is_rare or run.size > 1.1 * body)
    )


def _is_heading(text: str, run: Run, layout: Layout, body: float) -> bool:
    told = clean(text)
    letters = sum(one.isalpha() for one in told)
    if letters < _SHORTEST or len(told) > _LONGEST or told.startswith("("):
        return False
    if bare(told) in ("cerfa", "republique francaise"):
        return False
    ends = text.rstrip()[-1:]
    if ends in ":,;" or (ends in "?." and run.size < _LARGER * body):
        return False
    return not layout.labels_a_box(run)


def _is_subtitle(heading: Heading, others: list[Heading]) -> bool:
    return any(
        other.size > heading.size + 1
        and -2 <= other.rect.bottom - heading.rect.top <= heading.size
        and other.rect.across(heading.rect) > 0
        for other in others
    )


def _block(layout: Layout, run: Run) -> tuple[str, tuple[Run, ...]]:
    # A heading of two lines is printed in one size.
    lines = [run]
    for other in layout.runs:
        last = lines[-1]
        if (
            other is not last
            and abs(other.size - run.size) < 0.5
            and other.bold == run.bold
            and 0.7 * run.size < last.baseline - other.baseline < 1.4 * run.size
            and other.rect.across(last.rect) > 0
            and (other.text[:1].islower() or last.text.endswith(","))
        ):
            lines.append(other)
    return " ".join(line.text for line in lines), tuple(lines)


def _body_size(layout: Layout) -> float:
    counted: Counter[float] = Counter()
    for run in layout.runs:
        # What labels a box is what others are compared with.
        weight = 4 if layout.labels_a_box(run, within=120.0) else 1
        counted[round(run.size * 2) / 2] += weight * min(len(run.text), 40)
    return counted.most_common(1)[0][0] if counted else 10.0


def _bold_share(layouts: Mapping[int, Layout]) -> float:
    runs = [run for layout in layouts.values() for run in layout.runs]
    letters = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if run.bold) / letters if letters else 0.0
