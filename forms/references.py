"""References between questions: what a name or a path means from where an expression stands.

A name means the same occurrence where both questions stand in the same repeat, and all
occurrences otherwise, as in ODK.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from forms.definition import Repeat
from forms.errors import ExpressionError
from forms.tree import Key, Tree
from forms.xvalue import Scalar, XValue


class Answers(Protocol):
    """What an expression reads."""

    today: date
    now: datetime

    def live(self, key: Key) -> Scalar:
        """The value of a question now; "" without an answer or when not relevant."""
        ...

    def kept(self, key: Key) -> Scalar:
        """The value of a question as last kept, whatever it would be calculated to now."""
        ...

    def occurrences(self, repeat: str, around: tuple[int, ...]) -> int:
        """How many times a repeat stands inside one occurrence of those around it."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression is evaluated.

    Attributes:
        answers: the values.
        path, numbers: the node the expression belongs to; `.` is its value.
        item: the columns of the list item at hand, inside a choice filter or a list's predicate.
        place: inside a predicate, which of the nodes or items it is, from 1.
        outer: inside a predicate, the node the whole expression belongs to: `current()`.
    """

    answers: Answers
    path: str
    numbers: tuple[int, ...]
    item: Mapping[str, str] = field(default_factory=dict)
    place: int = 0
    outer: Key | None = None


Evaluate = Callable[[Scope], XValue]


@dataclass(frozen=True)
class Nodes:
    """A reference to nodes: their path in the definition, and how their keys are found.

    Attributes:
        single: whether it is one node at most.
        placed: whether which ones depends on where the expression stands.
    """

    path: str
    keys: Callable[[Scope], list[Key]]
    single: bool
    placed: bool

    def values(self) -> Evaluate:
        """The value of one node, or the values of several."""
        keys = self.keys
        if not self.single:
            return lambda scope: [scope.answers.live(key) for key in keys(scope)]

        def value(scope: Scope) -> XValue:
            found = keys(scope)
            return scope.answers.live(found[0]) if found else ""

        return value


def here(owner: str) -> Nodes:
    """The node the expression belongs to: `.`."""
    return Nodes(owner, lambda scope: [(scope.path, scope.numbers)], True, True)


def outside(owner: str) -> Nodes:
    """The node the whole expression belongs to, even from inside a predicate: `current()`."""
    return Nodes(owner, lambda scope: [scope.outer or (scope.path, scope.numbers)], True, True)


def at(tree: Tree, path: str, owner: str) -> Nodes:
    """A question of the form, as seen from another node."""
    repeats = tree.repeats_of(path)
    own = tree.repeats_of(owner)
    shared = 0
    while shared < min(len(repeats), len(own)) and repeats[shared] == own[shared]:
        shared += 1
    if isinstance(tree.places[path].node, Repeat):
        # count(${repeat}) counts every occurrence, even when asked from inside one.
        shared = min(shared, len(repeats) - 1)
    if shared == len(repeats):
        if not shared:
            key: list[Key] = [(path, ())]
            return Nodes(path, lambda scope: key, True, False)
        return Nodes(path, lambda scope: [(path, scope.numbers[:shared])], True, True)
    rest = repeats[shared:]
    return Nodes(
        path,
        lambda scope: [
            (path, numbers) for numbers in _expand(scope.answers, rest, scope.numbers[:shared])
        ],
        False,
        shared > 0,
    )


def parent(tree: Tree, nodes: Nodes) -> Nodes:
    """The group, repeat or root around nodes: `..`.

    Raises:
        ExpressionError: there is nothing above.
    """
    place = tree.places.get(nodes.path)
    if place is None:
        raise ExpressionError("“..” monte plus haut que le formulaire")
    above = place.parent
    depth = len(tree.repeats_of(above))
    return Nodes(
        above,
        lambda scope: list(dict.fromkeys((above, key[1][:depth]) for key in nodes.keys(scope))),
        nodes.single,
        nodes.placed,
    )


def child(tree: Tree, nodes: Nodes, name: str) -> Nodes:
    """The nodes of one name inside others.

    Raises:
        ExpressionError: none stands there.
    """
    path = f"{nodes.path}/{name}"
    if path not in tree.places:
        raise ExpressionError(f"aucune question n’est à {path}")
    if not isinstance(tree.places[path].node, Repeat):
        return Nodes(
            path,
            lambda scope: [(path, key[1]) for key in nodes.keys(scope)],
            nodes.single,
            nodes.placed,
        )
    return Nodes(
        path,
        lambda scope: [
            (path, (*key[1], number))
            for key in nodes.keys(scope)
            for number in range(1, scope.answers.occurrences(path, key[1]) + 1)
        ],
        False,
        nodes.placed,
    )


def _expand(
    answers: Answers, repeats: tuple[str, ...], around: tuple[int, ...]
) -> list[tuple[int, ...]]:
    found = [around]
    for repeat in repeats:
        found = [
            (*numbers, number)
            for numbers in found
            for number in range(1, answers.occurrences(repeat, numbers) + 1)
        ]
    return found
