"""What goes with letters by post: each address where it is read, each document with its state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports.paper.mail.checklist import render_checklist
from exports.paper.mail.covering_slip import render_covering_slip
from exports.paper.mail.envelope import render_envelope
from exports.paper.mail.envelopes import DL, FORMATS, EnvelopeFormat, always_shown
from exports.paper.mail.joined import DocumentState, ListedApplication, ListedDocument
from exports.paper.mail.labels import SHEETS, LabelSheet, render_labels
from exports.paper.render import page_sizes
from tests.exports.paper.conftest import Paper
from tests.exports.paper.mail.test_letterpaper import MM, place_of

DAY = date(2026, 11, 24)
ADDRESS = ("CAF du Finistère", "Service des prestations", "1 avenue de Kergaradec", "29283 Brest")
IDENTITY = ListedDocument("Pièce d’identité", DocumentState.JOINED, "Recto et verso.", 2)
PRESENCE = ListedDocument("Certificat de présence", DocumentState.TO_ASK)
BANK = ListedDocument("RIB", DocumentState.IF_POSSIBLE)
PERMIT = ListedDocument("Titre de séjour", DocumentState.EXEMPT)
ZOE = ListedApplication(
    "Élection de domicile", "Zoë ÜNAL", "8F3A21C0", (IDENTITY, PRESENCE, BANK, PERMIT)
)
PAOL = ListedApplication("Courrier à la CAF", "Paol ABGRALL", "77AB1200", (PRESENCE,))


def slip(*applications: ListedApplication) -> Paper:
    return Paper(
        render_covering_slip(applications, sender=("Brest",), recipient=ADDRESS, sent_on=DAY)
    )


def test_the_slip_lists_what_leaves_and_nothing_else() -> None:
    text = slip(ZOE, PAOL).text
    assert "2 démarches, 1 pièce." in text
    for words in ("Élection de domicile", "Zoë ÜNAL", "8F3A21C0", "Pièce d’identité", "Paol ABGR"):
        assert words in text
    assert "Certificat de présence" not in text
    assert "Titre de séjour" not in text


def test_the_slip_shows_its_address_in_the_window() -> None:
    paper = slip(ZOE)
    zone = always_shown(DL)
    for line in ADDRESS:
        place = place_of(paper, line)
        assert zone.left < place.left < place.right < zone.right
        assert zone.top < place.top < place.bottom < zone.bottom


def test_a_long_slip_repeats_its_head_and_keeps_its_signature() -> None:
    paper = slip(*(replace(ZOE, reference=f"REF{number:05d}") for number in range(60)))
    assert len(paper.pages) > 2
    assert all("Démarche et pièces jointes" in page for page in paper.pages[:-1])
    assert all(f"REF{number:05d}" in paper.text for number in range(60))
    assert "Envoi reçu, conforme à cette liste." in paper.pages[-1]
    assert f"Page {len(paper.pages)} / {len(paper.pages)}" in paper.pages[-1]


def test_the_checklist_says_the_state_of_each_document_in_words() -> None:
    text = Paper(render_checklist([ZOE], place="Brest", printed_on=DAY)).text
    assert "Pièce d’identité — jointe, 2 pages" in text
    assert "Certificat de présence — à demander" in text
    assert "RIB — à demander, si possible" in text
    assert "Titre de séjour — dispensée, d’après les réponses" in text
    assert "1 jointe, 1 à demander." in text


def test_a_checklist_without_documents_says_so() -> None:
    nothing = replace(ZOE, documents=())
    text = Paper(render_checklist([nothing], place="Brest", printed_on=DAY)).text
    assert "Aucune pièce n’est demandée." in text


def page_height(pdf: bytes) -> float:
    return page_sizes(pdf)[0][1] / MM


@pytest.mark.parametrize("envelope", FORMATS, ids=lambda one: one.name)
def test_the_address_stands_in_the_zone_of_its_envelope(envelope: EnvelopeFormat) -> None:
    pdf = render_envelope(envelope, ADDRESS, sender=("Maison d’arrêt de Brest",))
    width, height = (side / MM for side in page_sizes(pdf)[0])
    assert (round(width), round(height)) == (envelope.width, envelope.height)
    paper = Paper(pdf)
    lower = 297 - envelope.height
    for line in ADDRESS:
        place = place_of(paper, line)
        # Counted from the foot of the envelope: `place_of` counts from the top of an A4 sheet.
        assert envelope.address.left <= place.left < place.right <= envelope.address.right
        assert envelope.address.top <= place.top - lower
        assert place.bottom - lower <= envelope.address.bottom
    assert place_of(paper, "Maison").right < envelope.width / 2


def test_the_outside_names_no_sender_unless_asked() -> None:
    assert "Maison" not in Paper(render_envelope(DL, ADDRESS)).text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_labels_hold_on_their_sheet_and_addresses_in_their_labels(sheet: LabelSheet) -> None:
    last = sheet.label(sheet.count - 1)
    assert last.right <= 210.1
    assert last.bottom <= 297
    addresses = [(f"Service {number:02d}", *ADDRESS[1:]) for number in range(sheet.count)]
    paper = Paper(render_labels(sheet, addresses))
    assert len(paper.pages) == 1
    for number in range(sheet.count):
        label, place = sheet.label(number), place_of(paper, f"Service {number:02d}")
        assert label.left < place.left < place.right < label.right
        assert label.top < place.top < place.bottom < label.bottom


def test_labels_begin_where_the_sheet_was_left() -> None:
    sheet = SHEETS[0]
    paper = Paper(render_labels(sheet, [ADDRESS, ADDRESS, ("Mairie",)], first=13))
    assert len(paper.pages) == 2
    assert place_of(paper, "CAF du").top > sheet.label(12).top
    assert place_of(paper, "Mairie", page=1).top < sheet.label(0).bottom


@pytest.mark.parametrize("first", [0, 15])
def test_a_sheet_has_no_such_label(first: int) -> None:
    with pytest.raises(ValueError, match="no label"):
        render_labels(SHEETS[0], [ADDRESS], first=first)
