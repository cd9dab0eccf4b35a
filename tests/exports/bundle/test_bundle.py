"""A bundle goes and comes whole, or is refused in its own words with nothing given out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.bundle.envelope import decrypt, encrypt
from exports.bundle.errors import (
    BundleDamaged,
    BundleError,
    BundleTampered,
    BundleTooLarge,
    BundleTruncated,
    MixedRecipients,
    NewerFormat,
    NotABundle,
    NotForMe,
    TooManyMembers,
    WrongKind,
)
from exports.bundle.identity import Identity
from exports.bundle.manifest import BundleContents, sign
from exports.bundle.reader import read_bundle
from exports.bundle.receipt import (
    Outcome,
    OutcomeKind,
    ReceiptContents,
    read_receipt,
    write_receipt,
)
from exports.bundle.writer import write_bundle

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Files = dict[str, bytes]


def written(contents: BundleContents, station: Identity, relay: Identity) -> bytes:
    return write_bundle(contents, station, [relay.party])


def reopened(
    data: bytes, station: Identity, relay: Identity, change: Callable[[Files], Files]
) -> bytes:
    """The same bundle with other files inside, encrypted again as anybody could."""
    with zipfile.ZipFile(io.BytesIO(decrypt(data, station.age_secrets))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in change(files).items():
            archive.writestr(name, content)
    return encrypt(out.getvalue(), [relay.party.recipient])


def signed_again(change: Callable[[dict[str, object]], None], station: Identity) -> object:
    """Change the manifest and sign it as its sender would."""

    def apply(files: Files) -> Files:
        manifest = msgspec.json.decode(files["manifest.json"])
        change(manifest)
        encoded = msgspec.json.encode(manifest)
        return {**files, "manifest.json": encoded, "manifest.sig": sign(encoded, station)}

    return apply


def test_a_bundle_comes_back_as_it_went(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    opened = read_bundle(written(contents, station, relay), relay, [station.party])
    assert opened.contents == contents
    assert opened.sender == station.party
    assert opened.known


def test_the_sender_can_reopen_it(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    opened = read_bundle(written(contents, station, relay), station, [station.party])
    assert opened.contents == contents


def test_an_unknown_sender_is_named_as_unknown(
    contents: BundleContents, station: Identity, relay: Identity, stranger: Identity
) -> None:
    data = written(contents, station, relay)
    assert not read_bundle(data, relay, [stranger.party]).known
    impostor = replace(station.party, verify_key=stranger.party.verify_key)
    assert not read_bundle(data, relay, [impostor]).known


def test_nobody_else_opens_it(
    contents: BundleContents, station: Identity, relay: Identity, stranger: Identity
) -> None:
    with pytest.raises(NotForMe):
        read_bundle(written(contents, station, relay), stranger, [])


def test_keys_of_both_kinds_are_mixed_only_on_request(
    contents: BundleContents, station: Identity, older: Identity
) -> None:
    with pytest.raises(MixedRecipients):
        write_bundle(contents, station, [older.party])
    data = write_bundle(contents, station, [older.party], mixed=True)
    assert read_bundle(data, older, []).contents == contents
    assert read_bundle(data, station, []).contents == contents
    among_older = write_bundle(contents, older, [older.party])
    assert read_bundle(among_older, older, []).contents == contents


def test_keys_renewed_since_still_open_it(
    contents: BundleContents, station: Identity, relay: Identity, stranger: Identity
) -> None:
    renewed = replace(stranger, former_age_secrets=(relay.age_secret,))
    assert read_bundle(written(contents, station, relay), renewed, []).contents == contents


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"bonjour"], ids=repr)
def test_other_files_are_no_bundles(data: bytes, relay: Identity) -> None:
    with pytest.raises((NotABundle, BundleTruncated)):
        read_bundle(data, relay, [])


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        pytest.param(
            lambda files: {**files, "manifest.json": files["manifest.json"] + b" "},
            BundleTampered,
            id="manifest changed",
        ),
        pytest.param(
            lambda files: {**files, "manifest.sig": bytes(64)}, BundleTampered, id="signature"
        ),
        pytest.param(
            lambda files: {name: one for name, one in files.items() if name != "manifest.sig"},
            BundleDamaged,
            id="signature gone",
        ),
        pytest.param(
            lambda files: {
                name: one + b"x" if name.endswith("form.pdf") else one
                for name, one in files.items()
            },
            BundleTampered,
            id="member changed",
        ),
        pytest.param(
            lambda files: {name: one for name, one in files.items() if "/documents/" not in name},
            BundleTampered,
            id="member removed",
        ),
        pytest.param(
            lambda files: {
                **files,
                "applications/8f14e45f-ceea-467f-a0e6-00000000000f/form.pdf": b"",
            },
            BundleTampered,
            id="member added",
        ),
        pytest.param(lambda files: {**files, "../evil": b""}, BundleTampered, id="path above"),
        pytest.param(lambda files: {**files, "applications/": b""}, BundleTampered, id="a folder"),
    ],
)
def test_tampering_is_refused(
    contents: BundleContents,
    station: Identity,
    relay: Identity,
    change: Callable[[Files], Files],
    refused: type[BundleError],
) -> None:
    data = reopened(written(contents, station, relay), station, relay, change)
    with pytest.raises(refused):
        read_bundle(data, relay, [station.party])


def test_a_newer_format_is_named(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    change = signed_again(lambda manifest: manifest.update(version=2), station)
    data = reopened(written(contents, station, relay), station, relay, change)  # type: ignore[arg-type]  # made above
    with pytest.raises(NewerFormat):
        read_bundle(data, relay, [station.party])


def test_an_expanding_member_is_refused(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(30_000_000))
    with pytest.raises(BundleTooLarge):
        read_bundle(encrypt(out.getvalue(), [relay.party.recipient]), relay, [])


def test_a_receipt_is_no_bundle(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    receipt = ReceiptContents(
        "8f14e45f-ceea-467f-a0e6-0000000000aa",
        contents.id,
        "2026-11-24T09:00:00+01:00",
        (
            Outcome(
                contents.applications[0].id,
                OutcomeKind.FILED_ONLINE,
                "2026-11-24",
                "CAF 29-1",
                "à bientôt",
            ),
        ),
    )
    data = write_receipt(receipt, relay, [station.party])
    opened = read_receipt(data, station, [relay.party])
    assert opened.contents == receipt
    assert opened.known
    with pytest.raises(WrongKind):
        read_bundle(data, station, [relay.party])
    with pytest.raises(WrongKind):
        read_receipt(written(contents, station, relay), relay, [station.party])


@SLOW
@given(place=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_any_flipped_byte_is_refused(
    contents: BundleContents, station: Identity, relay: Identity, place: int, flip: int
) -> None:
    data = bytearray(written(contents, station, relay))
    data[place % len(data)] ^= flip
    with pytest.raises(BundleError):
        read_bundle(bytes(data), relay, [station.party])


@SLOW
@given(length=st.integers(0, 10**6))
def test_any_truncation_is_refused(
    contents: BundleContents, station: Identity, relay: Identity, length: int
) -> None:
    data = written(contents, station, relay)
    with pytest.raises(BundleError):
        read_bundle(data[: length % len(data)], relay, [station.party])


@settings(max_examples=25, deadline=None)
@given(
    answers=st.dictionaries(
        st.text(min_size=1, max_size=20),
        st.one_of(st.text(), st.integers(-(2**53), 2**53), st.lists(st.text(max_size=5))),
        max_size=5,
    ),
    note=st.text(max_size=200),
    pdf=st.binary(max_size=2000),
)
def test_whatever_it_holds_it_comes_back(
    contents: BundleContents,
    station: Identity,
    relay: Identity,
    answers: dict[str, object],
    note: str,
    pdf: bytes,
) -> None:
    parcel = replace(contents.applications[0], answers=answers, pdf=pdf)
    sent = replace(contents, applications=(parcel,), note=note)
    assert read_bundle(written(sent, station, relay), relay, []).contents == sent


def test_what_is_no_day_and_what_is_too_long_is_left_out_by_the_writer(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    """A bundle that its own reader would refuse could not be sent at all."""
    (parcel,) = contents.applications
    for birth_date, kept in (("1985", ""), ("1985-02-30", ""), ("1985-03-12", "1985-03-12")):
        one = replace(parcel, person={**parcel.person, "birth_date": birth_date})
        said = replace(contents, applications=(one,), note="n" * 5000)
        opened = read_bundle(write_bundle(said, station, [relay.party]), relay, []).contents
        assert opened.applications[0].person["birth_date"] == kept
        assert opened.note == "n" * 4000


def test_more_than_a_reader_takes_is_not_written(
    contents: BundleContents, station: Identity, relay: Identity
) -> None:
    (parcel,) = contents.applications

    def numbered(count: int, documents: int) -> BundleContents:
        ids = [f"8f14e45f-ceea-467f-a0e6-{number:012d}" for number in range(max(count, documents))]
        (document,) = parcel.documents
        joined = tuple(replace(document, id=id) for id in ids[:documents])
        return replace(
            contents,
            applications=tuple(replace(parcel, id=id, documents=joined) for id in ids[:count]),
        )

    for count, documents in ((201, 0), (1, 201), (100, 40)):
        with pytest.raises(TooManyMembers):
            write_bundle(numbered(count, documents), station, [relay.party])
    for count, documents in ((200, 0), (1, 200)):
        said = numbered(count, documents)
        opened = read_bundle(write_bundle(said, station, [relay.party]), relay, [])
        assert len(opened.contents.applications) == count
