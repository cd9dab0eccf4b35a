"""ASCII armor, read strictly; bundles are binary, and we write none."""

from __future__ import annotations

import base64
import binascii
import io
from typing import BinaryIO, cast

from exports.bundle.age.errors import ArmorMalformed

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_LINE_SIZE = _COLUMNS // 4 * 3
_MOST_BLANKS = 1024


def armor_removed(source: BinaryIO) -> BinaryIO:
    """The binary file inside an armored one (section “ASCII armor”).

    Its `read` and `readline` raise ArmorMalformed where the armor is not canonical. Lines end with
    LF or CRLF; white lines are allowed before and after.
    """
    return cast(BinaryIO, io.BufferedReader(_Armor(source)))


class _Armor(io.RawIOBase):
    """State: whether the first line was read, whether the last one was."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._begun = False
        self._ended = False
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer there
        if not self._begun:
            self._begin()
        if not self._left and not self._ended:
            self._left = self._next()
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def _begin(self) -> None:
        self._begun = True
        blanks = 0
        while not (line := self._line()).strip():
            blanks += len(line) + 1
            if blanks > _MOST_BLANKS:
                raise ArmorMalformed("too many white lines")
        if line != _BEGIN:
            raise ArmorMalformed("no first line of armor")

    def _next(self) -> bytes:
        line = self._line()
        if line == _END:
            self._finish()
            return b""
        try:
            content = base64.b64decode(line, validate=True)
        except binascii.Error as error:
            raise ArmorMalformed("not Base64") from error
        if not line or len(line) > _COLUMNS or base64.b64encode(content) != line:
            raise ArmorMalformed("not a canonical line")
        if len(content) < _LINE_SIZE:
            if self._line() != _END:
                raise ArmorMalformed("a short line is not the last")
            self._finish()
        return content

    def _finish(self) -> None:
        self._ended = True
        after = self._source.read(_MOST_BLANKS + 1)
        if after.strip() or len(after) > _MOST_BLANKS:
            raise ArmorMalformed("something follows the armor")

    def _line(self) -> bytes:
        line = self._source.readline(_MOST_BLANKS)
        if not line:
            raise ArmorMalformed("the armor has no end")
        return line.removesuffix(b"\n").removesuffix(b"\r")
