"""`make bench`: every measure in one run, as ratios side by side with the named peers.

python -m tests.benchmarks               all of them
python -m tests.benchmarks vaults window  some of them

The exit code is 0 when each goal is met, 1 when one is not or a measure could not be taken.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from tests.benchmarks import (
    bundles,
    filling,
    keepassxc,
    large_bundles,
    letters,
    opening,
    paper_codes,
    papers,
    proposals,
    startup,
    vaults,
    window,
)
from tests.benchmarks.measuring import TABLE

PARTS = {
    "startup": startup.measure,
    "keepassxc": keepassxc.measure,
    "window": window.measure,
    "vaults": vaults.measure,
    "filling": filling.measure,
    "papers": papers.measure,
    "letters": letters.measure,
    "proposals": proposals.measure,
    "bundles": bundles.measure,
    "large_bundles": large_bundles.measure,
    "paper_codes": paper_codes.measure,
    "opening": opening.measure,
}


def main() -> int:
    """Run the measures that the arguments name, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parts = parser.parse_args().parts or list(PARTS)
    unknown = set(parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    begun = time.perf_counter()
    TABLE.begin()
    for part in parts:
        try:
            PARTS[part]()
        except Exception as error:  # noqa: BLE001 - said and counted; the other parts still run
            traceback.print_exc()
            TABLE.fail(part, error)
    return TABLE.end(time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
