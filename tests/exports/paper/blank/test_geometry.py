"""Where the boxes lie: what is written down is what is drawn, for every form."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from exports.paper.blank.code import PageCode, parse_code
from exports.paper.blank.form import BlankPdf, render_blank, room_for_repeats
from exports.paper.blank.geometry import (
    DOCUMENTS,
    SIGNATURE,
    BlankGeometry,
    Field,
    FieldKind,
    Rect,
    read_geometry,
)
from exports.paper.blank.page_seal import is_sealed_by, sealed
from exports.paper.blank.pen import LINE_HEIGHT, TICK
from exports.paper.blank.registration import MARKS
from exports.paper.errors import GeometryUnreadable
from exports.paper.render import render_page
from exports.paper.sheets.numbering import is_asked, sections
from exports.paper.sheets.phrases import EASY
from forms.catalogue import catalogue
from forms.definition import Form, Node, Question, Repeat
from forms.filling import Filling
from forms.values import Value
from tests.exports.paper.conftest import FORM_IDS, PROFILE, TODAY, Paper

COPY = "8XK4-9Q2M-7TRD"
KEY = bytes(range(32))
DPI = 288
SCALE = DPI / 72
EASY_FORM = "election-de-domicile"
PEN_CELL = 5.7 / 25.4 * 72


@cache
def blank(form_id: str, language: str = "") -> BlankPdf:
    return render_blank(catalogue().form(form_id), copy_id=COPY, key=KEY, language=language)


def grey(pdf: bytes, page: int) -> Image.Image:
    image = render_page(pdf, page - 1, scale=SCALE)
    size = (image.width, image.height)
    return Image.frombuffer("RGB", size, image.data, "raw", "BGRX", image.stride, 1).convert("L")


def edges_are_drawn(picture: Image.Image, box: Rect) -> bool:
    """Whether each side of a rectangle is one dark line, within a quarter of a point."""
    left, right = box.left * SCALE, (box.left + box.width) * SCALE
    top, bottom = (picture.height - (box.bottom + up) * SCALE for up in (box.height, 0))

    def dark(one: tuple[float, float, float, float]) -> bool:
        strip = picture.crop(tuple(round(side) for side in one))  # type: ignore[arg-type]
        across = strip.resize(
            (strip.width, 1) if strip.height > strip.width else (1, strip.height),
            Image.Resampling.BOX,
        )
        return min(across.tobytes()) < 150

    return all(
        dark(side)
        for side in (
            (left - 1, top + 4, left + 2, bottom - 4),
            (right - 2, top + 4, right + 1, bottom - 4),
            (left + 4, top - 1, right - 4, top + 2),
            (left + 4, bottom - 2, right - 4, bottom + 1),
        )
    )


def paths(nodes: tuple[Node, ...], above: str) -> list[str]:
    """The questions that a blank asks, repeats numbered."""
    found: list[str] = []
    for node in nodes:
        path = f"{above}/{node.name}"
        if isinstance(node, Question):
            found += [path] if is_asked(node) else []
        elif isinstance(node, Repeat):
            for number in range(1, room_for_repeats(node) + 1):
                found += paths(node.children, f"{path}[{number}]")
        else:
            found += paths(node.children, path)
    return found


@pytest.mark.parametrize(
    ("form_id", "language"),
    [*((form_id, "") for form_id in FORM_IDS), ("caf-incarceration", "ar"), (EASY_FORM, EASY)],
)
def test_every_box_written_down_is_drawn_there(form_id: str, language: str) -> None:
    made = blank(form_id, language)
    for page in range(1, made.geometry.pages + 1):
        picture = grey(made.pdf, page)
        for field in made.geometry.of_page(page):
            for box in field.boxes:
                assert edges_are_drawn(picture, box), (form_id, field, box)


def test_a_box_that_is_elsewhere_is_noticed() -> None:
    made = blank("rsa")
    picture = grey(made.pdf, 1)
    box = made.geometry.of_page(1)[0].boxes[0]
    assert edges_are_drawn(picture, box)
    assert not edges_are_drawn(picture, box.shifted(1, 0))
    assert not edges_are_drawn(picture, box.shifted(0, 1))


def test_every_asked_question_has_its_boxes(form: Form) -> None:
    geometry = blank(form.id).geometry
    answered = [field.path for field in geometry.fields]
    expected = paths(form.children, "/data")
    assert [path for path in answered if path.startswith("/data")] == expected
    assert [path for path in answered if path.startswith(DOCUMENTS)] == [
        f"{DOCUMENTS}/{request.name}" for request in form.documents
    ]
    assert answered[-1] == SIGNATURE
    by_path = {field.path: field for field in geometry.fields}
    for question in form.questions():
        field = by_path.get(question.path)
        if field is not None and question.choices:
            assert field.choices == tuple(choice.name for choice in question.choices)
            assert len(field.boxes) == len(field.choices)
        if field is not None and field.kind is FieldKind.COMB:
            assert len(field.boxes) == sum(field.groups)


def test_boxes_are_as_large_as_a_pen_needs(form: Form) -> None:
    for field in blank(form.id).geometry.fields:
        for box in field.boxes:
            if field.kind in (FieldKind.TICKS, FieldKind.RANKS):
                assert (box.width, box.height) == (round(TICK, 2), round(TICK, 2))
            else:
                assert box.height >= 25
                assert box.width >= (PEN_CELL if field.kind is FieldKind.COMB else 200)


def test_boxes_stand_apart_from_each_other_and_from_the_marks(form: Form) -> None:
    geometry = blank(form.id).geometry
    for page in range(1, geometry.pages + 1):
        boxes = [*MARKS, *(box for field in geometry.of_page(page) for box in field.boxes)]
        boxes.sort(key=lambda box: box.bottom)
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                if other.bottom > one.bottom + one.height - 0.1:
                    break
                across = min(one.left + one.width, other.left + other.width)
                assert across - max(one.left, other.left) < 0.1, (one, other)


def test_the_marks_are_at_the_same_place_on_each_page(form: Form) -> None:
    made = blank(form.id)
    assert made.geometry.marks == MARKS
    for page in range(1, made.geometry.pages + 1):
        picture = grey(made.pdf, page)
        for mark in MARKS:
            left, right = mark.left * SCALE, (mark.left + mark.width) * SCALE
            top, bottom = (picture.height - (mark.bottom + up) * SCALE for up in (mark.height, 0))
            inside = picture.crop(
                (round(left) + 1, round(top) + 1, round(right) - 1, round(bottom) - 1)
            )
            assert inside.getextrema() == (0, 0)
            # White around it, so that it stands out.
            around = picture.crop(
                (round(left) - 12, round(top) - 12, round(right) + 12, round(bottom) + 12)
            )
            ink = around.point(lambda level: 255 if level < 128 else 0).getbbox()
            assert ink is not None
            assert ink[0] >= 11
            assert ink[1] >= 11


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_each_page_proves_where_it_comes_from(form_id: str) -> None:
    made = blank(form_id)
    form, paper = catalogue().form(form_id), Paper(made.pdf)
    for page in range(1, made.geometry.pages + 1):
        (text,) = paper.codes(page - 1)
        code = parse_code(text)
        assert code is not None
        assert (code.kind, code.id, code.form_id, code.version, code.page) == (
            "V", COPY, form.id, form.version, page,
        )  # fmt: skip
        assert len(code.seal) == 22
        assert is_sealed_by(code, KEY)


@given(
    st.sampled_from(["kind", "id", "form_id", "version", "page", "seal", "key"]),
    st.text(st.characters(codec="utf-8", exclude_characters="|"), min_size=1, max_size=24),
)
def test_a_forged_code_is_refused(part: str, forged: str) -> None:
    code = sealed(PageCode("V", COPY, "rsa", "3", 2), KEY)
    parts = {name: getattr(code, name) for name in ("kind", "id", "form_id", "version", "seal")}
    if part == "key":
        assert not is_sealed_by(code, forged.encode())
    elif part == "page":
        assert not is_sealed_by(PageCode(**parts, page=len(forged) + 2), KEY)
    elif forged != parts[part]:
        assert not is_sealed_by(PageCode(**{**parts, part: forged}, page=2), KEY)


def test_without_a_key_nothing_is_sealed() -> None:
    code = PageCode("V", COPY, "rsa", "3", 2)
    assert sealed(code, b"") == code
    assert not is_sealed_by(code, b"")
    assert not is_sealed_by(code, KEY)


def test_the_sidecar_is_read_as_written(form: Form) -> None:
    geometry = blank(form.id).geometry
    assert read_geometry(geometry.to_json()) == geometry
    assert read_geometry(geometry.to_json().decode()) == geometry
    document = json.loads(geometry.to_json())
    assert document["layout"] == 1
    assert document["size"] == [595.28, 841.89]
    assert document["fields"][0]["boxes"][0] == list(geometry.fields[0].boxes[0])


@pytest.mark.parametrize(
    "sidecar",
    [b"", b"{}", b"[]", b"\xff", b'{"layout": 2}', b'{"layout": 1}', b'{"layout": 1, "fields": 3}'],
)
def test_another_sidecar_is_refused(sidecar: bytes) -> None:
    with pytest.raises(GeometryUnreadable):
        read_geometry(sidecar)


def test_what_is_known_is_printed_in_its_boxes() -> None:
    form = catalogue().form("election-de-domicile")
    filling = Filling(form, profile=PROFILE, today=TODAY)
    printed: dict[str, Value] = {
        path: filling.value(path)
        for path, question in filling.questions()
        if filling.value(path) is not None and question.kind.asked
    }
    made = render_blank(form, copy_id=COPY, key=KEY, printed=printed, person_name="Zoë ÜNAL")
    fields = {field.path: field for field in made.geometry.fields}
    assert fields["/data/identite/nom"].printed == ("ÜNAL-ŒILLET",)
    assert fields["/data/naissance/date_naissance"].printed == tuple("12031985")
    assert fields["/data/contact/telephone"].printed == tuple("0612345678")
    text = Paper(made.pdf).text
    assert "ÜNAL-ŒILLET" in text
    assert "vient de votre dossier" in text
    assert f"{form.title} · Zoë ÜNAL" in Paper(made.pdf).pages[1]
    assert Paper(made.pdf).metadata()["/Title"] == form.title
    empty = {path for path, field in fields.items() if not field.printed}
    assert SIGNATURE in empty
    assert empty > {path for path in fields if path.startswith(DOCUMENTS)}


def field_of(made: BlankPdf, name: str) -> Field:
    return next(field for field in made.geometry.fields if field.path.endswith(f"/{name}"))


@pytest.mark.parametrize(
    ("kind", "answer", "printed"),
    [
        ("date", date(1985, 3, 12), tuple("12031985")),
        ("integer", 42, ("4", "2", "", "", "", "")),
        ("integer", 12345678, ("12 345 678", "12345678")),
        ("decimal", 1250.5, ("", "", "1", "2", "5", "0", "5", "0")),
        ("text", "mot", ("mot",)),
        ("text", "un mot très long " * 40, ()),
        ("select_one ouiNon", "non", ("", "X")),
        ("select_multiple ouiNon", ("oui", "non"), ("X", "X")),
        ("rank ouiNon", ("non", "oui"), ("2", "1")),
        ("acknowledge", "OK", ("X",)),
        ("date", None, ()),
    ],
)
def test_each_kind_of_answer_has_its_way(kind: str, answer: Value, printed: object) -> None:
    from forms.reader import read_form

    form = read_form(
        f"""
settings: {{form_id: essai, version: "1", form_title: Essai, worth: preparation}}
choices:
  ouiNon:
    - {{name: oui, label: Oui}}
    - {{name: non, label: Non}}
survey:
  - {{type: {kind}, name: un, label: Un}}
""",
        file="essai/form.yaml",
    )
    made = render_blank(form, copy_id=COPY, printed={"/data/un": answer})
    found = field_of(made, "un").printed
    assert found == printed or (len(found) == 1 and found[0] in printed)  # type: ignore[operator]
    picture = grey(made.pdf, 1)
    for number, box in enumerate(field_of(made, "un").boxes):
        left, top = box.left * SCALE + 4, picture.height - (box.bottom + box.height) * SCALE + 4
        right, bottom = left + box.width * SCALE - 8, top + box.height * SCALE - 8
        inside = picture.crop((round(left), round(top), round(right), round(bottom)))
        assert (min(inside.tobytes()) < 128) == bool(found and found[number])


@pytest.mark.parametrize(
    ("form_id", "name", "lines"),
    [
        ("lettre-libre", "texte", 15),
        ("lettre-libre", "destinataire_adresse", 3),
        ("mdph", "sans_emploi_raison", 8),
        ("recours", "motifs", 5),
        ("election-de-domicile", "nom", 1),
    ],
)
def test_there_is_the_room_that_the_hint_promises(form_id: str, name: str, lines: int) -> None:
    (box,) = field_of(blank(form_id), name).boxes
    assert box.height == pytest.approx(lines * LINE_HEIGHT, abs=0.01)


def test_a_family_larger_than_the_paper_is_printed_whole() -> None:
    form = catalogue().form("election-de-domicile")
    repeat = next(node for node in form.children if isinstance(node, Repeat))
    name = next(node.name for node in repeat.children if isinstance(node, Question))
    path = f"{repeat.path}[5]/{name}"
    geometry = render_blank(form, copy_id=COPY, printed={path: "ÜNAL"}).geometry
    assert next(field for field in geometry.fields if field.path == path).printed == ("ÜNAL",)


def test_sections_are_numbered_as_the_screen_lists_them(form: Form) -> None:
    shown = [one.label or form.title for one in Filling(form, today=TODAY).sections()]
    assert [section.label for section in sections(form)] == shown


def test_the_geometry_is_the_same_twice(form: Form) -> None:
    again = render_blank(form, copy_id=COPY, key=KEY)
    assert again.geometry.to_json() == blank(form.id).geometry.to_json()
    assert isinstance(again.geometry, BlankGeometry)
