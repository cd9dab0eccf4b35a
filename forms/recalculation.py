"""What follows from the answers, by dependency: relevance, calculations, counts, values now."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time

from forms.compiled import CompiledForm
from forms.definition import Choice, Kind, Question, Repeat
from forms.errors import InvalidAnswer
from forms.expression import Compiled
from forms.references import Scope
from forms.tree import ROOT, Key
from forms.values import Value, from_json
from forms.xvalue import Scalar, XValue, to_number, to_string

MOST_OCCURRENCES = 100
"""How often a repeat may stand; a family has fewer children, a file fewer creditors."""


class Recalculation:
    """State: the answers as kept, and everything computed from them.

    Attributes:
        values: answers, and the calculations that keep their result.
        counts: how often the repeats stand that a person adds to.
        most: how often each repeat that an expression counts has ever stood.
        grown: the occurrences that a count has brought for the first time, not yet prefilled.
    """

    def __init__(self, ready: CompiledForm, *, today: date, now: datetime) -> None:
        self.ready = ready
        self.tree = ready.tree
        self.today = today
        self.now = now
        self.values: dict[Key, Value] = {}
        self.counts: dict[Key, int] = {}
        self.most: dict[Key, int] = {}
        self.grown: list[Key] = []
        self._relevant: dict[Key, bool] = {}
        self._live: dict[Key, Scalar] = {}
        self._calculated: dict[Key, Value] = {}
        self._counted: dict[Key, int] = {}
        self._available: dict[Key, frozenset[str]] = {}

    def live(self, key: Key) -> Scalar:
        """The value an expression reads at a node."""
        return self._live.get(key, "")

    def kept(self, key: Key) -> Scalar:
        """The value last kept at a node."""
        return _scalar(self.values.get(key))

    def occurrences(self, repeat: str, around: tuple[int, ...]) -> int:
        """How many times a repeat stands inside one occurrence of those around it."""
        if self.ready.nodes[repeat].count is not None:
            return self._counted.get((repeat, around), 0)
        return self.counts.get((repeat, around), 0)

    def relevant(self, key: Key) -> bool:
        """Whether a node is relevant now."""
        return self._relevant.get(key, False)

    def value_at(self, key: Key, question: Question) -> Value:
        """The answer or the calculation at a question, relevant or not."""
        if _is_calculated(question):
            return self._calculated.get(key)
        return self.values.get(key)

    def output_at(self, key: Key, question: Question) -> Value:
        """What leaves from a question now: nothing irrelevant, no choice that is not offered."""
        if not self._relevant.get(key, False):
            return None
        return self._fitting(key, self.value_at(key, question))

    def offered(self, key: Key, question: Question) -> tuple[Choice, ...]:
        """The choices that the filter leaves, in the definition's order."""
        if question.choice_filter is None:
            return question.choices
        available = self._available.get(key, frozenset())
        return tuple(choice for choice in question.choices if choice.name in available)

    def store(self, key: Key, value: Value) -> None:
        """Keep an answer, or forget it when empty; nothing is computed yet."""
        if value is None or value == "" or value == ():
            self.values.pop(key, None)
        else:
            self.values[key] = value

    def evaluate(self, compiled: Compiled, key: Key) -> XValue:
        """The value of an expression at a place."""
        return compiled.evaluate(Scope(self, key[0], key[1]))

    def holds(self, compiled: Compiled, key: Key) -> bool:
        """Whether a condition is true at a place."""
        return compiled.holds(Scope(self, key[0], key[1]))

    def recompute(self) -> None:
        """Compute everything anew, from the answers alone."""
        for computed in (
            self._relevant,
            self._live,
            self._calculated,
            self._counted,
            self._available,
        ):
            computed.clear()
        for path in self.ready.in_order:
            for numbers in self.all_numbers(path):
                self._compute((path, numbers))

    def follow(self, start: Key) -> set[Key]:
        """Compute what depends on one answer; return the nodes whose state may have changed."""
        touched = {start}
        waiting = [(self.ready.rank[start[0]], start)]
        seen = {start}
        fired: set[str] = set()
        runs: Counter[Key] = Counter()
        while waiting:
            _, key = heapq.heappop(waiting)
            seen.discard(key)
            runs[key] += 1
            # A running total reads its own other occurrences; one that reads itself never rests.
            if not self._compute(key) or runs[key] > MOST_OCCURRENCES:
                continue
            touched.add(key)
            next_ones = [
                other
                for path in self.ready.value_dependents.get(key[0], ())
                for other in self._related(path, key)
            ]
            for other in (*next_ones, *self._fire(key, fired)):
                if other not in seen:
                    seen.add(other)
                    heapq.heappush(waiting, (self.ready.rank[other[0]], other))
        for key in list(touched):
            for path in self.ready.flag_dependents.get(key[0], ()):
                touched.update(self._related(path, key))
        return touched

    def all_numbers(self, path: str) -> list[tuple[int, ...]]:
        """Where a node stands: the numbers of its repeats, for each occurrence."""
        found: list[tuple[int, ...]] = [()]
        repeats = self.tree.repeats_of(path)
        if not repeats:
            return found
        whole: list[tuple[int, ...]] = []
        for repeat in repeats:
            if repeat == path:
                whole = found
            found = [
                (*numbers, number)
                for numbers in found
                for number in range(1, self.occurrences(repeat, numbers) + 1)
            ]
        # A repeat is computed as a whole too: it may be relevant before it ever stands.
        return whole + found if repeats[-1] == path else found

    def walk(self, path: str, numbers: tuple[int, ...]) -> Iterator[tuple[Key, Question]]:
        """Every question below a node, in order, repeats expanded."""
        node = self.tree.places[path].node if path != ROOT else None
        if isinstance(node, Question):
            yield (path, numbers), node
            return
        if isinstance(node, Repeat) and len(numbers) < len(self.tree.repeats_of(path)):
            for number in range(1, self.occurrences(path, numbers) + 1):
                yield from self.walk(path, (*numbers, number))
            return
        for child in self.tree.children[path]:
            yield from self.walk(child, numbers)

    def _compute(self, key: Key) -> bool:
        path, numbers = key
        place = self.tree.places[path]
        compiled = self.ready.nodes[path]
        parent = place.parent
        relevant = parent == ROOT or self._relevant.get(
            (parent, numbers[: len(self.tree.repeats_of(parent))]), True
        )
        if relevant and not (compiled.relevant.constant and place.node.relevant.line == 0):
            relevant = self.holds(compiled.relevant, key)
        live: Scalar = ""
        changed = False
        if isinstance(place.node, Question):
            if compiled.calculation is not None and _is_calculated(place.node):
                self._calculate(key, place.node, compiled.calculation)
            if compiled.choice_filter is not None:
                changed = self._filter(key, place.node, compiled.choice_filter)
            if relevant:
                live = _scalar(self._fitting(key, self.value_at(key, place.node)))
        elif compiled.count is not None and len(numbers) < len(self.tree.repeats_of(path)):
            count = _whole_count(self.evaluate(compiled.count, key))
            changed = self._counted.get(key) != count
            self._counted[key] = count
            before = self.most.get(key, 0)
            if count > before:
                self.grown += [(path, (*numbers, one)) for one in range(before + 1, count + 1)]
                self.most[key] = count
        changed = changed or self._relevant.get(key) != relevant or self._live.get(key, "") != live
        self._relevant[key] = relevant
        self._live[key] = live
        return changed

    def _calculate(self, key: Key, question: Question, compiled: Compiled) -> None:
        if compiled.by_chance and key in self.values:
            # Lots are drawn once: a draft taken up again shows what it showed.
            self._calculated[key] = self.values[key]
            return
        value = _as_value(question, self.evaluate(compiled, key))
        self._calculated[key] = value
        if compiled.by_chance or compiled.keeps:
            self.store(key, value)

    def _filter(self, key: Key, question: Question, compiled: Compiled) -> bool:
        path, numbers = key
        available = frozenset(
            choice.name
            for choice in question.choices
            if compiled.holds(
                Scope(
                    self,
                    path,
                    numbers,
                    {"name": choice.name, "label": choice.label, **dict(choice.columns)},
                )
            )
        )
        changed = self._available.get(key) != available
        self._available[key] = available
        return changed

    def _fitting(self, key: Key, value: Value) -> Value:
        available = self._available.get(key)
        if available is None or value is None:
            return value
        if isinstance(value, tuple):
            return tuple(name for name in value if name in available) or None
        return value if value in available else None

    def _fire(self, changed: Key, fired: set[str]) -> list[Key]:
        found = []
        for path in self.ready.triggers.get(changed[0], ()):
            if path in fired:
                continue
            fired.add(path)
            question = self.tree.places[path].node
            calculation = self.ready.nodes[path].calculation
            assert isinstance(question, Question)
            for key in self._related(path, changed):
                result = self.evaluate(calculation, key) if calculation else ""
                self.store(key, _as_value(question, result))
                found.append(key)
        return found

    def _related(self, path: str, changed: Key) -> list[Key]:
        if changed[0] in self.ready.across.get(path, ()):
            return [(path, numbers) for numbers in self.all_numbers(path)]
        own, other = self.tree.repeats_of(path), self.tree.repeats_of(changed[0])
        if not own:
            return [(path, ())]
        shared = 0
        while shared < min(len(own), len(other), len(changed[1])) and own[shared] == other[shared]:
            shared += 1
        prefix = changed[1][:shared]
        if shared == len(own) and own[-1] != path:
            return [(path, prefix)]
        return [
            (path, numbers)
            for numbers in self.all_numbers(path)
            if numbers[:shared] == prefix[: len(numbers)]
        ]


def _is_calculated(question: Question) -> bool:
    return question.calculation is not None and not question.triggers


def _whole_count(value: XValue) -> int:
    number = to_number(value)
    return 0 if math.isnan(number) else max(0, int(min(number, MOST_OCCURRENCES)))


def _scalar(value: Value) -> Scalar:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, time):
        return value.isoformat(timespec="milliseconds")
    return value


def _as_value(question: Question, result: XValue) -> Value:
    if isinstance(result, list):
        result = result[0] if result else ""
    if isinstance(result, date) and question.kind in (Kind.DATE, Kind.DATETIME):
        return from_json(question, to_string(result))
    text = to_string(result)
    if text in ("", "NaN"):
        return None
    if question.kind in (Kind.CALCULATE, Kind.TEXT, Kind.HIDDEN):
        return result if isinstance(result, date) else text
    if question.kind is Kind.INTEGER and isinstance(result, float) and math.isfinite(result):
        return math.trunc(result)
    try:
        return from_json(question, text)
    except InvalidAnswer:
        return None
