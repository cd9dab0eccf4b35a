"""What a prefilled link says, as Rails reads a query: `a[]=1`, `a[][b]=1&a[][c]=2`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_ROW = re.compile(r"(\w+)\[\]\[(\w+)\](\[\])?")


def values_of_link(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The values in a query, in the order they stand there."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        row = _ROW.fullmatch(key)
        if row is not None:
            _put_in_row(found.setdefault(row[1], []), row[2], value, several=bool(row[3]))
        elif key.endswith("[]"):
            found.setdefault(key.removesuffix("[]"), []).append(value)
        else:
            found[key] = value
    return found


def _put_in_row(rows: list[dict[str, Any]], name: str, value: str, *, several: bool) -> None:
    # A key that the last row has already begins another row.
    if several and rows and isinstance(rows[-1].get(name), list):
        rows[-1][name].append(value)
        return
    if not rows or name in rows[-1]:
        rows.append({})
    rows[-1][name] = [value] if several else value
