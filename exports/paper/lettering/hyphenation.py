"""Where a French word may be broken at the end of a line.

The patterns are those of pyphen (pure Python; GPL, LGPL or MPL), the ones that TeX and LibreOffice
use.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SOFT_HYPHEN = "\u00ad"

# A name is not broken: letters without capitals only, between apostrophes and hyphens too.
_WORD = re.compile(r"(?<![^\W_])[a-zà-öø-ÿœæ]{6,}(?![^\W_])")
_FEWEST_BEFORE = 3
_FEWEST_AFTER = 3


def with_soft_hyphens(text: str) -> str:
    """A French text, a soft hyphen wherever one of its words may be broken."""
    return _WORD.sub(lambda found: _broken(found.group()), text)


@cache
def _broken(word: str) -> str:
    return str(_patterns().inserted(word, SOFT_HYPHEN))


@cache
def _patterns() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="fr", left=_FEWEST_BEFORE, right=_FEWEST_AFTER)
