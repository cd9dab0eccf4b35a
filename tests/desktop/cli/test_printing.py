"""`traitdunion print`: what goes with applications by post, from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exports.paper.render import page_sizes
from tests.desktop.cli.test_commands import away_from_home, run, secret, vault
from tests.exports.paper.conftest import Paper

__all__ = ["away_from_home", "secret"]


@pytest.fixture
def station(tmp_path: Path, secret: Path) -> tuple[str | Path, ...]:
    """The options that open a vault."""
    return ("--vault", vault(tmp_path, secret, "poste", "station"), "--passphrase-file", secret)


@pytest.fixture
def application(station: tuple[str | Path, ...], tmp_path: Path) -> str:
    profile = tmp_path / "fiche.json"
    facts = {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"}
    profile.write_text(json.dumps(facts), encoding="utf-8")
    person = run("people", "add", *station, "--profile", profile).stdout.strip()
    return run(
        "applications", "start", *station, "--person", person, "--form", "election-de-domicile"
    ).stdout.strip()


def test_each_paper_is_written(
    station: tuple[str | Path, ...], application: str, tmp_path: Path
) -> None:
    address = tmp_path / "adresse.txt"
    address.write_text("Mairie de Brest\n29200 Brest\n", encoding="utf-8")
    wanted: dict[str, tuple[tuple[str | Path, ...], str]] = {
        "covering-slip": (("--to", address), "Mairie de Brest"),
        "checklist": ((), "Zoë ÜNAL"),
        "envelope": (("--to", address, "--size", "C5"), "29200 Brest"),
        "labels": (("--to", address, "--sheet", "3x8", "--first", "4"), "Mairie de Brest"),
    }
    for command, (options, words) in wanted.items():
        out = tmp_path / f"{command}.pdf"
        done = run("print", command, *station, application, *options, "--pdf", out)
        assert done.exit_code == 0, done.stderr
        assert words in Paper(out.read_bytes()).text
    width, height = page_sizes((tmp_path / "envelope.pdf").read_bytes())[0]
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (229, 162)


def test_without_an_address_it_says_so(
    station: tuple[str | Path, ...], application: str, tmp_path: Path
) -> None:
    out = tmp_path / "enveloppe.pdf"
    done = run("print", "envelope", *station, application, "--pdf", out)
    assert done.exit_code == 1
    assert "Aucune adresse" in done.stderr
    assert not out.exists()
