"""A prefilled link: `GET /commencer/:path?champ_…=…`, which opens a procedure already filled in.

It creates nothing before somebody signs in, and needs no answer of the portal. But what was
answered then stands in an address, which browsers keep: a draft is better wherever it can be made.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from exports.online.addresses import procedure_path
from exports.online.errors import NothingToPrefill
from exports.online.permission import Portal
from exports.online.preparation import Payload

LONGEST = 2000
"""`MAX_PREFILL_LINK_LENGTH`: beyond it, the portal's own builder warns that a link may be cut."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class PrefilledLink:
    """A link that opens a procedure, filled in.

    Attributes:
        whole: whether it holds all that a draft would; False when rows of a list would run into
            one another, and were left out.
    """

    address: str = field(repr=False)
    whole: bool

    @property
    def too_long(self) -> bool:
        """Whether the portal warns of its length."""
        return len(self.address) > LONGEST


def prefilled_link(portal: Portal, procedure: str, payload: Payload) -> PrefilledLink:
    """Make the link of what a draft would hold; nothing is opened.

    Args:
        portal: where the procedure is.
        procedure: its address.
        payload: as a draft would be created with.

    Raises:
        NotAProcedureAddress: the address names no procedure.
        NothingToPrefill: there is nothing to put in it.
    """
    pairs: list[Pair] = []
    whole = True
    for key, value in payload.items():
        if isinstance(value, str):
            pairs.append((key, value))
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            pairs += [(f"{key}[]", one) for one in value]
        elif isinstance(value, list) and _kept_apart(value):
            pairs += _of_rows(key, value)
        else:
            whole = False
    if not pairs:
        raise NothingToPrefill
    path = f"{portal.address}/commencer/{procedure_path(procedure)}"
    return PrefilledLink(f"{path}?{urlencode(pairs)}", whole)


def _kept_apart(rows: Sequence[Mapping[str, object]]) -> bool:
    # A row begins where a key comes that the row before has already: nothing else parts them.
    starts = itertools.pairwise(rows)
    return all(next(iter(after)) in before for before, after in starts)


def _of_rows(key: str, rows: Sequence[Mapping[str, object]]) -> Iterator[Pair]:
    for row in rows:
        for name, value in row.items():
            if isinstance(value, list):
                yield from ((f"{key}[][{name}][]", str(one)) for one in value)
            else:
                yield f"{key}[][{name}]", str(value)
