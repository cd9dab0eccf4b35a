"""What a user does in a vault, timed in a process of its own.

`python -m tests.benchmarks.vault_work FOLDER [unlocked|plain]`: for each line read, one round of
work, and one line of JSON, the seconds of each run by operation. `unlocked` is the vault with
SQLCipher’s memory neither locked nor wiped, `plain` the same one without its key either: SQLite.
"""

from __future__ import annotations

import functools
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import sqlcipher3.dbapi2 as sqlcipher

from tests.benchmarks.filled_vault import PASSPHRASE, UnlockedMemory
from tests.benchmarks.measuring import seconds
from vault.key_slots import accesses, keyfile
from vault.key_slots.kdf import Kdf
from vault.vault import Vault

OPENING, SEARCH, SAVE = (
    "open, its key derived",
    "search as you type",
    "save an answer, on the device",
)
READ, LIST, ADD = "read an application", "list 200 people", "add a person"
OPERATIONS = (OPENING, SEARCH, SAVE, READ, LIST, ADD)

Times = dict[str, list[float]]

_TYPED = (
    "ünal 48", "kervella", "da silva lu", "le goff", "47213", "œillet zo", "domiciliation",
    "zoë me", "nguyen maelle", "saric", "x",
)  # fmt: skip
_OPENINGS, _WORKED_ON, _ANSWERS, _ADDED = 5, 12, 12, 12


class Worker:
    """State: the other process; a context that ends it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.vault_work", folder, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def round(self) -> Times:
        """One round of work."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        times: Times = json.loads(self._process.stdout.readline())
        return times


def main() -> None:
    """Work, a round for each line read."""
    folder = Path(sys.argv[1])
    with ExitStack() as stack:
        for option in sys.argv[2:]:
            stack.enter_context(_OPTIONS[option]())
        stack.enter_context(derived_once(folder))
        chance = random.Random(20261123)
        for _ in sys.stdin:
            print(json.dumps(_round(folder, chance)), flush=True)


@contextmanager
def unlocked() -> Iterator[None]:
    """SQLCipher’s memory is as SQLite’s: it can be chosen once only in a process."""
    connect = functools.partial(sqlcipher.connect, factory=UnlockedMemory)
    with mock.patch.object(sqlcipher, "connect", connect):
        yield


@contextmanager
def plain() -> Iterator[None]:
    """Vaults are plain SQLite."""
    with unlocked(), mock.patch("vault.database.connection.give_key", lambda *_, **__: None):
        yield


_OPTIONS = {"unlocked": unlocked, "plain": plain}


@contextmanager
def derived_once(folder: Path) -> Iterator[None]:
    """The only slot's key is derived beforehand, and no slot is made anew for the time it took."""
    (slot,) = accesses.users_of(keyfile.read_key_file(folder))
    key = slot.kdf.derive(PASSPHRASE, slot.salt)
    with (
        # A copy each time: whoever derives a key wipes it.
        mock.patch.object(Kdf, "derive", lambda *_: bytes(bytearray(key))),
        mock.patch("vault.opening.raised", lambda kdf, _: kdf),
    ):
        yield


def _round(folder: Path, chance: random.Random) -> Times:
    times: Times = {operation: [] for operation in OPERATIONS}
    for _ in range(_OPENINGS):
        times[OPENING].append(seconds(lambda: Vault.unlock(folder, PASSPHRASE).lock()))
    vault = Vault.unlock(folder, PASSPHRASE)

    def time(operation: str, step: Callable[[], object]) -> None:
        times[operation].append(seconds(step))

    for words in _TYPED:
        for length in range(1, len(words) + 1):
            time(SEARCH, functools.partial(vault.search, words[:length], limit=12))
    people = vault.people.count()
    for _ in range(_WORKED_ON):
        offset = chance.randrange(people - 200)
        time(LIST, functools.partial(vault.people.all, limit=200, offset=offset))
        (person,) = vault.people.all(limit=1, offset=offset)
        for application in vault.applications.of_person(person.id):
            time(READ, functools.partial(vault.applications.get, application.id))
        for number in range(_ANSWERS):
            save = functools.partial(vault.applications.save_answers, application.id)
            answers = {"/data/identite/nom": "y" * (200 + number)}
            time(SAVE, functools.partial(save, answers, position=None, answered=1, total=20))
    for number in range(_ADDED):
        add = functools.partial(vault.people.add, family_name=f"Ünal-Banc {number}")
        time(ADD, functools.partial(add, given_names="Zoë", prison_number="1"))
    vault.lock()
    return times


if __name__ == "__main__":
    main()
