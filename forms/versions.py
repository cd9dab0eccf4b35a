"""A draft carried to another version of its form: what follows, what changed, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.definition import Form, Question, walk
from forms.errors import InvalidAnswer, UnknownQuestion
from forms.tree import Tree
from forms.values import JSON, display, from_json

N = "\u00a0"


@dataclass(frozen=True)
class HomelessAnswer:
    """An answer to a question that the form does not ask any more, in words."""

    path: str
    label: str
    words: str


@dataclass(frozen=True)
class Carried:
    """A draft under another version.

    Attributes:
        answers: the draft; answers without a home stay in it, at their old path.
        changes: what the new version does otherwise, one French sentence each.
    """

    answers: dict[str, JSON]
    changes: tuple[str, ...]


def carry(answers: Mapping[str, JSON], new: Form, old: Form | None) -> Carried:
    """Carry a draft to a form's new version.

    An answer keeps its path where the new version has it; else it goes to the one question of the
    same name that stands under as many repeats.

    Args:
        answers: the draft, by path.
        new: the definition it opens under.
        old: the one it was filled with, where it is still known.
    """
    tree = Tree(new)
    carried: dict[str, JSON] = {}
    moved: dict[str, JSON] = {}
    for text, kept in answers.items():
        try:
            tree.key_of(text)
            carried[text] = kept
        except UnknownQuestion:
            moved[_moved(text, tree) or text] = kept
    for text, kept in moved.items():
        carried.setdefault(text, kept)
    return Carried(carried, () if old is None else _changes(old, new))


def homeless_in_words(
    homeless: Mapping[str, JSON], known: list[Form]
) -> tuple[HomelessAnswer, ...]:
    """The answers without a home, with the words of the latest version that asked for them."""
    found = []
    for path, kept in homeless.items():
        question = next(
            (one for form in known if (one := _question_of(form, path)) is not None), None
        )
        if question is None and isinstance(kept, int):
            # How often a repeat stood: no answer of its own.
            continue
        label = question.label if question else path.rsplit("/", 1)[-1].replace("_", " ")
        found.append(HomelessAnswer(path, label, _words(question, kept)))
    return tuple(found)


def _moved(text: str, tree: Tree) -> str | None:
    name = text.rsplit("/", 1)[-1]
    if "[" in name:
        return None
    numbers = tuple(
        int(step.partition("[")[2].rstrip("]")) for step in text.split("/") if "[" in step
    )
    places = [path for path in tree.places if path.rsplit("/", 1)[-1] == name]
    if len(places) != 1 or len(tree.repeats_of(places[0])) != len(numbers):
        return None
    return tree.text_of((places[0], numbers))


def _changes(old: Form, new: Form) -> tuple[str, ...]:
    before = {question.name: question for question in old.questions() if question.kind.asked}
    after = {question.name: question for question in new.questions() if question.kind.asked}
    said = []
    if old.title != new.title or old.number != new.number:
        said.append(f"Le formulaire s’appelle maintenant «{N}{new.title}{N}» {new.number}".strip())
    for name, question in after.items():
        if name not in before:
            said.append(f"Nouvelle question{N}: «{N}{question.label}{N}»")
        else:
            said.extend(_changed(before[name], question))
    said += [
        f"Question retirée{N}: «{N}{question.label}{N}»"
        for name, question in before.items()
        if name not in after
    ]
    documents = {request.name for request in old.documents}
    said += [
        f"Nouvelle pièce{N}: «{N}{request.label}{N}»"
        for request in new.documents
        if request.name not in documents
    ]
    return tuple(f"{one}." for one in said)


def _changed(old: Question, new: Question) -> list[str]:
    said = []
    if old.label != new.label:
        said.append(f"«{N}{old.label}{N}» devient «{N}{new.label}{N}»")
    if old.kind is not new.kind:
        said.append(f"«{N}{new.label}{N}» se répond autrement")
    if old.required.text != new.required.text and new.required.text == "true()":
        said.append(f"«{N}{new.label}{N}» est maintenant obligatoire")
    gone = {choice.name for choice in old.choices} - {choice.name for choice in new.choices}
    said += [
        f"«{N}{new.label}{N}»{N}: la réponse «{N}{choice.label}{N}» n’est plus proposée"
        for choice in old.choices
        if choice.name in gone
    ]
    return said


def _question_of(form: Form, text: str) -> Question | None:
    path = "/".join(step.partition("[")[0] for step in text.split("/"))
    for node in walk(form.children):
        if node.path == path and isinstance(node, Question):
            return node
    return None


def _words(question: Question | None, kept: JSON) -> str:
    if isinstance(kept, dict):
        return str(kept.get("typed", ""))
    if question is not None:
        try:
            return display(question, from_json(question, kept))
        except InvalidAnswer:
            return str(kept)
    return ", ".join(map(str, kept)) if isinstance(kept, list) else str(kept)
