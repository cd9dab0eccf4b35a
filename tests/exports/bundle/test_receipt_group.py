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


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_changes_nothing_else(place: int, value: int) -> None:
    data = bytearray(write_group([b"first receipt", b"second receipt"]))
    data[place % len(data)] = value
    try:
        found = read_group(bytes(data))
    except BundleError:
        return
    assert len(found) in (1, 2)
