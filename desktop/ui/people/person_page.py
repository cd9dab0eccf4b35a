"""A person's page: who they are, their applications, what is known, what was done."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, managing_button, writing_button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.retention.erase_card import EraseCard
from desktop.ui.theme import scale_of
from desktop.workflows.filling.states import Tone
from desktop.workflows.people.differing_facts import (
    DifferingFact,
    differing_facts,
    keep_old,
    take_new,
)
from desktop.workflows.people.profiles import Fact, person_page
from desktop.workflows.retention.erasing import erase, erasure_said
from desktop.workflows.retention.personal_data import HandedOver, hand_over
from desktop.workflows.settings.journal import note_opened
from desktop.workflows.settings.users import may_write

_ASIDE_WIDTH = 330
_BESIDE_FROM = 760
_SHOWN_ASIDE = (
    "identifiants.nir",
    "nationalite",
    "adresse.situation",
    "identifiants.caf",
    "langue",
    "contact.telephone",
    "famille.enfants",
    "ecrou.date_entree",
)


class PersonPage(Page):
    """One person."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._person_id = record
        shown = person_page(self.desk, record)
        note_opened(self.desk, person_id=record)
        holder, layout = column()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(text(shown.name, "page"))
        left.addWidget(text(shown.summary, "soft"))
        self._new = writing_button("Nouvelle démarche", self._start, Weight.PRIMARY)
        buttons = [self._new] if not self.desk.is_relay else []
        words = "Modifier la fiche" if may_write(self.desk) else "Voir toute la fiche"
        buttons.append(button(words, self._edit))
        left.addLayout(in_line(*buttons))
        self._differing = QVBoxLayout()
        left.addLayout(self._differing)
        self._show_differing()
        if shown.applications:
            card = Card(tight=True)
            for number, application in enumerate(shown.applications):
                if number:
                    card.add(rule())
                card.add(
                    Row(
                        application.title,
                        application.subtitle,
                        chip=chip(application.chip, application.tone),
                        aside=application.when,
                        on_open=partial(self._open, application.id),
                    )
                )
            left.addWidget(card)
        else:
            left.addWidget(EmptyPage("Aucune démarche encore. Commencez par le besoin du moment."))
        left.addStretch(1)
        left.addWidget(text(shown.kept, "soft"))
        self._erase = managing_button("Effacer cette personne…", self._ask_erase, Weight.LINK)
        give = button("Remettre ses données à la personne…", self._choose_folder, Weight.LINK)
        left.addLayout(in_line(give, self._erase))
        if not self.desk.is_relay:
            transfer = button(
                "Transférer le dossier à un autre poste…",
                lambda: workplace.go(Place.TRANSFER, record),
                Weight.LINK,
            )
            left.addLayout(in_line(transfer))
        self._question: EraseCard | None = None
        self._asked = QVBoxLayout()
        left.addLayout(self._asked)
        row.addLayout(left, 1)
        aside = QVBoxLayout()
        aside.setSpacing(16)
        aside.addWidget(self._facts(shown.facts))
        history = Card("Historique")
        history.body.setSpacing(12)
        for line in shown.history:
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(text(line.when_and_who, "small"))
            both.addWidget(text(line.what))
            history.body.addLayout(both)
        aside.addWidget(history)
        aside.addStretch(1)
        side = QWidget()
        side.setLayout(aside)
        self._side = side
        aside.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side, 0)
        layout.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def hand_over(self, folder: Path) -> None:
        """Write all that is held on the person in clear, where the user chose."""
        desk, record = self.desk, self._person_id

        def handed(over: HandedOver) -> None:
            missing = (
                f" Illisibles, non écrites\u00a0: {', '.join(over.unreadable)}."
                if over.unreadable
                else ""
            )
            self.workplace.say(
                f"Les données sont en clair dans le dossier {over.folder.name}\u00a0: "
                f"{over.pdf.name}, {over.data.name} et les pièces.{missing} Effacez-les quand "
                "elles auront servi.",
                Tone.CARE,
            )

        self.workplace.in_background(lambda: hand_over(desk, record, folder), handed)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir où écrire les données")
        if chosen:
            self.hand_over(Path(chosen))

    def _show_differing(self) -> None:
        """The facts that an application has otherwise than the profile, to be decided."""
        facts = () if self.desk.is_relay else differing_facts(self.desk, self._person_id)
        if not facts:
            return
        card = Card("Une démarche dit autre chose que la fiche")
        for fact in facts:
            card.add(text(f"{fact.label} ({fact.title})", "strong"))
            card.add(text(f"Fiche\u00a0: {fact.old_text}. Démarche\u00a0: {fact.new_text}."))
            card.body.addLayout(
                in_line(
                    writing_button("Mettre dans la fiche", partial(self._decide, fact, new=True)),
                    writing_button("Garder la fiche", partial(self._decide, fact, new=False)),
                )
            )
        self._differing.addWidget(card)

    def _decide(self, fact: DifferingFact, *, new: bool) -> None:
        def decide() -> bool:
            if new:
                take_new(self.desk, self._person_id, fact)
            else:
                keep_old(self.desk, fact)
            return True

        if self.workplace.attempt(decide):
            self.workplace.go(Place.PERSON, self._person_id)

    def arrange(self, width: float) -> None:
        """Facts and history beside the applications, or under them on a narrow screen."""
        beside = width >= _BESIDE_FROM
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        room = round(_ASIDE_WIDTH * scale_of(self)) if beside else 16_777_215
        self._side.setMaximumWidth(room)
        self._side.setMinimumWidth(room if beside else 0)

    def first_focus(self) -> QWidget | None:
        """The main button."""
        return self._new

    def escape(self) -> None:
        """Back to the list."""
        self.workplace.go(Place.PEOPLE)

    def _facts(self, facts: tuple[Fact, ...]) -> Card:
        card = Card("Fiche")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        known = {fact.key: fact for fact in facts}
        for number, key in enumerate(key for key in _SHOWN_ASIDE if key in known):
            label = text(known[key].label, "soft")
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text(known[key].text), number, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        if grid.count() == 0:
            card.add(text("Rien d’autre n’est connu pour l’instant.", "soft"))
        return card

    def _ask_erase(self) -> None:
        said = self.workplace.attempt(lambda: erasure_said(self.desk, [self._person_id]))
        if said is None:
            return
        desk, record = self.desk, self._person_id
        if self._question is not None:
            self._question.deleteLater()
        self._question = EraseCard(
            self.workplace,
            said,
            lambda progress: erase(desk, [record], progress=progress),
            self._erased,
        )
        self._asked.addWidget(self._question)
        self._question.confirm.setFocus()

    def _erased(self) -> None:
        self.workplace.go(Place.PEOPLE)
        self.workplace.say("La personne et ses démarches sont effacées.", Tone.GOOD)

    def _start(self) -> None:
        self.workplace.go(Place.NEW_APPLICATION, self._person_id)

    def _edit(self) -> None:
        self.workplace.go(Place.PROFILE, self._person_id)

    def _open(self, application_id: str) -> None:
        place = Place.INBOX if self.desk.is_relay else Place.FILLING
        self.workplace.go(place, application_id)
