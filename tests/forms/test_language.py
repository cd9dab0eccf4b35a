"""The form language: what XLSForm and ODK XPath mean, one small table a case."""

from __future__ import annotations

from datetime import date

import pytest

from forms.state import ProblemKind
from tests.forms.language import filling


@pytest.mark.parametrize(
    ("expression", "typed", "expected"),
    [
        ("${a} + 1", "2", "3"),
        ("${a} div 2", "3", "1.5"),
        ("${a} mod 2", "7", "1"),
        ("-${a} * 2", "3", "-6"),
        ("${a} = 2 or ${a} = 3", "3", "true"),
        ("not(${a} > 5) and ${a} >= 1", "1", "true"),
        ("if(${a} > 18, 'majeur', 'mineur')", "19", "majeur"),
        ("concat('n', ${a}, '!')", "4", "n4!"),
        ("round(${a} div 3)", "5", "2"),
        ("round(${a} div 3, 2)", "5", "1.67"),
        ("int(${a} div 2)", "7", "3"),
        ("coalesce('', ${a})", "8", "8"),
        ("pow(${a}, 2)", "3", "9"),
        ("string-length('Œillet')", "1", "6"),
        ("substr('abcdef', 1, 3)", "1", "bc"),
        ("substring('abcdef', 2, 3)", "1", "bcd"),
        ("substring-before('a-b', '-')", "1", "a"),
        ("substring-after('a-b', '-')", "1", "b"),
        ("translate('06 12', ' ', '')", "1", "0612"),
        ("normalize-space('  a   b ')", "1", "a b"),
        ("contains('bonjour', 'jou') and starts-with('bonjour', 'bon')", "1", "true"),
        ("regex('29200', '^[0-9]{5}$')", "1", "true"),
        ("selected('pomme poire', 'poire')", "1", "true"),
        ("selected-at('pomme poire', 1)", "1", "poire"),
        ("count-selected('pomme poire')", "1", "2"),
        ("number('12') + 1", "1", "13"),
        ("format-date(date('1985-03-12'), '%d/%m/%Y')", "1", "12/03/1985"),
        ("format-date(today() - 1, '%Y-%m-%d')", "1", "2026-11-22"),
        ("date('2026-12-25') - today()", "1", "32"),
        ("max(1, ${a}, 3)", "9", "9"),
        ("min(4, ${a})", "9", "4"),
        ("boolean-from-string('true')", "1", "true"),
        ("checklist(1, 2, ${a} = 1, ${a} = 2)", "1", "true"),
        ("/data/a + 1", "1", "2"),
        ("../a + 1", "1", "2"),
        ("count-non-empty(${a})", "1", "1"),
        ("if(${vide}, 'posée', 'absente')", "1", "posée"),
        ("boolean(string(${vide}))", "1", "false"),
        ("not(${a})", "0", "false"),
        ("max(1, ${vide})", "1", None),
        ("sum(${vide}[. != ''])", "1", "0"),
        ("selected(${vide}, '')", "1", "true"),
        ("selected('pomme', '')", "1", "false"),
        ("date('1985-3-2')", "1", date(1985, 3, 2)),
        ("decimal-time('25:00')", "1", None),
        ("decimal-time('18:00')", "1", "0.75"),
        ("regex('é', '^\\\\w$')", "1", "false"),
        ("count(instance('fruits')/root/item)", "1", "3"),
        ("instance('fruits')/root/item[name = 'on']/label", "1", "Autre"),
        ("instance('fruits')/root/item[position() = ${a}]/name", "2", "poire"),
        ("instance('fruits')/root/item[name = current()/../choix]/label", "1", "Poire"),
        ("1 div (0 * -1)", "1", "-Infinity"),
        ("string(1 div 10000000)", "1", "0.0000001"),
        ("123456789012345680000 * 1", "1", "123456789012345680000"),
        ("string-length(uuid(12))", "1", "12"),
        ("//a + 1", "1", "2"),
        ("count(//choix)", "1", "1"),
        ("jr:choice-name(${choix}, '${choix}')", "1", "Poire"),
        ("jr:choice-name('absent', '${choix}')", "1", None),
    ],
)
def test_an_expression_gives(expression: str, typed: str, expected: object) -> None:
    made = filling(
        f"""
        integer | a
        text | vide
        select_one fruits | choix
        calculate | x | calculation: {expression}
        """,
        a=typed,
        choix="poire",
    )
    assert made.value("/data/x") == expected


@pytest.mark.parametrize(
    "expression",
    ["${a} div 0", "number('x')", "date('jamais')", "sum(${a})", "selected-at('', 9)", "max('')"],
)
def test_nonsense_gives_nothing_and_breaks_nothing(expression: str) -> None:
    made = filling(f"integer | a\ncalculate | x | calculation: {expression}")
    assert made.value("/data/x") in (None, "0")


def test_a_choice_named_no_stays_text() -> None:
    made = filling("select_one oui_non | a\ntext | b | relevant: ${a} = 'no'", a="no")
    assert made.value("/data/a") == "no"
    assert made.state("/data/b").relevant


def test_what_is_not_relevant_leaves_the_output_and_stays_in_the_draft() -> None:
    made = filling("select_one oui_non | a\ntext | b | relevant: ${a} = 'oui'", a="oui", b="gardé")
    assert made.output()["/data/b"] == "gardé"
    made.type_in("/data/a", "no")
    assert "/data/b" not in made.output()
    assert made.answers()["/data/b"] == "gardé"
    made.type_in("/data/a", "oui")
    assert made.output()["/data/b"] == "gardé"


def test_relevance_goes_down_through_groups_and_chains() -> None:
    made = filling(
        """
        select_one oui_non | a
        group | g | relevant: ${a} = 'oui'
          text | b
          text | c | relevant: ${b} != ''
        end
        text | d | relevant: ${c} = 'x'
        """,
        a="oui",
    )
    made.type_in("/data/g/b", "1")
    made.type_in("/data/g/c", "x")
    assert made.state("/data/d").relevant
    made.type_in("/data/a", "no")
    assert not made.state("/data/d").relevant
    assert not made.state("/data/g/c").relevant


def test_required_and_constraint_are_problems_only_where_relevant() -> None:
    made = filling(
        """
        integer | a | required: yes
        integer | b | constraint: . > ${a} | constraint_message: Plus que a.
        text | c | required: ${a} > 5 | relevant: ${b} > 0
        """
    )
    assert [(one.path, one.kind) for one in made.problems()] == [("/data/a", ProblemKind.MISSING)]
    made.type_in("/data/a", "6")
    changed = made.type_in("/data/b", "3")
    assert "/data/b" in changed
    assert [one.message for one in made.problems()] == ["Plus que a.", "Cette réponse manque."]
    assert "/data/b" in made.type_in("/data/a", "1"), "the constraint of b reads a"
    assert made.problems() == ()


def test_repeats_count_sum_and_see_their_own_occurrence() -> None:
    made = filling(
        """
        repeat | enfants
          text | prenom
          integer | age
          calculate | rang | calculation: concat(position(..), '. ', ${prenom})
          text | ecole | relevant: ${age} < 16
        end
        calculate | nombre | calculation: count(${enfants})
        calculate | total | calculation: sum(${age})
        calculate | second | calculation: indexed-repeat(${prenom}, ${enfants}, 2)
        calculate | tous | calculation: join(', ', ${prenom})
        """
    )
    for number, (name, age) in enumerate((("Deniz", 8), ("Ayşe", 17), ("Łucja", 3)), start=1):
        made.add_repeat("/data/enfants")
        made.type_in(f"/data/enfants[{number}]/prenom", name)
        made.type_in(f"/data/enfants[{number}]/age", str(age))
    assert made.value("/data/nombre") == "3"
    assert made.value("/data/total") == "28"
    assert made.value("/data/second") == "Ayşe"
    assert made.value("/data/tous") == "Deniz, Ayşe, Łucja"
    assert made.value("/data/enfants[2]/rang") == "2. Ayşe"
    assert made.state("/data/enfants[1]/ecole").relevant
    assert not made.state("/data/enfants[2]/ecole").relevant
    made.remove_repeat("/data/enfants", 1)
    assert made.value("/data/enfants[1]/rang") == "1. Ayşe"
    assert made.value("/data/total") == "20"
    assert not made.state("/data/enfants[1]/ecole").relevant


def test_defaults_are_values_or_expressions_and_apply_once() -> None:
    made = filling("text | a | default: Brest\ndate | b | default: today()\ninteger | c")
    assert made.value("/data/a") == "Brest"
    assert made.typed("/data/b") == "23/11/2026"
    made.type_in("/data/a", "")
    again = type(made)(made.form, made.answers(), today=made.today)
    assert again.value("/data/a") is None


def test_the_profile_prefills_says_so_and_learns() -> None:
    from forms.filling import Filling
    from forms.reader import read_form
    from tests.forms.language import TODAY, definition

    form = read_form(
        definition(
            "text | nom | profile: identite.nom_naissance\ntext | ville | profile: adresse.commune"
        ),
        file="essai.yaml",
    )
    made = Filling(form, profile={"identite.nom_naissance": "Ünal"}, today=TODAY)
    assert made.value("/data/nom") == "Ünal"
    assert made.state("/data/nom").from_profile
    assert made.profile_changes() == ()
    made.type_in("/data/nom", "Ünal-Œillet")
    made.type_in("/data/ville", "Brest")
    changes = {change.key: (change.old, change.new) for change in made.profile_changes()}
    assert changes == {
        "identite.nom_naissance": ("Ünal", "Ünal-Œillet"),
        "adresse.commune": (None, "Brest"),
    }


def test_words_hold_the_answers_they_name() -> None:
    made = filling(
        """
        text | nom
        note | merci | label: Merci ${nom}, et ${prenom}
        repeat | enfants
          text | prenom
          text | ecole | label: École de ${prenom}
        end
        """
    )
    assert made.question("/data/merci").label == "Merci …, et …"
    made.type_in("/data/nom", "Zoë")
    for name in ("Deniz", "Łucja"):
        number = made.add_repeat("/data/enfants")
        made.type_in(f"/data/enfants[{number}]/prenom", name)
    assert made.question("/data/merci").label == "Merci Zoë, et Deniz, Łucja"
    assert made.question("/data/enfants[2]/ecole").label == "École de Łucja"


def test_a_repeat_stands_as_often_as_it_is_said_and_keeps_what_it_held() -> None:
    made = filling(
        """
        integer | combien
        repeat | enfants | repeat_count: ${combien}
          text | prenom
        end
        calculate | total | calculation: count-non-empty(${prenom})
        """,
        combien="2",
    )
    assert made.count("/data/enfants") == 2
    assert made.is_counted("/data/enfants")
    made.type_in("/data/enfants[2]/prenom", "Deniz")
    made.type_in("/data/combien", "1")
    assert made.value("/data/total") == "0"
    assert made.answers()["/data/enfants[2]/prenom"] == "Deniz"
    made.type_in("/data/combien", "3")
    assert made.value("/data/enfants[2]/prenom") == "Deniz"
    assert made.value("/data/total") == "1"


def test_a_trigger_sets_a_value_that_can_still_be_changed() -> None:
    made = filling(
        """
        text | nom
        text | copie | trigger: ${nom} | calculation: concat(${nom}, '!')
        """
    )
    made.type_in("/data/nom", "Zoë")
    assert made.value("/data/copie") == "Zoë!"
    made.type_in("/data/copie", "autre")
    assert made.value("/data/copie") == "autre"
    made.type_in("/data/nom", "Luís")
    assert made.value("/data/copie") == "Luís!"


def test_lots_are_drawn_once_and_a_moment_is_kept() -> None:
    table = """
        text | nom
        calculate | tirage | calculation: random()
        calculate | numero | calculation: once(uuid())
        calculate | premier | calculation: once(${nom})
        """
    made = filling(table, nom="Zoë")
    drawn, number = made.value("/data/tirage"), made.value("/data/numero")
    made.type_in("/data/nom", "Luís")
    made.recompute()
    again = type(made)(made.form, made.answers(), today=made.today)
    for one in (made, again):
        assert (one.value("/data/tirage"), one.value("/data/numero")) == (drawn, number)
        assert one.value("/data/premier") == "Zoë"


def test_a_supporting_document_may_answer_a_question() -> None:
    made = filling(
        """
        select_one oui_non | loue
        file | bail | label: Bail | relevant: ${loue} = 'oui' | required: yes
        """
    )
    assert made.documents() == ()
    made.type_in("/data/loue", "oui")
    (request,) = made.documents()
    assert (request.name, request.label) == ("/data/bail", "Bail")
    assert made.is_required(request)
    assert [problem.path for problem in made.problems()] == ["/data/bail"]
    made.set("/data/bail", "bail.pdf")
    assert made.problems() == ()


def test_a_reference_is_true_where_its_question_stands_whatever_it_holds() -> None:
    made = filling("text | vide\ntext | a | relevant: ${vide}\ntext | b | required: not(${vide})")
    assert made.state("/data/a").relevant
    assert not made.state("/data/b").required


def test_a_blank_among_several_makes_no_total() -> None:
    made = filling(
        """
        repeat | r
          integer | a
        end
        calculate | total | calculation: sum(${a})
        calculate | plus | calculation: max(${a})
        calculate | sans_vide | calculation: sum(${a}[. != ''])
        """
    )
    assert made.value("/data/total") == "0"
    for number in (1, 2):
        made.add_repeat("/data/r")
        made.type_in(f"/data/r[{number}]/a", str(number))
    assert (made.value("/data/total"), made.value("/data/plus")) == ("3", "2")
    made.type_in("/data/r[1]/a", "")
    assert (made.value("/data/total"), made.value("/data/plus")) == (None, None)
    assert made.value("/data/sans_vide") == "2"


def test_what_other_occurrences_say_is_followed() -> None:
    made = filling(
        """
        repeat | r
          integer | a
          calculate | avant | calculation: indexed-repeat(${a}, ${r}, position(..) - 1)
          calculate | moins | calculation: count(../../r[a < current()/../a])
          calculate | k | calculation: position(..)
          calculate | cumul | calculation: ${a} + coalesce(../../r[k = current()/../k - 1]/cumul, 0)
        end
        """
    )
    for number in (1, 2, 3):
        made.add_repeat("/data/r")
        made.type_in(f"/data/r[{number}]/a", str(number))
    assert made.value("/data/r[2]/avant") == "1"
    assert made.value("/data/r[3]/moins") == "2"
    assert made.value("/data/r[3]/cumul") == "6"
    changed = made.type_in("/data/r[1]/a", "10")
    assert "/data/r[2]/avant" in changed
    assert made.value("/data/r[2]/avant") == "10"
    assert made.value("/data/r[3]/moins") == "1"
    assert made.value("/data/r[3]/cumul") == "15"


def test_a_calculation_that_feeds_itself_stops() -> None:
    made = filling(
        """
        repeat | r
          integer | a
          integer | b | calculation: sum(../../r/b[. != '']) + ${a}
        end
        """
    )
    made.add_repeat("/data/r")
    assert "/data/r[1]/b" in made.type_in("/data/r[1]/a", "1")


def test_a_whole_number_is_calculated_without_its_fraction() -> None:
    made = filling("integer | a\ninteger | b | calculation: ${a} div 2", a="5")
    assert made.value("/data/b") == 2


def test_a_default_may_read_another() -> None:
    made = filling("text | a | default: Brest\ntext | b | default: concat(${a}, ' !')")
    assert made.value("/data/b") == "Brest !"


def test_counted_occurrences_have_their_defaults_once() -> None:
    made = filling(
        """
        integer | n
        repeat | r | repeat_count: ${n}
          text | a | default: Brest
        end
        """,
        n="2",
    )
    assert made.value("/data/r[2]/a") == "Brest"
    made.type_in("/data/r[2]/a", "")
    made.type_in("/data/n", "1")
    made.type_in("/data/n", "3")
    assert [made.value(f"/data/r[{number}]/a") for number in (1, 2, 3)] == ["Brest", None, "Brest"]
    again = type(made)(made.form, made.answers(), today=made.today)
    assert again.value("/data/r[2]/a") is None
    assert "/data/r[4]/a" in again.type_in("/data/n", "4")
    assert again.value("/data/r[4]/a") == "Brest"
