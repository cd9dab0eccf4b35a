"""Bundles on paper: what a page carries, how fast pages are set and read, how much may be lost."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial

from exports.bundle.paper.code import PAGE_CODES, Kind
from exports.bundle.paper.errors import CodesMissing
from exports.bundle.paper.gathering import Gathering, Parcel
from exports.bundle.paper.printing import Heading, PrintedCodes, print_codes
from exports.bundle.paper.scanning import scanned_pages, texts_on
from tests.benchmarks.measuring import Goal, at_least, say, seconds
from tests.exports.bundle.paper.scanner import BAD, Wear, blanked, pages_of, saved, worn

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
