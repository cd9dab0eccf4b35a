"""The headings of an official form, in its order, and the groups of ours that stand under each.

On a preparation sheet, the answers follow them: who copies goes down both papers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.yaml_nodes import YamlMap, YamlText, fault


@dataclass(frozen=True)
class OfficialSection:
    """A heading as the official form prints it, and the names of our top-level groups under it."""

    heading: str
    groups: tuple[str, ...]


def read_sections(root: YamlMap) -> tuple[OfficialSection, ...]:
    """Read `sections`, empty where the mapping has none.

    Raises:
        DefinitionError: a group stands under two headings, or is no text.
    """
    found: list[OfficialSection] = []
    seen: set[str] = set()
    for entry in root.maps("sections"):
        entry.allow("heading", "groups")
        groups: list[str] = []
        for node in entry.items("groups"):
            if not isinstance(node, YamlText) or node.text in seen:
                raise fault(entry, "“groups” répète une rubrique", "chaque rubrique une fois")
            seen.add(node.text)
            groups.append(node.text)
        found.append(OfficialSection(entry.text("heading"), tuple(groups)))
    return tuple(found)


def unknown_groups(sections: Iterable[OfficialSection], known: Iterable[str]) -> tuple[str, ...]:
    """The groups that a mapping names and the form does not have."""
    names = set(known)
    return tuple(group for one in sections for group in one.groups if group not in names)
