"""Settings: looks, idle time, passphrase, scanner's folder, the check of the vault."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import button, writing_button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import FieldNotes, secret_field
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.workflows.filling.scanner import choose_scanner_folder, scanner_folder
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.looks import Colours, kept_looks
from desktop.workflows.settings.users import may_manage, may_write
from desktop.workflows.start.idleness import IDLE_CHOICES, choose_idle_minutes, idle_minutes
from desktop.workflows.start.opening import change_passphrase
from desktop.workflows.start.strength import passphrase_strength
from vault.database.verification import VerifyReport

if TYPE_CHECKING:
    from desktop.ui.window import Window

_WIDTH = 680
_COLOURS = {
    Colours.LIGHT: "Claires",
    Colours.DARK: "Sombres",
    Colours.CONTRAST: "Contraste fort",
}


class SettingsPage(Page):
    """What can be set on this PC."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        layout.addWidget(text("Réglages", "page"))
        layout.addWidget(self._places())
        cards = (self._looks(), self._idle(), self._passphrase(), self._scanner(), self._check())
        for card in cards:
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first place."""
        return self._first

    def _places(self) -> Card:
        card = Card(tight=True)
        card.setMaximumWidth(_WIDTH)
        go = self.workplace.go
        places = [
            (
                "Qui peut ouvrir ce coffre",
                "Les accès, les phrases de passe, la feuille de secours.",
                Place.USERS,
            ),
            ("Sauvegardes", "Copier le coffre sur une clé, choisir le rappel.", Place.BACKUPS),
            ("Journal", "Qui a fait quoi, et quand.", Place.JOURNAL),
            ("Durées de conservation", "Ce qui est gardé, et jusqu’à quand.", Place.RETENTION),
            ("Activité", "Combien de démarches, mois par mois.", Place.STATISTICS),
        ]
        if self.desk.is_relay:
            forms = "Les formulaires de ce relais, leurs PDF officiels, leurs mises à jour."
            portals = "Les adresses que ce relais peut ouvrir."
            places.insert(0, ("Formulaires", forms, Place.FORMS))
            places.append(("Portails permis", portals, Place.PORTALS))
        rows = [Row(title, said, on_open=partial(go, place)) for title, said, place in places]
        guide = "Comment se servir de ce programme\u00a0: F1, sur chaque page."
        rows.append(Row("Guide", guide, on_open=self.workplace.show_user_guide))
        for number, row in enumerate(rows):
            if number:
                card.add(rule())
            card.add(row)
        self._first = rows[0]
        return card

    def _looks(self) -> Card:
        card = Card("Affichage")
        card.body.setSpacing(12)
        self.colours = ChoiceField(
            "Couleurs",
            tuple((one.value, words) for one, words in _COLOURS.items()),
            hint="Gardées sur ce poste, comme la taille.",
        )
        self.colours.show_text(kept_looks().colours.value)
        self.colours.answered.connect(lambda name: self._window().use_colours(Colours(name)))
        card.add(self.colours)
        card.body.addLayout(
            in_line(
                button("Agrandir le texte (Ctrl\u00a0+)", lambda: self._window().zoom(1)),
                button("Réduire le texte (Ctrl\u00a0−)", lambda: self._window().zoom(-1)),
            )
        )
        return card

    def _idle(self) -> Card:
        card = Card("Verrouillage")
        self.idle = ChoiceField(
            "Verrouiller le coffre quand personne ne touche au poste depuis",
            tuple((str(one), f"{one}\u00a0minutes") for one in IDLE_CHOICES),
            hint="Ce que vous tapez est gardé. Un décompte prévient 30\u00a0secondes avant.",
        )
        self.idle.show_text(str(idle_minutes(self.desk)))
        self.idle.answered.connect(self._choose_idle)
        self.idle.setEnabled(may_manage(self.desk))
        card.add(self.idle)
        if not may_manage(self.desk):
            card.add(
                text("Seul un responsable change cette durée\u00a0: elle vaut pour tous.", "soft")
            )
        return card

    def _passphrase(self) -> Card:
        card = Card("Changer la phrase de passe")
        card.body.setSpacing(12)
        self._old = secret_field("Phrase de passe actuelle")
        self._new = secret_field("Nouvelle phrase de passe")
        self._again = secret_field("La nouvelle, une seconde fois")
        for field in (self._old, self._new, self._again):
            field.setEnabled(may_write(self.desk))
            card.add(field)
        if not may_write(self.desk):
            card.add(text("Un responsable peut la changer avec vous.", "soft"))
        card.body.addLayout(in_line(writing_button("Changer la phrase de passe", self._change)))
        return card

    def _scanner(self) -> Card:
        card = Card("Dossier du scanner")
        folder = scanner_folder(self.desk)
        card.add(text(str(folder) if folder else "Aucun dossier choisi.", "soft"))
        card.body.addLayout(in_line(writing_button("Choisir le dossier…", self._choose_folder)))
        return card

    def _check(self) -> Card:
        card = Card("Vérifier le coffre")
        card.add(text("Relit toutes les pages, les pièces et le journal.", "soft"))
        card.body.addLayout(in_line(button("Vérifier le coffre", self._verify)))
        return card

    def _choose_idle(self, minutes: str) -> None:
        def keep() -> bool:
            choose_idle_minutes(self.desk, int(minutes))
            return True

        if self.workplace.attempt(keep):
            self._window().watch_idleness()
            said = f"Le coffre se verrouille au bout de {minutes}\u00a0minutes."
            self.workplace.say(said, Tone.GOOD)
        else:
            self.idle.show_text(str(idle_minutes(self.desk)))

    def _change(self) -> None:
        new = self._new.text()
        strength = passphrase_strength(new, known_words=(self.desk.vault.user,))
        wrong = "" if strength.acceptable else strength.advice
        different = "" if new == self._again.text() else "Les deux phrases sont différentes."
        self._new.show_notes(FieldNotes(error=wrong))
        self._again.show_notes(FieldNotes(error=different))
        if wrong or different:
            return
        desk, old = self.desk, self._old.text()
        self.workplace.in_background(
            lambda: change_passphrase(desk, old, new), lambda _: self._changed()
        )

    def _changed(self) -> None:
        for field in (self._old, self._new, self._again):
            field.input.clear()
        self.workplace.say("La phrase de passe est changée.", Tone.GOOD)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir le dossier du scanner")
        if chosen:
            folder = Path(chosen)
            self.workplace.attempt(lambda: choose_scanner_folder(self.desk, folder))
            self.workplace.say(f"Dossier du scanner\u00a0: {folder}", Tone.GOOD)

    def _verify(self) -> None:
        vault = self.desk.vault
        self.workplace.in_background(vault.verify, self._verified)

    def _verified(self, report: VerifyReport) -> None:
        if report.ok:
            self.workplace.say("Le coffre est intact.", Tone.GOOD)
        else:
            self.workplace.say(" ".join(report.problems), Tone.BAD)

    def _window(self) -> Window:
        from desktop.ui.window import Window

        window = self.window()
        assert isinstance(window, Window)
        return window
