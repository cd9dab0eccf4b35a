"""The recovery key: 256 random bits on paper, the last way into a vault."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from vault.errors import RecoveryKeyMistyped

# Crockford's base 32: no I, L, O, U, so that nothing is misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OILU", "011V")
LINES = 4
GROUPS = 4
_BYTES_A_LINE = 8
_DATA_CHARACTERS = 13
_CHECK_CHARACTERS = 3
_GROUP = 4


@dataclass(frozen=True)
class RecoveryKey:
    """A recovery key of 32 bytes."""

    secret: bytes

    @classmethod
    def generate(cls) -> RecoveryKey:
        """Draw a new key from the system's randomness."""
        return cls(secrets.token_bytes(LINES * _BYTES_A_LINE))

    def lines(self) -> tuple[str, ...]:
        """The key as printed: four lines of four groups, each with its own check characters."""
        return tuple(_line(number, self._part(number)) for number in range(LINES))

    @classmethod
    def parse(cls, typed: str) -> RecoveryKey:
        """Read a key as a person types it back: case, spaces and hyphens do not matter.

        Raises:
            RecoveryKeyMistyped: naming the line that does not match its check characters.
        """
        characters = _meant(typed)
        width = _DATA_CHARACTERS + _CHECK_CHARACTERS
        if len(characters) != LINES * width:
            raise RecoveryKeyMistyped(0)
        secret = b""
        for number in range(LINES):
            line = characters[number * width : (number + 1) * width]
            secret += _read_line(number, line)
        return cls(secret)

    def says(self, line: int, group: int, typed: str) -> bool:
        """Whether a group of a line, both from 1, is what a person read back from the sheet."""
        return _meant(typed) == self.lines()[line - 1].split()[group - 1]

    def _part(self, number: int) -> bytes:
        return self.secret[number * _BYTES_A_LINE : (number + 1) * _BYTES_A_LINE]

    def __repr__(self) -> str:
        return "RecoveryKey(…)"


def _meant(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_MISREAD)


def _line(number: int, part: bytes) -> str:
    text = _encode(int.from_bytes(part), _DATA_CHARACTERS) + _check(number, part)
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _read_line(number: int, line: str) -> bytes:
    value = 0
    for character in line[:_DATA_CHARACTERS]:
        digit = _ALPHABET.find(character)
        if digit < 0:
            raise RecoveryKeyMistyped(number + 1)
        value = value * 32 + digit
    if value >= 1 << (8 * _BYTES_A_LINE):
        raise RecoveryKeyMistyped(number + 1)
    part = value.to_bytes(_BYTES_A_LINE)
    if line[_DATA_CHARACTERS:] != _check(number, part):
        raise RecoveryKeyMistyped(number + 1)
    return part


def _check(number: int, part: bytes) -> str:
    digest = hashlib.sha256(b"traitdunion recovery line" + bytes([number]) + part).digest()
    return _encode(int.from_bytes(digest[:2]) >> 1, _CHECK_CHARACTERS)


def _encode(value: int, width: int) -> str:
    characters = []
    for _ in range(width):
        value, digit = divmod(value, 32)
        characters.append(_ALPHABET[digit])
    return "".join(reversed(characters))
