"""A form being filled for one person: answers, what is relevant, missing, wrong; progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from forms import references
from forms.checks import run_check
from forms.compiled import compiled_form
from forms.definition import NO, YES, Choice, DocumentRequest, Form, Question, Repeat
from forms.draft import WrongTexts, read_draft, write_draft
from forms.errors import InvalidAnswer, UnknownQuestion
from forms.prefill import prefill, prefill_below, profile_changes
from forms.recalculation import MOST_OCCURRENCES, Recalculation
from forms.references import Scope
from forms.shuffle import shuffled
from forms.state import (
    Problem,
    ProblemKind,
    ProfileChange,
    Progress,
    QuestionState,
    Section,
)
from forms.tree import ROOT, Key
from forms.values import JSON, Value, display, parse_typed, to_json
from forms.wording import has_references, worded
from forms.xvalue import XValue

_MISSING = "Cette réponse manque."
_UNFIT = "Cette réponse ne convient pas. Vérifiez-la."
_NOT_OFFERED = "Cette réponse n’est plus proposée. Choisissez-en une autre."


class Filling:
    """State: the answers of one form for one person, and all that follows from them."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, JSON] | None = None,
        *,
        profile: Mapping[str, JSON] | None = None,
        today: date,
        now: datetime | None = None,
    ) -> None:
        """Start a filling, or take one up again.

        Args:
            form: the definition.
            answers: what `answers()` gave; None starts anew, from defaults and the profile.
            profile: what is known of the person, by profile key.
            today: what `today()` means.
            now: what `now()` means, in local time; this moment when None.
        """
        self.form = form
        self.today = today
        self._profile = dict(profile or {})
        self._ready = compiled_form(form)
        self._tree = self._ready.tree
        self._state = Recalculation(self._ready, today=today, now=now or _moment(today))
        self._attaches = any(question.kind.attached for question in form.questions())
        self._wrong: WrongTexts = {}
        self._states: dict[Key, QuestionState] = {}
        self._homeless: dict[str, JSON] = {}
        if answers is None:
            prefill(self._state, self._profile)
        else:
            self._homeless = read_draft(self._state, self._wrong, answers)
            self._state.recompute()
            # What stood when the draft was kept has had its defaults.
            self._state.grown.clear()
        self.recompute()

    def question(self, path: str) -> Question:
        """A question by its path with numbers, the answers that its words name written in.

        Raises:
            UnknownQuestion: none stands there.
        """
        return self._worded(*self._question_at(path))

    def set(self, path: str, value: Value) -> frozenset[str]:
        """Store an answer; a constraint never blocks that.

        Returns:
            The paths whose state may have changed.

        Raises:
            UnknownQuestion: no question stands there.
        """
        key, _ = self._question_at(path)
        self._wrong.pop(key, None)
        self._state.store(key, value)
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
            self._state.store(key, None)
            return self._follow(key)
        return self.set(path, value)

    def value(self, path: str) -> Value:
        """The answer at a path; None when there is none."""
        key, question = self._question_at(path)
        return self._state.value_at(key, question)

    def typed(self, path: str) -> str:
        """What the field shows: the answer in words, or the wrong text as it was typed."""
        key, question = self._question_at(path)
        if key in self._wrong:
            return self._wrong[key][0]
        return display(question, self._state.value_at(key, question))

    def state(self, path: str) -> QuestionState:
        """How a question stands now."""
        key, question = self._question_at(path)
        return self._state_of(key, question)

    def choices(self, path: str) -> tuple[Choice, ...]:
        """The choices offered now, filtered and in the order in which they are shown."""
        key, question = self._question_at(path)
        offered = self._state.offered(key, question)
        if question.parameter("randomize") != "true":
            return offered
        seed = question.parameter("seed", str(sum(map(ord, question.path))))
        return tuple(shuffled(list(offered), float(seed) if _is_number(seed) else 42.0))

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Every question with its path, in order, repeats expanded, relevant or not."""
        for key, question in self._state.walk(ROOT, ()):
            yield self._tree.text_of(key), self._worded(key, question)

    def count(self, path: str) -> int:
        """How many times a repeat stands."""
        return self._state.occurrences(*self._repeat_at(path))

    def is_counted(self, path: str) -> bool:
        """Whether a repeat stands as often as an expression says, so that none is added by hand."""
        return self._ready.nodes[self._repeat_at(path)[0]].count is not None

    def add_repeat(self, path: str) -> int:
        """Add one occurrence of a repeat, at the end, and return its number.

        Raises:
            UnknownQuestion: no repeat stands there.
            InvalidAnswer: it stands as often as it may.
        """
        repeat, around = self._repeat_at(path)
        number = self._state.occurrences(repeat, around) + 1
        if number > MOST_OCCURRENCES or self.is_counted(path):
            raise InvalidAnswer(f"{number - 1} au plus\u00a0: c’est complet.")
        self._state.counts[(repeat, around)] = number
        self.recompute()
        prefill_below(self._state, self._profile, repeat, (*around, number))
        self.recompute()
        return number

    def remove_repeat(self, path: str, index: int) -> None:
        """Remove the occurrence of a repeat with a number from 1; those after move up.

        Raises:
            UnknownQuestion: no such occurrence.
        """
        repeat, around = self._repeat_at(path)
        count = self._state.counts.get((repeat, around), 0)
        if not 1 <= index <= count or self.is_counted(path):
            raise UnknownQuestion(f"{path}[{index}]")
        depth = len(around)
        for kept in (self._state.values, self._wrong, self._state.counts, self._state.most):
            _move_up(kept, repeat, around, depth, index)
        self._state.counts[(repeat, around)] = count - 1
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
            relevant = self._state.relevant((path, ()))
            label = node.label or self.form.title
            asked = list(self._state.walk(path, ()))
            sections.append(self._section(path, label, relevant, asked))
        asked = [one for one in loose if one[1].kind.shown]
        if asked:
            sections.insert(0, self._section(ROOT, self.form.title, True, asked))
        return tuple(sections)

    def problems(self) -> tuple[Problem, ...]:
        """All that is missing or wrong, in the form's order."""
        found = []
        for key, question in self._state.walk(ROOT, ()):
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
        return {**self._homeless, **write_draft(self._state, self._wrong)}

    def homeless(self) -> dict[str, JSON]:
        """The answers of the draft that this definition does not ask any more, by old path."""
        return dict(self._homeless)

    def output(self) -> dict[str, JSON]:
        """What leaves: relevant answers and calculations, by path; nothing wrongly typed."""
        leaving: dict[str, JSON] = {}
        for path, place in self._tree.places.items():
            if isinstance(place.node, Repeat):
                for around in {
                    numbers[:-1] for numbers in self._state.all_numbers(path) if numbers
                }:
                    count = self._state.occurrences(path, around)
                    if count and self._state.relevant((path, around)):
                        leaving[self._tree.text_of((path, around))] = count
        for key, question in self._state.walk(ROOT, ()):
            value = self._state.output_at(key, question)
            if value not in (None, "", ()):
                leaving[self._tree.text_of(key)] = to_json(value)
        return leaving

    def documents(self) -> tuple[DocumentRequest, ...]:
        """The supporting documents asked for now; those that answer a question bear its path."""
        asked = [request for request in self.form.documents if self._holds(request.relevant.text)]
        for path, question in self.questions() if self._attaches else ():
            state = self.state(path) if question.kind.attached else None
            if state is not None and state.relevant:
                required = YES if state.required else NO
                asked.append(DocumentRequest(path, question.label, YES, required, question.hint, 0))
        return tuple(asked)

    def is_required(self, request: DocumentRequest) -> bool:
        """Whether a supporting document must be joined."""
        return self._holds(request.required.text)

    def profile_changes(self) -> tuple[ProfileChange, ...]:
        """The facts answered here that the profile does not have, or has otherwise."""
        wrong = {
            key
            for key, question in self._state.walk(ROOT, ())
            if question.profile and self._state_of(key, question).problem is not None
        }
        return profile_changes(self._state, self._profile, wrong)

    def evaluate(self, expression: str, at: str = "") -> XValue:
        """Evaluate an expression at the root, or at the node of a path.

        Raises:
            ExpressionError: it cannot be understood.
            UnknownQuestion: no node stands at the path.
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
        self._states.clear()
        self._state.recompute()
        self._prefill_grown()

    def _prefill_grown(self) -> list[Key]:
        """Give their defaults to the occurrences that a count has brought."""
        found: list[Key] = []
        while self._state.grown:
            grown, self._state.grown = self._state.grown, []
            for repeat, numbers in grown:
                prefill_below(self._state, self._profile, repeat, numbers)
                found += [key for key, _ in self._state.walk(repeat, numbers)]
            self._states.clear()
            self._state.recompute()
        return found

    def _follow(self, key: Key) -> frozenset[str]:
        touched = self._state.follow(key)
        if self._state.grown:
            touched.update(self._prefill_grown())
        for one in touched:
            self._states.pop(one, None)
        return frozenset(self._tree.text_of(one) for one in touched)

    def _evaluate(self, source: str, path: str, numbers: tuple[int, ...]) -> XValue:
        return self._state.evaluate(self._ready.expression(source, path), (path, numbers))

    def _holds(self, source: str) -> bool:
        return self._state.holds(self._ready.expression(source), (ROOT, ()))

    def _section(
        self, path: str, label: str, relevant: bool, asked: list[tuple[Key, Question]]
    ) -> Section:
        answered = total = missing = invalid = 0
        for key, question in asked:
            if not question.kind.asked or question.calculation is not None:
                continue
            state = self._state_of(key, question)
            if not state.relevant:
                continue
            total += 1
            if self._state.values.get(key) is not None:
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
        relevant = self._state.relevant(key)
        required = compiled.required is not None and self._state.holds(compiled.required, key)
        read_only = (question.calculation is not None and not question.triggers) or (
            compiled.read_only is not None and self._state.holds(compiled.read_only, key)
        )
        message, kind, warning = None, ProblemKind.INVALID, None
        if relevant and key in self._wrong:
            message = self._wrong[key][1]
        elif relevant:
            message, kind, warning = self._judge(key, question, required)
        text = self._tree.text_of(key)
        value = self._state.value_at(key, question)
        state = QuestionState(
            text,
            relevant,
            required,
            read_only,
            Problem(text, self._worded(key, question).label, message, kind) if message else None,
            warning,
            value is not None
            and question.profile is not None
            and not key[1]
            and self._profile.get(question.profile) == to_json(value),
        )
        self._states[key] = state
        return state

    def _judge(
        self, key: Key, question: Question, required: bool
    ) -> tuple[str | None, ProblemKind, str | None]:
        """What is wrong or missing with a relevant question, and what looks unusual."""
        value = self._state.output_at(key, question)
        if value is None:
            withdrawn = self._state.values.get(key) is not None and question.kind.chosen
            if required and question.kind.asked:
                message = question.required_message or _MISSING
                return _NOT_OFFERED if withdrawn else message, ProblemKind.MISSING, None
            return None, ProblemKind.MISSING, _NOT_OFFERED if withdrawn else None
        constraint = self._ready.nodes[key[0]].constraint
        if constraint is not None and not self._state.holds(constraint, key):
            return question.constraint_message or _UNFIT, ProblemKind.INVALID, None
        if question.check is not None:
            result = run_check(question.check, str(to_json(value)))
            return result.problem, ProblemKind.INVALID, result.warning
        return None, ProblemKind.INVALID, None

    def _worded(self, key: Key, question: Question) -> Question:
        if not has_references(question):
            return question

        def answer(name: str) -> str:
            nodes = references.at(self._tree, self._tree.resolve(name), key[0])
            keys = nodes.keys(Scope(self._state, key[0], key[1]))
            named = self._tree.places[nodes.path].node
            if not isinstance(named, Question):
                return str(len(keys))
            return ", ".join(
                words
                for one in keys
                if (words := display(named, self._state.output_at(one, named)))
            )

        return worded(question, answer)

    def _question_at(self, path: str) -> tuple[Key, Question]:
        key = self._tree.key_of(path)
        node = self._tree.places[key[0]].node
        repeats = self._tree.repeats_of(key[0])
        if not isinstance(node, Question) or len(key[1]) != len(repeats):
            raise UnknownQuestion(path)
        for depth, repeat in enumerate(repeats):
            if key[1][depth] > self._state.occurrences(repeat, key[1][:depth]):
                raise UnknownQuestion(path)
        return key, node

    def _repeat_at(self, path: str) -> Key:
        key = self._tree.key_of(path)
        node = self._tree.places[key[0]].node
        if not isinstance(node, Repeat) or len(key[1]) != len(self._tree.repeats_of(key[0])) - 1:
            raise UnknownQuestion(path)
        return key


def _moment(today: date) -> datetime:
    """This time of the day, on the day that is today for the filling."""
    clock = datetime.now().time().replace(microsecond=0)  # noqa: DTZ005 - local, as the person reads it
    return datetime.combine(today, clock)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


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
