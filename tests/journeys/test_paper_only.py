"""The same story where only paper passes: printed, scanned badly, read, answered by a code."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.ui.relay.inbox_page import InboxPage
from desktop.ui.relay.receipts_page import ReceiptsPage
from desktop.ui.scans.scans_page import ScansPage
from desktop.workflows.desk import Desk
from exports.bundle.paper.typed_receipt import receipt_line
from exports.bundle.receipt import Outcome, OutcomeKind
from tests.desktop.workflows.pair import PASSPHRASE, introduce, make_desk
from tests.exports.bundle.paper.scanner import Wear, blanked, pages_of, saved, worn
from tests.journeys.person import Person
from tests.journeys.test_two_stations import STATIONS, prepares
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

WEAR = Wear(angle=2, blur=0.6, noise=8, quality=60, greyed=True)
DPI = 200


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    station = make_desk(tmp_path / "poste", VaultKind.STATION, "Maison d’arrêt de Brest")
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP du Finistère")
    introduce(station, relay, tmp_path)
    return station, relay


def scanned(pdf: bytes, folder: Path, *, lost: list[int]) -> list[Path]:
    """The pages as a bad scanner leaves them, some codes of the first under a stain."""
    folder.mkdir(exist_ok=True)
    files = []
    for number, page in enumerate(pages_of(pdf, DPI)):
        stained = blanked(page, lost, dpi=DPI) if number == 0 else page
        file = folder / f"scan{number}.jpg"
        shown = worn(stained, WEAR, dpi=DPI, rng=random.Random(number))
        file.write_bytes(saved(shown, "JPEG", quality=60))
        files.append(file)
    return files


def reads(person: Person, files: list[Path]) -> ScansPage:
    person.workplace.go(Place.SCANS)
    page = person.page(ScansPage)
    page.read_files(files)
    person.waits_for(lambda: not page._busy)
    return page


def shown(page: ScansPage) -> str:
    said = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    return said.replace("\u00a0", " ")


def prints(person: Person, station: Desk, name: str, file: Path) -> tuple[str, bytes]:
    """An application prepared, printed as pages of codes; its identifier and the pages."""
    application = prepares(station, name)
    person.window.open_desk(station)
    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    for box in page.applications.values():
        box.setChecked(True)
    person.click("Imprimer la liasse…")
    person.hears("est prête à imprimer")
    page = person.page(ExchangesPage)
    printed = page.printed.printed
    assert printed is not None
    assert page.printed.isVisible()
    page.printed.save(file)
    assert file.read_bytes() == printed.pdf
    assert station.vault.applications.get(application).state is ApplicationState.SENT
    person.window.lock()
    return application, printed.pdf


def files_by_post(person: Person, application: str, reference: str) -> None:
    person.workplace.go(Place.INBOX, application)
    inbox = person.page(InboxPage)
    assert inbox.view is not None
    person.click("Indiquer l’issue…")
    person.type_in(inbox.view.outcome.reference, reference)
    person.click("Envoyée par courrier", within=inbox.view.outcome)
    person.hears("L’issue est enregistrée")
    person.workplace.banner.put_away()


def test_two_stations_and_one_relay_by_paper_alone(person: Person, tmp_path: Path) -> None:
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP du Finistère")
    sent: dict[str, str] = {}
    piles: list[list[Path]] = []
    for place, names in STATIONS.items():
        station = make_desk(tmp_path / place, VaultKind.STATION, place)
        introduce(station, relay, tmp_path)
        sent[place], pdf = prints(person, station, names[0], tmp_path / f"{place}.pdf")
        piles.append(scanned(pdf, tmp_path / f"scans de {place}", lost=[1, 6]))

    # Both piles on one scanner, mixed; without a first page, what to scan again is named.
    first, *others = piles[0]
    person.window.open_desk(relay)
    scans = reads(person, [*piles[1], *others])
    person.waits_for(lambda: "À numériser de nouveau : page 1" in shown(scans))
    scans.read_files([first, *piles[1]])
    person.hears("Tous les codes nécessaires sont lus")
    for number in range(len(sent)):
        person.workplace.banner.put_away()
        person.click("Recevoir la liasse")
        person.hears("signature vérifiée")
        person.waits_for(lambda taken=number: shown(scans).count("Prise en compte") == taken + 1)  # type: ignore[misc]  # bound now
    for number, application in enumerate(sent.values()):
        files_by_post(person, application, f"CCAS-{number}")
    answers: dict[str, list[Path]] = {}
    for contact in relay.vault.contacts.all():
        person.workplace.go(Place.RECEIPTS)
        receipts = person.page(ReceiptsPage)
        person.workplace.banner.put_away()
        receipts.print_station(contact.id, typed=True)
        person.hears("prêts à imprimer")
        printed = person.page(ReceiptsPage).printed.printed
        assert printed is not None
        answers[contact.name] = scanned(printed.pdf, tmp_path / f"retour à {contact.name}", lost=[])
    person.window.lock()

    for number, (place, application) in enumerate(sent.items()):
        person.window.show_unlock(tmp_path / place)
        person.unlocks(PASSPHRASE)
        reads(person, answers[place])
        person.click("Prendre l’accusé")
        person.hears(f"envoyée par courrier, référence CCAS-{number}")
        vault = person.workplace.desk.vault
        assert vault.applications.get(application).state is ApplicationState.FILED
        assert vault.verify().ok
        person.window.lock()


def test_the_scanner_s_folder_is_watched(
    person: Person, desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    from desktop.workflows.codes.sending import send_on_paper

    station, relay = desks
    sent = send_on_paper(station, [prepares(station, "Kervella")], [relay.vault.id])
    folder = tmp_path / "scanner"
    folder.mkdir()
    (folder / "ancien.jpg").write_bytes(b"une autre page")
    person.window.open_desk(relay)
    person.workplace.go(Place.SCANS)
    page = person.page(ScansPage)
    page.watch_folder(folder)
    assert page.timer.isActive()
    files = scanned(sent.printed.pdf, folder, lost=[])
    assert files
    for _ in range(2):
        page.timer.timeout.emit()
        person.waits_for(lambda: not page._busy)
    person.hears("Tous les codes nécessaires sont lus")
    assert "ancien.jpg" not in shown(page)
    person.click("Ne plus surveiller")
    assert not page.timer.isActive()


def test_a_receipt_is_typed_by_hand(
    person: Person, desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    from desktop.workflows.codes.sending import send_on_paper

    station, relay = desks
    application = prepares(station, "Kervella")
    send_on_paper(station, [application], [relay.vault.id])
    outcome = Outcome(application, OutcomeKind.REFUSED, "2026-11-24", "AB 12", "")
    line = receipt_line(outcome)
    person.window.open_desk(station)
    person.workplace.go(Place.SCANS)
    page = person.page(ScansPage)
    assert page.typed is not None
    person.type_in(page.typed.line, line.replace("R", "E", 1))
    page.typed.check()
    person.hears("mal recopié")
    person.type_in(page.typed.line, line.lower())
    person.click("Vérifier la ligne")
    assert "KERVELLA" in page.typed._said.text()
    assert "refusée par l’organisme le 24/11/2026" in page.typed._said.text()
    assert station.vault.applications.get(application).state is ApplicationState.SENT
    person.click("Noter cette issue")
    person.hears("Issue notée")
    assert station.vault.applications.get(application).state is ApplicationState.REFUSED


def test_pages_that_are_none_are_told(
    person: Person, desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    _, relay = desks
    (tmp_path / "notes.pdf").write_bytes(b"pas un PDF")
    blank = tmp_path / "blanc.png"
    blank.write_bytes(saved(pages_of(_blank_page(), DPI)[0], "PNG"))
    person.window.open_desk(relay)
    page = reads(person, [tmp_path / "notes.pdf", blank])
    person.waits_for(lambda: "n’est pas une page lisible" in shown(page))
    assert "Aucun code de Trait d’union sur ces pages." in shown(page)
    assert page.typed is None


def _blank_page() -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_form_carries_its_own_code(
    person: Person, desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    station, relay = desks
    first, second = prepares(station, "Ünal-Œillet"), prepares(station, "Kervella")
    person.window.open_desk(station)
    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    for box in page.applications.values():
        box.setChecked(True)
    person.click("Imprimer un formulaire et son code…")
    person.hears("Cochez une seule démarche")
    page.applications[second].setChecked(False)
    person.click("Imprimer un formulaire et son code…")
    person.hears("sont prêts à imprimer")
    card = person.page(ExchangesPage).printed
    assert card.printed is not None
    # It is in clear: it goes to the printer, never to a file.
    assert not card.keep.isVisible()
    assert station.vault.applications.get(first).state is ApplicationState.SENT
    assert station.vault.applications.get(second).state is ApplicationState.DRAFT
    file = tmp_path / "scan.png"
    file.write_bytes(saved(pages_of(card.printed.pdf, DPI)[-1], "PNG"))
    person.window.lock()
    person.window.open_desk(relay)
    reads(person, [file])
    person.click("Recevoir la démarche")
    person.hears("signature vérifiée")
    assert relay.vault.applications.get(first).state is ApplicationState.TO_FILE
