"""A person being added, not there yet: what is typed so far, kept for whoever is typing it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.workflows.desk import Desk

_KEY = "unfinished_person "


def keep_unfinished(desk: Desk, typed: Mapping[str, str]) -> None:
    """Keep what is typed of a person, by profile key; nothing typed keeps nothing.

    Args:
        desk: whose user is adding somebody; who only reads adds nobody.
        typed: as it stands in the fields, right or wrong.
    """
    if not desk.vault.session.may_write:
        return
    kept = {key: words for key, words in typed.items() if words}
    if kept:
        desk.vault.settings.set(_key(desk), kept)
    else:
        desk.vault.settings.remove(_key(desk))


def unfinished_person(desk: Desk) -> dict[str, str]:
    """What was typed of a person who was not added; empty when there is nothing."""
    kept = desk.vault.settings.get(_key(desk), {})
    return {str(key): str(words) for key, words in kept.items()} if isinstance(kept, dict) else {}


def _key(desk: Desk) -> str:
    return _KEY + desk.vault.session.user_id
