"""A reason travels in a receipt’s comment, and is counted at both ends."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.workflows.errors import OutcomeTooLong
from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.exchanges.reasons import REASON_WORDS, Reason, reason_in, with_reason
from desktop.workflows.exchanges.receipts import import_receipt, record_outcome, write_receipt
from exports.bundle.receipt import OutcomeKind
from tests.desktop.workflows.pair import introduce, make_desk, send_one
from vault.records.journal import Action
from vault.vault import VaultKind


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("comment", ["", "Refaire.", "Motif : Hors délai.\nAutre ligne"])
def test_a_comment_begins_with_its_reason(reason: Reason, comment: str) -> None:
    written = with_reason(reason, comment)
    assert reason_in(written) is reason
    assert written.splitlines()[0] == f"Motif\u00a0: {REASON_WORDS[reason]}."
    assert written.endswith(comment)


@pytest.mark.parametrize(
    "comment", ["", "Pièce manquante", "Motif : parce que.", "Le\nMotif : Hors délai.", "Motif :"]
)
def test_what_is_written_freely_is_no_reason(comment: str) -> None:
    assert reason_in(comment) is None
    assert with_reason(None, comment) == comment


def test_both_ends_count_the_same_reason(tmp_path: Path) -> None:
    station = make_desk(tmp_path / "poste", VaultKind.STATION, "Maison d’arrêt de Brest")
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP")
    introduce(station, relay, tmp_path)
    application = send_one(station, relay, tmp_path / "envoi.liasse")
    receive_bundle(relay, tmp_path / "envoi.liasse")
    record_outcome(
        relay, application, OutcomeKind.REFUSED, on=date(2026, 11, 24),
        comment="Zoë le sait.", reason=Reason.LATE,
    )  # fmt: skip
    # What a station would refuse to read is not noted at all.
    for long in ({"comment": "é" * 3990}, {"reference": "x" * 501}):
        with pytest.raises(OutcomeTooLong):
            record_outcome(
                relay, application, OutcomeKind.REFUSED, on=date(2026, 11, 24),
                reason=Reason.OTHER, **long,
            )  # fmt: skip
    bundle = relay.vault.bundles.all()[0].id
    write_receipt(relay, bundle, tmp_path / "retour.accuse")
    import_receipt(station, tmp_path / "retour.accuse")
    kept = station.vault.applications.get(application).comment
    assert kept == "Motif\u00a0: Hors délai.\nZoë le sait."
    for desk, action in ((relay, Action.OUTCOME_RECORDED), (station, Action.RECEIPT_IMPORTED)):
        (line,) = [
            one for one in desk.vault.journal.of_application(application) if one.action is action
        ]
        assert line.detail["reason"] == "late"
        assert "Zoë" not in str(line.detail)
        desk.vault.lock()
