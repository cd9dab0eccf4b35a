"""A folder that refuses, then lets: said in words, nothing half written, and work goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.settings.backups_page import BackupsPage
from desktop.ui.settings.journal_page import JournalPage
from desktop.ui.start.unlock import Unlock
from tests.journeys.person import PASSPHRASE, Person
from tests.journeys.stick import Stick, plugged_in
from tests.journeys.test_devices import PHONE, begins_an_application, typed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="POSIX permissions and mounts; Windows has its own"
)

_NOBODY = 65534


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    with plugged_in(tmp_path / "cle", 8) as stick:
        yield stick


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Permissions do not bind root: be somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """A folder that anybody may see, and in which nobody but root may write."""
    with tempfile.TemporaryDirectory(prefix="interdit-") as name:
        folder = Path(name)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_forbidden_folder_takes_nothing_and_another_does(
    person: Person, tmp_path: Path, forbidden: Path
) -> None:
    application = begins_an_application(person, tmp_path / "poste")
    person.answer(PHONE, "06 11 22 33 44")
    person.workplace.go(Place.JOURNAL)
    page = person.page(JournalPage)
    with ordinary_user():
        page.export(forbidden / "journal.csv")
        person.hears("L’accès à ce fichier est refusé. Rien n’a été perdu.")
    assert list(forbidden.iterdir()) == []
    forbidden.chmod(0o755)
    page.export(forbidden / "journal.csv")
    person.hears("Le journal est enregistré en clair")
    assert (forbidden / "journal.csv").stat().st_size
    desk = person.workplace.desk
    assert typed(desk, application, PHONE) == "06 11 22 33 44"
    assert desk.vault.verify().ok


def test_an_export_on_a_full_stick_leaves_no_half_file(
    person: Person, tmp_path: Path, stick: Stick
) -> None:
    begins_an_application(person, tmp_path / "poste")
    stick.fill()
    person.workplace.go(Place.JOURNAL)
    page = person.page(JournalPage)
    page.export(stick.folder / "journal.csv")
    person.hears("Il n’y a plus de place")
    assert [file.name for file in stick.folder.iterdir()] == ["ballast"]
    stick.make_room()
    page.export(stick.folder / "journal.csv")
    person.hears("Le journal est enregistré en clair")


def test_a_stick_pulled_in_the_midst_of_a_backup_is_said_and_another_takes_it(
    person: Person, tmp_path: Path, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.BACKUPS)
    page = person.page(BackupsPage)
    told, pulled = page.progress.tell, list[float]()

    def tell(done: float) -> None:
        if not pulled:
            stick.pull()
            pulled.append(done)
        told(done)

    monkeypatch.setattr(page.progress, "tell", tell)
    page.make(stick.folder)
    person.hears("n’est plus là")
    assert pulled
    desk = person.workplace.desk
    assert desk.vault.backups.last is None
    # The button is back, without leaving the page.
    person.waits_for(page._make.isEnabled)
    assert not page.progress.isVisible()
    page.make(tmp_path / "autre")
    person.hears("Sauvegarde faite et relue")
    assert desk.vault.verify().ok


def test_a_backup_that_is_stopped_leaves_nothing(person: Person, tmp_path: Path) -> None:
    begins_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.BACKUPS)
    page = person.page(BackupsPage)
    page.make(tmp_path / "cle")
    page.progress.stop()
    person.hears("Vous avez arrêté. Rien n’a été modifié")
    assert list((tmp_path / "cle").glob("*")) == []
    assert person.workplace.desk.vault.backups.last is None


def test_a_vault_on_a_locked_stick_opens_once_it_is_unlocked(person: Person, stick: Stick) -> None:
    application = begins_an_application(person, stick.folder / "coffre")
    person.answer(PHONE, "06 11 22 33 44")
    person.window.lock()
    stick.lock_writing()
    page = person.sees(Unlock)
    person.type_in(page.passphrase, PASSPHRASE)
    person.click("Ouvrir le coffre")
    person.waits_for(lambda: "en lecture seule" in page.passphrase.notes.error)
    stick.unlock_writing()
    person.unlocks()
    assert typed(person.workplace.desk, application, PHONE) == "06 11 22 33 44"
    assert person.workplace.desk.vault.verify().ok


def test_a_vault_held_by_another_program_opens_once_that_one_ends(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "poste"
    application = begins_an_application(person, folder)
    person.answer(PHONE, "06 11 22 33 44")
    person.window.lock()
    holder = (
        "import sys; from pathlib import Path; from vault.vault import Vault\n"
        "vault = Vault.unlock(Path(sys.argv[1]), sys.argv[2])\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(folder), PASSPHRASE],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        page = person.sees(Unlock)
        person.type_in(page.passphrase, PASSPHRASE)
        person.click("Ouvrir le coffre")
        person.waits_for(lambda: "déjà ouvert" in page.passphrase.notes.error)
        other.kill()
    person.unlocks()
    person.page(FillingPage)
    assert typed(person.workplace.desk, application, PHONE) == "06 11 22 33 44"
    assert person.workplace.desk.vault.verify().ok
