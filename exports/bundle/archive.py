"""The ZIP inside a bundle: written and read as a stream, within bounds, never extracted."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Self

from exports.bundle.content import PIECE_SIZE, Content, Progress, pieces_of
from exports.bundle.envelope import in_bundle_words
from exports.bundle.errors import (
    BundleDamaged,
    BundleTampered,
    BundleTooLarge,
    ExpandsTooMuch,
    TooManyMembers,
)
from exports.bundle.hashing import PassingHash
from exports.bundle.manifest import MANIFEST, MOST_MEMBERS, SIGNATURE, Member

MAXIMUM_SIZE = 2_000_000_000
"""Of a file, and of all its members together."""
MAXIMUM_MEMBER = 100 * 1024 * 1024
MAXIMUM_TEXT = 4 * 1024 * 1024
"""Of a text: answers, a form, a receipt, a person; and of the signature."""
MAXIMUM_TEXTS = 64 * 1024 * 1024
"""Of all the texts together: they are read into memory."""
MAXIMUM_MANIFEST = 8 * 1024 * 1024
MAXIMUM_RATIO = 200
_SPARE = 4096

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(
    rf"manifest\.json|manifest\.sig|receipt\.json|transfer\.json|documents/{_UUID}|"
    rf"applications/{_UUID}/(?:answers\.json|form\.yaml|form\.pdf|documents/{_UUID})"
)
_TEXT_ENDINGS = (".json", ".yaml", ".sig")


class ArchiveWriter:
    """State: a ZIP being written, entry after entry, to a stream that need not go back.

    Left without an error, it has its directory; the target stays open.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(target, "w")
        self._total = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._archive.close()
        else:
            # Else it would write its directory when it is collected, to a target long closed.
            self._archive.fp = None

    def add(self, path: str, content: Content, progress: Progress | None = None) -> Member:
        """Write one file, and give what the manifest says of it.

        Args:
            path: where.
            content: read in pieces.
            progress: told the bytes of all the files so far.

        Raises:
            BundleTooLarge: it, or all of them together, are larger than a bundle may hold.
        """
        entry = zipfile.ZipInfo(path, _EPOCH)
        entry.external_attr = 0o600 << 16
        # Scans are compressed already; texts shrink well.
        packed = path.endswith((".json", ".yaml"))
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        sha256, size = PassingHash(), 0
        with self._archive.open(entry, "w") as stream:
            for piece in pieces_of(content):
                size += len(piece)
                self._total += len(piece)
                if size > largest(path) or self._total > MAXIMUM_SIZE:
                    raise BundleTooLarge
                sha256.update(piece)
                stream.write(piece)
                if progress is not None:
                    progress(self._total)
        return Member(path, size, sha256.hexdigest())


class ArchiveReader:
    """State: a ZIP whose entries are within bounds; their content is not read yet.

    Attributes:
        paths: of its files, in the order they lie.
    """

    def __init__(self, source: BinaryIO) -> None:
        """Read the directory of a ZIP.

        Raises:
            BundleDamaged: it is no ZIP.
            BundleTampered: a path that the format does not know, or one given twice.
            BundleTooLarge: more files or bytes than a bundle may have; or one of its kinds.
        """
        with _translating():
            self._archive = zipfile.ZipFile(source)
        entries = sorted(self._archive.infolist(), key=lambda entry: entry.header_offset)
        _check_bounds(entries)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.filename in self._entries or not _PATH.fullmatch(entry.filename):
                raise BundleTampered
            # Encrypted, or packed in a way nobody needs.
            if entry.flag_bits & 1 or entry.compress_type not in (0, zipfile.ZIP_DEFLATED):
                raise BundleDamaged
            self._entries[entry.filename] = entry
        self.paths = tuple(self._entries)

    def pieces(self, path: str) -> Iterator[bytes]:
        """The content of a file, piece by piece.

        Raises:
            BundleDamaged: there is no such file, or it cannot be read whole.
        """
        entry = self._entries.get(path)
        if entry is None:
            raise BundleDamaged
        left = entry.file_size
        with _translating(), self._archive.open(entry) as stream:
            while piece := stream.read(min(PIECE_SIZE, left + 1)):
                left -= len(piece)
                if left < 0:
                    raise BundleDamaged
                yield piece
        if left:
            raise BundleDamaged

    def read(self, path: str) -> bytes:
        """The content of a file, whole; raises as `pieces`."""
        return b"".join(self.pieces(path))


def largest(path: str) -> int:
    """How many bytes the file of a path may have."""
    if path == MANIFEST:
        return MAXIMUM_MANIFEST
    return MAXIMUM_TEXT if path.endswith(_TEXT_ENDINGS) else MAXIMUM_MEMBER


@contextmanager
def _translating() -> Iterator[None]:
    # What zipfile raises when it is given what is no ZIP, or nearly one.
    damaged = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError)
    try:
        with in_bundle_words():
            yield
    except (*damaged, RuntimeError, OverflowError, EOFError) as error:
        raise BundleDamaged from error


def _check_bounds(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_MEMBERS + len((MANIFEST, SIGNATURE)):
        raise TooManyMembers
    for entry in entries:
        if entry.file_size > entry.compress_size * MAXIMUM_RATIO + _SPARE:
            raise ExpandsTooMuch
        if entry.file_size > largest(entry.filename):
            raise BundleTooLarge
    texts = sum(entry.file_size for entry in entries if entry.filename.endswith(_TEXT_ENDINGS))
    if texts > MAXIMUM_TEXTS or sum(entry.file_size for entry in entries) > MAXIMUM_SIZE:
        raise BundleTooLarge
