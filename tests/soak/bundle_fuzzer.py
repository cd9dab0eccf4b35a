"""A program of its own: atheris leads the archive of a bundle wherever the reader's code goes.

`python -m tests.soak.bundle_fuzzer SEED RUNS`; it ends with exit code 0 when nothing was found.
It runs where atheris was installed by hand (it has no wheel for Windows, nor a place in the lock).
What it is fed is what the encryption holds, as anybody who can write to the reader may choose it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["exports.bundle", "zipfile"]):
    from exports.bundle.errors import BundleError
    from exports.bundle.reader import read_bundle
    from exports.bundle.writer import write_bundle

from tests.exports.bundle.fuzzing import Target, target_of
from tests.vectors.spoiling import RELAY, STATION, contents, parcel


def main(seed: int, runs: int) -> None:
    """Read altered archives, so many times."""
    targets = [
        target_of(write_bundle(contents(*parcels), STATION, [RELAY.party]), RELAY)
        for parcels in ((parcel(documents=0),), (parcel(2), parcel(20, documents=2)))
    ]
    with tempfile.TemporaryDirectory() as corpus:
        for number, target in enumerate(targets):
            (Path(corpus) / str(number)).write_bytes(target.archive)
        options = [f"-runs={runs}", f"-seed={seed}", "-max_len=20000", "-verbosity=0", corpus]
        atheris.Setup([sys.argv[0], *options], lambda data: read(targets, data))
        atheris.Fuzz()


def read(targets: list[Target], archive: bytes) -> None:
    """One archive: refused, or one of the bundles that their sender signed."""
    try:
        opened = read_bundle(targets[0].enclosed(archive), RELAY, [])
    except BundleError:
        return
    assert opened.contents in [target.opened.contents for target in targets]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
