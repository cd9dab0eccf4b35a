"""The papers of a form that nobody has filled: blank for the cell, and the sheet that explains."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Workplace
from desktop.ui.parts.button import button, writing_button
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.flow import flowing
from desktop.workflows.blank_papers import BlankPaper, help_sheet_of
from desktop.workflows.states import Tone


class BlankPapers(QWidget):
    """State: the second language chosen for a form's papers, none at first."""

    def __init__(
        self,
        workplace: Workplace,
        form_id: str,
        title: str,
        languages: tuple[str, ...],
        prepare: Callable[[str], BlankPaper],
        *,
        words: str = "Imprimer vierge",
    ) -> None:
        """Make the row.

        Args:
            workplace: whose vault keeps a copy.
            form_id: the form.
            title: its title.
            languages: those it is translated into.
            prepare: sets a copy in a language, away from the window.
            words: what the button that prints it says.
        """
        super().__init__()
        self._workplace = workplace
        self._form_id, self._title, self._prepare = form_id, title, prepare
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.languages = ChoiceList()
        self.help = button("Imprimer la feuille d’aide", self.print_help)
        blank = writing_button(words, self.print_blank)
        if not languages:
            column.addWidget(flowing(blank))
            return
        self.languages.setAccessibleName(f"Seconde langue des papiers, {title}")
        self.languages.addItem("En français seul", "")
        for language in languages:
            # « English (en) » is shown by its name alone.
            self.languages.addItem(language.partition("(")[0].strip(), language)
        self.help.setEnabled(False)
        self.languages.currentIndexChanged.connect(
            lambda _: self.help.setEnabled(bool(self.language()))
        )
        column.addWidget(flowing(blank, self.languages, self.help))

    def language(self) -> str:
        """The language chosen; empty for French alone."""
        return str(self.languages.currentData() or "")

    def print_blank(self) -> None:
        """Print the form to be filled by pen."""
        from desktop.ui.printing.blank import print_blank

        prepare, language = self._prepare, self.language()
        print_blank(self, self._workplace, lambda: prepare(language))

    def print_help(self) -> None:
        """Print what explains the form in the language chosen."""
        catalogue, form_id, language = (
            self._workplace.desk.catalogue,
            self._form_id,
            self.language(),
        )

        def show(pdf: bytes) -> None:
            from desktop.ui.printing.printer import print_pdf

            title = f"Feuille d’aide, {self._title}"
            printer = self._workplace.attempt(
                lambda: print_pdf(self, pdf, title=title, single_sided=False)
            )
            if printer is not None:
                self._workplace.say(f"Envoyé à l’imprimante «\u00a0{printer}\u00a0».", Tone.GOOD)

        self._workplace.in_background(
            lambda: help_sheet_of(catalogue, form_id, language=language), show
        )
