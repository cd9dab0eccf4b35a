"""Switched off at the wall: each answer the screen said was kept is there again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.people.profiles import add_person
from tests.journeys.person import Person

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a signal of Unix")
@pytest.mark.parametrize("answers", [3, 17, 40])
def test_every_answer_said_to_be_kept_survives_a_kill(
    person: Person, tmp_path: Path, answers: int
) -> None:
    folder = tmp_path / "poste"
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    desk = person.workplace.desk
    record = add_person(desk, {"identite.nom_naissance": "Mercier", "identite.prenoms": "Anne"})
    application = start_application(desk, record, "election-de-domicile")
    person.workplace.go(Place.FILLING, application)
    person.page(FillingPage)
    person.window.lock()

    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typist", str(folder), application],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert typist.stdout is not None
    said: dict[str, int] = {}
    for _ in range(answers):
        path, _, number = typist.stdout.readline().partition(" ")
        said[path] = int(number)
    typist.send_signal(signal.SIGKILL)
    # What was written between the last line read and the kill was kept too.
    for line in typist.communicate()[0].splitlines(keepends=True):
        path, _, number = line.partition(" ")
        if number.strip().isdigit() and line.endswith("\n"):
            said[path] = int(number)

    person.window.show_unlock(folder)
    person.unlocks()
    page = person.page(FillingPage)
    assert page.section == "/data/contact"
    desk = person.workplace.desk
    filling = open_application(desk, application).filling
    for path, last in said.items():
        kept = filling.typed(path).replace("\u00a0", "").replace(" ", "")
        assert int(kept) in (last, last + 2), "an answer said to be kept is gone"
    assert desk.vault.verify().ok
