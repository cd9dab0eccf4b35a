"""What depends on what: the order in which the nodes of a form are computed."""

from __future__ import annotations

from graphlib import CycleError as GraphCycle
from graphlib import TopologicalSorter

from forms.definition import Question, Repeat
from forms.errors import FormError
from forms.expression import compile_expression, compile_filter
from forms.tree import ROOT, Tree


class CycleError(FormError):
    """Values or conditions that depend on themselves.

    Attributes:
        path: a node of the cycle.
        cycle: its paths, the first again at the end.
    """

    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" → ".join(cycle))
        self.path = cycle[0]
        self.cycle = cycle


def order(tree: Tree) -> dict[str, int]:
    """The rank of every node: each after all that its relevance and its calculation read.

    Raises:
        CycleError: some depend on themselves.
    """
    graph: dict[str, set[str]] = {}
    for path, place in tree.places.items():
        needed: set[str] = set()
        if place.parent != ROOT:
            needed.add(place.parent)
        node = place.node
        expressions = [node.relevant]
        if isinstance(node, Question) and node.calculation is not None and not node.triggers:
            expressions.append(node.calculation)
        if isinstance(node, Repeat) and node.count is not None:
            needed |= compile_expression(node.count.text, tree, path).reads
        for expression in expressions:
            needed |= compile_expression(expression.text, tree, path).reads
        if isinstance(node, Question):
            if node.choice_filter is not None:
                needed |= compile_filter(node, tree).reads
            if node.calculation is not None:
                # A calculation may read its own value (`once`): that is no cycle.
                needed.discard(path)
        # Reading a group or a repeat means reading how often it stands, not what it holds.
        graph[path] = {one for one in needed if one != path or not isinstance(node, Repeat)}
    try:
        ordered = list(TopologicalSorter(graph).static_order())
    except GraphCycle as error:
        cycle = [str(path) for path in error.args[1]]
        raise CycleError(cycle) from error
    return {path: rank for rank, path in enumerate(ordered)}
