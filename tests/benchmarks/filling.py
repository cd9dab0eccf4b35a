"""The form language: from an answer to all its consequences, on a form of 1,000 questions."""

from __future__ import annotations

import random
import statistics
from datetime import date

from forms.filling import Filling
from forms.reader import read_form
from tests.benchmarks.measuring import percentile, say, seconds

_QUESTIONS = 1000
_REPEATS = 50


def measure() -> None:
    """Load a large form, then answer its questions at random."""
    lines = [
        'settings: {form_id: banc, version: "1", form_title: Banc, worth: preparation}',
        "survey:",
        "  - {type: integer, name: q0, label: Question 0}",
    ]
    for number in range(1, _QUESTIONS):
        before = number - 1 if number % 10 else 0
        lines.append(
            f"  - {{type: integer, name: q{number}, label: Question {number}, "
            f'relevant: "${{q{before}}} >= 0 or ${{q0}} = 1", '
            f'constraint: ". < ${{q{before}}} + 1000", constraint_message: Trop}}'
        )
    lines += [
        "  - type: repeat",
        "    name: r",
        "    label: R",
        "    children:",
        "      - {type: integer, name: a, label: A}",
        '      - {type: integer, name: b, label: B, relevant: "${a} > 1"}',
        '  - {type: calculate, name: total, calculation: "sum(${a})"}',
    ]
    text = "\n".join(lines)
    forms = []
    load = seconds(lambda: forms.append(read_form(text, file="banc")))
    filling = Filling(forms[0], today=date(2026, 1, 1))
    for _ in range(_REPEATS):
        filling.add_repeat("/data/r")
    chance = random.Random(1)
    times = []
    for _ in range(1500):
        path = (
            f"/data/q{chance.randrange(_QUESTIONS)}"
            if chance.random() < 0.8
            else f"/data/r[{chance.randrange(_REPEATS) + 1}]/a"
        )
        value = chance.randrange(5)
        times.append(
            seconds(lambda path=path, value=value: filling.set(path, value))  # type: ignore[misc]  # bound now
        )
    say("form of 1,000 questions and 50 repeats: load", f"{load * 1000:.0f} ms")
    say(
        "   an answer and all its consequences",
        f"median {statistics.median(times) * 1000:.2f} ms, "
        f"p95 {percentile(times, 0.95) * 1000:.2f} ms",
        "p95 < 5 ms",
    )
