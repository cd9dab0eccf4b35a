"""A vault's files copied as they are, encrypted, onto another place of the device."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from vault.database.refusals import flush_file

_CHUNK = 1024 * 1024


def copy_flushed(source: Path, target: Path, progress: Callable[[float], None]) -> None:
    """Copy a file's bytes and permissions; when the call returns they are on the device.

    Args:
        source: a file of a vault.
        target: its copy.
        progress: told how much is done, from 0 to 1.

    Raises:
        OSError: one of them refused.
    """
    size, done = source.stat().st_size, 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            writing.write(chunk)
            done += len(chunk)
            progress(done / size)
    shutil.copymode(source, target)
    flush_file(target)
