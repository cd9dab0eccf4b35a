"""The papers of a form that nobody has filled: blank for the cell, and the sheet that explains."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.page import Workplace
from desktop.ui.parts.button import button
from desktop.ui.parts.choice_list import ChoiceList
from desktop.workflows.applications import FormEntry
from desktop.workflows.blank_papers import help_sheet_of, prepare_blank
from desktop.workflows.states import Tone


class BlankPapers(QWidget):
    """State: the second language chosen for a form's papers, none at first."""

    def __init__(self, workplace: Workplace, form: FormEntry) -> None:
        super().__init__()
        self._workplace = workplace
        self._form = form
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(button("Imprimer vierge", self.print_blank))
        self.languages = ChoiceList()
        self.help = button("Imprimer la feuille d’aide", self.print_help)
        if not form.languages:
            return
        self.languages.setAccessibleName(f"Seconde langue des papiers, {form.title}")
        self.languages.addItem("En français seul", "")
        for language in form.languages:
            # « English (en) » is shown by its name alone.
            self.languages.addItem(language.partition("(")[0].strip(), language)
        self.help.setEnabled(False)
        self.languages.currentIndexChanged.connect(
            lambda _: self.help.setEnabled(bool(self.language()))
        )
        row.addWidget(self.languages)
        row.addWidget(self.help)

    def language(self) -> str:
        """The language chosen; empty for French alone."""
        return str(self.languages.currentData() or "")

    def print_blank(self) -> None:
        """Print the form to be filled by pen."""
        from desktop.ui.printing.blank import print_blank

        desk, form, language = self._workplace.desk, self._form, self.language()
        print_blank(self, self._workplace, lambda: prepare_blank(desk, form.id, language=language))

    def print_help(self) -> None:
        """Print what explains the form in the language chosen."""
        catalogue, form, language = self._workplace.desk.catalogue, self._form, self.language()

        def show(pdf: bytes) -> None:
            from desktop.ui.printing.printer import print_pdf

            title = f"Feuille d’aide, {form.title}"
            printer = print_pdf(self, pdf, title=title, single_sided=False)
            if printer is not None:
                self._workplace.say(f"Envoyé à l’imprimante «\u00a0{printer}\u00a0».", Tone.GOOD)

        self._workplace.in_background(
            lambda: help_sheet_of(catalogue, form.id, language=language), show
        )
