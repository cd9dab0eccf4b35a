"""When a question is asked, in words: « À remplir seulement si … », for a reader with a pen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from exports.paper.lettering import NBSP
from forms.definition import Form, Kind, Question

_NAME = r"\$\{\s*(?P<name>[^{}\s]+)\s*\}"
_TEXT = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")"
_COMPARED = re.compile(rf"{_NAME}\s*(?P<sign>!=|=)\s*{_TEXT}")
_SELECTED = re.compile(rf"(?P<sign>)selected\(\s*{_NAME}\s*,\s*{_TEXT}\s*\)")
_NOT_SELECTED = re.compile(rf"(?P<sign>not)\(\s*selected\(\s*{_NAME}\s*,\s*{_TEXT}\s*\)\s*\)")
_MEASURED = re.compile(rf"{_NAME}\s*(?P<sign>>=|<=|!=|=|>|<)\s*(?P<bound>\d+)")

_MEASURES = {
    ">": "un nombre plus grand que",
    "<": "un nombre plus petit que",
    ">=": "un nombre égal ou supérieur à",
    "<=": "un nombre égal ou inférieur à",
    "=": "le nombre",
}


def condition_in_words(form: Form, expression: str, numbers: Mapping[str, str]) -> str:
    """Say a condition in French where it is simple; an empty text where it is not, or is constant.

    Args:
        form: where the questions it names are.
        expression: an ODK XPath expression: comparisons of answers, joined by `and` or by `or`.
        numbers: the number of each question, by path.
    """
    for joint, word in ((" and ", " et "), (" or ", " ou ")):
        parts = [_part(form, part.strip(), numbers) for part in expression.split(joint)]
        if all(parts):
            return f"À remplir seulement si {word.join(parts)}."
    return ""


def _part(form: Form, expression: str, numbers: Mapping[str, str]) -> str:
    for pattern in (_COMPARED, _SELECTED, _NOT_SELECTED, _MEASURED):
        match = pattern.fullmatch(expression)
        if match is None:
            continue
        question = _only_question(form, match.group("name"))
        if question is None or question.path not in numbers:
            return ""
        where = f"à la question {numbers[question.path]}"
        sign = match.group("sign")
        if pattern is _MEASURED:
            return _measured(where, sign, match.group("bound"))
        wanted = match.group("single")
        return _answered(question, where, sign, match.group("double") if wanted is None else wanted)
    return ""


def _measured(where: str, sign: str, bound: str) -> str:
    if sign == "!=":
        return f"vous n’avez pas écrit le nombre {bound} {where}"
    return f"vous avez écrit {_MEASURES[sign]} {bound} {where}"


def _answered(question: Question, where: str, sign: str, wanted: str) -> str:
    denied = sign in ("!=", "not")
    if not wanted:
        # Different from nothing: answered.
        return f"vous avez répondu {where}" if denied else f"vous n’avez rien répondu {where}"
    label = next((one.label for one in question.choices if one.name == wanted), "")
    if not label:
        if question.kind not in (Kind.TEXT, Kind.INTEGER):
            return ""
        label = wanted
    verb = "coché" if question.choices else "écrit"
    answer = f"«{NBSP}{label}{NBSP}» {where}"
    return f"vous n’avez pas {verb} {answer}" if denied else f"vous avez {verb} {answer}"


def _only_question(form: Form, name: str) -> Question | None:
    found = [question for question in form.questions() if question.name == name]
    return found[0] if len(found) == 1 else None
