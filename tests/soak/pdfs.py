"""Damaged PDFs by the thousand: each is read, filled and drawn, or refused in our own words.

The official PDFs where they are at hand, and forms made here, are damaged by chance: bytes, and the
objects within. All of it happens in the process for files from outside, as in the program.
"""

from __future__ import annotations

import io
import random
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.paper.errors import PaperError, PdfCrashed, PdfTakesTooLong, PdfUnhandled
from exports.paper.foreign.worker import Worker
from tests.exports.paper.official.conftest import FormPdf

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "official"
SEEDS = range(1, 21)
MUTANTS = 100
"""In each trial: 20 trials of 100 make 2,000."""

_PATIENCE = 10.0
_SCRAPS = (
    b"/Kids", b"<<", b">>", b"[", b"]", b" 4 0 R ", b" null ", b"-9e99", b"99999999999", b"/Parent",
    b"(\xff\xfe\xd8)", b"endobj", b"endstream", b"/Length 1", b"/FlateDecode", b"/Count -1",
)  # fmt: skip
_SERIOUS = (PdfCrashed, PdfTakesTooLong, PdfUnhandled)
"""Handled, and yet faults of ours or of a library: each is told with its seed."""


def run(seed: int | None, *, short: bool) -> bool:
    """Damage the PDFs of every seed, or of one; whether each was read or refused."""
    originals = _originals()
    worker = Worker()
    well = True
    try:
        for one in (SEEDS[:1] if short else SEEDS) if seed is None else (seed,):
            begun = time.monotonic()
            outcomes, faults = _trial(one, originals, worker)
            well = well and not faults
            said = ", ".join(f"{what} {count}" for what, count in outcomes.most_common())
            print(
                f"pdfs, seed {one}: {MUTANTS} mutants in {time.monotonic() - begun:.0f} s ({said})"
                + "".join(f"\n    {fault}" for fault in faults),
                flush=True,
            )
    finally:
        worker.stop()
    return well


def _trial(
    seed: int, originals: dict[str, bytes], worker: Worker
) -> tuple[Counter[str], list[str]]:
    chance = random.Random(seed)
    outcomes, faults = Counter[str](), list[str]()
    for number in range(MUTANTS):
        name = chance.choice(list(originals))
        mutant = damaged(originals[name], chance)
        for what, use in _USES.items():
            if what == "proposed" and number % 10:
                continue
            try:
                use(worker, mutant)
                outcomes[what] += 1
            except _SERIOUS as error:
                outcomes[type(error).__name__] += 1
                faults.append(f"mutant {number} of {name}, {what}: {type(error).__name__} {error}")
            except PaperError as error:
                outcomes[type(error).__name__] += 1
    return outcomes, faults


def _fill(worker: Worker, pdf: bytes) -> None:
    from exports.paper.official.fields import PdfForm
    from exports.paper.official.filling import FilledPdf

    form: PdfForm = worker.call("official.fields.inspect", PdfForm, pdf, seconds=_PATIENCE)
    values = {one.name: (*one.options, "Zoë Ünal-Œillet")[0] for one in form.fields[:60]}
    worker.call("official.filling.fill", FilledPdf, pdf, values, seconds=_PATIENCE)


def _draw(worker: Worker, pdf: bytes) -> None:
    from exports.paper.render import PageImage

    for number in range(min(2, worker.call("render.page_count", int, pdf, seconds=_PATIENCE))):
        worker.call("render.page_text", str, pdf, number, seconds=_PATIENCE)
        worker.call("render.render_page", PageImage, pdf, number, scale=1.0, seconds=_PATIENCE)


def _keep(worker: Worker, pdf: bytes) -> None:
    from exports.paper.intake import TakenIn

    worker.call("intake.take_in", TakenIn, "piece.pdf", pdf, seconds=_PATIENCE)


def _propose(worker: Worker, pdf: bytes) -> None:
    from exports.paper.proposal.model import Proposal

    today = date(2026, 11, 24)
    worker.call("proposal.proposing.propose", Proposal, pdf, today=today, seconds=_PATIENCE)


_USES: dict[str, Callable[[Worker, bytes], None]] = {
    "filled": _fill,
    "drawn": _draw,
    "kept": _keep,
    "proposed": _propose,
}


def damaged(original: bytes, chance: random.Random) -> bytes:
    """A PDF with some of its bytes, or some of its objects, other than they were."""
    if chance.randrange(3) == 0:
        changed = _with_other_objects(original, chance)
        if changed is not None:
            return changed
    mutant = bytearray(original)
    if chance.randrange(12) == 0:
        return bytes(mutant[: chance.randrange(len(mutant))])
    for _ in range(chance.choice((1, 3, 10, 40, 200))):
        if mutant:
            _damage(mutant, chance)
    return bytes(mutant)


def _damage(mutant: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(mutant))
    kind = chance.randrange(5)
    if kind == 0:
        mutant[place] = chance.randrange(256)
    elif kind == 1:
        del mutant[place : place + chance.randrange(1, 60)]
    elif kind == 2:
        mutant[place:place] = chance.choice(_SCRAPS)
    elif kind == 3:
        source = chance.randrange(len(mutant))
        size = chance.choice((10, 100, 5000))
        mutant[place : place + size] = mutant[source : source + size]
    else:
        mutant[place : place + 4] = bytes(chance.randrange(256) for _ in range(4))


def _with_other_objects(original: bytes, chance: random.Random) -> bytes | None:
    """Values exchanged, numbers made absurd, references led astray, in a file that reads well."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pikepdf.open(io.BytesIO(original)) as pdf:
                holders = [
                    one for one in pdf.objects if isinstance(one, Dictionary | Array) and len(one)
                ]
                for _ in range(chance.choice((1, 3, 10))):
                    _change(chance.choice(holders), holders, chance)
                out = io.BytesIO()
                pdf.save(out, deterministic_id=True)
                return out.getvalue()
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, KeyError):
        # Too harmed to be written again: its bytes are damaged instead.
        return None


def _change(holder: Any, holders: list[Any], chance: random.Random) -> None:
    # The order of a set is another in each process.
    keys = list(range(len(holder))) if isinstance(holder, Array) else sorted(holder.keys())
    key = chance.choice(keys)
    wrong: tuple[Any, ...] = (
        -1,
        2**31,
        10**12,
        String("\ufffe" * 3),
        Name("/Off"),
        Array(),
        Dictionary(),
        chance.choice(holders),
        holder,
    )
    holder[key] = chance.choice(wrong)


def _originals() -> dict[str, bytes]:
    found = {file.name: file.read_bytes() for file in sorted(OFFICIAL.glob("*.pdf"))}
    form = FormPdf(pages=2)
    form.text("nom", MK=Dictionary(R=90, BC=Array([0])), BS=Dictionary(W=2))
    form.text("code", (50, 20, 150, 32), MaxLen=5, Ff=1 << 24, Q=1)
    kids = [form.box((50 + 30 * n, 60, 62 + 30 * n, 72), b"s\xe9par\x8ee") for n in range(3)]
    form.group("état", kids, FT=Name.Btn, Ff=1 << 15)
    options = Array([Array([String("BRE"), String("Bretagne")]), String("Corse")])
    form.form.Fields.append(
        form.widget((50, 120, 150, 132), T=String("région"), FT=Name.Ch, Opt=options)
    )
    plain = {
        "compress_streams": False,
        "object_stream_mode": pikepdf.ObjectStreamMode.disable,
        "deterministic_id": True,
    }
    return {"made here": form.bytes(**plain), **found}
