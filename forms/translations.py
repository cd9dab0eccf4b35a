"""Words in another language, as a definition gives them: `label::English (en)`."""

from __future__ import annotations

import re

from forms.definition import Translation
from forms.yaml_nodes import YamlList, YamlMap, YamlNode

TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "image")
"""The columns of a question, a group or a choice that may be given in several languages."""

TRANSLATED_SETTINGS = ("form_title", "summary")
TRANSLATED_DOCUMENT = ("label", "note")

_TRANSLATION = re.compile(r"(\w+)\s*::\s*(\S.*)")


def translated_columns(
    entry: YamlMap, columns: tuple[str, ...] = TRANSLATED
) -> dict[str, tuple[str, str]]:
    """The keys of an entry that give a column in another language: column and language by key."""
    found = {}
    for key, _ in entry:
        match = _TRANSLATION.fullmatch(key.text)
        if match and match.group(1) in columns:
            found[key.text] = (match.group(1), match.group(2).strip())
    return found


def read_translations(
    entry: YamlMap, columns: tuple[str, ...] = TRANSLATED
) -> tuple[Translation, ...]:
    """The words of an entry in other languages."""
    return tuple(
        Translation(column, language, entry.text(key))
        for key, (column, language) in translated_columns(entry, columns).items()
        if entry.text(key)
    )


def languages_named(node: YamlNode) -> tuple[str, ...]:
    """The languages that a definition gives a label in, without reading the definition itself."""
    found: dict[str, None] = {}
    inside: tuple[YamlNode, ...] = ()
    if isinstance(node, YamlMap):
        labels = translated_columns(node, ("label",))
        found.update((language, None) for _, language in labels.values())
        inside = tuple(value for _, value in node)
    elif isinstance(node, YamlList):
        inside = node.items
    for one in inside:
        found.update((language, None) for language in languages_named(one))
    return tuple(found)
