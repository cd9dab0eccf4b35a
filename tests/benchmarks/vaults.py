"""The vault at size: opening, searching, saving; SQLCipher beside plain SQLite."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.filled_vault import APPLICATIONS_EACH, PASSPHRASE
from tests.benchmarks.measuring import Goal, at_most, percentile, ratio, say, seconds
from tests.benchmarks.vault_work import OPENING, OPERATIONS, SAVE, SEARCH, Times, Worker
from vault.key_slots import accesses, keyfile
from vault.vault import Vault

_PEOPLE = 100_000
_ROUNDS = 5
_GOALS = {OPENING: (0.5, 150), SEARCH: (0.95, 20), SAVE: (0.95, 10)}
"""Which part of the runs, and within how many milliseconds."""


def measure() -> None:
    """Fill a vault of 100,000 people and 300,000 applications, and time what a user does in it."""
    with tempfile.TemporaryDirectory() as temporary:
        sealed, plain = Path(temporary) / "sealed", Path(temporary) / "plain"
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.filled_vault", sealed, str(_PEOPLE)],
            check=True,
        )
        (slot,) = accesses.users_of(keyfile.read_key_file(sealed))
        derivation = seconds(lambda: slot.kdf.derive(PASSPHRASE, slot.salt))
        _copy_plain(sealed, plain)
        size = sum(file.stat().st_size for file in sealed.iterdir()) / 1e6
        say(
            f"vault of {_PEOPLE:,} people, {_PEOPLE * APPLICATIONS_EACH:,} applications",
            f"{size:.0f} MB; derivation {derivation:.2f} s",
        )
        ours, unlocked, theirs = _rounds(
            Worker(sealed), Worker(sealed, "unlocked"), Worker(plain, "plain")
        )
    for operation, (part, limit) in _GOALS.items():
        _say_time(operation, ours, part, limit)
    say("the same vault: SQLCipher with memory locked and wiped / plain SQLite", "")
    for operation in OPERATIONS:
        _say_ratio(operation, ours, theirs)
    say("the same vault: SQLCipher, memory as SQLite’s / plain SQLite", "")
    for operation in OPERATIONS:
        _say_ratio(operation, unlocked, theirs)


def _rounds(*workers: Worker) -> tuple[list[Times], ...]:
    """What each worker took, in turn, so that a noisy machine slows all; the first fills caches."""
    rounds: tuple[list[Times], ...] = tuple([] for _ in workers)
    with ExitStack() as stack:
        for worker in workers:
            stack.enter_context(worker)
        for number in range(_ROUNDS + 1):
            for worker, times in zip(workers, rounds, strict=True):
                once = worker.round()
                if number:
                    times.append(once)
    return rounds


def _say_time(operation: str, rounds: list[Times], part: float, limit: float) -> None:
    # Other programs disturb a round, never the other way.
    calmest = min(percentile(times[operation], part) for times in rounds) * 1000
    name = "median" if part == 0.5 else f"p{part * 100:.0f}"
    goal = at_most(calmest, limit, " ms")
    say(f"   {operation}", f"{name} {calmest:.1f} ms", Goal(f"{name} {goal.words}", goal.met))


def _say_ratio(operation: str, ours: list[Times], theirs: list[Times]) -> None:
    mine, other = (
        min(statistics.median(times[operation]) for times in rounds) for rounds in (ours, theirs)
    )
    say(f"   {operation}", ratio(mine, other), at_most(mine / other, 1.3))


def _copy_plain(sealed: Path, plain: Path) -> None:
    """The same rows in a database without a key, and both written anew in the same order."""
    vault = Vault.unlock(sealed, PASSPHRASE)
    connection = vault._store.connection
    connection.execute("VACUUM")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    plain.mkdir()
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain / "vault.db"),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute(f"PRAGMA plain.user_version = {version}")
    connection.execute("DETACH DATABASE plain")
    vault.lock()
    shutil.copy(sealed / keyfile.FILE_NAME, plain / keyfile.FILE_NAME)
