"""A person goes to another station whole: created or put together there, told at both ends."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.workflows.desk import Desk
from desktop.workflows.errors import (
    GivenUp,
    NotToAStation,
    ReceiptFromStranger,
    RevokedContact,
    UnverifiedContact,
)
from desktop.workflows.exchanges.contacts import identity_of, revoke_contact
from desktop.workflows.exchanges.receipts import import_receipt
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_application, history_of_person
from desktop.workflows.people.profiles import add_person, change_profile, person_profile
from desktop.workflows.retention.personal_data import everything_held
from desktop.workflows.start.opening import lock
from desktop.workflows.transfers.arrivals import confirm_arrival, keep_arrival
from desktop.workflows.transfers.comparison import answer_key, differences, preview_arrival
from desktop.workflows.transfers.sending import send_person, transfer_plan
from exports.bundle.errors import BundleDamaged, BundleError, NotForMe, WrongKind
from exports.bundle.reader import open_bundle
from tests.desktop.workflows.carrying import keep_scans
from tests.desktop.workflows.exchanging import NAME, PASSPHRASE, Exchange, answered, application_of
from vault.errors import RecordExists
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

Desks = tuple[Desk, Desk, Exchange]
BIRTH_DATE = "/data/naissance/date_naissance"
BIRTH_PLACE = "/data/naissance/commune_naissance"


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Two stations that know each other."""
    exchange = Exchange(tmp_path)
    left, right = (exchange.vault(name, VaultKind.STATION) for name in ("Brest", "Rennes"))
    exchange.acquaint(left, right)
    return left, right, exchange


def person_of(desk: Desk, application: str) -> str:
    return desk.vault.applications.get(application).person_id


def sent_from(desks: Desks, *, scans: int = 1) -> tuple[str, Path]:
    """Zoë, with an application under way, one that left, documents of hers and of the former."""
    left, right, exchange = desks
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(left, relay)
    application = application_of(left)
    person = person_of(left, application)
    change_profile(
        left, person, {"naissance.date": "1985-03-12", "contact.telephone": "0601020304"}
    )
    keep_scans(left, application, scans)
    left.vault.documents.add(
        person_id=person, application_id=None, request_name=None, name="photo.jpg",
        media_type="image/jpeg", pages=None, content=b"\xff\xd8 photo",
    )  # fmt: skip
    gone = start_application(left, person, "lettre-libre")
    exchange.send(left, gone, relay)
    file = exchange.folder / "dossier.transfert"
    send_person(left, person, right.vault.id, file)
    return person, file


def documents_of(desk: Desk, person: str) -> set[tuple[str, str]]:
    return {(one.name, one.sha256) for one in desk.vault.documents.of_person(person)}


def test_a_person_is_created_with_all_that_is_theirs(desks: Desks) -> None:
    left, right, exchange = desks
    person, file = sent_from(desks)
    arrival = preview_arrival(right, file)
    assert (arrival.sender, arrival.sender_verified, arrival.already) == ("Brest", True, False)
    assert arrival.name == "ÜNAL-ŒILLET Zoë"
    assert arrival.candidates == ()
    assert arrival.documents == 2
    assert any("transmise" in line for line in arrival.lines)
    kept = keep_arrival(right, file)
    assert (kept.new, kept.merged, kept.person_id) == (True, False, person)
    assert person_profile(right, person) == person_profile(left, person)
    there, here = (
        {one.id: one for one in desk.vault.applications.of_person(person)} for desk in (left, right)
    )
    assert set(there) == set(here)
    for id, one in there.items():
        assert (here[id].state, here[id].answers, here[id].revision) == (
            one.state,
            one.answers,
            one.revision,
        )
        assert (here[id].definition is None) == (one.definition is None)
    assert documents_of(left, person) == documents_of(right, person)
    told = [line.when_and_who + " " + line.what for line in history_of_person(right, person)]
    assert "reçu de Brest" in told[0]
    assert any("Brest" in line and "commencée" in line for line in told[1:])
    assert history_of_application(right, next(iter(there)))

    elsewhere = everything_held(right, person)["done_elsewhere"]
    assert {line["place"] for line in elsewhere} == {"Brest"}

    again = keep_arrival(right, file)
    assert not again.new
    receipt = exchange.folder / "retour.accuse"
    assert confirm_arrival(right, kept.bundle_id, receipt) == "Brest"
    taken = import_receipt(left, receipt)
    assert taken.lines == ("le dossier est arrivé à «\u00a0Rennes\u00a0»",)
    (row,) = transfer_plan(left, person).sent
    assert row.arrived
    assert any("arrivé à Rennes" in line.what for line in history_of_person(left, person))
    assert not import_receipt(left, receipt).new
    assert right.vault.verify().ok


def test_somebody_here_takes_it_up_field_by_field(desks: Desks) -> None:
    _, right, _ = desks
    _, file = sent_from(desks)
    own = add_person(
        right,
        {
            "identite.nom_naissance": "Ünal-Œillet",
            "identite.prenoms": "Zoé",
            "naissance.date": "1985-03-12",
            "naissance.commune": "İzmir",
            "contact.telephone": "0700000000",
        },
    )
    arrival = preview_arrival(right, file)
    assert [one.person_id for one in arrival.candidates] == [own]
    found = {one.key: one for one in differences(right, file, own)}
    assert set(found) == {"identite.prenoms", "contact.telephone"}
    assert found["identite.prenoms"].here_text == "Zoé"
    assert found["identite.prenoms"].there_text == "Zoë"
    kept = keep_arrival(right, file, into=own, taken={"identite.prenoms"})
    assert (kept.person_id, kept.merged) == (own, True)
    profile = person_profile(right, own)
    assert profile["identite.prenoms"] == "Zoë"
    assert profile["contact.telephone"] == "0700000000"
    assert profile["naissance.commune"] == "İzmir"
    assert len(right.vault.applications.of_person(own)) == 2
    assert right.vault.people.count() == 1
    assert "réuni avec la fiche d’ici" in history_of_person(right, own)[0].what


def test_there_and_back_again_puts_the_same_application_together(desks: Desks) -> None:
    left, right, exchange = desks
    person, file = sent_from(desks)
    keep_arrival(right, file)
    application = next(
        one.id
        for one in right.vault.applications.of_person(person)
        if one.state is not ApplicationState.SENT
    )
    answered(right, application, "Changé à Rennes")
    back = exchange.folder / "retour.transfert"
    send_person(right, person, left.vault.id, back)
    (candidate,) = preview_arrival(left, back).candidates
    assert candidate.person_id == person
    with pytest.raises(RecordExists):
        keep_arrival(left, back)
    (difference,) = differences(left, back, person)
    assert difference.key == answer_key(application, NAME)
    assert difference.label == "Demande d’élection de domicile — Nom"
    assert (difference.here_text, difference.there_text) == ("Ünal-Œillet", "Changé à Rennes")
    keep_arrival(left, back, into=person, taken={difference.key})
    assert left.vault.applications.get(application).answers[NAME] == "Changé à Rennes"
    assert len(left.vault.applications.of_person(person)) == 2
    assert documents_of(left, person) == documents_of(right, person)
    told = [line.what for line in history_of_person(left, person, limit=100)]
    assert len([line for line in told if "commencée" in line]) == 2


def test_a_draft_is_put_together_answer_by_answer(desks: Desks) -> None:
    left, right, exchange = desks
    application = application_of(left)
    person = person_of(left, application)
    file = exchange.folder / "dossier.transfert"
    send_person(left, person, right.vault.id, file)
    keep_arrival(right, file)
    # Both go on with it: one answer differs, two are on one side only.
    answered(right, application, "Ünal")
    open_application(right, application).type_in(BIRTH_DATE, "12 03 1985")
    open_application(left, application).type_in(BIRTH_PLACE, "İzmir")
    keep_scans(left, application, 1)
    send_person(left, person, right.vault.id, file)
    (difference,) = differences(right, file, person)
    assert (difference.here_text, difference.there_text) == ("Ünal", "Ünal-Œillet")
    keep_arrival(right, file, into=person)
    kept = right.vault.applications.get(application)
    assert [kept.answers[path] for path in (NAME, BIRTH_DATE, BIRTH_PLACE)] == [
        "Ünal", "1985-03-12", "İzmir",
    ]  # fmt: skip
    assert kept.answered == open_application(right, application).filling.progress().answered
    assert documents_of(right, person) == documents_of(left, person)


def test_what_left_already_is_chosen_whole_and_says_what_differs(desks: Desks) -> None:
    left, right, exchange = desks
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(left, relay)
    application = application_of(left)
    person = person_of(left, application)
    file = exchange.folder / "dossier.transfert"
    send_person(left, person, right.vault.id, file)
    keep_arrival(right, file)
    answered(left, application, "Ünal")
    exchange.send(left, application, relay)
    send_person(left, person, right.vault.id, file)
    (difference,) = differences(right, file, person)
    assert difference.key == application
    assert difference.here_text.startswith("brouillon, ")
    assert difference.here_text.endswith("Nom\u00a0: Ünal-Œillet")
    assert difference.there_text.startswith("transmise, ")
    assert difference.there_text.endswith("Nom\u00a0: Ünal")
    keep_arrival(right, file, into=person, taken={application})
    assert right.vault.applications.get(application).state is ApplicationState.SENT
    # Taken for somebody else, it leaves what this person has alone.
    other = add_person(right, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoé"})
    set_state(left, application, ApplicationState.CLOSED)
    send_person(left, person, right.vault.id, file)
    assert application not in {one.key for one in differences(right, file, other)}
    keep_arrival(right, file, into=other, taken={application})
    assert right.vault.applications.get(application).state is ApplicationState.SENT


def test_it_goes_to_verified_stations_alone(desks: Desks) -> None:
    left, right, exchange = desks
    person, file = sent_from(desks)
    relay = next(one for one in left.vault.contacts.all() if one.kind == "relay")
    with pytest.raises(NotToAStation):
        send_person(left, person, relay.id, exchange.folder / "x")
    contact = left.vault.contacts.get(right.vault.id)
    left.vault.contacts.save(replace(contact, verified_at=None))
    with pytest.raises(UnverifiedContact):
        send_person(left, person, right.vault.id, exchange.folder / "x")
    assert transfer_plan(left, person).stations == ()
    stranger = exchange.vault("Nantes", VaultKind.STATION)
    with pytest.raises(NotForMe):
        preview_arrival(stranger, file)
    right.vault.contacts._store.run("DELETE FROM contacts")
    with pytest.raises(ReceiptFromStranger):
        keep_arrival(right, file)
    assert right.vault.people.count() == 0


def test_nothing_is_taken_from_a_revoked_station(desks: Desks) -> None:
    left, right, _ = desks
    _, file = sent_from(desks)
    revoke_contact(right, left.vault.id)
    with pytest.raises(RevokedContact):
        keep_arrival(right, file)
    assert right.vault.people.count() == 0


def test_it_is_no_bundle_and_altered_it_is_refused(desks: Desks) -> None:
    _, right, _ = desks
    _, file = sent_from(desks)
    data = file.read_bytes()
    with pytest.raises(WrongKind):
        open_bundle(io.BytesIO(data), identity_of(right), [])
    for place in range(0, len(data), len(data) // 25):
        file.write_bytes(data[:place] + bytes((data[place] ^ 4,)) + data[place + 1 :])
        with pytest.raises(BundleError):
            keep_arrival(right, file)
    file.write_bytes(data)

    def given_up(done: float) -> None:
        if done > 0.5:
            raise GivenUp

    with pytest.raises(GivenUp):
        keep_arrival(right, file, progress=given_up)
    assert right.vault.people.count() == 0
    assert keep_arrival(right, file).new


def test_the_terminal_does_the_same(desks: Desks, tmp_path: Path) -> None:
    left, right, _ = desks
    person = person_of(left, application_of(left))
    ids = left.vault.id, right.vault.id
    for desk in (left, right):
        lock(desk)
    (tmp_path / "phrase").write_text(PASSPHRASE)
    runner = CliRunner()

    def run(place: str, *words: str) -> str:
        phrase = ("--passphrase-file", str(tmp_path / "phrase"))
        at = ("--vault", str(tmp_path / place), *phrase)
        result = runner.invoke(main, [*words[:2], *at, *words[2:]])
        assert result.exit_code == 0, result.output
        return result.output

    file, receipt = str(tmp_path / "d.transfert"), str(tmp_path / "d.accuse")
    run("Brest", "transfer", "send", "--person", person, "--to", ids[1], "--out", file)
    shown = json.loads(run("Rennes", "transfer", "show", file, "--json"))
    assert shown["candidates"] == []
    kept = json.loads(run("Rennes", "transfer", "receive", file, "--json"))
    assert kept["person_id"] == person
    run("Rennes", "transfer", "confirm", kept["bundle_id"], "--out", receipt)
    assert "est arrivé à" in run("Brest", "receipt", "import", receipt)
    assert kept["new"]


def test_facts_that_no_page_could_show_are_refused(desks: Desks) -> None:
    """Whoever can write to the station could else leave a list that no longer opens."""
    left, right, exchange = desks
    person, _ = sent_from(desks)
    for wrong in ({"ecrou.date_sortie_prevue": "bientôt"}, {"naissance.date": 1985}):
        vault = left.vault
        kept = vault.people.get(person)
        vault.people.save(replace(kept, profile={**kept.profile, **wrong}))
        file = exchange.folder / "autre.transfert"
        with pytest.raises(BundleDamaged):
            send_person(left, person, right.vault.id, file)
        assert not file.exists()
        vault.people.save(kept)
