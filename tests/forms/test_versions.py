"""A draft under a newer version: answers follow by name, changes are said, nothing is lost."""

from __future__ import annotations

from forms.definition import Form
from forms.filling import Filling
from forms.reader import read_form
from forms.versions import carry, homeless_in_words
from tests.forms.language import TODAY, definition


def form(table: str) -> Form:
    return read_form(definition(table), file="essai.yaml")


OLD = form(
    """
    group | identite
      text | nom
      text | surnom | label: Surnom
      select_one fruits | fruit
    end
    repeat | enfants
      text | prenom
    end
    """
)
NEW = form(
    """
    group | personne
      text | nom | label: Nom de naissance | required: yes
      select_one oui_non | fruit
      date | naissance
    end
    group | famille
      repeat | enfants
        text | prenom
      end
    end
    """
)


def test_answers_follow_by_name_and_the_rest_is_kept_and_named() -> None:
    filling = Filling(OLD, today=TODAY)
    filling.type_in("/data/identite/nom", "Ünal")
    filling.type_in("/data/identite/surnom", "Zaza")
    filling.add_repeat("/data/enfants")
    filling.type_in("/data/enfants[1]/prenom", "Deniz")
    carried = carry(filling.answers(), NEW, OLD)
    again = Filling(NEW, carried.answers, today=TODAY)
    assert again.value("/data/personne/nom") == "Ünal"
    assert again.value("/data/famille/enfants[1]/prenom") == "Deniz"
    (left,) = homeless_in_words(
        {path: kept for path, kept in again.homeless().items() if "surnom" in path}, [OLD]
    )
    assert (left.label, left.words) == ("Surnom", "Zaza")
    assert again.answers()["/data/identite/surnom"] == "Zaza"
    said = " ".join(carried.changes)
    assert "« Nom » devient « Nom de naissance »" in said.replace("\u00a0", " ")
    assert "maintenant obligatoire" in said
    assert "Nouvelle question" in said
    assert "retirée" in said
    assert "n’est plus proposée" in said


def test_the_same_form_changes_nothing() -> None:
    filling = Filling(OLD, today=TODAY)
    filling.type_in("/data/identite/nom", "Ünal")
    carried = carry(filling.answers(), OLD, OLD)
    assert carried.answers == filling.answers()
    assert carried.changes == ()


def test_a_version_that_is_not_known_any_more_says_nothing_and_loses_nothing() -> None:
    carried = carry({"/data/identite/surnom": "Zaza"}, NEW, None)
    assert carried.changes == ()
    (left,) = homeless_in_words(carried.answers, [])
    assert (left.label, left.words) == ("surnom", "Zaza")
