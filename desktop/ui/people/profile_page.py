"""A person's profile, fact by fact; and the few facts that begin a new one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import Field, FieldNotes, LineField
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.people.facts import InvalidFact, fact_text, read_fact
from desktop.workflows.people.profiles import add_person, change_profile, person_profile
from desktop.workflows.people.unfinished_person import keep_unfinished, unfinished_person
from desktop.workflows.settings.journal import note_opened
from desktop.workflows.settings.users import may_write
from forms.profile import PROFILE_KEYS, ProfileKey

_FIRST_FACTS = (
    "identite.civilite",
    "identite.nom_naissance",
    "identite.nom_usage",
    "identite.prenoms",
    "identite.sexe",
    "naissance.date",
    "naissance.commune",
    "naissance.pays",
    "ecrou.numero",
)
_NEEDED = ("identite.nom_naissance", "identite.prenoms")


class _FactsPage(Page):
    """State: the fields of some facts, and what is known."""

    def __init__(self, workplace: Workplace, keys: tuple[str, ...], title: str) -> None:
        super().__init__(workplace)
        holder, self.column = column()
        self.column.addWidget(text(title, "page"))
        self.fields: dict[str, Field] = {}
        section = None
        card = Card()
        for key in keys:
            known = PROFILE_KEYS[key]
            if known.section is not section:
                section = known.section
                card = Card(section.value)
                card.body.setSpacing(14)
                card.setMaximumWidth(680)
                self.column.addWidget(card)
            field = _field(known, optional=key not in _NEEDED)
            field.answered.connect(lambda typed, one=key: self.answer(one, typed))
            field.setEnabled(may_write(self.desk))
            card.add(field)
            self.fields[key] = field
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first fact."""
        return next(iter(self.fields.values())).target

    def questions(self) -> Mapping[str, Field]:
        """The facts, by their keys."""
        return self.fields

    def answer(self, key: str, typed: str) -> None:
        """Take what was typed for a fact."""
        raise AttributeError("a page of facts says what it does with them")

    def _read(self, key: str, typed: str) -> tuple[bool, str | float | None]:
        try:
            fact = read_fact(key, typed, today=self.desk.today())
        except InvalidFact as error:
            self.fields[key].show_notes(FieldNotes(error=error.message))
            return False, None
        self.fields[key].show_notes(FieldNotes(warning=fact.warning))
        if fact.value is not None and not isinstance(self.fields[key], ChoiceField):
            self.fields[key].show_text(fact_text(key, fact.value))
        return True, fact.value


class NewPersonPage(_FactsPage):
    """State: the facts typed so far, kept as they are typed; the person is added on request."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace, _FIRST_FACTS, "Ajouter une personne")
        self._known: dict[str, str | float] = {}
        self._add = writing_button("Ajouter la personne", self._save, Weight.PRIMARY)
        self._clear = writing_button("Effacer ce qui est écrit", self._begin_again, Weight.LINK)
        self.column.addLayout(in_line(self._add, self._clear))
        self.column.addStretch(1)
        self._keeping = False
        self.take_back(unfinished_person(self.desk))
        self._keeping = True
        self._clear.setVisible(bool(self._typed()))

    def answer(self, key: str, typed: str) -> None:
        """Keep the fact until the person is added."""
        fine, value = self._read(key, typed)
        if fine and value is not None:
            self._known[key] = value
        else:
            self._known.pop(key, None)
        if self._keeping:
            self.workplace.attempt(lambda: keep_unfinished(self.desk, self._typed()))
            self._clear.setVisible(bool(self._typed()))

    def unsaved(self) -> dict[str, str]:
        """All that is answered: the person is not there yet."""
        return self._typed()

    def escape(self) -> None:
        """Back to the list; what is typed is there on coming back."""
        self.workplace.go(Place.PEOPLE)

    def _typed(self) -> dict[str, str]:
        return {key: words for key, field in self.fields.items() if (words := field.words())}

    def _begin_again(self) -> None:
        self.workplace.attempt(lambda: keep_unfinished(self.desk, {}))
        self.workplace.go(Place.NEW_PERSON)

    def _save(self) -> None:
        for key in _NEEDED:
            if key not in self._known:
                self.fields[key].show_notes(FieldNotes(error="Cette réponse manque."))
                self.fields[key].target.setFocus()
                return

        def add() -> str:
            person_id = add_person(self.desk, self._known)
            keep_unfinished(self.desk, {})
            return person_id

        person_id = self.workplace.attempt(add)
        if person_id is not None:
            self.workplace.go(Place.PERSON, person_id)


class ProfilePage(_FactsPage):
    """State: the profile of a person; each fact is kept when its field is left."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        keys = tuple(key for key, known in PROFILE_KEYS.items() if known.kind is not None)
        super().__init__(workplace, keys, "Fiche")
        self._person_id = record
        self._unsaved: dict[str, str] = {}
        profile = person_profile(self.desk, record)
        note_opened(self.desk, record)
        for key, field in self.fields.items():
            value = profile.get(key)
            if value is not None:
                is_choice = isinstance(field, ChoiceField)
                field.show_text(str(value) if is_choice else fact_text(key, value))
        self.column.addLayout(in_line(button("Revenir à la personne", self.escape, Weight.PRIMARY)))
        self.column.addStretch(1)

    def answer(self, key: str, typed: str) -> None:
        """Write the fact into the vault at once."""
        fine, value = self._read(key, typed)

        def keep() -> bool:
            change_profile(self.desk, self._person_id, {key: value})
            return True

        if fine and self.workplace.attempt(keep):
            self._unsaved.pop(key, None)
            self.workplace.say("Fiche enregistrée.", Tone.GOOD)
        else:
            self._unsaved[key] = typed

    def unsaved(self) -> dict[str, str]:
        """What cannot be a fact as it is typed, and what the vault refused to write."""
        return dict(self._unsaved)

    def escape(self) -> None:
        """Back to the person."""
        self.workplace.go(Place.PERSON, self._person_id)


def _field(known: ProfileKey, *, optional: bool) -> Field:
    if known.choices:
        return ChoiceField(known.label, known.choices, optional=optional)
    hints = {"naissance.date": "Jour, mois, année. Exemple\u00a0: 12 03 1985"}
    return LineField(known.label, hint=hints.get(known.key, ""), optional=optional)
