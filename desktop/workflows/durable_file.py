"""Writing a file that is there whole or not at all, even if the stick is pulled."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_durably(file: Path, content: bytes) -> None:
    """Write beside, flush to the device, then rename over the old file.

    Raises:
        OSError: the file could not be written whole; an older file of that name is untouched.
    """
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    # Windows cannot open a folder: there, the rename is flushed with the file system's journal.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
