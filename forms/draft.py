"""A draft: all the answers of a filling by path, as the vault keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from forms.definition import Question, Repeat
from forms.errors import InvalidAnswer, UnknownQuestion
from forms.recalculation import MOST_OCCURRENCES, Recalculation
from forms.tree import ROOT, Key
from forms.values import JSON, from_json, parse_typed, to_json

_TYPED = "typed"

WrongTexts = dict[Key, tuple[str, str]]
"""What was typed and is no answer, with what is wrong, by question."""


def write_draft(state: Recalculation, wrong: WrongTexts) -> dict[str, JSON]:
    """The whole draft: irrelevant answers, wrong texts and repeats included."""
    text_of = state.tree.text_of
    draft: dict[str, JSON] = {text_of(key): count for key, count in state.counts.items() if count}
    for key, question in state.walk(ROOT, ()):
        if key in wrong:
            draft[text_of(key)] = {_TYPED: wrong[key][0]}
        elif state.values.get(key) is not None and _is_kept(state, key, question):
            draft[text_of(key)] = to_json(state.values[key])
    # Answers beyond what a count calls for now come back when it grows again.
    for key, value in state.values.items():
        if _beyond(state, key):
            draft[text_of(key)] = to_json(value)
    return draft


def read_draft(
    state: Recalculation, wrong: WrongTexts, draft: Mapping[str, JSON]
) -> dict[str, JSON]:
    """Take a draft up; nothing is computed yet.

    Returns:
        The answers without a home: a question the definition does not ask any more.
    """
    homeless: dict[str, JSON] = {}
    for text, kept in draft.items():
        try:
            key = state.tree.key_of(text)
        except UnknownQuestion:
            homeless[text] = kept
            continue
        node = state.tree.places[key[0]].node
        depth = len(state.tree.repeats_of(key[0]))
        if isinstance(node, Repeat) and len(key[1]) == depth - 1 and isinstance(kept, int):
            state.counts[key] = max(0, min(kept, MOST_OCCURRENCES))
        elif isinstance(node, Question) and len(key[1]) == depth:
            _read_answer(state, wrong, key, node, kept)
        else:
            homeless[text] = kept
    for path, numbers in [*state.values, *wrong]:
        for depth, repeat in enumerate(state.tree.repeats_of(path)):
            node = state.tree.places[repeat].node
            if isinstance(node, Repeat) and node.count is not None:
                continue  # how often it stands is computed, never kept
            whole = (repeat, numbers[:depth])
            number = min(numbers[depth], MOST_OCCURRENCES)
            state.counts[whole] = max(state.counts.get(whole, 0), number)
    return homeless


def _is_kept(state: Recalculation, key: Key, question: Question) -> bool:
    if question.calculation is None or question.triggers:
        return True
    compiled = state.ready.nodes[key[0]].calculation
    return compiled is not None and (compiled.by_chance or compiled.keeps)


def _beyond(state: Recalculation, key: Key) -> bool:
    path, numbers = key
    return any(
        numbers[depth] > state.occurrences(repeat, numbers[:depth])
        for depth, repeat in enumerate(state.tree.repeats_of(path))
    )


def _read_answer(
    state: Recalculation, wrong: WrongTexts, key: Key, question: Question, kept: JSON
) -> None:
    typed = str(kept.get(_TYPED, "")) if isinstance(kept, dict) else None
    if typed is None:
        try:
            state.store(key, from_json(question, kept))
            return
        except InvalidAnswer:
            # Not a value of this kind: what it says is read as if it were typed.
            typed = str(kept)
    try:
        state.store(key, parse_typed(question, typed, today=state.today))
    except InvalidAnswer as error:
        wrong[key] = (typed, error.message)
