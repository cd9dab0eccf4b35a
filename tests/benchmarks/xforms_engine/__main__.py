"""The whole comparison with ODK's engine: `python -m tests.benchmarks.xforms_engine [SEEDS]`."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from forms.catalogue import catalogue
from forms.definition import Form
from forms.reader import read_form
from tests.benchmarks.xforms_engine import expressions, tables
from tests.benchmarks.xforms_engine.comparing import Player, differences, lines
from tests.benchmarks.xforms_engine.engine import Engine, EngineFailed, EngineMissing
from tests.forms.language import definition

NOT_AT_RANDOM = frozenset({"repeats that are counted"})
"""Tables whose answers at random would mostly show what we mean otherwise: answers are kept."""


def main() -> int:
    """Compare all; the exit code is 1 where something differs that is not meant to."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    try:
        engine = Engine()
    except EngineMissing as error:
        print(f"skipped: {error}")
        return 0
    done = found = 0
    with engine:
        for what, player, meant in _cases(seeds):
            done += 1
            try:
                differing = lines(differences(player, engine))
            except EngineFailed as error:
                differing = [str(error).splitlines()[0]]
            if differing and not meant:
                found += 1
                print(what, *differing, sep="\n    ")
    print(f"{done} comparisons, {found} that differ and are not meant to")
    return 1 if found else 0


def _cases(seeds: int) -> Iterator[tuple[str, Player, bool]]:
    for group in expressions.EXPRESSIONS.values():
        for expression in group:
            yield expression, expressions.played(expression), expression in expressions.MEANT
    forms: dict[str, Form] = {}
    for name, (table, _) in tables.TABLES.items():
        yield name, tables.played(name), False
        if name not in NOT_AT_RANDOM:
            forms[name] = read_form(definition(table), file="essai.yaml")
    for entry in catalogue().entries():
        forms[entry.id] = catalogue().form(entry.id)
    for name, form in forms.items():
        for seed in range(seeds):
            player = Player(form)
            player.at_random(random.Random(seed), changes=30)
            yield f"{name}, answers of seed {seed}", player, False


if __name__ == "__main__":
    sys.exit(main())
