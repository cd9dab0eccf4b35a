"""What a screen reader is told: every word in its place, in order, in its language."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageChops

from exports.paper.blank.form import render_blank
from exports.paper.blank.help_sheet import render_help_sheet
from exports.paper.mail.checklist import render_checklist
from exports.paper.mail.covering_slip import render_covering_slip
from exports.paper.mail.envelope import render_envelope
from exports.paper.mail.envelopes import DL
from exports.paper.mail.joined import DocumentState, ListedApplication, ListedDocument
from exports.paper.mail.labels import SHEETS, render_labels
from exports.paper.mail.letterpaper import render_letter
from exports.paper.sheets.cardpage import render_card_page
from exports.paper.sheets.record import RecordPart, render_record
from exports.paper.sheets.recovery import render_recovery_sheet
from exports.paper.sheets.sheet import render_sheet
from forms.catalogue import catalogue
from forms.letter import compose
from tests.exports.paper.conftest import TODAY, Paper, filled, words

FORM_ID = "election-de-domicile"
# Operators that put something on a page (ISO 32000-1, table 51).
PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}


LISTED = [
    ListedApplication(
        "Élection de domicile",
        "Zoë",
        "8F3A",
        (
            ListedDocument("Pièce d’identité", DocumentState.JOINED, pages=2),
            ListedDocument("RIB", DocumentState.TO_ASK),
        ),
    )
]


def letter() -> bytes:
    template = catalogue().letter("caf-incarceration")
    assert template is not None
    form = catalogue().form("caf-incarceration")
    return render_letter(
        compose(template, filled("caf-incarceration")), form=form, application_id="x"
    )


def sheet() -> bytes:
    return render_sheet(
        filled("mdph"), application_id="x", person_name="Zoë", place="Valmont", printed_on=TODAY
    )


def blank(language: str) -> bytes:
    return render_blank(catalogue().form(FORM_ID), copy_id="X", language=language).pdf


def help_sheet(language: str) -> bytes:
    form = catalogue().form(FORM_ID)
    return render_help_sheet(form, catalogue().guide(FORM_ID), language=language)


PAPERS: dict[str, Callable[[], bytes]] = {
    "letter": letter,
    "sheet": sheet,
    "blank": lambda: blank(""),
    "blank in Arabic": lambda: blank("ar"),
    "help sheet in English": lambda: help_sheet("en"),
    "record": lambda: render_record(
        "Zoë", [RecordPart("Fiche", (("Nom", "ÜNAL"),))], place="Valmont", printed_on=TODAY
    ),
    "covering slip": lambda: render_covering_slip(
        LISTED, sender=("Valmont",), recipient=("CAF", "76000 Rouen"), sent_on=TODAY
    ),
    "checklist": lambda: render_checklist(LISTED, place="Valmont", printed_on=TODAY),
    "envelope": lambda: render_envelope(DL, ("CAF", "76000 Rouen"), sender=("Valmont",)),
    "labels": lambda: render_labels(SHEETS[0], [("CAF", "76000 Rouen")] * 15),
    "recovery sheet": lambda: render_recovery_sheet(
        ["ABCD EFGH"], place="Valmont", user="C. Le Goff", created_on=date(2026, 11, 23)
    ),
    "card": lambda: render_card_page(
        name="Valmont", kind="poste relais", words=["un"] * 12, digits="1 2", qr_texts=["carte"]
    ),
}


@pytest.fixture(params=PAPERS, scope="module")
def pdf(request: pytest.FixtureRequest) -> bytes:
    return PAPERS[request.param]()


@dataclass(frozen=True)
class Told:
    """An element of the tree: what it is, what it says of itself, where its pieces are."""

    role: str
    attributes: Any
    pieces: tuple[tuple[int, int], ...]


def tree(pdf: pikepdf.Pdf) -> Iterator[Told]:
    """The elements, in reading order, each after what it stands in."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def told(element: Any) -> Iterator[Told]:
        inner = list(element.K)
        pieces = tuple((pages[one.Pg.objgen], int(one.MCID)) for one in inner if one.Type == "/MCR")
        yield Told(str(element.S), element, pieces)
        for one in inner:
            if one.Type == "/StructElem":
                yield from told(one)

    return told(pdf.Root.StructTreeRoot.K[0])


def operations(page: pikepdf.Page) -> Iterator[tuple[str, list[Any]]]:
    """What draws a page: each operator and its operands."""
    for one in pikepdf.parse_content_stream(page):
        yield str(one.operator), list(one.operands)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def test_nothing_is_drawn_outside_the_structure_or_an_artifact(pdf: bytes) -> None:
    with opened(pdf) as document:
        for page in document.pages:
            depth = 0
            for name, operands in operations(page):
                if name in ("BDC", "BMC"):
                    depth += 1
                elif name == "EMC":
                    depth -= 1
                elif name in PAINTING:
                    assert depth == 1, operands
            assert depth == 0


def test_each_piece_is_in_the_tree_once_in_the_order_it_is_drawn(pdf: bytes) -> None:
    with opened(pdf) as document:
        drawn = {
            number: [
                int(operands[1].MCID)
                for name, operands in operations(page)
                if name == "BDC" and "/MCID" in operands[1]
            ]
            for number, page in enumerate(document.pages)
        }
        told: dict[int, list[int]] = {number: [] for number in drawn}
        for element in tree(document):
            for page_number, piece in element.pieces:
                told[page_number].append(piece)
        assert told == drawn


def test_the_tree_is_found_from_each_piece(pdf: bytes) -> None:
    with opened(pdf) as document:
        numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for element in tree(document):
            for page, piece in element.pieces:
                parents = owners[document.pages[page].obj.StructParents]
                assert parents[piece].objgen == element.attributes.objgen


def test_a_picture_is_told_in_words_and_where_it_is(pdf: bytes) -> None:
    with opened(pdf) as document:
        for element in tree(document):
            if element.role in ("/Figure", "/Lbl"):
                assert len(str(element.attributes.Alt)) > 5
            if element.role == "/Figure":
                left, bottom, right, top = (float(side) for side in element.attributes.A.BBox)
                assert 0 <= left < right <= 596
                assert 0 <= bottom < top <= 842


def test_headings_go_down_one_level_at_a_time(pdf: bytes) -> None:
    with opened(pdf) as document:
        found = (element.role for element in tree(document))
        levels = [0, *(int(role[2:]) for role in found if role in ("/H1", "/H2", "/H3"))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_file_says_its_language_its_title_and_its_standards(pdf: bytes) -> None:
    with opened(pdf) as document:
        root = document.Root
        assert str(root.Lang) == "fr-FR"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"
        with document.open_metadata() as described:
            assert described["dc:title"] == str(document.docinfo["/Title"])
            assert described["pdfaid:part"] == "2"
            assert described["pdfuaid:part"] == "1"
        assert "/ID" in document.trailer


def test_fonts_are_embedded_with_what_their_letters_mean(pdf: bytes) -> None:
    with opened(pdf) as document:
        for page in document.pages:
            for font in page.resources.get("/Font", {}).values():
                assert "/ToUnicode" in font
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert "/FontFile2" in inner.FontDescriptor
                assert "+" in str(inner.BaseFont)


def test_nothing_is_said_by_colour(pdf: bytes) -> None:
    paper = Paper(pdf)
    for number in range(len(paper.pages)):
        red, green, blue = paper.picture(number, dpi=40).split()
        for one, other in ((red, green), (green, blue), (red, blue)):
            _, apart = ImageChops.difference(one, other).getextrema()
            # Ink and greys lean to blue by a tenth; a colour that means something would stand out.
            assert isinstance(apart, int | float)
            assert apart <= 32


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert letter() == letter()
    assert b"CreationDate" not in letter()


@pytest.mark.parametrize("language", ["en", "es", "ar", "fr-x-falc"])
def test_the_second_language_says_which_it_is(language: str) -> None:
    with opened(blank(language)) as document:
        languages = {
            str(element.attributes.Lang) for element in tree(document) if element.role == "/P"
            if "/Lang" in element.attributes
        }  # fmt: skip
    assert languages == {language}


def test_arabic_is_told_in_the_order_it_is_read() -> None:
    with opened(help_sheet("ar")) as document:
        told = [
            str(element.attributes.ActualText)
            for element in tree(document)
            if str(element.attributes.get("/Lang", "")) == "ar"
            and "/ActualText" in element.attributes
        ]
    # « This sheet helps you to understand », as phrases.py writes it.
    assert any(text.startswith("هذه") for text in told)


def test_a_paragraph_over_several_lines_is_told_whole() -> None:
    template = catalogue().letter("caf-incarceration")
    assert template is not None
    paragraph = compose(template, filled("caf-incarceration")).paragraphs[0]
    with opened(letter()) as document:
        told = [
            words(str(element.attributes.ActualText))
            for element in tree(document)
            if "/ActualText" in element.attributes
        ]
    assert words(paragraph) in told


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is missing")
def test_another_reader_finds_the_parts_of_a_letter_in_order() -> None:
    ran = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=letter(), capture_output=True, check=True
    )
    said = words(ran.stdout.decode())
    parts = ["ÜNAL-ŒILLET", "CAF de Seine-Maritime", "Valmont, le", "Objet", "Madame, Monsieur,",
             "Je vous informe", "salutations distinguées"]  # fmt: skip
    places = [said.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is missing")
def test_qpdf_finds_nothing_wrong(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    ran = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
