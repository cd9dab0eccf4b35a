"""When a question is asked, in a second language: its own condition, where it is simple.

The French says a condition once for several questions, and says where to go on; the second
language says it with each of them, in sentences short enough to be checked by whoever speaks it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from exports.paper.blank.expression_parts import bare, split
from exports.paper.sheets import phrases
from forms.definition import NO, YES, Form, Kind, Node, Question
from forms.languages import translation

_NAME = r"\$\{\s*(?P<name>[^{}\s]+)\s*\}"
_TEXT = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")"
_COMPARED = re.compile(rf"{_NAME}\s*(?P<sign>!=|=)\s*{_TEXT}")
_SELECTED = re.compile(rf"(?P<sign>)selected\(\s*{_NAME}\s*,\s*{_TEXT}\s*\)")
_NOT_SELECTED = re.compile(rf"(?P<sign>not)\(\s*selected\(\s*{_NAME}\s*,\s*{_TEXT}\s*\)\s*\)")
_MEASURED = re.compile(rf"{_NAME}\s*(?P<sign>>=|<=|!=|=|>|<)\s*(?P<bound>\d+)")
_MEASURES = {
    ">": phrases.WROTE_MORE,
    "<": phrases.WROTE_LESS,
    ">=": phrases.WROTE_AT_LEAST,
    "<=": phrases.WROTE_AT_MOST,
    "=": phrases.WROTE_NUMBER,
    "!=": phrases.NOT_WROTE_NUMBER,
}

_Said = tuple[str, dict[str, str]]
_UNSAID: _Said = ("", {})


def told_condition(form: Form, node: Node, numbers: Mapping[str, str]) -> str:
    """The condition of a node in the form's second language; empty where it has none.

    Args:
        form: as `forms.languages.beside` gave it.
        node: a part of it.
        numbers: the number of each question, by path.
    """
    source = node.relevant.text.strip()
    if not form.languages or source in (YES.text, NO.text):
        return ""
    language = form.languages[0]

    def said(french: str, **words: str) -> str:
        return phrases.phrase(french, language).format(**words)

    for joint, word in (("and", phrases.AND), ("or", phrases.OR)):
        parts = [_part(form, bare(part), numbers) for part in split(bare(source), joint)]
        conditions = [said(french, **words) for french, words in parts]
        if all(conditions):
            return said(phrases.ONLY_IF, conditions=said(word).join(conditions))
    return said(phrases.IF_CONCERNED)


def _part(form: Form, expression: str, numbers: Mapping[str, str]) -> _Said:
    """A phrase and what goes in its gaps; `_UNSAID` where there is none."""
    for pattern in (_COMPARED, _SELECTED, _NOT_SELECTED, _MEASURED):
        match = pattern.fullmatch(expression)
        if match is None:
            continue
        found = [one for one in form.questions() if one.name == match.group("name")]
        if len(found) != 1 or found[0].path not in numbers:
            return _UNSAID
        number, sign = numbers[found[0].path], match.group("sign")
        if pattern is _MEASURED:
            return _MEASURES[sign], {"bound": match.group("bound"), "number": number}
        single = match.group("single")
        wanted = match.group("double") if single is None else single
        return _answered(found[0], number, sign in ("!=", "not"), wanted)
    return _UNSAID


def _answered(question: Question, number: str, denied: bool, wanted: str) -> _Said:
    if not wanted:
        # Different from nothing: answered.
        return phrases.ANSWERED if denied else phrases.NOT_ANSWERED, {"number": number}
    choice = next((one for one in question.choices if one.name == wanted), None)
    if choice is None and question.kind not in (Kind.TEXT, Kind.INTEGER):
        return _UNSAID
    answer = wanted if choice is None else translation(choice, "label") or choice.label
    if question.choices:
        french = phrases.NOT_TICKED if denied else phrases.TICKED
    else:
        french = phrases.NOT_WROTE if denied else phrases.WROTE
    return french, {"answer": answer, "number": number}
