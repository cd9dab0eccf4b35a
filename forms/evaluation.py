"""A form filled from outside, question by question, told in ODK's words: for scripts and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forms.definition import Form, Question
from forms.errors import InvalidAnswer, UnknownQuestion
from forms.filling import Filling
from forms.recalculation import MOST_OCCURRENCES
from forms.tree import Tree
from forms.values import JSON, from_json
from forms.xvalue import to_string


@dataclass(frozen=True)
class Evaluated:
    """How one question stands.

    Attributes:
        value: as ODK writes it: ISO days, names of choices with spaces; "" when there is none or
            the question is not relevant.
        valid: whether nothing is missing nor wrong.
        message: what is missing or wrong, in French; "" when nothing is.
    """

    value: str
    relevant: bool
    required: bool
    valid: bool
    message: str


def fill_in(form: Form, answers: Mapping[str, JSON], *, today: date) -> Filling:
    """A new filling, with its defaults, in which answers are given one after the other.

    They are given in the form's order, as a person does, so that triggers fire and counts grow.
    An answer to an occurrence that a `repeat_count` does not call for is left out.

    Args:
        form: the definition.
        answers: by path, with the counts of repeats, as `read_answers` gives them.
        today: what `today()` means.

    Raises:
        UnknownQuestion: the form has no such question.
    """
    filling = Filling(form, today=today)
    tree = Tree(form)
    keys = {tree.key_of(text): value for text, value in answers.items()}
    _grow(filling, tree, answers)
    waiting = {
        tree.text_of(key): value
        for key, value in keys.items()
        if isinstance(tree.places[key[0]].node, Question)
    }
    settled = True
    while settled and waiting:
        settled = False
        for path in [path for path, _ in filling.questions() if path in waiting]:
            try:
                _give(filling, path, waiting[path])
            except UnknownQuestion:
                # An answer given meanwhile has shortened a counted repeat.
                continue
            del waiting[path]
            settled = True
        _grow(filling, tree, waiting)
    return filling


def evaluate(filling: Filling) -> dict[str, Evaluated]:
    """How each question of a filling stands, by path, in the form's order."""
    found = {}
    for path, _ in filling.questions():
        state = filling.state(path)
        found[path] = Evaluated(
            to_string(filling.evaluate(".", at=path)),
            state.relevant,
            state.required,
            state.problem is None,
            state.problem.message if state.problem else "",
        )
    return found


def _grow(filling: Filling, tree: Tree, answers: Mapping[str, JSON]) -> None:
    """Add the occurrences that answers stand in, outer repeats first."""
    wanted: dict[str, int] = {}
    for text, value in answers.items():
        path, numbers = tree.key_of(text)
        repeats = tree.repeats_of(path)
        for depth, repeat in enumerate(repeats):
            whole = tree.text_of((repeat, numbers[:depth]))
            number = numbers[depth] if depth < len(numbers) else value
            if isinstance(number, int):
                wanted[whole] = max(wanted.get(whole, 0), min(number, MOST_OCCURRENCES))
    for whole in sorted(wanted, key=lambda text: text.count("[")):
        while not filling.is_counted(whole) and filling.count(whole) < wanted[whole]:
            filling.add_repeat(whole)


def _give(filling: Filling, path: str, value: JSON) -> None:
    try:
        filling.set(path, from_json(filling.question(path), value))
    except InvalidAnswer:
        # Not a value of this kind: it is read as if it were typed.
        filling.type_in(path, str(value))
