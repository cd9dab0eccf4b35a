"""Applications leave by post: to the letter’s address, with what is joined, and it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.errors import NobodyToWriteTo
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.documents import join_document
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.printing.letter_lines import LetterLines, choose_letter_lines
from desktop.workflows.printing.mailing import (
    prepare_checklist,
    prepare_covering_slip,
    prepare_envelope,
    prepare_labels,
    recipient_of,
    record_mail_print,
    save_mail_paper,
)
from desktop.workflows.printing.papers import prepare_paper
from exports.paper.mail.labels import SHEETS
from tests.exports.paper.conftest import Paper
from vault.vault import Vault, VaultKind

ADDRESS = ("Mairie de Brest", "2 rue Frézier", "29200 Brest")
LETTER = "caf-incarceration"
FORM = "election-de-domicile"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    vault, _ = Vault.create(
        tmp_path_factory.mktemp("coffre") / "coffre",
        kind=VaultKind.STATION,
        place="Maison d’arrêt de Brest",
        user="C. Le Goff",
        passphrase="girafe lanterne octobre",
    )
    desk = desk_of(vault)
    yield desk
    desk.vault.lock()


@pytest.fixture(scope="module")
def person(desk: Desk) -> str:
    return add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})


@pytest.fixture
def form(desk: Desk, person: str) -> str:
    return start_application(desk, person, FORM)


@pytest.fixture
def letter(desk: Desk, person: str) -> str:
    record = start_application(desk, person, LETTER)
    opened = open_application(desk, record)
    opened.type_in("/data/envoi/caf_nom", "CAF du Finistère")
    opened.type_in("/data/envoi/caf_adresse", "1 avenue de Kergaradec\n29283 Brest cedex")
    return record


def test_a_letter_tells_where_it_goes_and_a_form_does_not(
    desk: Desk, letter: str, form: str
) -> None:
    assert recipient_of(desk, letter) == (
        "CAF du Finistère",
        "1 avenue de Kergaradec",
        "29283 Brest cedex",
    )
    assert recipient_of(desk, form) == ()


def test_the_slip_of_several_applications_names_each_and_what_is_joined(
    desk: Desk, letter: str, form: str, tmp_path: Path
) -> None:
    scan = tmp_path / "carte.png"
    Image.new("RGB", (40, 30), "white").save(scan)
    join_document(desk, form, scan, request_name="identite")
    paper = prepare_covering_slip(desk, [form, letter], ADDRESS)
    text = Paper(paper.pdf).text
    assert "Mairie de Brest" in text
    assert "Maison d’arrêt de Brest" in text
    assert "2 démarches, 1 pièce." in text
    assert "Pièce d’identité, si la personne en a une" in text
    assert form[:8].upper() in text
    assert paper.title == "Bordereau d’envoi"


def test_the_checklist_follows_what_is_joined(desk: Desk, form: str, tmp_path: Path) -> None:
    label = "Pièce d’identité, si la personne en a une"
    assert f"{label} — à demander" in Paper(prepare_checklist(desk, [form]).pdf).text
    scan = tmp_path / "carte.png"
    Image.new("RGB", (40, 30), "white").save(scan)
    join_document(desk, form, scan, request_name="identite")
    join_document(desk, form, scan)
    text = Paper(prepare_checklist(desk, [form]).pdf).text
    assert f"{label} — jointe" in text
    assert "Autre pièce : carte.png — jointe" in text


def test_a_document_that_the_answers_dispense_with_says_so(desk: Desk, letter: str) -> None:
    exempt = [
        request.label
        for request in desk.catalogue.form("recours").documents
        if request.relevant.text != "true()"
    ]
    assert exempt
    record = start_application(desk, desk.vault.applications.get(letter).person_id, "recours")
    text = Paper(prepare_checklist(desk, [record]).pdf).text
    assert any(f"{label} — dispensée" in text for label in exempt)


def test_labels_go_once_to_each_address(desk: Desk, letter: str, form: str) -> None:
    paper = prepare_labels(desk, [letter, form, letter], ADDRESS, sheet=SHEETS[0].name)
    text = Paper(paper.pdf).text
    assert text.count("CAF du Finistère") == 1
    assert text.count("Mairie de Brest") == 1


@pytest.mark.parametrize("address", [(), ("", "  ")])
def test_without_an_address_nothing_is_set(desk: Desk, form: str, address: tuple[str, ...]) -> None:
    with pytest.raises(NobodyToWriteTo):
        prepare_covering_slip(desk, [form], address)
    with pytest.raises(NobodyToWriteTo):
        prepare_envelope(desk, [form], address)
    with pytest.raises(NobodyToWriteTo):
        prepare_labels(desk, [form], address, sheet=SHEETS[0].name)


def test_a_print_is_told_with_its_pages_and_its_printer(desk: Desk, form: str) -> None:
    record_mail_print(desk, prepare_envelope(desk, [form], ADDRESS), printer="Bureau 3")
    told = [line.what for line in history_of_application(desk, form)]
    assert "Enveloppe DL : impression, 1 page, sur «\u00a0Bureau 3\u00a0»" in told


def test_a_saved_paper_is_told_before_it_is_written(desk: Desk, form: str, tmp_path: Path) -> None:
    file = tmp_path / "liste.pdf"
    save_mail_paper(desk, prepare_checklist(desk, [form]), file)
    assert file.read_bytes().startswith(b"%PDF-")
    assert history_of_application(desk, form)[0].what.startswith("Liste des pièces")


def test_letters_are_set_as_the_desk_chose(desk: Desk, letter: str) -> None:
    ragged = prepare_paper(desk, letter).pdf
    choose_letter_lines(desk, LetterLines.JUSTIFIED)
    justified = prepare_paper(desk, letter).pdf
    choose_letter_lines(desk, LetterLines.RAGGED)
    assert Paper(justified).text == Paper(ragged).text
    assert justified != ragged
    assert prepare_paper(desk, letter).pdf == ragged
