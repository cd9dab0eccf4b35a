"""PDFs that mean harm, or were damaged: a proposal or an error of ours, and soon."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.paper.errors import PaperError
from exports.paper.proposal.proposing import propose
from exports.paper.proposal.writing import write_form
from forms.reader import read_form
from tests.exports.paper.proposal.conftest import TODAY, Proposed, Sheet

Proposing = Callable[[Sheet | bytes], Proposed]


def test_a_page_crowded_with_boxes_and_print_is_read_soon(
    sheet: Sheet, proposed: Proposing
) -> None:
    for row in range(60):
        for column in range(24):
            x, y = 10 + column * 24, 20 + row * 13
            sheet.say(x, y, "ab", size=4)
            if column % 2:
                sheet.text(f"{row}.{column}", (x + 6, y, x + 18, y + 9))
            else:
                sheet.box(f"c{row}.{column}", x + 6, y)
    begun = time.perf_counter()
    form = proposed(sheet)
    assert form.proposal.questions
    assert time.perf_counter() - begun < 30


def test_boxes_on_top_of_each_other_and_out_of_the_page(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 700, "Prénoms :")
    for number in range(40):
        sheet.text(f"a{number}", (120, 697, 400, 711))
    sheet.text("far", (-1e9, -1e9, 1e9, 1e9))
    sheet.text("outside", (5000, 5000, 5100, 5020))
    sheet.text("nowhere", (100, 100, 100, 100))
    begun = time.perf_counter()
    form = proposed(sheet)
    assert time.perf_counter() - begun < 10
    assert "nowhere" in form.proposal.left_out
    texts = write_form(form.proposal)
    read_form(texts.form, file="form.yaml")


@pytest.mark.parametrize("seed", range(30))
def test_damaged_forms_are_proposed_or_refused(official_dir: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray((official_dir / "cerfa_14952-03_procuration.pdf").read_bytes())
    for _ in range(chance.choice((1, 20, 400))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 3 == 0:
        del content[chance.randrange(len(content)) :]
    try:
        proposal = propose(bytes(content), today=TODAY)
    except PaperError:
        return
    if proposal.asked:
        read_form(write_form(proposal).form, file="form.yaml")
