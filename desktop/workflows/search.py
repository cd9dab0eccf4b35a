"""Searching as one types: people, prison numbers, applications."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.workflows.desk import Desk
from vault.records.search import HitKind


@dataclass(frozen=True)
class Found:
    """One thing found: what to show, and what to open."""

    kind: HitKind
    id: str
    person_id: str
    title: str
    subtitle: str


def search(desk: Desk, text: str, *, limit: int = 12) -> tuple[Found, ...]:
    """Find people and applications by the beginning of any of their words.

    Accents and case are ignored; an empty text finds nothing.
    """
    if not text.strip():
        return ()
    return tuple(
        Found(hit.kind, hit.id, hit.person_id, hit.title, hit.subtitle)
        for hit in desk.vault.search(text, limit=limit)
    )
