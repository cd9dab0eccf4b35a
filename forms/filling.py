"""A form being filled for one person: answers, what is relevant, missing, wrong; progress."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from forms.checks import run_check
from forms.compiled import CompiledForm, compiled_form
from forms.definition import DocumentRequest, Form, Kind, Question, Repeat
from forms.errors import InvalidAnswer, UnknownQuestion
from forms.expression import Compiled, Scope
from forms.functions import Scalar, XValue, to_boolean, to_string
from forms.tree import ROOT, Key
from forms.values import JSON, Value, display, from_json, parse_typed, to_json

_MISSING = "Cette réponse manque."
_UNFIT = "Cette réponse ne convient pas. Vérifiez-la."
_TYPED = "typed"
MOST_OCCURRENCES = 100
"""How often a repeat may stand; a family has fewer children, a file fewer creditors."""


class ProblemKind(Enum):
    """Why an application is not complete."""

    MISSING = "missing"
    INVALID = "invalid"


@dataclass(frozen=True)
class Problem:
    """What is missing or wrong at one question, in French."""

    path: str
    label: str
    message: str
    kind: ProblemKind


@dataclass(frozen=True)
class QuestionState:
    """How a question stands now.

    Attributes:
        problem: what is missing or wrong; None when nothing is, or it is not relevant.
        warning: what looks unusual; it blocks nothing.
        from_profile: whether the answer is the one the profile gives.
    """

    path: str
    relevant: bool
    required: bool
    read_only: bool
    problem: Problem | None
    warning: str | None
    from_profile: bool


@dataclass(frozen=True)
class Progress:
    """How many of the questions asked are answered."""

    answered: int
    total: int


@dataclass(frozen=True)
class Section:
    """A top-level group or repeat, as a step of the work."""

    path: str
    label: str
    relevant: bool
    answered: int
    total: int
    missing: int
    invalid: int

    @property
    def complete(self) -> bool:
        """Whether nothing is missing nor wrong."""
        return not self.missing and not self.invalid


@dataclass(frozen=True)
class ProfileChange:
    """A fact answered here that the profile does not have, or has otherwise.

    Attributes:
        old, new: as kept (JSON); old is None when the profile says nothing.
        old_text, new_text: as shown.
    """

    key: str
    label: str
    old: JSON
    new: JSON
    old_text: str
    new_text: str


class Filling:
    """State: the answers of one form for one person, and all that follows from them."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, JSON] | None = None,
        *,
        profile: Mapping[str, JSON] | None = None,
        today: date,
    ) -> None:
        """Start a filling, or take one up again.

        Args:
            form: the definition.
            answers: what `answers()` gave; None starts anew, from defaults and the profile.
            profile: what is known of the person, by profile key.
            today: what `today()` means.
        """
        self.form = form
        self.today = today
        self._profile = dict(profile or {})
        self._ready: CompiledForm = compiled_form(form)
        self._tree = self._ready.tree
        self._values: dict[Key, Value] = {}
        self._wrong: dict[Key, tuple[str, str]] = {}
        self._counts: dict[Key, int] = {}
        self._relevant: dict[Key, bool] = {}
        self._live: dict[Key, Scalar] = {}
        self._calculated: dict[Key, Value] = {}
        self._states: dict[Key, QuestionState] = {}
        if answers is None:
            self._start()
        else:
            self._take_up(answers)
        self.recompute()

    def live(self, key: Key) -> Scalar:
        """The value an expression reads at a node."""
        return self._live.get(key, "")

    def occurrences(self, repeat: str, around: tuple[int, ...]) -> int:
        """How many times a repeat stands inside one occurrence of those around it."""
        return self._counts.get((repeat, around), 0)

    def question(self, path: str) -> Question:
        """The definition of a question, by its path with numbers.

        Raises:
            UnknownQuestion: none stands there.
        """
        return self._question_at(path)[1]

    def set(self, path: str, value: Value) -> frozenset[str]:
        """Store an answer; a constraint never blocks that.

        Returns:
            The paths whose state may have changed.

        Raises:
            UnknownQuestion: no question stands there.
        """
        key, _ = self._question_at(path)
        self._wrong.pop(key, None)
        self._store(key, value)
        return self._follow(key)

    def type_in(self, path: str, text: str) -> frozenset[str]:
        """Store what was typed: as a value when it is one, else as it is, with what is wrong.

        Returns:
            The paths whose state may have changed.

        Raises:
            UnknownQuestion: no question stands there.
        """
        key, question = self._question_at(path)
        try:
            value = parse_typed(question, text, today=self.today)
        except InvalidAnswer as error:
            self._wrong[key] = (text, error.message)
            self._store(key, None)
            return self._follow(key)
        return self.set(path, value)

    def value(self, path: str) -> Value:
        """The answer at a path; None when there is none."""
        key, question = self._question_at(path)
        return self._value_at(key, question)

    def typed(self, path: str) -> str:
        """What the field shows: the answer in words, or the wrong text as it was typed."""
        key, question = self._question_at(path)
        if key in self._wrong:
            return self._wrong[key][0]
        return display(question, self._value_at(key, question))

    def state(self, path: str) -> QuestionState:
        """How a question stands now."""
        key, question = self._question_at(path)
        return self._state_of(key, question)

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Every question with its path, in order, repeats expanded, relevant or not."""
        for key, question in self._walk(ROOT, ()):
            yield self._tree.text_of(key), question

    def count(self, path: str) -> int:
        """How many times a repeat stands."""
        return self._counts.get(self._repeat_at(path), 0)

    def add_repeat(self, path: str) -> int:
        """Add one occurrence of a repeat, at the end, and return its number.

        Raises:
            UnknownQuestion: no repeat stands there.
            InvalidAnswer: it stands as often as it may.
        """
        repeat, around = self._repeat_at(path)
        number = self._counts.get((repeat, around), 0) + 1
        if number > MOST_OCCURRENCES:
            raise InvalidAnswer(f"{MOST_OCCURRENCES} au plus\u00a0: c’est complet.")
        self._counts[(repeat, around)] = number
        self.recompute()
        self._apply_defaults(repeat, (*around, number))
        self.recompute()
        return number

    def remove_repeat(self, path: str, index: int) -> None:
        """Remove the occurrence of a repeat with a number from 1; those after move up.

        Raises:
            UnknownQuestion: no such occurrence.
        """
        repeat, around = self._repeat_at(path)
        count = self._counts.get((repeat, around), 0)
        if not 1 <= index <= count:
            raise UnknownQuestion(f"{path}[{index}]")
        depth = len(around)
        for kept in (self._values, self._wrong, self._counts):
            _move_up(kept, repeat, around, depth, index)
        self._counts[(repeat, around)] = count - 1
        self.recompute()

    def sections(self) -> tuple[Section, ...]:
        """The top-level groups and repeats; loose questions form one, with the form's title."""
        sections = []
        loose: list[tuple[Key, Question]] = []
        for path in self._tree.children[ROOT]:
            node = self._tree.places[path].node
            if isinstance(node, Question):
                loose.append(((path, ()), node))
                continue
            relevant = self._relevant.get((path, ()), True)
            label = node.label or self.form.title
            sections.append(self._section(path, label, relevant, list(self._walk(path, ()))))
        asked = [one for one in loose if one[1].kind is not Kind.CALCULATE]
        if asked:
            sections.insert(0, self._section(ROOT, self.form.title, True, asked))
        return tuple(sections)

    def problems(self) -> tuple[Problem, ...]:
        """All that is missing or wrong, in the form's order."""
        found = []
        for key, question in self._walk(ROOT, ()):
            problem = self._state_of(key, question).problem
            if problem is not None:
                found.append(problem)
        return tuple(found)

    def progress(self) -> Progress:
        """How many of the relevant questions are answered."""
        answered = total = 0
        for section in self.sections():
            answered += section.answered
            total += section.total
        return Progress(answered, total)

    def answers(self) -> dict[str, JSON]:
        """The whole draft by path: irrelevant answers, wrong texts and repeats included.

        `Filling(form, filling.answers(), …)` is the same filling.
        """
        kept: dict[str, JSON] = {
            self._tree.text_of(key): count for key, count in self._counts.items() if count
        }
        for key, question in self._walk(ROOT, ()):
            if key in self._wrong:
                kept[self._tree.text_of(key)] = {_TYPED: self._wrong[key][0]}
            elif question.calculation is None and self._values.get(key) is not None:
                kept[self._tree.text_of(key)] = to_json(self._values[key])
        return kept

    def output(self) -> dict[str, JSON]:
        """What leaves: relevant answers and calculations, by path; nothing wrongly typed."""
        leaving: dict[str, JSON] = {
            self._tree.text_of(key): count
            for key, count in self._counts.items()
            if count and self._relevant.get(key, True)
        }
        for key, question in self._walk(ROOT, ()):
            value = self._value_at(key, question)
            if value not in (None, "", ()) and self._relevant.get(key, False):
                leaving[self._tree.text_of(key)] = to_json(value)
        return leaving

    def documents(self) -> tuple[DocumentRequest, ...]:
        """The supporting documents asked for now."""
        return tuple(
            request
            for request in self.form.documents
            if to_boolean(self._evaluate(request.relevant.text, ROOT, ()))
        )

    def is_required(self, request: DocumentRequest) -> bool:
        """Whether a supporting document must be joined."""
        return to_boolean(self._evaluate(request.required.text, ROOT, ()))

    def profile_changes(self) -> tuple[ProfileChange, ...]:
        """The facts answered here that the profile does not have, or has otherwise."""
        changes: dict[str, ProfileChange] = {}
        for key, question in self._walk(ROOT, ()):
            if not question.profile or key[1] or not self._relevant.get(key, False):
                continue
            value = self._value_at(key, question)
            state = self._state_of(key, question)
            if value is None or (state.problem is not None):
                continue
            new, old = to_json(value), self._profile.get(question.profile)
            if new != old:
                changes[question.profile] = ProfileChange(
                    question.profile,
                    question.label,
                    old,
                    new,
                    _shown(question, old),
                    display(question, value),
                )
        for node in self.form.children:
            if isinstance(node, Repeat) and node.profile:
                self._repeat_change(node, node.profile, changes)
        return tuple(changes.values())

    def evaluate(self, expression: str, at: str | None = None) -> XValue:
        """The value of an expression over these answers, at the root or at a path.

        Raises:
            ExpressionError: it cannot be understood.
            UnknownQuestion: nothing stands at the path.
        """
        path, numbers = self._tree.key_of(at) if at else (ROOT, ())
        return self._evaluate(expression, path, numbers)

    def compile(self, expression: str, owner: str = ROOT) -> None:
        """Check that an expression can be evaluated over this form, at the root or at a node.

        Raises:
            ExpressionError: it cannot be understood.
        """
        self._ready.expression(expression, owner)

    def path_of(self, name: str) -> str:
        """The path of the one question with a name, outside any repeat.

        Raises:
            ExpressionError: none has it, or several.
        """
        return self._tree.resolve(name)

    def recompute(self) -> None:
        """Compute everything anew, from the answers alone."""
        self._relevant.clear()
        self._live.clear()
        self._calculated.clear()
        self._states.clear()
        for path in self._ready.in_order:
            for numbers in self._all_numbers(path):
                self._compute((path, numbers))

    def _start(self) -> None:
        for node in self._tree.nodes():
            if isinstance(node, Repeat) and node.profile:
                self._prefill_repeat(node, node.profile)
        self.recompute()
        self._apply_defaults(ROOT, ())

    def _apply_defaults(self, below: str, numbers: tuple[int, ...]) -> None:
        for key, question in self._walk(below, numbers):
            if key in self._values:
                continue
            known = self._profile.get(question.profile) if question.profile else None
            if known is not None and not key[1]:
                self._keep(key, question, known)
                continue
            default = self._ready.nodes[key[0]].default
            if default is not None:
                self._keep(key, question, to_string(self._value_of(default, key)))

    def _keep(self, key: Key, question: Question, kept: JSON) -> None:
        # A fact of another kind than the question asks for is not forced upon it.
        try:
            self._store(key, from_json(question, kept))
        except InvalidAnswer:
            return

    def _prefill_repeat(self, node: Repeat, profile_key: str) -> None:
        known = self._profile.get(profile_key)
        if not isinstance(known, list) or self._tree.repeats_of(node.path) != (node.path,):
            return
        for number, item in enumerate(known[:MOST_OCCURRENCES], start=1):
            self._counts[(node.path, ())] = number
            for child in node.children:
                if isinstance(child, Question) and child.profile and isinstance(item, dict):
                    self._keep((child.path, (number,)), child, item.get(child.profile))

    def _repeat_change(
        self, node: Repeat, profile_key: str, changes: dict[str, ProfileChange]
    ) -> None:
        if not self._relevant.get((node.path, ()), True):
            return
        items = []
        for number in range(1, self._counts.get((node.path, ()), 0) + 1):
            item = {}
            for child in node.children:
                if isinstance(child, Question) and child.profile:
                    value = self._values.get((child.path, (number,)))
                    if value is not None:
                        item[child.profile] = to_json(value)
            if item:
                items.append(item)
        old = self._profile.get(profile_key) or []
        if items and items != old:
            changes[profile_key] = ProfileChange(
                profile_key, node.label, old or None, items, str(len(old)), str(len(items))
            )

    def _take_up(self, answers: Mapping[str, JSON]) -> None:
        for text, kept in answers.items():
            try:
                key = self._tree.key_of(text)
            except UnknownQuestion:
                # A question that a newer definition no longer asks; the vault still holds it.
                continue
            node = self._tree.places[key[0]].node
            if isinstance(node, Repeat):
                if isinstance(kept, int) and len(key[1]) == len(self._tree.repeats_of(key[0])) - 1:
                    self._counts[key] = max(0, min(kept, MOST_OCCURRENCES))
            elif isinstance(node, Question) and len(key[1]) == len(self._tree.repeats_of(key[0])):
                self._take_up_answer(key, node, kept)
        self._count_answered_occurrences()

    def _take_up_answer(self, key: Key, question: Question, kept: JSON) -> None:
        typed = str(kept.get(_TYPED, "")) if isinstance(kept, dict) else None
        if typed is None:
            try:
                self._store(key, from_json(question, kept))
                return
            except InvalidAnswer:
                # Not a value of this kind: what it says is read as if it were typed.
                typed = str(kept)
        try:
            self._store(key, parse_typed(question, typed, today=self.today))
        except InvalidAnswer as error:
            self._wrong[key] = (typed, error.message)

    def _count_answered_occurrences(self) -> None:
        for path, numbers in [*self._values, *self._wrong]:
            for depth, repeat in enumerate(self._tree.repeats_of(path)):
                whole = (repeat, numbers[:depth])
                number = min(numbers[depth], MOST_OCCURRENCES)
                self._counts[whole] = max(self._counts.get(whole, 0), number)

    def _store(self, key: Key, value: Value) -> None:
        if value is None or value == "" or value == ():
            self._values.pop(key, None)
        else:
            self._values[key] = value

    def _value_at(self, key: Key, question: Question) -> Value:
        if question.calculation is not None:
            return self._calculated.get(key)
        return self._values.get(key)

    def _value_of(self, expression: Compiled, key: Key) -> XValue:
        return expression.evaluate(Scope(self, key[0], key[1]))

    def _evaluate(self, source: str, path: str, numbers: tuple[int, ...]) -> XValue:
        compiled = self._ready.expression(source, path)
        return compiled.evaluate(Scope(self, path, numbers))

    def _compute(self, key: Key) -> bool:
        path, numbers = key
        place = self._tree.places[path]
        compiled = self._ready.nodes[path]
        parent = place.parent
        relevant = parent == ROOT or self._relevant.get(
            (parent, numbers[: len(self._tree.repeats_of(parent))]), True
        )
        relevant = relevant and to_boolean(self._value_of(compiled.relevant, key))
        live: Scalar = ""
        if isinstance(place.node, Question):
            if compiled.calculation is not None:
                result = self._value_of(compiled.calculation, key)
                self._calculated[key] = _as_value(place.node, result)
            if relevant:
                live = _scalar(self._value_at(key, place.node))
        changed = self._relevant.get(key) != relevant or self._live.get(key, "") != live
        self._relevant[key] = relevant
        self._live[key] = live
        if changed:
            self._states.pop(key, None)
        return changed

    def _follow(self, start: Key) -> frozenset[str]:
        touched = {start}
        self._states.pop(start, None)
        waiting = [(self._ready.rank[start[0]], start)]
        seen = {start}
        while waiting:
            _, key = heapq.heappop(waiting)
            seen.discard(key)
            changed = self._compute(key)
            if not changed:
                continue
            touched.add(key)
            for path in self._ready.value_dependents.get(key[0], ()):
                for other in self._related(path, key):
                    if other not in seen:
                        seen.add(other)
                        heapq.heappush(waiting, (self._ready.rank[path], other))
        for key in list(touched):
            for path in self._ready.flag_dependents.get(key[0], ()):
                touched.update(self._related(path, key))
        for key in touched:
            self._states.pop(key, None)
        return frozenset(self._tree.text_of(key) for key in touched)

    def _related(self, path: str, changed: Key) -> list[Key]:
        own, other = self._tree.repeats_of(path), self._tree.repeats_of(changed[0])
        shared = 0
        while shared < min(len(own), len(other), len(changed[1])) and own[shared] == other[shared]:
            shared += 1
        prefix = changed[1][:shared]
        return [
            (path, numbers)
            for numbers in self._all_numbers(path)
            if numbers[:shared] == prefix[: len(numbers)]
        ]

    def _all_numbers(self, path: str) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = [()]
        repeats = self._tree.repeats_of(path)
        whole: list[tuple[int, ...]] = []
        for repeat in repeats:
            if repeat == path:
                whole = found
            found = [
                (*numbers, number)
                for numbers in found
                for number in range(1, self._counts.get((repeat, numbers), 0) + 1)
            ]
        # A repeat is computed as a whole too: it may be relevant before it ever stands.
        return whole + found if repeats and repeats[-1] == path else found

    def _walk(self, path: str, numbers: tuple[int, ...]) -> Iterator[tuple[Key, Question]]:
        node = self._tree.places[path].node if path != ROOT else None
        if isinstance(node, Question):
            yield (path, numbers), node
            return
        if isinstance(node, Repeat) and len(numbers) < len(self._tree.repeats_of(path)):
            for number in range(1, self._counts.get((path, numbers), 0) + 1):
                yield from self._walk(path, (*numbers, number))
            return
        for child in self._tree.children[path]:
            yield from self._walk(child, numbers)

    def _section(
        self, path: str, label: str, relevant: bool, asked: list[tuple[Key, Question]]
    ) -> Section:
        answered = total = missing = invalid = 0
        for key, question in asked:
            if question.kind in (Kind.NOTE, Kind.CALCULATE) or question.calculation is not None:
                continue
            state = self._state_of(key, question)
            if not state.relevant:
                continue
            total += 1
            if self._values.get(key) is not None:
                answered += 1
            if state.problem is not None:
                missing += state.problem.kind is ProblemKind.MISSING
                invalid += state.problem.kind is ProblemKind.INVALID
        return Section(path, label, relevant, answered, total, missing, invalid)

    def _state_of(self, key: Key, question: Question) -> QuestionState:
        known = self._states.get(key)
        if known is not None:
            return known
        compiled = self._ready.nodes[key[0]]
        relevant = self._relevant.get(key, False)
        required = compiled.required is not None and to_boolean(
            self._value_of(compiled.required, key)
        )
        read_only = question.calculation is not None or (
            compiled.read_only is not None and to_boolean(self._value_of(compiled.read_only, key))
        )
        value = self._value_at(key, question)
        message, kind, warning = None, ProblemKind.INVALID, None
        if relevant and key in self._wrong:
            message = self._wrong[key][1]
        elif relevant and value is None:
            if required and question.kind not in (Kind.NOTE, Kind.CALCULATE):
                message = question.required_message or _MISSING
                kind = ProblemKind.MISSING
        elif relevant:
            message, warning = self._judge(key, question, value)
        text = self._tree.text_of(key)
        state = QuestionState(
            text,
            relevant,
            required,
            read_only,
            Problem(text, question.label, message, kind) if message else None,
            warning,
            value is not None
            and question.profile is not None
            and not key[1]
            and self._profile.get(question.profile) == to_json(value),
        )
        self._states[key] = state
        return state

    def _judge(self, key: Key, question: Question, value: Value) -> tuple[str | None, str | None]:
        constraint = self._ready.nodes[key[0]].constraint
        if constraint is not None and not to_boolean(self._value_of(constraint, key)):
            return question.constraint_message or _UNFIT, None
        if question.check is not None:
            result = run_check(question.check, str(to_json(value)))
            return result.problem, result.warning
        return None, None

    def _question_at(self, path: str) -> tuple[Key, Question]:
        key = self._tree.key_of(path)
        node = self._tree.places[key[0]].node
        repeats = self._tree.repeats_of(key[0])
        if not isinstance(node, Question) or len(key[1]) != len(repeats):
            raise UnknownQuestion(path)
        for depth, repeat in enumerate(repeats):
            if key[1][depth] > self._counts.get((repeat, key[1][:depth]), 0):
                raise UnknownQuestion(path)
        return key, node

    def _repeat_at(self, path: str) -> Key:
        key = self._tree.key_of(path)
        node = self._tree.places[key[0]].node
        if not isinstance(node, Repeat) or len(key[1]) != len(self._tree.repeats_of(key[0])) - 1:
            raise UnknownQuestion(path)
        return key


def _scalar(value: Value) -> Scalar:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, int | float):
        return float(value)
    return value


def _as_value(question: Question, result: XValue) -> Value:
    if isinstance(result, list):
        result = result[0] if result else ""
    if isinstance(result, date):
        return result
    text = to_string(result)
    if text in ("", "NaN"):
        return None
    if question.kind in (Kind.CALCULATE, Kind.TEXT):
        return text
    try:
        return from_json(question, text)
    except InvalidAnswer:
        return None


def _shown(question: Question, kept: JSON) -> str:
    try:
        return display(question, from_json(question, kept))
    except InvalidAnswer:
        return str(kept)


def _move_up(
    kept: dict[Key, Any], repeat: str, around: tuple[int, ...], depth: int, index: int
) -> None:
    inside = f"{repeat}/"
    for key in sorted(kept, key=lambda one: one[1]):
        path, numbers = key
        if not path.startswith(inside) and path != repeat:
            continue
        if len(numbers) <= depth or numbers[:depth] != around:
            continue
        if numbers[depth] == index:
            del kept[key]
        elif numbers[depth] > index:
            moved = (*numbers[:depth], numbers[depth] - 1, *numbers[depth + 1 :])
            kept[(path, moved)] = kept.pop(key)
