"""Where each answer goes on the official PDF: `official.yaml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from forms.definition import Expression, Form, Repeat
from forms.errors import DefinitionError, ExpressionError
from forms.filling import Filling
from forms.official_boxes import BoxType, OfficialBox, flag, read_boxes, whole
from forms.official_sections import OfficialSection, read_sections, unknown_groups
from forms.tree import ROOT
from forms.xvalue import to_boolean, to_string
from forms.yaml_nodes import YamlMap, YamlText, as_map, fault, read_yaml

_NAME = re.compile(r"\$\{([^{}]+)\}")


@dataclass(frozen=True)
class OfficialField:
    """One field of the PDF and what goes in it: exactly one of `value`, `check`, `choose`.

    Attributes:
        field: its full name in the PDF.
        value: an expression whose text is written.
        each: the repeat at whose occurrences `value` is evaluated, one line each.
        nth: of the occurrences of `each`, the only one that counts, from 1; 0 for all.
        where: an expression; only the occurrences of `each` for which it is true are counted.
        check: an expression; the box is ticked when it is true.
        choose: on-states of a radio group with their conditions; the first true one is chosen.
    """

    field: str
    value: Expression | None
    each: str | None
    nth: int
    where: Expression | None
    check: Expression | None
    choose: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True)
class OfficialMapping:
    """The official PDF of a form.

    Attributes:
        sha256: known files of it, hexadecimal.
        recognised_by: field names that together identify it, whatever its bytes.
        recognised_by_text: strings printed on its first page that together identify it.
        superseded: whether it is an older print, to be checked against the version in force.
        single_sided: whether it must be printed on separate sheets.
        capitals: whether it is to be filled in capital letters.
        boxes: where its fields would be, when the PDF has none.
        left_to_administration: fields that an office fills, by name.
        sections: its headings, in its order, and what stands under each.
    """

    number: str
    sha256: tuple[str, ...]
    recognised_by: tuple[str, ...]
    recognised_by_text: tuple[str, ...]
    superseded: bool
    single_sided: bool
    capitals: bool
    boxes: tuple[OfficialBox, ...]
    fields: tuple[OfficialField, ...]
    left_to_administration: tuple[str, ...]
    sections: tuple[OfficialSection, ...] = ()

    def recognises(self, sha256: str, field_names: Collection[str], first_page: str = "") -> bool:
        """Whether a PDF is this form: a known file, the same fields, or the same print.

        Args:
            sha256: of its bytes, hexadecimal.
            field_names: its fields.
            first_page: the text of its first page.
        """
        if sha256 in self.sha256:
            return True
        if self.recognised_by and set(field_names).issuperset(self.recognised_by):
            return True
        printed = _bare(first_page)
        strings = self.recognised_by_text
        return bool(strings) and all(_bare(string) in printed for string in strings)

    def label_of(self, field: str, form: Form) -> str:
        """The label of the question that a field shows first; empty for an unknown field.

        A calculated question without a label has those of what it is calculated from.
        """
        before = {box.then: box.name for box in self.boxes if box.then}
        mapped_names = {mapped.field for mapped in self.fields}
        while field not in mapped_names and field in before:
            field = before[field]
        for mapped in self.fields:
            if mapped.field != field:
                continue
            texts = [mapped.value, mapped.check, *(condition for _, condition in mapped.choose)]
            for expression in texts:
                label = _label_in(expression, form)
                if label:
                    return label
        return ""

    def values(self, filling: Filling) -> dict[str, str | bool]:
        """What to write in each field; fields without an answer are left out."""
        written: dict[str, str | bool] = {}
        for field in self.fields:
            value = _value(field, filling)
            if value is None or not str(value).strip():
                continue
            capital = self.capitals and isinstance(value, str) and field.value is not None
            written[field.field] = str(value).upper() if capital else value
        return written


def _label_in(expression: Expression | None, form: Form) -> str:
    """The label of the first question named, or of all that it is calculated from."""
    questions = {question.name: question for question in form.questions()}
    for name in _named_in(expression):
        if name in questions:
            label = questions[name].label or ", ".join(_labels_under(name, form))
            if label:
                return label
    return ""


def _labels_under(calculated: str, form: Form) -> list[str]:
    """The labels of the questions that one is calculated from, in the form's order."""
    questions = {question.name: question for question in form.questions()}
    met, left = {calculated}, [calculated]
    while left:
        question = questions.get(left.pop())
        if question is not None and not question.label:
            found = set(_named_in(question.calculation)) - met
            met |= found
            left += found
    return [
        question.label for name, question in questions.items() if name in met and question.label
    ]


def _named_in(expression: Expression | None) -> list[str]:
    return _NAME.findall(expression.text) if expression else []


def read_official(text: str, *, file: str) -> OfficialMapping:
    """Read a mapping.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    root = read_yaml(text, file=file)
    root.allow(
        "number",
        "sha256",
        "recognised_by",
        "recognised_by_text",
        "superseded",
        "print",
        "capitals",
        "size",
        "boxes",
        "fields",
        "left_to_administration",
        "sections",
    )
    printing = root.text("print", "duplex")
    if printing not in ("duplex", "simplex"):
        raise fault(root, f"“print” vaut “{printing}”", "duplex ou simplex")
    fields = tuple(_field(entry) for entry in root.maps("fields"))
    names = [field.field for field in fields]
    for entry, name in zip(root.maps("fields"), names, strict=True):
        if names.count(name) > 1:
            raise fault(entry, f"le champ “{name}” est là deux fois", "chaque champ une fois")
    boxes = read_boxes(root)
    if boxes:
        _check_boxes(root, fields, boxes)
    return OfficialMapping(
        number=root.text("number"),
        sha256=_texts(root, "sha256"),
        recognised_by=_texts(root, "recognised_by"),
        recognised_by_text=_texts(root, "recognised_by_text"),
        superseded=flag(root, "superseded"),
        single_sided=printing == "simplex",
        capitals=flag(root, "capitals"),
        boxes=boxes,
        fields=fields,
        left_to_administration=_texts(root, "left_to_administration"),
        sections=read_sections(root),
    )


def check_mapping(mapping: OfficialMapping, filling: Filling, *, file: str) -> None:
    """Compile every expression of a mapping against its form.

    Raises:
        DefinitionError: one cannot be understood.
    """
    unknown = unknown_groups(mapping.sections, (node.name for node in filling.form.children))
    if unknown:
        raise DefinitionError(
            file, 1, f"aucune rubrique ne s’appelle “{unknown[0]}”", "une rubrique du formulaire"
        )
    for field in mapping.fields:
        owner = _repeat_path(filling, field.each, file) if field.each else ROOT
        conditions = (condition for _, condition in field.choose)
        for expression in (field.value, field.check, field.where, *conditions):
            if expression is None:
                continue
            try:
                filling.compile(expression.text, owner)
            except ExpressionError as error:
                raise DefinitionError(
                    file,
                    expression.line,
                    f"dans “{expression.text}” : {error}",
                    "une expression ODK XPath sur les questions de ce formulaire",
                ) from error


def _check_boxes(
    root: YamlMap, fields: tuple[OfficialField, ...], boxes: tuple[OfficialBox, ...]
) -> None:
    by_name = {box.name: box for box in boxes}
    for entry, field in zip(root.maps("fields"), fields, strict=True):
        box = by_name.get(field.field)
        if box is None:
            raise fault(entry, f"aucune case ne s’appelle “{field.field}”", "une case de “boxes”")
        ticked = box.type is BoxType.CHECK
        if (field.check if ticked else field.value) is None:
            expected = "check" if ticked else "value"
            raise fault(entry, f"la case “{box.name}” est de type {box.type.value}", expected)


def _field(entry: YamlMap) -> OfficialField:
    entry.allow("field", "value", "each", "nth", "where", "check", "choose")
    value, check = _expression(entry, "value"), _expression(entry, "check")
    choose: tuple[tuple[str, Expression], ...] = ()
    if entry.find("choose") is not None:
        choose = tuple(
            (key.text, _as_expression(node)) for key, node in as_map(entry.map("choose"))
        )
    if sum((value is not None, check is not None, bool(choose))) != 1:
        raise fault(entry, "un champ prend une seule chose", "value, check ou choose")
    each, where = entry.text("each", "") or None, _expression(entry, "where")
    nth = whole(entry, "nth", 1, 1000) if entry.find("nth") is not None else 0
    if not each and (nth or where):
        raise fault(entry, "“nth” et “where” vont avec “each”", "un “repeat” dans “each”")
    if each and value is None and not nth:
        raise fault(
            entry,
            "“each” vaut pour “value”, ou pour “check” et “choose” avec “nth”",
            "un tel champ",
        )
    return OfficialField(entry.text("field"), value, each, nth, where, check, choose)


def _value(field: OfficialField, filling: Filling) -> str | bool | None:
    owners = occurrences(field, filling) if field.each else [""]
    if field.nth:
        owners = owners[field.nth - 1 : field.nth]
    if field.choose:
        for owner in owners:
            for state, condition in field.choose:
                if to_boolean(filling.evaluate(condition.text, owner)):
                    return state
        return None
    if field.check is not None:
        check = field.check.text
        return any(to_boolean(filling.evaluate(check, owner)) for owner in owners) or None
    assert field.value is not None
    lines = [to_string(filling.evaluate(field.value.text, owner)) for owner in owners]
    return "\n".join(line for line in lines if line)


def occurrences(field: OfficialField, filling: Filling) -> list[str]:
    """The paths of the occurrences that a field is about, in their order; it has an `each`."""
    assert field.each is not None
    repeat = _repeat_path(filling, field.each, "official.yaml")
    owners = [f"{repeat}[{number}]" for number in range(1, filling.count(repeat) + 1)]
    where = field.where
    if where is None:
        return owners
    return [owner for owner in owners if to_boolean(filling.evaluate(where.text, owner))]


def _repeat_path(filling: Filling, name: str, file: str) -> str:
    for node in filling.form.children:
        if isinstance(node, Repeat) and node.name == name:
            return node.path
    raise DefinitionError(
        file, 1, f"aucun “repeat” ne s’appelle “{name}”", "un “repeat” du formulaire"
    )


def _bare(text: str) -> str:
    # Readers of PDF disagree on spaces, on line ends, and on how an accent is written.
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _texts(root: YamlMap, key: str) -> tuple[str, ...]:
    found = []
    for node in root.items(key):
        if not isinstance(node, YamlText):
            raise fault(node, f"“{key}” contient autre chose que du texte", "une valeur par ligne")
        found.append(node.text)
    return tuple(found)


def _expression(entry: YamlMap, key: str) -> Expression | None:
    node = entry.find(key)
    return None if node is None else _as_expression(node)


def _as_expression(node: object) -> Expression:
    assert isinstance(node, YamlText), "an expression is text"
    return Expression(node.text, node.line)
