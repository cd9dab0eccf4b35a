"""The translated forms of the catalogue: nothing missing where a translation is promised."""

from __future__ import annotations

import re

import pytest

from desktop.workflows.official.checking import check_catalogue
from forms.catalogue import catalogue
from forms.definition import Form, Group, Node, Question, Translation, walk
from forms.errors import DefinitionError, UnknownLanguage
from forms.languages import beside, in_language, language_code, translation
from forms.reader import read_form
from forms.xlsform.exporting import export_xlsform
from forms.xlsform.importing import import_xlsform

WHOLE = {
    "election-de-domicile": ("en", "es", "ar", "fr-x-falc"),
    "caf-incarceration": ("en", "es", "ar"),
}
PARTLY = {"mdph": ("en", "es", "ar")}
MDPH_SECTIONS = (
    "demande", "identite", "naissance", "adresse_groupe", "domiciliation", "detention",
    "contact", "droits_groupe",
)  # fmt: skip
_ARABIC = re.compile("[\u0600-\u06ff]")


def untranslated(nodes: tuple[Node, ...], codes: tuple[str, ...]) -> list[str]:
    missing: list[str] = []

    def check(name: str, words: dict[str, str], translations: tuple[Translation, ...]) -> None:
        for column, text in words.items():
            have = {language_code(one.language) for one in translations if one.column == column}
            missing.extend(f"{name} {column} {code}" for code in codes if text and code not in have)

    for node in walk(nodes):
        if not isinstance(node, Question) or node.kind.shown:
            check(node.path, {"label": node.label, "hint": node.hint}, node.translations)
        for choice in node.choices if isinstance(node, Question) else ():
            check(f"{node.path} {choice.name}", {"label": choice.label}, choice.translations)
    return missing


@pytest.mark.parametrize("form_id", WHOLE)
def test_a_translated_form_lacks_nothing(form_id: str) -> None:
    form = catalogue().form(form_id)
    assert tuple(map(language_code, form.languages)) == WHOLE[form_id]
    assert untranslated(form.children, WHOLE[form_id]) == []


def test_the_first_sections_of_the_mdph_lack_nothing() -> None:
    form = catalogue().form("mdph")
    promised = tuple(node for node in form.children if node.name in MDPH_SECTIONS)
    assert len(promised) == len(MDPH_SECTIONS)
    assert untranslated(promised, PARTLY["mdph"]) == []


def test_the_check_counts_what_is_missing() -> None:
    reports = {report.form_id: report for report in check_catalogue()}
    for form_id, codes in WHOLE.items():
        assert reports[form_id].untranslated == tuple((code, 0) for code in codes)
    assert all(count > 0 for _, count in reports["mdph"].untranslated)


@pytest.mark.parametrize("form_id", [*WHOLE, *PARTLY])
def test_translations_keep_to_their_language(form_id: str) -> None:
    form = catalogue().form(form_id)
    for one in every_translation(form):
        arabic = _ARABIC.search(one.text) is not None
        # A Latin word in an Arabic sentence is an abbreviation or a French term.
        assert arabic == (language_code(one.language) == "ar"), one
        assert "${" not in one.text
        assert one.text == one.text.strip()


@pytest.mark.parametrize("form_id", [*WHOLE, *PARTLY])
def test_translations_make_the_round_trip(form_id: str) -> None:
    form = catalogue().form(form_id)
    made = import_xlsform(export_xlsform(form), file="essai.xlsx")
    assert made.notices == ()
    assert made.form.languages == form.languages
    assert set(every_translation(made.form)) == set(every_translation(form))


@pytest.mark.parametrize("form_id", [*WHOLE, *PARTLY])
def test_the_shelf_names_the_languages_without_reading_the_form(form_id: str) -> None:
    entry = next(one for one in catalogue().entries() if one.id == form_id)
    assert set(entry.languages) == set(catalogue().form(form_id).languages)


def test_sentences_of_the_easy_version_are_short() -> None:
    form = catalogue().form("election-de-domicile")
    for one in every_translation(form):
        if language_code(one.language) == "fr-x-falc":
            for sentence in re.split(r"[.?:]\s*", one.text):
                assert len(sentence.split()) <= 15, one.text


def test_a_form_stands_beside_one_language() -> None:
    form = catalogue().form("caf-incarceration")
    narrowed = beside(form, "ar")
    assert narrowed.title == form.title
    assert narrowed.languages == ("العربية (ar)",)
    assert {one.language for one in every_translation(narrowed)} == {"العربية (ar)"}
    assert not every_translation(beside(form, ""))
    group = narrowed.children[0]
    assert isinstance(group, Group)
    assert translation(group, "label") == "الهوية"
    with pytest.raises(UnknownLanguage):
        beside(form, "de")


def test_a_form_is_said_in_one_language() -> None:
    form = in_language(catalogue().form("election-de-domicile"), "fr-x-falc")
    labels = [question.label for question in form.questions()]
    assert "Votre nom de famille" in labels


def test_titles_and_documents_are_translated_and_nothing_else() -> None:
    text = """
settings:
  {form_id: essai, version: "1", form_title: Essai, worth: preparation, %s}
survey:
  - {type: text, name: a, label: Un}
"""
    form = read_form(text % '"form_title::English (en)": Trial', file="essai.yaml")
    assert translation(form, "form_title") == "Trial"
    with pytest.raises(DefinitionError):
        read_form(text % '"number::English (en)": Twelve', file="essai.yaml")


def every_translation(form: Form) -> list[Translation]:
    found = list(form.translations)
    for thing in (*form.documents, *walk(form.children)):
        found += thing.translations
        for choice in thing.choices if isinstance(thing, Question) else ():
            found += choice.translations
    return found
