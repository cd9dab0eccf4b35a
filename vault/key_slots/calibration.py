"""What deriving a key from a passphrase should cost on this PC: about one second, in its memory.

A derivation at the floor is timed, then one of about a third of a second, for large memory is
slower than small; the rest is computed: Argon2id's time grows with memory times passes. Memory
comes first, for it is what costs an attacker (RFC 9106, section 4), up to a quarter of what is free
here and to half a gibibyte, so that the vault also opens on a smaller PC; then passes. When an
opening took less than half as long as it should, the PC is stronger than the one that chose: that
user's slot is made anew. Nothing is ever lowered.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from vault.key_slots.available_memory import available_memory_kib
from vault.key_slots.kdf import MAXIMUM_PASSES, MINIMUM_MEMORY_KIB, SALT_SIZE, Kdf

TARGET_SECONDS = 1.0
MOST_MEMORY_KIB = 512 * 1024

_SHARE_OF_FREE_MEMORY = 4
_WORTH_CHANGING = 2
_TRIAL = 0.3
_SHORTEST_MEASURED = 0.001
_MIB = 1024


def measured_seconds(kdf: Kdf) -> float:
    """How long one derivation takes here, in seconds."""
    began = time.perf_counter()
    kdf.derive("calibration", bytes(SALT_SIZE))
    return time.perf_counter() - began


def calibrated(
    *,
    seconds_of: Callable[[Kdf], float] = measured_seconds,
    free_kib: Callable[[], int] = available_memory_kib,
) -> Kdf:
    """The cost that takes about a second on this PC; the floor on a PC that is slower.

    Args:
        seconds_of: times one derivation.
        free_kib: the memory that programs may still take, in KiB.
    """
    floor, free = Kdf(), free_kib()
    trial = _affordable(floor, _work_in(_TRIAL, floor, seconds_of(floor)), free)
    return _affordable(floor, _work_in(1.0, trial, seconds_of(trial)), free)


def raised(kdf: Kdf, seconds: float, *, free_kib: Callable[[], int] = available_memory_kib) -> Kdf:
    """The cost for a slot that just took so long to open; the same unless far below a second.

    Args:
        kdf: what it costs now.
        seconds: how long that took on this PC.
        free_kib: the memory that programs may still take, in KiB.
    """
    stronger = _affordable(kdf, _work_in(1.0, kdf, seconds), free_kib())
    return stronger if _work(stronger) >= _WORTH_CHANGING * _work(kdf) else kdf


def _work_in(share: float, kdf: Kdf, seconds: float) -> float:
    return share * _work(kdf) * TARGET_SECONDS / max(seconds, _SHORTEST_MEASURED)


def _affordable(kdf: Kdf, work: float, free_kib: int) -> Kdf:
    ceiling = min(MOST_MEMORY_KIB, max(free_kib // _SHARE_OF_FREE_MEMORY, MINIMUM_MEMORY_KIB))
    affordable = int(work / kdf.passes) // _MIB * _MIB
    memory = max(kdf.memory_kib, min(affordable, ceiling))
    passes = max(kdf.passes, min(int(work / memory), MAXIMUM_PASSES))
    return Kdf(memory, passes, kdf.lanes)


def _work(kdf: Kdf) -> int:
    return kdf.memory_kib * kdf.passes
