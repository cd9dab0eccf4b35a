"""Every page of the program: nothing cut, nothing unnamed, one main button, the keyboard kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_application
from desktop.ui.page import Place
from desktop.ui.parts.row import Row
from desktop.ui.start.recovery_page import RecoveryPage
from desktop.ui.start.unlock import Unlock
from desktop.ui.theme import ZOOM_STEPS
from desktop.ui.window import Window
from desktop.ui.workplace import RELAY_RAIL, STATION_RAIL
from desktop.workflows.start.opening import create_vault
from tests.desktop.workflows.pair import PASSPHRASE
from tests.journeys.every_page import Vaults, Walk, make_vaults, settle
from vault.vault import VaultKind

SMALL = (1024, 640)
SCREENS = {"small at 200": (SMALL, len(ZOOM_STEPS) - 1), "large": ((1920, 1080), 0)}
# What is chosen there is a line of the list, or a setting: no button is the main one.
LISTS = {Place.NEW_APPLICATION, Place.APPLICATIONS, Place.SETTINGS, Place.JOURNAL, Place.TO_ERASE}
CHOSEN = {place.value for place in LISTS} | {Place.MAILING.value}

_UNBOUND = re.compile(
    r"\w [:;?!»](\s|$)|« |\d [%€]|n° \d|\d (Mo|Ko|jours?|mois|ans|minutes?|secondes?|pages?|"
    r"pièces?|démarches?|questions?|réponses?)\b"
)
_TYPED = re.compile(r"\w'\w|(?<!\.)\.\.\.(?!\.)|\"")


@pytest.fixture(scope="module")
def vaults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vaults]:
    """A station and a relay at work."""
    folder = tmp_path_factory.mktemp("vaults")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder / "home"))
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        made = make_vaults(folder)
        yield made
        for desk in (made.station, made.relay):
            desk.vault.lock()


@pytest.fixture(params=("station", "relay"))
def walk(request: pytest.FixtureRequest, vaults: Vaults) -> Iterator[tuple[Walk, Pages]]:
    """A window on one of the two, and how each of its pages is opened."""
    make_application()
    station = request.param == "station"
    desk = vaults.station if station else vaults.relay
    window = Window(desk.vault.folder)
    window.show()
    window.open_desk(desk)
    walk = Walk(window, vaults)
    yield walk, walk.station_pages() if station else walk.relay_pages()
    # The vault stays open for the next window.
    window.desk = None
    window.close()
    settle(window)
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


Pages = dict[str, Callable[[], QWidget]]


W = TypeVar("W", bound=QWidget)


def shown(page: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in page.findChildren(kind) if widget.isVisible()]


def test_every_place_is_walked(qtbot: QtBot, vaults: Vaults) -> None:
    make_application()
    window = Window(vaults.station.vault.folder)
    qtbot.addWidget(window)
    walk = Walk(window, vaults)
    opened = {*walk.station_pages(), *walk.relay_pages()}
    assert {place.value for place in Place} <= opened


def test_each_page_on_a_small_screen(walk: tuple[Walk, Pages]) -> None:
    window = walk[0].window
    window.resize(*SMALL)
    found = []
    for name, show in walk[1].items():
        page = show()
        wrong = [
            *cut(page),
            *(f"no name: {type(one).__name__}" for one in unnamed(page)),
            *(f"not as it is printed: {words}" for words in said(page) if badly_printed(words)),
            *weighs(page, name),
        ]
        wrong += [] if has_keyboard(page) else ["the keyboard is elsewhere, or nowhere"]
        found += [f"{name}: {what}" for what in wrong]
        put_away(walk[0], page)
    for part in (walk[0].workplace.top_bar, walk[0].workplace.rail):
        found += [f"around: {what}" for what in (*cut(part), *map(str, unnamed(part)))]
    assert found == []


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut(walk: tuple[Walk, Pages], screen: str) -> None:
    (width, height), steps = SCREENS[screen]
    walk[0].window.zoom(steps)
    walk[0].window.resize(width, height)
    found = []
    for name, show in walk[1].items():
        page = show()
        found += [f"{name}: {what}" for what in cut(page)]
        put_away(walk[0], page)
    found += [f"bar: {what}" for what in cut(walk[0].workplace.top_bar)]
    assert found == []


@pytest.mark.parametrize("steps", [0, len(ZOOM_STEPS) - 1])
def test_the_pages_of_the_start(qtbot: QtBot, tmp_path: Path, steps: int) -> None:
    make_application()
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.resize(*SMALL)
    window.zoom(steps)
    pages: Pages = {
        "first start": lambda: _show(window, window.show_first_start),
        "restore": lambda: _show(window, window.show_restore),
        "unlock": lambda: _show(window, lambda: window.show_unlock(tmp_path / "coffre")),
        "forgotten": lambda: _show(window, lambda: _forgotten(window, tmp_path / "coffre")),
        "repair": lambda: _show(window, lambda: window.show_repair(tmp_path / "coffre")),
        "recovery sheet": lambda: _show(window, lambda: _made(window, tmp_path / "neuf")),
        "sheet read back": lambda: _show(window, lambda: _read_back(window)),
    }
    found = []
    for name, show in pages.items():
        page = show()
        words = [one for one in said(page) if badly_printed(one)]
        nameless = [type(one).__name__ for one in unnamed(page)]
        lost = [] if has_keyboard(page) else ["the keyboard is nowhere"]
        wrong = (*cut(page), *words, *nameless, *lost, *weighs(page, name))
        found += [f"{name}: {what}" for what in wrong]
    assert found == []


def _show(window: Window, step: Callable[[], object]) -> QWidget:
    step()
    settle(window)
    page: QWidget | None = window.centralWidget()
    assert page is not None
    return page


def _made(window: Window, folder: Path) -> None:
    window._created(
        create_vault(
            folder, kind=VaultKind.STATION, place="Centre", user="C. Le Goff", passphrase=PASSPHRASE
        )
    )


def _read_back(window: Window) -> None:
    page = window.centralWidget()
    assert isinstance(page, RecoveryPage)
    page.steps.ask()


def _forgotten(window: Window, folder: Path) -> None:
    page = window.show_unlock(folder)
    assert isinstance(page, Unlock)
    page._show_recovery()


def put_away(walk: Walk, page: QWidget) -> None:
    walk.workplace.banner.put_away()
    if page.window() is not walk.window:
        page.close()
        settle(walk.window)


def has_keyboard(page: QWidget) -> bool:
    focused: QWidget | None = page.window().focusWidget()
    return focused is not None and page.isAncestorOf(focused)


def weighs(page: QWidget, name: str) -> list[str]:
    """What is wrong with the main button of a page: there is one, or the page is a list."""
    main = [
        one.text()
        for one in shown(page, QPushButton)
        if one.property("kind") == "primary" and one.isEnabled()
    ]
    fine = len(main) == 1 or (not main and name in CHOSEN)
    return [] if fine else [f"main buttons: {main}"]


def badly_printed(words: str) -> bool:
    """Whether a sign may be torn from its word, or is a typewriter's."""
    return bool(_UNBOUND.search(words) or _TYPED.search(words))


def cut(page: QWidget) -> Iterator[str]:
    """What does not show whole."""
    for label in shown(page, QLabel):
        if not label.text() or not label.pixmap().isNull():
            continue
        metrics, room = label.fontMetrics(), label.contentsRect().width() + 1
        words = re.split(r"[\s\u200b-]", label.text()) if label.wordWrap() else [label.text()]
        if max(metrics.horizontalAdvance(one) for one in words) > room:
            yield f"« {label.text()} » is {room} px wide"
        if label.wordWrap() and label.height() < label.heightForWidth(label.width()) - 1:
            yield f"« {label.text()} » is {label.height()} px high"
    for button in shown(page, QAbstractButton):
        needed = button.sizeHint()
        if not isinstance(button, Row) and (
            button.width() < needed.width() or button.height() < needed.height()
        ):
            yield f"the button « {button.text()} »"
    for line in shown(page, QLineEdit):
        if line.height() < line.sizeHint().height():
            yield f"a line of {line.height()} px"
        example = line.fontMetrics().horizontalAdvance(line.placeholderText())
        if example > line.contentsRect().width():
            yield f"the example « {line.placeholderText()} »"
    for area in shown(page, QScrollArea):
        held = area.widget()
        if held is not None and held.width() > area.viewport().width():
            yield f"a part {held.width()} px wide, of which {area.viewport().width()} show"


def unnamed(page: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard and has no name."""
    for widget in shown(page, QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip():
            yield widget


def said(page: QWidget) -> Iterator[str]:
    """All that is written on a page, but what somebody typed."""
    yield page.windowTitle()
    for widget in shown(page, QWidget):
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))


def test_a_rail_has_five_places() -> None:
    assert [words for _, words in STATION_RAIL] == [
        "Personnes", "Démarches", "Échanges", "Formulaires", "Réglages",
    ]  # fmt: skip
    assert [words for _, words in RELAY_RAIL] == [
        "Réception", "Démarches", "Accusés", "Correspondants", "Réglages",
    ]  # fmt: skip
