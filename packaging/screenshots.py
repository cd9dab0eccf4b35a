"""Draw the gallery of docs/images/ from the real window, with invented people.

`python packaging/screenshots.py FOLDER`: every page, light and dark, at 100 % and 200 %, of a
station and of a relay.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from busy_relay import busy_relay
from filing_story import file_online
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.app import end_application, make_application
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.filling.questions import SectionView
from desktop.ui.page import Place
from desktop.ui.parts.field import LineField
from desktop.ui.printing.blank_page import BlankPage, BlankWanted
from desktop.ui.printing.preview_page import PreviewPage
from desktop.ui.relay.copying_aid import CopyingAid, open_copying_aid
from desktop.ui.relay.inbox_page import InboxPage
from desktop.ui.statistics.statistics_page import StatisticsPage
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace
from desktop.workflows.demo.people import PASSPHRASE
from desktop.workflows.demo.round_trip import run_demonstration
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.receipts import record_outcome
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.settings.looks import Colours
from desktop.workflows.start.opening import unlock
from exports.bundle.receipt import OutcomeKind
from vault.records.applications import ApplicationState

OFFICIAL = Path(__file__).resolve().parents[2] / "shared" / "official"
LARGE, SMALL = (1280, 800), (1024, 640)
_PATIENCE = 15_000


def main(folder: Path) -> None:
    """Draw every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["XDG_CONFIG_HOME"] = temporary
        demo = Path(temporary) / "demo"
        run_demonstration(demo, OFFICIAL if OFFICIAL.is_dir() else None, lambda _: None)
        application = make_application()
        with shown(None) as window:
            # The demonstration's vaults are known by now.
            window.show_first_start()
            picture(window, folder / "premiere-ouverture.png")
        station(demo / "poste", folder)
        relay(demo / "relais", folder)
        end_application(application)


def station(vault: Path, folder: Path) -> None:
    """The pages of a station."""
    with shown(vault) as window:
        picture(window, folder / "ouvrir.png")
        desk = unlock(vault, PASSPHRASE)
        zoe = next(one for one in desk.vault.people.all() if one.family_name.startswith("Ünal"))
        draft = start_application(desk, zoe.id, "election-de-domicile")
        prepare_states(desk, zoe.id)
        window.open_desk(desk)
        workplace = window.centralWidget()
        assert isinstance(workplace, OpenWorkplace)
        pages: dict[str, Callable[[], object]] = {
            "personnes": lambda: workplace.go(Place.PEOPLE),
            "personne": lambda: workplace.go(Place.PERSON, zoe.id),
            "fiche": lambda: workplace.go(Place.PROFILE, zoe.id),
            "nouvelle-demarche": lambda: workplace.go(Place.NEW_APPLICATION, zoe.id),
            "remplir": lambda: fill(workplace, draft),
            "pieces": lambda: section(workplace, draft, "documents"),
            "relire": lambda: section(workplace, draft, "review"),
            "apercu": lambda: preview(workplace, draft),
            "vierge": lambda: blank(workplace, draft),
            "demarches": lambda: workplace.go(Place.APPLICATIONS),
            "echanges": lambda: workplace.go(Place.EXCHANGES),
            "pages-numerisees": lambda: workplace.go(Place.SCANS),
            "correspondants": lambda: workplace.go(Place.CONTACTS),
            "formulaires": lambda: workplace.go(Place.FORMS),
            "envoi-postal": lambda: workplace.go(Place.MAILING, draft),
            "reglages": lambda: workplace.go(Place.SETTINGS),
            "acces": lambda: workplace.go(Place.USERS),
            "sauvegardes": lambda: workplace.go(Place.BACKUPS),
            "journal": lambda: workplace.go(Place.JOURNAL),
            "conservation": lambda: workplace.go(Place.RETENTION),
            "a-effacer": lambda: workplace.go(Place.TO_ERASE),
            "activite": lambda: workplace.go(Place.STATISTICS),
            "guide": lambda: workplace.go(Place.GUIDE),
        }
        for name, show in pages.items():
            show()
            picture(window, folder / f"{name}.png")
        variants(window, folder, {name: pages[name] for name in ("personne", "remplir")})


def relay(vault: Path, folder: Path) -> None:
    """The pages of a relay."""
    with shown(vault) as window:
        desk = unlock(vault, PASSPHRASE)
        for application in desk.vault.applications.all()[1:]:
            set_state(desk, application.id, ApplicationState.TO_FILE)
        window.open_desk(desk)
        workplace = window.centralWidget()
        assert isinstance(workplace, OpenWorkplace)
        form = "election-de-domicile"
        record = next(one.id for one in desk.vault.applications.all() if one.form_id == form)
        pages: dict[str, Callable[[], object]] = {
            "relais-reception": lambda: workplace.go(Place.INBOX),
            "relais-issue": lambda: outcome(workplace, record),
            "relais-portails": lambda: workplace.go(Place.PORTALS),
            "relais-pages-numerisees": lambda: workplace.go(Place.SCANS),
            "relais-accuses": lambda: answered(workplace, desk, record),
            "relais-correspondants": lambda: workplace.go(Place.CONTACTS),
        }
        for name, show in pages.items():
            show()
            picture(window, folder / f"{name}.png")
        picture(copying_aid(workplace, record), folder / "relais-recopie.png")
        variants(window, folder, {"relais-reception": pages["relais-reception"]})
        set_state(desk, record, ApplicationState.TO_FILE)
        file_online(window, desk, record, lambda name: both_sizes(window, folder, name))
    with shown(None) as window:
        window.open_desk(busy_relay(vault.parent / "relais-actif", desk.today()))
        active = window.centralWidget()
        assert isinstance(active, OpenWorkplace)
        activity(active)
        both_sizes(window, folder, "relais-activite")


def activity(workplace: OpenWorkplace) -> None:
    """Half a year of a relay's activity, once counted."""
    workplace.go(Place.STATISTICS, "6")
    page = workplace.page
    assert isinstance(page, StatisticsPage)
    deadline = QDeadlineTimer(_PATIENCE)
    while page.found is None and not deadline.hasExpired():
        QApplication.processEvents()


def both_sizes(window: Window, folder: Path, name: str) -> None:
    """What a window shows, at 100 %, and at 200 % on a small screen."""
    picture(window, folder / f"{name}.png")
    window.zoom(5)
    window.resize(*SMALL)
    picture(window, folder / f"{name}-200.png")
    window.zoom(0)
    window.resize(*LARGE)
    settle()


def outcome(workplace: OpenWorkplace, record: str) -> None:
    """An application whose outcome is being written."""
    workplace.go(Place.INBOX, record)
    page = workplace.page
    assert isinstance(page, InboxPage)
    assert page.view is not None
    page.view.outcome.show()


def answered(workplace: OpenWorkplace, desk: Desk, record: str) -> None:
    """A station that waits for a receipt."""
    record_outcome(desk, record, OutcomeKind.REFUSED, on=desk.today(), reference="AB-12")
    workplace.go(Place.RECEIPTS)


def copying_aid(workplace: OpenWorkplace, record: str) -> CopyingAid:
    """The copying aid, some values copied."""
    aid = open_copying_aid(workplace, record, workplace)
    assert aid is not None
    for _value in range(4):
        aid.copy_next()
    return aid


def variants(window: Window, folder: Path, pages: dict[str, Callable[[], object]]) -> None:
    """Some pages in the other colours, and at 200 % on a small screen."""
    sets: dict[str, tuple[Colours, tuple[int, int], int]] = {
        "sombre": (Colours.DARK, LARGE, 0),
        "contraste": (Colours.CONTRAST, LARGE, 0),
        "petit-ecran": (Colours.LIGHT, SMALL, 0),
        "200": (Colours.LIGHT, SMALL, 5),
    }
    for suffix, (colours, size, steps) in sets.items():
        window.use_colours(colours)
        window.zoom(0)
        if steps:
            window.zoom(steps)
        window.resize(*size)
        for name, show in pages.items():
            show()
            picture(window, folder / f"{name}-{suffix}.png")
    window.use_colours(Colours.LIGHT)
    window.zoom(0)
    window.resize(*LARGE)


def prepare_states(desk: Desk, person_id: str) -> None:
    """Give a person applications in several states."""
    letter = start_application(desk, person_id, "caf-incarceration")
    set_state(desk, letter, ApplicationState.TO_SIGN)
    vote = start_application(desk, person_id, "procuration-vote")
    set_state(desk, vote, ApplicationState.INCOMPLETE)


def fill(workplace: OpenWorkplace, application: str) -> None:
    """The section of birth, with a date that does not exist."""
    workplace.go(Place.FILLING, application)
    page = workplace.page
    assert isinstance(page, FillingPage)
    page.show_section("/data/naissance")
    view = page.view
    assert isinstance(view, SectionView)
    field = view.fields["/data/naissance/date_naissance"]
    assert isinstance(field, LineField)
    field.answered.emit("31 02 1985")
    settle(workplace)
    view.fields["/data/naissance/commune_naissance"].target.setFocus()


def section(workplace: OpenWorkplace, application: str, key: str) -> None:
    """A section of an application."""
    workplace.go(Place.FILLING, application)
    page = workplace.page
    assert isinstance(page, FillingPage)
    page.show_section(key)


def preview(workplace: OpenWorkplace, application: str) -> None:
    """The paper of an application, once drawn."""
    workplace.go(Place.PREVIEW, application)
    page = workplace.page
    assert isinstance(page, PreviewPage)
    deadline = QDeadlineTimer(_PATIENCE)
    while not page.is_drawn and not deadline.hasExpired():
        QApplication.processEvents()


def blank(workplace: OpenWorkplace, application: str) -> None:
    """A copy for the cell, in Arabic too, once drawn."""
    wanted = BlankWanted("election-de-domicile", "ar", application)
    workplace.go(Place.BLANK, wanted.record())
    page = workplace.page
    assert isinstance(page, BlankPage)
    deadline = QDeadlineTimer(_PATIENCE)
    while not page.view.is_drawn and not deadline.hasExpired():
        QApplication.processEvents()


@contextmanager
def shown(vault: Path | None) -> Iterator[Window]:
    """A window of the usual size, closed at the end."""
    window = Window(vault)
    window.resize(*LARGE)
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()


def settle(_: object = None) -> None:
    """Let Qt lay out and paint."""
    for _turn in range(12):
        QApplication.processEvents()


def picture(window: QWidget, file: Path) -> None:
    """Save what a window shows."""
    settle()
    window.grab().save(str(file))
    print(file.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
