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
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.sheet_steps import SheetSteps
from desktop.ui.parts.text import text
from desktop.ui.settings.recovery_cards import KeyCard, RecoveryCard
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.users import (
    ROLE_MEANING,
    ROLE_WORDS,
    UserRow,
    add_user,
    change_role,
    list_users,
    may_manage,
    remove_user,
    reset_passphrase,
)
from desktop.workflows.start.strength import passphrase_strength
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey

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
            for card in (
                self._new_user(),
                RecoveryCard(workplace, self._show_sheet),
                KeyCard(workplace, self._show_sheet),
            ):
                card.setMaximumWidth(_WIDTH)
                layout.addWidget(card)
        else:
            layout.addWidget(text("Seul un responsable change les accès.", "soft"))
        layout.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._list = scrolling(holder)
        self._outer.addWidget(self._list)

    def first_focus(self) -> QWidget | None:
        """The way back."""
        return self._back

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def _user(self, user: UserRow) -> Card:
        card = Card()
        name = f"{user.name} (vous)" if user.oneself else user.name
        card.add(text(name, "heading"))
        card.body.addLayout(in_line(chip(user.role_words.capitalize(), _TONES[user.role])))
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
        question = self._removal(user)
        card.add(roles)
        card.add(passphrase)
        card.add(
            flowing(
                button("Changer la phrase de passe", partial(self._reset, user, passphrase)),
                button("Retirer l’accès…", partial(_ask, question), Weight.DANGER),
            )
        )
        card.add(question)
        return card

    def _removal(self, user: UserRow) -> QWidget:
        question = QWidget()
        layout = QVBoxLayout(question)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            text(
                f"Retirer l’accès de {user.name}\u00a0? Sa phrase de passe n’ouvrira plus ce "
                "coffre. Ce qui a été fait reste au journal, sous son nom.",
                "warning",
            )
        )
        keep = button("Garder l’accès", question.hide)
        layout.addWidget(
            flowing(
                keep,
                button(
                    f"Retirer l’accès de {user.name}", partial(self._remove, user), Weight.DANGER
                ),
            )
        )
        question.setFocusProxy(keep)
        question.hide()
        return question

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

    def _show_sheet(self, recovery: RecoveryKey) -> None:
        """Nothing else is done here until the new sheet was read back, or the page is left."""
        steps = SheetSteps(
            self.desk, recovery, done_words="Terminer", on_done=self._sheet_read_back
        )
        card = Card("Nouvelle feuille de secours")
        card.setMaximumWidth(_WIDTH)
        card.add(
            text(
                "L’ancienne feuille n’ouvre plus ce coffre. Celle-ci n’est montrée qu’une fois"
                "\u00a0: imprimez-la et enfermez-la.",
                "soft",
            )
        )
        card.add(steps)
        holder, layout = column()
        layout.addWidget(card)
        layout.addStretch(1)
        self._list.hide()
        self._outer.addWidget(scrolling(holder))
        steps.first_focus().setFocus()

    def _sheet_read_back(self) -> None:
        self._again("La nouvelle feuille de secours est relue. Détruisez l’ancienne.")

    def _strong(self, field: LineField, typed: str, name: str) -> bool:
        strength = passphrase_strength(typed, known_words=(name,))
        field.show_notes(FieldNotes(error="" if strength.acceptable else strength.advice))
        return strength.acceptable

    def _again(self, sentence: str) -> None:
        self.workplace.go(Place.USERS)
        self.workplace.say(sentence, Tone.GOOD)


def _ask(question: QWidget) -> None:
    question.show()
    question.setFocus()
