"""Who may open this vault: one access a person, with its role and its own passphrase."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import FieldNotes, LineField, secret_field
from desktop.ui.parts.text import text
from desktop.workflows.states import Tone
from desktop.workflows.strength import passphrase_strength
from desktop.workflows.users import (
    ROLE_MEANING,
    ROLE_WORDS,
    UserRow,
    add_user,
    change_role,
    change_vault_key,
    list_users,
    may_manage,
    remove_user,
    renew_recovery_sheet,
    reset_passphrase,
)
from vault.slots import Role

_WIDTH = 680
_TONES = {Role.RESPONSIBLE: Tone.ACCENT, Role.WORKER: Tone.NEUTRAL, Role.READER: Tone.NEUTRAL}


class UsersPage(Page):
    """State: the accesses, and the one being given."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        self._manages = may_manage(self.desk)
        holder, layout = column()
        layout.addWidget(text("Qui peut ouvrir ce coffre", "page"))
        layout.addWidget(
            text(
                "Chaque personne a son accès et sa phrase de passe. Le journal garde qui a fait "
                "quoi.",
                "soft",
            )
        )
        self._back = button("Revenir aux réglages", self.escape)
        layout.addLayout(in_line(self._back))
        for user in list_users(self.desk):
            card = self._user(user)
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        if self._manages:
            for card in (self._new_user(), self._recovery(), self._key()):
                card.setMaximumWidth(_WIDTH)
                layout.addWidget(card)
        else:
            layout.addWidget(text("Seul un responsable change les accès.", "soft"))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The way back."""
        return self._back

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def _user(self, user: UserRow) -> Card:
        card = Card()
        name = f"{user.name} (vous)" if user.oneself else user.name
        card.body.addLayout(
            in_line(text(name, "heading"), chip(user.role_words.capitalize(), _TONES[user.role]))
        )
        card.add(
            text(
                f"{ROLE_MEANING[user.role].capitalize()}. Dernière ouverture\u00a0: {user.opened}.",
                "soft",
            )
        )
        if not self._manages or user.oneself:
            return card
        roles = ChoiceList()
        roles.setAccessibleName(f"Rôle de {user.name}")
        for role, words in ROLE_WORDS.items():
            roles.addItem(words.capitalize(), role)
        roles.setCurrentIndex(roles.findData(user.role))
        roles.activated.connect(lambda _: self._give_role(user, roles.currentData()))
        passphrase = secret_field("Nouvelle phrase de passe, si elle est oubliée")
        card.add(roles)
        card.add(passphrase)
        card.body.addLayout(
            in_line(
                button("Changer la phrase de passe", partial(self._reset, user, passphrase)),
                button("Retirer l’accès", partial(self._remove, user), Weight.DANGER),
            )
        )
        return card

    def _new_user(self) -> Card:
        card = Card("Donner un accès")
        card.body.setSpacing(12)
        self.name = LineField("Nom")
        self.role = ChoiceField(
            "Rôle",
            tuple(
                (role.value, f"{words.capitalize()}\u00a0: {ROLE_MEANING[role]}")
                for role, words in ROLE_WORDS.items()
            ),
        )
        self.role.show_text(Role.WORKER.value)
        self._role = Role.WORKER
        self.role.answered.connect(self._choose_role)
        self.passphrase = secret_field(
            "Phrase de passe", hint="La personne l’écrit elle-même. Elle la changera si elle veut."
        )
        for field in (self.name, self.role, self.passphrase):
            card.add(field)
        card.body.addLayout(in_line(button("Donner l’accès", self.add, Weight.PRIMARY)))
        return card

    def add(self) -> None:
        """Give the access described."""
        name, typed = self.name.text().strip(), self.passphrase.text()
        if not name:
            self.name.show_notes(FieldNotes(error="Cette réponse manque."))
            return
        if not self._strong(self.passphrase, typed, name):
            return
        desk, role = self.desk, self._role
        self.workplace.in_background(
            lambda: add_user(desk, name, role, typed),
            lambda _: self._again(f"{name} peut ouvrir le coffre."),
        )

    def _choose_role(self, chosen: str) -> None:
        self._role = Role(chosen)
        self.role.show_text(chosen)

    def _recovery(self) -> Card:
        card = Card("Feuille de secours")
        confirmed = self.desk.vault.users.recovery_confirmed
        card.add(
            text(
                "Elle ouvre le coffre quand les phrases de passe sont perdues. Une nouvelle "
                "feuille rend l’ancienne sans effet."
                + ("" if confirmed else " Celle en cours n’a pas encore été relue."),
                "soft",
            )
        )
        card.body.addLayout(in_line(button("Refaire la feuille de secours", self._renew)))
        return card

    def _key(self) -> Card:
        card = Card("Changer la clé du coffre")
        card.add(
            text(
                "À faire quand une personne partie a pu emporter une copie du coffre. Les autres "
                "accès restent. Une nouvelle feuille de secours est imprimée.",
                "soft",
            )
        )
        card.body.addLayout(in_line(button("Changer la clé du coffre", self._rekey)))
        return card

    def _give_role(self, user: UserRow, role: Role) -> None:
        def give() -> bool:
            change_role(self.desk, user.id, role)
            return True

        done = self.workplace.attempt(give)
        self.workplace.go(Place.USERS)
        if done:
            self.workplace.say(f"{user.name} est maintenant {ROLE_WORDS[role]}.", Tone.GOOD)

    def _reset(self, user: UserRow, field: LineField) -> None:
        typed = field.text()
        if self._strong(field, typed, user.name):
            desk = self.desk
            self.workplace.in_background(
                lambda: reset_passphrase(desk, user.id, typed),
                lambda _: self._again(f"La phrase de passe de {user.name} est changée."),
            )

    def _remove(self, user: UserRow) -> None:
        def remove() -> bool:
            remove_user(self.desk, user.id)
            return True

        if self.workplace.attempt(remove):
            self._again(
                f"{user.name} n’a plus d’accès. Si cette personne a pu copier le coffre, changez "
                "aussi sa clé."
            )

    def _renew(self) -> None:
        desk = self.desk
        self.workplace.in_background(lambda: renew_recovery_sheet(desk), self._print_sheet)

    def _rekey(self) -> None:
        desk = self.desk
        self.workplace.say("La clé du coffre change. N’éteignez pas le poste.", Tone.CARE)
        self.workplace.in_background(
            lambda: change_vault_key(desk, lambda _: None), self._print_sheet
        )

    def _print_sheet(self, pdf: bytes) -> None:
        from desktop.ui.printing.printer import print_pdf
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        try:
            printer = print_pdf(self, pdf, title="Feuille de secours", single_sided=True)
            why = ""
        except KNOWN_ERRORS as error:
            printer, why = None, f"{sentence(error)} "
        if printer is None:
            self.workplace.say(
                f"{why}La feuille de secours n’est pas imprimée\u00a0: refaites-la avant de "
                "partir.",
                Tone.BAD,
            )
        else:
            self._again("La nouvelle feuille de secours est imprimée. Détruisez l’ancienne.")

    def _strong(self, field: LineField, typed: str, name: str) -> bool:
        strength = passphrase_strength(typed, known_words=(name,))
        field.show_notes(FieldNotes(error="" if strength.acceptable else strength.advice))
        return strength.acceptable

    def _again(self, sentence: str) -> None:
        self.workplace.go(Place.USERS)
        self.workplace.say(sentence, Tone.GOOD)
