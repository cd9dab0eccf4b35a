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
    """A scalar."""

    file: str
    line: int
    text: str


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

    def allow(self, *keys: str) -> None:
        """Refuse any other key.

        Raises:
            DefinitionError: naming the key and those that are known.
        """
        for name, _ in self.entries:
            if name.text not in keys:
                raise fault(name, f"unknown column “{name.text}”", f"one of {', '.join(keys)}")

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key.

        Raises:
            DefinitionError: the key is missing without a default, or holds no text.
        """
        node = self.find(key)
        if node is None:
            if default is None:
                raise fault(self, f"“{key}” is missing", f"a line “{key}: …”")
            return default
        if not isinstance(node, YamlText):
            raise fault(node, f"“{key}” is not text", "a single value")
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
            raise fault(node, f"“{key}” is not a list", "items that begin with “- ”")
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
            raise fault(self, f"“{key}” is missing", f"a block “{key}:”")
        return as_map(node)


YamlNode = YamlText | YamlList | YamlMap


def read_yaml(text: str, *, file: str) -> YamlMap:
    """Read a YAML document whose root is a mapping.

    Raises:
        DefinitionError: not YAML, too large, an alias, a key given twice.
    """
    if len(text) > MAXIMUM_SIZE:
        raise DefinitionError(file, 1, "the file is too large", "at most 4 MiB")
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_aliases(text, loader, file)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DefinitionError(file, line, error.problem or "not YAML", "valid YAML") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DefinitionError(file, 1, "this is not a YAML text", "valid YAML") from error
    if root is None:
        raise DefinitionError(file, 1, "the file is empty", "a definition")
    return as_map(_convert(root, file, 0))


def as_map(node: YamlNode) -> YamlMap:
    """The node as a mapping.

    Raises:
        DefinitionError: it is none.
    """
    if not isinstance(node, YamlMap):
        raise fault(node, "this is not a block of “key: value” lines", "one")
    return node


def fault(node: YamlNode, problem: str, expected: str) -> DefinitionError:
    """An error at a node's place."""
    return DefinitionError(node.file, node.line, problem, expected)


def _refuse_aliases(text: str, loader: type[yaml.SafeLoader], file: str) -> None:
    # An alias inside itself, or aliases of aliases, would grow without end.
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            line = mark.line + 1 if mark else 1
            raise DefinitionError(file, line, "anchors and aliases are not used here", "plain text")


def _convert(node: yaml.Node, file: str, depth: int) -> YamlNode:
    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise DefinitionError(file, line, "groups are nested too deep", f"at most {_DEEPEST}")
    if isinstance(node, yaml.ScalarNode):
        return YamlText(file, line, str(node.value).strip())
    if isinstance(node, yaml.SequenceNode):
        return YamlList(file, line, tuple(_convert(item, file, depth + 1) for item in node.value))
    assert isinstance(node, yaml.MappingNode)
    entries: list[tuple[YamlText, YamlNode]] = []
    seen: set[str] = set()
    for key, value in node.value:
        name = _convert(key, file, depth + 1)
        if not isinstance(name, YamlText):
            raise fault(name, "a key is not text", "a single word")
        if name.text in seen:
            raise fault(name, f"“{name.text}” is given twice", "each key once")
        seen.add(name.text)
        entries.append((name, _convert(value, file, depth + 1)))
    return YamlMap(file, line, tuple(entries))
