"""Expressions compiled: from elementpath's tokens to functions over the answers of a filling.

elementpath parses; it does not evaluate, because rebuilding its XML context at each keystroke
would cost more than the form itself. Names are resolved once, when the form is loaded: to the
same occurrence where both stand in the same repeat, to all occurrences otherwise, as in ODK.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from forms.definition import Repeat
from forms.errors import ExpressionError
from forms.functions import (
    FUNCTIONS,
    Scalar,
    XValue,
    to_boolean,
    to_number,
    to_string,
)
from forms.tree import ROOT, Key, Tree


class Answers(Protocol):
    """What an expression reads."""

    today: date

    def live(self, key: Key) -> Scalar:
        """The value of a question now; "" without an answer or when not relevant."""
        ...

    def occurrences(self, repeat: str, around: tuple[int, ...]) -> int:
        """How many times a repeat stands inside one occurrence of those around it."""
        ...


@dataclass(frozen=True)
class Scope:
    """Where an expression is evaluated.

    Attributes:
        answers: the values.
        path, numbers: the node the expression belongs to; `.` is its value.
    """

    answers: Answers
    path: str
    numbers: tuple[int, ...]


Evaluate = Callable[[Scope], XValue]


@dataclass(frozen=True)
class Compiled:
    """An expression ready to evaluate.

    Attributes:
        evaluate: gives its value at a place.
        reads: the paths it depends on; a repeat's own path when it depends on how often it stands.
        constant: whether it reads nothing and always gives the same.
    """

    evaluate: Evaluate
    reads: frozenset[str]
    constant: bool


def compile_expression(source: str, tree: Tree, owner: str) -> Compiled:
    """Compile an expression that belongs to the node at `owner`.

    Raises:
        ExpressionError: it cannot be parsed, or a name or function is unknown.
    """
    from forms.xpath import parse

    compiler = _Compiler(tree, owner)
    evaluate = compiler.value(parse(source))
    constant = not compiler.reads and not compiler.uses_place
    return Compiled(evaluate, frozenset(compiler.reads), constant)


@dataclass(frozen=True)
class _Nodes:
    """A reference to nodes: their path in the definition, and how their keys are found."""

    path: str
    keys: Callable[[Scope], list[Key]]
    single: bool


class _Compiler:
    """State: one expression being compiled, and what it was seen to read."""

    def __init__(self, tree: Tree, owner: str) -> None:
        self._tree = tree
        self._owner = owner
        self.reads: set[str] = set()
        self.uses_place = False

    def value(self, token: Any) -> Evaluate:
        """Compile a token to a function that gives its value."""
        symbol = token.symbol
        if symbol in ("(string)", "(integer)", "(decimal)", "(float)"):
            literal: XValue = str(token.value) if symbol == "(string)" else float(token.value)
            return lambda scope: literal
        if symbol == "(" and len(token) == 1:
            return self.value(token[0])
        if symbol == "-" and len(token) == 1:
            operand = self.value(token[0])
            return lambda scope: -to_number(operand(scope))
        if symbol in _ARITHMETIC and len(token) == 2:
            return self._arithmetic(symbol, token)
        if symbol in _COMPARISONS:
            return self._comparison(symbol, token)
        if symbol in ("and", "or"):
            return self._logic(symbol, token)
        if token.label == "function":
            return self._function(symbol, token)
        nodes = self.nodes(token)
        self._note(nodes)
        return _values_of(nodes)

    def nodes(self, token: Any) -> _Nodes:
        """Compile a token that refers to nodes."""
        symbol = token.symbol
        if symbol == "$":
            return self._by_name(str(token[0].value))
        if symbol in (".", "current"):
            self.uses_place = True
            return _Nodes(self._owner, lambda scope: [(scope.path, scope.numbers)], True)
        if symbol == "..":
            return self._parent(self.nodes_here())
        if symbol == "/":
            return self._path(token)
        if symbol == "[":
            return self._predicate(self.nodes(token[0]), token[1])
        if symbol == "(name)":
            return self._child(self.nodes_here(), str(token.value))
        raise ExpressionError(f"“{token.source}” cannot be used here")

    def nodes_here(self) -> _Nodes:
        """The node the expression belongs to."""
        self.uses_place = True
        return _Nodes(self._owner, lambda scope: [(scope.path, scope.numbers)], True)

    def _by_name(self, name: str) -> _Nodes:
        path = self._tree.resolve(name)
        return self._at(path)

    def _at(self, path: str) -> _Nodes:
        repeats = self._tree.repeats_of(path)
        own = self._tree.repeats_of(self._owner)
        shared = 0
        while shared < min(len(repeats), len(own)) and repeats[shared] == own[shared]:
            shared += 1
        if isinstance(self._tree.places[path].node, Repeat):
            # count(${repeat}) counts every occurrence, even when asked from inside one.
            shared = min(shared, len(repeats) - 1)
        if shared:
            self.uses_place = True
        if shared == len(repeats):
            return _Nodes(path, lambda scope: [(path, scope.numbers[:shared])], True)
        rest = repeats[shared:]
        return _Nodes(
            path,
            lambda scope: [
                (path, numbers) for numbers in _expand(scope.answers, rest, scope.numbers[:shared])
            ],
            False,
        )

    def _parent(self, nodes: _Nodes) -> _Nodes:
        place = self._tree.places.get(nodes.path)
        if place is None:
            raise ExpressionError("“..” goes above the form")
        parent = place.parent
        depth = len(self._tree.repeats_of(parent))
        return _Nodes(
            parent,
            lambda scope: _unique([(parent, key[1][:depth]) for key in nodes.keys(scope)]),
            nodes.single,
        )

    def _child(self, nodes: _Nodes, name: str) -> _Nodes:
        path = f"{nodes.path}/{name}"
        if path not in self._tree.places:
            raise ExpressionError(f"no question stands at {path}")
        if not isinstance(self._tree.places[path].node, Repeat):
            return _Nodes(
                path,
                lambda scope: [(path, key[1]) for key in nodes.keys(scope)],
                nodes.single,
            )
        return _Nodes(
            path,
            lambda scope: [
                (path, (*key[1], number))
                for key in nodes.keys(scope)
                for number in range(1, scope.answers.occurrences(path, key[1]) + 1)
            ],
            False,
        )

    def _path(self, token: Any) -> _Nodes:
        steps = list(_steps(token))
        first = steps[0]
        if first.symbol == "root":
            if len(steps) < 2 or str(steps[1].value) != ROOT[1:]:
                raise ExpressionError(f"an absolute path begins with {ROOT}")
            nodes = _Nodes(ROOT, lambda scope: [(ROOT, ())], True)
            steps = steps[2:]
        elif first.symbol == "(name)":
            nodes = self._child(self.nodes_here(), str(first.value))
            steps = steps[1:]
        else:
            nodes = self.nodes(first.token)
            steps = steps[1:]
        for step in steps:
            if step.symbol == "..":
                nodes = self._parent(nodes)
            elif step.symbol == "(name)":
                nodes = self._child(nodes, str(step.value))
            elif step.symbol == "[":
                nodes = self._child(nodes, str(step.token[0].value))
                nodes = self._predicate(nodes, step.token[1])
            elif step.symbol != ".":
                raise ExpressionError(f"“{step.token.source}” is not a step of a path")
        return nodes

    def _predicate(self, nodes: _Nodes, token: Any) -> _Nodes:
        inner = _Compiler(self._tree, nodes.path)
        condition = inner.value(token)
        self.reads |= inner.reads

        def keys(scope: Scope) -> list[Key]:
            kept = []
            for place, key in enumerate(nodes.keys(scope), start=1):
                wanted = condition(Scope(scope.answers, key[0], key[1]))
                if isinstance(wanted, float):
                    if wanted == place:
                        kept.append(key)
                elif to_boolean(wanted):
                    kept.append(key)
            return kept

        return _Nodes(nodes.path, keys, False)

    def _note(self, nodes: _Nodes) -> None:
        if nodes.path in self._tree.places:
            self.reads.add(nodes.path)
        if not nodes.single:
            self.reads.update(self._tree.repeats_of(nodes.path))

    def _arithmetic(self, symbol: str, token: Any) -> Evaluate:
        left, right = self.value(token[0]), self.value(token[1])
        operate = _ARITHMETIC[symbol]
        return lambda scope: operate(to_number(left(scope)), to_number(right(scope)))

    def _comparison(self, symbol: str, token: Any) -> Evaluate:
        left, right = self.value(token[0]), self.value(token[1])
        return lambda scope: _compare(symbol, left(scope), right(scope))

    def _logic(self, symbol: str, token: Any) -> Evaluate:
        left, right = self.value(token[0]), self.value(token[1])
        if symbol == "and":
            return lambda scope: to_boolean(left(scope)) and to_boolean(right(scope))
        return lambda scope: to_boolean(left(scope)) or to_boolean(right(scope))

    def _function(self, name: str, token: Any) -> Evaluate:
        if name == "current":
            nodes = self.nodes_here()
            self._note(nodes)
            return _values_of(nodes)
        if name in ("today", "now"):
            return lambda scope: scope.answers.today
        if name == "position":
            return self._position(token)
        if name == "count":
            nodes = self.nodes(token[0])
            self._note(nodes)
            return lambda scope: float(len(nodes.keys(scope)))
        if name == "indexed-repeat":
            return self._indexed_repeat(token)
        arguments = [self.value(argument) for argument in token]
        if name == "if":
            condition, then, otherwise = arguments
            return lambda scope: then(scope) if to_boolean(condition(scope)) else otherwise(scope)
        if name == "once":
            here = _values_of(self.nodes_here())
            fresh = arguments[0]
            return lambda scope: kept if to_string(kept := here(scope)) else fresh(scope)
        apply = FUNCTIONS[name].apply
        assert apply is not None
        return lambda scope: apply(*[argument(scope) for argument in arguments])

    def _position(self, token: Any) -> Evaluate:
        nodes = self.nodes(token[0]) if len(token) else self.nodes_here()
        if not self._tree.repeats_of(nodes.path):
            return lambda scope: 1.0
        depth = len(self._tree.repeats_of(nodes.path))
        self.uses_place = True
        self.reads.add(self._tree.repeats_of(nodes.path)[-1])

        def position(scope: Scope) -> XValue:
            keys = nodes.keys(scope)
            return float(keys[0][1][depth - 1]) if keys else math.nan

        return position

    def _indexed_repeat(self, token: Any) -> Evaluate:
        target = self.nodes(token[0])
        repeats = self._tree.repeats_of(target.path)
        pairs = list(token)[1:]
        if len(pairs) % 2:
            raise ExpressionError("indexed-repeat() takes a repeat and a number, in pairs")
        wanted = {
            self.nodes(repeat).path: self.value(number)
            for repeat, number in zip(pairs[0::2], pairs[1::2], strict=True)
        }
        unknown = set(wanted) - set(repeats)
        if unknown:
            raise ExpressionError("indexed-repeat() names a repeat that is not around the question")
        self.reads.add(target.path)
        self.reads.update(repeats)
        self.uses_place = True
        path = target.path

        def value(scope: Scope) -> XValue:
            numbers: tuple[int, ...] = ()
            for depth, repeat in enumerate(repeats):
                if repeat in wanted:
                    number = to_number(wanted[repeat](scope))
                else:
                    number = float(scope.numbers[depth]) if depth < len(scope.numbers) else 1.0
                count = scope.answers.occurrences(repeat, numbers)
                if math.isnan(number) or not 1 <= number <= count:
                    return ""
                numbers = (*numbers, int(number))
            return scope.answers.live((path, numbers))

        return value


@dataclass(frozen=True)
class _Step:
    symbol: str
    value: Any
    token: Any


def _steps(token: Any) -> list[_Step]:
    if token.symbol == "/":
        if len(token) == 1:
            return [_Step("root", None, token), *_steps(token[0])]
        return [*_steps(token[0]), *_steps(token[1])]
    return [_Step(token.symbol, token.value, token)]


def _values_of(nodes: _Nodes) -> Evaluate:
    if nodes.single:
        return lambda scope: scope.answers.live(nodes.keys(scope)[0])
    return lambda scope: [scope.answers.live(key) for key in nodes.keys(scope)]


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


def _unique(keys: list[Key]) -> list[Key]:
    return list(dict.fromkeys(keys))


def _divide(left: float, right: float) -> float:
    if right == 0:
        return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)
    return left / right


def _modulo(left: float, right: float) -> float:
    if right == 0 or math.isnan(right) or math.isnan(left) or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _modulo,
}

_COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}


def _compare(symbol: str, left: XValue, right: XValue) -> bool:
    lefts = left if isinstance(left, list) else [left]
    rights = right if isinstance(right, list) else [right]
    return any(_compare_one(symbol, one, other) for one in lefts for other in rights)


def _compare_one(symbol: str, left: Scalar, right: Scalar) -> bool:
    if symbol in ("=", "!="):
        return (symbol == "=") == _equal(left, right)
    first, second = to_number(left), to_number(right)
    if symbol == "<":
        return first < second
    if symbol == "<=":
        return first <= second
    if symbol == ">":
        return first > second
    return first >= second


def _equal(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return to_string(left) == to_string(right)
