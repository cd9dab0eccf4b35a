"""The tree of a form's nodes: where each stands, which repeats enclose it, what a name means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.definition import Form, Node, Question, Repeat, walk
from forms.errors import ExpressionError, UnknownQuestion

ROOT = "/data"

Key = tuple[str, tuple[int, ...]]
"""A node of a filling: its path in the definition, and the number of each repeat around it."""


@dataclass(frozen=True)
class Place:
    """Where a node stands.

    Attributes:
        repeats: the paths of the repeats around it, outermost first, itself included if one.
        parent: the path of its group, repeat, or the root.
    """

    node: Node
    repeats: tuple[str, ...]
    parent: str


class Tree:
    """The places of one form, by path and by name."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.places: dict[str, Place] = {}
        self.children: dict[str, list[str]] = {ROOT: []}
        self._by_name: dict[str, list[str]] = {}
        self._add(form.children, ROOT, ())

    def _add(self, nodes: Sequence[Node], parent: str, repeats: tuple[str, ...]) -> None:
        for node in nodes:
            around = (*repeats, node.path) if isinstance(node, Repeat) else repeats
            self.places[node.path] = Place(node, around, parent)
            self.children[parent].append(node.path)
            self._by_name.setdefault(node.name, []).append(node.path)
            if not isinstance(node, Question):
                self.children[node.path] = []
                self._add(node.children, node.path, around)

    def resolve(self, name: str) -> str:
        """The path of the one node with a name.

        Raises:
            ExpressionError: none has it, or several.
        """
        paths = self._by_name.get(name, [])
        if not paths:
            raise ExpressionError(f"aucune question ne s’appelle ${{{name}}}")
        if len(paths) > 1:
            raise ExpressionError(f"plusieurs questions s’appellent ${{{name}}}")
        return paths[0]

    def repeats_of(self, path: str) -> tuple[str, ...]:
        """The repeats around a node; none around the root."""
        return self.places[path].repeats if path in self.places else ()

    def nodes(self) -> list[Node]:
        """Every node in the form's order."""
        return list(walk(self.form.children))

    def text_of(self, key: Key) -> str:
        """A key as a path with the number of each repeat: `/data/enfants[2]/prenom`."""
        path, numbers = key
        text, done = "", ""
        for repeat, number in zip(self.repeats_of(path), numbers, strict=False):
            text += f"{repeat[len(done) :]}[{number}]"
            done = repeat
        return text + path[len(done) :]

    def key_of(self, text: str) -> Key:
        """The key of a path with the number of each repeat.

        Raises:
            UnknownQuestion: no node stands there, or the numbers are not where repeats are.
        """
        path, numbers, numbered = "", [], []
        for step in text.split("/")[1:]:
            name, bracket, rest = step.partition("[")
            path += f"/{name}"
            if bracket:
                if not (rest.endswith("]") and rest[:-1].isdecimal() and int(rest[:-1]) > 0):
                    raise UnknownQuestion(text)
                numbers.append(int(rest[:-1]))
                numbered.append(path)
        if path not in self.places or tuple(numbered) != self.repeats_of(path)[: len(numbered)]:
            raise UnknownQuestion(text)
        return path, tuple(numbers)
