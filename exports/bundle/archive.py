"""The ZIP inside a bundle: written the same each time, read within bounds, never extracted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from exports.bundle.errors import BundleDamaged, BundleTampered, BundleTooLarge
from exports.bundle.manifest import MOST_MEMBERS

MAXIMUM_SIZE = 512 * 1024 * 1024
MAXIMUM_EXPANDED = 1024 * 1024 * 1024
MAXIMUM_RATIO = 200

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(
    rf"manifest\.json|manifest\.sig|receipt\.json|applications/{_UUID}/"
    rf"(?:answers\.json|form\.yaml|form\.pdf|documents/{_UUID})"
)


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files, sorted by path, all with the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.external_attr = 0o600 << 16
            # Scans are compressed already; texts shrink well.
            packed = path.endswith((".json", ".yaml"))
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(entry, files[path])
    return out.getvalue()


def read_archive(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP, by path.

    Raises:
        BundleDamaged: it is no ZIP, or one of its files cannot be read.
        BundleTampered: a path that the format does not know, or one given twice.
        BundleTooLarge: more files or bytes than a bundle may have.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise BundleDamaged from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS + 2:
        raise BundleTooLarge
    total = 0
    for entry in entries:
        total += entry.file_size
        if entry.file_size > max(entry.compress_size, 1) * MAXIMUM_RATIO + 4096:
            raise BundleTooLarge
    if total > MAXIMUM_EXPANDED:
        raise BundleTooLarge
    files: dict[str, bytes] = {}
    for entry in entries:
        if entry.filename in files or not _PATH.fullmatch(entry.filename):
            raise BundleTampered
        if entry.flag_bits & 1:
            raise BundleDamaged
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
        if len(data) != entry.file_size:
            raise BundleDamaged
        files[entry.filename] = data
    return files
