"""Bundles altered by chance, everywhere and led by the code they reach; a gigabyte of scans.

What comes of an altered bundle is a refusal in words of its own, or the very same bundle.
"""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from exports.bundle.writer import write_bundle
from tests.exports.bundle.fuzzing import Target, flips, fuzz, refused, target_of
from tests.vectors.spoiling import (
    NEW_RELAY,
    NEW_STATION,
    RELAY,
    STATION,
    contents,
    parcel,
)

ROOT = Path(__file__).resolve().parents[2]
SEEDS = range(1, 11)
ROUNDS, SHORT = 50_000, 500
LED, SHORT_LED = 1_000_000, 2_000
MEGABYTES, SHORT_MEGABYTES = 1_000, 20
MEMORY = 200_000_000


def run(seed: int | None, *, short: bool) -> bool:
    """Flip every byte, cut every length, alter at random, then as atheris leads, if it is here."""
    well = True
    for one in (seed,) if seed is not None else SEEDS[:1] if short else SEEDS:
        begun = time.monotonic()
        count = _flipped(one, short=short)
        rounds = SHORT if short else ROUNDS
        for target in _targets():
            count += fuzz(target, rounds, one)
        led = _led(one, SHORT_LED if short else LED)
        well = well and led != "stopped"
        print(
            f"bundles, seed {one}: {count} refused in {time.monotonic() - begun:.0f} s, each in "
            f"its own words; atheris: {led}",
            flush=True,
        )
    return well


def run_gigabyte(seed: int | None, *, short: bool) -> bool:
    """Send, verify and take in scans, in under 200 MB of memory; the seed changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.desktop.workflows.carrying",
                folder,
                str(SHORT_MEGABYTES if short else MEGABYTES),
            ],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    said = json.loads(done.stdout)
    peak = said["received"]["peak"]
    steps = ", ".join(f"{name} {said[name]['seconds']:.0f} s" for name in ("sent", "received"))
    print(
        f"gigabyte: {said['size'] / 1e6:.0f} MB, {steps}, {peak / 1e6:.0f} MB of memory", flush=True
    )
    return bool(said["alike"]) and peak < MEMORY


def _targets() -> tuple[Target, Target]:
    several = contents(parcel(2), parcel(20, documents=3))
    return (
        target_of(write_bundle(several, STATION, [RELAY.party]), RELAY),
        target_of(write_bundle(contents(), NEW_STATION, [NEW_RELAY.party]), NEW_RELAY),
    )


def _flipped(seed: int, *, short: bool) -> int:
    """Every byte and every length of whole files, outside and inside their encryption."""
    drawn, count = random.Random(seed), 0
    for target in _targets():
        step = 50 if short else 1
        for number, altered in enumerate(flips(target.data, drawn)):
            if number % step == 0:
                assert refused(target, altered)
                count += 1
        for number, altered in enumerate(flips(target.archive, drawn)):
            if number % step == 0:
                count += refused(target, target.enclosed(altered))
        for length in range(0, len(target.data), step):
            assert refused(target, target.data[:length])
            count += 1
    return count


def _led(seed: int, runs: int) -> str:
    if importlib.util.find_spec("atheris") is None:
        return "not installed"
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.bundle_fuzzer", str(seed), str(runs)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
        return "stopped"
    return f"{runs} archives, nothing found"
