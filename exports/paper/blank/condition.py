"""When a question is asked, in words: « À remplir seulement si … », for a reader with a pen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exports.paper.blank.expression_parts import bare, split
from exports.paper.lettering.styles import NBSP
from forms.definition import Form, Kind, Question, Repeat, walk

_NAME = r"\$\{\s*(?P<name>[^{}\s]+)\s*\}"
_TEXT = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")"
_COMPARED = re.compile(rf"{_NAME}\s*(?P<sign>!=|=|<>)\s*{_TEXT}")
_SELECTED = re.compile(rf"(?P<sign>)selected\(\s*{_NAME}\s*,\s*{_TEXT}\s*\)")
_NOT_SELECTED = re.compile(rf"(?P<sign>not)\(\s*selected\(\s*{_NAME}\s*,\s*{_TEXT}\s*\)\s*\)")
_MEASURED = re.compile(rf"{_NAME}\s*(?P<sign>>=|<=|!=|=|>|<)\s*(?P<bound>\d+)")
_COUNTED = re.compile(rf"count\(\s*{_NAME}\s*\)\s*(?:>\s*0|>=\s*1|!=\s*0)")
_SINCE = re.compile(rf"{_NAME}\s*(?P<sign>>=|<=|>|<)\s*today\(\)\s*-\s*(?P<bound>\d+)")
# A calculation that only gives another name to a condition.
_NAMED = re.compile(r"if\((?P<condition>.+),\s*'oui'\s*,\s*'non'\s*\)", re.DOTALL)
_AGE = re.compile(rf"format-date\(today\(\).*format-date\(\s*{_NAME}", re.DOTALL)
_DAYS_A_YEAR = 365.25
_DEEPEST = 8

_MEASURES = {
    ">": "un nombre plus grand que",
    "<": "un nombre plus petit que",
    ">=": "un nombre égal ou supérieur à",
    "<=": "un nombre égal ou inférieur à",
    "=": "le nombre",
}
_AGES = {
    ">": "a plus de {} ans",
    "<": "a moins de {} ans",
    ">=": "a {} ans ou plus",
    "<=": "a {} ans ou moins",
    "=": "a {} ans",
    "!=": "n’a pas {} ans",
}
_SINCES = {">": "moins de", ">=": "moins de", "<": "plus de", "<=": "plus de"}


def condition_in_words(form: Form, expression: str, numbers: Mapping[str, str]) -> str:
    """Say a condition in French where it is simple; an empty text where it is not, or is constant.

    Args:
        form: where the questions it names are.
        expression: an ODK XPath expression: comparisons of answers, joined by `and` and `or`.
        numbers: the number of each question, by path.
    """
    said = _Reading(form, numbers).said(expression, 0)
    return f"À remplir seulement si {said}." if said else ""


@dataclass(frozen=True)
class _Reading:
    form: Form
    numbers: Mapping[str, str]

    def said(self, expression: str, depth: int) -> str:
        """A condition in words, « … et (… ou …) » where both joints are in it."""
        expression = bare(expression)
        if depth > _DEEPEST:
            return ""
        for joint, word in (("or", " ou "), ("and", " et ")):
            parts = split(expression, joint)
            if len(parts) > 1:
                return self._joined(parts, joint, word, depth)
        return self._part(expression, depth)

    def _joined(self, parts: list[str], joint: str, word: str, depth: int) -> str:
        parts = self._together(parts) if joint == "or" else self._needed(parts)
        said = [self._one_of(split(part, joint)) or self.said(part, depth + 1) for part in parts]
        if not all(said):
            return ""
        if len(said) == 1:
            return said[0]
        return word.join(
            f"({words})" if self._is_mixed(part, joint, depth) else words
            for part, words in zip(parts, said, strict=True)
        )

    def _together(self, parts: list[str]) -> list[str]:
        """The choices of one question joined again, wherever they follow each other."""
        kept: list[str] = []
        for part in parts:
            if kept and self._one_of([*split(kept[-1], "or"), part]):
                kept[-1] = f"{kept[-1]} or {part}"
            else:
                kept.append(part)
        return kept

    def _needed(self, parts: list[str]) -> list[str]:
        """The parts that another part does not say already.

        « Answered » goes where another part says more of the same question; so does the very
        condition under which another part's question is asked at all.
        """
        kept = [bare(part) for part in parts]
        for part in tuple(kept):
            others = [one for one in kept if one is not part]
            match = _COMPARED.fullmatch(part)
            if match is not None and match.group("sign") == "!=" and not _wanted(match):
                name = f"${{{match.group('name')}}}"
                if any(name in one for one in others):
                    # Answered, and not so: « autre chose que ».
                    otherwise = re.compile(re.escape(name) + r"\s*!=")
                    kept = [otherwise.sub(f"{name} <>", one) for one in others]
            elif any(self._asked_only_if(one, part) for one in others):
                kept = others
        return kept

    def _asked_only_if(self, part: str, condition: str) -> bool:
        match = _COMPARED.fullmatch(part)
        question = self._asked(match.group("name")) if match else None
        return question is not None and bare(question.relevant.text) == condition

    def _is_mixed(self, part: str, joint: str, depth: int) -> bool:
        """Whether the words of a part hold the other joint."""
        part = bare(part)
        named = self._named(part)
        if named:
            return depth < _DEEPEST and self._is_mixed(named, joint, depth + 1)
        if joint == "or":
            return len(self._needed(split(part, "and"))) > 1
        return len(self._together(split(part, "or"))) > 1

    def _one_of(self, parts: list[str]) -> str:
        """Several choices of one question: « A », « B » ou « C »."""
        found = [_COMPARED.fullmatch(bare(one)) or _SELECTED.fullmatch(bare(one)) for one in parts]
        matches = [match for match in found if match is not None and match.group("sign") != "!="]
        names = {match.group("name") for match in matches}
        if len(parts) < 2 or len(matches) < len(parts) or len(names) != 1:
            return ""
        question = self._only_question(names.pop())
        if question is None or not question.choices or question.path not in self.numbers:
            return ""
        labels = [_label(question, _wanted(match)) for match in matches]
        if not all(labels):
            return ""
        quoted = [f"«{NBSP}{label}{NBSP}»" for label in labels]
        several = f"{', '.join(quoted[:-1])} ou {quoted[-1]}"
        return f"vous avez coché {several} à la question{NBSP}{self.numbers[question.path]}"

    def _part(self, expression: str, depth: int) -> str:
        named = self._named(expression)
        if named:
            return self.said(named, depth + 1)
        readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
            (_COMPARED, self._compared),
            (_SELECTED, self._compared),
            (_NOT_SELECTED, self._compared),
            (_MEASURED, self._measured),
            (_COUNTED, self._counted),
            (_SINCE, self._since),
        )
        for pattern, reader in readers:
            match = pattern.fullmatch(expression)
            if match is not None:
                return reader(match)
        return ""

    def _named(self, expression: str) -> str:
        """The condition that a calculation stands for, where it is compared with « oui »."""
        match = _COMPARED.fullmatch(expression)
        if match is None or match.group("sign") != "=" or _wanted(match) != "oui":
            return ""
        question = self._only_question(match.group("name"))
        if question is None or question.calculation is None or question.triggers:
            return ""
        named = _NAMED.fullmatch(question.calculation.text.strip())
        return named.group("condition") if named else ""

    def _compared(self, match: re.Match[str]) -> str:
        question = self._asked(match.group("name"))
        if question is None:
            return ""
        return _answered(question, self._where(question), match.group("sign"), _wanted(match))

    def _measured(self, match: re.Match[str]) -> str:
        sign, bound = match.group("sign"), match.group("bound")
        question = self._only_question(match.group("name"))
        if question is None:
            return ""
        if question.path not in self.numbers:
            return self._aged(question, sign, bound) or _reckoned(question, sign, bound)
        if sign == "!=":
            return f"vous n’avez pas écrit le nombre {bound} {self._where(question)}"
        return f"vous avez écrit {_MEASURES[sign]} {bound} {self._where(question)}"

    def _aged(self, calculated: Question, sign: str, bound: str) -> str:
        source = calculated.calculation.text if calculated.calculation else ""
        match = _AGE.search(source)
        question = self._asked(match.group("name")) if match else None
        if question is None:
            return ""
        return f"la personne née le jour écrit {self._where(question)} {_AGES[sign].format(bound)}"

    def _counted(self, match: re.Match[str]) -> str:
        name = match.group("name")
        found = [node for node in walk(self.form.children) if node.name == name]
        if len(found) != 1 or not isinstance(found[0], Repeat) or not found[0].label:
            return ""
        return f"vous avez rempli «{NBSP}{found[0].label}, n°{NBSP}1{NBSP}»"

    def _since(self, match: re.Match[str]) -> str:
        question = self._asked(match.group("name"))
        if question is None:
            return ""
        days = int(match.group("bound"))
        years = round(days / _DAYS_A_YEAR)
        long = f"{years} ans" if abs(days - years * _DAYS_A_YEAR) < years + 1 else f"{days} jours"
        return f"la date {self._where(question)} remonte à {_SINCES[match.group('sign')]} {long}"

    def _where(self, question: Question) -> str:
        return f"à la question{NBSP}{self.numbers[question.path]}"

    def _asked(self, name: str) -> Question | None:
        question = self._only_question(name)
        return question if question is not None and question.path in self.numbers else None

    def _only_question(self, name: str) -> Question | None:
        found = [question for question in self.form.questions() if question.name == name]
        return found[0] if len(found) == 1 else None


def _answered(question: Question, where: str, sign: str, wanted: str) -> str:
    denied = sign in ("!=", "not")
    if not wanted:
        # Different from nothing: answered.
        return f"vous avez répondu {where}" if denied else f"vous n’avez rien répondu {where}"
    label = _label(question, wanted)
    if not label:
        if question.kind not in (Kind.TEXT, Kind.INTEGER):
            return ""
        label = wanted
    verb = "coché" if question.choices else "écrit"
    answer = f"«{NBSP}{label}{NBSP}» {where}"
    if sign == "<>":
        return f"vous avez {verb} autre chose que {answer}"
    return f"vous n’avez pas {verb} {answer}" if denied else f"vous avez {verb} {answer}"


def _reckoned(question: Question, sign: str, bound: str) -> str:
    if not question.label or question.label.endswith("?"):
        return ""
    words = {"=": "est", "!=": "n’est pas"}.get(sign, f"est {_MEASURES[sign][len('un nombre ') :]}")
    return f"«{NBSP}{question.label}{NBSP}» {words} {bound}"


def _label(question: Question, name: str) -> str:
    return next((one.label for one in question.choices if one.name == name), "")


def _wanted(match: re.Match[str]) -> str:
    single = match.group("single")
    return str(match.group("double") if single is None else single)
