"""Several receipts in one file: what went in comes out, and nothing else is taken."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.bundle.errors import BundleDamaged, BundleError, BundleTooLarge
from exports.bundle.receipt_group import MOST_RECEIPTS, read_group, write_group


def test_a_receipt_alone_stays_as_it_is() -> None:
    assert write_group([b"age-encryption.org/v1 x"]) == b"age-encryption.org/v1 x"
    assert read_group(b"age-encryption.org/v1 x") == (b"age-encryption.org/v1 x",)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.binary(max_size=200), min_size=2, max_size=12))
def test_what_went_in_comes_out(receipts: list[bytes]) -> None:
    assert read_group(write_group(receipts)) == tuple(receipts)
    assert write_group(receipts) == write_group(receipts)


def archive(*members: tuple[str, bytes], kind: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        archive(("../1.accuse", b"x")),
        archive(("0.accuse", b"x")),
        archive(("manifest.json", b"x")),
        archive(("1.accuse", b"x" * 1000), kind=zipfile.ZIP_DEFLATED),
        archive(("1.accuse", b"x"))[:-10],
        b"PK\x03\x04",
    ],
    ids=["climbs", "zero", "other", "compressed", "cut", "bare"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BundleDamaged):
        read_group(data)


def test_too_many_are_refused() -> None:
    members = [(f"{number}.accuse", b"") for number in range(1, MOST_RECEIPTS + 2)]
    with pytest.raises(BundleTooLarge):
        read_group(archive(*members))


RECEIPTS = (b"first receipt", b"second receipt")


@pytest.mark.parametrize("place", range(len(write_group(RECEIPTS))))
def test_a_changed_byte_is_refused_or_changes_nothing(place: int) -> None:
    whole = write_group(RECEIPTS)
    for value in range(256):
        data = bytearray(whole)
        data[place] = value
        try:
            found = read_group(bytes(data))
        except BundleError:
            continue
        if found != (bytes(data),):  # no group: a receipt alone, whose own seal says what it is
            assert found == RECEIPTS


@pytest.mark.parametrize("length", range(4, len(write_group(RECEIPTS))))
def test_a_group_cut_short_is_refused(length: int) -> None:
    with pytest.raises(BundleDamaged):
        read_group(write_group(RECEIPTS)[:length])


def test_a_directory_that_forgets_a_receipt_is_refused() -> None:
    whole = write_group(RECEIPTS)
    directory = whole.index(b"PK\x01\x02")
    empty = b"PK\x05\x06" + bytes(12) + directory.to_bytes(4, "little") + bytes(2)
    with pytest.raises(BundleDamaged):
        read_group(whole[:directory] + empty)
