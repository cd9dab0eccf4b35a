"""How long what is known is kept: two durations, set by a responsable."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.retention.rules import MONTHS, RetentionRules, choose_rules, retention_rules

_WIDTH = 680


class RulesPage(Page):
    """The durations of this vault."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        rules = retention_rules(self.desk)
        holder, layout = column()
        layout.addWidget(text("Durées de conservation", "page"))
        layout.addWidget(
            text(
                "Rien ne s’efface tout seul. Passé ces durées, les dossiers sont proposés à "
                "l’effacement\u00a0: un responsable confirme, ou garde plus longtemps en disant "
                "pourquoi.",
                "soft",
            )
        )
        self._see = button(
            "Voir ce qui est à effacer", lambda: workplace.go(Place.TO_ERASE), Weight.PRIMARY
        )
        layout.addLayout(in_line(self._see, button("Revenir aux réglages", self.escape)))
        card = Card()
        card.setMaximumWidth(_WIDTH)
        card.body.setSpacing(16)
        choices = tuple((str(months), f"{months}\u00a0mois") for months in MONTHS)
        self.closed = ChoiceField(
            "Garder une démarche, une fois close",
            choices,
            hint="Acceptée, refusée ou close. La personne suit sa dernière démarche, s’il n’y en a "
            "plus en cours.",
        )
        self.closed.show_text(str(rules.closed))
        self.unused = ChoiceField(
            "Garder une personne sans démarche, après le dernier changement", choices
        )
        self.unused.show_text(str(rules.unused))
        self.closed.answered.connect(
            lambda months: self._choose(replace(retention_rules(self.desk), closed=int(months)))
        )
        self.unused.answered.connect(
            lambda months: self._choose(replace(retention_rules(self.desk), unused=int(months)))
        )
        for field in (self.closed, self.unused):
            field.setEnabled(self.desk.vault.session.is_responsible)
            card.add(field)
        if not self.desk.vault.session.is_responsible:
            card.add(text("Seul un responsable change ces durées.", "soft"))
        layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The way to what is due."""
        return self._see

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def _choose(self, rules: RetentionRules) -> None:
        def choose() -> bool:
            choose_rules(self.desk, rules)
            return True

        if self.workplace.attempt(choose):
            self.workplace.say("Les durées de conservation sont changées.", Tone.GOOD)
