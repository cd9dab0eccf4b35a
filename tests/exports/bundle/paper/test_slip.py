"""Slips: an application at the foot of its form, a receipt in one code, a line typed by hand."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date

import pytest

from exports.bundle.errors import (
    BundleDamaged,
    BundleTampered,
    NameRefused,
    NotForMe,
    WrongKind,
)
from exports.bundle.identity import Identity
from exports.bundle.manifest import BundleContents
from exports.bundle.paper.code import Kind
from exports.bundle.paper.errors import (
    SlipFromStranger,
    SlipMistyped,
    TooLongForForm,
    TooLongForPaper,
)
from exports.bundle.paper.form_foot import form_codes, with_form_codes
from exports.bundle.paper.gathering import Gathering
from exports.bundle.paper.printing import Heading, print_codes
from exports.bundle.paper.scanning import scanned_pages, texts_on
from exports.bundle.paper.slip import (
    read_application_slip,
    read_receipt_slip,
    write_application_slip,
    write_receipt_slip,
)
from exports.bundle.paper.typed_receipt import parse_receipt_line, receipt_line
from exports.bundle.receipt import Outcome, OutcomeKind, ReceiptContents
from exports.paper.render import page_count
from tests.exports.bundle.paper.scanner import BAD, pages_of, saved, worn

BUNDLE_ID = "8f14e45f-ceea-467f-a0e6-000000000001"
APPLICATION_ID = "7f3a91bc-ceea-467f-a0e6-000000000002"


def outcome(reference: str = "AB-1234") -> Outcome:
    return Outcome(APPLICATION_ID, OutcomeKind.FILED_ONLINE, "2026-11-24", reference, "")


def receipt(count: int = 1) -> ReceiptContents:
    return ReceiptContents(
        "8f14e45f-ceea-467f-a0e6-000000000009",
        BUNDLE_ID,
        "2026-11-24T10:00:00+01:00",
        (outcome(),) * count,
    )


def read_back(pdf: bytes, dpi: int) -> Gathering:
    rng = random.Random(2)
    gathering = Gathering()
    for page in pages_of(pdf, dpi):
        for shown in scanned_pages(saved(worn(page, BAD, dpi=dpi, rng=rng), "PNG")):
            for text in texts_on(shown):
                gathering.take(text)
    return gathering


def blank_paper(*, filled: bool) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for line in range(50 if filled else 20):
        canvas.drawString(60, 800 - 15 * line, "Une ligne de réponse")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_an_application_is_the_bundle_again(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    slip = write_application_slip(contents, station, relay.party)
    opened = read_application_slip(slip, relay, [station.party])
    (parcel,) = contents.applications
    bare = replace(parcel, documents=(), pdf=b"", form_definition="")
    assert opened.contents == replace(contents, applications=(bare,))
    assert opened.sender == station.party
    assert len(form_codes(slip)) <= 2


@pytest.mark.parametrize("filled", [False, True])
def test_the_foot_of_a_form_is_read_from_a_bad_scan(
    contents: BundleContents, station: Identity, relay: Identity, filled: bool
) -> None:
    slip = write_application_slip(contents, station, relay.party)
    pdf = with_form_codes(blank_paper(filled=filled), form_codes(slip), relay.party.name)
    assert page_count(pdf) == 1 + filled
    for dpi in (200, 300):
        (parcel,) = read_back(pdf, dpi).parcels
        assert parcel.kind is Kind.APPLICATION_SLIP
        assert parcel.content() == slip


def test_a_slip_that_says_what_cannot_be_is_refused(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    (parcel,) = contents.applications
    turned = replace(parcel, form_id="a\u202eb")
    nested = replace(parcel, answers={"/data/enfants": [[1]]})
    for wrong in (
        replace(contents, created_at="hier"),
        replace(contents, number="a\u0007"),
        *(replace(contents, applications=(one,)) for one in (turned, nested)),
    ):
        slip = write_application_slip(wrong, station, relay.party)
        with pytest.raises((BundleDamaged, NameRefused)):
            read_application_slip(slip, relay, [station.party])
    for outcomes in (
        (replace(outcome(), date="2026-02-30"),),
        (outcome(), outcome("CD-5678")),
    ):
        said = replace(receipt(), outcomes=outcomes)
        with pytest.raises(BundleDamaged):
            read_receipt_slip(
                write_receipt_slip(said, relay, station.party), station, [relay.party]
            )


def test_answers_too_long_for_a_form_are_refused(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    (parcel,) = contents.applications
    long = replace(parcel, answers={"/data/récit": random.Random(1).randbytes(2500).hex()})
    slip = write_application_slip(replace(contents, applications=(long,)), station, relay.party)
    with pytest.raises(TooLongForForm):
        form_codes(slip)


def test_a_slip_proves_who_wrote_it_and_for_whom(
    contents: BundleContents, station: Identity, relay: Identity, stranger: Identity
) -> None:
    slip = write_application_slip(contents, station, relay.party)
    with pytest.raises(NotForMe):
        read_application_slip(slip, stranger, [station.party])
    with pytest.raises(SlipFromStranger):
        read_application_slip(slip, relay, [stranger.party])
    forged = replace(station.party, verify_key=stranger.party.verify_key)
    with pytest.raises(BundleTampered):
        read_application_slip(slip, relay, [forged])
    with pytest.raises(WrongKind):
        read_receipt_slip(slip, relay, [station.party])
    with pytest.raises(BundleDamaged):
        read_application_slip(slip[:-1] + bytes([slip[-1] ^ 1]), relay, [station.party])


def test_a_receipt_fits_in_one_code_read_from_a_bad_scan(
    station: Identity, relay: Identity
) -> None:
    slip = write_receipt_slip(receipt(), relay, station.party)
    printed = print_codes(
        slip,
        Kind.RECEIPT_SLIP,
        Heading("2026-041", "Poste"),
        lines=[receipt_line(outcome())],
    )
    assert (printed.pages, printed.codes) == (1, 1)
    for dpi in (200, 300):
        (parcel,) = read_back(printed.pdf, dpi).parcels
        opened = read_receipt_slip(parcel.content(), station, [relay.party])
        assert opened.contents == receipt()
    with pytest.raises(TooLongForPaper):
        print_codes(slip, Kind.RECEIPT_SLIP, Heading("2026-041", "Poste"), lines=["une ligne"] * 40)


@pytest.mark.parametrize("reference", ["", "AB-1234", "n° 12/é 5", "x" * 100, "---"])
def test_a_receipt_typed_by_hand(reference: str) -> None:
    line = receipt_line(outcome(reference))
    typed = parse_receipt_line(f"  {line.lower().replace(' ', '   ')} ")
    assert typed.short_id == "7f3a91bc"
    assert typed.result is OutcomeKind.FILED_ONLINE
    assert typed.date == date(2026, 11, 24)
    assert typed.reference in line


def test_every_mistyped_character_is_found() -> None:
    line = receipt_line(outcome())
    for at, letter in enumerate(line):
        for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if letter.isalnum() and other != letter:
                with pytest.raises(SlipMistyped):
                    parse_receipt_line(line[:at] + other + line[at + 1 :])


def test_every_swap_of_neighbours_is_found() -> None:
    line = receipt_line(outcome("AB1234"))
    for at in range(len(line) - 1):
        swapped = line[:at] + line[at + 1] + line[at] + line[at + 2 :]
        if swapped != line and " " not in line[at : at + 2]:
            with pytest.raises(SlipMistyped):
                parse_receipt_line(swapped)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", "le nombre de parties"),
        ("7F3A91BC E 241126", "le nombre de parties"),
        ("7F3A91 E 241126 K47", "la démarche"),
        ("7F3A91BC X 241126 K47", "l’issue"),
        ("7F3A91BC E 241126 AB_1 K47", "la référence"),
        ("7F3A91BC E 241126 AB-1234 47", "le contrôle"),
        ("7F3A91BC E 241126 AB-1234 000", "une lettre ou un chiffre"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, part: str) -> None:
    with pytest.raises(SlipMistyped) as raised:
        parse_receipt_line(line)
    assert raised.value.part == part


def test_a_day_that_is_none_is_said() -> None:
    from stdnum.iso7064 import mod_37_36, mod_97_10

    start = "7F3A91BC E 320126"
    counted = start.replace(" ", "")
    check = mod_37_36.calc_check_digit(counted) + mod_97_10.calc_check_digits(counted)
    with pytest.raises(SlipMistyped) as raised:
        parse_receipt_line(f"{start} {check}")
    assert raised.value.part == "la date"
