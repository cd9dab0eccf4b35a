"""Several receipts for one station in one `.accuse` file: a ZIP of receipts, each sealed alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from exports.bundle.errors import BundleDamaged, BundleTooLarge

MOST_RECEIPTS = 500
MOST_BYTES = 64 * 1024 * 1024
_START = b"PK\x03\x04"
_LOCAL_HEADER = 30  # bytes before a name (APPNOTE 4.3.7)
# The same receipts give the same bytes, and say nothing of when they were written.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_group(receipts: Sequence[bytes]) -> bytes:
    """One file for several receipts; a receipt alone stays as it is.

    Args:
        receipts: as `write_receipt` gives them: encrypted and signed, each on its own.
    """
    if len(receipts) == 1:
        return receipts[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, receipt in enumerate(receipts, start=1):
            archive.writestr(zipfile.ZipInfo(_name(number), _EPOCH), receipt)
    return out.getvalue()


def read_group(data: bytes) -> tuple[bytes, ...]:
    """The receipts of a file, each still sealed; a file that is no group is a receipt alone.

    Raises:
        BundleDamaged: the group cannot be read, or holds something else.
        BundleTooLarge: it holds more, or larger, than any group of ours.
    """
    if not data.startswith(_START):
        return (data,)
    if len(data) > MOST_BYTES:
        raise BundleTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_RECEIPTS:
                raise BundleTooLarge
            if not _is_whole(members, archive.start_dir):
                raise BundleDamaged
            return tuple(archive.read(member) for member in members)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BundleDamaged from error


def _is_whole(members: Sequence[zipfile.ZipInfo], directory_at: int) -> bool:
    # Stored, not compressed, one behind the other from the first byte to the directory: a damaged
    # directory that forgets a receipt is no smaller group.
    place = 0
    for number, member in enumerate(members, start=1):
        if (
            member.compress_type != zipfile.ZIP_STORED
            or member.file_size != member.compress_size
            or member.filename != _name(number)
            or member.header_offset != place
        ):
            return False
        place += _LOCAL_HEADER + len(member.filename) + member.file_size
    return 0 < place == directory_at


def _name(number: int) -> str:
    return f"{number}.accuse"
