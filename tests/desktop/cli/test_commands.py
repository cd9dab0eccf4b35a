"""The terminal: what each command prints, and how it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from desktop.cli import main
from desktop.workflows.demo import people as demo_people

PASSPHRASE = "girafe lanterne octobre vinaigre"
ANSWERS = {
    "identite": {"civilite": "mme", "nom": "Ünal-Œillet", "prenoms": "Zoë"},
    "naissance": {"date_naissance": "1985-03-12", "commune_naissance": "İzmir"},
    "ayants_droit": [
        {
            "nom_ayant_droit": "Ünal",
            "prenom_ayant_droit": "Deniz",
            "date_ayant_droit": "2012-05-02",
        }
    ],
    "/data/demande/type_demande": "premiere",
}


@pytest.fixture(autouse=True)
def away_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env=env)


def written(folder: Path, name: str, document: Any) -> Path:
    file = folder / name
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


def vault(folder: Path, secret: Path, name: str, kind: str) -> Path:
    place = folder / name
    done = run(
        "vault", "create", "--vault", place, "--passphrase-file", secret, "--kind", kind,
        "--place", f"Lieu de {name}", "--user", "C. Le Goff",
        "--recovery-sheet", folder / f"{name}.pdf",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert (folder / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
    return place


def test_forms_are_listed() -> None:
    listed = json.loads(run("forms", "list", "--json").stdout)
    assert {"id", "title", "number", "version", "worth"} == set(listed[0])
    assert "procuration-vote" in {form["id"] for form in listed}


def test_the_catalogue_checks_clean() -> None:
    done = run("forms", "check")
    assert done.exit_code == 0, done.stderr
    assert "lu le 2026-11-23" in done.stdout


def test_a_broken_definition_is_located(tmp_path: Path) -> None:
    file = tmp_path / "form.yaml"
    file.write_text("settings: {}\n", encoding="utf-8")
    done = run("forms", "check", file)
    assert done.exit_code == 1
    assert f"{file}:1 : " in done.stderr


def test_a_sheet_is_made_without_the_official_form(tmp_path: Path) -> None:
    answers = written(tmp_path, "answers.json", ANSWERS)
    out = tmp_path / "out.pdf"
    done = run("fill", "election-de-domicile", "--answers", answers, "--pdf", out, "--json")
    assert done.exit_code == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["kind"] == "sheet"
    assert said["answers"] == said["paper"] == []
    assert out.read_bytes().startswith(b"%PDF-")


def test_the_official_form_is_filled(tmp_path: Path, official_dir: Path) -> None:
    answers = written(tmp_path, "answers.json", ANSWERS)
    out = tmp_path / "out.pdf"
    official = official_dir / "cerfa_16029-01_election-de-domicile.pdf"
    done = run(
        "fill", "election-de-domicile", "--answers", answers, "--pdf", out, "--official",
        official, "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["kind"] == "official"


def test_missing_and_wrong_answers_leave_with_one(tmp_path: Path) -> None:
    answers = written(tmp_path, "answers.json", {"/data/naissance/date_naissance": "2999-01-01"})
    out = tmp_path / "out.pdf"
    done = run("fill", "election-de-domicile", "--answers", answers, "--pdf", out)
    assert done.exit_code == 1
    assert "/data/naissance/date_naissance" in done.stderr
    assert "/data/identite/nom : Cette réponse manque." in done.stderr


@pytest.mark.parametrize(
    ("document", "said"),
    [({"/data/rien": 1}, "ne pose pas cette question"), ([1], "ne pose pas cette question")],
)
def test_unknown_questions_are_named(tmp_path: Path, document: Any, said: str) -> None:
    answers = written(tmp_path, "answers.json", document)
    done = run("fill", "election-de-domicile", "--answers", answers, "--pdf", tmp_path / "out.pdf")
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_blank_form_is_made(tmp_path: Path) -> None:
    out = tmp_path / "blank.pdf"
    assert run("blank", "procuration-vote", "--pdf", out).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert run("blank", "rien", "--pdf", out).exit_code == 1
    assert run("blank", "rsa", "--pdf", out, "--person", "x").exit_code == 2


def test_a_blank_form_is_known_again_and_partly_filled(tmp_path: Path, secret: Path) -> None:
    place = vault(tmp_path, secret, "poste", "station")
    opening = ("--vault", place, "--passphrase-file", secret)
    profile = written(tmp_path, "zoe.json", {"identite.nom_naissance": "Ünal-Œillet"})
    added = run("people", "add", *opening, "--profile", profile)
    assert added.exit_code == 0, added.stderr
    person = json.loads(run("people", "list", *opening, "--json").stdout)[0]["id"]
    out, geometry = tmp_path / "blank.pdf", tmp_path / "boxes.json"
    done = run(
        "blank", "rsa", "--pdf", out, "--geometry", geometry, *opening, "--person", person
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    sidecar = json.loads(geometry.read_bytes())
    assert sidecar["form_id"] == "rsa"
    printed = {one["path"]: one["printed"] for one in sidecar["fields"] if one["printed"]}
    assert printed == {"/data/identite/nom": ["Ünal-Œillet"]}


def test_how_a_form_was_filled_is_told_to_machines(tmp_path: Path, official_dir: Path) -> None:
    long = "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson, " * 5
    answers = written(
        tmp_path,
        "answers.json",
        {**ANSWERS, "naissance": {"date_naissance": "1985-03-12", "commune_naissance": long}},
    )
    out, report = tmp_path / "out.pdf", tmp_path / "report.json"
    official = official_dir / "cerfa_16029-01_election-de-domicile.pdf"
    done = run(
        "fill", "election-de-domicile", "--answers", answers, "--official", official,
        "--pdf", out, "--report", report, "--flatten", "--json",
    )  # fmt: skip
    assert "suite n°\u00a01" in json.loads(done.stdout)["continued"][0]
    told = json.loads(report.read_text("utf-8"))
    assert told["problems"] == []
    assert told["continued"][0]["text"].startswith("Saint-Rémy")
    by_field = {one["field"]: one for one in told["values"]}
    assert by_field["lieuNaissance1"]["continued"] == 1
    assert by_field["jourNaissance1"]["text"] == "12"
    assert by_field["jourNaissance1"]["seen"]
    assert by_field["jourNaissance1"]["page"] == 1
    assert all(one["seen"] for one in told["values"])
    assert json.loads(run("pdf", "inspect", out, "--json").stdout)["fields"] == []


def test_any_pdf_is_inspected_and_filled(tmp_path: Path, official_dir: Path) -> None:
    official = official_dir / "cerfa_14952-03_procuration.pdf"
    form = json.loads(run("pdf", "inspect", official, "--json").stdout)
    assert set(form) == {"pages", "oddities", "fields"}
    fields = {field["name"]: field for field in form["fields"]}
    comb = fields["Jour 14"]
    assert set(comb) == {
        "name", "type", "max_length", "comb", "multiline", "read_only", "options", "widgets",
    }  # fmt: skip
    assert (comb["type"], comb["max_length"], comb["comb"]) == ("text", 8, True)
    assert set(comb["widgets"][0]) == {"page", "rect"}
    radio = fields["Case d'option 1"]
    assert (radio["type"], radio["options"]) == ("radio", ["0", "1"])
    assert radio["widgets"][0]["state"] == "Off"

    fine = written(
        tmp_path,
        "fine.json",
        {"Jour 14": "12031985", "Case d'option 1": "0", "Cac 1": True, "Commune 4": "Œuilly"},
    )
    out = tmp_path / "out.pdf"
    done = run("pdf", "fill", official, "--values", fine, "--pdf", out)
    assert done.exit_code == 0, done.stderr
    back = json.loads(run("pdf", "inspect", out, "--json").stdout)
    states = {field["name"]: field["widgets"][0].get("state") for field in back["fields"]}
    assert (states["Case d'option 1"], states["Cac 1"]) == ("0", "Oui")

    wrong = written(
        tmp_path, "wrong.json", {"Jour 14": "120319850", "Rien": "x", "Case d'option 1": "9"}
    )
    done = run("pdf", "fill", official, "--values", wrong, "--pdf", out, "--json")
    assert done.exit_code == 1
    reasons = {one["field"]: one["reason"] for one in json.loads(done.stdout)["problems"]}
    assert reasons == {
        "Jour 14": "too_long",
        "Rien": "unknown_field",
        "Case d'option 1": "not_an_option",
    }


def test_a_file_that_is_no_pdf_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"bonjour")
    done = run("pdf", "inspect", file)
    assert done.exit_code == 1
    assert "n’est pas un PDF" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_weak_passphrase_makes_no_vault(tmp_path: Path) -> None:
    secret = tmp_path / "weak"
    secret.write_text("motdepasse12\n", encoding="utf-8")
    done = run(
        "vault", "create", "--vault", tmp_path / "v", "--passphrase-file", secret, "--kind",
        "station", "--place", "x", "--user", "y", "--recovery-sheet", tmp_path / "s.pdf",
    )  # fmt: skip
    assert done.exit_code == 1
    assert not (tmp_path / "v").exists()


def test_the_whole_story_from_the_terminal(tmp_path: Path, secret: Path) -> None:
    station = vault(tmp_path, secret, "poste", "station")
    relay = vault(tmp_path, secret, "relais", "relay")
    at_station = ("--vault", station, "--passphrase-file", secret)
    at_relay = ("--vault", relay, "--passphrase-file", secret)

    profile = written(tmp_path, "profile.json", demo_people.ZOE)
    person = run("people", "add", *at_station, "--profile", profile).stdout.strip()
    application = run(
        "applications", "start", *at_station, "--person", person, "--form", "election-de-domicile"
    ).stdout.strip()
    answers = written(tmp_path, "more.json", {"signature": {"fait_a": "Brest"}})
    done = run("applications", "answer", *at_station, application, "--answers", answers, "--json")
    assert json.loads(done.stdout) == []

    for where, other, name in ((at_relay, at_station, "r"), (at_station, at_relay, "s")):
        card = tmp_path / f"{name}.carte"
        words = run("card", "export", *where, "--out", card).stdout.strip()
        contact, _, shown = run("card", "import", *other, card).stdout.strip().split("\n")
        assert shown == words
        if name == "r":
            relay_id = contact

    bundle = tmp_path / "envoi.liasse"
    send = (
        "bundle", "create", *at_station, "--application", application, "--to", relay_id,
        "--out", bundle,
    )  # fmt: skip
    refused = run(*send)
    assert refused.exit_code == 1
    assert "n’a pas été comparée" in refused.stderr
    assert not bundle.exists()
    assert run("card", "verified", *at_station, relay_id).exit_code == 0
    sent = json.loads(run(*send, "--json").stdout)
    assert sent["applications"] == 1

    looked = json.loads(run("bundle", "verify", *at_relay, bundle, "--json").stdout)
    assert looked["sender_known"] and not looked["already_imported"]
    received = json.loads(run("bundle", "open", *at_relay, bundle, "--json").stdout)
    assert received["new"] and received["applications"] == [application]
    assert not json.loads(run("bundle", "open", *at_relay, bundle, "--json").stdout)["new"]

    receipt = tmp_path / "retour.accuse"
    early = run("receipt", "write", *at_relay, sent["id"], "--out", receipt)
    assert early.exit_code == 1
    done = run(
        "outcome", *at_relay, application, "--result", "filed_online", "--on", "2026-11-24",
        "--reference", "29-1",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert run("receipt", "write", *at_relay, sent["id"], "--out", receipt).exit_code == 0
    taken = json.loads(run("receipt", "import", *at_station, receipt, "--json").stdout)
    assert taken["new"]
    assert not json.loads(run("receipt", "import", *at_station, receipt, "--json").stdout)["new"]

    listed = json.loads(run("applications", "list", *at_station, "--json").stdout)
    assert listed[0]["state"] == "filed"
    assert "29-1" in listed[0]["detail"]
    for where in (at_station, at_relay):
        assert json.loads(run("vault", "verify", *where, "--json").stdout)["ok"]
    info = json.loads(run("vault", "info", *at_station, "--json").stdout)
    assert (info["kind"], info["people"]) == ("station", 1)


def test_a_passphrase_comes_from_the_environment_too(tmp_path: Path, secret: Path) -> None:
    place = vault(tmp_path, secret, "poste", "station")
    done = run("vault", "info", "--vault", place, env={"TRAITDUNION_PASSPHRASE": PASSPHRASE})
    assert done.exit_code == 0
    wrong = run("vault", "info", "--vault", place, env={"TRAITDUNION_PASSPHRASE": "autre chose"})
    assert wrong.exit_code == 1
    assert "n’ouvre pas le coffre" in wrong.stderr


def test_an_absent_vault_is_said_to_be_absent(tmp_path: Path, secret: Path) -> None:
    done = run("vault", "info", "--vault", tmp_path / "rien", "--passphrase-file", secret)
    assert done.exit_code == 1
    assert "Il n’y a pas de coffre" in done.stderr


def test_the_demonstration_goes_all_the_way(tmp_path: Path) -> None:
    done = run("demo", "--out", tmp_path / "demo")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "demo" / "papiers" / "caf-incarceration.pdf").is_file()
    again = run("demo", "--out", tmp_path / "demo")
    assert again.exit_code == 0, again.stderr


def test_the_demonstration_fills_official_forms(tmp_path: Path, official_dir: Path) -> None:
    done = run("demo", "--out", tmp_path / "demo", "--official-dir", official_dir)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.count("le formulaire officiel rempli, à signer") == 2


def test_eval_says_how_each_question_stands(tmp_path: Path) -> None:
    from openpyxl import Workbook

    table = [("type", "name", "label", "relevant"), ("integer", "a", "A", None),
             ("date", "b", "B", "${a} > 1")]  # fmt: skip
    (tmp_path / "essai.yaml").write_text(
        'settings: {form_id: essai, version: "1", form_title: Essai, worth: preparation}\n'
        "survey:\n"
        "  - {type: integer, name: a, label: A}\n"
        '  - {type: date, name: b, label: B, relevant: "${a} > 1"}\n'
        '  - {type: calculate, name: jour, calculation: "today()"}\n',
        encoding="utf-8",
    )
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in table:
        sheet.append(row)
    book.save(tmp_path / "essai.xlsx")
    answers = written(tmp_path, "answers.json", {"a": 2, "b": "12/03/1985"})
    for file in ("essai.yaml", "essai.xlsx"):
        done = run(
            "forms", "eval", tmp_path / file, "--answers", answers, "--today", "2026-11-23",
            "--json",
        )  # fmt: skip
        assert done.exit_code == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["/data/b"] == {
            "value": "1985-03-12",
            "relevant": True,
            "required": False,
            "valid": True,
            "message": "",
        }
        if file == "essai.yaml":
            assert found["/data/jour"]["value"] == "2026-11-23"
    plain = run("forms", "eval", tmp_path / "essai.yaml", "--answers", answers)
    assert "/data/b = 1985-03-12" in plain.stdout
    listed = run("forms", "eval", "mdph", "--answers", written(tmp_path, "none.json", {}), "--json")
    assert listed.exit_code == 0
    assert json.loads(listed.stdout)
