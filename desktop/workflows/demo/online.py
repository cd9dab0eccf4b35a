"""The demonstration's filing online, on the practice portal of this PC: nothing leaves it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.workflows.demo import people as invented
from desktop.workflows.demo.round_trip import DemonstrationFailed
from desktop.workflows.desk import Desk
from desktop.workflows.online.filing import client_of, prepare_filing, send_filing
from desktop.workflows.online.followup import follow_filing, record_followed
from desktop.workflows.online.procedures import keep_schema, network_permission, online_filing
from desktop.workflows.start.opening import lock, unlock
from exports.online.dossier import DossierState
from exports.online.permission import NetworkPermission

FORM = "election-de-domicile"

Say = Callable[[str], None]


def run_online_demonstration(out: Path, say: Say) -> None:
    """File one application of the demonstration's relay, on a portal of this PC alone.

    Args:
        out: the folder that `run_demonstration` has filled.
        say: told one line at a time what happens.

    Raises:
        DemonstrationFailed: the portal's answers did not give what they must.
    """
    desk = unlock(out / "relais", invented.PASSPHRASE)
    try:
        _file(desk, say)
    finally:
        lock(desk)


def _file(desk: Desk, say: Say) -> None:
    from exports.online.practice.portal import PracticePortal
    from exports.online.practice.procedure import practice_procedure
    from exports.online.practice.server import PracticeServer

    application = next(one for one in desk.vault.applications.all() if one.form_id == FORM)
    procedure = practice_procedure(online_filing(desk, FORM), application.form_title)
    practice = PracticePortal(desk.now)
    practice.put(procedure)
    with PracticeServer(practice, desk.require_relay) as server:
        say(f"\nPortail d’exercice ouvert sur ce poste ({server.portal.address}).")
        permission = network_permission(desk, (server.portal,))
        prepared = prepare_filing(desk, application.id)
        client = client_of(desk, prepared, permission)
        keep_schema(desk, FORM, client.schema(f"/commencer/{procedure.path}"))
        prepared = prepare_filing(desk, application.id)
        told = prepared.preparation
        say(
            f"   {application.form_title} : {len(told.sent)} réponses à envoyer, "
            f"{len(told.doubtful)} que le portail peut écarter, "
            f"{len(told.left)} à remplir à la main."
        )
        draft = send_filing(desk, prepared, client)
        said = _said(desk, application.id, permission)
        say(f"   Brouillon n° {draft.number} créé une fois ; {said}.")
        practice.visit(draft.token, "collègue")
        practice.move(draft.token, DossierState.EN_CONSTRUCTION)
        say(f"   La collègue le reprend et le dépose : {_said(desk, application.id, permission)}.")
        outcome = record_followed(desk, application.id)
    if outcome.reference == "":
        raise DemonstrationFailed("the filing has no reference")
    say(f"   Issue notée pour l’accusé : {outcome.reference}.")


def _said(desk: Desk, application_id: str, permission: NetworkPermission) -> str:
    return follow_filing(desk, application_id, permission).said
