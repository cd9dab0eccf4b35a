"""What a form takes from the profile, and what it could give back to it."""

from __future__ import annotations

from collections.abc import Mapping

from forms.definition import Question, Repeat
from forms.errors import InvalidAnswer
from forms.recalculation import MOST_OCCURRENCES, Recalculation
from forms.state import ProfileChange
from forms.tree import ROOT, Key
from forms.values import JSON, display, from_json, to_json
from forms.xvalue import to_string


def prefill(state: Recalculation, profile: Mapping[str, JSON]) -> None:
    """Fill a new form with what is known of the person, then with its defaults."""
    for node in state.tree.nodes():
        if isinstance(node, Repeat) and node.profile:
            _prefill_repeat(state, node, profile.get(node.profile))
    state.recompute()
    prefill_below(state, profile, ROOT, ())


def prefill_below(
    state: Recalculation, profile: Mapping[str, JSON], below: str, numbers: tuple[int, ...]
) -> None:
    """Fill what stands below a node and has no answer: from the profile, else from defaults."""
    for key, question in state.walk(below, numbers):
        if key in state.values:
            continue
        known = profile.get(question.profile) if question.profile else None
        if known is not None and not key[1]:
            _keep(state, key, question, known)
            continue
        default = state.ready.nodes[key[0]].default
        if default is not None:
            if default.reads:
                # It may read another default, kept a moment ago.
                state.recompute()
            _keep(state, key, question, to_string(state.evaluate(default, key)))


def profile_changes(
    state: Recalculation, profile: Mapping[str, JSON], wrong: set[Key]
) -> tuple[ProfileChange, ...]:
    """The facts answered that the profile does not have, or has otherwise.

    Args:
        state: the answers.
        profile: what is known.
        wrong: the questions whose answers are no facts.
    """
    changes: dict[str, ProfileChange] = {}
    for key, question in state.walk(ROOT, ()):
        if not question.profile or key[1] or key in wrong:
            continue
        value = state.output_at(key, question)
        if value is None:
            continue
        new, old = to_json(value), profile.get(question.profile)
        if new != old:
            changes[question.profile] = ProfileChange(
                question.profile,
                question.label,
                old,
                new,
                _shown(question, old),
                display(question, value),
            )
    for node in state.tree.form.children:
        if isinstance(node, Repeat) and node.profile:
            _repeat_change(state, node, node.profile, profile, changes)
    return tuple(changes.values())


def _prefill_repeat(state: Recalculation, node: Repeat, known: JSON) -> None:
    if not isinstance(known, list) or state.tree.repeats_of(node.path) != (node.path,):
        return
    for number, item in enumerate(known[:MOST_OCCURRENCES], start=1):
        state.counts[(node.path, ())] = number
        for child in node.children:
            if isinstance(child, Question) and child.profile and isinstance(item, dict):
                _keep(state, (child.path, (number,)), child, item.get(child.profile))


def _keep(state: Recalculation, key: Key, question: Question, kept: JSON) -> None:
    # A fact of another kind than the question asks for is not forced upon it.
    try:
        state.store(key, from_json(question, kept))
    except InvalidAnswer:
        return


def _repeat_change(
    state: Recalculation,
    node: Repeat,
    profile_key: str,
    profile: Mapping[str, JSON],
    changes: dict[str, ProfileChange],
) -> None:
    if not state.relevant((node.path, ())):
        return
    known = profile.get(profile_key) or []
    items = []
    for number in range(1, state.occurrences(node.path, ()) + 1):
        # What another form knows of the same child stays known.
        item = dict(known[number - 1]) if number <= len(known) else {}
        for child in node.children:
            if isinstance(child, Question) and child.profile:
                value = state.values.get((child.path, (number,)))
                if value is not None:
                    item[child.profile] = to_json(value)
                else:
                    item.pop(child.profile, None)
        if item:
            items.append(item)
    if items and items != known:
        changes[profile_key] = ProfileChange(
            profile_key, node.label, known or None, items, str(len(known)), str(len(items))
        )


def _shown(question: Question, kept: JSON) -> str:
    try:
        return display(question, from_json(question, kept))
    except InvalidAnswer:
        return str(kept)
