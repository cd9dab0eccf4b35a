"""The papers of a form that nobody has filled: blank for the cell, and the sheet that explains."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import button, writing_button
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.flow import flowing


class BlankPapers(QWidget):
    """State: the second language chosen for a form's papers, none at first."""

    def __init__(
        self,
        workplace: Workplace,
        form_id: str,
        title: str,
        languages: tuple[str, ...],
        *,
        application_id: str = "",
        words: str = "Imprimer vierge",
    ) -> None:
        """Make the row.

        Args:
            workplace: where the papers are shown.
            form_id: the form.
            title: its title.
            languages: those it is translated into.
            application_id: whose answers are printed in the copy; empty for nobody's.
            words: what the button that leads to it says.
        """
        super().__init__()
        self._workplace = workplace
        self._form_id, self._application_id = form_id, application_id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.languages = ChoiceList()
        self.help = button("Imprimer la feuille d’aide", self.see_help)
        blank = writing_button(words, self.see_blank)
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
        """The code of the language chosen; empty for French alone."""
        from forms.languages import language_code

        return language_code(str(self.languages.currentData() or ""))

    def see_blank(self) -> None:
        """See the form to be filled by pen, before it is printed."""
        self._see(explains=False)

    def see_help(self) -> None:
        """See what explains the form in the language chosen, before it is printed."""
        self._see(explains=True)

    def _see(self, *, explains: bool) -> None:
        from desktop.ui.printing.blank_page import BlankWanted

        wanted = BlankWanted(self._form_id, self.language(), self._application_id, explains)
        self._workplace.go(Place.BLANK, wanted.record())
