"""Which of several receipts counts for an application, whatever the order they come in.

Of one relay, the receipt with the highest number. Of several relays, the answer that took the
application furthest: filed, then refused, then incomplete. Nothing is decided by a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from exports.bundle.receipt import OutcomeKind
from vault.records.receipts import ReceiptRecord

_FURTHEST: dict[str, int] = {
    OutcomeKind.INCOMPLETE.value: 1,
    OutcomeKind.REFUSED.value: 2,
    OutcomeKind.FILED_BY_POST.value: 3,
    OutcomeKind.FILED_ONLINE.value: 3,
}

WrittenOutcome = Mapping[str, Any]


def standing(
    receipts: Iterable[ReceiptRecord], application_id: str
) -> tuple[ReceiptRecord, WrittenOutcome] | None:
    """The receipt that counts for an application of a bundle, and its outcome, if there is one."""
    said = latest_words(receipts, application_id)
    if not said:
        return None
    return max(said.values(), key=_weight)


def _weight(said: tuple[ReceiptRecord, WrittenOutcome]) -> tuple[int, str]:
    receipt, outcome = said
    return _FURTHEST[outcome["result"]], receipt.contact_id or ""


def latest_words(
    receipts: Iterable[ReceiptRecord], application_id: str
) -> dict[str | None, tuple[ReceiptRecord, WrittenOutcome]]:
    """The last word of each relay on an application of a bundle, by relay.

    Args:
        receipts: of one bundle, in the order they came: it decides only between receipts that
            have no number, from older programs.
        application_id: of the bundle.
    """
    said: dict[str | None, tuple[ReceiptRecord, WrittenOutcome]] = {}
    for receipt in receipts:
        for outcome in receipt.outcomes:
            if outcome["application_id"] != application_id:
                continue
            before = said.get(receipt.contact_id)
            if before is None or receipt.number >= before[0].number:
                said[receipt.contact_id] = (receipt, outcome)
    return said
