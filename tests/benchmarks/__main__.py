"""`make bench`: every measure in one run, as ratios side by side with the named peers."""

from __future__ import annotations

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
from tests.benchmarks.measuring import say


def main() -> None:
    """Run all the measures."""
    say("what", "ours / theirs = ratio", "goal")
    for part in (
        startup,
        keepassxc,
        window,
        vaults,
        filling,
        papers,
        letters,
        proposals,
        bundles,
        large_bundles,
        paper_codes,
        opening,
    ):
        part.measure()


if __name__ == "__main__":
    main()
