"""What an application is sent with: each document asked for, and how far it is gathered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DocumentState(Enum):
    """How far a document is gathered, in the words a paper says."""

    JOINED = "jointe"
    TO_ASK = "à demander"
    IF_POSSIBLE = "à demander, si possible"
    EXEMPT = "dispensée, d’après les réponses"


@dataclass(frozen=True)
class ListedDocument:
    """A document of an application.

    Attributes:
        label: as the form names it.
        note: what the form says of it.
        pages: how many are joined, where known.
    """

    label: str
    state: DocumentState
    note: str = ""
    pages: int | None = None


@dataclass(frozen=True)
class ListedApplication:
    """An application and its documents.

    Attributes:
        title: the form's, with its number.
        person: whose.
        reference: what both sides may name it by.
    """

    title: str
    person: str
    reference: str
    documents: tuple[ListedDocument, ...]

    @property
    def joined(self) -> tuple[ListedDocument, ...]:
        """The documents that leave with it."""
        return tuple(one for one in self.documents if one.state is DocumentState.JOINED)
