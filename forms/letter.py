"""A letter sent as it is: `letter.yaml` composed with the answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.definition import Expression
from forms.errors import DefinitionError, ExpressionError, UnknownQuestion
from forms.filling import Filling
from forms.tree import ROOT
from forms.values import display
from forms.xvalue import to_boolean
from forms.yaml_nodes import YamlMap, YamlText, fault, read_yaml

_REFERENCE = re.compile(r"\$\{([^{}]+)\}")


@dataclass(frozen=True)
class TemplateLine:
    """A line or paragraph with `${name}` in it, said when relevant."""

    text: str
    relevant: Expression | None
    line: int


@dataclass(frozen=True)
class LetterTemplate:
    """A letter before its answers."""

    sender: tuple[TemplateLine, ...]
    recipient: tuple[TemplateLine, ...]
    place: TemplateLine
    subject: TemplateLine
    references: tuple[TemplateLine, ...]
    salutation: TemplateLine
    paragraphs: tuple[TemplateLine, ...]
    closing: TemplateLine
    signature: TemplateLine
    enclosures: tuple[TemplateLine, ...]


@dataclass(frozen=True)
class Letter:
    """A letter ready to be set: every line in its final words."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_date: str
    subject: str
    references: tuple[str, ...]
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signature_name: str
    enclosures: tuple[str, ...]


def read_letter(text: str, *, file: str) -> LetterTemplate:
    """Read a letter's template.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    root = read_yaml(text, file=file)
    single = ("place", "subject", "salutation", "closing", "signature")
    several = ("sender", "recipient", "references", "paragraphs", "enclosures")
    root.allow(*single, *several)
    lines = {key: TemplateLine(root.text(key), None, root.line) for key in single}
    blocks = {key: tuple(_line(root, node) for node in root.items(key)) for key in several}
    return LetterTemplate(
        sender=blocks["sender"],
        recipient=blocks["recipient"],
        place=lines["place"],
        subject=lines["subject"],
        references=blocks["references"],
        salutation=lines["salutation"],
        paragraphs=blocks["paragraphs"],
        closing=lines["closing"],
        signature=lines["signature"],
        enclosures=blocks["enclosures"],
    )


def compose(template: LetterTemplate, filling: Filling) -> Letter:
    """Write a letter with the answers of a filling; a line without its answers is left out.

    Raises:
        UnknownQuestion: the template names a question the form does not have.
    """

    def said(lines: tuple[TemplateLine, ...]) -> tuple[str, ...]:
        return tuple(text for line in lines if (text := _text(line, filling)))

    return Letter(
        sender=said(template.sender),
        recipient=said(template.recipient),
        place_and_date=_text(template.place, filling),
        subject=_text(template.subject, filling),
        references=said(template.references),
        salutation=_text(template.salutation, filling),
        paragraphs=said(template.paragraphs),
        closing=_text(template.closing, filling),
        signature_name=_text(template.signature, filling),
        enclosures=said(template.enclosures),
    )


def check_letter(template: LetterTemplate, filling: Filling, *, file: str) -> None:
    """Check that every name and condition of a template is known to its form.

    Raises:
        DefinitionError: one is not.
    """
    for line in (
        *template.sender,
        *template.recipient,
        template.place,
        template.subject,
        *template.references,
        template.salutation,
        *template.paragraphs,
        template.closing,
        template.signature,
        *template.enclosures,
    ):
        try:
            if line.relevant is not None:
                filling.compile(line.relevant.text, ROOT)
            for name in _REFERENCE.findall(line.text):
                filling.path_of(name.strip())
        except (ExpressionError, UnknownQuestion) as error:
            raise DefinitionError(
                file, line.line, str(error), "une question de ce formulaire"
            ) from error


def _line(root: YamlMap, node: object) -> TemplateLine:
    if isinstance(node, YamlText):
        return TemplateLine(node.text, None, node.line)
    if not isinstance(node, YamlMap):
        raise fault(root, "une liste dans une liste", "un texte, ou “text:” avec “relevant:”")
    node.allow("text", "relevant")
    relevant = node.find("relevant")
    condition = Expression(relevant.text, relevant.line) if isinstance(relevant, YamlText) else None
    return TemplateLine(node.text("text"), condition, node.line)


def _text(line: TemplateLine, filling: Filling) -> str:
    if line.relevant is not None and not to_boolean(filling.evaluate(line.relevant.text)):
        return ""
    names = _REFERENCE.findall(line.text)
    words = {name: _answer(name.strip(), filling) for name in names}
    # A line whose only content is an unanswered question says nothing.
    if names and not any(words.values()) and _REFERENCE.sub("", line.text).strip(" ,:–-") == "":
        return ""
    filled = _REFERENCE.sub(lambda match: words[match.group(1)], line.text)
    return re.sub(r"[ \t]+", " ", filled).strip()


def _answer(name: str, filling: Filling) -> str:
    path = filling.path_of(name)
    if not filling.state(path).relevant:
        return ""
    return display(filling.question(path), filling.value(path))
