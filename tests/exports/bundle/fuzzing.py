"""What may happen to the bytes of a bundle, and what must come of it: itself, or a refusal."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.workflows.sentences import has_own_sentence
from exports.bundle.envelope import decrypt, encrypt
from exports.bundle.errors import BundleError
from exports.bundle.identity import Identity
from exports.bundle.reader import OpenedBundle, read_bundle

_INTERESTING = (b"\0", b"\xff", b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\xff\xff\xff\xff", b'"', b"{")


@dataclass(frozen=True)
class Target:
    """A bundle, who opens it, and what it holds."""

    data: bytes
    reader: Identity
    opened: OpenedBundle

    @property
    def archive(self) -> bytes:
        """What the age file holds."""
        return decrypt(self.data, self.reader.age_secrets)

    def enclosed(self, archive: bytes) -> bytes:
        """Another archive, encrypted for the reader, as anybody could."""
        return encrypt(archive, [self.reader.party.recipient])


def target_of(data: bytes, reader: Identity) -> Target:
    """A whole bundle to be altered."""
    return Target(data, reader, read_bundle(data, reader, []))


def refused(target: Target, data: bytes) -> bool:
    """Whether altered bytes are refused, in words of their own; if not, they say the same.

    Raises:
        AssertionError: they are taken for another bundle, or the refusal has no words.
    """
    try:
        opened = read_bundle(data, target.reader, [])
    except BundleError as error:
        assert has_own_sentence(type(error)), type(error)
        return True
    assert opened.contents == target.opened.contents
    assert opened.sender == target.opened.sender
    return False


def mutated(content: bytes, drawn: random.Random) -> bytes:
    """Bytes altered in one to four places."""
    changed = bytearray(content)
    for _ in range(drawn.randint(1, 4)):
        drawn.choice(_CHANGES)(changed, drawn)
    return bytes(changed)


def flips(content: bytes, drawn: random.Random) -> Iterator[bytes]:
    """The bytes with each of them changed in turn."""
    for place in range(len(content)):
        yield (
            content[:place]
            + bytes((content[place] ^ drawn.randint(1, 255),))
            + content[place + 1 :]
        )


def fuzz(target: Target, rounds: int, seed: int) -> int:
    """Alter the archive inside, encrypt it again, read it; gives how often it was refused."""
    drawn, archive = random.Random(seed), target.archive
    return sum(refused(target, target.enclosed(mutated(archive, drawn))) for _ in range(rounds))


def _flip(content: bytearray, drawn: random.Random) -> None:
    if content:
        content[drawn.randrange(len(content))] ^= 1 << drawn.randrange(8)


def _overwrite(content: bytearray, drawn: random.Random) -> None:
    mark = drawn.choice(_INTERESTING)
    place = drawn.randrange(len(content) + 1)
    content[place : place + len(mark)] = mark


def _remove(content: bytearray, drawn: random.Random) -> None:
    place = drawn.randrange(len(content) + 1)
    del content[place : place + drawn.randint(1, 40)]


def _repeat(content: bytearray, drawn: random.Random) -> None:
    place = drawn.randrange(len(content) + 1)
    content[place:place] = content[place : place + drawn.randint(1, 200)]


def _cut(content: bytearray, drawn: random.Random) -> None:
    del content[drawn.randrange(len(content) + 1) :]


_CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _flip, _overwrite, _overwrite, _remove, _repeat, _cut,
)  # fmt: skip
