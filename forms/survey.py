"""The survey of a definition: entries in XLSForm's columns read into questions and groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from forms.checks import CHECKS
from forms.definition import (
    NO,
    YES,
    Choice,
    Expression,
    Group,
    Kind,
    Node,
    Question,
    Repeat,
)
from forms.lists import read_csv
from forms.translations import read_translations, translated_columns
from forms.yaml_nodes import YamlMap, YamlText, fault

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_CHOICE_NAME = re.compile(r"[^\s]+")
_QUESTION_COLUMNS = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant",
    "constraint", "constraint_message", "calculation", "default", "read_only", "appearance",
    "choice_filter", "parameters", "trigger", "image", "profile", "check",
)  # fmt: skip
_GROUP_COLUMNS = ("type", "name", "label", "hint", "relevant", "appearance", "children")
_REPEAT_COLUMNS = (*_GROUP_COLUMNS, "profile", "repeat_count")
ELSEWHERE = {
    "geopoint": "un capteur de position", "geotrace": "un capteur de position",
    "geoshape": "un capteur de position", "start-geopoint": "un capteur de position",
    "audio": "un microphone", "background-audio": "un microphone", "video": "une caméra",
    "barcode": "un lecteur de codes-barres", "xml-external": "un fichier XML",
    "deviceid": "un téléphone", "phonenumber": "un téléphone", "simserial": "un téléphone",
    "subscriberid": "un téléphone", "username": "un compte ODK", "email": "un compte ODK",
    "audit": "le suivi des gestes",
}  # fmt: skip
"""Types of XLSForm that mean nothing on a PC without sensors, and what they need."""

_PARAMETERS = {
    Kind.RANGE: ("start", "end", "step"),
    Kind.SELECT_ONE: ("randomize", "seed", "value", "label"),
    Kind.SELECT_MULTIPLE: ("randomize", "seed", "value", "label"),
    Kind.RANK: ("randomize", "seed"),
    Kind.TEXT: ("rows",),
    Kind.IMAGE: ("max-pixels",),
}
OTHER = Choice("other", "Autre")
"""The choice that `or_other` adds, with a question « Précisez »."""


@dataclass(frozen=True)
class ChoiceLists:
    """What the survey's selects choose from.

    Attributes:
        lists: choices by the name of their list.
        files: CSV texts by file name.
    """

    lists: Mapping[str, tuple[Choice, ...]]
    files: Mapping[str, str]


def read_choices(entries: tuple[YamlMap, ...], *, duplicates: bool) -> tuple[Choice, ...]:
    """Read one choice list.

    Args:
        entries: its choices.
        duplicates: whether a name may come twice, as XLSForm's `allow_choice_duplicates`.

    Raises:
        DefinitionError: a name is missing, impossible, or there twice.
    """
    choices = []
    seen: set[str] = set()
    for entry in entries:
        name = entry.text("name")
        if not _CHOICE_NAME.fullmatch(name):
            raise fault(
                entry.place("name"), f"“{name}” ne peut pas nommer un choix", "un nom sans espace"
            )
        if name in seen and not duplicates:
            raise fault(
                entry.place("name"), f"le choix “{name}” est là deux fois", "chaque nom une fois"
            )
        seen.add(name)
        columns = tuple(
            (key.text, entry.text(key.text))
            for key, _ in entry
            if key.text not in ("name", "label", "image", *translated_columns(entry))
        )
        choices.append(
            Choice(
                name,
                entry.text("label", name),
                columns,
                entry.text("image", ""),
                read_translations(entry),
            )
        )
    return tuple(choices)


def read_node(entry: YamlMap, parent: str, known: ChoiceLists) -> tuple[Node, ...]:
    """Read one entry of the survey: a question, a group or a repeat with what it holds.

    Returns:
        One node; two where `or_other` adds a question.

    Raises:
        DefinitionError: it has a fault.
    """
    kind = entry.text("type")
    if kind in ("group", "repeat"):
        return (_group(entry, parent, known, kind),)
    _allow(entry, _QUESTION_COLUMNS)
    word, _, rest = kind.partition(" ")
    if word in ELSEWHERE:
        raise fault(
            entry.place("type"),
            f"“{word}” demande {ELSEWHERE[word]}, que ce programme n’a pas",
            kinds_in_words(),
        )
    from_file = word.endswith("_from_file")
    word = word.removesuffix("_from_file")
    if word not in [one.value for one in Kind] or (from_file and not Kind(word).chosen):
        raise fault(entry.place("type"), f"type inconnu “{kind}”", kinds_in_words())
    list_name, _, other = rest.strip().partition(" ")
    if other.strip() not in ("", "or_other") or (other and from_file):
        raise fault(
            entry.place("type"), f"“{other.strip()}” après la liste n’est pas compris", "or_other"
        )
    question = _question(entry, parent, Kind(word), list_name, known, from_file=from_file)
    return _with_other(question, parent) if other else (question,)


def kinds_in_words() -> str:
    """The types a definition may use, for an error."""
    return f"un de ceux-ci : {', '.join(kind.value for kind in Kind)}, group, repeat"


def read_name(entry: YamlMap, key: str) -> str:
    """A name of XLSForm.

    Raises:
        DefinitionError: it is none.
    """
    name = entry.text(key)
    if not _NAME.fullmatch(name):
        raise fault(
            entry.place(key),
            f"“{name}” ne peut pas être un nom",
            "une lettre, puis des lettres, des chiffres, “-”, “_” ou “.”",
        )
    return name


def read_expression(entry: YamlMap, key: str) -> Expression | None:
    """The expression of a column, if it is there.

    Raises:
        DefinitionError: the column is empty.
    """
    node = entry.find(key)
    if node is None:
        return None
    if not isinstance(node, YamlText) or not node.text:
        raise fault(node, f"“{key}” est vide", "une expression, ou pas de ligne du tout")
    return Expression(node.text, node.line, node.column)


def read_truth(entry: YamlMap, key: str) -> Expression:
    """An expression that may be written as yes or no; no when it is not there."""
    expression = read_expression(entry, key)
    if expression is None or expression.text in ("no", "false", "false()"):
        return NO
    if expression.text in ("yes", "true", "true()"):
        return YES
    return expression


def _allow(entry: YamlMap, columns: tuple[str, ...]) -> None:
    entry.allow(*columns, *translated_columns(entry))


def _group(entry: YamlMap, parent: str, known: ChoiceLists, kind: str) -> Group | Repeat:
    _allow(entry, _REPEAT_COLUMNS if kind == "repeat" else _GROUP_COLUMNS)
    name = read_name(entry, "name")
    path = f"{parent}/{name}"
    children = tuple(
        node for child in entry.maps("children") for node in read_node(child, path, known)
    )
    if not children:
        raise fault(entry, f"“{name}” ({kind}) ne contient rien", "des questions à l’intérieur")
    group = Group(
        path=path,
        name=name,
        label=entry.text("label", ""),
        hint=entry.text("hint", ""),
        relevant=read_expression(entry, "relevant") or YES,
        appearance=entry.text("appearance", ""),
        children=children,
        line=entry.line,
        translations=read_translations(entry),
    )
    if kind == "group":
        return group
    return Repeat(
        **vars(group),
        profile=entry.text("profile", "") or None,
        count=read_expression(entry, "repeat_count"),
    )


def _question(
    entry: YamlMap, parent: str, kind: Kind, list_name: str, known: ChoiceLists, *, from_file: bool
) -> Question:
    name = read_name(entry, "name")
    parameters = _parameters(entry, kind)
    choices: tuple[Choice, ...] = ()
    if kind.chosen:
        choices = _choices(entry, list_name, known, dict(parameters), from_file=from_file)
    elif list_name:
        raise fault(
            entry.place("type"), f"“{kind.value}” ne prend pas de liste", f"“{kind.value}” seul"
        )
    calculation = read_expression(entry, "calculation")
    if kind is Kind.CALCULATE and calculation is None:
        raise fault(entry.place("type"), f"“{name}” ne calcule rien", "une “calculation”")
    label = entry.text("label", "")
    if not label and kind.shown and calculation is None:
        raise fault(entry.place("name"), f"“{name}” n’a pas de libellé", "un “label”")
    check = entry.text("check", "") or None
    if check is not None and check not in CHECKS:
        raise fault(
            entry.place("check"),
            f"contrôle inconnu “{check}”",
            f"un de ceux-ci : {', '.join(CHECKS)}",
        )
    choice_filter = read_expression(entry, "choice_filter")
    if choice_filter is not None and not kind.chosen:
        raise fault(
            entry.place("choice_filter"),
            f"“{kind.value}” n’a pas de choix à filtrer",
            "pas de “choice_filter”",
        )
    return Question(
        path=f"{parent}/{name}",
        name=name,
        kind=kind,
        label=label,
        hint=entry.text("hint", ""),
        required=read_truth(entry, "required"),
        required_message=entry.text("required_message", ""),
        relevant=read_expression(entry, "relevant") or YES,
        constraint=read_expression(entry, "constraint"),
        constraint_message=entry.text("constraint_message", ""),
        calculation=calculation,
        default=_default(entry, kind),
        read_only=read_truth(entry, "read_only"),
        appearance=entry.text("appearance", ""),
        choices=choices,
        profile=entry.text("profile", "") or None,
        check=check,
        line=entry.line,
        guidance_hint=entry.text("guidance_hint", ""),
        choice_list=list_name,
        choice_filter=choice_filter,
        parameters=parameters,
        triggers=_triggers(entry),
        image=entry.text("image", ""),
        translations=read_translations(entry),
    )


def _choices(
    entry: YamlMap,
    list_name: str,
    known: ChoiceLists,
    parameters: Mapping[str, str],
    *,
    from_file: bool,
) -> tuple[Choice, ...]:
    if list_name.startswith("${"):
        raise fault(
            entry.place("type"),
            f"les choix tirés des réponses d’un “repeat” ({list_name}) ne sont pas possibles",
            "le nom d’une liste de choix",
        )
    if from_file:
        return _choices_of_file(entry, list_name, known, parameters)
    if list_name not in known.lists:
        names = ", ".join(known.lists) or "aucune"
        raise fault(
            entry.place("type"),
            f"la liste de choix “{list_name}” manque",
            f"une de celles-ci : {names}",
        )
    return known.lists[list_name]


def _choices_of_file(
    entry: YamlMap, file: str, known: ChoiceLists, parameters: Mapping[str, str]
) -> tuple[Choice, ...]:
    if not file.lower().endswith(".csv"):
        raise fault(
            entry.place("type"), f"des choix ne se lisent pas dans “{file}”", "un fichier .csv"
        )
    if file not in known.files:
        raise fault(
            entry.place("type"), f"le fichier “{file}” manque", "ce fichier à côté de la définition"
        )
    value, label = parameters.get("value", "name"), parameters.get("label", "label")
    rows = read_csv(known.files[file])
    if rows and (value not in rows[0] or label not in rows[0]):
        raise fault(
            entry.place("type"),
            f"“{file}” n’a pas les colonnes “{value}” et “{label}”",
            f"une première ligne qui les nomme ; elle a : {', '.join(rows[0])}",
        )
    choices: dict[str, Choice] = {}
    for row in rows:
        others = tuple((key, text) for key, text in row.items() if key not in (value, label))
        if row[value]:
            choices.setdefault(row[value], Choice(row[value], row[label] or row[value], others))
    return tuple(choices.values())


def _parameters(entry: YamlMap, kind: Kind) -> tuple[tuple[str, str], ...]:
    text = entry.text("parameters", "")
    found: dict[str, str] = {}
    for part in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", text).strip()):
        if not part:
            continue
        name, equals, value = part.partition("=")
        allowed = _PARAMETERS.get(kind, ())
        if not equals or name not in allowed:
            expected = f"un de ceux-ci : {', '.join(allowed)}" if allowed else "pas de “parameters”"
            raise fault(
                entry.place("parameters"),
                f"“{part}” n’est pas un paramètre de “{kind.value}”",
                expected,
            )
        found[name] = value
    if kind is Kind.RANGE:
        numbers = [found.get(name, default) for name, default in _RANGE]
        if not all(re.fullmatch(r"-?\d+(\.\d+)?", number) for number in numbers):
            raise fault(
                entry.place("parameters"),
                f"“{text}” n’est pas un intervalle",
                "“start=0 end=10 step=1”",
            )
        if float(numbers[2]) == 0:
            raise fault(
                entry.place("parameters"), "un intervalle ne peut pas avancer de 0", "“step=1”"
            )
    return tuple(found.items())


_RANGE = (("start", "1"), ("end", "10"), ("step", "1"))
_TRIGGER = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


def _triggers(entry: YamlMap) -> tuple[str, ...]:
    text = entry.text("trigger", "")
    names = tuple(_TRIGGER.findall(text))
    if text and (not names or _TRIGGER.sub("", text).strip(" ,")):
        raise fault(
            entry.place("trigger"),
            f"“{text}” n’est pas un déclencheur",
            "“${question}”, ou plusieurs avec des virgules",
        )
    return names


_DYNAMIC = re.compile(r"\$\{|\(\s*\)|[a-z\-]+\(.*\)")


def _default(entry: YamlMap, kind: Kind) -> Expression | None:
    expression = read_expression(entry, "default")
    if expression is None or _DYNAMIC.search(expression.text):
        return expression
    # As in XLSForm, a default without reference nor function is a plain value.
    if kind in (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE):
        return expression
    quote = '"' if "'" in expression.text else "'"
    return Expression(f"{quote}{expression.text}{quote}", expression.line)


def _with_other(question: Question, parent: str) -> tuple[Node, ...]:
    chosen = question
    if all(choice.name != OTHER.name for choice in question.choices):
        chosen = replace(question, choices=(*question.choices, OTHER))
    name = f"{question.name}_other"
    specified = Question(
        path=f"{parent}/{name}",
        name=name,
        kind=Kind.TEXT,
        label="Précisez",
        hint="",
        required=NO,
        required_message="",
        relevant=Expression(f"selected(../{question.name}, '{OTHER.name}')", question.line),
        constraint=None,
        constraint_message="",
        calculation=None,
        default=None,
        read_only=NO,
        appearance="",
        choices=(),
        profile=None,
        check=None,
        line=question.line,
    )
    return chosen, specified
