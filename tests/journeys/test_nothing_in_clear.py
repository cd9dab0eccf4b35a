"""No invented name is in any file of the disk, in any encoding, after a whole journey."""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_application
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.printing import printer
from desktop.ui.printing.preview_page import PreviewPage
from desktop.ui.window import Window
from desktop.workflows.exchanges.bundles import send_bundle
from desktop.workflows.exchanges.contacts import mark_verified, take_card
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from exports.bundle.card import write_card
from exports.bundle.identity import Identity, Party
from exports.paper.render import page_count
from tests.journeys.person import Person

NAMES = ("Quenouaille", "Philomène", "kerzuoc")


def test_no_name_is_found_on_the_disk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"):
        folder = tmp_path / variable.lower()
        folder.mkdir()
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    make_application()
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    person = Person(window, qtbot)
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    record = add_person(desk, {"identite.nom_naissance": NAMES[0], "identite.prenoms": NAMES[1]})
    application = start_application(desk, record, "caf-incarceration")
    person.workplace.go(Place.FILLING, application)
    person.page(FillingPage)
    person.section("/data/situation")
    person.answer("/data/situation/enfants", NAMES[2])
    person.workplace.go(Place.PREVIEW, application)
    preview = person.page(PreviewPage)
    person.waits_for(lambda: preview.paper is not None)
    printed = tmp_path / "imprimante.pdf"
    _prints_to(printed, monkeypatch)
    preview.print_paper()
    person.waits_for(printed.exists)
    assert page_count(printed.read_bytes()) == preview.paper.pages  # type: ignore[union-attr]
    relay = _relay()
    contact = take_card(desk, write_card(relay))
    mark_verified(desk, contact.id)
    send_bundle(desk, [application], [contact.id], tmp_path / "envoi.liasse")
    window.lock()

    # The page that came out of the printer is the one that was asked for.
    printed.unlink()
    found = [f"{name} in {file}" for file in _files(tmp_path) for name in names_in(file)]
    assert found == []
    window.close()


def test_the_scan_finds_what_it_must(tmp_path: Path) -> None:
    for number, content in enumerate(
        (
            NAMES[0].encode(),
            NAMES[1].encode("utf-16-le"),
            b"stream " + zlib.compress(f"nom {NAMES[2]}".encode()),
        )
    ):
        (tmp_path / str(number)).write_bytes(content)
    assert [next(names_in(file)) for file in sorted(_files(tmp_path))] == list(NAMES)


def _prints_to(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a printer that writes its page to a file, in the system's dialog."""

    def accept(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    monkeypatch.setattr(printer, "printer_names", lambda: ["Bureau"])


def _relay() -> Identity:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from vault.age_keys import make_age_keys

    age, signing = make_age_keys(), Ed25519PrivateKey.generate()
    party = Party(
        "4be0643f-1d98-573b-97cd-ca98a65347dd",
        "SPIP",
        "relay",
        age.recipient,
        signing.public_key().public_bytes_raw(),
    )
    return Identity(party, age.secret, signing.private_bytes_raw())


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent) / name


def names_in(file: Path) -> Iterator[str]:
    """The invented names that a file holds, in any encoding, packed or not."""
    return names_among(file.read_bytes())


def names_among(raw: bytes) -> Iterator[str]:
    """The invented names that bytes hold, in any encoding, packed or not."""
    texts = [raw, *_inflated(raw)]
    for name in NAMES:
        # A name with an accent may be written composed or not, in capitals or not.
        core = max(re.split(r"[^a-z]", name.casefold()), key=len)
        for text in texts:
            lowered = text.lower()
            if any(
                core.encode(encoding) in lowered for encoding in ("utf-8", "utf-16-le", "utf-16-be")
            ):
                yield name
                break


def _inflated(raw: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", raw):
        try:
            yield zlib.decompressobj().decompress(raw[match.start() :], 1 << 20)
        except zlib.error:
            continue
