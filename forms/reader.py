"""Reading a definition: from YAML in XLSForm's vocabulary to a checked form."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TypeVar

from forms.checks import CHECKS
from forms.definition import (
    NO,
    YES,
    Choice,
    DocumentRequest,
    Expression,
    Form,
    Group,
    Kind,
    Node,
    Question,
    Repeat,
    Source,
    SourceStatus,
    Worth,
    walk,
)
from forms.errors import DefinitionError, ExpressionError
from forms.expression import compile_expression
from forms.tree import ROOT, Tree
from forms.yaml_nodes import YamlMap, YamlText, fault, read_yaml

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_CHOICE_NAME = re.compile(r"[^\s]+")
_SETTINGS = ("form_id", "version", "form_title", "summary", "number", "worth", "default_language")
_QUESTION_COLUMNS = (
    "type", "name", "label", "hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "default", "read_only", "appearance", "profile", "check",
)  # fmt: skip
_GROUP_COLUMNS = ("type", "name", "label", "hint", "relevant", "appearance", "children")
_ELSEWHERE = {
    "geopoint", "geotrace", "geoshape", "audio", "video", "barcode", "background-audio",
    "xml-external", "start-geopoint",
}  # fmt: skip

E = TypeVar("E", bound=Enum)


def read_form(text: str, *, file: str) -> Form:
    """Read and check a definition.

    Args:
        text: the YAML.
        file: its name, for errors.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    root = read_yaml(text, file=file)
    root.allow("settings", "sources", "documents", "choices", "survey")
    settings = root.map("settings")
    settings.allow(*_SETTINGS)
    lists = _choice_lists(root)
    survey = root.maps("survey")
    if not survey:
        raise fault(root, "the form asks nothing", "a “survey:” with questions")
    form = Form(
        id=_name(settings, "form_id"),
        version=settings.text("version"),
        title=settings.text("form_title"),
        summary=settings.text("summary", ""),
        number=settings.text("number", ""),
        worth=_one_of(settings, "worth", Worth),
        children=tuple(_node(entry, ROOT, lists) for entry in survey),
        documents=tuple(_document(entry) for entry in root.maps("documents")),
        sources=tuple(_source(entry) for entry in root.maps("sources")),
        text=text,
    )
    _check(form, file)
    return form


def _choice_lists(root: YamlMap) -> dict[str, tuple[Choice, ...]]:
    if root.find("choices") is None:
        return {}
    lists: dict[str, tuple[Choice, ...]] = {}
    for key, _ in root.map("choices"):
        choices = []
        seen: set[str] = set()
        for entry in root.map("choices").maps(key.text):
            entry.allow("name", "label")
            name = entry.text("name")
            if not _CHOICE_NAME.fullmatch(name):
                raise fault(entry, f"“{name}” cannot name a choice", "a name without spaces")
            if name in seen:
                raise fault(entry, f"the choice “{name}” is there twice", "each name once")
            seen.add(name)
            choices.append(Choice(name, entry.text("label")))
        lists[key.text] = tuple(choices)
    return lists


def _node(entry: YamlMap, parent: str, lists: dict[str, tuple[Choice, ...]]) -> Node:
    kind = entry.text("type")
    if kind in ("group", "repeat"):
        return _group(entry, parent, lists, kind)
    entry.allow(*_QUESTION_COLUMNS)
    word, _, list_name = kind.partition(" ")
    if word in _ELSEWHERE:
        raise fault(entry, f"“{word}” needs a device that a PC does not have", _kinds())
    if word not in [known.value for known in Kind]:
        raise fault(entry, f"unknown type “{word}”", _kinds())
    return _question(entry, parent, Kind(word), list_name.strip(), lists)


def _group(
    entry: YamlMap, parent: str, lists: dict[str, tuple[Choice, ...]], kind: str
) -> Group | Repeat:
    repeat = kind == "repeat"
    entry.allow(*_GROUP_COLUMNS, *(("profile",) if repeat else ()))
    name = _name(entry, "name")
    path = f"{parent}/{name}"
    children = tuple(_node(child, path, lists) for child in entry.maps("children"))
    if not children:
        raise fault(entry, f"the {kind} “{name}” is empty", "“children:” with questions")
    label, hint = entry.text("label", ""), entry.text("hint", "")
    relevant = _expression(entry, "relevant") or YES
    appearance = entry.text("appearance", "")
    if repeat:
        profile = entry.text("profile", "") or None
        return Repeat(path, name, label, hint, relevant, appearance, profile, children, entry.line)
    return Group(path, name, label, hint, relevant, appearance, children, entry.line)


def _question(
    entry: YamlMap,
    parent: str,
    kind: Kind,
    list_name: str,
    lists: dict[str, tuple[Choice, ...]],
) -> Question:
    name = _name(entry, "name")
    choices: tuple[Choice, ...] = ()
    if kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
        if list_name not in lists:
            known = ", ".join(lists) or "none is defined"
            raise fault(entry, f"the choice list “{list_name}” is missing", f"one of: {known}")
        choices = lists[list_name]
    elif list_name:
        raise fault(entry, f"“{kind.value}” takes no list", f"“type: {kind.value}”")
    calculation = _expression(entry, "calculation")
    if kind is Kind.CALCULATE and calculation is None:
        raise fault(entry, f"“{name}” calculates nothing", "a “calculation:”")
    label = entry.text("label", "")
    if not label and kind is not Kind.CALCULATE:
        raise fault(entry, f"“{name}” has no label", "a “label:”")
    check = entry.text("check", "") or None
    if check is not None and check not in CHECKS:
        raise fault(entry, f"unknown check “{check}”", f"one of {', '.join(CHECKS)}")
    return Question(
        path=f"{parent}/{name}",
        name=name,
        kind=kind,
        label=label,
        hint=entry.text("hint", ""),
        required=_truth(entry, "required"),
        required_message=entry.text("required_message", ""),
        relevant=_expression(entry, "relevant") or YES,
        constraint=_expression(entry, "constraint"),
        constraint_message=entry.text("constraint_message", ""),
        calculation=calculation,
        default=_default(entry, kind),
        read_only=_truth(entry, "read_only"),
        appearance=entry.text("appearance", ""),
        choices=choices,
        profile=entry.text("profile", "") or None,
        check=check,
        line=entry.line,
    )


def _document(entry: YamlMap) -> DocumentRequest:
    entry.allow("name", "label", "relevant", "required", "note")
    return DocumentRequest(
        name=_name(entry, "name"),
        label=entry.text("label"),
        relevant=_expression(entry, "relevant") or YES,
        required=_truth(entry, "required"),
        note=entry.text("note", ""),
        line=entry.line,
    )


def _source(entry: YamlMap) -> Source:
    entry.allow("title", "url", "read", "status")
    try:
        read = date.fromisoformat(entry.text("read"))
    except ValueError:
        raise fault(entry, f"“{entry.text('read')}” is not a day", "YYYY-MM-DD") from None
    return Source(
        entry.text("title"), entry.text("url", ""), read, _one_of(entry, "status", SourceStatus)
    )


def _name(entry: YamlMap, key: str) -> str:
    name = entry.text(key)
    if not _NAME.fullmatch(name):
        raise fault(
            entry, f"“{name}” cannot be a name", "a letter, then letters, digits, “-”, “_” or “.”"
        )
    return name


def _one_of(entry: YamlMap, key: str, options: type[E]) -> E:
    text = entry.text(key)
    for option in options:
        if option.value == text:
            return option
    raise fault(
        entry, f"“{key}” is “{text}”", f"one of {', '.join(str(one.value) for one in options)}"
    )


def _expression(entry: YamlMap, key: str) -> Expression | None:
    node = entry.find(key)
    if node is None:
        return None
    if not isinstance(node, YamlText) or not node.text:
        raise fault(node, f"“{key}” is empty", "an expression, or no line at all")
    return Expression(node.text, node.line)


def _truth(entry: YamlMap, key: str) -> Expression:
    expression = _expression(entry, key)
    if expression is None or expression.text in ("no", "false", "false()"):
        return NO
    if expression.text in ("yes", "true", "true()"):
        return YES
    return expression


_DYNAMIC = re.compile(r"\$\{|\(\s*\)|[a-z\-]+\(.*\)")


def _default(entry: YamlMap, kind: Kind) -> Expression | None:
    expression = _expression(entry, "default")
    if expression is None or _DYNAMIC.search(expression.text):
        return expression
    # As in XLSForm, a default without reference nor function is a plain value.
    if kind in (Kind.INTEGER, Kind.DECIMAL):
        return expression
    quote = '"' if "'" in expression.text else "'"
    return Expression(f"{quote}{expression.text}{quote}", expression.line)


def _check(form: Form, file: str) -> None:
    seen: dict[str, Node] = {}
    for node in walk(form.children):
        if node.path in seen:
            raise DefinitionError(
                file,
                node.line,
                f"“{node.name}” is already the name of line {seen[node.path].line}",
                "another name",
            )
        seen[node.path] = node
    tree = Tree(form)
    for node in walk(form.children):
        for expression in _expressions(node):
            _compile(expression, tree, node.path, file)
    names: set[str] = set()
    for document in form.documents:
        if document.name in names:
            raise DefinitionError(
                file, document.line, f"the document “{document.name}” is there twice", "one name"
            )
        names.add(document.name)
        for expression in (document.relevant, document.required):
            _compile(expression, tree, ROOT, file)
    _refuse_cycles(tree, file)


def _expressions(node: Node) -> list[Expression]:
    found: list[Expression | None] = [node.relevant]
    if isinstance(node, Question):
        found += [
            node.required,
            node.constraint,
            node.calculation,
            node.default,
            node.read_only,
        ]
    return [expression for expression in found if expression is not None]


def _compile(expression: Expression, tree: Tree, owner: str, file: str) -> frozenset[str]:
    try:
        return compile_expression(expression.text, tree, owner).reads
    except ExpressionError as error:
        raise DefinitionError(
            file,
            expression.line,
            f"in “{expression.text}”: {error}",
            "an ODK XPath expression over the questions of this form",
        ) from error


def _refuse_cycles(tree: Tree, file: str) -> None:
    from forms.dependencies import CycleError, order

    try:
        order(tree)
    except CycleError as error:
        node = tree.places[error.path].node
        names = " → ".join(path.rsplit("/", 1)[-1] for path in error.cycle)
        raise DefinitionError(
            file,
            node.line,
            f"“{node.name}” depends on itself ({names})",
            "a calculation or a condition that does not come back to itself",
        ) from error


def _kinds() -> str:
    return f"one of {', '.join(kind.value for kind in Kind)}, group, repeat"
