"""One form, the same answers, on both sides: what differs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from forms.definition import Form, Kind, Question, Repeat, walk
from forms.evaluation import Evaluated, evaluate
from forms.filling import Filling
from forms.state import QuestionState
from forms.values import Value, range_of
from forms.xvalue import to_string
from tests.benchmarks.xforms_engine.engine import NOW, Engine, Node, Played, Step, xform_of

_WORDS = ("Ünal", "12", "oui", "x y", "L’Île-d’Yeu", "no", "0", "-3.5", "2012-05-02")


@dataclass(frozen=True)
class Difference:
    """Where the two sides do not say the same of one question."""

    path: str
    what: str
    ours: object
    theirs: object


class Player:
    """State: a filling on our side, and the steps that repeat it on the other."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.steps: list[Step] = []
        self.filling = Filling(form, today=NOW.date(), now=NOW)

    def is_repeat(self, path: str) -> bool:
        """Whether a repeat stands at a path."""
        bare = re.sub(r"\[\d+\]", "", path)
        return any(isinstance(one, Repeat) and one.path == bare for one in walk(self.form.children))

    def count(self, repeat: str, times: int) -> None:
        """Let a repeat stand so often."""
        while self.filling.count(repeat) < times:
            self.filling.add_repeat(repeat)
        self.steps.append(("count", repeat, times))

    def set(self, path: str, value: Value) -> None:
        """Give an answer."""
        self.filling.set(path, value)
        self.steps.append(("set", path, written(self.filling.question(path), value)))

    def at_random(self, chance: random.Random, changes: int) -> None:
        """Answer in the form's order, then change some answers."""
        self._repeats(chance)
        for path, question in list(self.filling.questions()):
            if chance.random() < 0.75:
                self._answer(path, question, chance)
        for _ in range(changes):
            path, question = chance.choice(list(self.filling.questions()))
            self._answer(path, question, chance)

    def _repeats(self, chance: random.Random) -> None:
        for node in walk(self.form.children):
            if isinstance(node, Repeat) and node.count is None:
                inner = [one for one in walk(node.children) if isinstance(one, Repeat)]
                if self._stands_alone(node):
                    self.count(node.path, chance.randrange(1, 4))
                    for number in range(1, self.filling.count(node.path) + 1):
                        for one in inner:
                            if one.count is None and self._below(node, one):
                                path = one.path.replace(node.path, f"{node.path}[{number}]", 1)
                                self.count(path, chance.randrange(1, 3))

    def _stands_alone(self, repeat: Repeat) -> bool:
        return not any(
            isinstance(node, Repeat) and repeat.path.startswith(f"{node.path}/")
            for node in walk(self.form.children)
        )

    def _below(self, outer: Repeat, inner: Repeat) -> bool:
        between = [
            node
            for node in walk(outer.children)
            if isinstance(node, Repeat) and inner.path.startswith(f"{node.path}/")
        ]
        return not between

    def _answer(self, path: str, question: Question, chance: random.Random) -> None:
        if not question.kind.asked or (question.calculation is not None and not question.triggers):
            return
        try:
            state: QuestionState = self.filling.state(path)
        except KeyError:
            return
        if state.relevant and not state.read_only:
            self.set(path, an_answer(question, self.filling, path, chance))


def an_answer(question: Question, filling: Filling, path: str, chance: random.Random) -> Value:
    """An answer to a question, at random; none once in eight."""
    kind = question.kind
    if chance.random() < 0.125:
        return None
    if kind.chosen:
        names = [choice.name for choice in filling.choices(path)]
        if not names:
            return None
        if kind is Kind.SELECT_ONE:
            return chance.choice(names)
        several = chance.sample(names, chance.randrange(1, len(names) + 1))
        if kind is Kind.RANK:
            return tuple(chance.sample(names, len(names)))
        return tuple(sorted(several, key=names.index))
    if kind is Kind.RANGE:
        start, end, step = range_of(question)
        number = start + step * chance.randrange(int((end - start) / step) + 1)
        return int(number) if number == int(number) else number
    if kind is Kind.ACKNOWLEDGE:
        return "OK"
    simple: dict[Kind, Value] = {
        Kind.INTEGER: chance.choice((0, 1, 2, 3, 17, 18, 62)),
        Kind.DECIMAL: chance.choice((0.0, 0.5, 12.25, 635.71, 1200.0)),
        Kind.DATE: NOW.date() - timedelta(days=chance.randrange(-400, 30_000)),
        Kind.TIME: time(chance.randrange(24), chance.randrange(60)),
        Kind.DATETIME: NOW.replace(hour=chance.randrange(24), minute=30),
        Kind.FILE: "piece.pdf",
        Kind.IMAGE: "piece.png",
    }
    return simple.get(kind) or (simple[kind] if kind in simple else chance.choice(_WORDS))


def written(question: Question, value: Value) -> str:
    """An answer as ODK writes it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='milliseconds')}+00:00"
    if isinstance(value, time):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, int | float):
        return to_string(float(value))
    return str(value)


def differences(player: Player, engine: Engine) -> list[Difference]:
    """What the two sides do not say alike, after the same steps.

    Raises:
        EngineFailed: the engine cannot load or compute the form.
    """
    played = engine.play(xform_of(player.form), player.steps, files=dict(player.form.files))
    return compared(player.filling, played)


def compared(filling: Filling, played: Played) -> list[Difference]:
    """What differs between a filling and what the engine says of the same."""
    ours = evaluate(filling)
    found = [Difference(path, "step", "taken", why) for path, why in played.refused]
    theirs = {path: node for path, node in played.nodes.items() if not _added(path, ours)}
    for path in [*ours, *(path for path in theirs if path not in ours)]:
        mine, other = ours.get(path), theirs.get(path)
        if mine is None or other is None:
            found.append(Difference(path, "stands", mine is not None, other is not None))
            continue
        found += _of_one(path, filling.question(path), mine, other)
    return found


def _of_one(path: str, question: Question, mine: Evaluated, other: Node) -> Iterator[Difference]:
    if plain(mine.value, question.kind) != plain(other.value, question.kind) and not (
        _meant(question, mine, other)
    ):
        yield Difference(path, "value", mine.value, other.value)
    if mine.relevant != other.relevant:
        yield Difference(path, "relevant", mine.relevant, other.relevant)
    if mine.required != other.required:
        yield Difference(path, "required", mine.required, other.required)
    # A check is ours alone; and we call nothing missing where nobody can answer.
    silent = not question.kind.asked or question.check is not None
    if not silent and mine.valid != other.valid:
        yield Difference(path, "valid", f"{mine.valid} {mine.message}", other.valid)


def plain(value: str, kind: Kind) -> str:
    """A value without what is written otherwise on purpose.

    The offset of a local time; a decimal zero; an apostrophe that pyxform makes straight.
    """
    value = value.replace("’", "'")
    if kind in (Kind.DECIMAL, Kind.RANGE):
        return value.removesuffix(".0")
    moment = re.fullmatch(
        r"(\d{4}-\d\d-\d\dT)?(\d\d:\d\d(:\d\d(\.\d+)?)?)(Z|[+-]\d\d:\d\d)?", value
    )
    return f"{moment.group(1) or ''}{moment.group(2)[:5]}" if moment else value


def _meant(question: Question, mine: Evaluated, other: Node) -> bool:
    """Whether two values differ for a reason that docs/xlsform.md gives."""
    source = question.calculation.text if question.calculation else ""
    if "sum(" in source and (mine.value, other.value) == ("0", ""):
        return True  # the sum of no node at all
    return "\n" in source  # an XForm keeps expressions in attributes, where XML makes it a space


def _added(path: str, ours: dict[str, Evaluated]) -> bool:
    """Whether a node is pyxform's own: `meta`, and the count of a repeat given as an expression."""
    if path.startswith("/data/meta/"):
        return True
    return path not in ours and path.endswith("_count")


def lines(differences: Sequence[Difference]) -> list[str]:
    """The differences in words."""
    return [
        f"{one.path}: {one.what}: ours {one.ours!r}, theirs {one.theirs!r}" for one in differences
    ]
