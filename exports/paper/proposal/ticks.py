"""Boxes to tick: the print that belongs to each, and those that answer one question together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from exports.paper.proposal.form_boxes import FormBox
from exports.paper.proposal.layout import Beside, Layout
from exports.paper.proposal.model import LabelSource
from exports.paper.proposal.printed_text import Run
from exports.paper.proposal.rect import Rect
from exports.paper.proposal.words import bare, clean, label_of, spoken

_NEAR = 60.0
_STEM = 280.0
_STEM_ABOVE = 34.0
_STEM_RIGHT = 120.0
_PITCH = 45.0

_EXCLUSIVE = tuple(
    frozenset(words.split("|"))
    for words in (
        "oui|non|ne sait pas|nsp|sans objet",
        "mme|m|mlle|madame|monsieur|mademoiselle",
        "homme|femme|h|f|m|masculin|feminin",
        "celibataire|marie e|marie|pacse e|pacse|concubinage|en concubinage|vie maritale|"
        "en couple|separe e|separe|divorce e|divorce|veuf|veuve|veuf ve|veuf ou veuve",
        "1ere demande|premiere demande|renouvellement",
        "acceptee|refusee|accepte|refuse|accord|rejet",
        "droite|gauche",
    )
)
_ONE = re.compile(r"\bune seule\b|\bune case\b|case correspondante|uniquement")
_SEVERAL = re.compile(
    r"suivante?s?\b|plusieurs|\bla ou les\b|\ble ou les\b|lesquel|\bcochez les\b|\bquel(le)?s\b|"
    r"avez vous deja|recevez|percu|comment souhaitez|\bs\b"
)
_KNOWN = (
    (_EXCLUSIVE[1], "Civilité"),
    (_EXCLUSIVE[2], "Sexe"),
    (_EXCLUSIVE[3], "Situation familiale"),
)
KNOWN_LABELS = frozenset(label for _, label in _KNOWN)
"""What is asked where only the answers are printed."""


@dataclass(frozen=True)
class Tick:
    """One box to tick.

    Attributes:
        state: its on-state, where its field has several.
        label: what is printed beside it.
        lines: the print that says so.
    """

    box: FormBox
    state: str
    label: str
    hint: str
    lines: tuple[Run, ...]
    label_from: LabelSource


@dataclass(frozen=True)
class TickSet:
    """Boxes that answer one question.

    Attributes:
        label: what is asked; of a single box, what is ticked.
        exclusive: whether one answer shuts out the others.
    """

    ticks: tuple[Tick, ...]
    label: str
    hint: str
    label_from: LabelSource
    exclusive: bool


@dataclass
class TickReader:
    """State: the boxes to tick of one page being read; `lines` is the print they took."""

    layout: Layout
    lines: set[Run] = field(default_factory=set)
    _stems: set[Run] = field(default_factory=set)

    def read(self) -> list[TickSet]:
        """Every box of the page, in sets."""
        boxes = [box for box in self.layout.boxes if box.ticked]
        ticks = [tick for row in rows_of(boxes) for tick in self._labelled(row)]
        for tick in ticks:
            # A heading over a column serves all its boxes: it is not used up.
            if tick.label_from is not LabelSource.ABOVE:
                self.lines.update(tick.lines)
        several: dict[str, list[Tick]] = {}
        for tick in ticks:
            several.setdefault(tick.box.field, []).append(tick)
        sets: list[TickSet] = []
        alone: list[Tick] = []
        for of_field in several.values():
            if len({tick.state for tick in of_field}) > 1:
                sets.append(self._asked(_one_each(of_field), exclusive=True))
            else:
                alone.append(of_field[0])
        return sets + list(self._sets(alone))

    def _labelled(self, row: list[FormBox]) -> Iterator[Tick]:
        rights = [self._own(self.layout.right(box.upright)) for box in row]
        lefts = [self._own(self.layout.left(box.upright)) for box in row]
        to_left = all(lefts) and (not rights[-1] or _closer(lefts, rights))
        taken: set[Run] = set()
        for box, right, left in zip(row, rights, lefts, strict=True):
            found, source = (left, LabelSource.LEFT) if to_left else (right, LabelSource.RIGHT)
            if found is not None and found.run not in taken:
                taken.add(found.run)
                yield self._tick(box, found.run, source)
                continue
            above = self.layout.above(box.upright, without=self.lines)
            if above is not None and not self._labels(above.run, row):
                yield self._tick(box, above.run, LabelSource.ABOVE)
            elif left is not None and not to_left and len(row) == 1:
                yield self._tick(box, left.run, LabelSource.LEFT)
            else:
                yield _named(box)

    def _tick(self, box: FormBox, run: Run, source: LabelSource) -> Tick:
        text, lines = self.layout.whole(run)
        label, hint = label_of(text)
        if not label:
            return _named(box)
        return Tick(box, _state(box), label, hint, lines, source)

    def _own(self, found: Beside | None) -> Beside | None:
        return found if found and not found.crossed and found.gap <= _NEAR else None

    def _labels(self, run: Run, row: list[FormBox]) -> bool:
        return self.layout.labels_a_box(run) or any(run.rect.beside(box.upright) for box in row)

    def _sets(self, alone: list[Tick]) -> Iterator[TickSet]:
        waiting: list[list[Tick]] = []
        for row in _tick_rows(alone):
            for part in self._parts(row):
                stem = self._stem_left(part)
                labels = [bare(tick.label) for tick in part]
                if len(part) > 1 and (stem or _known_set(labels)):
                    yield self._asked(tuple(part), exclusive=_excludes(stem, labels))
                else:
                    waiting.append(part)
        for cluster in self._clusters(waiting):
            ticks = tuple(tick for part in cluster for tick in part)
            labels = [bare(tick.label) for tick in ticks]
            if len(set(labels)) < len(labels):
                # One box for each row of a table, each its own question.
                rows: Counter[str] = Counter()
                for tick in ticks:
                    rows[tick.label] += 1
                    yield self._alone(replace(tick, label=f"{tick.label} ({rows[tick.label]})"))
                continue
            stem = self._stem_left(cluster[0])
            above = None if stem else self._stem_above(ticks)
            if len(ticks) > 1 and (stem or above is not None):
                asked = stem or self._said(above)[0]
                yield self._asked(ticks, exclusive=_excludes(asked, labels))
                continue
            for tick in ticks:
                yield self._alone(tick)

    def _alone(self, tick: Tick) -> TickSet:
        label, hint, source = tick.label, tick.hint, tick.label_from
        if bare(label) in ("oui", "non"):
            above = self._stem_above((tick,))
            stem = self._stem_left((tick,)) or self._said(above)[0]
            if stem:
                label = clean(stem) if bare(label) == "oui" else f"{clean(stem)} : non"
                source = LabelSource.ABOVE
        return TickSet((tick,), label, hint, source, False)

    def _parts(self, row: list[Tick]) -> Iterator[list[Tick]]:
        part: list[Tick] = []
        for tick in row:
            if part and (
                bare(tick.label) in {bare(one.label) for one in part}
                or self._something_between(part[-1], tick)
            ):
                yield part
                part = []
            part.append(tick)
        if part:
            yield part

    def _something_between(self, before: Tick, after: Tick) -> bool:
        gap = Rect(
            before.box.upright.right - 1,
            before.box.upright.bottom,
            after.box.upright.left + 1,
            before.box.upright.top,
        )
        for box in self.layout.boxes:
            if not box.ticked and box.upright.beside(gap) and box.upright.across(gap) > 2:
                return True
        return any(
            run not in self.lines
            and run.rect.beside(gap)
            and run.rect.across(gap) > 2
            and run.text.rstrip().endswith((":", "?"))
            for run in self.layout.runs
        )

    def _clusters(self, parts: list[list[Tick]]) -> Iterator[list[list[Tick]]]:
        cluster: list[list[Tick]] = []
        for part in parts:
            if cluster and not self._goes_on(cluster, part):
                yield cluster
                cluster = []
            cluster.append(part)
        if cluster:
            yield cluster

    def _goes_on(self, cluster: list[list[Tick]], part: list[Tick]) -> bool:
        before, after = cluster[-1][0].box.upright, part[0].box.upright
        if before.beside(after):
            return True
        if not 0 < before.bottom - after.bottom <= _PITCH:
            return False
        lefts = [tick.box.upright.left for one in cluster for tick in one]
        if min(abs(left - after.left) for left in lefts) > 4:
            return False
        # Print that is no box's label between two rows begins another question.
        between = Rect(
            min(before.left, after.left), after.top + 1, max(before.right, after.right) + 40,
            before.bottom - 1,
        )  # fmt: skip
        return not any(
            run not in self.lines and between.holds(run.rect.left + 5, run.rect.middle[1], 3)
            for run in self.layout.runs
        ) and not any(
            not box.ticked and box.upright.along(between) > 4 for box in self.layout.boxes
        )

    def _asked(self, ticks: tuple[Tick, ...], *, exclusive: bool) -> TickSet:
        ordered = sorted(
            ticks, key=lambda one: (-round(one.box.upright.top / 6), one.box.rect.left)
        )
        stem = self._stem_left(ordered) or ""
        source = LabelSource.LEFT
        labels = [bare(tick.label) for tick in ticks]
        hint = ""
        if not stem:
            for words, known in _KNOWN:
                if set(labels) <= words:
                    stem, source = known, LabelSource.CHOICES
        if not stem:
            above = self._stem_above(ticks)
            if above is not None:
                (stem, hint), source = self._said(above), LabelSource.ABOVE
                self._stems.update(self.layout.whole(above)[1])
        else:
            stem, hint = label_of(stem)
        if not stem and set(labels) <= _EXCLUSIVE[0]:
            # « Oui ou non » asks nothing: the name of the field may.
            stem, source = spoken(ticks[0].box.field), LabelSource.NAME
        if not stem:
            first, *others = [tick.label for tick in ticks[:3]]
            stem = " ou ".join([first, *(one[:1].lower() + one[1:] for one in others)])
            source = LabelSource.CHOICES
        return TickSet(ticks, stem, hint, source, exclusive)

    def _stem_left(self, ticks: Sequence[Tick]) -> str:
        first = min(ticks, key=lambda one: one.box.upright.left)
        top = max(ticks, key=lambda one: one.box.upright.top)
        if not first.box.upright.beside(top.box.upright):
            first = top
        start = first.box.upright
        for line in first.lines:
            if line.rect.right <= start.left + 3:
                start = start.around(line.rect)
        found = self.layout.left(start, without=self.lines)
        if found is None or self.layout.labels_a_box(found.run):
            return ""
        if found.gap > _STEM and not found.crossed:
            return ""
        told, lines = self.layout.whole(found.run)
        if not found.crossed:
            self._stems.update(lines)
            return told
        # The same question for somebody else, in the next column of a table.
        if any(not box.ticked for box in found.crossed):
            return ""
        short = {run for run in self.lines if len(bare(run.text)) < 8}
        header = self.layout.header(start.around(first.box.upright), without={*short, *lines})
        return f"{told.rstrip(' :')} – {header}" if header else told

    def _stem_above(self, ticks: Sequence[Tick]) -> Run | None:
        around = ticks[0].box.upright
        for tick in ticks:
            around = around.around(tick.box.upright)
            for line in tick.lines:
                if line.rect.beside(tick.box.upright):
                    around = around.around(line.rect)
        own = {line for tick in ticks for line in tick.lines}
        found = self.layout.above(around, without=self.lines | self._stems | own)
        if found is None or found.gap > _STEM_ABOVE or self.layout.labels_a_box(found.run):
            return None
        if any(not box.ticked for box in found.crossed) or len(bare(found.run.text)) < 4:
            return None
        if found.run.rect.left > around.left + _STEM_RIGHT:
            return None
        size = max((line.size for line in own), default=found.run.size)
        asks = found.run.text.rstrip().endswith((":", "?"))
        stands_out = found.run.bold and not all(line.bold for line in own)
        return found.run if asks or stands_out or found.run.size > 1.05 * size else None

    def _said(self, run: Run | None) -> tuple[str, str]:
        return label_of(self.layout.whole(run)[0]) if run else ("", "")


def rows_of(boxes: Iterable[FormBox]) -> list[list[FormBox]]:
    """Boxes in rows, from the top down, each from the left."""
    rows: list[list[FormBox]] = []
    for box in sorted(boxes, key=lambda one: (-one.upright.middle[1], one.upright.left)):
        if rows and rows[-1][0].upright.beside(box.upright):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda one: one.upright.left) for row in rows]


def _tick_rows(ticks: list[Tick]) -> list[list[Tick]]:
    by_box = {id(tick.box): tick for tick in ticks}
    return [[by_box[id(box)] for box in row] for row in rows_of(tick.box for tick in ticks)]


def _one_each(ticks: list[Tick]) -> tuple[Tick, ...]:
    by_state: dict[str, Tick] = {}
    for tick in ticks:
        by_state.setdefault(tick.state, tick)
    return tuple(by_state.values())


def _closer(lefts: list[Beside | None], rights: list[Beside | None]) -> bool:
    if not all(rights):
        return False
    near = sum(one.gap for one in lefts if one)
    return near * 2 + 4 < sum(one.gap for one in rights if one)


def _state(box: FormBox) -> str:
    return box.states[0] if box.states else ""


def _named(box: FormBox) -> Tick:
    state = _state(box)
    words = "".join(one if one.isalnum() else " " for one in state)
    if len(words.strip()) > 1 and bare(words) not in ("oui", "yes", "on") and not words.isdigit():
        return Tick(box, state, label_of(state)[0] or state, "", (), LabelSource.NAME)
    tooltip = label_of(box.tooltip)[0]
    if tooltip:
        return Tick(box, state, tooltip, "", (), LabelSource.TOOLTIP)
    label = spoken(box.field) or state or f"Case de la page {box.page + 1}"
    return Tick(box, state, label, "", (), LabelSource.NAME)


def _known_set(labels: list[str]) -> bool:
    return any(set(labels) <= words for words in _EXCLUSIVE)


def _excludes(stem: str, labels: list[str]) -> bool:
    asked = bare(stem)
    if _known_set(labels) or _ONE.search(asked):
        return True
    if _SEVERAL.search(asked):
        return False
    return len(labels) <= 6 and all(len(label.split()) <= 5 for label in labels)
