"""The headings of a workbook: which column of the language each one means, in which language."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ALIASES = {
    "command": "type", "caption": "label", "tag": "name",
    "relevance": "relevant", "calculate": "calculation", "readonly": "read_only",
    "constraining_message": "constraint_message", "constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message", "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message", "count": "repeat_count", "jr:count": "repeat_count",
    "list name": "list_name",
}  # fmt: skip
_UNSHOWN = {
    "audio": "un son", "video": "une vidéo", "big-image": "une grande image",
    "autoplay": "la lecture automatique",
}  # fmt: skip
SURVEY = frozenset({
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant",
    "constraint", "constraint_message", "calculation", "default", "read_only", "appearance",
    "choice_filter", "parameters", "trigger", "repeat_count", "image", "rows", "profile", "check",
    "disabled",
})  # fmt: skip
CHOICES = frozenset({"list_name", "name", "label", "image"})
TRANSLATED = frozenset({
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "image",
})  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """What a heading means.

    Attributes:
        column: the column of the language; "" for one that means nothing here.
        language: « English (en) »; "" for the form's own.
        lost: what it would have given, in French; "" when nothing is known of it.
    """

    column: str
    language: str = ""
    lost: str = ""


def read_heading(text: str, *, value_means_name: bool = False) -> Heading:
    """Read a heading of the survey or of the choices.

    Args:
        text: as written.
        value_means_name: whether `value` is an old word for `name`.
    """
    parts = [part.strip() for part in text.split("::")]
    if len(parts) == 1 and ":" in text and not text.lower().startswith("jr:"):
        # An older form of the same: `label:English`.
        parts = [part.strip() for part in text.split(":", 1)]
    first = re.sub(r"\s+", "_", parts[0].lower())
    first = _ALIASES.get(parts[0].lower(), _ALIASES.get(first, first))
    if first in ("media", "bind", "body", "control") and len(parts) > 1:
        inner = parts[1].lower()
        parts = parts[1:]
        first = _ALIASES.get(inner, inner)
    if value_means_name and first == "value":
        first = "name"
    if first in _UNSHOWN:
        return Heading("", lost=_UNSHOWN[first])
    language = parts[1] if len(parts) > 1 else ""
    if language and first not in TRANSLATED:
        return Heading("")
    return Heading(first, language)
