"""The words of the `type` column: XLSForm's, and all their older names that pyxform knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from forms.survey import ELSEWHERE

_BLOCK = re.compile(
    r"(begin|end)[\s_]+(group|lgroup|looped group|repeat|loop)(?:\s+over\s+(\S+))?", re.IGNORECASE
)
_OTHER = re.compile(r"\s+or[\s_]+(specify[\s_]+)?other\s*$", re.IGNORECASE)
_BINDS = {"int": "integer", "decimal": "decimal", "date": "date", "time": "time",
          "dateTime": "dateTime", "string": "text"}  # fmt: skip
_PRELOADS = {"start": "once(now())", "end": "now()", "today": "once(today())"}


@dataclass(frozen=True)
class BlockType:
    """The beginning or the end of a group or a repeat."""

    opens: bool
    kind: str


@dataclass(frozen=True)
class QuestionType:
    """A type as our definitions write it, and the columns it brings with it.

    Attributes:
        type: « select_one fruits or_other ».
        brought: columns that the row gets where it has none.
        lost: what the PC has no answer to, in French; "" when nothing.
    """

    type: str
    brought: dict[str, str] = field(default_factory=dict)
    lost: str = ""


@dataclass(frozen=True)
class RefusedType:
    """A type that means nothing here, and what it needs."""

    word: str
    reason: str


def read_type(text: str) -> BlockType | QuestionType | RefusedType:
    """Read the type of a row."""
    words = re.sub(r"\s+", " ", text.strip())
    block = _BLOCK.fullmatch(words)
    if block:
        if block.group(2).lower() == "loop":
            return RefusedType(words, "une boucle n’est plus dans XLSForm : écrivez un “repeat”")
        kind = "group" if block.group(2).lower() == "group" else "repeat"
        return BlockType(block.group(1).lower() == "begin", kind)
    return _select(words) or _plain(words)


def _select(words: str) -> QuestionType | RefusedType | None:
    from pyxform import aliases, constants

    kinds = {
        constants.SELECT_ONE: "select_one",
        constants.SELECT_ALL_THAT_APPLY: "select_multiple",
        constants.RANK: "rank",
    }
    lowered = words.lower()
    for alias in sorted(aliases.select, key=len, reverse=True):
        if not lowered.startswith(f"{alias} "):
            continue
        kind = kinds.get(aliases.select[alias])
        if kind is None:
            return RefusedType(words, "utilisez “select_one” avec “choice_filter”")
        listed = words[len(alias) :].strip()
        other = _OTHER.search(f" {listed}")
        listed = _OTHER.sub("", f" {listed}").strip()
        if alias in aliases.select_from_file:
            kind = f"{kind}_from_file"
        return QuestionType(f"{kind} {listed}" + (" or_other" if other else ""))
    return None


def _plain(words: str) -> QuestionType | RefusedType:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    known: dict[str, Any] | None = QUESTION_TYPE_DICT.get(words)
    known = QUESTION_TYPE_DICT.get(words.lower()) if known is None else known
    if known is None:
        return RefusedType(words, _unfit(words) if words in ELSEWHERE else "ce type est inconnu")
    control, bind = known.get("control", {}), known.get("bind", {})
    if "jr:preload" in bind:
        preload = _PRELOADS.get(bind["jr:preloadParams"])
        if preload is None:
            return QuestionType("hidden", lost="un identifiant de téléphone ou de compte")
        return QuestionType("calculate", {"calculation": preload})
    if words.lower() == "audit":
        return QuestionType("", lost="le suivi des gestes")
    for exact in ("hidden", "range"):
        if words.lower() == exact:
            return QuestionType(exact)
    if words.lower().endswith("calculate") or words.lower() == "add calculate prompt":
        return QuestionType("calculate")
    if control.get("tag") == "trigger":
        return QuestionType("acknowledge")
    if control.get("tag") == "upload":
        medium = control.get("mediatype", "").split("/")[0]
        if medium not in ("image", "application"):
            return RefusedType(words, _unfit(words))
        return QuestionType("image" if medium == "image" else "file")
    if bind.get("readonly") == "true()":
        return QuestionType("note")
    kind = _BINDS.get(bind.get("type", ""))
    if kind is None or not control or control.get("tag") == "action":
        return RefusedType(words, _unfit(words))
    brought = {"hint": known["hint"]} if "hint" in known else {}
    if "constraint" in bind:
        brought["constraint"] = bind["constraint"]
    return QuestionType(kind, brought)


def _unfit(word: str) -> str:
    needed = ELSEWHERE.get(word.lower())
    return f"il demande {needed}" if needed else "il n’a pas de sens sur un PC"
