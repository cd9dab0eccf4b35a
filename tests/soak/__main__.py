"""`make soak`: the long trials, one after the other, or those that the arguments name.

python -m tests.soak                 all of them
python -m tests.soak kills           one
python -m tests.soak kills --seed 7  the trial of one seed, again
"""

from __future__ import annotations

import argparse
import sys

from tests.soak import bundles, damage, kills, pdfs

PARTS = {
    "kills": kills.run,
    "damage": damage.run,
    "pdfs": pdfs.run,
    "bundles": bundles.run,
    "gigabyte": bundles.run_gigabyte,
}
"""By name: given one seed or None for all, and whether to be short; whether all went well."""


def main() -> int:
    """Run the trials; the exit code says whether all went well."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--seed", type=int, help="one trial alone, as it was")
    parser.add_argument("--short", action="store_true", help="a little of each")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    chosen = options.parts or list(PARTS)
    well = [PARTS[part](options.seed, short=options.short) for part in chosen]
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
