"""Answers as people write them, and as they are shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import catalogue
from forms.checks import grouped, run_check
from forms.errors import InvalidAnswer
from forms.values import display, parse_day
from tests.forms.language import TODAY, filling

N = "\u00a0"


@pytest.mark.parametrize(
    "typed",
    [
        "12 3 85",
        "12031985",
        "12/03/1985",
        "12.03.85",
        "12-3-1985",
        "120385",
        "12 mars 1985",
        "12 MARS 85",
        "1985-03-12",
        "  12  03  1985 ",
    ],
)
def test_the_same_day_however_it_is_written(typed: str) -> None:
    assert parse_day(typed, today=TODAY) == date(1985, 3, 12)


def test_the_first_of_a_month_is_read_as_it_is_written() -> None:
    assert parse_day("1er août 2026", today=TODAY) == date(2026, 8, 1)


def test_two_figures_of_a_year_are_the_last_such_year_or_a_near_one() -> None:
    assert parse_day("1 1 30", today=TODAY) == date(2030, 1, 1)
    assert parse_day("1 1 40", today=TODAY) == date(1940, 1, 1)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31 02 1985", "Le 31 février n’existe pas. Vérifiez le jour ou le mois."),
        ("29 02 2026", "Il n’y a pas de 29 février en 2026. Vérifiez le jour ou l’année."),
        ("12 13 1985", "Il n’y a pas de mois 13. Vérifiez le mois."),
        ("12 03 0985", "L’année 985 est impossible. Écrivez-la en quatre chiffres."),
        ("hier", None),
        ("12", None),
        ("12 03", None),
        ("12/03/198", None),
    ],
)
def test_a_day_that_is_none_says_why(typed: str, message: str | None) -> None:
    with pytest.raises(InvalidAnswer) as caught:
        parse_day(typed, today=TODAY)
    expected = (
        f"Cette date est illisible. Écrivez le jour, le mois, l’année. Exemple{N}: 12 03 1985."
    )
    assert caught.value.message == (message or expected)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_as_it_is_shown(day: date) -> None:
    assert parse_day(day.strftime("%d/%m/%Y"), today=TODAY) == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_day(typed: str) -> None:
    try:
        parse_day(typed, today=TODAY)
    except InvalidAnswer as error:
        assert error.message.endswith((".", "!"))


def test_what_is_wrong_stays_as_it_was_typed() -> None:
    made = filling("date | a\ninteger | b", a="31 02 1985", b="trois")
    assert made.typed("/data/a") == "31 02 1985"
    assert made.typed("/data/b") == "trois"
    assert len(made.problems()) == 2
    again = type(made)(made.form, made.answers(), today=made.today)
    assert again.typed("/data/a") == "31 02 1985"
    assert again.problems() == made.problems()


@pytest.mark.parametrize(
    ("typed", "shown"), [("1234,5", "1234,5"), ("1 234,50 €", "1234,5"), ("-3", "-3")]
)
def test_decimal_numbers_take_a_comma(typed: str, shown: str) -> None:
    assert filling("decimal | a", a=typed).typed("/data/a") == shown


@pytest.mark.parametrize(
    ("check", "text", "problem", "warning"),
    [
        ("nir", "255081416802538", False, False),
        ("nir", "2 55 08 14 168 025 38", False, False),
        ("nir", "255081416802539", True, False),
        ("nir", "2550814168025", False, True),
        ("nir", "185052A00400577", False, False),
        ("nir", "285072B03301282", False, False),
        ("nir", "123", True, False),
        ("iban", "FR76 3000 6000 0112 3456 7890 189", False, False),
        ("iban", "FR7630006000011234567890188", True, False),
        ("phone", "06 12 34 56 78", False, False),
        ("phone", "12", True, False),
        ("phone", "+90 532 123 45 67", False, False),
        ("email", "zoe@exemple.fr", False, False),
        ("email", "zoe", True, False),
        ("postal_code", "29 200", False, False),
        ("postal_code", "2920", True, False),
        ("elector_number", "291234567", False, False),
        ("elector_number", "2912345678", True, False),
        ("prison_number", "48213", False, False),
        ("prison_number", "écrou 9", False, True),
        ("caf_number", "1234567", False, False),
        ("caf_number", "12", False, True),
    ],
)
def test_identifiers_are_checked(check: str, text: str, problem: bool, warning: bool) -> None:
    result = run_check(check, text)
    assert (result.problem is not None) == problem, result
    assert (result.warning is not None) == warning, result


@pytest.mark.parametrize(
    ("check", "text", "shown"),
    [
        ("nir", "285039920801441", f"2{N}85{N}03{N}99{N}208{N}014{N}41"),
        ("iban", "FR7630006000011234567890189", f"FR76{N}3000{N}6000{N}0112{N}3456{N}7890{N}189"),
        ("phone", "0612345678", f"06{N}12{N}34{N}56{N}78"),
        ("prison_number", "48213", f"48{N}213"),
        ("phone", "+90 532", "+90 532"),
    ],
)
def test_identifiers_are_grouped_as_they_are_printed(check: str, text: str, shown: str) -> None:
    assert grouped(check, text) == shown


def test_several_answers_are_told_apart_where_one_holds_a_comma() -> None:
    form = catalogue().form("mdph")
    question = next(one for one in form.questions() if one.name == "urgence")
    first, second = (choice for choice in question.choices if "," in choice.label), question.choices
    chosen = (next(first).name, second[-1].name)
    labels = {choice.name: choice.label for choice in question.choices}
    assert display(question, chosen) == "\u00a0; ".join(labels[name] for name in chosen)
    turns = next(
        one for one in catalogue().form("procuration-vote").questions() if one.name == "tours"
    )
    assert "; " not in display(turns, tuple(choice.name for choice in turns.choices))
