"""A relay files an application online in the real window, against the practice portal, in pictures.

Nothing is drawn from an invented record: each picture is what the window shows after the click
before it, and what the portal answered over HTTPS.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.ui.online.mapping_page import MappingPage
from desktop.ui.page import Place
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace
from desktop.workflows.desk import Desk
from desktop.workflows.online import procedures as online_procedures
from desktop.workflows.online.procedures import online_filing
from exports.online.dossier import DossierState
from exports.online.practice.portal import PracticePortal
from exports.online.practice.procedure import practice_procedure
from exports.online.practice.server import PracticeServer

Picture = Callable[[str], None]

_PATIENCE = 30_000


def file_online(window: Window, desk: Desk, record: str, picture: Picture) -> None:
    """Link, look, send once, open, follow, note, answer the station: a picture of each.

    Args:
        window: a relay's, its vault open.
        desk: the relay.
        record: the application to file.
        picture: draws what the window shows, under a name.
    """
    form = desk.vault.applications.get(record).form_id
    procedure = practice_procedure(online_filing(desk, form), desk.catalogue.form(form).title)
    practice = PracticePortal(desk.now)
    practice.put(procedure)
    browser = _Browser()
    # The stub says bytes; PySide takes the text alone.
    QDesktopServices.setUrlHandler("https", browser, "open_address")  # type: ignore[arg-type]
    usual = online_procedures.PORTALS
    try:
        with PracticeServer(practice, desk.require_relay) as server:
            online_procedures.PORTALS = (server.portal,)
            story = _Story(window, record, practice, picture)
            story.link(f"{server.portal.address}/commencer/{procedure.path}")
            story.send()
            story.open_and_follow(browser)
            story.answer()
    finally:
        online_procedures.PORTALS = usual
        QDesktopServices.unsetUrlHandler("https")


class _Browser(QObject):
    """State: the addresses it was asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open_address(self, address: QUrl) -> None:
        """Open an address."""
        self.opened.append(address.toString())


class _Story:
    """State: the window, and the portal behind it."""

    def __init__(
        self, window: Window, record: str, practice: PracticePortal, picture: Picture
    ) -> None:
        self._window = window
        self._record = record
        self._practice = practice
        self._picture = picture

    def link(self, address: str) -> None:
        """Read the procedure at its address, and keep the links proposed."""
        self._workplace.go(Place.INBOX, self._record)
        self._click("Déposer en ligne…")
        self._click("Relier les champs…")
        page = self._workplace.page
        assert isinstance(page, MappingPage)
        page.address.show_text(address)
        self._click("Lire cette adresse")
        self._wait(lambda: bool(page.rows))
        self._picture("relais-relier")
        self._click("Enregistrer les liens")
        self._hear("Les liens sont gardés")

    def send(self) -> None:
        """See what would leave, and send it once."""
        self._picture("relais-depot-en-ligne")
        self._click("Créer le brouillon sur le portail")
        self._hear("est créé")
        assert len(self._practice.tokens) == 1, "one click makes one draft"
        self._picture("relais-brouillon")

    def open_and_follow(self, browser: _Browser) -> None:
        """Open it in the browser, where a colleague submits it, and ask how it stands."""
        self._click("Ouvrir dans le navigateur")
        (token,) = self._practice.tokens
        assert token in browser.opened[0], "the browser was given the draft"
        self._practice.visit(token, "collègue")
        self._practice.move(token, DossierState.EN_CONSTRUCTION)
        self._click("Demander où il en est")
        self._hear("déposé.")
        self._picture("relais-suivi")

    def answer(self) -> None:
        """Note the outcome, which waits for the station's receipt."""
        self._click("Noter cette issue")
        self._hear("L’issue est notée")
        self._workplace.go(Place.RECEIPTS)
        self._picture("relais-accuse-a-envoyer")

    @property
    def _workplace(self) -> OpenWorkplace:
        shown = self._window.centralWidget()
        assert isinstance(shown, OpenWorkplace)
        return shown

    def _click(self, words: str) -> None:
        def shown() -> QPushButton | None:
            return next(
                (
                    one
                    for one in self._window.findChildren(QPushButton)
                    if one.text() == words and one.isVisible() and one.isEnabled()
                ),
                None,
            )

        self._wait(lambda: shown() is not None)
        found = shown()
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def _hear(self, words: str) -> None:
        self._wait(lambda: words in self._workplace.banner.sentence)

    def _wait(self, ready: Callable[[], bool]) -> None:
        deadline = QDeadlineTimer(_PATIENCE)
        while not ready():
            QApplication.processEvents()
            if deadline.hasExpired():
                raise TimeoutError
