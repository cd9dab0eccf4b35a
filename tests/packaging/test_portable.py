"""The portable folder does its job from any place, with nothing installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "dist" / "traitdunion"
ENDING = ".exe" if os.name == "nt" else ""

pytestmark = pytest.mark.skipif(
    not (FOLDER / f"traitdunion{ENDING}").exists(),
    reason="not built: make package",
)


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder carried elsewhere, as on a stick, under a name with a space and an accent."""
    place = tmp_path_factory.mktemp("Clé de l’équipe") / "Trait d’union"
    shutil.copytree(FOLDER, place, symlinks=True)
    return place


def run(carried: Path, name: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        **({"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {}),
    }
    return subprocess.run(
        [str(carried / f"{name}{ENDING}"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_demonstration_runs(carried: Path, tmp_path: Path) -> None:
    done = run(carried, "traitdunion", "demo", "--out", str(tmp_path / "demo"), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "demo").glob("*.liasse"))
    assert "Le même accusé importé deux fois ne change rien." in done.stdout


def test_the_window_opens(carried: Path, tmp_path: Path) -> None:
    done = run(carried, "traitdunion-bureau", "--quit-when-shown", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Trait d’union" in done.stdout


def test_a_workbook_goes_out_and_comes_back(carried: Path, tmp_path: Path) -> None:
    file = tmp_path / "procuration.xlsx"
    for arguments in (
        ("forms", "export", "procuration-vote", "--xlsx", str(file)),
        ("forms", "import", str(file)),
        ("forms", "check"),
    ):
        done = run(carried, "traitdunion", *arguments, home=tmp_path)
        assert done.returncode == 0, done.stderr
