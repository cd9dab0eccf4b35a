"""Words with answers in them: `${name}` in a label or a hint, as XLSForm allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from forms.definition import Question

REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
UNKNOWN = "…"
"""What stands for an answer that is not there yet."""


def has_references(question: Question) -> bool:
    """Whether the words of a question change with the answers."""
    return "${" in question.label or "${" in question.hint


def worded(question: Question, answer: Callable[[str], str]) -> Question:
    """The question with the answers in its words.

    Args:
        question: a question of a definition.
        answer: gives the words of the answer to the question of a name; "" when there is none.
    """
    if not has_references(question):
        return question

    def said(text: str) -> str:
        return REFERENCE.sub(lambda match: answer(match.group(1)) or UNKNOWN, text)

    return replace(question, label=said(question.label), hint=said(question.hint))


def without_answers(text: str) -> str:
    """Words for a paper that nobody has filled yet."""
    return REFERENCE.sub("……", text)
