"""A proposal as adjusted in the window: words, types, links, what is not asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from exports.paper.proposal.adjusting import (
    dropped,
    kept,
    kinds_for,
    linked,
    profile_keys_for,
    renamed,
    retyped,
    with_question,
)
from exports.paper.proposal.model import Dropped
from exports.paper.proposal.writing import literal, question_names, write_form
from forms.definition import Kind
from forms.official import read_official
from tests.exports.paper.proposal.conftest import COMB, Proposed, Sheet, filled

Proposing = Callable[[Sheet | bytes], Proposed]


@pytest.fixture
def form(sheet: Sheet, proposed: Proposing) -> Proposed:
    """A date, a sex, a name."""
    sheet.say(50, 740, "Nom :")
    sheet.text("nom", (120, 737, 400, 751))
    sheet.say(50, 700, "Date de naissance :")
    for name, left, right, limit in (("j", 150, 168, 2), ("m", 174, 192, 2), ("a", 198, 232, 4)):
        sheet.text(name, (left, 697, right, 711), MaxLen=limit)
    sheet.say(30, 660, "Sexe :")
    for name, left, word in (("h", 150, "Homme"), ("f", 250, "Femme")):
        sheet.box(name, left, 658)
        sheet.say(left + 13, 660, word)
    sheet.say(50, 620, "Téléphone :")
    sheet.text("t", (120, 617, 260, 631), Ff=COMB, MaxLen=10)
    return proposed(sheet)


def test_every_type_offered_is_written_without_problem(form: Proposed) -> None:
    for place, question in enumerate(form.proposal.questions):
        for kind in kinds_for(question):
            changed = with_question(form.proposal, place, retyped(question, kind))
            text = "12031985" if place == 1 else "7"
            assert not filled(form.content, changed, text=text), (question.label, kind)
    with pytest.raises(ValueError, match="date"):
        retyped(form.of("h"), Kind.DATE)


def test_a_date_asked_as_text_keeps_its_parts(form: Proposed) -> None:
    question = retyped(form.of("j"), Kind.TEXT)
    assert question.profile is None
    changed = with_question(form.proposal, 1, question)
    mapping = read_official(write_form(changed).official, file="official.yaml")
    written = {one.field: one.value.text for one in mapping.fields if one.value}
    assert written["m"] == "substring(${date_naissance}, 3, 2)"


def test_another_label_gives_another_name(form: Proposed) -> None:
    changed = with_question(form.proposal, 0, renamed(form.of("nom"), " Nom  d’usage "))
    assert question_names(changed)[0] == "nom_usage"
    assert renamed(form.of("nom"), "  ") == form.of("nom")


def test_links_agree_with_the_type_and_the_choices(form: Proposed) -> None:
    assert "identite.nom_usage" in profile_keys_for(form.of("nom"))
    assert "naissance.date" not in profile_keys_for(form.of("nom"))
    other = linked(form.of("nom"), "identite.nom_usage")
    assert (other.profile, other.confidence) == ("identite.nom_usage", 1.0)
    assert linked(other, None).profile is None
    with pytest.raises(ValueError, match=r"naissance\.date"):
        linked(form.of("nom"), "naissance.date")
    assert profile_keys_for(form.of("h")) == ("identite.sexe",)


def test_a_dropped_question_leaves_its_fields(form: Proposed) -> None:
    question = dropped(form.of("j"))
    assert question.dropped is Dropped.BY_HAND
    assert kept(question) == form.of("j")
    changed = with_question(form.proposal, 1, question)
    mapping = read_official(write_form(changed).official, file="official.yaml")
    assert mapping.left_to_administration == ("j", "m", "a")
    assert not filled(form.content, changed)


def test_the_worth_and_the_source_say_where_it_comes_from(form: Proposed) -> None:
    texts = write_form(replace(form.proposal, number="12345*01"))
    assert "worth: official" in texts.form
    assert "status: to_verify" in texts.form
    assert "version: 2026.11.1" in texts.form
    assert "number: Cerfa 12345*01" in texts.form


@pytest.mark.parametrize(
    ("text", "written"),
    [("a", "'a'"), ("l'a", '"l\'a"'), ("'\"", "concat('', \"'\", '\"')")],
)
def test_any_text_is_a_string_of_xpath(text: str, written: str) -> None:
    assert literal(text) == written
