"""A second language on paper: under the French, from its own side, marked as a help everywhere."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import uharfbuzz
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.blank.form import render_blank
from exports.paper.blank.help_sheet import render_help_sheet
from exports.paper.blank.told_condition import told_condition
from exports.paper.lettering.direction import has_leftwards, visual_runs
from exports.paper.lettering.fonts import face
from exports.paper.lettering.shaping import shape
from exports.paper.render import PDFIUM
from exports.paper.sheets import phrases
from exports.paper.sheets.numbering import is_asked, question_numbers
from exports.paper.sheets.page import MARGIN, WIDTH
from exports.paper.sheets.phrases import AID_NOTICE, EASY, EASY_NOTICE, aid_notices, phrase
from forms.catalogue import catalogue
from forms.definition import Form, Question, Translation, walk
from forms.errors import UnknownLanguage
from forms.languages import beside, language_code, translation
from forms.reader import read_form
from tests.exports.paper.conftest import Paper, words

COPY = "0e1f2a3b-1111-4222-8333-444455556666"
TRANSLATED = ("election-de-domicile", "caf-incarceration", "mdph")
PAIRS = [
    pytest.param(form_id, language, id=f"{form_id} {language_code(language)}")
    for form_id in TRANSLATED
    for language in catalogue().form(form_id).languages
]
LATIN = [pair for pair in PAIRS if not has_leftwards(str(pair.values[1]))]


def arabic_texts() -> list[str]:
    texts = [phrase(french, "ar") for french in vars(phrases).values() if isinstance(french, str)]
    for form_id in TRANSLATED:
        form = catalogue().form(form_id)
        texts += [
            one.text for one in every_translation(form) if language_code(one.language) == "ar"
        ]
    return [text for text in texts if text]


def every_translation(form: Form) -> list[Translation]:
    found = list(form.translations)
    for thing in (*form.documents, *walk(form.children)):
        found += thing.translations
        for choice in thing.choices if isinstance(thing, Question) else ():
            found += choice.translations
    return found


@cache
def blank(form_id: str, language: str) -> Paper:
    return Paper(render_blank(catalogue().form(form_id), copy_id=COPY, language=language).pdf)


@cache
def help_sheet(form_id: str, language: str) -> Paper:
    shelf = catalogue()
    return Paper(render_help_sheet(shelf.form(form_id), shelf.guide(form_id), language=language))


@pytest.mark.parametrize(("form_id", "language"), LATIN)
def test_the_second_language_stands_under_the_french(form_id: str, language: str) -> None:
    paper = blank(form_id, language)
    form = beside(catalogue().form(form_id), language)
    for question in form.questions():
        if is_asked(question) and not has_reference(question):
            assert words(question.label) in paper.text
            assert words(translation(question, "label")) in paper.text
            assert words(translation(question, "hint")) in paper.text
            for choice in question.choices:
                assert words(translation(choice, "label")) in paper.text


def has_reference(question: Question) -> bool:
    return "${" in question.label + question.hint


@pytest.mark.parametrize(("form_id", "language"), PAIRS)
@pytest.mark.parametrize("made", [blank, help_sheet])
def test_every_page_says_that_it_is_a_help(made: object, form_id: str, language: str) -> None:
    assert callable(made)
    paper: Paper = made(form_id, language)
    french, *translated = aid_notices(language)
    assert french in (AID_NOTICE, EASY_NOTICE)
    for page in paper.pages:
        assert words(french) in words(page.replace("\u00a0", " "))
        for text in translated:
            assert first_word(text) in page


def first_word(text: str) -> str:
    return text.split()[0]


def test_french_alone_says_nothing_of_languages() -> None:
    text = blank("election-de-domicile", "").text
    assert AID_NOTICE[:20] not in text
    assert not has_leftwards(text)


def test_whoever_is_written_of_is_told_that_it_is_herself() -> None:
    assert words(phrases.YOU) in words(blank("caf-incarceration", "").text.replace("\u00a0", " "))
    assert words(phrase(phrases.YOU, "en")) in blank("caf-incarceration", "en").text


def test_easy_to_read_french_is_never_small() -> None:
    paper = blank("election-de-domicile", EASY)
    tall = {
        text: max(heights(paper, text))
        for text in ("Votre carte", "Cette pièce", "Vous n’en avez", "Écrivez la ville")
    }
    assert min(tall.values()) > 0.8 * max(tall.values())


def heights(paper: Paper, start: str) -> list[float]:
    """How tall the lines are that begin so, in points."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(paper.pdf)
        try:
            found = []
            for page in document:
                text = page.get_textpage()
                for one in range(text.count_rects()):
                    left, bottom, right, top = text.get_rect(one)
                    if start in text.get_text_bounded(left, bottom, right, top):
                        found.append(top - bottom)
        finally:
            document.close()
    return found


def test_conditions_and_instructions_are_said_in_the_second_language() -> None:
    text = blank("caf-incarceration", "es").text
    assert "Rellene solo si marcó «Otra prestación» en la pregunta 3.1." in text
    assert words(phrase(phrases.WRITE, "es")) in text


def test_a_simple_condition_is_said_in_the_second_language() -> None:
    form = beside(catalogue().form("mdph"), "en")
    numbers = question_numbers(form)
    questions = {question.name: question for question in form.questions()}
    assert told_condition(form, questions["departement_mdph"], numbers) == (
        "Fill in only if you ticked “Yes” at question 1.5."
    )
    assert told_condition(form, questions["orientations"], numbers).startswith("Fill in only if")
    assert told_condition(form, questions["travail_concerne"], numbers) == (
        "Fill in if it concerns you."
    ), "too long for a sentence that nobody would check"
    assert told_condition(form, questions["nom"], numbers) == ""


def test_a_name_at_the_head_leaves_room_for_the_notice() -> None:
    form = catalogue().form("caf-incarceration")
    name = "Jean-Christophe de La Villardière-Montaigu"
    paper = Paper(render_blank(form, copy_id=COPY, language="es", person_name=name).pdf)
    for page in paper.pages[1:]:
        assert name in page
        assert words(phrase(AID_NOTICE, "es")) in page


def test_the_boxes_are_the_same_in_every_language() -> None:
    form = catalogue().form("election-de-domicile")
    french = render_blank(form, copy_id=COPY).geometry
    arabic = render_blank(form, copy_id=COPY, language="ar").geometry
    assert [(one.path, one.kind, one.choices) for one in arabic.fields] == [
        (one.path, one.kind, one.choices) for one in french.fields
    ]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage) as caught:
        blank("caf-incarceration", "de")
    assert caught.value.known == ("en", "es", "ar")


@pytest.mark.parametrize(("form_id", "language"), PAIRS)
def test_a_help_sheet_is_short_and_explains(form_id: str, language: str) -> None:
    paper = help_sheet(form_id, language)
    assert len(paper.pages) <= 2
    assert not paper.codes(0), "nothing of it is to be scanned"
    shelf = catalogue()
    form, guide = shelf.form(form_id), shelf.guide(form_id)
    for french in (form.title, form.summary, phrases.SIGNATURE, phrases.SIGNED_TRUE):
        assert words(french) in paper.text
    # On a line with Arabic, pdfium gives the French words from right to left too.
    for request in () if has_leftwards(language) else form.documents:
        assert words(request.label) in paper.text
    deadlines = guide.section("Délais")
    assert deadlines is not None
    for line in deadlines.lines:
        assert re.sub(r"\s", "", line.text) in paper.letters


@pytest.mark.parametrize(("form_id", "language"), PAIRS)
def test_fonts_are_embedded(form_id: str, language: str) -> None:
    for paper in (blank(form_id, language), help_sheet(form_id, language)):
        fonts = paper.fonts()
        assert fonts and all(fonts.values())
        assert ("/TRAITD+FiraGO" in fonts) == has_leftwards(language)


@pytest.mark.parametrize("code", [code for code in phrases.LANGUAGES if code != phrases.EASY])
def test_every_phrase_is_said_in_every_language(code: str) -> None:
    for name, french in vars(phrases).items():
        if name.isupper() and isinstance(french, str) and name not in ("EASY", "EASY_NOTICE"):
            translated = phrase(french, code)
            assert translated, name
            assert re.findall(r"\{\w+\}", translated) or "{" not in french
            assert set(re.findall(r"\{\w+\}", translated)) == set(re.findall(r"\{\w+\}", french))


# Arabic: the order of the letters, their shapes, what a reader finds.


def test_lines_stand_as_another_implementation_puts_them() -> None:
    for text in arabic_texts():
        runs = visual_runs(text, leftwards=True)
        seen = "".join(run[::-1] if leftwards else run for run, leftwards in runs)
        assert seen == get_display(text, base_dir="R")


@given(st.text("اب (1)2.cd،\u064b\u200c«»", max_size=20), st.booleans())
def test_no_letter_is_lost_in_the_order(text: str, leftwards: bool) -> None:
    runs = visual_runs(text, leftwards=leftwards)
    assert sorted("".join(run for run, _ in runs)) == sorted(text)


def test_words_are_shaped_as_harfbuzz_shapes_them() -> None:
    for word in " ".join(arabic_texts()).split():
        if not all(unicodedata.bidirectional(one) in ("AL", "NSM") for one in word):
            continue
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
        uharfbuzz.shape(face().font, buffer)
        line = shape(word, leftwards=True)
        assert [glyph.number for glyph in line.glyphs] == [
            info.codepoint for info in buffer.glyph_infos
        ]
        assert 0 not in [glyph.number for glyph in line.glyphs], "a glyph is missing"
        advances = sum(position.x_advance for position in buffer.glyph_positions)
        assert line.width == pytest.approx(advances * face().scale)


def test_letters_take_their_joined_forms() -> None:
    alone = shape("ه", leftwards=True).glyphs[0].number
    joined = [glyph.number for glyph in shape("ههه", leftwards=True).glyphs]
    assert len({alone, *joined}) == 4


def test_the_page_draws_the_glyphs_in_their_visual_order() -> None:
    paper = blank("election-de-domicile", "ar")
    drawn = "".join(f"{glyph.number:04x}" for glyph in shape("الهوية", leftwards=True).glyphs)
    with pikepdf.open(BytesIO(paper.pdf)) as document:
        content = b"".join(
            bytes(page.Contents.read_bytes())
            if isinstance(page.Contents, pikepdf.Stream)
            else b"".join(part.read_bytes() for part in page.Contents)
            for page in document.pages
        )
    assert drawn in "".join(re.findall(r"<([0-9a-f]{4})> Tj", content.decode("latin-1")))


def test_arabic_is_found_by_whoever_searches_the_page() -> None:
    text = blank("election-de-domicile", "ar").text
    for found in ("الهوية", "اسم العائلة", "تاريخ", "12/03/1985"):
        assert found in text


def test_an_abbreviation_first_does_not_turn_an_arabic_line() -> None:
    runs = visual_runs("RSA (الدخل)", leftwards=True)
    assert runs[-1] == ("RSA", False), "the first word stands at the right"


def test_arabic_ends_where_the_page_does() -> None:
    picture = blank("election-de-domicile", "ar").picture(1, dpi=72).convert("L")
    # The head of the second page, without the mark in its corner: French left, Arabic right.
    head = picture.crop((300, 34, 552, 46)).point(lambda level: 255 if level < 200 else 0)
    box = head.getbbox()
    assert box is not None
    assert 300 + box[2] == pytest.approx(WIDTH - MARGIN, abs=2)


# A definition in several languages.

DEFINITION = """
settings:
  form_id: essai
  version: "1"
  form_title: Essai
  form_title::English (en): Trial
  worth: preparation
documents:
  - {name: piece, label: Pièce, label::English (en): Document}
survey:
  - type: group
    name: tout
    label: Tout
    children:
      - {type: text, name: a, label: Un, label::English (en): One}
      - {type: text, name: b, label: Deux}
"""


def test_what_is_not_translated_is_said() -> None:
    form = read_form(DEFINITION, file="essai/form.yaml")
    assert form.languages == ("English (en)",)
    text = Paper(render_blank(form, copy_id=COPY, language="en").pdf).text
    for said in ("Trial", "One", "Document", "Deux", phrases.PARTIAL):
        assert said in text
