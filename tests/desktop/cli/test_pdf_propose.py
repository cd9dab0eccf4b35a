"""`traitdunion pdf propose`: the files of a form, never over others."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from desktop.cli import main


def propose(pdf: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["pdf", "propose", str(pdf), "--out", str(out)])


def test_a_form_is_proposed_and_checks(official_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "formulaire"
    done = propose(official_dir / "cerfa_16029-01_election-de-domicile.pdf", out)
    assert done.exit_code == 0, done.output
    assert "16029*01" in done.stdout
    assert {file.name for file in out.iterdir()} == {"form.yaml", "official.yaml", "guide.md"}
    checked = CliRunner().invoke(main, ["forms", "check", str(out)])
    assert checked.exit_code == 0, checked.output


def test_nothing_is_written_over(official_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("à moi", encoding="utf-8")
    done = propose(official_dir / "cerfa_16029-01_election-de-domicile.pdf", tmp_path)
    assert done.exit_code == 1
    assert "guide.md" in done.stderr
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["guide.md"]


def test_a_form_without_fields_is_said_in_one_sentence(official_dir: Path, tmp_path: Path) -> None:
    done = propose(official_dir / "rsa_2013_flat.pdf", tmp_path / "rien")
    assert done.exit_code == 1
    assert "n’a pas de champ à remplir" in done.stderr
    assert not (tmp_path / "rien").exists()
