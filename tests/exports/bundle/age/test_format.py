"""What is written is read back; what is altered, cut or too long is refused; keys are strict."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.bundle.age.bech32 import decode_bech32, encode_bech32
from exports.bundle.age.encoding import decode_base64, encode_base64
from exports.bundle.age.errors import (
    AgeError,
    HeaderForged,
    HeaderMalformed,
    HeaderTruncated,
    NoIdentityMatches,
    NotAnAgeFile,
    PayloadDamaged,
    PayloadTruncated,
    VersionUnsupported,
)
from exports.bundle.age.file import decrypt, encrypt
from exports.bundle.age.header import MAXIMUM_SIZE, read_header
from exports.bundle.age.keys import parse_identity, parse_recipient, recipient_of
from exports.bundle.age.payload import CHUNK_SIZE
from tests.exports.bundle.age.conftest import Keys, new_keys, opened, sealed

SIZES = (0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 3 * CHUNK_SIZE, 3 * CHUNK_SIZE + 7)
SEALED = CHUNK_SIZE + 16


def payload_start(data: bytes) -> int:
    source = io.BytesIO(data)
    read_header(source)
    return source.tell() + 16


@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_is_read_back(size: int, hybrid: Keys, classic: Keys) -> None:
    content = bytes(number % 251 for number in range(size))
    for keys in (hybrid, classic):
        assert opened(sealed(content, [keys.recipient]), keys.secret) == content


def test_the_specification_s_own_keys_belong_together() -> None:
    """The X25519 pair printed in the specification."""
    assert (
        recipient_of("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
        == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    )


def test_each_recipient_opens_alone_and_nobody_else(hybrid: Keys, classic: Keys) -> None:
    other = new_keys("AGE-SECRET-KEY-PQ-")
    data = sealed(b"content", [other.recipient, hybrid.recipient])
    assert opened(data, hybrid.secret) == opened(data, other.secret) == b"content"
    assert opened(data, classic.secret, hybrid.secret) == b"content"
    for stranger in (classic, new_keys("AGE-SECRET-KEY-PQ-")):
        with pytest.raises(NoIdentityMatches):
            opened(data, stranger.secret)


def test_a_file_needs_a_recipient() -> None:
    with pytest.raises(ValueError, match="recipient"):
        sealed(b"content", [])


def test_two_files_of_the_same_content_share_nothing(hybrid: Keys) -> None:
    one, other = (sealed(b"content" * 9, [hybrid.recipient]) for _ in range(2))
    lines = one.split(b"\n")[1:], other.split(b"\n")[1:]
    assert not set(lines[0]) & set(lines[1])


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**6), flip=st.integers(1, 255), size=st.sampled_from(SIZES[:5]))
def test_any_flipped_byte_is_refused(hybrid: Keys, place: int, flip: int, size: int) -> None:
    data = bytearray(sealed(bytes(size), [hybrid.recipient]))
    data[place % len(data)] ^= flip
    with pytest.raises(AgeError):
        opened(bytes(data), hybrid.secret)


@settings(max_examples=60, deadline=None)
@given(length=st.integers(0, 10**6), size=st.sampled_from(SIZES))
def test_any_truncation_is_refused(hybrid: Keys, length: int, size: int) -> None:
    data = sealed(bytes(size), [hybrid.recipient])
    with pytest.raises(AgeError):
        opened(data[: length % len(data)], hybrid.secret)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300))
def test_whatever_comes_after_the_version_is_refused_in_our_words(
    hybrid: Keys, data: bytes
) -> None:
    with pytest.raises(AgeError):
        opened(b"age-encryption.org/v1\n" + data, hybrid.secret)


def test_a_file_cut_says_so(hybrid: Keys) -> None:
    data = sealed(bytes(3 * CHUNK_SIZE), [hybrid.recipient])
    start = payload_start(data)
    for length in (0, 10, 22, 100, start - 17, start - 16, start - 1):
        with pytest.raises(HeaderTruncated):
            opened(data[:length], hybrid.secret)
    for length in (start, start + SEALED, start + 2 * SEALED, start + 2 * SEALED + 15):
        with pytest.raises(PayloadTruncated):
            opened(data[:length], hybrid.secret)


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(lambda one, two, last: two + one + last, id="swapped"),
        pytest.param(lambda one, two, last: one + one + last, id="repeated"),
        pytest.param(lambda one, two, last: one + last, id="left out"),
        pytest.param(lambda one, two, last: one + two + last + b"\0", id="followed"),
        pytest.param(lambda one, two, last: one + two + last + last, id="last twice"),
    ],
)
def test_chunks_keep_their_order(
    hybrid: Keys, move: Callable[[bytes, bytes, bytes], bytes]
) -> None:
    data = sealed(bytes(3 * CHUNK_SIZE), [hybrid.recipient])
    start = payload_start(data)
    chunks = [data[start + at * SEALED : start + (at + 1) * SEALED] for at in range(3)]
    with pytest.raises(PayloadDamaged):
        opened(data[:start] + move(*chunks), hybrid.secret)


def test_other_files_and_other_versions_are_named(hybrid: Keys) -> None:
    for data in (b"PK\x03\x04", b"%PDF-1.7\n", b"age-encryption.org/v1\r\n"):
        with pytest.raises(NotAnAgeFile):
            opened(data, hybrid.secret)
    with pytest.raises(VersionUnsupported):
        opened(b"age-encryption.org/v2\n", hybrid.secret)


def test_a_stanza_added_by_another_is_forgery(hybrid: Keys) -> None:
    data = sealed(b"content", [hybrid.recipient])
    before, mark, after = data.partition(b"\n---")
    with pytest.raises(HeaderForged):
        opened(before + b"\n-> other stanza\n" + mark + after, hybrid.secret)


def test_a_header_without_end_costs_little() -> None:
    class Endless(io.RawIOBase):
        """State: how much was asked of it."""

        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
            start = b"age-encryption.org/v1\n-> " if not self.given else b""
            buffer[:] = start + b"x" * (len(buffer) - len(start))
            self.given += len(buffer)
            return len(buffer)

    endless = Endless()
    with pytest.raises(HeaderMalformed):
        read_header(io.BufferedReader(endless))
    assert endless.given < 2 * MAXIMUM_SIZE


class Dripping(io.BytesIO):
    """A source that gives at most some bytes at once, as a pipe does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 1000))


def test_a_source_may_give_less_than_asked(hybrid: Keys) -> None:
    content = bytes(2 * CHUNK_SIZE + 5)
    written, back = io.BytesIO(), io.BytesIO()
    encrypt(Dripping(content), written, [parse_recipient(hybrid.recipient)])
    decrypt(Dripping(written.getvalue()), back, [parse_identity(hybrid.secret)])
    assert back.getvalue() == content


class Cancelled(Exception):
    """What a caller raises to end the work."""


def test_progress_is_told_and_what_it_raises_ends_the_work(hybrid: Keys) -> None:
    told: list[int] = []

    def tell(done: int) -> None:
        told.append(done)

    def cancel(done: int) -> None:
        if done > CHUNK_SIZE:
            raise Cancelled

    size = 3 * CHUNK_SIZE + 1
    steps = [CHUNK_SIZE, 2 * CHUNK_SIZE, 3 * CHUNK_SIZE, size]
    recipients, identities = [parse_recipient(hybrid.recipient)], [parse_identity(hybrid.secret)]
    written = io.BytesIO()
    encrypt(io.BytesIO(bytes(size)), written, recipients, tell)
    assert told == steps
    told.clear()
    decrypt(io.BytesIO(written.getvalue()), io.BytesIO(), identities, tell)
    assert told == steps
    with pytest.raises(Cancelled):
        encrypt(io.BytesIO(bytes(size)), io.BytesIO(), recipients, cancel)
    back: BinaryIO = io.BytesIO()
    with pytest.raises(Cancelled):
        decrypt(io.BytesIO(written.getvalue()), back, identities, cancel)


@given(content=st.binary(max_size=100))
def test_bech32_and_base64_come_back(content: bytes) -> None:
    assert decode_bech32(encode_bech32("age", content)) == ("age", content)
    assert decode_base64(encode_base64(content)) == content


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 2000), letter=st.characters(min_codepoint=33, max_codepoint=0x2200))
def test_a_mistyped_key_is_refused(hybrid: Keys, classic: Keys, place: int, letter: str) -> None:
    for keys in (hybrid, classic):
        for text, parse in ((keys.secret, parse_identity), (keys.recipient, parse_recipient)):
            at = place % len(text)
            mistyped = text[:at] + letter + text[at + 1 :]
            if mistyped != text:
                with pytest.raises(ValueError, match=r"Bech32|age"):
                    parse(mistyped)


@pytest.mark.parametrize(
    "text", ["", "1", "age", "age1", "age1\u212a", "AGE1QQQQ", "age1pq1qqqqqq"]
)
def test_other_texts_are_no_recipients(text: str) -> None:
    with pytest.raises(ValueError, match=r"Bech32|age"):
        parse_recipient(text)


def test_a_key_of_another_kind_or_length_is_refused(hybrid: Keys, classic: Keys) -> None:
    _, point = decode_bech32(classic.recipient)
    _, keys = decode_bech32(hybrid.recipient)
    _, seed = decode_bech32(hybrid.secret)
    for prefix, content in (
        ("age", keys),
        ("age", point[:-1]),
        ("age1pq", point),
        ("age1pq", keys[:-1]),
        ("age1pq", keys + b"\0"),
        ("age1tag", point),
        # An ML-KEM key whose coefficients exceed the modulus, and points of low order.
        ("age1pq", b"\xff" * 1184 + point),
        ("age1pq", keys[:1184] + bytes(32)),
        ("age", bytes(32)),
    ):
        with pytest.raises(ValueError):  # the words are the library's
            parse_recipient(encode_bech32(prefix, content))
    for prefix, content in (
        ("age-secret-key-", seed[:-1]),
        ("age-secret-key-pq-", seed + b"\0"),
        ("age-secret-key-x-", seed),
    ):
        with pytest.raises(ValueError):  # the words are the library's
            parse_identity(encode_bech32(prefix, content).upper())
    for text in (hybrid.secret.lower(), classic.secret.lower()):
        with pytest.raises(ValueError, match="age identity"):
            parse_identity(text)
