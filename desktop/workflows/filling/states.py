"""The states of an application: their words on the screen, and what each calls for."""

from __future__ import annotations

from enum import Enum

from vault.records.applications import ApplicationState

STATE_WORDS: dict[ApplicationState, str] = {
    ApplicationState.DRAFT: "Brouillon",
    ApplicationState.TO_SIGN: "À signer",
    ApplicationState.INCOMPLETE: "Incomplète",
    ApplicationState.READY: "Prête",
    ApplicationState.SENT: "Transmise",
    ApplicationState.TO_FILE: "À déposer",
    ApplicationState.IN_PROGRESS: "En cours",
    ApplicationState.FILED: "Déposée",
    ApplicationState.ACCEPTED: "Acceptée",
    ApplicationState.REFUSED: "Refusée",
    ApplicationState.CLOSED: "Close",
}

EDITABLE = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.TO_SIGN,
        ApplicationState.INCOMPLETE,
        ApplicationState.READY,
    }
)
"""States in which a station may still change the answers."""

WAITING_HERE = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.TO_SIGN,
        ApplicationState.INCOMPLETE,
        ApplicationState.READY,
        ApplicationState.TO_FILE,
        ApplicationState.IN_PROGRESS,
    }
)
"""States in which the next step is this desk's: what the rail counts."""


class Tone(Enum):
    """The colour that underlines a state; the word says it all without."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"


STATE_TONES: dict[ApplicationState, Tone] = {
    ApplicationState.DRAFT: Tone.ACCENT,
    ApplicationState.TO_SIGN: Tone.CARE,
    ApplicationState.INCOMPLETE: Tone.BAD,
    ApplicationState.READY: Tone.GOOD,
    ApplicationState.SENT: Tone.NEUTRAL,
    ApplicationState.TO_FILE: Tone.CARE,
    ApplicationState.IN_PROGRESS: Tone.NEUTRAL,
    ApplicationState.FILED: Tone.GOOD,
    ApplicationState.ACCEPTED: Tone.GOOD,
    ApplicationState.REFUSED: Tone.BAD,
    ApplicationState.CLOSED: Tone.NEUTRAL,
}
