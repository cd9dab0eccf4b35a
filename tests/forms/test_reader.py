"""A definition with a fault is refused, with file, line, what is wrong, what is expected."""

from __future__ import annotations

import pytest

from forms.errors import DefinitionError
from forms.reader import read_form
from tests.forms.language import HEAD, definition


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("geopoint | a", 6, "“geopoint” demande un capteur de position"),
        ("texte | a", 6, "type inconnu “texte”"),
        ("text | 1a", 7, "“1a” ne peut pas être un nom"),
        ("text | a\ntext | a", 9, "“a” est déjà le nom de la ligne 6"),
        ("select_one rien | a", 6, "la liste de choix “rien” manque"),
        ("text | a | relevant: ${b} = 1", 9, "aucune question ne s’appelle ${b}"),
        ("text | a | constraint: foo(.)", 9, "la fonction foo() est inconnue"),
        ("text | a | relevant: ${a} +", 9, "s’arrête trop tôt"),
        ("text | a | requis: yes", 9, "colonne inconnue “requis”"),
        ("text | a | check: rien", 9, "contrôle inconnu “rien”"),
        ("calculate | a", 6, "“a” ne calcule rien"),
        ("text | a | relevant: /data/zz = 1", 9, "aucune question n’est à /data/zz"),
        ("text | a | relevant: /autre/a = 1", 9, "un chemin absolu commence par /data"),
    ],
)
def test_a_fault_is_located(table: str, line: int, problem: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_form(definition(table), file="essai.yaml")
    assert caught.value.line == line
    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"essai.yaml:{line} ")
    assert " ; attendu : " in str(caught.value)


def test_what_depends_on_itself_is_refused() -> None:
    with pytest.raises(DefinitionError, match="dépend de lui-même"):
        read_form(
            definition(
                "calculate | a | calculation: ${b} + 1\ncalculate | b | calculation: ${a} + 1"
            ),
            file="essai.yaml",
        )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "est vide"),
        ("- a\n- b", "pas un bloc"),
        ("settings: [", "pas du YAML"),
        ("a: &x {b: 1}\nc: *x", "les ancres et les alias"),
        ("a: 1\na: 2", "“a” est là deux fois"),
        (HEAD.replace("worth: preparation", "worth: rien"), "“worth” vaut “rien”|pas une liste"),
        ("settings: {form_id: a}\nsurvey: []", "manque|ne demande rien"),
        ("\x00", "YAML"),
    ],
)
def test_broken_files_are_refused(text: str, problem: str) -> None:
    with pytest.raises(DefinitionError, match=problem):
        read_form(text, file="essai.yaml")
