"""Bundles on paper: what a page carries, how fast pages are set and read, how much may be lost."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from desktop.workflows.codes.bundles import keep_parcel
from desktop.workflows.codes.intake import PaperIntake
from desktop.workflows.codes.sending import send_form_on_paper, send_on_paper
from desktop.workflows.exchanges.bundles import receive_bundle, send_bundle
from exports.bundle.paper.code import PAGE_CODES, Kind
from exports.bundle.paper.errors import CodesMissing
from exports.bundle.paper.gathering import Gathering, Parcel
from exports.bundle.paper.printing import Heading, PrintedCodes, print_codes
from exports.bundle.paper.scanning import scanned_pages, texts_on
from tests.benchmarks.measuring import Goal, at_least, say, seconds
from tests.desktop.workflows.exchanging import application_of
from tests.desktop.workflows.pair import introduce, make_desk
from tests.exports.bundle.paper.scanner import BAD, Wear, blanked, pages_of, saved, worn
from vault.vault import VaultKind

_SIZE = 58_000
"""Five pages, sixty codes, and none to spare."""
_CLEAN = Wear()
_DRAWS = 3


def measure() -> None:
    """Set a file as pages, scan them well and badly, and hide more and more of the codes."""
    content = random.Random(1).randbytes(_SIZE)
    set_in = seconds(lambda: _printed(content))
    printed = _printed(content)
    pages = printed.pages
    say(
        "paper: bytes of a bundle on a page, parity apart",
        f"{_SIZE / pages:.0f} ({printed.codes // pages} codes)",
        at_least(_SIZE / pages, 10_000),
    )
    say("paper: pages set", f"{pages / set_in:.1f}/s")
    for dpi in (200, 300):
        for wear, words in ((_CLEAN, "clean"), (BAD, "bad")):
            files = _scans(printed, dpi, wear, lost=())
            found: list[Parcel] = []
            took = seconds(partial(_keep, found, partial(_read, files)))
            say(
                f"paper: {words} scans at {dpi} dpi read",
                f"{pages / took:.1f} pages/s",
                Goal("the same bytes", _gives(found[0], content)),
            )
    survived = _survived(printed, content)
    say(
        "paper: codes that may be missing, wherever they are",
        f"{survived:.0%} of {printed.codes}, on bad scans at 200 dpi",
        at_least(survived * 100, 20, " %"),
    )
    _one_application()


def _one_application() -> None:
    """The same application from a station to a relay, by each way."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        station = make_desk(folder / "poste", VaultKind.STATION, "Brest")
        relay = make_desk(folder / "relais", VaultKind.RELAY, "SPIP")
        introduce(station, relay, folder)
        names = ("Kervella", "Da Silva", "Ünal-Œillet")
        by_file, by_pages, by_form = (application_of(station, name) for name in names)
        file = folder / "envoi.liasse"
        out = seconds(partial(send_bundle, station, [by_file], [relay.vault.id], file))
        back = seconds(partial(receive_bundle, relay, file))
        say(
            "one application by file",
            f"{file.stat().st_size / 1000:.0f} kB · written {out:.1f} s · taken in {back:.1f} s",
        )
        for words, send in (
            ("pages of codes", partial(send_on_paper, station, [by_pages], [relay.vault.id])),
            ("the code of its form", partial(send_form_on_paper, station, by_form, relay.vault.id)),
        ):
            begun = time.perf_counter()
            printed = send().printed
            set_in = time.perf_counter() - begun
            scans = [folder / f"{number}.png" for number in range(printed.pages)]
            for scan, content in zip(scans, _scans(printed, 200, BAD, lost=()), strict=True):
                scan.write_bytes(content)
            intake = PaperIntake()
            begun = time.perf_counter()
            for scan in scans:
                intake.read(scan)
            keep_parcel(relay, intake.parcels[0].parcel)
            back = time.perf_counter() - begun
            pages = f"{printed.pages} page{'s' if printed.pages > 1 else ''}"
            codes = f"{printed.codes} code{'s' if printed.codes > 1 else ''}"
            say(
                f"one application by {words}",
                f"{pages}, {codes} · set {set_in:.1f} s · read and taken in {back:.1f} s",
            )
        relay.vault.lock()
        station.vault.lock()


def _printed(content: bytes) -> PrintedCodes:
    return print_codes(content, Kind.BUNDLE, Heading("2026-041", "Relais d’essai"))


def _scans(printed: PrintedCodes, dpi: int, wear: Wear, lost: Sequence[int]) -> list[bytes]:
    rng = random.Random(3)
    files = []
    for number, page in enumerate(pages_of(printed.pdf, dpi)):
        places = [one % PAGE_CODES for one in lost if one // PAGE_CODES == number]
        files.append(saved(worn(blanked(page, places, dpi=dpi), wear, dpi=dpi, rng=rng), "PNG"))
    return files


def _read(files: Sequence[bytes]) -> Parcel:
    gathering = Gathering()
    for file in files:
        for page in scanned_pages(file):
            for text in texts_on(page):
                gathering.take(text)
    return gathering.parcels[0]


def _keep(found: list[Parcel], read: Callable[[], Parcel]) -> None:
    found.append(read())


def _gives(parcel: Parcel, content: bytes) -> bool:
    try:
        return parcel.content() == content
    except CodesMissing:
        return False


def _survived(printed: PrintedCodes, content: bytes) -> float:
    """The largest part of the codes without which the file came back, in every draw."""
    for lost in range(printed.codes // 4, 0, -1):
        if all(
            _gives(
                _read(
                    _scans(
                        printed, 200, BAD, random.Random(draw).sample(range(printed.codes), lost)
                    )
                ),
                content,
            )
            for draw in range(_DRAWS)
        ):
            return lost / printed.codes
    return 0.0
