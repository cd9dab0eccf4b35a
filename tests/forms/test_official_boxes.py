"""Boxes of a flat official form: what is read, and what is refused, with its line."""

from __future__ import annotations

import pytest

from forms.catalogue import catalogue
from forms.errors import DefinitionError
from forms.official import OfficialMapping, read_official
from forms.official_boxes import BoxType

HEAD = 'number: "1*01"\nboxes:\n'
BOX = "  - {name: nom, page: 1, rect: [10, 20, 110, 32]"
B = "  - {name: b, page: 1, rect: [10, 40, 110, 52]"
C = "  - {name: c, page: 1, rect: [10, 60, 110, 72]"


def mapping(text: str) -> OfficialMapping:
    return read_official(text, file="official.yaml")


def test_boxes_are_read() -> None:
    read = mapping(
        HEAD + "  - {name: nom, page: 1, rect: [10, 20, 110, 32.5], multiline: true, size: 9}\n"
        "  - {name: né, page: 2, rect: [10, 20, 110, 32], type: comb, cells: 8}\n"
        "  - {name: oui, page: 1, rect: [10, 20, 20, 30], type: check}\n"
        "superseded: true\n"
        "fields:\n"
        '  - {field: nom, value: "${nom}"}\n'
        "  - {field: oui, check: \"${a} = 'oui'\"}\n"
    )
    name, born, yes = read.boxes
    assert (name.type, name.rect, name.multiline, name.size) == (
        BoxType.TEXT,
        (10.0, 20.0, 110.0, 32.5),
        True,
        9.0,
    )
    assert (born.type, born.page, born.cells, born.size) == (BoxType.COMB, 2, 8, 0.0)
    assert yes.type is BoxType.CHECK
    assert read.superseded
    assert not read.capitals


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("  - {page: 1, rect: [1, 1, 2, 2]}", 3, "“name” manque"),
        ("  - {name: a.b, page: 1, rect: [1, 1, 2, 2]}", 3, "sans point"),
        (f"{BOX}}}\n{BOX}}}", 4, "là deux fois"),
        ("  - {name: a, page: 0, rect: [1, 1, 2, 2]}", 3, "“page” vaut “0”"),
        ("  - {name: a, page: un, rect: [1, 1, 2, 2]}", 3, "“page” vaut “un”"),
        ("  - {name: a, page: 1, rect: [1, 1, 2]}", 3, "quatre nombres"),
        ("  - {name: a, page: 1, rect: [1, 1, 2, haut]}", 3, "quatre nombres"),
        ("  - {name: a, page: 1, rect: [1, 1, 2, nan]}", 3, "quatre nombres"),
        ("  - {name: a, page: 1, rect: [5, 1, 2, 2]}", 3, "à l’envers"),
        (f"{BOX}, type: radio}}", 3, "un de : text, check, comb"),
        (f"{BOX}, type: comb}}", 3, "“cells” va avec"),
        (f"{BOX}, cells: 3}}", 3, "“cells” va avec"),
        (f"{BOX}, type: comb, cells: 1000}}", 3, "“cells” vaut “1000”"),
        (f"{BOX}, type: check, multiline: true}}", 3, "“multiline” va avec"),
        (f"{BOX}, multiline: oui}}", 3, "true ou false"),
        (f"{BOX}, size: 2}}", 3, "“size” vaut “2”"),
        (f"{BOX}, couleur: bleu}}", 3, "colonne inconnue"),
        (f"{BOX}, then: nom}}", 3, "écrite plus bas"),
        (f"{BOX}, then: rien}}", 3, "écrite plus bas"),
        (f"{BOX}, then: b}}\n{B}, type: comb, cells: 2}}", 3, "relie deux cases différentes"),
        (f"{BOX}, then: c}}\n{B}, then: c}}\n{C}}}", 4, "deux cases continuent"),
        (f'{BOX}}}\nfields:\n  - {{field: non, value: "1"}}', 5, "aucune case ne s’appelle “non”"),
        (f'{BOX}}}\nfields:\n  - {{field: nom, check: "1"}}', 5, "est de type text"),
        (f'{BOX}, type: check}}\nfields:\n  - {{field: nom, value: "1"}}', 5, "de type check"),
        (f'{BOX}}}\nfields:\n  - {{field: nom, choose: {{"1": "1"}}}}', 5, "est de type text"),
    ],
)
def test_a_fault_is_located(lines: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        mapping(f"{HEAD}{lines}\n")
    assert raised.value.line == line
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("Demande de logement\r\n10840*05 S 7156", True),
        ("DEMANDE DE\r\nLOGEMENT, n° 10840*05", True),
        ("Demande de logement 10840*06", False),
        ("", False),
    ],
)
def test_a_print_is_recognised_by_what_its_first_page_says(printed: str, same: bool) -> None:
    read = mapping('number: "1*01"\nrecognised_by_text: [Demande de logement, "10840*05"]\n')
    assert read.recognises("", (), printed) is same


def test_nothing_is_recognised_by_no_text() -> None:
    assert not mapping('number: "1*01"\n').recognises("", (), "Demande de logement")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('value: "1", nth: 2', "vont avec “each”"),
        ('value: "1", where: "1"', "vont avec “each”"),
        ('value: "1", each: enfants, nth: 0', "“nth” vaut “0”"),
        ('check: "1", each: enfants', "“choose” avec “nth”"),
        ('choose: {"a": "1"}, each: enfants', "“choose” avec “nth”"),
    ],
)
def test_an_occurrence_is_asked_for_as_it_should(lines: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said) as raised:
        mapping(f"number: x\nfields:\n  - {{field: a, {lines}}}\n")
    assert raised.value.line == 3


def test_one_size_for_all_boxes() -> None:
    read = mapping(f"number: x\nsize: 10\nboxes:\n{BOX}}}\n{B}, size: 8}}\n")
    assert [box.size for box in read.boxes] == [10.0, 8.0]


def test_a_continuation_is_named_after_the_question_it_continues() -> None:
    form = catalogue().form("carte-identite")
    read = catalogue().official("carte-identite")
    assert read is not None
    assert read.label_of("naissance_commune_suite", form) == "Commune de naissance"
    assert read.label_of("adresse_suite", form) == "Complément d’adresse"
