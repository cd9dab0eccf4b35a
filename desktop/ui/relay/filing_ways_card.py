"""Where an application is filed, and how the organisation takes it: post, counter, online."""

from __future__ import annotations

from desktop.ui.parts.card import Card
from desktop.ui.parts.text import text
from desktop.workflows.relay.filing_ways import FilingWays
from forms.guide import GuideSection

N = "\u00a0"
_SHOWN = ("Où l’envoyer", "Délais", "À joindre", "En détention", "Sources")


class FilingWaysCard(Card):
    """What the form's guide says of filing it, and the address online with what it is worth."""

    def __init__(self, ways: FilingWays) -> None:
        super().__init__("Où et comment déposer")
        self.body.setSpacing(8)
        if ways.site:
            self.add(text("En ligne", "strong"))
            self.add(text(f"{ways.site}\n{ways.worth}. {ways.note}".strip()))
        if ways.guide is None:
            self.add(text("Ce relais n’a pas le guide de ce formulaire.", "soft"))
            return
        for title in _SHOWN:
            section = ways.guide.section(title)
            if section is not None:
                self._put(section)

    def _put(self, section: GuideSection) -> None:
        self.add(
            text(
                "Par courrier ou au guichet" if section.title == _SHOWN[0] else section.title,
                "strong",
            )
        )
        for line in section.lines:
            words = f"•{N}{line.text}" if line.item else line.text
            soft = line.to_verify or section.title == "Sources"
            self.add(text(words, "soft" if soft else ""))
