"""How much memory programs may still take on this PC, without its system having to swap."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_UNKNOWN_KIB = 256 * 1024
_MEMINFO = Path("/proc/meminfo")


def available_memory_kib() -> int:
    """The memory that is free or can be freed at once, in KiB; 256 MiB where nobody tells."""
    if sys.platform == "win32":
        return _on_windows()
    try:
        lines = _MEMINFO.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, IndexError, StopIteration):
        return _UNKNOWN_KIB


class _MemoryStatus(ctypes.Structure):
    """`MEMORYSTATUSEX`, as GlobalMemoryStatusEx fills it."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total_physical", ctypes.c_uint64),
        ("available_physical", ctypes.c_uint64),
        ("total_page_file", ctypes.c_uint64),
        ("available_page_file", ctypes.c_uint64),
        ("total_virtual", ctypes.c_uint64),
        ("available_virtual", ctypes.c_uint64),
        ("available_extended_virtual", ctypes.c_uint64),
    )


def _on_windows() -> int:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    kernel: object = getattr(ctypes, "windll", None)
    fill = getattr(getattr(kernel, "kernel32", None), "GlobalMemoryStatusEx", None)
    if fill is None or not fill(ctypes.byref(status)):
        return _UNKNOWN_KIB
    return int(status.available_physical) // 1024
