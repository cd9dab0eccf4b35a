"""The catalogue of forms: what each is worth, the official PDFs added, blank copies."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import line, text
from desktop.workflows.applications import FormEntry, list_forms
from desktop.workflows.official_forms import (
    OfficialFormRow,
    add_official_form,
    list_official_forms,
)
from desktop.workflows.papers import blank_paper, record_blank_print
from desktop.workflows.states import Tone

_WIDTH = 760


class FormsPage(Page):
    """The catalogue."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        layout.addWidget(text("Formulaires", "page"))
        self._add = button("Ajouter un formulaire officiel…", self._choose, Weight.PRIMARY)
        layout.addWidget(
            text(
                "Le programme ne contient pas les PDF officiels. Ajoutez-les une fois\u00a0: ils "
                "sont reconnus et gardés dans le coffre.",
                "soft",
            )
        )
        layout.addLayout(in_line(self._add))
        officials = {row.form_id: row for row in list_official_forms(self.desk)}
        for form in list_forms(self.desk):
            card = self._form(form, officials.get(form.id))
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The button that adds an official form."""
        return self._add

    def add(self, file: Path) -> None:
        """Recognise an official PDF and keep it."""
        desk = self.desk
        self.workplace.in_background(lambda: add_official_form(desk, file), self._added)

    def _form(self, form: FormEntry, official: OfficialFormRow | None) -> Card:
        card = Card()
        title = line(form.title, "heading")
        if official is None:
            state = chip("Lettre envoyée telle quelle", Tone.ACCENT)
        elif official.added:
            state = chip("PDF officiel présent", Tone.GOOD)
        else:
            state = chip("PDF officiel à ajouter", Tone.CARE)
        card.body.addLayout(in_line(title, state))
        card.add(text(" · ".join(part for part in (form.summary, form.number) if part), "soft"))
        card.body.addLayout(in_line(button("Imprimer vierge", lambda: self._print_blank(form))))
        return card

    def _print_blank(self, form: FormEntry) -> None:
        desk, copy_id = self.desk, str(uuid.uuid4())

        def show(pdf: bytes) -> None:
            from desktop.ui.printing.printer import print_pdf

            printer = print_pdf(self, pdf, title=form.title, single_sided=False)
            if printer is not None:
                self.workplace.attempt(lambda: record_blank_print(desk, form.id, printer=printer))
                self.workplace.say(f"Envoyé à l’imprimante «\u00a0{printer}\u00a0».", Tone.GOOD)

        self.workplace.in_background(lambda: blank_paper(desk, form.id, copy_id=copy_id), show)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir le PDF officiel", "", "PDF (*.pdf)")
        if chosen:
            self.add(Path(chosen))

    def _added(self, row: OfficialFormRow) -> None:
        self.workplace.go(Place.FORMS)
        self.workplace.say(f"{row.title}\u00a0: le formulaire officiel est gardé.", Tone.GOOD)
