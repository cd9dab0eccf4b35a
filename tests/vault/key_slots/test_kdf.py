"""What a derivation may cost."""

from __future__ import annotations

import pytest

from vault.key_slots.kdf import Kdf

MIB = 1024


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        pytest.param(64 * MIB - 1, 3, 4, id="less than 64 MiB"),
        pytest.param(64 * MIB, 2, 4, id="two passes"),
        pytest.param(64 * MIB, 3, 0, id="no lane"),
        pytest.param(4096 * MIB + 1, 3, 4, id="more memory than our PCs have"),
        pytest.param(64 * MIB, 65, 4, id="more passes than anyone waits for"),
        pytest.param(64 * MIB, 3, 17, id="too many lanes"),
    ],
)
def test_out_of_bounds_is_refused(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        Kdf(memory_kib, passes, lanes)


def test_the_default_is_the_floor() -> None:
    assert Kdf() == Kdf(64 * MIB, 3, 4)


def test_argon2id_agrees_with_the_reference_program() -> None:
    # printf password | argon2 somesaltsomesalt -id -t 3 -k 65536 -p 4 -l 32 -r
    assert Kdf(64 * MIB, 3, 4).derive("password", b"somesaltsomesalt").hex() == (
        "81db97a7e67a891784a2599bc879f957cb3512d273984bd97d8a18fc59ff01e2"
    )
