"""What opens the vault beside the accesses: its recovery sheet, and the key under all of it."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.page import Workplace
from desktop.ui.parts.button import button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import FieldNotes, TextField
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.users import change_vault_key, renew_recovery_sheet
from desktop.workflows.start.recovery_sheet import needs_reading_back, try_sheet
from vault.key_slots.recovery import RecoveryKey

Drawn = Callable[[RecoveryKey], None]


class RecoveryCard(Card):
    """State: what is typed back from a sheet printed earlier."""

    def __init__(self, workplace: Workplace, on_drawn: Drawn) -> None:
        super().__init__("Feuille de secours")
        self._workplace = workplace
        self._on_drawn = on_drawn
        unread = needs_reading_back(workplace.desk)
        self.add(
            text(
                "Elle ouvre le coffre quand les phrases de passe sont perdues. Une nouvelle "
                "feuille rend l’ancienne sans effet.",
                "soft",
            )
        )
        self._said = text(
            "Celle en vigueur n’a pas été relue. Si vous l’avez, recopiez-la ici\u00a0; sinon, "
            "refaites-la."
            if unread
            else "Celle en vigueur a été relue.",
            "warning" if unread else "soft",
        )
        self.add(self._said)
        self.typed = TextField("Les quatre lignes de la feuille")
        self._try = button("Relire cette feuille", self.try_sheet)
        self.typed.setVisible(unread)
        self._try.setVisible(unread)
        self.add(self.typed)
        self.add(flowing(self._try, button("Refaire la feuille de secours", self._renew)))

    def try_sheet(self) -> None:
        """Note that the sheet can be read, when it is the one in force."""
        typed, desk = self.typed.input.toPlainText(), self._workplace.desk
        is_right = self._workplace.attempt(lambda: try_sheet(desk, typed))
        if is_right is None:
            return
        if not is_right:
            self.typed.show_notes(
                FieldNotes(
                    error="Cette feuille n’ouvre pas ce coffre\u00a0: c’est une ancienne, ou celle "
                    "d’un autre. Rien n’a changé. Refaites la feuille, puis détruisez celle-ci."
                )
            )
            return
        self.typed.input.clear()
        for part in (self.typed, self._try):
            part.hide()
        self._said.setText("Celle en vigueur a été relue.")
        self._workplace.say(
            "La feuille de secours est relue\u00a0: elle ouvre ce coffre.", Tone.GOOD
        )

    def _renew(self) -> None:
        desk = self._workplace.desk
        self._workplace.in_background(lambda: renew_recovery_sheet(desk), self._on_drawn)


class KeyCard(Card):
    """State: the change of key under way, if any."""

    def __init__(self, workplace: Workplace, on_drawn: Drawn) -> None:
        super().__init__("Changer la clé du coffre")
        self._workplace = workplace
        self._on_drawn = on_drawn
        self.add(
            text(
                "À faire quand une personne partie a pu emporter une copie du coffre. Les autres "
                "accès restent. Une nouvelle feuille de secours est à imprimer ensuite.",
                "soft",
            )
        )
        self.add(
            text(
                "Si le poste s’éteint pendant ce temps, rien n’est perdu\u00a0: le coffre garde "
                "son ancienne clé, ou a déjà la nouvelle.",
                "soft",
            )
        )
        self._change = button("Changer la clé du coffre", self.change)
        self.body.addLayout(in_line(self._change))
        self.progress = ProgressCard(stop_words="Arrêter, garder l’ancienne clé")
        self.add(self.progress)

    def change(self) -> None:
        """Put a new key under the database, with its progress."""
        desk, progress = self._workplace.desk, self.progress
        progress.begin("Le coffre est chiffré à nouveau, puis relu…")
        self._change.setEnabled(False)
        self._workplace.in_background(
            lambda: change_vault_key(desk, progress.tell), self._changed, failed=self._not_changed
        )

    def _changed(self, recovery: RecoveryKey) -> None:
        self.progress.end()
        self._on_drawn(recovery)

    def _not_changed(self) -> None:
        self.progress.end()
        self._change.setEnabled(True)
        self._change.setFocus()
