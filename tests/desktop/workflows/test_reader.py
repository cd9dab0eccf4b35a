"""Whatever a session that only reads asks for: refused, and the vault as it was."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import desktop.workflows
from desktop.workflows.codes import bundles as paper_bundles
from desktop.workflows.codes import sending as paper_sending
from desktop.workflows.codes import slips as paper_slips
from desktop.workflows.codes import transfers as paper_transfers
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges import bundles, contacts, outcomes, parcels, receipts
from desktop.workflows.filling import applications, documents, scanner
from desktop.workflows.filling import open_application as filling
from desktop.workflows.official import local_forms, official_forms, proposals
from desktop.workflows.online import filing as online
from desktop.workflows.online import followup as online_followup
from desktop.workflows.online import link as online_link
from desktop.workflows.online import mapping as online_mapping
from desktop.workflows.online import portals as online_portals
from desktop.workflows.online import procedures as online_procedures
from desktop.workflows.online import records as online_records
from desktop.workflows.people import differing_facts
from desktop.workflows.people import profiles as people
from desktop.workflows.people.unfinished_person import keep_unfinished
from desktop.workflows.printing import blank_papers, mailing, papers
from desktop.workflows.printing import letter_lines as letters
from desktop.workflows.relay import arrivals, assignment, bulk_opening, copying, station_receipts
from desktop.workflows.retention import erasing, personal_data
from desktop.workflows.retention import rules as retention
from desktop.workflows.settings import backups, journal, repairs, users
from desktop.workflows.start import idleness, opening, recovery_sheet
from desktop.workflows.start.interruption import Interruption, forget_set_aside, set_aside
from desktop.workflows.start.resume import remember_place, where_work_stopped
from desktop.workflows.transfers import arrivals as transfer_arrivals
from desktop.workflows.transfers import arriving_answers
from desktop.workflows.transfers import sending as transfers
from exports.bundle.paper.typed_receipt import receipt_line
from exports.bundle.receipt import Outcome, OutcomeKind
from exports.paper.render import page_count
from vault.errors import ReadOnlySession
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey
from vault.records.applications import ApplicationState
from vault.records.journal import Action
from vault.vault import Vault, VaultKind

READER = "vinaigre tambour écluse"
PASSPHRASE = "girafe lanterne octobre"
FORM = "election-de-domicile"
LETTER = "lettre-libre"
NOTHING: Any = None
"""What a step that must refuse before it looks is given."""


@dataclass(frozen=True)
class Case:
    """A desk opened by its reader, with something of each kind."""

    desk: Desk
    person: str
    application: str
    bundle: str
    contact: str
    document: str
    given: Path
    """The files that a step may read."""
    out: Path
    """Where a step would write."""

    def held(self) -> dict[str, list[Any]]:
        store = self.desk.vault._store
        found = store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: store.rows(f"SELECT * FROM {name}")
            for (name,) in found
            if name not in ("journal", "settings")
        } | {"settings": store.rows("SELECT * FROM settings WHERE key <> 'journal'")}


@dataclass(frozen=True)
class Cases:
    station: Case
    relay: Case


def made(folder: Path, kind: VaultKind) -> Desk:
    vault, _ = Vault.create(
        folder, kind=kind, place=f"Lieu {folder.name}", user="C. Le Goff", passphrase=PASSPHRASE
    )
    vault.users.add("M. Kerjean", Role.READER, READER)
    return desk_of(vault)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cases]:
    """A round trip made by those who may write, then both vaults opened by those who may not."""
    base = tmp_path_factory.mktemp("lecture")
    given, out = base / "donnés", base / "sortie"
    for folder in (given, out):
        folder.mkdir()
    station, relay = made(base / "poste", VaultKind.STATION), made(base / "relais", VaultKind.RELAY)
    for desk, other in ((station, relay), (relay, station)):
        contacts.save_my_card(desk, given / f"{desk.vault.kind.value}.carte")
        card = contacts.import_card(other, given / f"{desk.vault.kind.value}.carte")
        contacts.mark_verified(other, card.id)
    person = people.add_person(station, {"identite.nom_naissance": "Ünal"})
    sent, kept = (applications.start_application(station, person, LETTER) for _ in range(2))
    (given / "carte.png").write_bytes(PNG)
    document = documents.join_document(station, kept, given / "carte.png").id
    relay_id = station.vault.contacts.all()[0].id
    bundles.send_bundle(station, [sent], [relay_id], given / "envoi.liasse")
    bundle = bundles.receive_bundle(relay, given / "envoi.liasse").preview.id
    receipts.record_outcome(relay, sent, OutcomeKind.FILED_ONLINE, on=date(2026, 11, 2))
    receipts.write_receipt(relay, bundle, given / "reponse.accuse")
    bundles.send_bundle(station, [kept], [relay_id], given / "autre.liasse")
    filling.correct_again(station, kept)
    there = relay.vault.documents.of_application(sent)[0].id
    home = relay.vault.contacts.all()[0].id
    whose = relay.vault.applications.get(sent).person_id
    for desk in (station, relay):
        opening.lock(desk)
    read = [opening.unlock(base / name, READER) for name in ("poste", "relais")]
    yield Cases(
        Case(read[0], person, kept, bundle, relay_id, document, given, out),
        Case(read[1], whose, sent, bundle, home, there, given, out),
    )
    for desk in read:
        opening.lock(desk)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63"
    "600000000200014821bc330000000049454e44ae426082"
)
WORK = Interruption(place="people", record="")


def answered(at: Case) -> Outcome:
    return Outcome(at.application, OutcomeKind.FILED_ONLINE, "2026-11-02", "", "")


AT_THE_STATION: dict[str, Callable[[Case], object]] = {
    "filling.applications.start_application": lambda at: applications.start_application(
        at.desk, at.person, FORM
    ),
    "filling.applications.set_state": lambda at: applications.set_state(
        at.desk, at.application, ApplicationState.CLOSED
    ),
    "settings.backups.set_reminder": lambda at: backups.set_reminder(at.desk, 3),
    "settings.backups.make_backup": lambda at: backups.make_backup(at.desk, at.out / "cle"),
    "printing.blank_papers.prepare_blank": lambda at: blank_papers.prepare_blank(at.desk, LETTER),
    "printing.blank_papers.prepare_blank_for_person": lambda at: (
        blank_papers.prepare_blank_for_person(at.desk, LETTER, at.person)
    ),
    "printing.blank_papers.prepare_blank_for_application": (
        lambda at: blank_papers.prepare_blank_for_application(at.desk, at.application)
    ),
    "printing.blank_papers.record_blank_print": lambda at: blank_papers.record_blank_print(
        at.desk, NOTHING, printer="Salle 2"
    ),
    "printing.blank_papers.save_blank": lambda at: blank_papers.save_blank(
        at.desk, NOTHING, at.out / "vierge.pdf"
    ),
    "exchanges.bundles.send_bundle": lambda at: bundles.send_bundle(
        at.desk, [at.application], [at.contact], at.out / "envoi.liasse"
    ),
    "exchanges.bundles.note_sent": lambda at: bundles.note_sent(
        at.desk,
        parcels.bundle_of(at.desk, [at.desk.vault.applications.get(at.application)], ""),
        [],
        file_name="",
        sha256="",
    ),
    "exchanges.contacts.renew_my_keys": lambda at: contacts.renew_my_keys(at.desk),
    "exchanges.contacts.save_my_card": lambda at: contacts.save_my_card(
        at.desk, at.out / "moi.carte"
    ),
    "exchanges.contacts.import_card": lambda at: contacts.import_card(
        at.desk, at.given / "relay.carte"
    ),
    "exchanges.contacts.take_card": lambda at: contacts.take_card(at.desk, b""),
    "exchanges.contacts.revoke_contact": lambda at: contacts.revoke_contact(at.desk, at.contact),
    "exchanges.contacts.mark_verified": lambda at: contacts.mark_verified(at.desk, at.contact),
    "people.differing_facts.take_new": lambda at: differing_facts.take_new(
        at.desk,
        at.person,
        differing_facts.DifferingFact(at.application, "", "identite.prenoms", "", "", "Zoë", "Zoë"),
    ),
    "people.differing_facts.keep_old": lambda at: differing_facts.keep_old(
        at.desk, differing_facts.DifferingFact(at.application, "", "a", "", "", "", "b")
    ),
    "filling.documents.join_document": lambda at: documents.join_document(
        at.desk, at.application, at.given / "carte.png"
    ),
    "filling.documents.remove_document": lambda at: documents.remove_document(at.desk, at.document),
    "filling.open_application.OpenApplication.type_in": lambda at: filling.open_application(
        at.desk, at.application
    ).type_in("/data/objet", "Demande"),
    "filling.open_application.OpenApplication.choose": lambda at: filling.open_application(
        at.desk, at.application
    ).choose("/data/objet", "Demande"),
    "filling.open_application.OpenApplication.add_repeat": lambda at: filling.open_application(
        at.desk, at.application
    ).add_repeat("/data/rien"),
    "filling.open_application.OpenApplication.remove_repeat": lambda at: filling.open_application(
        at.desk, at.application
    ).remove_repeat("/data/rien", 1),
    "filling.open_application.correct_again": lambda at: filling.correct_again(
        at.desk, at.desk.vault.bundles.all()[-1].application_ids[0]
    ),
    "start.idleness.choose_idle_minutes": lambda at: idleness.choose_idle_minutes(at.desk, 2),
    "printing.letter_lines.choose_letter_lines": lambda at: letters.choose_letter_lines(
        at.desk, letters.LetterLines.JUSTIFIED
    ),
    "official.local_forms.add_form": lambda at: local_forms.add_form(at.desk, NOTHING, {}),
    "official.local_forms.import_form": lambda at: local_forms.import_form(at.desk, NOTHING),
    "official.local_forms.remove_form": lambda at: local_forms.remove_form(at.desk, LETTER),
    "official.local_forms.make_pack": lambda at: local_forms.make_pack(at.desk, (LETTER,)),
    "official.local_forms.install_pack": lambda at: local_forms.install_pack(at.desk, b""),
    "official.official_forms.add_official_form": lambda at: official_forms.add_official_form(
        at.desk, NOTHING
    ),
    "start.opening.change_passphrase": lambda at: opening.change_passphrase(
        at.desk, READER, PASSPHRASE
    ),
    "codes.bundles.print_bundle": lambda at: paper_bundles.print_bundle(
        at.desk, at.given / "envoi.liasse"
    ),
    "codes.bundles.print_application": lambda at: paper_bundles.print_application(
        at.desk, at.application, at.contact
    ),
    "codes.slips.take_typed_receipt": lambda at: paper_slips.take_typed_receipt(
        at.desk, receipt_line(answered(at))
    ),
    "people.profiles.add_person": lambda at: people.add_person(
        at.desk, {"identite.prenoms": "Yann"}
    ),
    "people.profiles.change_profile": lambda at: people.change_profile(
        at.desk, at.person, {"identite.prenoms": "Zoë"}
    ),
    "retention.erasing.erase": lambda at: erasing.erase(at.desk, [at.person]),
    "retention.erasing.finish_cleaning": lambda at: erasing.finish_cleaning(at.desk),
    "settings.repairs.forget_report": lambda at: repairs.forget_report(at.desk),
    "settings.repairs.forget_report_naming": lambda at: repairs.forget_report_naming(at.desk, []),
    "retention.rules.choose_rules": lambda at: retention.choose_rules(
        at.desk, retention.RetentionRules(3, 3)
    ),
    "retention.rules.keep_longer": lambda at: retention.keep_longer(
        at.desk, retention.due_items(at.desk), date(2099, 1, 1), "un recours"
    ),
    "official.proposals.add_proposed_form": lambda at: proposals.add_proposed_form(
        at.desk, NOTHING, b""
    ),
    "exchanges.receipts.import_receipt": lambda at: receipts.import_receipt(
        at.desk, at.given / "reponse.accuse"
    ),
    "relay.station_receipts.import_receipts": lambda at: station_receipts.import_receipts(
        at.desk, at.given / "reponse.accuse"
    ),
    "codes.sending.send_form_on_paper": lambda at: paper_sending.send_form_on_paper(
        at.desk, at.application, at.contact
    ),
    "codes.sending.send_on_paper": lambda at: paper_sending.send_on_paper(
        at.desk, [at.application], [at.contact]
    ),
    "exchanges.receipts.keep_receipt": lambda at: receipts.keep_receipt(at.desk, NOTHING),
    "exchanges.outcomes.apply_outcome": lambda at: outcomes.apply_outcome(at.desk, answered(at)),
    "exchanges.outcomes.take_outcome": lambda at: outcomes.take_outcome(
        at.desk, at.desk.vault.bundles.all()[0], NOTHING, answered(at)
    ),
    "exchanges.outcomes.note_receipt_again": lambda at: outcomes.note_receipt_again(
        at.desk, NOTHING, NOTHING
    ),
    "exchanges.outcomes.note_arrived": lambda at: outcomes.note_arrived(at.desk, NOTHING),
    "filling.scanner.choose_scanner_folder": lambda at: scanner.choose_scanner_folder(
        at.desk, at.out
    ),
    "transfers.sending.send_person": lambda at: transfers.send_person(
        at.desk, at.person, at.contact, at.out / "dossier.transfert"
    ),
    "transfers.arrivals.keep_arrival": lambda at: transfer_arrivals.keep_arrival(
        at.desk, at.given / "envoi.liasse"
    ),
    "transfers.arrivals.confirm_arrival": lambda at: transfer_arrivals.confirm_arrival(
        at.desk, at.bundle, at.out / "dossier.accuse"
    ),
    "settings.users.add_user": lambda at: users.add_user(at.desk, "Luís", Role.WORKER, PASSPHRASE),
    "settings.users.remove_user": lambda at: users.remove_user(
        at.desk, at.desk.vault.session.user_id
    ),
    "settings.users.change_role": lambda at: users.change_role(
        at.desk, at.desk.vault.session.user_id, Role.RESPONSIBLE
    ),
    "settings.users.reset_passphrase": lambda at: users.reset_passphrase(
        at.desk, at.desk.vault.session.user_id, PASSPHRASE
    ),
    "transfers.arriving_answers.put_together": lambda at: arriving_answers.put_together(
        at.desk, NOTHING, NOTHING, ()
    ),
    "settings.journal.note_edited": lambda at: journal.note_edited(at.desk, "x", "y", "z"),
    "codes.transfers.send_person_on_paper": lambda at: paper_transfers.send_person_on_paper(
        at.desk, at.person, at.contact
    ),
    "codes.transfers.confirm_on_paper": lambda at: paper_transfers.confirm_on_paper(at.desk, ""),
    "start.recovery_sheet.read_back": lambda at: recovery_sheet.read_back(
        at.desk, RecoveryKey.generate(), {}
    ),
    "start.recovery_sheet.try_sheet": lambda at: recovery_sheet.try_sheet(at.desk, ""),
    "settings.users.renew_recovery_sheet": lambda at: users.renew_recovery_sheet(at.desk),
    "settings.users.change_vault_key": lambda at: users.change_vault_key(at.desk, lambda _: None),
}
AT_THE_RELAY: dict[str, Callable[[Case], object]] = {
    "online.link.note_link": lambda at: online_link.note_link(at.desk, NOTHING),
    "exchanges.bundles.receive_bundle": lambda at: bundles.receive_bundle(
        at.desk, at.given / "autre.liasse"
    ),
    "relay.arrivals.keep_application": lambda at: arrivals.keep_application(
        at.desk, NOTHING, NOTHING, NOTHING
    ),
    "relay.arrivals.note_again": lambda at: arrivals.note_again(at.desk, NOTHING),
    "relay.arrivals.keep_content": lambda at: arrivals.keep_content(
        at.desk,
        b"",
        person_id=at.person,
        application_id=None,
        request_name=None,
        name="",
        media_type="",
    ),
    "exchanges.bundles.keep_bundle": lambda at: bundles.keep_bundle(
        at.desk, NOTHING, NOTHING, file_name="", sha256=""
    ),
    "codes.bundles.keep_parcel": lambda at: paper_bundles.keep_parcel(at.desk, NOTHING),
    "relay.assignment.assign": lambda at: assignment.assign(
        at.desk, at.application, at.desk.vault.session.user_id
    ),
    "relay.assignment.set_deadline": lambda at: assignment.set_deadline(
        at.desk, at.application, date(2026, 12, 1)
    ),
    "relay.bulk_opening.open_folder": lambda at: bulk_opening.open_folder(at.desk, at.given),
    "relay.copying.mark_copied": lambda at: copying.mark_copied(
        at.desk, at.application, frozenset()
    ),
    "online.records.keep_copied_steps": lambda at: online_records.keep_copied_steps(
        at.desk, at.application, frozenset()
    ),
    "exchanges.receipts.record_outcome": lambda at: receipts.record_outcome(
        at.desk, at.application, OutcomeKind.REFUSED, on=date(2026, 11, 3)
    ),
    "exchanges.receipts.take_up": lambda at: receipts.take_up(at.desk, at.application),
    "exchanges.receipts.write_receipt": lambda at: receipts.write_receipt(
        at.desk, at.bundle, at.out / "reponse.accuse"
    ),
    "codes.bundles.print_receipt": lambda at: paper_bundles.print_receipt(at.desk, at.bundle),
    "online.filing.send_filing": lambda at: online.send_filing(at.desk, NOTHING, NOTHING),
    "online.followup.follow_filing": lambda at: online_followup.follow_filing(
        at.desk, at.application
    ),
    "online.followup.record_followed": lambda at: online_followup.record_followed(
        at.desk, at.application
    ),
    "online.procedures.keep_mapping": lambda at: online_procedures.keep_mapping(
        at.desk, FORM, at.desk.catalogue.files(FORM)["online.yaml"]
    ),
    "online.procedures.keep_schema": lambda at: online_procedures.keep_schema(at.desk, FORM, b"{}"),
    "online.records.keep_record": lambda at: online_records.keep_record(
        at.desk,
        online_records.FilingRecord(at.application, "", 1, online_records.Attempt.SENDING, ""),
    ),
    "online.followup.follow_all": lambda at: online_followup.follow_all(at.desk),
    "online.mapping.save_mapping": lambda at: online_mapping.save_mapping(
        at.desk, FORM, b"", {}, address="", verified=False
    ),
    "online.portals.allow_portal": lambda at: online_portals.allow_portal(
        at.desk, "https://demarches.example.fr"
    ),
    "online.portals.remove_portal": lambda at: online_portals.remove_portal(at.desk, NOTHING),
    "relay.station_receipts.write_station_receipts": lambda at: (
        station_receipts.write_station_receipts(at.desk, at.contact, at.out / "tous.accuse")
    ),
    "relay.station_receipts.print_station_receipts": lambda at: (
        station_receipts.print_station_receipts(at.desk, at.contact)
    ),
    "online.records.note_filing": lambda at: online_records.note_filing(
        at.desk, at.application, Action.DRAFT_SENDING, ""
    ),
    "exchanges.receipts.note_receipt": lambda at: receipts.note_receipt(
        at.desk, receipts.receipt_of(at.desk, at.bundle)[0], b""
    ),
}
READING = {
    "filling.applications": {
        "list_forms",
        "find_forms",
        "rows_of_person",
        "list_applications",
        "applications_of",
        "count_applications",
        "waiting_here",
    },
    "relay.assignment": {"colleagues"},
    "settings.backups": {"backup_state"},
    "printing.blank_papers": {"find_blank"},
    "exchanges.bundles": {"preview_bundle", "list_bundles", "proposed_file_name"},
    "exchanges.contacts": {
        "identity_of",
        "older_keys",
        "my_card",
        "my_card_page",
        "list_contacts",
        "known_parties",
    },
    "transfers.arriving_answers": {"answers_that_differ", "told_beside"},
    "relay.copying": {"copy_plan"},
    "people.differing_facts": {"differing_facts"},
    "filling.documents": {"document_content", "record_form_print", "save_document"},
    "retention.erasing": {"erasure_said", "cleaning_is_left", "erased_elsewhere"},
    "relay.filing_ways": {"filing_ways"},
    "filling.open_application": {"open_application", "filling_of", "definition_of"},
    "history": {"history_of_person", "history_of_application"},
    "start.idleness": {"idle_minutes"},
    "relay.inbox": {"inbox", "kept_filter", "keep_filter"},
    "start.interruption": {"set_aside", "work_set_aside", "forget_set_aside"},
    "settings.journal": {
        "recent_lines",
        "journal_break",
        "note_sheet_printed",
        "export_journal",
        "note_opened",
        "note_application_opened",
    },
    "official.local_forms": {"list_local_forms"},
    "official.official_forms": {"list_official_forms", "recognise", "missing_official_form"},
    "online.filing": {"prepare_filing", "client_of", "portal_of"},
    "online.link": {"link_of"},
    "online.followup": {"filing_status", "open_filings"},
    "online.mapping": {"propose_mapping", "mapping_text"},
    "online.portals": {"added_portals"},
    "start.recovery_sheet": {"recovery_sheet", "needs_reading_back"},
    "online.procedures": {
        "network_permission",
        "client_for",
        "online_filing",
        "kept_schema",
        "suggestions",
        "copying_lines",
    },
    "online.records": {"filing_record", "filing_records", "copied_steps"},
    "start.opening": {"lock"},
    "start.notices": {"opening_notice"},
    "codes.slips": {"filled_from_catalogue", "preview_typed_receipt"},
    "exchanges.parcels": {"bundle_of", "next_number", "parcel_of", "document_parcel"},
    "printing.letter_lines": {"letter_lines"},
    "printing.mailing": {
        "recipient_of",
        "prepare_covering_slip",
        "prepare_checklist",
        "prepare_envelope",
        "prepare_labels",
        "record_mail_print",
        "save_mail_paper",
    },
    "printing.papers": {
        "heading_of",
        "prepare_paper",
        "record_print",
        "save_paper",
        "wants_separate_sheets",
    },
    "people.profiles": {"list_people", "count_people", "person_profile", "person_page"},
    "retention.personal_data": {"everything_held", "hand_over"},
    "retention.personal_record": {"bundles_of", "render_everything"},
    "official.proposals": {"propose_form"},
    "filling.reading": {"read_application"},
    "exchanges.receipts": {"receipt_of", "older_keys_of_receipt", "proposed_receipt_name"},
    "settings.repairs": {"repair_report"},
    "retention.rules": {
        "retention_rules",
        "due_items",
        "due_count",
        "person_retention_said",
        "application_retention_said",
        "read_until",
        "clock_doubt",
    },
    "start.resume": {"remember_place", "where_work_stopped"},
    "filling.scanner": {"scanner_folder"},
    "search": {"search"},
    "statistics.monthly": {"activity"},
    "statistics.export": {"export_csv", "export_pdf"},
    "relay.station_receipts": {"stations_to_answer", "proposed_receipts_name"},
    "transfers.sending": {"transfer_plan", "proposed_transfer_name"},
    "transfers.comparison": {"preview_arrival", "differences", "opened_transfer"},
    "people.unfinished_person": {"keep_unfinished", "unfinished_person"},
    "settings.users": {"list_users", "may_manage", "may_write"},
}
"""The workflows that change nothing, or only tell the journal of what was read."""


def workflows() -> set[str]:
    """Every workflow that takes a desk."""
    found = set()
    for module in pkgutil.walk_packages(desktop.workflows.__path__, "desktop.workflows."):
        holder = importlib.import_module(module.name)
        for name, step in inspect.getmembers(holder, inspect.isfunction):
            own = step.__module__ == holder.__name__ and not name.startswith("_")
            if own and next(iter(inspect.signature(step).parameters), "") == "desk":
                found.add(f"{module.name.removeprefix('desktop.workflows.')}.{name}")
    return found


def test_each_workflow_reads_or_is_tried_here() -> None:
    """A workflow added must be placed in one list or the other."""
    reading = {f"{module}.{name}" for module, names in READING.items() for name in names}
    tried = {name for name in {**AT_THE_STATION, **AT_THE_RELAY} if ".OpenApplication." not in name}
    assert workflows() == reading | tried
    assert not reading & tried


def refused(at: Case, step: Callable[[Case], object]) -> None:
    before, files = at.held(), sorted(at.out.rglob("*"))
    lines = at.desk.vault.journal.head()
    with pytest.raises(ReadOnlySession):
        step(at)
    assert at.held() == before
    assert at.desk.vault.journal.head() == lines
    assert sorted(at.out.rglob("*")) == files


@pytest.mark.parametrize("step", AT_THE_STATION)
def test_a_reader_changes_nothing_at_the_station(cases: Cases, step: str) -> None:
    refused(cases.station, AT_THE_STATION[step])


@pytest.mark.parametrize("step", AT_THE_RELAY)
def test_a_reader_changes_nothing_at_the_relay(cases: Cases, step: str) -> None:
    refused(cases.relay, AT_THE_RELAY[step])


def test_a_reader_reads_prints_and_hands_over_and_it_is_told(cases: Cases) -> None:
    at = cases.station
    before = at.held()
    assert not filling.open_application(at.desk, at.application).editable
    paper = papers.prepare_paper(at.desk, at.application)
    assert page_count(paper.pdf) == paper.pages
    papers.record_print(at.desk, at.application, paper, printer="Salle 2")
    papers.save_paper(at.desk, at.application, paper, at.out / "lettre.pdf")
    slip = mailing.prepare_covering_slip(at.desk, [at.application], ("CAF",))
    mailing.record_mail_print(at.desk, slip, printer="Salle 2")
    documents.save_document(at.desk, at.document, at.out / "carte.png")
    personal_data.hand_over(at.desk, at.person, at.out)
    told = [line.action for line in at.desk.vault.journal.recent(5)]
    assert told == [
        Action.ACCESS_GIVEN,
        Action.EXPORTED_CLEAR,
        Action.PRINTED,
        Action.EXPORTED_CLEAR,
        Action.PRINTED,
    ]
    assert at.held() == before


def test_a_reader_leaves_no_trace_of_where_they_were(cases: Cases) -> None:
    at = cases.station
    before = at.held()
    remember_place(at.desk, "person", at.person)
    assert set_aside(at.desk, WORK) is not None
    forget_set_aside(at.desk)
    keep_unfinished(at.desk, {"identite.prenoms": "Yann"})
    filling.open_application(at.desk, at.application).go_to("/data/objet")
    assert where_work_stopped(at.desk) is None
    assert at.held() == before
