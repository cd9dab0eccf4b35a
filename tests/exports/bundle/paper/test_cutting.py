"""Bytes cut into codes and gathered again, whatever a fifth of the codes becomes."""

from __future__ import annotations

import hashlib
import random
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.bundle.paper import cutting
from exports.bundle.paper.base45 import decode_base45, encode_base45
from exports.bundle.paper.code import MOST_CODES, PREFIX, Code, Kind, parse_code
from exports.bundle.paper.cutting import PAGE_SHARE, cut, longest_file
from exports.bundle.paper.errors import CodesDisagree, CodesMissing, TooLongForPaper
from exports.bundle.paper.gathering import MOST_PARCELS, Gathering, Parcel, Taken


def gathered(codes: list[Code]) -> Parcel:
    gathering = Gathering()
    for code in codes:
        gathering.take(code.text())
    (parcel,) = gathering.parcels
    return parcel


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 60_000), st.integers(0, 2**32), st.booleans())
def test_any_fifth_of_the_codes_may_be_lost(size: int, seed: int, compressible: bool) -> None:
    rng = random.Random(seed)
    content = b"age " * (size // 4) + b"!" if compressible else rng.randbytes(size)
    codes = cut(content, Kind.BUNDLE)
    kept = rng.sample(codes, len(codes) - len(codes) // 5)
    assert gathered(kept).content() == content


@pytest.mark.parametrize(("size", "groups"), [(240_000, 1), (250_000, 2), (370_000, 2)])
def test_any_fifth_of_a_long_file_may_be_lost(size: int, groups: int) -> None:
    content = random.Random(5).randbytes(size)
    codes = cut(content, Kind.BUNDLE)
    layout = codes[0].layout
    assert layout.groups == groups
    lost = len(codes) // 5
    by_chance = random.Random(6).sample(codes, len(codes) - lost)
    # The worst that can happen: all of the fifth is of one group.
    of_one = {code.number for code in codes if code.group == groups - 1}
    unlucky = [code for code in codes if code.number not in sorted(of_one)[:lost]]
    for kept in (by_chance, unlucky, codes[lost:]):
        assert gathered(kept).content() == content


@given(st.integers(1, 306))
def test_a_fifth_may_be_lost_however_many_pieces_there_are(pieces: int) -> None:
    total, needed, groups = cutting._counts(pieces, True)
    assert total <= MOST_CODES
    assert total // groups - needed >= min(total // 5, total // groups)
    assert needed * groups >= pieces


def test_a_page_carries_ten_kilobytes_with_its_parity() -> None:
    codes = cut(random.Random(6).randbytes(10_240), Kind.BUNDLE)
    assert codes[0].layout.pages == 1
    assert len(codes) == 12
    assert all(len(code.text()) <= 1853 for code in codes)


def test_what_is_too_long_for_paper_is_refused() -> None:
    with pytest.raises(TooLongForPaper):
        cut(random.Random(7).randbytes(MOST_CODES * PAGE_SHARE), Kind.BUNDLE)
    with pytest.raises(TooLongForPaper):
        cut(bytes(longest_file() + 1), Kind.BUNDLE)


def test_missing_codes_are_named_as_they_are_printed() -> None:
    codes = cut(random.Random(8).randbytes(15_000), Kind.RECEIPT)
    parcel = gathered([code for code in codes if code.number not in (0, 4, 13)])
    assert parcel.missing == {1: (1, 5), 2: (14,)}
    assert parcel.complete
    few = gathered(codes[:3])
    assert few.still_needed == few.layout.needed - 3
    with pytest.raises(CodesMissing):
        few.content()


def test_duplicates_and_other_codes_change_nothing() -> None:
    codes = cut(b"x" * 3000 + random.Random(9).randbytes(3000), Kind.BUNDLE)
    gathering = Gathering()
    assert gathering.take(codes[0].text()) is Taken.NEW
    assert gathering.take(codes[0].text()) is Taken.AGAIN
    for text in ("", "https://example.org", "TDU1|A|x|y|1|1", PREFIX, PREFIX + "é", PREFIX + "000"):
        assert gathering.take(text) is Taken.FOREIGN
    assert gathering.foreign == 6
    assert len(gathering.parcels) == 1


def test_a_code_that_contradicts_another_counts_as_lost() -> None:
    content = random.Random(10).randbytes(9_000)
    codes = cut(content, Kind.BUNDLE)
    forged = replace(codes[2], share=bytes(len(codes[2].share)))
    parcel = Parcel(codes[0].layout)
    assert parcel.take(forged) is Taken.NEW
    for code in codes:
        parcel.take(code)
    assert codes[2].number not in parcel.seen
    assert parcel.content() == content
    # Alone, it is believed, and what comes out is refused.
    with pytest.raises(CodesDisagree):
        gathered([forged, *(code for code in codes if code.number != 2)]).content()


def test_hostile_numbers_are_refused() -> None:
    code = cut(random.Random(11).randbytes(5_000), Kind.BUNDLE)[0]
    layout = code.layout
    for wrong in (
        replace(code, number=layout.total),
        replace(code, share=code.share + b"!"),
        replace(code, layout=replace(layout, total=0)),
        replace(code, layout=replace(layout, total=MOST_CODES + 1)),
        replace(code, layout=replace(layout, total=257, needed=1)),
        replace(code, layout=replace(layout, needed=layout.shares + 1)),
        replace(code, layout=replace(layout, length=2**32 - 1)),
        replace(code, layout=replace(layout, length=layout.length + layout.needed)),
    ):
        assert parse_code(wrong.text()) is None
    for at, value in ((0, 9), (1, 2), (18, 0), (19, 0)):
        content = bytearray(decode_base45(code.text().removeprefix(PREFIX)))
        content[at] = value
        assert parse_code(PREFIX + encode_base45(bytes(content))) is None


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=120))
def test_any_text_is_read_without_harm(text: str) -> None:
    Gathering().take(PREFIX + text)


def test_a_hostile_pile_is_bounded() -> None:
    gathering = Gathering()
    for number in range(MOST_PARCELS + 5):
        gathering.take(cut(str(number).encode(), Kind.BUNDLE)[0].text())
    assert len(gathering.parcels) == MOST_PARCELS
    assert gathering.foreign == 5


def test_what_expands_too_far_is_refused() -> None:
    packed = zlib.compress(bytes(longest_file() + 1), 9)
    layout = replace(
        cut(b"a", Kind.BUNDLE)[0].layout,
        compressed=True,
        length=len(packed),
        total=1,
        needed=1,
        mark=hashlib.sha256(bytes(longest_file() + 1)).digest()[:8],
    )
    parcel = Parcel(layout)
    parcel.take(Code(layout, 0, packed))
    with pytest.raises(CodesDisagree):
        parcel.content()


def test_somebody_else_reads_the_codes_from_the_description_alone() -> None:
    content = b"age-encryption.org/v1\n" + random.Random(12).randbytes(4_000)
    texts = [code.text() for code in cut(content, Kind.BUNDLE)]
    assert read_by_the_book(texts[2:]) == content


def read_by_the_book(texts: list[str]) -> bytes:
    """Written from docs/bundle-format.md: Lagrange over GF(256), nothing of ours."""
    powers = [1]
    for _ in range(254):
        double = powers[-1] << 1
        powers.append(double ^ 0x11D if double > 255 else double)
    logs = {value: power for power, value in enumerate(powers)}

    def times(one: int, other: int) -> int:
        return powers[(logs[one] + logs[other]) % 255] if one and other else 0

    def over(one: int, other: int) -> int:
        return powers[(logs[one] - logs[other]) % 255] if one else 0

    def place(rank: int) -> int:
        return 0 if rank == 0 else powers[rank - 1]

    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    shares: dict[int, bytes] = {}
    for text in texts:
        assert text.startswith("TDUP1:")
        values = [letters.index(letter) for letter in text[6:]]
        raw = b""
        for at in range(0, len(values), 3):
            part = values[at : at + 3]
            number = sum(value * 45**power for power, value in enumerate(part))
            raw += number.to_bytes(len(part) - 1, "big")
        flags, mark = raw[1], raw[2:10]
        length, number = int.from_bytes(raw[10:14], "big"), int.from_bytes(raw[14:16], "big")
        needed, groups = raw[18], raw[19]
        assert groups == 1
        shares[number] = raw[20:]
    ranks = sorted(shares)[:needed]
    packed = b""
    for wanted in range(needed):
        piece = bytearray(len(shares[ranks[0]]))
        for rank in ranks:
            weight = 1
            for other in ranks:
                if other != rank:
                    weight = times(
                        weight, over(place(wanted) ^ place(other), place(rank) ^ place(other))
                    )
            for at, value in enumerate(shares[rank]):
                piece[at] ^= times(weight, value)
        packed += bytes(piece)
    packed = packed[:length]
    content = zlib.decompress(packed) if flags & 1 else packed
    assert hashlib.sha256(content).digest()[:8] == mark
    return content
