"""Answers handed from outside: by path, or nested by group as other ODK tools write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.definition import Form, Question, Repeat
from forms.errors import UnknownQuestion
from forms.tree import ROOT, Tree
from forms.values import JSON


def read_answers(form: Form, document: Any) -> dict[str, JSON]:
    """Read a JSON object of answers into a draft by path.

    Keys that begin with “/” are paths (`/data/enfants[2]/prenom`); others are names, nested by
    group, repeats as lists.

    Raises:
        UnknownQuestion: the form has no such question.
    """
    if not isinstance(document, Mapping):
        raise UnknownQuestion("the answers are not an object")
    tree = Tree(form)
    found: dict[str, JSON] = {}
    for name, value in document.items():
        if str(name).startswith("/"):
            key = tree.key_of(str(name))
            node = tree.places[key[0]].node
            if isinstance(node, Question) or (isinstance(node, Repeat) and isinstance(value, int)):
                found[tree.text_of(key)] = value
            else:
                raise UnknownQuestion(str(name))
        else:
            _nested(tree, f"{ROOT}/{name}", f"{ROOT}/{name}", value, found)
    return found


def _nested(tree: Tree, path: str, text: str, value: Any, found: dict[str, JSON]) -> None:
    if path not in tree.places:
        raise UnknownQuestion(text)
    node = tree.places[path].node
    if isinstance(node, Question):
        found[text] = value
    elif isinstance(node, Repeat):
        if not isinstance(value, list):
            raise UnknownQuestion(text)
        found[text] = len(value)
        for number, item in enumerate(value, start=1):
            _nested_children(tree, path, f"{text}[{number}]", item, found)
    else:
        _nested_children(tree, path, text, value, found)


def _nested_children(tree: Tree, path: str, text: str, value: Any, found: dict[str, JSON]) -> None:
    if not isinstance(value, Mapping):
        raise UnknownQuestion(text)
    for name, inner in value.items():
        _nested(tree, f"{path}/{name}", f"{text}/{name}", inner, found)
