"""The first start: what this PC is, where its vault is, who works here, the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import FieldNotes, LineField, secret_field
from desktop.ui.parts.text import text
from desktop.ui.start.frame import StartFrame
from desktop.ui.work import in_background
from desktop.workflows.start.opening import CreatedVault, create_vault
from desktop.workflows.start.places import proposed_places
from desktop.workflows.start.strength import Strength, passphrase_strength
from vault.vault import VaultKind

_ELSEWHERE = "elsewhere"
_PAUSE = 250


class FirstStart(StartFrame):
    """State: what is answered; the vault is made on another thread."""

    def __init__(
        self,
        *,
        on_created: Callable[[CreatedVault], object],
        on_other: Callable[[], object],
        on_restore: Callable[[], object],
    ) -> None:
        super().__init__(
            "Première ouverture",
            "Le coffre chiffré garde toutes les données de ce poste. Rien n’en sort sans vous.",
        )
        self._on_created = on_created
        self.kind = ChoiceField(
            "Ce poste est",
            (
                ("station", "Un poste hors ligne, en détention"),
                ("relay", "Un poste relais, qui dépose les démarches"),
            ),
        )
        self.kind.answered.connect(self._kind_chosen)
        self.office = LineField("Établissement ou service", hint="Exemple\u00a0: SPIP du Finistère")
        self.user = LineField("Votre nom", hint="Il figure dans le journal de ce poste.")
        self._places = {str(place.folder): place for place in proposed_places()}
        choices = [(folder, place.label) for folder, place in self._places.items()]
        self.where = ChoiceField(
            "Où garder le coffre\u00a0?", (*choices, (_ELSEWHERE, "Dans un autre dossier…"))
        )
        self.where.answered.connect(self._where_chosen)
        self.passphrase = secret_field(
            "Phrase de passe", hint="Quatre mots sans lien entre eux conviennent bien."
        )
        self.again = secret_field("La même, une seconde fois")
        self._meter = QProgressBar()
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName("Solidité de la phrase de passe")
        self._strength = text("", "small")
        for field in (self.kind, self.office, self.user, self.where, self.passphrase):
            self.card.add(field)
        self.card.add(self._meter)
        self.card.add(self._strength)
        self.card.add(self.again)
        self._create = button("Créer le coffre", self.make, Weight.PRIMARY)
        self.card.body.addLayout(in_line(self._create))
        self.card.body.addLayout(
            in_line(
                button("Ouvrir un coffre qui existe déjà", on_other, Weight.LINK),
                button("Reprendre une sauvegarde", on_restore, Weight.LINK),
            )
        )
        self._kind = ""
        self._folder = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._judge)
        self.passphrase.input.textEdited.connect(lambda _: self._timer.start())

    def first_focus(self) -> QWidget:
        """The first choice."""
        return self.kind.target

    def make(self) -> None:
        """Check what is answered, then make the vault."""
        if not self._complete():
            return
        kind, folder = VaultKind(self._kind), Path(self._folder)
        office, user = self.office.text().strip(), self.user.text().strip()
        passphrase = self.passphrase.text()
        self._create.setEnabled(False)
        self._create.setText("Création…")
        in_background(
            self,
            lambda: create_vault(folder, kind=kind, place=office, user=user, passphrase=passphrase),
            then=self._created,
            otherwise=self._failed,
        )

    def choose_folder(self, folder: Path) -> None:
        """Take a folder as chosen in the system's dialog."""
        self._folder = str(folder)
        self.where.show_notes(FieldNotes(origin=f"Dossier\u00a0: {folder}"))

    def _complete(self) -> bool:
        strength = self._judge()
        problems = (
            (self.kind, "" if self._kind else "Choisissez ce qu’est ce poste."),
            (self.office, "" if self.office.text().strip() else "Écrivez le nom du service."),
            (self.user, "" if self.user.text().strip() else "Écrivez votre nom."),
            (self.where, "" if self._folder else "Choisissez un dossier pour le coffre."),
            (self.passphrase, "" if strength.acceptable else strength.advice),
            (
                self.again,
                ""
                if self.again.text() == self.passphrase.text()
                else "Les deux phrases de passe sont différentes. Écrivez-la à nouveau.",
            ),
        )
        first = None
        for field, words in problems:
            origin = f"Dossier\u00a0: {self._folder}" if field is self.where and not words else ""
            field.show_notes(FieldNotes(error=words, origin=origin if self._folder else ""))
            if words and first is None:
                first = field
        if first is not None:
            first.target.setFocus()
        return first is None

    def _judge(self) -> Strength:
        known = (self.office.text(), self.user.text())
        strength = passphrase_strength(self.passphrase.text(), known_words=known)
        self._meter.setValue(strength.score)
        words = " — ".join(part for part in (strength.label, strength.advice) if part)
        self._strength.setText(words)
        self._meter.setAccessibleDescription(words)
        return strength

    def _created(self, created: CreatedVault) -> None:
        self.passphrase.input.clear()
        self.again.input.clear()
        self._on_created(created)

    def _failed(self, error: Exception) -> None:
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        self._create.setEnabled(True)
        self._create.setText("Créer le coffre")
        if not isinstance(error, KNOWN_ERRORS):
            raise error
        self.where.show_notes(FieldNotes(error=sentence(error)))
        self.where.target.setFocus()

    def _kind_chosen(self, name: str) -> None:
        self._kind = name

    def _where_chosen(self, name: str) -> None:
        if name != _ELSEWHERE:
            self.choose_folder(Path(name))
            return
        chosen = QFileDialog.getExistingDirectory(self, "Choisir le dossier du coffre")
        if chosen:
            self.choose_folder(Path(chosen))
