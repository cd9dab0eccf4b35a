"""Writing a file that is there whole or not at all, even if the stick is pulled."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

_FLUSH_EVERY = 32 * 1024 * 1024

_Result = TypeVar("_Result")


def write_durably(file: Path, content: bytes) -> None:
    """Write beside, flush to the device, then rename over the old file.

    Raises:
        OSError: the file could not be written whole; an older file of that name is untouched.
    """
    with _beside(file) as beside, _DeviceFile(beside) as stream:
        stream.write(content)


def write_and_check(
    file: Path,
    write: Callable[[BinaryIO], object],
    check: Callable[[BinaryIO], _Result],
) -> _Result:
    """Write beside, flush to the device, read back from it, then rename over the old file.

    Args:
        file: where.
        write: writes to a stream; what it raises is raised.
        check: reads what was written; what it returns is returned, what it raises is raised.

    Raises:
        OSError: the file could not be written whole.
    """
    with _beside(file) as beside:
        with _DeviceFile(beside) as stream:
            write(cast(BinaryIO, stream))
        with beside.open("rb") as written:
            _forget_cached(written.fileno())
            result = check(written)
    return result


@contextlib.contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A new file that takes the name in the end; whatever is raised leaves the old one."""
    # Those of a program killed while it wrote; their content is as encrypted as the file's.
    for left_over in file.parent.glob(f".{_escaped(file.name)}.*.part"):
        with contextlib.suppress(OSError):
            left_over.unlink()
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        yield beside
        beside.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)


class _DeviceFile(io.FileIO):
    """State: a new file, and how much of it may not have reached the device."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, "xb")
        self._unflushed = 0

    def write(self, data: Any, /) -> int:
        view = memoryview(data)
        size = len(view)
        while view:
            view = view[super().write(view) :]
        self._unflushed += size
        # A stick takes minutes for what the system kept back: flushed as it goes, the progress
        # shown is true, and the work can be given up.
        if self._unflushed >= _FLUSH_EVERY:
            os.fsync(self.fileno())
            self._unflushed = 0
        return size

    def close(self) -> None:
        if not self.closed:
            with contextlib.ExitStack() as stack:
                stack.callback(super().close)
                os.fsync(self.fileno())


def _forget_cached(descriptor: int) -> None:
    # Else what is read back would be the system's memory, not the stick. Windows has no such call.
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _flush_folder(folder: Path) -> None:
    # Windows cannot open a folder: there, the rename is flushed with the file system's journal.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
