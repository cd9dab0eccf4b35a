"""The harms done to a locked vault's files: bytes, pages, ends, key file, log."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from vault.key_slots.recovery import RecoveryKey

PAGE = 4096

Files = dict[str, bytes]
Shown = frozenset[str]

_DATABASE, _LOG, _KEYS = "vault.db", "vault.db-wal", "vault.keys"
_FIRST_PAGES = 3
_TAIL = 200


@dataclass(frozen=True)
class Original:
    """A vault as bytes: locked, as it was before its last changes, and as a kill left it.

    Attributes:
        shown: all that was ever kept in it, as it is shown.
    """

    recovery: RecoveryKey
    now: Files
    older: Files
    killed: Files
    shown: Shown


@dataclass(frozen=True)
class Harmed:
    """The files of a vault after a harm.

    Attributes:
        may_pass: nothing in the files can tell it from what an honest program leaves.
    """

    files: Files
    what: str
    may_pass: bool = False


Harm = Callable[[Original, random.Random], Harmed]


def flipped(content: bytes, place: int, chance: random.Random) -> bytes:
    """A content with one bit of a byte changed."""
    return (
        content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
    )


def _byte_of_a_first_page(original: Original, chance: random.Random) -> Harmed:
    place = chance.randrange(_FIRST_PAGES * PAGE)
    return _database(original, flipped(original.now[_DATABASE], place, chance), f"byte {place}")


def _byte_of_any_page(original: Original, chance: random.Random) -> Harmed:
    place = chance.randrange(len(original.now[_DATABASE]))
    return _database(original, flipped(original.now[_DATABASE], place, chance), f"byte {place}")


def _byte_of_the_tail(original: Original, chance: random.Random) -> Harmed:
    place = len(original.now[_DATABASE]) - 1 - chance.randrange(_TAIL)
    return _database(original, flipped(original.now[_DATABASE], place, chance), f"byte {place}")


def _byte_of_the_key_file(original: Original, chance: random.Random) -> Harmed:
    content = original.now[_KEYS]
    place = chance.randrange(len(content))
    files = {**original.now, _KEYS: flipped(content, place, chance)}
    return Harmed(files, f"byte {place} of the key file")


def _cut(original: Original, chance: random.Random) -> Harmed:
    kept = chance.randrange(len(original.now[_DATABASE]))
    return _database(original, original.now[_DATABASE][:kept], f"cut to {kept}")


def _blank_page(original: Original, chance: random.Random) -> Harmed:
    return _page(original, chance, lambda _: bytes(PAGE), "blank")


def _noise_for_a_page(original: Original, chance: random.Random) -> Harmed:
    return _page(original, chance, lambda _: chance.randbytes(PAGE), "noise")


def _pages_exchanged(original: Original, chance: random.Random) -> Harmed:
    pages = _pages(original.now[_DATABASE])
    one, other = chance.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    return _database(original, b"".join(pages), f"pages {one + 1} and {other + 1} exchanged")


def _page_of_an_older_copy(original: Original, chance: random.Random) -> Harmed:
    then, now = _pages(original.older[_DATABASE]), _pages(original.now[_DATABASE])
    changed = [number for number, page in enumerate(then) if page != now[number]]
    number = chance.choice(changed)
    now[number] = then[number]
    # It was written by the vault itself, under its key, for this place of the file.
    return Harmed(
        {**original.now, _DATABASE: b"".join(now)}, f"page {number + 1} of before", may_pass=True
    )


def _log_left_by_a_kill(original: Original, chance: random.Random) -> Harmed:
    log = original.killed[_LOG]
    place = chance.randrange(len(log))
    harmed = flipped(log, place, chance) if chance.randrange(2) else log[:place]
    # What follows in the log is taken for what the kill kept from being written.
    return Harmed({**original.killed, _LOG: harmed}, f"log, byte {place}", may_pass=True)


HARMS: tuple[Harm, ...] = (
    _byte_of_a_first_page,
    _byte_of_any_page,
    _byte_of_the_tail,
    _byte_of_the_key_file,
    _cut,
    _blank_page,
    _noise_for_a_page,
    _pages_exchanged,
    _page_of_an_older_copy,
    _log_left_by_a_kill,
)


def name_of(harm: Harm) -> str:
    """What a harm is called, in words."""
    return harm.__name__.strip("_").replace("_", " ")


def _database(original: Original, content: bytes, what: str) -> Harmed:
    return Harmed({**original.now, _DATABASE: content}, what)


def _page(
    original: Original, chance: random.Random, made: Callable[[bytes], bytes], what: str
) -> Harmed:
    pages = _pages(original.now[_DATABASE])
    number = chance.randrange(len(pages))
    pages[number] = made(pages[number])
    return _database(original, b"".join(pages), f"page {number + 1} {what}")


def _pages(content: bytes) -> list[bytes]:
    return [content[start : start + PAGE] for start in range(0, len(content), PAGE)]
