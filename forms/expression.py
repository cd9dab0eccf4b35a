"""Expressions compiled: from elementpath's tokens to functions over the answers of a filling.

elementpath parses; it does not evaluate, because rebuilding its XML context at each keystroke
would cost more than the form itself. Names are resolved once, when the form is loaded.
"""

from __future__ import annotations

import math
import secrets
import string
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from random import random
from typing import Any

from forms import references
from forms.definition import Question
from forms.errors import ExpressionError
from forms.functions import FUNCTIONS
from forms.lists import Row, rows_of
from forms.operators import ARITHMETIC, COMPARISONS, compare
from forms.references import Evaluate, Nodes, Scope
from forms.tree import ROOT, Tree
from forms.xvalue import Scalar, XValue, flat, names_of, to_boolean, to_number, to_string

Holds = Callable[[Scope], bool]


@dataclass(frozen=True)
class Compiled:
    """An expression ready to evaluate.

    Attributes:
        evaluate: gives its value at a place.
        holds: whether it is true at a place; of a reference, whether its node is there.
        reads: the paths it depends on; a repeat's own path when it depends on how often it stands.
        across: those it reads in other occurrences than the one it stands in.
        constant: whether it reads nothing and always gives the same.
        by_chance: whether it gives something new each time (`random()`, `uuid()`).
        keeps: whether it reads the value it gave last (`once()`).
    """

    evaluate: Evaluate
    holds: Holds
    reads: frozenset[str]
    constant: bool
    by_chance: bool = False
    keeps: bool = False
    across: frozenset[str] = frozenset()


def compile_expression(
    source: str, tree: Tree, owner: str, columns: Collection[str] = ()
) -> Compiled:
    """Compile an expression that belongs to the node at `owner`.

    Args:
        source: ODK XPath.
        tree: the form.
        owner: a path.
        columns: names that mean a column of the list item at hand, in a choice filter.

    Raises:
        ExpressionError: it cannot be parsed, or a name or function is unknown.
    """
    from forms.xpath import parse

    compiler = _Compiler(tree, owner, columns)
    token = parse(source)
    evaluate, holds = compiler.both(token)
    return Compiled(
        evaluate,
        holds,
        frozenset(compiler.reads),
        not (compiler.reads or compiler.placed or compiler.by_chance or compiler.of_now),
        compiler.by_chance,
        compiler.keeps,
        frozenset(compiler.across),
    )


def compile_filter(question: Question, tree: Tree) -> Compiled:
    """Compile the choice filter of a question.

    Raises:
        ExpressionError: it has a fault.
    """
    assert question.choice_filter is not None
    columns = {column for choice in question.choices for column, _ in choice.columns}
    columns |= {"name", "label"}
    return compile_expression(question.choice_filter.text, tree, question.path, columns)


class _Compiler:
    """State: one expression being compiled, and what it was seen to read."""

    def __init__(
        self, tree: Tree, owner: str, columns: Collection[str], outer: str | None = None
    ) -> None:
        self._tree = tree
        self._owner = owner
        self._outer = owner if outer is None else outer
        self._columns = columns
        self.reads: set[str] = set()
        self.across: set[str] = set()
        self.placed = bool(columns)
        self.by_chance = False
        self.keeps = False
        self.of_now = False

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
        if symbol in ARITHMETIC and len(token) == 2:
            left, right = self.value(token[0]), self.value(token[1])
            operate = ARITHMETIC[symbol]
            return lambda scope: operate(to_number(left(scope)), to_number(right(scope)))
        if symbol in COMPARISONS:
            first, second = self.value(token[0]), self.value(token[1])
            return lambda scope: compare(symbol, first(scope), second(scope))
        if symbol in ("and", "or"):
            return self._logic(symbol, token)
        if token.label == "function":
            return self._function(symbol, token)
        if symbol == "(name)" and str(token.value) in self._columns:
            column = str(token.value)
            return lambda scope: scope.item.get(column, "")
        looked_up = self._lookup(token)
        return looked_up if looked_up is not None else self._values(self.nodes(token))

    def truth(self, token: Any) -> Holds:
        """Compile a token to a function that gives its truth.

        As XPath has it, a reference is true where its node is there, whatever it holds.
        """
        return self.both(token)[1]

    def both(self, token: Any) -> tuple[Evaluate, Holds]:
        """Compile a token to its value and its truth."""
        value = self.value(token)
        while token.symbol == "(" and len(token) == 1:
            token = token[0]
        a_column = token.symbol == "(name)" and str(token.value) in self._columns
        if token.symbol in _REFERENCES and not a_column and self._lookup(token) is None:
            nodes = self.nodes(token)
            return value, lambda scope: bool(nodes.keys(scope))
        return value, lambda scope: to_boolean(value(scope))

    def nodes(self, token: Any) -> Nodes:
        """Compile a token that refers to nodes."""
        symbol = token.symbol
        if symbol == "$":
            return self._by_name(str(token[0].value))
        if symbol == ".":
            return self._here()
        if symbol == "current":
            self.placed = True
            return references.outside(self._outer)
        if symbol == "..":
            return references.parent(self._tree, self._here())
        if symbol == "/":
            return self._path(token)
        if symbol == "[":
            return self._predicate(self.nodes(token[0]), token[1])
        if symbol == "(name)":
            return references.child(self._tree, self._here(), str(token.value))
        if symbol == "(" and len(token) == 1:
            return self.nodes(token[0])
        if symbol == "//" and len(token) == 1 and token[0].symbol == "(name)":
            return references.at(self._tree, self._tree.resolve(str(token[0].value)), ROOT)
        raise ExpressionError(f"“{token.source}” ne va pas ici")

    def _here(self) -> Nodes:
        self.placed = True
        return references.here(self._owner)

    def _by_name(self, name: str) -> Nodes:
        nodes = references.at(self._tree, self._tree.resolve(name), self._owner)
        self.placed = self.placed or nodes.placed
        return nodes

    def _values(self, nodes: Nodes) -> Evaluate:
        self._note(nodes)
        return nodes.values()

    def _note(self, nodes: Nodes) -> None:
        if nodes.path in self._tree.places:
            self.reads.add(nodes.path)
        if not nodes.single:
            self.reads.update(self._tree.repeats_of(nodes.path))
            self.across.update((nodes.path, *self._tree.repeats_of(nodes.path)))

    def _path(self, token: Any) -> Nodes:
        steps = list(_steps(token))
        first = steps[0]
        if first.symbol == "root":
            if len(steps) < 2 or str(steps[1].value) != ROOT[1:]:
                raise ExpressionError(f"un chemin absolu commence par {ROOT}")
            nodes = Nodes(ROOT, lambda scope: [(ROOT, ())], True, False)
            steps = steps[2:]
        elif first.symbol == "(name)":
            nodes = references.child(self._tree, self._here(), str(first.value))
            steps = steps[1:]
        else:
            nodes = self.nodes(first.token)
            steps = steps[1:]
        for step in steps:
            if step.symbol == "..":
                nodes = references.parent(self._tree, nodes)
            elif step.symbol == "(name)":
                nodes = references.child(self._tree, nodes, str(step.value))
            elif step.symbol == "[":
                nodes = references.child(self._tree, nodes, str(step.token[0].value))
                nodes = self._predicate(nodes, step.token[1])
            elif step.symbol != ".":
                raise ExpressionError(f"“{step.token.source}” n’est pas une étape d’un chemin")
        return nodes

    def _predicate(self, nodes: Nodes, token: Any) -> Nodes:
        inner = _Compiler(self._tree, nodes.path, (), self._outer)
        wanted = _wanted(inner, token)
        self._take_over(inner)
        self.across |= inner.reads

        def keys(scope: Scope) -> list[Any]:
            outer = scope.outer or (scope.path, scope.numbers)
            return [
                key
                for place, key in enumerate(nodes.keys(scope), start=1)
                if wanted(Scope(scope.answers, key[0], key[1], place=place, outer=outer))
            ]

        return Nodes(nodes.path, keys, False, nodes.placed)

    def _take_over(self, inner: _Compiler) -> None:
        self.reads |= inner.reads
        self.across |= inner.across
        self.by_chance = self.by_chance or inner.by_chance
        self.of_now = self.of_now or inner.of_now

    def _lookup(self, token: Any) -> Evaluate | None:
        """`instance('list')/root/item[…]/column`; None when the token is something else."""
        if token.symbol != "/":
            return None
        steps = list(_steps(token))
        if steps[0].symbol != "instance":
            return None
        rows = self._rows(steps[0].token, steps[1:])
        column = str(steps[-1].value) if steps[-1].symbol == "(name)" else None
        if column is None or len(steps) < 4:
            return lambda scope: [row.get("name", "") for row in rows(scope)]
        return lambda scope: [row.get(column, "") for row in rows(scope)]

    def _rows(self, instance: Any, steps: list[_Step]) -> Callable[[Scope], list[Row]]:
        table = rows_of(self._tree.form, _literal(instance[0], "instance()"))
        columns = set(table[0]) if table else set()
        conditions = []
        for step in steps:
            inner_token = step.token
            while inner_token.symbol == "[":
                inner = _Compiler(self._tree, self._owner, columns, self._outer)
                conditions.append(_wanted(inner, inner_token[1]))
                self._take_over(inner)
                self.placed = self.placed or inner.placed
                inner_token = inner_token[0]

        def rows(scope: Scope) -> list[Row]:
            found: list[Row] = list(table)
            for condition in conditions:
                found = [
                    row
                    for place, row in enumerate(found, start=1)
                    if condition(
                        Scope(scope.answers, scope.path, scope.numbers, row, place, scope.outer)
                    )
                ]
            return found

        return rows

    def _logic(self, symbol: str, token: Any) -> Evaluate:
        left, right = self.truth(token[0]), self.truth(token[1])
        if symbol == "and":
            return lambda scope: left(scope) and right(scope)
        return lambda scope: left(scope) or right(scope)

    def _function(self, name: str, token: Any) -> Evaluate:
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, token)
        arguments = [self.value(argument) for argument in token]
        if not arguments and name in _OF_ITSELF:
            arguments = [self._values(self._here())]
        apply = FUNCTIONS[name].apply
        assert apply is not None
        if len(arguments) == 1:
            (only,) = arguments
            return lambda scope: apply(only(scope))
        return lambda scope: apply(*[argument(scope) for argument in arguments])

    def if_(self, token: Any) -> Evaluate:
        """`if(condition, then, otherwise)`: only the side that is wanted is evaluated."""
        condition = self.truth(token[0])
        then, otherwise = self.value(token[1]), self.value(token[2])
        return lambda scope: then(scope) if condition(scope) else otherwise(scope)

    def boolean(self, token: Any) -> Evaluate:
        """`boolean(value)`."""
        return self.truth(token[0])

    def not_(self, token: Any) -> Evaluate:
        """`not(condition)`."""
        condition = self.truth(token[0])
        return lambda scope: not condition(scope)

    def once(self, token: Any) -> Evaluate:
        """`once(value)`: the value kept, once there is one."""
        self.keeps = True
        fresh = self.value(token[0])
        self.placed = True

        def value(scope: Scope) -> XValue:
            kept = scope.answers.kept((scope.path, scope.numbers))
            return kept if to_string(kept) else fresh(scope)

        return value

    def current(self, _: Any) -> Evaluate:
        """`current()`."""
        self.placed = True
        return self._values(references.outside(self._outer))

    def today(self, _: Any) -> Evaluate:
        """`today()`."""
        self.of_now = True
        return lambda scope: scope.answers.today

    def now(self, _: Any) -> Evaluate:
        """`now()`: when the filling was taken up."""
        self.of_now = True
        return lambda scope: scope.answers.now

    def random(self, _: Any) -> Evaluate:
        """`random()`."""
        self.by_chance = True
        return lambda scope: random()  # noqa: S311 - it draws lots, it keeps no secret

    def uuid(self, token: Any) -> Evaluate:
        """`uuid()`, and `uuid(length)`: so many letters and digits by chance."""
        self.by_chance = True
        if not len(token):
            return lambda scope: str(uuid.uuid4())
        length = self.value(token[0])

        def value(scope: Scope) -> XValue:
            wanted = to_number(length(scope))
            many = 0 if math.isnan(wanted) else int(max(0, min(wanted, _LONGEST_UUID)))
            return "".join(secrets.choice(_LETTERS) for _ in range(many))

        return value

    def count(self, token: Any) -> Evaluate:
        """`count(nodes)`."""
        looked_up = self._lookup(token[0])
        if looked_up is not None:
            return lambda scope: float(len(flat([looked_up(scope)])))
        nodes = self.nodes(token[0])
        self._note(nodes)
        return lambda scope: float(len(nodes.keys(scope)))

    def position(self, token: Any) -> Evaluate:
        """`position(..)`: the number of the occurrence; `position()` in a predicate: the place."""
        if not len(token) and (self._columns or self._owner != self._outer):
            return lambda scope: float(scope.place)
        nodes = self.nodes(token[0]) if len(token) else self._here()
        if not self._tree.repeats_of(nodes.path):
            return lambda scope: 1.0
        depth = len(self._tree.repeats_of(nodes.path))
        self.placed = True
        self.reads.add(self._tree.repeats_of(nodes.path)[-1])

        def position(scope: Scope) -> XValue:
            keys = nodes.keys(scope)
            return float(keys[0][1][depth - 1]) if keys else math.nan

        return position

    def indexed_repeat(self, token: Any) -> Evaluate:
        """`indexed-repeat(question, repeat, number, …)`."""
        target = self.nodes(token[0])
        repeats = self._tree.repeats_of(target.path)
        pairs = list(token)[1:]
        if len(pairs) % 2:
            raise ExpressionError("indexed-repeat() prend un “repeat” et un numéro, par paires")
        wanted = {
            self.nodes(repeat).path: self.value(number)
            for repeat, number in zip(pairs[0::2], pairs[1::2], strict=True)
        }
        if set(wanted) - set(repeats):
            raise ExpressionError(
                "indexed-repeat() nomme un “repeat” qui n’entoure pas la question"
            )
        self.reads.update((target.path, *repeats))
        self.across.update((target.path, *repeats))
        self.placed = True
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

    def pulldata(self, token: Any) -> Evaluate:
        """`pulldata('file', 'column', 'key column', key)`."""
        file, column, key_column = (_literal(token[place], "pulldata()") for place in range(3))
        key = self.value(token[3])
        known: dict[str, str] = {}
        for row in rows_of(self._tree.form, file):
            known.setdefault(row.get(key_column, ""), row.get(column, ""))
        return lambda scope: known.get(to_string(key(scope)), "")

    def choice_name(self, token: Any) -> Evaluate:
        """`jr:choice-name(name, '${question}')`: the words of the choices."""
        given = _literal(token[1], "jr:choice-name()").strip()
        path = self._tree.resolve(given[1:]) if given.startswith("$") else given
        place = self._tree.places.get(path)
        if place is None or not isinstance(place.node, Question):
            raise ExpressionError(f"jr:choice-name() ne nomme aucune question : “{given}”")
        labels = {choice.name: choice.label for choice in place.node.choices}
        chosen = self.value(token[0])
        return lambda scope: ", ".join(
            labels[name] for name in names_of(chosen(scope)) if name in labels
        )

    def randomize(self, token: Any) -> Evaluate:
        """`randomize(nodes, seed)`: the values in an order the seed decides."""
        from forms.shuffle import shuffled

        values = self.value(token[0])
        seed = self.value(token[1]) if len(token) > 1 else None
        self.by_chance = self.by_chance or seed is None

        def value(scope: Scope) -> list[Scalar]:
            return shuffled(flat([values(scope)]), to_number(seed(scope)) if seed else random())  # noqa: S311

        return value


_SPECIAL: Mapping[str, Callable[[_Compiler, Any], Evaluate]] = {
    "if": _Compiler.if_,
    "boolean": _Compiler.boolean,
    "not": _Compiler.not_,
    "once": _Compiler.once,
    "current": _Compiler.current,
    "today": _Compiler.today,
    "now": _Compiler.now,
    "random": _Compiler.random,
    "uuid": _Compiler.uuid,
    "count": _Compiler.count,
    "position": _Compiler.position,
    "indexed-repeat": _Compiler.indexed_repeat,
    "pulldata": _Compiler.pulldata,
    "jr-choice-name": _Compiler.choice_name,
    "randomize": _Compiler.randomize,
}


_REFERENCES = frozenset({"$", ".", "..", "/", "//", "[", "(name)", "current"})
_OF_ITSELF = frozenset({"string", "number", "normalize-space"})
"""Functions that, without an argument, are about the node the expression belongs to."""

_LONGEST_UUID = 1_000
_LETTERS = string.ascii_letters + string.digits


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


def _wanted(compiler: _Compiler, token: Any) -> Holds:
    """Compile a predicate: a number means a place, anything else a condition."""
    value, holds = compiler.both(token)

    def wanted(scope: Scope) -> bool:
        found = value(scope)
        if isinstance(found, float) and token.symbol not in _REFERENCES:
            return found == scope.place
        return holds(scope)

    return wanted


def _literal(token: Any, function: str) -> str:
    if token.symbol != "(string)":
        raise ExpressionError(f"{function} prend cet argument entre guillemets")
    return str(token.value)
