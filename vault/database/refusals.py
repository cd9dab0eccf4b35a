"""What the file system refuses, told apart: full, read-only, forbidden, gone."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vault.errors import (
    AccessForbidden,
    DeviceFails,
    DiskFull,
    FolderGone,
    FolderReadOnly,
    VaultFolderUnwritable,
)

_NEARLY_NOTHING = 64 * 1024

_KINDS: dict[int, type[VaultFolderUnwritable]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EROFS: FolderReadOnly,
    errno.EACCES: AccessForbidden,
    errno.EPERM: AccessForbidden,
    errno.EIO: DeviceFails,
    errno.ENOENT: FolderGone,
    errno.ENODEV: FolderGone,
    errno.ENXIO: FolderGone,
    errno.ENOMEDIUM if hasattr(errno, "ENOMEDIUM") else errno.ENODEV: FolderGone,
}


def refusal(error: OSError) -> VaultFolderUnwritable:
    """The vault's error for one of the system's."""
    return _KINDS.get(error.errno or 0, VaultFolderUnwritable)(str(error))


@contextmanager
def reachable() -> Iterator[None]:
    """Tell any refusal of the file system as a `VaultFolderUnwritable`, as near as it can be."""
    try:
        yield
    except OSError as error:
        raise refusal(error) from error


def flush_file(file: Path) -> None:
    """Put a file's content on the device, and let it be read back from there, not from memory."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Put a folder's names on the device, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refusal_of_file(file: Path) -> VaultFolderUnwritable:
    """Why SQLite could not open or write a file, for it says no more than that."""
    folder = file.parent
    try:
        folder.stat()
        if hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY:
            return FolderReadOnly(str(folder))
        if not _allowed(folder, os.W_OK | os.X_OK):
            return AccessForbidden(str(folder))
        if file.exists() and not _allowed(file, os.R_OK | os.W_OK):
            return AccessForbidden(str(file))
        if shutil.disk_usage(folder).free < _NEARLY_NOTHING:
            return DiskFull(str(folder))
    except OSError as error:
        return refusal(error)
    return VaultFolderUnwritable(str(folder))


def _allowed(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)
