"""`traitdunion relay`, and the demonstration online: what is printed, and how it leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desktop.cli import main
from desktop.workflows.demo import people as demo_people
from desktop.workflows.online import procedures as online_procedures
from desktop.workflows.start.opening import lock, unlock
from exports.online.dossier import DossierState
from exports.online.practice.portal import PracticePortal
from exports.online.practice.procedure import practice_procedure
from exports.online.practice.server import PracticeServer
from forms.catalogue import catalogue

FORM = "election-de-domicile"


def run(*arguments: str | Path) -> Result:
    secret = {"TRAITDUNION_PASSPHRASE": demo_people.PASSPHRASE}
    return CliRunner().invoke(main, [str(one) for one in arguments], env=secret)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    done = run("demo", "--out", out, "--online")
    assert done.exit_code == 0, done.output
    assert "Portail d’exercice ouvert" in done.stdout
    assert "Issue notée pour l’accusé : dossier n°\u00a042." in done.stdout
    return out


def application_of(folder: Path) -> str:
    desk = unlock(folder, demo_people.PASSPHRASE)
    found = next(one.id for one in desk.vault.applications.all() if one.form_id == FORM)
    lock(desk)
    return found


def test_a_schema_is_read_from_a_file_without_a_vault(tmp_path: Path) -> None:
    filing = catalogue().online(FORM)
    assert filing is not None
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(dict(practice_procedure(filing, "Essai").schema)), "utf-8")
    done = run("relay", "schema", file, "--form", FORM)
    assert done.exit_code == 0, done.output
    assert "Téléphone (phone) : telephone (100%)" in done.stdout
    listed = json.loads(run("relay", "schema", file, "--form", FORM, "--json").stdout)
    assert listed["fields"][0]["candidates"][0]["question"] == "date_naissance"
    file.write_text("{}", "utf-8")
    refused = run("relay", "schema", file, "--form", FORM)
    assert refused.exit_code == 1
    assert "pas la description d’une démarche" in refused.stderr


def test_an_address_needs_a_relay_and_the_allowed_list(demonstration: Path) -> None:
    address = "https://demarche.numerique.gouv.fr/commencer/x"
    assert run("relay", "schema", address, "--form", FORM).exit_code == 2
    station = run("relay", "schema", address, "--form", FORM, "--vault", demonstration / "poste")
    assert station.exit_code == 1
    assert "poste relais" in station.stderr
    elsewhere = "https://elsewhere.example/commencer/x"
    other = run("relay", "schema", elsewhere, "--form", FORM, "--vault", demonstration / "relais")
    assert other.exit_code == 1
    assert "elsewhere.example" in other.stderr


def test_a_filing_is_prepared_sent_and_followed(
    demonstration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = demonstration / "relais"
    application = application_of(folder)
    vault = ("--vault", folder)
    filing = catalogue().online(FORM)
    assert filing is not None
    practice = PracticePortal()
    practice.put(practice_procedure(filing, "Essai"))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    shown = run("relay", "prepare", *vault, application)
    assert shown.exit_code == 0, shown.output
    assert "EXEMPLE INVENTÉ" in shown.stdout
    assert "laissé  Courriel : pas de réponse" in shown.stdout
    refused = run("relay", "send", *vault, application, "--yes", "--again")
    assert refused.exit_code == 1
    assert "exemple inventé" in refused.stderr
    with PracticeServer(practice, lambda: None) as server:
        monkeypatch.setattr(online_procedures, "PORTALS", (server.portal,))
        asked = run("relay", "send", *vault, application, "--yes")
        assert asked.exit_code == 1
        assert "existe déjà" in asked.stderr
        sent = run("relay", "send", *vault, application, "--yes", "--again", "--json")
        assert sent.exit_code == 0, sent.output
        token = practice.tokens[0]
        assert json.loads(sent.stdout)["url"].endswith(token)
        practice.visit(token, "colleague")
        practice.move(token, DossierState.EN_INSTRUCTION)
        followed = run("relay", "follow", *vault, application, "--record")
    assert followed.exit_code == 0, followed.output
    assert "déposé, en instruction" in followed.stdout


def test_a_mapping_is_told_to_a_relay(demonstration: Path, tmp_path: Path) -> None:
    file = tmp_path / "online.yaml"
    file.write_text("status: verified\nread: 2026-11-24\n", "utf-8")
    command = ("relay", "map", "--vault", demonstration / "relais", file, "--form", FORM)
    refused = run(*command)
    assert refused.exit_code == 1
    assert "online.yaml, ligne 1" in refused.stderr
    file.write_text(
        'status: verified\nread: 2026-11-24\ncopy: [{label: Nom, value: "${nom}"}]\n', "utf-8"
    )
    done = run(*command)
    assert done.exit_code == 0, done.output
    assert "lignes à recopier 1" in done.stdout
