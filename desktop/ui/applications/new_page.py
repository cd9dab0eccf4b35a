"""A new application: the catalogue, with what each form is for and what its paper is worth."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.official.form_list import FormList
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.workflows.filling.applications import FormEntry, FormHeading, start_application


class NewApplicationPage(Page):
    """The catalogue, for one person."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._person_id = record
        holder, layout = column()
        layout.addWidget(text("Nouvelle démarche", "page"))
        layout.addWidget(
            text("Choisissez le formulaire. Il sera prérempli avec ce que dit la fiche.", "soft")
        )
        self.forms = FormList(self.desk, self._block)
        layout.addWidget(self.forms)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The line that narrows the list."""
        return self.forms.search

    def escape(self) -> None:
        """Back to the person."""
        self.workplace.go(Place.PERSON, self._person_id)

    def _block(self, _: FormHeading, forms: tuple[FormEntry, ...]) -> QWidget:
        card = Card(tight=True)
        for number, form in enumerate(forms):
            if number:
                card.add(rule())
            said = " · ".join(part for part in (form.summary, form.number) if part)
            card.add(Row(form.title, said, aside=form.worth, on_open=partial(self._start, form.id)))
        return card

    def _start(self, form_id: str) -> None:
        application_id = self.workplace.attempt(
            lambda: start_application(self.desk, self._person_id, form_id)
        )
        if application_id is not None:
            self.workplace.go(Place.FILLING, application_id)
