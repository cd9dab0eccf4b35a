"""Blank copies: known again by the vault that printed them, gone with the person they were for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_person
from desktop.workflows.people.profiles import add_person
from desktop.workflows.printing.blank_papers import (
    BlankPaper,
    find_blank,
    new_copy_id,
    prepare_blank,
    prepare_blank_for_application,
    prepare_blank_for_person,
    record_blank_print,
    save_blank,
)
from desktop.workflows.retention.erasing import erase
from exports.paper.blank.code import PageCode, parse_code
from exports.paper.blank.geometry import Field
from exports.paper.blank.page_seal import sealed
from tests.exports.paper.conftest import Paper
from vault.vault import Vault, VaultKind

FORM = "election-de-domicile"
PROFILE = {
    "identite.nom_naissance": "Ünal",
    "identite.prenoms": "Zoë",
    "naissance.date": "1985-03-12",
    "famille.enfants": [{"nom": "Ünal", "prenom": "Loïc", "date_naissance": "2018-02-11"}],
}


def desk_in(folder: Path) -> Desk:
    vault, _ = Vault.create(
        folder,
        kind=VaultKind.STATION,
        place="Centre",
        user="C. Le Goff",
        passphrase="girafe lanterne octobre",
    )
    return desk_of(vault)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_in(tmp_path / "coffre")
    yield desk
    desk.vault.lock()


def code_of(paper: BlankPaper, page: int) -> str:
    (found,) = Paper(paper.pdf).codes(page - 1)
    return found


def printed(paper: BlankPaper) -> dict[str, tuple[str, ...]]:
    return {field.path: field.printed for field in paper.geometry.fields if field.printed}


def test_a_page_is_known_again(desk: Desk) -> None:
    paper = prepare_blank(desk, FORM)
    code = code_of(paper, 2)
    assert find_blank(desk, code) is None
    record_blank_print(desk, paper, printer="Bureau")
    page = find_blank(desk, code)
    assert page is not None
    assert (page.page, page.copy.copy_id, page.copy.form_id) == (2, paper.copy_id, FORM)
    assert page.geometry == paper.geometry
    assert page.copy.person_id is None
    assert all(isinstance(field, Field) for field in page.geometry.of_page(2))


def test_a_forged_or_foreign_page_is_not(desk: Desk, tmp_path: Path) -> None:
    paper = prepare_blank(desk, FORM)
    record_blank_print(desk, paper, printer="Bureau")
    code = parse_code(code_of(paper, 1))
    assert code is not None
    assert find_blank(desk, code.text()) is not None
    for forged in (
        replace(code, page=2),
        replace(code, form_id="rsa"),
        replace(code, seal=""),
        replace(code, seal=code.seal[:-1]),
        replace(code, kind="A"),
    ):
        assert find_blank(desk, forged.text()) is None
    assert find_blank(desk, "https://example.org") is None
    other = desk_in(tmp_path / "autre")
    stranger = prepare_blank(other, FORM)
    record_blank_print(other, stranger, printer="Bureau")
    assert find_blank(desk, code_of(stranger, 1)) is None
    # Ours by its seal, but of a copy that was never kept.
    lost = PageCode("V", new_copy_id(), FORM, paper.geometry.version, 1)
    assert find_blank(desk, sealed(lost, desk.vault.blank_copies.key()).text()) is None
    other.vault.lock()


def test_what_the_profile_tells_is_printed_and_nothing_is_begun(desk: Desk) -> None:
    person = add_person(desk, PROFILE)
    paper = prepare_blank_for_person(desk, FORM, person)
    known = printed(paper)
    assert known["/data/identite/nom"] == ("Ünal",)
    assert known["/data/naissance/date_naissance"] == tuple("12031985")
    assert any(path.startswith("/data/ayants_droit[1]/prenom") for path in known)
    assert all(
        path.startswith(("/data/identite/", "/data/naissance/", "/data/ayants_droit[1]/"))
        for path in known
    )
    assert desk.vault.applications.of_person(person) == []


def test_an_application_goes_on_by_pen(desk: Desk) -> None:
    person = add_person(desk, PROFILE)
    draft = open_application(desk, start_application(desk, person, FORM))
    draft.type_in("/data/contact/telephone", "06 12 34 56 78")
    paper = prepare_blank_for_application(desk, draft.id)
    assert printed(paper)["/data/contact/telephone"] == tuple("0612345678")
    assert "Zoë ÜNAL" in Paper(paper.pdf).text
    record_blank_print(desk, paper, printer="Bureau")
    (copy,) = desk.vault.blank_copies.of_person(person)
    assert (copy.copy_id, copy.application_id) == (paper.copy_id, draft.id)
    told = f"impression à remplir au stylo, {paper.pages} pages, sur «\u00a0Bureau\u00a0»"
    assert any(told in line.what for line in history_of_person(desk, person))


def test_a_copy_goes_with_its_person(desk: Desk, tmp_path: Path) -> None:
    person = add_person(desk, PROFILE)
    paper = prepare_blank_for_person(desk, FORM, person)
    save_blank(desk, paper, tmp_path / "vierge.pdf")
    assert (tmp_path / "vierge.pdf").read_bytes() == paper.pdf
    code = code_of(paper, 1)
    assert find_blank(desk, code) is not None
    erase(desk, [person])
    assert find_blank(desk, code) is None
    assert desk.vault.blank_copies.of_person(person) == []


def test_a_name_of_a_copy_can_be_read_aloud() -> None:
    names = {new_copy_id() for _ in range(500)}
    assert len(names) == 500
    assert all(len(name) == 14 and not set(name) & set("ILOU") for name in names)
