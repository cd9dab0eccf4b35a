"""Bech32 (BIP 173) without its limit on length: how age writes keys down."""

from __future__ import annotations

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def encode_bech32(prefix: str, content: bytes) -> str:
    """Write bytes under a lower-case prefix (section “Conventions used in this document”)."""
    values = _regroup(content, 8, 5)
    spare = -len(content) * 8 % 5
    if spare:
        values.append((content[-1] << spare) & 31)
    wanted = _checksum([*_expanded(prefix), *values, *bytes(_CHECKSUM_LENGTH)]) ^ 1
    values += [(wanted >> 5 * place) & 31 for place in reversed(range(_CHECKSUM_LENGTH))]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def decode_bech32(text: str) -> tuple[str, bytes]:
    """Read a prefix, in its own case, and its bytes (section “Conventions…”).

    Raises:
        ValueError: cases are mixed, the checksum is wrong, or it is no Bech32.
    """
    lowered = text.lower()
    # Outside ASCII, some letters become ours when their case changes.
    if not text.isascii() or text not in (lowered, text.upper()):
        raise ValueError("Bech32 in mixed case, or no Bech32")
    prefix, mark, data = lowered.rpartition("1")
    if not mark or not prefix or len(data) < _CHECKSUM_LENGTH:
        raise ValueError("not Bech32")
    if not all(33 <= ord(letter) <= 126 for letter in prefix):
        raise ValueError("not Bech32")
    try:
        values = [_VALUES[letter] for letter in data]
    except KeyError as error:
        raise ValueError("not Bech32") from error
    if _checksum([*_expanded(prefix), *values]) != 1:
        raise ValueError("wrong Bech32 checksum")
    payload = values[:-_CHECKSUM_LENGTH]
    spare = len(payload) * 5 % 8
    if spare >= 5 or (spare and payload[-1] & ((1 << spare) - 1)):
        raise ValueError("Bech32 with bits to spare")
    return text[: len(prefix)], bytes(_regroup(payload, 5, 8))


def _regroup(values: Iterable[int], width: int, wanted: int) -> list[int]:
    """The whole groups of `wanted` bits; the bits left over are the caller's."""
    kept, bits, groups = 0, 0, []
    for value in values:
        kept = (kept << width | value) & ((1 << (width + wanted)) - 1)
        bits += width
        while bits >= wanted:
            bits -= wanted
            groups.append((kept >> bits) & ((1 << wanted) - 1))
    return groups


def _expanded(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _checksum(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            if top >> place & 1:
                checksum ^= factor
    return checksum
