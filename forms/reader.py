"""Reading a definition: from YAML in XLSForm's vocabulary to a checked form."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TypeVar

from forms.consistency import check_form
from forms.definition import (
    YES,
    Choice,
    DocumentRequest,
    Form,
    Node,
    Question,
    Source,
    SourceStatus,
    Translation,
    Worth,
    walk,
)
from forms.survey import (
    ChoiceLists,
    read_choices,
    read_expression,
    read_name,
    read_node,
    read_truth,
)
from forms.translations import (
    TRANSLATED_DOCUMENT,
    TRANSLATED_SETTINGS,
    read_translations,
    translated_columns,
)
from forms.tree import ROOT
from forms.yaml_nodes import YamlMap, fault, read_yaml

_SETTINGS = (
    "form_id", "version", "form_title", "summary", "number", "worth", "default_language",
    "instance_name", "allow_choice_duplicates",
)  # fmt: skip

E = TypeVar("E", bound=Enum)


def read_form(text: str, *, file: str) -> Form:
    """Read and check a definition.

    Args:
        text: the YAML.
        file: its name, for errors.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    return form_of(read_yaml(text, file=file), text, file=file)


def form_of(root: YamlMap, text: str, *, file: str) -> Form:
    """The form of a definition read into nodes, from YAML or from a workbook.

    Args:
        root: the definition.
        text: the YAML that says the same, to travel with the answers.
        file: its name, for errors.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    root.allow("settings", "sources", "documents", "choices", "files", "survey")
    settings = root.map("settings")
    settings.allow(*_SETTINGS, *translated_columns(settings, TRANSLATED_SETTINGS))
    survey = root.maps("survey")
    if not survey:
        raise fault(root, "le formulaire ne demande rien", "un “survey” avec des questions")
    duplicates = settings.text("allow_choice_duplicates", "no") in ("yes", "true", "true()")
    known = ChoiceLists(_lists(root, duplicates=duplicates), _files(root))
    children = tuple(node for entry in survey for node in read_node(entry, ROOT, known))
    form = Form(
        id=read_name(settings, "form_id"),
        version=settings.text("version"),
        title=settings.text("form_title"),
        summary=settings.text("summary", ""),
        number=settings.text("number", ""),
        worth=_one_of(settings, "worth", Worth),
        children=children,
        documents=tuple(_document(entry) for entry in root.maps("documents")),
        sources=tuple(_source(entry) for entry in root.maps("sources")),
        text=text,
        language=settings.text("default_language", "fr"),
        languages=_languages(children, known),
        files=tuple(known.files.items()),
        lists=tuple(known.lists.items()),
        instance_name=read_expression(settings, "instance_name"),
        translations=read_translations(settings, TRANSLATED_SETTINGS),
    )
    check_form(form, file)
    return form


def _lists(root: YamlMap, *, duplicates: bool) -> dict[str, tuple[Choice, ...]]:
    if root.find("choices") is None:
        return {}
    choices = root.map("choices")
    return {
        key.text: read_choices(choices.maps(key.text), duplicates=duplicates) for key, _ in choices
    }


def _files(root: YamlMap) -> dict[str, str]:
    if root.find("files") is None:
        return {}
    files = root.map("files")
    return {key.text: files.text(key.text) for key, _ in files}


def _languages(children: tuple[Node, ...], known: ChoiceLists) -> tuple[str, ...]:
    found: dict[str, None] = {}

    def note(translations: tuple[Translation, ...]) -> None:
        found.update((one.language, None) for one in translations)

    for node in walk(children):
        note(node.translations)
        if isinstance(node, Question):
            for choice in node.choices:
                note(choice.translations)
    for choices in known.lists.values():
        for choice in choices:
            note(choice.translations)
    return tuple(found)


def _document(entry: YamlMap) -> DocumentRequest:
    translated = translated_columns(entry, TRANSLATED_DOCUMENT)
    entry.allow("name", "label", "relevant", "required", "note", *translated)
    return DocumentRequest(
        name=read_name(entry, "name"),
        label=entry.text("label"),
        relevant=read_expression(entry, "relevant") or YES,
        required=read_truth(entry, "required"),
        note=entry.text("note", ""),
        line=entry.line,
        translations=read_translations(entry, TRANSLATED_DOCUMENT),
    )


def _source(entry: YamlMap) -> Source:
    entry.allow("title", "url", "read", "status")
    try:
        read = date.fromisoformat(entry.text("read"))
    except ValueError:
        raise fault(entry, f"“{entry.text('read')}” n’est pas un jour", "AAAA-MM-JJ") from None
    return Source(
        entry.text("title"), entry.text("url", ""), read, _one_of(entry, "status", SourceStatus)
    )


def _one_of(entry: YamlMap, key: str, options: type[E]) -> E:
    text = entry.text(key)
    for option in options:
        if option.value == text:
            return option
    raise fault(
        entry,
        f"“{key}” vaut “{text}”",
        f"un de ceux-ci : {', '.join(str(one.value) for one in options)}",
    )
