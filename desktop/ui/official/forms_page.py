"""The catalogue of forms: what each is worth, official PDFs, forms brought from outside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.official.blank_papers import BlankPapers
from desktop.ui.official.form_list import FormList
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import text
from desktop.workflows.errors import OfficialFormNotRecognised
from desktop.workflows.filling.applications import FormEntry, FormHeading
from desktop.workflows.filling.states import Tone
from desktop.workflows.official.local_forms import (
    BroughtForm,
    LocalForm,
    import_form,
    install_pack,
    list_local_forms,
    make_pack,
    remove_form,
)
from desktop.workflows.official.official_forms import (
    OfficialFormRow,
    add_official_form,
    list_official_forms,
)

_WIDTH = 760
_WORKBOOKS = "Formulaires (*.xlsx *.xls *.yaml)"
_PACKS = "Paquets de formulaires (*.formulaires)"


class FormsPage(Page):
    """State: the catalogue as shown, and what was just brought to it."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        layout.addWidget(text("Formulaires", "page"))
        self._add = writing_button("Ajouter un PDF officiel…", self._choose_pdf, Weight.PRIMARY)
        layout.addWidget(
            text(
                "Le programme ne contient pas les PDF officiels. Ajoutez-les une fois\u00a0: ils "
                "sont reconnus et gardés dans le coffre.",
                "soft",
            )
        )
        layout.addLayout(in_line(self._add))
        layout.addLayout(
            in_line(
                writing_button("Importer un formulaire (XLSForm)…", self._choose_workbook),
                writing_button("Installer une mise à jour de formulaires…", self._choose_pack),
            )
        )
        self._notices = QVBoxLayout()
        layout.addLayout(self._notices)
        self._read()
        self.forms = FormList(self.desk, self._block)
        layout.addWidget(self.forms)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The button that adds an official form."""
        return self._add

    def escape(self) -> None:
        """Back to the settings of a relay; at a station, this is a place of the rail."""
        if self.desk.is_relay:
            self.workplace.go(Place.SETTINGS)

    def add(self, file: Path) -> None:
        """Recognise an official PDF and keep it."""
        desk = self.desk

        def add() -> OfficialFormRow | None:
            try:
                return add_official_form(desk, file)
            except OfficialFormNotRecognised:
                return None

        def added(row: OfficialFormRow | None) -> None:
            if row is None:
                self.workplace.go(Place.PROPOSAL, str(file))
                return
            self._show_anew()
            self.workplace.say(f"{row.title}\u00a0: le formulaire officiel est gardé.", Tone.GOOD)

        self.workplace.in_background(add, added)

    def bring(self, file: Path) -> None:
        """Import a form from a workbook."""
        desk = self.desk
        self.workplace.in_background(lambda: import_form(desk, file), self._brought)

    def install(self, file: Path) -> None:
        """Install a signed form pack."""
        desk = self.desk

        def done(titles: tuple[str, ...]) -> None:
            self._show_anew()
            self.workplace.say(f"Formulaires à jour\u00a0: {', '.join(titles)}.", Tone.GOOD)

        self.workplace.in_background(lambda: install_pack(desk, file.read_bytes()), done)

    def _read(self) -> None:
        self._officials = {row.form_id: row for row in list_official_forms(self.desk)}
        self._local: dict[str, LocalForm] = {
            form.form_id: form for form in list_local_forms(self.desk)
        }

    def _show_anew(self) -> None:
        self._read()
        self.forms.show_forms()

    def _brought(self, form: BroughtForm) -> None:
        self._show_anew()
        self.workplace.say(f"«\u00a0{form.title}\u00a0» est dans le catalogue.", Tone.GOOD)
        if not form.notices:
            return
        card = Card("Ce qui n’a pas été repris du classeur")
        card.setMaximumWidth(_WIDTH)
        for notice in form.notices:
            card.add(text(f"•\u2002{notice}"))
        self._notices.addWidget(card)

    def _block(self, heading: FormHeading, forms: tuple[FormEntry, ...]) -> QWidget:
        holder = QWidget()
        block = QVBoxLayout(holder)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(10)
        for form in forms:
            card = self._form(form)
            card.setMaximumWidth(_WIDTH)
            block.addWidget(card)
        if heading is FormHeading.LOCAL:
            pack = writing_button(
                "Préparer une mise à jour pour d’autres postes…", self._choose_pack_file
            )
            block.addLayout(in_line(pack))
        return holder

    def _form(self, form: FormEntry) -> Card:
        official, local = self._officials.get(form.id), self._local.get(form.id)
        card = Card()
        title = text(form.title, "heading")
        if official is None:
            state = chip(form.worth[0].upper() + form.worth[1:], Tone.ACCENT)
        elif official.added:
            state = chip("PDF officiel présent", Tone.GOOD)
        else:
            state = chip("PDF officiel à ajouter", Tone.CARE)
        card.body.addLayout(in_line(title, state))
        said = [form.summary, form.number]
        if local is not None:
            said.append(f"version {local.version}, {local.origin}")
        card.add(text(" · ".join(part for part in said if part), "soft"))
        form_id = form.id
        papers: list[QWidget] = [
            BlankPapers(
                self.workplace,
                form_id,
                form.title,
                form.languages,
            )
        ]
        if local is not None:
            papers.append(writing_button("Retirer", partial(self._remove, form), Weight.LINK))
        card.body.addLayout(in_line(*papers))
        return card

    def _remove(self, form: FormEntry) -> None:
        def remove() -> bool:
            remove_form(self.desk, form.id)
            return True

        if self.workplace.attempt(remove):
            self._show_anew()
            self.workplace.say(
                f"«\u00a0{form.title}\u00a0» n’est plus proposé. Ses démarches le gardent.",
                Tone.GOOD,
            )

    def _choose_pdf(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir le PDF officiel", "", "PDF (*.pdf)")
        if chosen:
            self.add(Path(chosen))

    def _choose_workbook(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir le formulaire", "", _WORKBOOKS)
        if chosen:
            self.bring(Path(chosen))

    def _choose_pack(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir la mise à jour", "", _PACKS)
        if chosen:
            self.install(Path(chosen))

    def _choose_pack_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer la mise à jour", "formulaires.formulaires", _PACKS
        )
        if chosen:
            self.write_pack(Path(chosen))

    def write_pack(self, file: Path) -> None:
        """Sign the forms brought to this PC into a pack for others."""
        from desktop.workflows.durable_file import write_durably

        desk, form_ids = self.desk, tuple(self._local)

        def written(_: object) -> None:
            self.workplace.say(f"La mise à jour est dans {file.name}.", Tone.GOOD)

        self.workplace.in_background(
            lambda: write_durably(file, make_pack(desk, form_ids)), written
        )
