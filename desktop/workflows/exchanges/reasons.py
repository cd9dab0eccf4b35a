"""Why an application was refused or came back: a reason from a closed list, that can be counted.

It travels as the first line of a receipt's comment, in words that anybody reads: a station of any
version shows it, and one of ours counts it. What is written after it is never counted.
"""

from __future__ import annotations

import re
from enum import Enum

NBSP = "\u00a0"


class Reason(Enum):
    """What an office most often says."""

    MISSING_DOCUMENT = "missing_document"
    UNUSABLE_DOCUMENT = "unusable_document"
    MISSING_ANSWER = "missing_answer"
    MISSING_SIGNATURE = "missing_signature"
    IDENTITY = "identity"
    CONDITIONS = "conditions"
    LATE = "late"
    WRONG_OFFICE = "wrong_office"
    OTHER = "other"


REASON_WORDS: dict[Reason, str] = {
    Reason.MISSING_DOCUMENT: "Pièce manquante",
    Reason.UNUSABLE_DOCUMENT: "Pièce illisible ou périmée",
    Reason.MISSING_ANSWER: "Réponse manquante ou contradictoire",
    Reason.MISSING_SIGNATURE: "Signature manquante",
    Reason.IDENTITY: "Identité non établie",
    Reason.CONDITIONS: "Conditions non remplies",
    Reason.LATE: "Hors délai",
    Reason.WRONG_OFFICE: "Organisme non compétent",
    Reason.OTHER: "Autre motif",
}
UNSAID = "Sans motif indiqué"

_FIRST_LINE = re.compile(r"Motif[ \u00a0]:[ \u00a0]([^\n.]+)\.?[ \u00a0]*(?:\n|$)")


def with_reason(reason: Reason | None, comment: str) -> str:
    """A comment that begins with a reason; the comment alone without one."""
    if reason is None:
        return comment
    return f"Motif{NBSP}: {REASON_WORDS[reason]}.\n{comment}".rstrip()


def reason_in(comment: str) -> Reason | None:
    """The reason that a comment begins with; None for none, or for one that is not of the list."""
    match = _FIRST_LINE.match(comment)
    words = match.group(1).strip() if match else ""
    return next((one for one, said in REASON_WORDS.items() if said == words), None)
