"""What the glyphs of an embedded font say, for whoever copies or searches the text."""

from __future__ import annotations

from collections.abc import Mapping

_NOTHING = "\u200b"
_MOST_IN_A_BLOCK = 100


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap of a font whose codes are two bytes long, from the text of each code."""
    # A glyph that says nothing by itself says nothing visible: left out, readers would guess.
    entries = [
        f"<{code:04x}> <{(text or _NOTHING).encode('utf-16-be').hex()}>"
        for code, text in sorted(texts.items())
    ]
    blocks = []
    for start in range(0, len(entries), _MOST_IN_A_BLOCK):
        part = entries[start : start + _MOST_IN_A_BLOCK]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
