"""The same forms and answers in ODK's own engine: a short version of the comparison.

`python -m tests.benchmarks.xforms_engine` is the long one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from forms.catalogue import catalogue
from tests.benchmarks.xforms_engine import expressions, tables
from tests.benchmarks.xforms_engine.comparing import Player, differences, lines
from tests.benchmarks.xforms_engine.engine import Engine, EngineMissing


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    try:
        started = Engine()
    except EngineMissing as error:
        pytest.skip(f"@getodk/xforms-engine cannot be had here: {error}")
    with started:
        yield started


@pytest.mark.parametrize("kind", expressions.EXPRESSIONS)
def test_expressions_give_the_same(kind: str, engine: Engine) -> None:
    agreed = [one for one in expressions.EXPRESSIONS[kind] if one not in expressions.MEANT]
    numbers = {f"/data/x{number}": expression for number, expression in enumerate(agreed)}
    found = differences(expressions.played(*agreed), engine)
    assert {numbers.get(one.path, one.path): (one.ours, one.theirs) for one in found} == {}


@pytest.mark.parametrize("name", tables.TABLES)
def test_questions_follow_each_other_the_same_way(name: str, engine: Engine) -> None:
    assert lines(differences(tables.played(name), engine)) == []


@pytest.mark.parametrize("department", ["", "29", "35"])
def test_choices_from_a_file_are_the_same(department: str, engine: Engine) -> None:
    player = tables.played_from_a_file(
        ("/data/dep", "29"), ("/data/ville", "quimper"), ("/data/dep", department)
    )
    assert lines(differences(player, engine)) == []


@pytest.mark.parametrize("form_id", [entry.id for entry in catalogue().entries()])
def test_the_catalogue_answered_at_random_stands_the_same(form_id: str, engine: Engine) -> None:
    player = Player(catalogue().form(form_id))
    player.at_random(random.Random(form_id), changes=20)
    assert lines(differences(player, engine)) == []
