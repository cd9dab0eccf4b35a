"""YAML read as nodes that know their line, every scalar kept as the text it is.

PyYAML parses and gives the line of every node; its own typing is not used, so that « no », « on »
or a Cerfa number never turn into something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from forms.errors import DefinitionError

MAXIMUM_SIZE = 4 * 1024 * 1024
_DEEPEST = 40


@dataclass(frozen=True)
class YamlText:
    """A scalar; `column` is the heading it stands under, in a workbook."""

    file: str
    line: int
    text: str
    column: str = ""


@dataclass(frozen=True)
class YamlList:
    """A sequence."""

    file: str
    line: int
    items: tuple[YamlNode, ...]


@dataclass(frozen=True)
class YamlMap:
    """A mapping from text to nodes, in its order."""

    file: str
    line: int
    entries: tuple[tuple[YamlText, YamlNode], ...]

    def __iter__(self) -> Iterator[tuple[YamlText, YamlNode]]:
        return iter(self.entries)

    def find(self, key: str) -> YamlNode | None:
        """The node of a key, if any."""
        return next((node for name, node in self.entries if name.text == key), None)

    def place(self, key: str) -> YamlNode:
        """The node of a key, or the whole mapping where it is missing: where an error points."""
        return self.find(key) or self

    def allow(self, *keys: str) -> None:
        """Refuse any other key.

        Raises:
            DefinitionError: naming the key and those that are known.
        """
        for name, _ in self.entries:
            if name.text not in keys:
                raise fault(
                    name, f"colonne inconnue “{name.text}”", f"une de celles-ci : {', '.join(keys)}"
                )

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key.

        Raises:
            DefinitionError: the key is missing without a default, or holds no text.
        """
        node = self.find(key)
        if node is None:
            if default is None:
                raise fault(self, f"“{key}” manque", f"une ligne “{key}: …”")
            return default
        if not isinstance(node, YamlText):
            raise fault(node, f"“{key}” n’est pas un texte", "une seule valeur")
        return node.text

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """The items of a key that holds a list; empty when the key is missing.

        Raises:
            DefinitionError: it holds something else.
        """
        node = self.find(key)
        if node is None:
            return ()
        if not isinstance(node, YamlList):
            raise fault(node, f"“{key}” n’est pas une liste", "des lignes qui commencent par “- ”")
        return node.items

    def maps(self, key: str) -> tuple[YamlMap, ...]:
        """The items of a key that holds a list of mappings; empty when the key is missing."""
        return tuple(as_map(item) for item in self.items(key))

    def map(self, key: str) -> YamlMap:
        """The mapping of a key.

        Raises:
            DefinitionError: the key is missing or holds something else.
        """
        node = self.find(key)
        if node is None:
            raise fault(self, f"“{key}” manque", f"un bloc “{key}:”")
        return as_map(node)


YamlNode = YamlText | YamlList | YamlMap


def read_yaml(text: str, *, file: str) -> YamlMap:
    """Read a YAML document whose root is a mapping.

    Raises:
        DefinitionError: not YAML, too large, an alias, a key given twice.
    """
    if len(text) > MAXIMUM_SIZE:
        raise DefinitionError(file, 1, "le fichier est trop grand", "4 Mio au plus")
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_aliases(text, loader, file)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DefinitionError(
            file, line, f"ce n’est pas du YAML ({error.problem})", "du YAML correct"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DefinitionError(file, 1, "ce n’est pas un texte YAML", "du YAML correct") from error
    if root is None:
        raise DefinitionError(file, 1, "le fichier est vide", "une définition")
    return as_map(_convert(root, file, 0))


def as_map(node: YamlNode) -> YamlMap:
    """The node as a mapping.

    Raises:
        DefinitionError: it is none.
    """
    if not isinstance(node, YamlMap):
        raise fault(node, "ce n’est pas un bloc de lignes “clé: valeur”", "un tel bloc")
    return node


def fault(node: YamlNode, problem: str, expected: str) -> DefinitionError:
    """An error at a node's place."""
    column = node.column if isinstance(node, YamlText) else ""
    return DefinitionError(node.file, node.line, problem, expected, column)


def _refuse_aliases(text: str, loader: type[yaml.SafeLoader], file: str) -> None:
    # An alias inside itself, or aliases of aliases, would grow without end.
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            line = mark.line + 1 if mark else 1
            raise DefinitionError(
                file, line, "les ancres et les alias ne servent pas ici", "le texte en entier"
            )


def _convert(node: yaml.Node, file: str, depth: int) -> YamlNode:
    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise DefinitionError(file, line, "il y a trop de niveaux", f"{_DEEPEST} au plus")
    if isinstance(node, yaml.ScalarNode):
        text = str(node.value)
        # Between quotes, spaces are meant: some fields of official PDFs end with one.
        return YamlText(file, line, text if node.style in ("'", '"') else text.strip())
    if isinstance(node, yaml.SequenceNode):
        return YamlList(file, line, tuple(_convert(item, file, depth + 1) for item in node.value))
    assert isinstance(node, yaml.MappingNode)
    entries: list[tuple[YamlText, YamlNode]] = []
    seen: set[str] = set()
    for key, value in node.value:
        name = _convert(key, file, depth + 1)
        if not isinstance(name, YamlText):
            raise fault(name, "une clé n’est pas un texte", "un seul mot")
        if name.text in seen:
            raise fault(name, f"“{name.text}” est là deux fois", "chaque clé une fois")
        seen.add(name.text)
        entries.append((name, _convert(value, file, depth + 1)))
    return YamlMap(file, line, tuple(entries))
