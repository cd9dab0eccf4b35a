"""Damaged forms by the hundred: each is filled, or refused in our own words."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exports.paper.errors import PaperError
from exports.paper.official.fields import inspect
from exports.paper.official.filling import fill

MUTANTS = 100
SCRAPS = (b"/Kids", b"<<", b">>", b"[", b"]", b" 4 0 R ", b" null ", b"-9e99", b"(\xff\xfe\xd8)")


@pytest.fixture(scope="module")
def whole() -> Callable[[Any], bytes]:
    """A form with a little of everything, written so that every byte counts."""

    def make(form: Any) -> bytes:
        form.text("nom", MK=Dictionary(R=90, BC=Array([0])), BS=Dictionary(W=2))
        form.text("code", (50, 20, 150, 32), MaxLen=5, Ff=1 << 24, Q=1)
        kids = [form.box((50 + 30 * n, 60, 62 + 30 * n, 72), b"s\xe9par\x8ee") for n in range(3)]
        form.group("état", kids, FT=Name.Btn, Ff=1 << 15)
        options = Array([Array([String("BRE"), String("Bretagne")]), String("Corse")])
        form.form.Fields.append(
            form.widget((50, 120, 150, 132), T=String("région"), FT=Name.Ch, Opt=options)
        )
        return bytes(
            form.bytes(compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        )

    return make


@pytest.mark.filterwarnings("ignore::pikepdf.PikepdfWarning")
@pytest.mark.parametrize("seed", range(4))
def test_a_mutant_is_filled_or_refused(
    form_pdf: Any, whole: Callable[[Any], bytes], seed: int
) -> None:
    chance = random.Random(seed)
    original = whole(form_pdf(pages=2))
    for _ in range(MUTANTS // 4):
        mutant = bytearray(original)
        for _ in range(chance.choice((1, 3, 10, 40))):
            _damage(mutant, chance)
        try:
            form = inspect(bytes(mutant))
            fill(bytes(mutant), {one.name: (*one.options, "Zoë")[0] for one in form.fields})
        except PaperError:
            continue


def _damage(mutant: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(mutant))
    kind = chance.randrange(4)
    if kind == 0:
        mutant[place] = chance.randrange(256)
    elif kind == 1:
        del mutant[place : place + chance.randrange(1, 30)]
    elif kind == 2:
        mutant[place:place] = chance.choice(SCRAPS)
    else:
        source = chance.randrange(len(mutant))
        mutant[place : place + 10] = mutant[source : source + 10]
