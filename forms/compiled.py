"""A form made ready to be filled: expressions compiled, order of computing, who depends on whom."""

from __future__ import annotations

from dataclasses import dataclass

from forms.definition import Expression, Form, Question, Repeat
from forms.dependencies import order
from forms.expression import Compiled, compile_expression, compile_filter
from forms.tree import ROOT, Tree


@dataclass(frozen=True)
class CompiledNode:
    """The expressions of one node; None where the definition gives none."""

    relevant: Compiled
    required: Compiled | None = None
    read_only: Compiled | None = None
    constraint: Compiled | None = None
    calculation: Compiled | None = None
    default: Compiled | None = None
    choice_filter: Compiled | None = None
    count: Compiled | None = None


class CompiledForm:
    """A form with its expressions compiled; shared by all the fillings of that form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.tree = Tree(form)
        self.rank = order(self.tree)
        self.in_order = sorted(self.rank, key=self.rank.__getitem__)
        self.nodes = {path: self._compile(path) for path in self.tree.places}
        self.triggered_by: dict[str, tuple[str, ...]] = {
            node.path: node.triggers
            for node in self.tree.nodes()
            if isinstance(node, Question) and node.triggers
        }
        self.triggers: dict[str, list[str]] = {}
        for path, names in self.triggered_by.items():
            for name in names:
                self.triggers.setdefault(self.tree.resolve(name), []).append(path)
        self.across: dict[str, set[str]] = {}
        self.value_dependents: dict[str, set[str]] = {}
        self.flag_dependents: dict[str, set[str]] = {}
        for path, node in self.nodes.items():
            self._depend(self.value_dependents, path, node.relevant)
            if path not in self.triggered_by:
                self._depend(self.value_dependents, path, node.calculation)
            self._depend(self.value_dependents, path, node.choice_filter)
            self._depend(self.value_dependents, path, node.count)
            for flag in (node.required, node.read_only, node.constraint):
                self._depend(self.flag_dependents, path, flag)
            parent = self.tree.places[path].parent
            if parent != ROOT:
                self.value_dependents.setdefault(parent, set()).add(path)
        for dependents in self.value_dependents.values():
            for path in list(dependents):
                if path not in self.rank:
                    dependents.discard(path)

    def expression(self, source: str, owner: str = ROOT) -> Compiled:
        """Compile an expression from outside the definition, at the root or at a node."""
        return compile_expression(source, self.tree, owner)

    def _compile(self, path: str) -> CompiledNode:
        node = self.tree.places[path].node
        relevant = self.expression(node.relevant.text, path)
        if isinstance(node, Repeat) and node.count is not None:
            return CompiledNode(relevant, count=self.expression(node.count.text, path))
        if not isinstance(node, Question):
            return CompiledNode(relevant)

        def compiled(expression: Expression | None) -> Compiled | None:
            return None if expression is None else self.expression(expression.text, path)

        return CompiledNode(
            relevant,
            compiled(node.required),
            compiled(node.read_only),
            compiled(node.constraint),
            compiled(node.calculation),
            compiled(node.default),
            compile_filter(node, self.tree) if node.choice_filter is not None else None,
        )

    def _depend(
        self, dependents: dict[str, set[str]], path: str, expression: Compiled | None
    ) -> None:
        if expression is None:
            return
        for read in expression.reads:
            if read != path or path in expression.across:
                dependents.setdefault(read, set()).add(path)
        if expression.across:
            self.across.setdefault(path, set()).update(expression.across)


_ready: dict[int, CompiledForm] = {}
_MOST_READY = 16


def compiled_form(form: Form) -> CompiledForm:
    """The compiled form of a definition; compiled once as long as it is among the last used."""
    known = _ready.get(id(form))
    if known is not None and known.form is form:
        return known
    if len(_ready) >= _MOST_READY:
        _ready.pop(next(iter(_ready)))
    made = CompiledForm(form)
    _ready[id(form)] = made
    return made
