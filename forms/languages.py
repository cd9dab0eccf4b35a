"""The languages of a form: the same questions in other words, or with other words beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from forms.definition import (
    Choice,
    DocumentRequest,
    Form,
    Group,
    Node,
    Question,
    Repeat,
    Translation,
)
from forms.errors import UnknownLanguage

N = TypeVar("N", Choice, Question, Group, Repeat)
T = TypeVar("T", Choice, DocumentRequest, Form, Question, Group, Repeat)


def in_language(form: Form, language: str) -> Form:
    """The form with the words of a language; where one lacks, the form's own stay.

    Args:
        form: a definition.
        language: one of `form.languages`, or the code between its brackets: `en`.
    """
    named = _named(form, language) or language
    return replace(
        form,
        children=tuple(_node(node, named) for node in form.children),
        lists=tuple(
            (name, tuple(_choice(choice, named) for choice in choices))
            for name, choices in form.lists
        ),
    )


def beside(form: Form, language: str) -> Form:
    """The form in its own words, with the translations of one language alone.

    Args:
        form: a definition.
        language: one of `form.languages`, or its code; empty for no language at all.

    Raises:
        UnknownLanguage: the form is not translated into it.
    """
    named = _named(form, language)
    if language and not named:
        raise UnknownLanguage(form.id, language, tuple(map(language_code, form.languages)))
    return replace(
        _narrowed(form, named),
        languages=(named,) if named else (),
        children=tuple(_beside(node, named) for node in form.children),
        documents=tuple(_narrowed(request, named) for request in form.documents),
    )


def translation(thing: Node | Choice | DocumentRequest | Form, column: str) -> str:
    """The words of a column in the first language that has them; empty when none has."""
    return next((one.text for one in thing.translations if one.column == column), "")


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


def _named(form: Form, language: str) -> str:
    return next((one for one in form.languages if language in (one, language_code(one))), "")


def _narrowed(thing: T, language: str) -> T:
    kept: tuple[Translation, ...] = tuple(
        one for one in thing.translations if one.language == language
    )
    return replace(thing, translations=kept)


def _beside(node: Node, language: str) -> Node:
    if isinstance(node, Question):
        choices = tuple(_narrowed(choice, language) for choice in node.choices)
        return replace(_narrowed(node, language), choices=choices)
    children = tuple(_beside(child, language) for child in node.children)
    if isinstance(node, Group):
        return replace(_narrowed(node, language), children=children)
    return replace(_narrowed(node, language), children=children)
