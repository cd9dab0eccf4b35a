"""Reading over before paper: what is missing, what the profile learns, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.ui.official.blank_papers import BlankPapers
from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.check_row import CheckRow
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import in_line
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.retention.erase_application import EraseApplication
from desktop.workflows.filling.applications import set_state
from desktop.workflows.filling.open_application import OpenApplication
from desktop.workflows.filling.states import STATE_TONES, STATE_WORDS, Tone
from desktop.workflows.official.official_forms import missing_official_form
from desktop.workflows.retention.rules import application_retention_said
from forms.state import Problem
from vault.records.applications import ApplicationState

_WIDTH = 680


class ReviewView(QWidget):
    """The last step of an application."""

    def __init__(
        self,
        workplace: Workplace,
        application: OpenApplication,
        *,
        on_problem: Callable[[Problem], object],
        on_changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self._application = application
        self._on_changed = on_changed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for card in (
            self._problems(on_problem),
            self._homeless(),
            self._profile(),
            self._paper(),
            self._state(),
        ):
            if card is not None:
                card.setMaximumWidth(_WIDTH)
                layout.addWidget(card)
        layout.addWidget(EraseApplication(workplace, application.id))

    def _problems(self, on_problem: Callable[[Problem], object]) -> Card:
        problems = self._application.filling.problems()
        if not problems:
            card = Card("Rien ne manque")
            card.add(text("Toutes les réponses demandées sont là.", "soft"))
            return card
        count = len(problems)
        card = Card(f"{count} réponse{'s' if count > 1 else ''} à reprendre")
        for problem in problems:
            card.add(Row(problem.label, problem.message, on_open=partial(on_problem, problem)))
        return card

    def _homeless(self) -> Card | None:
        left = self._application.homeless()
        if not left:
            return None
        card = Card("Réponses gardées, sans place dans cette version")
        card.add(text("Le formulaire ne les demande plus. Elles ne sont pas imprimées.", "soft"))
        for one in left:
            card.add(text(f"{one.label}\u00a0: {one.words}"))
        return card

    def _profile(self) -> Card | None:
        changes = self._application.profile_changes()
        if not changes:
            return None
        card = Card("Garder dans la fiche")
        card.add(
            text("Ces réponses complètent la fiche. Décochez celles qui n’y vont pas.", "soft")
        )
        boxes: dict[str, QCheckBox] = {}
        for change in changes:
            words = f"{change.label}\u00a0: {change.new_text}"
            if change.old is not None:
                words += f" (avant\u00a0: {change.old_text})"
            row = CheckRow(words)
            row.box.setChecked(True)
            boxes[change.key] = row.box
            card.add(row)

        def accept() -> None:
            chosen = [key for key, box in boxes.items() if box.isChecked()]

            def write() -> bool:
                self._application.accept_profile_changes(chosen)
                return True

            if self._workplace.attempt(write):
                self._workplace.say("La fiche est à jour.", Tone.GOOD)
                self._on_changed()

        card.body.addLayout(in_line(writing_button("Mettre la fiche à jour", accept)))
        return card

    def _paper(self) -> Card:
        card = Card("Imprimer")
        record = self._application.id
        missing = missing_official_form(self._workplace.desk, self._application.form.id)
        if missing is not None:
            card.add(
                text(
                    f"Le formulaire officiel ({missing}) n’est pas encore dans ce poste. Sans lui, "
                    "une fiche de préparation est imprimée.",
                    "warning",
                )
            )
            card.body.addLayout(
                in_line(
                    button(
                        "Ajouter le formulaire officiel",
                        lambda: self._workplace.go(Place.FORMS),
                    )
                )
            )
        card.add(
            flowing(
                button(
                    "Voir et imprimer",
                    lambda: self._workplace.go(Place.PREVIEW, record),
                    Weight.PRIMARY,
                ),
                button(
                    "Bordereau, enveloppe, étiquettes…",
                    lambda: self._workplace.go(Place.MAILING, record),
                ),
            )
        )
        form = self._application.form
        self.papers = BlankPapers(
            self._workplace,
            form.id,
            form.title,
            form.languages,
            application_id=record,
            words="Imprimer à remplir au stylo",
        )
        card.add(self.papers)
        return card

    def _state(self) -> Card:
        state = self._application.state
        card = Card("Où en est la démarche")
        card.body.addLayout(in_line(chip(STATE_WORDS[state], STATE_TONES[state])))
        if state in (ApplicationState.DRAFT, ApplicationState.TO_SIGN, ApplicationState.INCOMPLETE):
            card.body.addLayout(
                in_line(
                    writing_button("Elle est signée, prête à partir", self._ready),
                )
            )
        elif state is ApplicationState.READY:
            card.add(text("Elle peut partir dans une liasse, depuis « Échanges ».", "soft"))
            card.body.addLayout(
                in_line(
                    button("Préparer une liasse", lambda: self._workplace.go(Place.EXCHANGES)),
                )
            )
        else:
            card.add(text("Les réponses ne changent plus une fois transmises.", "soft"))
        kept = application_retention_said(self._workplace.desk, self._application.id)
        if kept:
            card.add(text(kept, "soft"))
        return card

    def _ready(self) -> None:
        def mark() -> bool:
            set_state(self._workplace.desk, self._application.id, ApplicationState.READY)
            return True

        if self._workplace.attempt(mark):
            self._on_changed()
