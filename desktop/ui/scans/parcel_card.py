"""What the pages read so far carry: how much of it is there, what to scan again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text
from desktop.workflows.codes.intake import ParcelProgress, ReadScan
from desktop.workflows.filling.states import Tone

N = "\u00a0"
_WORDS = {
    "BUNDLE": "Liasse",
    "RECEIPT": "Accusé",
    "APPLICATION_SLIP": "Démarche",
    "RECEIPT_SLIP": "Accusé",
    "TRANSFER": "Dossier",
}
_TAKE = {
    "BUNDLE": "Recevoir la liasse",
    "RECEIPT": "Prendre l’accusé",
    "APPLICATION_SLIP": "Recevoir la démarche",
    "RECEIPT_SLIP": "Prendre l’accusé",
    "TRANSFER": "Enregistrer et ouvrir le dossier…",
}


class ParcelCard(Card):
    """One bundle, receipt or person’s file on its way back from paper."""

    def __init__(
        self, one: ParcelProgress, take: Callable[[ParcelProgress], object], *, taken: bool
    ) -> None:
        super().__init__(f"{_WORDS[one.kind.name]}, repère {one.mark}")
        self.body.setSpacing(8)
        complete = not one.still_needed
        words, tone = (
            ("Prise en compte", Tone.GOOD)
            if taken
            else ("Complète", Tone.GOOD)
            if complete
            else ("Codes manquants", Tone.CARE)
        )
        self.body.addLayout(in_line(chip(words, tone)))
        self.add(text(one.line))
        if complete and not taken:
            made = button(_TAKE[one.kind.name], partial(take, one), Weight.PRIMARY)
            made.setAccessibleName(f"{_TAKE[one.kind.name]}, repère {one.mark}")
            self.body.addLayout(in_line(made))


class ReadCard(Card):
    """The files read, and what is wrong with some."""

    def __init__(self, read: list[ReadScan]) -> None:
        super().__init__("Fichiers lus")
        for one in read:
            pages = f"{one.pages}{N}page{'s' if one.pages > 1 else ''}"
            new = f"{one.new}{N}code{'s' if one.new > 1 else ''}"
            again = f", {one.again} déjà lus" if one.again else ""
            self.add(text(f"{one.name}{N}: {pages}, {new}{again}."))
            if one.problem:
                self.add(text(one.problem, "warning"))
