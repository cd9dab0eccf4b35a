"""Names inside a PDF: raw bytes of any encoding there, readable text here, and back exactly.

Old programs wrote names in Latin-1, Windows-1252 or MacRoman; a name is found again only by its
very bytes, so the bytes are kept and the text is for people.
"""

from __future__ import annotations

from typing import Any

import pikepdf

_FRENCH = frozenset("éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ’«»°€")
_PLAIN = frozenset(range(33, 127)) - frozenset(b"#/()<>[]{}%")


def readable(raw: bytes) -> str:
    """A name's bytes as text: UTF-8, else what reads as French of Latin-1, Windows, Macintosh."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not any(0x80 <= byte <= 0x9F for byte in raw):
        return raw.decode("latin-1")
    windows = raw.decode("cp1252", "replace")
    macintosh = raw.decode("mac_roman")
    return windows if _french(windows) > _french(macintosh) else macintosh


def name_bytes(name: Any) -> bytes:
    """The bytes of a name object."""
    raw = name.unparse()[1:]
    if b"#" not in raw:
        return bytes(raw)
    out, place = bytearray(), 0
    while place < len(raw):
        if raw[place] == ord("#"):
            out.append(int(raw[place + 1 : place + 3], 16))
            place += 3
        else:
            out.append(raw[place])
            place += 1
    return bytes(out)


def key_bytes(key: str) -> bytes:
    """The bytes of a dictionary's key, as pikepdf hands it over."""
    return key.encode("utf-8", "surrogateescape")[1:]


def name_of(raw: bytes) -> Any:
    """A name object from its bytes."""
    safe = b"".join(bytes([byte]) if byte in _PLAIN else b"#%02x" % byte for byte in raw)
    return pikepdf.Object.parse(b"/" + safe)


def _french(text: str) -> int:
    return sum(letter in _FRENCH for letter in text)
