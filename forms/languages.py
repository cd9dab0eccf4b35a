"""A form in another of its languages: the same questions, other words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from forms.definition import Choice, Form, Group, Node, Question, Repeat

N = TypeVar("N", Choice, Question, Group, Repeat)


def in_language(form: Form, language: str) -> Form:
    """The form with the words of a language; where one lacks, the form's own stay.

    Args:
        form: a definition.
        language: one of `form.languages`, or the code between its brackets: `en`.
    """
    named = next((one for one in form.languages if language in (one, language_code(one))), language)
    return replace(
        form,
        children=tuple(_node(node, named) for node in form.children),
        lists=tuple(
            (name, tuple(_choice(choice, named) for choice in choices))
            for name, choices in form.lists
        ),
    )


def language_code(language: str) -> str:
    """The code of « English (en) »; the whole when there is none between brackets."""
    name, bracket, rest = language.partition("(")
    return rest.rstrip(") ").strip() if bracket else name.strip()


def _node(node: Node, language: str) -> Node:
    if isinstance(node, Question):
        choices = tuple(_choice(choice, language) for choice in node.choices)
        return replace(_translated(node, language), choices=choices)
    children = tuple(_node(child, language) for child in node.children)
    if isinstance(node, Group):
        return replace(_translated(node, language), children=children)
    return replace(_translated(node, language), children=children)


def _choice(choice: Choice, language: str) -> Choice:
    return _translated(choice, language)


def _translated(thing: N, language: str) -> N:
    words: dict[str, Any] = {
        one.column: one.text
        for one in thing.translations
        if one.language == language and hasattr(thing, one.column)
    }
    return replace(thing, **words) if words else thing
