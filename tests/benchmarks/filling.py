"""The form language: from an answer to all its consequences, side by side with ODK's engine."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence
from datetime import date

from forms.definition import Form
from forms.filling import Filling
from forms.reader import read_form
from tests.benchmarks.measuring import at_most, percentile, ratio, say, seconds, skip
from tests.benchmarks.xforms_engine.engine import Engine, EngineMissing, Step, xform_of

_QUESTIONS = 1000
_REPEATS = 50
_ANSWERS = 1500
_ROUNDS = 3


def measure() -> None:
    """Load a large form, then answer its questions at random, on both sides in turn."""
    text = _definition()
    form = read_form(text, file="banc")
    steps = _steps()
    try:
        engine = Engine(now=None)
    except EngineMissing as error:
        load, times = _ours(text, steps)
        _say_ours(load, times)
        skip("   the same in @getodk/xforms-engine", str(error))
        return
    loads, their_loads, times, their_times = [], [], [], []
    with engine:
        xform = xform_of(form)
        for _ in range(_ROUNDS):
            load, once = _ours(text, steps)
            loads.append(load)
            times += once
            played = engine.play(xform, [("count", "/data/r", _REPEATS), *steps], timed=True)
            their_loads.append(played.load / 1000)
            # The first step makes the occurrences: it is no answer.
            their_times += [one / 1000 for one in played.times[1:]]
    _say_ours(statistics.median(loads), times)
    say(
        "   load / @getodk/xforms-engine under Node",
        ratio(statistics.median(loads), statistics.median(their_loads)),
    )
    for name, part in (("median", 0.5), ("p95", 0.95), ("slowest", 1.0)):
        mine, other = percentile(times, part), percentile(their_times, part)
        say(
            f"   an answer, {name} / the engine’s",
            f"{mine * 1000:.2f} ms / {other * 1000:.2f} ms = {mine / other:.2f}",
        )


def _say_ours(load: float, times: Sequence[float]) -> None:
    say(f"form of {_QUESTIONS:,} questions and {_REPEATS} repeats: load", f"{load * 1000:.0f} ms")
    slow = percentile(times, 0.95) * 1000
    say(
        "   an answer and all its consequences, p95",
        f"{slow:.2f} ms, median {percentile(times, 0.5) * 1000:.2f} ms",
        at_most(slow, 5, " ms"),
    )


def _ours(text: str, steps: Sequence[Step]) -> tuple[float, list[float]]:
    """How long loading takes, and each answer with the state of all that it touches."""
    loaded: list[Filling] = []

    def load() -> None:
        form: Form = read_form(text, file="banc")
        loaded.append(Filling(form, today=date(2026, 1, 1)))

    loading = seconds(load)
    filling = loaded[0]
    for _ in range(_REPEATS):
        filling.add_repeat("/data/r")
    times = []
    for _, path, written in steps:
        value = int(written)
        begun = time.perf_counter()
        for touched in filling.set(path, value):
            if not touched.endswith("]"):
                filling.state(touched)
        times.append(time.perf_counter() - begun)
    return loading, times


def _steps() -> list[Step]:
    chance = random.Random(1)
    steps: list[Step] = []
    for _ in range(_ANSWERS):
        lot = chance.random()
        if lot < 0.01:
            path = "/data/q0"
        elif lot < 0.8:
            path = f"/data/q{chance.randrange(1, _QUESTIONS)}"
        else:
            path = f"/data/r[{chance.randrange(_REPEATS) + 1}]/a"
        steps.append(("set", path, str(chance.randrange(5))))
    return steps


def _definition() -> str:
    """A form in which every question has a condition and a constraint, in chains of ten.

    All of them read the first question too: one of its answers shows or hides almost everything.
    """
    lines = [
        'settings: {form_id: banc, version: "1", form_title: Banc, worth: preparation}',
        "survey:",
        "  - {type: integer, name: q0, label: Question 0, "
        'relevant: "true()", constraint: ". < 1000", constraint_message: Trop}',
    ]
    for number in range(1, _QUESTIONS):
        before = number - 1 if number % 10 else 0
        lines.append(
            f"  - {{type: integer, name: q{number}, label: Question {number}, "
            f'relevant: "${{q{before}}} >= 0 or ${{q0}} != 1", '
            f'constraint: ". < ${{q{before}}} + 1000", constraint_message: Trop}}'
        )
    lines += [
        "  - type: repeat",
        "    name: r",
        "    label: R",
        "    children:",
        "      - {type: integer, name: a, label: A}",
        '      - {type: integer, name: b, label: B, relevant: "${a} > 1", '
        'constraint: ". > ${a}", constraint_message: Trop peu}',
        '  - {type: calculate, name: total, calculation: "sum(${a})"}',
    ]
    return "\n".join(lines)
