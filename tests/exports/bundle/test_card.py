"""Cards: read back, refused when altered, compared by words."""

from __future__ import annotations

import base64
import contextlib
import zlib
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.bundle.card import (
    card_from_texts,
    card_texts,
    fingerprint,
    read_card,
    write_card,
)
from exports.bundle.errors import BundleError, CardDamaged, CardTampered, NewerFormat
from exports.bundle.identity import Identity
from exports.bundle.words import FINGERPRINT_WORDS
from vault.records.search import fold


def test_a_card_comes_back_from_its_file_and_from_its_codes(
    station: Identity, older: Identity
) -> None:
    for identity, count in ((station, 2), (older, 1)):
        card = write_card(identity)
        assert read_card(card) == identity.party
        codes = card_texts(card)
        assert len(codes) == count
        # A scanner gives them in any order, and some of them twice.
        assert read_card(card_from_texts((*reversed(codes), codes[0]))) == identity.party


def test_a_card_nested_without_end_is_no_card() -> None:
    head = b'{"format": "traitdunion-card", "version": 1, "party": '
    for nested in (b"[" * 30_000, b'{"id":' * 9_000):
        with pytest.raises(CardDamaged):
            read_card(head + nested)


def test_codes_missing_or_of_two_cards_are_no_card(station: Identity, stranger: Identity) -> None:
    mine, other = card_texts(write_card(station)), card_texts(write_card(stranger))
    for codes in (mine[:1], mine[1:], (mine[0], other[1]), (*mine, other[0]), (), ("", *mine)):
        with pytest.raises(CardDamaged):
            read_card(card_from_texts(codes))


def test_a_code_that_expands_without_end_is_refused() -> None:
    letters = base64.b32encode(zlib.compress(bytes(10_000_000), 9)).decode().rstrip("=")
    with pytest.raises(CardDamaged):
        card_from_texts([f"TDUC2:1/1:{letters}"])


def test_a_card_with_a_key_that_is_none_is_refused(station: Identity) -> None:
    party = replace(station.party, recipient=station.party.recipient[:-1] + "b")
    with pytest.raises(CardDamaged):
        read_card(write_card(replace(station, party=party)))


def test_a_card_under_another_name_is_refused(station: Identity) -> None:
    card = msgspec.json.decode(write_card(station))
    card["party"]["name"] = "Préfecture"
    with pytest.raises(CardTampered):
        read_card(msgspec.json.encode(card))


def test_a_newer_card_is_named(station: Identity) -> None:
    card = msgspec.json.decode(write_card(station))
    card["version"] = 2
    with pytest.raises(NewerFormat):
        read_card(msgspec.json.encode(card))


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[1, 2]", b"x" * 70_000])
def test_other_files_are_no_cards(content: bytes) -> None:
    with pytest.raises(CardDamaged):
        read_card(content)


@pytest.mark.parametrize("text", ["", "TDUC2:1/1:", "TDU1|A|x", "TDUC2:1/1:é", "TDUC2:1/1:AAAA"])
def test_other_codes_are_no_cards(text: str) -> None:
    with pytest.raises(CardDamaged):
        read_card(card_from_texts([text]))


def test_the_fingerprint_follows_the_keys_not_the_name(
    station: Identity, stranger: Identity
) -> None:
    party = station.party
    print_ = fingerprint(party)
    assert len(print_.words) == 12
    assert fingerprint(replace(party, name="autre")) == print_
    assert fingerprint(replace(party, verify_key=stranger.party.verify_key)) != print_
    assert fingerprint(replace(party, recipient=stranger.party.recipient)) != print_


def test_there_is_one_word_for_each_byte() -> None:
    assert len(FINGERPRINT_WORDS) == 256
    assert len(set(FINGERPRINT_WORDS)) == 256
    assert all(word.isalpha() and word.islower() for word in FINGERPRINT_WORDS)
    # Read aloud, and written down by people in a hurry: accents alone tell no two words apart.
    assert len(set(map(fold, FINGERPRINT_WORDS))) == 256


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, 10**5), flip=st.integers(1, 255))
def test_any_flipped_byte_is_refused_or_harmless(station: Identity, place: int, flip: int) -> None:
    card = bytearray(write_card(station))
    card[place % len(card)] ^= flip
    with contextlib.suppress(BundleError):
        assert read_card(bytes(card)) == station.party
