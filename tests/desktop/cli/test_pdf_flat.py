"""Forms without fields, from the terminal: the ruler, the draft of boxes, an older print filled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from desktop.cli import main
from exports.paper.official.fields import inspect

FLAT = Path(__file__).parents[2] / "forms" / "flat"
SITUATION = "cerfa_11423-06_situation-caf_flat.pdf"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def drawn(folder: Path, *, box: bool) -> Path:
    file = folder / "flat.pdf"
    page = Canvas(str(file), pagesize=(400, 300))
    page.drawString(33, 151, "Célibataire")
    if box:
        page.rect(20, 150, 9, 9)
    page.save()
    return file


def test_the_boxes_of_a_page_are_drafted(tmp_path: Path) -> None:
    done = run("pdf", "boxes", drawn(tmp_path, box=True))
    assert done.exit_code == 0
    assert done.stdout == (
        "boxes:\n  - {name: celibataire, page: 1, rect: [20, 150, 29, 159], type: check}\n"
    )


def test_a_page_that_draws_nothing_is_told(tmp_path: Path) -> None:
    done = run("pdf", "boxes", drawn(tmp_path, box=False))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Aucune ligne ni case" in done.stderr


def test_a_ruler_is_laid(tmp_path: Path) -> None:
    out = tmp_path / "ruler.pdf"
    assert run("pdf", "grid", drawn(tmp_path, box=True), "--pdf", out).exit_code == 0
    assert inspect(out.read_bytes()).pages == 1


@pytest.mark.official
def test_an_older_print_is_filled_and_said_to_be_one(tmp_path: Path, official_dir: Path) -> None:
    out = tmp_path / "out.pdf"
    done = run(
        "fill", "situation-caf", "--answers", FLAT / "situation-caf.seul.json", "--pdf", out,
        "--official", official_dir / SITUATION, "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert (said["kind"], said["pages"], said["paper"]) == ("superseded", 4, [])
    assert "impression ancienne" in run("forms", "check").stdout


@pytest.mark.official
def test_another_flat_form_is_not_written_upon(tmp_path: Path, official_dir: Path) -> None:
    out = tmp_path / "out.pdf"
    done = run(
        "fill", "aide-logement", "--answers", FLAT / "aide-logement.locataire.json", "--pdf", out,
        "--official", official_dir / SITUATION,
    )  # fmt: skip
    assert done.exit_code == 1
    assert "n’est pas un formulaire officiel" in done.stderr
    assert not out.exists()
