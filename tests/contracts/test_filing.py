"""A relay files online as a colleague does: shown, sent once, followed, recorded, journalled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.errors import NotARelay
from desktop.workflows.history import history_of_application
from desktop.workflows.online.errors import (
    DraftAlreadySent,
    ExampleProcedure,
    FilingUndecided,
    NoOnlineFiling,
    NotFiledYet,
    NothingToFollow,
    OtherProcedure,
    ProcedureClosed,
)
from desktop.workflows.online.filing import (
    PreparedFiling,
    client_of,
    prepare_filing,
    send_filing,
)
from desktop.workflows.online.followup import (
    filing_status,
    follow_all,
    follow_filing,
    open_filings,
    record_followed,
)
from desktop.workflows.online.link import link_of, note_link
from desktop.workflows.online.procedures import (
    client_for,
    copying_lines,
    keep_mapping,
    keep_schema,
    network_permission,
    suggestions,
)
from desktop.workflows.online.records import Attempt, filing_record
from desktop.workflows.retention.erasing import erase
from desktop.workflows.start.opening import unlock
from exports.bundle.receipt import OutcomeKind
from exports.online import waiting
from exports.online.client import PrefillClient
from exports.online.dossier import DossierState
from exports.online.errors import OutcomeUnknown, PortalBusy, PortalUnreachable
from exports.online.permission import NetworkPermission
from exports.online.practice.portal import Reply, Request
from exports.online.practice.server import PracticeServer
from exports.online.preparation import LeftReason
from exports.online.schema import read_schema
from forms.answers import read_answers
from forms.errors import DefinitionError
from tests.contracts.conftest import FORM, Contract
from tests.contracts.sender import PASSPHRASE
from vault.records.applications import ApplicationState
from vault.vault import Vault, VaultKind

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ROOT / "tests" / "answers" / f"{FORM}.json"


def make_desk(folder: Path, kind: VaultKind, contract: Contract) -> Desk:
    vault, _ = Vault.create(
        folder, kind=kind, place="SPIP", user="A. Morvan", passphrase=PASSPHRASE
    )
    return replace(desk_of(vault), now=contract.clock.now)


def put_application(desk: Desk) -> str:
    form = desk.catalogue.form(FORM)
    person = desk.vault.people.add(
        family_name="Ünal-Œillet",
        given_names="Zoë",
        birth_date="1985-03-12",
        prison_number="48213",
        profile={},
    )
    return desk.vault.applications.add(
        person_id=person.id,
        form_id=form.id,
        form_version=form.version,
        form_title=form.title,
        answers=read_answers(form, json.loads(ANSWERS.read_text("utf-8"))),
        state=ApplicationState.TO_FILE,
        definition=form.text,
    ).id


@pytest.fixture
def relay(tmp_path: Path, contract: Contract) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "relais", VaultKind.RELAY, contract)
    yield desk
    if not desk.vault.locked:
        desk.vault.lock()


@pytest.fixture
def application(relay: Desk) -> str:
    return put_application(relay)


def permission(desk: Desk, contract: Contract) -> NetworkPermission:
    return network_permission(desk, (contract.server.portal,))


def ready(desk: Desk, contract: Contract, application: str) -> tuple[PreparedFiling, PrefillClient]:
    allowed = permission(desk, contract)
    prepared = prepare_filing(desk, application)
    client = client_of(desk, prepared, allowed)
    keep_schema(desk, FORM, client.schema(contract.address()))
    return prepare_filing(desk, application), client


def test_what_is_shown_is_what_is_sent_and_kept(
    relay: Desk, contract: Contract, application: str
) -> None:
    prepared, client = ready(relay, contract, application)
    told = prepared.preparation
    assert told.with_schema
    assert prepared.schema_read_on == "2026-11-24"
    assert prepared.legal_basis == "https://loi.example/exercice"
    left = {line.label: line for line in told.left}
    assert left["Courriel"].reason is LeftReason.NO_ANSWER
    assert left["Pièce d’identité"].reason is LeftReason.NOT_PREFILLABLE
    assert left["Pièce d’identité"].required
    assert {line.label for line in told.doubtful} == {"Civilité", "Prénom", "Nom"}
    draft = send_filing(relay, prepared, client)
    assert contract.portal.kept(draft.token) == told.payload
    assert relay.vault.applications.get(application).state is ApplicationState.IN_PROGRESS
    said = [line.what for line in reversed(history_of_application(relay, application))]
    assert "vers le portail, 11 réponses" in said[0]
    assert f"brouillon n°\u00a0{draft.number} créé" in said[1]
    assert not any(draft.token in line for line in said)


def test_from_draft_to_receipt(relay: Desk, contract: Contract, application: str) -> None:
    prepared, client = ready(relay, contract, application)
    allowed = permission(relay, contract)
    draft = send_filing(relay, prepared, client)
    contract.clock.forward(days=1, hours=20)
    followed = follow_filing(relay, application, allowed)
    assert "à reprendre dans les 3\u00a0jours et 4\u00a0heures" in followed.said
    with pytest.raises(NotFiledYet):
        record_followed(relay, application)
    contract.portal.visit(draft.token, "colleague")
    assert "pas encore déposé" in follow_filing(relay, application, allowed).said
    contract.portal.move(draft.token, DossierState.EN_CONSTRUCTION)
    followed = follow_filing(relay, application, allowed)
    assert followed.new
    assert record_followed(relay, application).kind is OutcomeKind.FILED_ONLINE
    filed = relay.vault.applications.get(application)
    assert (filed.outcome, filed.outcome_on) == ("filed_online", "2026-11-26")
    assert filed.reference == f"dossier n°\u00a0{draft.number}"
    assert not follow_filing(relay, application, allowed).new
    contract.portal.move(draft.token, DossierState.REFUSE)
    assert follow_filing(relay, application, allowed).new
    record_followed(relay, application)
    record_followed(relay, application)
    refused = relay.vault.applications.get(application)
    assert refused.state is ApplicationState.REFUSED
    said = [line.what for line in history_of_application(relay, application)]
    assert sum("refusée" in line for line in said) == 1


@pytest.mark.parametrize(
    ("state", "kind", "here"),
    [
        (DossierState.EN_INSTRUCTION, OutcomeKind.FILED_ONLINE, ApplicationState.FILED),
        (DossierState.ACCEPTE, OutcomeKind.FILED_ONLINE, ApplicationState.ACCEPTED),
        (DossierState.SANS_SUITE, OutcomeKind.REFUSED, ApplicationState.REFUSED),
    ],
)
def test_the_portal_s_states_become_outcomes(
    relay: Desk,
    contract: Contract,
    application: str,
    state: DossierState,
    kind: OutcomeKind,
    here: ApplicationState,
) -> None:
    prepared, client = ready(relay, contract, application)
    draft = send_filing(relay, prepared, client)
    contract.portal.visit(draft.token, "colleague")
    contract.portal.move(draft.token, state)
    follow_filing(relay, application, permission(relay, contract))
    outcome = record_followed(relay, application)
    assert outcome.kind is kind
    assert outcome.comment
    assert relay.vault.applications.get(application).state is here


def test_a_draft_is_not_sent_twice_without_a_word(
    relay: Desk, contract: Contract, application: str
) -> None:
    prepared, client = ready(relay, contract, application)
    first = send_filing(relay, prepared, client)
    with pytest.raises(DraftAlreadySent):
        send_filing(relay, prepared, client)
    assert contract.posts == 1
    second = send_filing(relay, prepared, client, decided=True)
    assert contract.posts == 2
    # Somebody takes up the first after all: that one counts.
    contract.portal.visit(first.token, "colleague")
    followed = follow_filing(relay, application, permission(relay, contract))
    assert followed.draft.number == first.number != second.number


def test_a_link_is_a_way_without_a_draft(relay: Desk, contract: Contract, application: str) -> None:
    prepared, _ = ready(relay, contract, application)
    link = link_of(relay, prepared, permission(relay, contract))
    assert link.address.startswith(f"{contract.address()}?identite_genre=Mme&")
    assert link.whole and not link.too_long
    with pytest.raises(ExampleProcedure):
        link_of(relay, prepared)
    note_link(relay, prepared)
    assert relay.vault.applications.get(application).state is ApplicationState.IN_PROGRESS
    said = [line.what for line in history_of_application(relay, application)]
    assert any("lien ouvert dans le navigateur" in line for line in said)
    assert filing_record(relay, application) is None


def test_an_unknown_end_waits_for_the_user(
    relay: Desk, contract: Contract, application: str
) -> None:
    prepared, client = ready(relay, contract, application)
    contract.trouble = lambda request: Reply(502, b"") if request.method == "POST" else None
    with pytest.raises(OutcomeUnknown):
        send_filing(relay, prepared, client)
    contract.trouble = lambda _: None
    record = filing_record(relay, application)
    assert record is not None and record.attempt is Attempt.UNKNOWN
    with pytest.raises(FilingUndecided):
        send_filing(relay, prepared, client)
    with pytest.raises(NothingToFollow):
        follow_filing(relay, application, permission(relay, contract))
    assert contract.posts == 1
    send_filing(relay, prepared, client, decided=True)
    assert contract.posts == 2


def test_a_kill_during_the_request_is_found_again(
    relay: Desk, contract: Contract, application: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared, client = ready(relay, contract, application)

    def during(*_: object) -> None:
        record = filing_record(relay, application)
        assert record is not None and record.attempt is Attempt.SENDING and record.undecided
        raise KeyboardInterrupt

    monkeypatch.setattr(client, "create", during)
    with pytest.raises(KeyboardInterrupt):
        send_filing(relay, prepared, client)
    monkeypatch.undo()
    with pytest.raises(FilingUndecided):
        send_filing(relay, prepared, client)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a signal of Unix")
def test_a_relay_killed_before_the_answer_never_sends_again_by_itself(
    relay: Desk, contract: Contract, application: str
) -> None:
    ready(relay, contract, application)
    folder = relay.vault.folder
    relay.vault.lock()
    portal = contract.server.portal
    sender = subprocess.Popen(
        [sys.executable, "-m", "tests.contracts.sender", folder, application, str(portal.port)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        text=True,
    )

    def kill_before_the_answer(request: Request) -> Reply | None:
        if request.method != "POST":
            return None
        reply = contract.portal.answer(request)
        sender.kill()
        sender.wait()
        return reply

    contract.trouble = kill_before_the_answer
    sender.communicate(portal.trusted)
    contract.trouble = lambda _: None
    assert sender.returncode == -signal.SIGKILL
    assert contract.posts == len(contract.portal.tokens) == 1
    desk = replace(unlock(folder, PASSPHRASE), now=contract.clock.now)
    record = filing_record(desk, application)
    assert record is not None and record.attempt is Attempt.SENDING and record.undecided
    prepared = prepare_filing(desk, application)
    client = client_of(desk, prepared, permission(desk, contract))
    with pytest.raises(FilingUndecided):
        send_filing(desk, prepared, client)
    assert contract.posts == 1
    send_filing(desk, prepared, client, decided=True)
    assert contract.posts == 2
    desk.vault.lock()


def test_every_open_filing_is_followed(relay: Desk, contract: Contract, application: str) -> None:
    prepared, client = ready(relay, contract, application)
    drafts = [send_filing(relay, prepared, client)]
    other = put_application(relay)
    drafts.append(send_filing(relay, prepare_filing(relay, other), client))
    allowed = permission(relay, contract)
    assert set(open_filings(relay)) == {application, other}
    contract.portal.visit(drafts[0].token, "colleague")
    followed = follow_all(relay, allowed)
    assert (followed.asked, followed.changed, followed.problem) == (2, 1, "")
    contract.portal.move(drafts[0].token, DossierState.ACCEPTE)
    assert follow_all(relay, allowed, go_on=lambda: False).asked == 0
    follow_all(relay, allowed)
    # What is decided is asked no more; a portal that is away is asked once.
    assert open_filings(relay) == (other,)
    busy = Reply(429, b"", headers={"RateLimit-Reset": "15"})
    contract.trouble = lambda _: busy
    asked = len(contract.asked)
    followed = follow_all(relay, allowed)
    assert followed.asked == 0
    assert "attendre" in followed.problem
    assert len(contract.asked) == asked + 1


def test_what_was_surely_not_sent_may_be_sent_again(
    relay: Desk, contract: Contract, application: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared, client = ready(relay, contract, application)
    busy = Reply(429, b"", headers={"RateLimit-Reset": "15"})
    contract.trouble = lambda _: busy
    with pytest.raises(PortalBusy):
        send_filing(relay, prepared, client)
    contract.trouble = lambda _: None
    now = time.monotonic()
    monkeypatch.setattr(waiting, "monotonic", lambda: now + 16)
    contract.server.__exit__(None, None, None)
    with pytest.raises(PortalUnreachable):
        send_filing(relay, prepared, client)
    with contract.server:
        allowed = permission(relay, contract)
        send_filing(relay, prepared, client_of(relay, prepared, allowed))


def test_an_unclaimed_draft_is_gone_after_five_days(
    relay: Desk, contract: Contract, application: str
) -> None:
    prepared, client = ready(relay, contract, application)
    send_filing(relay, prepared, client)
    contract.clock.forward(days=5, minutes=1)
    status = filing_status(relay, application)
    assert status is not None and "peut-être déjà effacé" in status.said
    followed = follow_filing(relay, application, permission(relay, contract))
    assert followed.draft.state is DossierState.GONE
    send_filing(relay, prepared, client)
    assert contract.posts == 2


def test_an_example_leaves_for_no_real_portal(
    relay: Desk, contract: Contract, application: str
) -> None:
    prepared = prepare_filing(relay, application)
    assert not prepared.preparation.with_schema
    assert all(line.may_drop for line in prepared.preparation.sent)
    with pytest.raises(ExampleProcedure):
        client_of(relay, prepared)
    real = replace(contract.server.portal, practice=False)
    client = PrefillClient(network_permission(relay, (real,)), real)
    with pytest.raises(ExampleProcedure):
        send_filing(relay, prepared, client)
    assert contract.asked == []


def test_a_mapping_of_the_relay_s_own_counts_before_the_catalogue(
    relay: Desk, contract: Contract, application: str
) -> None:
    text = (
        "status: to_verify\nread: 2026-11-24\nprocedure:\n  number: 77\n"
        "  address: https://demarche.numerique.gouv.fr/commencer/domiciliation\n  fields:\n"
        '    - {field: Q2hhbXAtMjI=, label: Nom, format: text, value: "${nom}"}\n'
    )
    keep_mapping(relay, FORM, text)
    prepared = prepare_filing(relay, application)
    assert prepared.preparation.payload == {"champ_Q2hhbXAtMjI": "Ünal-Œillet"}
    schema = json.dumps(contract.procedure.schema).encode()
    with pytest.raises(OtherProcedure):
        keep_schema(relay, FORM, schema)
    with pytest.raises(NoOnlineFiling):
        copying_lines(relay, application)
    with pytest.raises(DefinitionError, match=r"online\.yaml:7"):
        keep_mapping(relay, FORM, text.replace("${nom}", "${inconnu}"))


def test_a_closed_procedure_is_said_before_anything_is_sent(
    relay: Desk, contract: Contract, application: str
) -> None:
    closed = {**contract.procedure.schema, "state": "close"}
    keep_schema(relay, FORM, json.dumps(closed).encode())
    with pytest.raises(ProcedureClosed):
        prepare_filing(relay, application)


def test_fields_are_suggested_by_their_labels(relay: Desk, contract: Contract) -> None:
    schema = read_schema(json.dumps(contract.procedure.schema).encode())
    found = {one.field.label: one for one in suggestions(relay, FORM, schema)}
    assert found["Téléphone"].candidates[0].question.name == "telephone"
    assert found["Ayants droit"].each == "ayants_droit"


def test_what_is_copied_comes_in_the_website_s_order(relay: Desk, application: str) -> None:
    lines = copying_lines(relay, application)
    assert [(one.section, one.text) for one in lines if one.label == "Date de naissance"] == [
        ("", "12/03/1985"),
        ("Ayant droit 1", "02/05/2012"),
    ]


def test_what_is_remembered_goes_with_the_application(
    relay: Desk, contract: Contract, application: str
) -> None:
    prepared, client = ready(relay, contract, application)
    send_filing(relay, prepared, client)
    other = put_application(relay)
    send_filing(relay, prepare_filing(relay, other), client)
    erase(relay, applications=[application])
    erase(relay, [relay.vault.applications.get(other).person_id])
    assert filing_record(relay, application) is None
    assert filing_record(relay, other) is None


def test_a_station_is_refused_every_step_even_with_a_relay_s_client(
    tmp_path: Path, contract: Contract, relay: Desk
) -> None:
    station = make_desk(tmp_path / "poste", VaultKind.STATION, contract)
    application = put_application(station)
    prepared = prepare_filing(relay, put_application(relay))
    borrowed = client_of(relay, prepared, permission(relay, contract))
    before = len(contract.asked)
    attempts = (
        lambda: network_permission(station),
        lambda: NetworkPermission(station.require_relay, (contract.server.portal,)),
        lambda: PracticeServer(contract.portal, station.require_relay),
        lambda: client_for(station, "https://demarche.numerique.gouv.fr/commencer/x"),
        lambda: prepare_filing(station, application),
        lambda: client_of(station, prepared),
        lambda: link_of(station, prepared),
        lambda: note_link(station, prepared),
        # Even handed the client of a relay.
        lambda: send_filing(station, prepared, borrowed),
        lambda: follow_filing(station, application),
        lambda: follow_filing(station, application, permission(relay, contract)),
        lambda: follow_all(station),
        lambda: record_followed(station, application),
        lambda: keep_schema(station, FORM, b"{}"),
        lambda: keep_mapping(station, FORM, ""),
        lambda: copying_lines(station, application),
    )
    for attempt in attempts:
        with pytest.raises(NotARelay):
            attempt()
    assert len(contract.asked) == before
    station.vault.lock()


def test_only_the_workflows_give_the_permission() -> None:
    root = Path(__file__).parents[2]
    givers = {
        file.relative_to(root).as_posix()
        for package in ("desktop", "exports", "forms", "vault")
        for file in (root / package).rglob("*.py")
        if "NetworkPermission(" in file.read_text("utf-8")
    }
    assert givers == {"desktop/workflows/online/procedures.py"}
