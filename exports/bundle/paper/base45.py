"""Base45 (RFC 9285): bytes in the letters that QR codes pack tightest, and any reader gives back.

Bytes as such would take 3 % less room, but readers guess at their character set.
"""

from __future__ import annotations

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}


def encode_base45(content: bytes) -> str:
    """The letters of some bytes: three for two of them."""
    letters = []
    for at in range(0, len(content) - 1, 2):
        rest, first = divmod(content[at] << 8 | content[at + 1], 45)
        third, second = divmod(rest, 45)
        letters += [_LETTERS[first], _LETTERS[second], _LETTERS[third]]
    if len(content) % 2:
        second, first = divmod(content[-1], 45)
        letters += [_LETTERS[first], _LETTERS[second]]
    return "".join(letters)


def decode_base45(text: str) -> bytes:
    """The bytes of some letters.

    Raises:
        ValueError: they are not Base45.
    """
    try:
        values = [_VALUES[letter] for letter in text]
    except KeyError as error:
        raise ValueError("not a letter of Base45") from error
    content = bytearray()
    for at in range(0, len(values), 3):
        part = values[at : at + 3]
        number = sum(value * 45**power for power, value in enumerate(part))
        size = len(part) - 1
        if size == 0 or number >= 1 << 8 * size:
            raise ValueError("no such group in Base45")
        content += number.to_bytes(size)
    return bytes(content)
