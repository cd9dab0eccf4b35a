"""A station and a relay at work, and how each page of theirs is opened."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget
from reportlab.pdfgen.canvas import Canvas

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.online.mapping_page import MappingPage
from desktop.ui.page import Place
from desktop.ui.printing.blank_page import BlankWanted
from desktop.ui.relay.copying_aid import open_copying_aid
from desktop.ui.relay.inbox_page import InboxPage
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.bundles import receive_bundle, send_bundle
from desktop.workflows.exchanges.receipts import record_outcome
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.filling.documents import join_document
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.online.procedures import keep_schema, online_filing
from desktop.workflows.people.profiles import add_person
from desktop.workflows.settings.users import add_user
from desktop.workflows.transfers.arrivals import keep_arrival
from desktop.workflows.transfers.sending import send_person
from exports.bundle.receipt import OutcomeKind
from exports.online.practice.procedure import practice_procedure
from tests.desktop.workflows.pair import introduce, make_desk
from vault.key_slots.key_slot import Role
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

FORM = "election-de-domicile"
ZOE = {
    "identite.civilite": "mme",
    "identite.nom_naissance": "Ünal-Œillet",
    "identite.prenoms": "Zoë, Ayşe",
    "identite.sexe": "f",
    "naissance.date": "1985-03-12",
    "naissance.commune": "İzmir",
    "naissance.pays": "Turquie",
    "ecrou.numero": "48213",
    "ecrou.date_sortie_prevue": "2027-02-14",
    "identifiants.nir": "285039920801441",
    "langue": "turc, lit un peu le français",
}


@dataclass(frozen=True)
class Vaults:
    """Two desks at work, and files that came to them.

    Attributes:
        person: somebody helped at the station, with applications in several states.
        application: a draft of theirs, with a document.
        received: the one that the relay files.
        bundle: the transfer that was taken in.
        transfer: a person's file from another station, not taken yet.
        pdf: a form of no catalogue.
    """

    station: Desk
    relay: Desk
    person: str
    application: str
    received: str
    bundle: str
    transfer: Path
    pdf: Path


def make_vaults(folder: Path) -> Vaults:
    """Fill a station and a relay."""
    station = make_desk(folder / "poste", VaultKind.STATION, "Maison d’arrêt de Brest")
    relay = make_desk(folder / "relais", VaultKind.RELAY, "SPIP du Finistère")
    other = make_desk(folder / "autre", VaultKind.STATION, "Centre pénitentiaire de Rennes")
    introduce(station, relay, folder)
    introduce(station, other, folder)
    person = add_person(station, ZOE)
    sent = start_application(station, person, FORM)
    picture = folder / "photo de pièce d’identité.jpg"
    Image.new("RGB", (300, 200), "white").save(picture)
    join_document(station, sent, picture, request_name=None)
    send_bundle(station, [sent], [relay.vault.id], folder / "a.liasse")
    received = receive_bundle(relay, folder / "a.liasse").application_ids[0]
    record_outcome(
        relay, received, OutcomeKind.FILED_ONLINE, on=relay.today(), reference="CCAS-0412"
    )
    set_state(relay, received, ApplicationState.TO_FILE)
    letter = start_application(station, person, "caf-incarceration")
    set_state(station, letter, ApplicationState.TO_SIGN)
    draft = start_application(station, person, FORM)
    opened = open_application(station, draft)
    opened.type_in("/data/naissance/date_naissance", "31 02 1985")
    opened.type_in("/data/identite/prenoms", "Zoë")
    join_document(station, draft, picture, request_name=None)
    for desk in (station, relay):
        add_user(desk, "M. Kerjean", Role.READER, "huître tambour nuage escalier")
    away = add_person(other, {**ZOE, "naissance.commune": "Izmir"})
    start_application(other, away, "lettre-libre")
    send_person(other, away, station.vault.id, folder / "a.transfert")
    bundle = keep_arrival(station, folder / "a.transfert", into=None).bundle_id
    send_person(other, away, station.vault.id, folder / "b.transfert")
    other.vault.lock()
    pdf = folder / "inconnu.pdf"
    pdf.write_bytes(_unknown_form())
    return Vaults(station, relay, person, draft, received, bundle, folder / "b.transfert", pdf)


class Walk:
    """State: the window in which the pages of one vault are opened one after the other."""

    def __init__(self, window: Window, vaults: Vaults) -> None:
        self.window = window
        self.vaults = vaults

    @property
    def workplace(self) -> OpenWorkplace:
        """The open vault, as the window shows it."""
        workplace = self.window.centralWidget()
        assert isinstance(workplace, OpenWorkplace)
        return workplace

    def station_pages(self) -> dict[str, Callable[[], QWidget]]:
        """Each page of a station: its name, and how it is opened; it gives what it shows."""
        made = self.vaults
        records = {
            Place.PERSON: made.person,
            Place.PROFILE: made.person,
            Place.NEW_APPLICATION: made.person,
            Place.FILLING: made.application,
            Place.PREVIEW: made.application,
            Place.BLANK: BlankWanted("caf-incarceration", "ar").record(),
            Place.MAILING: made.application,
            Place.TRANSFER: made.person,
            Place.ARRIVAL: str(made.transfer),
            Place.ARRIVED: made.bundle,
            Place.PROPOSAL: str(made.pdf),
        }
        relays = {
            Place.INBOX, Place.RECEIPTS, Place.ONLINE, Place.MAPPING, Place.PORTALS, Place.FORM_PDF
        }  # fmt: skip
        pages: dict[str, Callable[[], QWidget]] = {
            place.value: partial(self._go, place, records.get(place, ""))
            for place in Place
            if place not in relays
        }
        for key in ("/data/naissance", "/data/ayants_droit", "documents", "review"):
            pages[f"filling {key}"] = partial(self._section, key)
        return pages

    def relay_pages(self) -> dict[str, Callable[[], QWidget]]:
        """Each page of a relay."""
        record = self.vaults.received
        stations = {
            Place.NEW_PERSON, Place.NEW_APPLICATION, Place.FILLING, Place.PREVIEW,
            Place.EXCHANGES, Place.TRANSFER, Place.ARRIVAL, Place.ARRIVED, Place.PROPOSAL,
            Place.PROFILE, Place.PEOPLE, Place.PERSON,
        }  # fmt: skip
        pages: dict[str, Callable[[], QWidget]] = {
            place.value: partial(
                self._go,
                place,
                BlankWanted("caf-incarceration", "ar", explains=True).record()
                if place is Place.BLANK
                else record
                if place in (Place.INBOX, Place.FORM_PDF, Place.MAILING)
                else "",
            )
            for place in Place
            if place not in (stations | {Place.ONLINE, Place.MAPPING})
        }
        pages["inbox outcome"] = self._outcome
        pages["mapping"] = self._mapping
        pages["online"] = self._online
        pages["copying aid"] = self._aid
        return pages

    def _go(self, place: Place, record: str) -> QWidget:
        self.workplace.go(place, record)
        settle(self.window)
        page = self.workplace.page
        assert page is not None
        assert self.workplace.place is place
        return page

    def _section(self, key: str) -> QWidget:
        page = self._go(Place.FILLING, self.vaults.application)
        assert isinstance(page, FillingPage)
        page.show_section(key)
        settle(self.window)
        return page

    def _outcome(self) -> QWidget:
        page = self._go(Place.INBOX, self.vaults.received)
        assert isinstance(page, InboxPage)
        assert page.view is not None
        page.view._show_outcome()
        settle(self.window)
        return page

    def _schema(self) -> bytes:
        desk = self.vaults.relay
        title = desk.catalogue.form(FORM).title
        return json.dumps(practice_procedure(online_filing(desk, FORM), title).schema).encode()

    def _mapping(self) -> QWidget:
        page = self._go(Place.MAPPING, self.vaults.received)
        assert isinstance(page, MappingPage)
        page.show_procedure(self._schema())
        settle(self.window)
        return page

    def _online(self) -> QWidget:
        keep_schema(self.vaults.relay, FORM, self._schema())
        return self._go(Place.ONLINE, self.vaults.received)

    def _aid(self) -> QWidget:
        self._go(Place.INBOX, self.vaults.received)
        aid = open_copying_aid(self.workplace, self.vaults.received, self.workplace)
        assert aid is not None
        settle(self.window)
        return aid


def settle(window: QWidget) -> None:
    """Let the work under way finish, and Qt lay out and paint."""
    for _turn in range(3):
        QThreadPool.globalInstance().waitForDone()
        for _event in range(6):
            QApplication.processEvents()
        # Pages gone are let go: restyling the window would go through them all.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.grab()


def _unknown_form() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for number, words in enumerate(("Nom", "Date de naissance", "Téléphone portable")):
        canvas.drawString(40, 702 - 40 * number, f"{words} :")
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        form = Dictionary(Fields=Array(), DA=String("/Helv 0 Tf 0 g"), DR=Dictionary())
        pdf.Root.AcroForm = pdf.make_indirect(form)
        page = pdf.pages[0].obj
        page.Annots = Array()
        for number in range(3):
            top = 700 - 40 * number
            field = pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    T=String(f"champ{number}"),
                    FT=Name.Tx,
                    Rect=Array((160, top, 360, top + 18)),
                    P=page,
                )
            )
            page.Annots.append(field)
            pdf.Root.AcroForm.Fields.append(field)
        saved = io.BytesIO()
        pdf.save(saved)
        return saved.getvalue()
