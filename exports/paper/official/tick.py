"""Ticking: which box of a field an answer means, and its mark."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from exports.paper.lettering.setting import Box
from exports.paper.official.appearance import draw_tick, draws_tick
from exports.paper.official.field_tree import FieldType, FoundField, Spot, inherited, items, text_of
from exports.paper.official.pdf_names import name_of, readable

_YES = frozenset({"oui", "yes", "on", "true", "vrai", "1", "x"})


class NoSuchState(Exception):
    """The answer is none of the boxes."""


def tick(
    pdf: pikepdf.Pdf,
    fields: list[FoundField],
    value: str | bool,
    box_of_spot: Callable[[Spot], Box],
) -> list[tuple[Spot, Any]]:
    """Tick the box that a value means, and clear the others of the field.

    Args:
        pdf: the open form.
        fields: a radio group or check box; several when both kinds share one name.
        value: True, False or an on-state as `inspect` gives it.
        box_of_spot: the box of a widget.

    Returns:
        The widgets ticked, each with its on-state.

    Raises:
        NoSuchState: the value is no state of these boxes, or True where several may be meant.
    """
    chosen = _chosen(fields, value)
    marks = []
    for field in fields:
        ours = [
            (spot, states, chosen if chosen in states else None)
            for spot, states in zip(field.spots, field.states(), strict=True)
        ]
        if chosen is not None and len(fields) > 1 and not any(state for _, _, state in ours):
            continue
        for spot, states, state in ours:
            if state is None:
                spot.annotation["/AS"] = Name.Off
                _draw_missing(pdf, spot, states, box_of_spot)
                continue
            name = name_of(state)
            box = box_of_spot(spot)
            if not draws_tick(spot.annotation, box, name):
                draw_tick(pdf, spot.annotation, box, name)
            spot.annotation["/AS"] = name
            marks.append((spot, name))
        for node in field.nodes.values():
            node["/V"] = Name.Off if chosen is None else name_of(chosen)
    if chosen is not None and not marks:
        raise NoSuchState
    return marks


def _chosen(fields: list[FoundField], value: str | bool) -> bytes | None:
    states = list(dict.fromkeys(one for each in fields for group in each.states() for one in group))
    if value is False or (value == "Off" and b"Off" not in states):
        return None
    if value is True:
        return _affirmed(fields, states)
    for alike in (str, _plain):
        for state in states:
            if alike(readable(state)) == alike(value):
                return state
    for field in fields:
        for text, group in _exported(field):
            if group and _plain(text) == _plain(value):
                return group[0]
    raise NoSuchState


def _affirmed(fields: list[FoundField], states: list[bytes]) -> bytes:
    yes = [state for state in states if _plain(readable(state)) in _YES]
    boxes = [field for field in fields if field.type is FieldType.CHECKBOX]
    if boxes and len(states) == 1:
        return states[0]
    if boxes and len(yes) == 1:
        return yes[0]
    raise NoSuchState


def _exported(field: FoundField) -> Iterator[tuple[str, list[bytes]]]:
    # A form may number its on-states and tell what they mean apart (ISO 32000-1, table 227).
    meant = [text_of(one) for one in items(inherited(field.node, "/Opt"))]
    if len(meant) == len(field.spots):
        yield from zip(meant, field.states(), strict=True)


def _draw_missing(
    pdf: pikepdf.Pdf, spot: Spot, states: list[bytes], box_of_spot: Callable[[Spot], Box]
) -> None:
    # A box that the form never drew could not be ticked by hand later.
    if states and "/AP" not in spot.annotation:
        draw_tick(pdf, spot.annotation, box_of_spot(spot), name_of(states[0]))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().removeprefix("/").casefold()
