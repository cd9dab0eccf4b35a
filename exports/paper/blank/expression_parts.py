"""Taking an expression apart at its joints, brackets and quoted texts left whole."""

from __future__ import annotations

import re


def bare(expression: str) -> str:
    """An expression without the brackets around all of it."""
    expression = expression.strip()
    while expression.startswith("(") and _closing(expression) == len(expression) - 1:
        expression = expression[1:-1].strip()
    return expression


def _closing(expression: str) -> int:
    """Where the bracket that opens an expression closes."""
    return next((place for place, depth in _depths(expression) if depth == 0), -1)


def split(expression: str, joint: str) -> list[str]:
    """The parts of an expression at a joint that stands in no bracket and no text."""
    outside = {place for place, depth in _depths(expression) if depth == 0}
    parts, start = [], 0
    for match in re.finditer(rf"\s{joint}\s", expression):
        if match.start() in outside:
            parts.append(expression[start : match.start()])
            start = match.end()
    return [*parts, expression[start:]]


def _depths(expression: str) -> list[tuple[int, int]]:
    """How many brackets are open after each sign; a text counts as inside."""
    found, depth, quote = [], 0, ""
    for place, sign in enumerate(expression):
        if quote:
            quote = "" if sign == quote else quote
            found.append((place, depth + 1))
            continue
        if sign in "'\"":
            quote = sign
        depth += (sign == "(") - (sign == ")")
        found.append((place, depth + bool(quote)))
    return found
