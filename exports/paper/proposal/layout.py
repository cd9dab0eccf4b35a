"""What stands beside a box on its page: print to its left, to its right, above it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from exports.paper.proposal.form_boxes import FormBox
from exports.paper.proposal.printed_text import Run
from exports.paper.proposal.rect import Bands, Rect

_FAR = 480.0
_HIGH = 600.0
_TOUCH = 6.0
_LINES = 6
_CELLS_ABOVE = 12
_FAR_ABOVE = 70.0
_SIGNED = 130.0


@dataclass(frozen=True)
class Beside:
    """Print found from a box.

    Attributes:
        gap: how far it stands.
        crossed: the boxes between, nearest first.
    """

    run: Run
    gap: float
    crossed: tuple[FormBox, ...]


class Layout:
    """The print and the boxes of one page, for those that look around a box."""

    def __init__(self, runs: tuple[Run, ...], boxes: tuple[FormBox, ...]) -> None:
        self.runs = tuple(run for run in runs if any(one.isalnum() for one in run.text))
        self.strokes = tuple(run for run in runs if not any(one.isalnum() for one in run.text))
        self.boxes = boxes
        self._rows = Bands((run.rect, run) for run in self.runs)
        self._box_rows = Bands((box.upright, box) for box in boxes)
        lefts = [run.rect.left for run in self.runs]
        rights = [run.rect.right for run in self.runs]
        self.middle = (min(lefts) + max(rights)) / 2 if lefts else 0.0

    def left(self, rect: Rect, *, without: Collection[Run] = ()) -> Beside | None:
        """The nearest print to the left on the row."""
        best: Run | None = None
        for run in self._rows.between(rect.bottom, rect.top):
            if run in without or not _level(run, rect):
                continue
            if run.rect.right > rect.left + _TOUCH or rect.left - run.rect.right > _FAR:
                continue
            if best is None or _nearer_left(run, best):
                best = run
        if best is None:
            return None
        between = [
            box
            for box in dict.fromkeys(self._box_rows.between(rect.bottom, rect.top))
            if box.upright.beside(rect)
            and box.upright.left >= best.rect.right - _TOUCH
            and box.upright.right <= rect.left + 2
        ]
        between.sort(key=lambda box: -box.upright.right)
        return Beside(best, max(0.0, rect.left - best.rect.right), tuple(between))

    def right(self, rect: Rect, *, without: Collection[Run] = ()) -> Beside | None:
        """The nearest print to the right on the row."""
        best: Run | None = None
        for run in self._rows.between(rect.bottom, rect.top):
            if run in without or not _level(run, rect):
                continue
            if run.rect.left < rect.right - _TOUCH or run.rect.left - rect.right > _FAR:
                continue
            if best is None or _nearer_right(run, best):
                best = run
        if best is None:
            return None
        between = [
            box
            for box in dict.fromkeys(self._box_rows.between(rect.bottom, rect.top))
            if box.upright.beside(rect)
            and box.upright.left >= rect.right - 2
            and box.upright.right <= best.rect.left + _TOUCH
        ]
        between.sort(key=lambda box: box.upright.left)
        return Beside(best, max(0.0, best.rect.left - rect.right), tuple(between))

    def above(self, rect: Rect, *, without: Collection[Run] = ()) -> Beside | None:
        """The nearest print above, within the width of a rectangle."""
        inside = 14.0 if rect.height > 30 else 4.0
        best: Run | None = None
        for run in self.runs:
            if run in without or run.rect.bottom < rect.top - inside:
                continue
            if run.rect.bottom - rect.top > _HIGH or not _over(run.rect, rect):
                continue
            if best is None or run.rect.bottom < best.rect.bottom - 1:
                best = run
        if best is None:
            return None
        between = [
            box
            for box in self.boxes
            if box.upright.across(rect) > 0.5 * min(box.upright.width, rect.width)
            and box.upright.bottom >= rect.top - 2
            and box.upright.top <= best.rect.bottom + 4
        ]
        between.sort(key=lambda box: box.upright.bottom)
        return Beside(best, max(0.0, best.rect.bottom - rect.top), tuple(between))

    def whole(self, run: Run) -> tuple[str, tuple[Run, ...]]:
        """The text of which a run is one line, and its lines."""
        lines = [run]
        for _ in range(_LINES):
            before = next(
                (one for one in self._near(lines[0]) if self._continues(one, lines[0])), None
            )
            if before is None or before in lines:
                break
            lines.insert(0, before)
        for _ in range(_LINES):
            after = next(
                (one for one in self._near(lines[-1]) if self._continues(lines[-1], one)), None
            )
            if after is None or after in lines:
                break
            lines.append(after)
        text = ""
        for line in lines:
            text = f"{text} {line.text}".strip() if not text.endswith("-") else text + line.text
        return text, tuple(lines)

    def header(self, rect: Rect, *, without: Collection[Run] = ()) -> str:
        """What is printed at the head of the column where a box stands."""
        passed = set(without)
        for _ in range(_CELLS_ABOVE):
            found = self.above(rect, without=passed)
            if found is None or not _is_a_column(rect, found):
                return ""
            run = found.run
            if (
                sum(one.isalnum() for one in run.text) < 3
                or run.text.rstrip().endswith("?")
                or run.rect.width > 3.2 * rect.width + 60
                or self.labels_a_box(run)
            ):
                passed.add(run)
                continue
            return self.whole(run)[0].rstrip(" :")
        return ""

    def signature_under(self, rect: Rect) -> str:
        """What is printed where the signature goes, under « Fait à … le … »."""
        best: Run | None = None
        for run in self.runs:
            if (
                not -_TOUCH <= rect.bottom - run.rect.top <= 130
                or "ignature" not in run.text.lower()
            ):
                continue
            across = run.rect.across(rect)
            if across > -60 and (best is None or across > best.rect.across(rect)):
                best = run
        return best.text if best else ""

    def labels_a_box(self, run: Run, *, within: float = 40.0) -> bool:
        """Whether a box to write in follows a run on its row."""
        return any(
            not box.ticked
            and _level(run, box.upright)
            and -_TOUCH <= box.upright.left - run.rect.right <= within
            for box in self._box_rows.between(run.rect.bottom, run.rect.top)
        )

    def _near(self, run: Run) -> list[Run]:
        reach = 2 * run.size
        found = self._rows.between(run.rect.bottom - reach, run.rect.top + reach)
        return sorted(found, key=lambda one: (-one.baseline, one.rect.left))

    def _continues(self, upper: Run, lower: Run) -> bool:
        size = max(upper.size, lower.size)
        drop = upper.baseline - lower.baseline
        if upper is lower or not 0.7 * lower.size <= drop <= 1.45 * size:
            return False
        if not 0.76 <= upper.size / lower.size <= 1.3:
            return False
        if upper.text.rstrip().endswith((":", "?", ".", "!", ";")):
            return False
        begins = lower.text.lstrip()[:1]
        small = begins.islower() or begins in "(«<>"
        if upper.bold and not lower.bold and begins not in "(":
            return False
        if not (small or upper.text.rstrip().endswith((",", "-", "’", "'"))):
            return False
        ends, begun = upper.rect, lower.rect
        aligned = (
            abs(ends.left - begun.left) < 5
            or abs(ends.right - begun.right) < 5
            or abs(ends.middle[0] - begun.middle[0]) < 5
        )
        return aligned and not self._parted(upper, lower)

    def _parted(self, upper: Run, lower: Run) -> bool:
        # Two lines that each have their own box are two labels.
        for box in self.boxes:
            rect = box.upright
            on_upper, on_lower = _level(upper, rect), _level(lower, rect)
            if on_upper and not on_lower and 0 <= rect.left - upper.rect.right <= 40:
                return True
            if (
                box.ticked
                and on_lower
                and not on_upper
                and -_TOUCH <= lower.rect.left - rect.right <= 12
            ):
                return True
        return False


def _is_a_column(rect: Rect, found: Beside) -> bool:
    # The cells of a column follow each other up to its head.
    height = rect.top
    for place in (*(box.upright for box in found.crossed), found.run.rect):
        if place.bottom - height > _FAR_ABOVE:
            return False
        height = max(height, place.top)
    return True


def _level(run: Run, rect: Rect) -> bool:
    middle = run.baseline + 0.3 * run.size
    margin = 2.0 if rect.height < 30 else 0.0
    return rect.bottom - margin <= middle <= rect.top + margin


def _nearer_left(run: Run, best: Run) -> bool:
    if abs(run.rect.right - best.rect.right) > 3:
        return run.rect.right > best.rect.right
    return run.baseline > best.baseline


def _nearer_right(run: Run, best: Run) -> bool:
    if abs(run.rect.left - best.rect.left) > 3:
        return run.rect.left < best.rect.left
    return run.baseline > best.baseline


def _over(upper: Rect, lower: Rect) -> bool:
    shared = upper.across(lower)
    return shared > 0.3 * min(upper.width, lower.width)
