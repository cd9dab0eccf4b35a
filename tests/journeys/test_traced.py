"""All that a journey writes, traced: no file, removed since or not, holds an invented name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_nothing_in_clear import NAMES, names_among, names_in

ROOT = Path(__file__).parents[2]
JOURNEY = "tests/journeys/test_nothing_in_clear.py::test_no_name_is_found_on_the_disk"
LONGEST = 1 << 24
OPENED = re.compile(
    r'(?:openat\(AT_FDCWD(?:<[^>]*>)?, |creat\()"([^"]*)"[^\n]*(?:O_WRONLY|O_RDWR|creat)'
)
WRITTEN = re.compile(r'p?write(?:64)?\(\d+<([^>]*)>, "([^"]*)"')
# What passes from one process of the program to another is in memory, like the rest of both.
BETWEEN_PROCESSES = (b"pipe:", b"socket:")


def test_nothing_that_is_written_holds_a_name(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "trace.txt"
    traced = subprocess.run(
        [
            "strace", "-f", "-y", "-qq", "-xx", "-s", str(LONGEST),
            "-e", "trace=openat,creat,write,pwrite64", "-o", str(log),
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
            "--basetemp", str(tmp_path / "journey"), JOURNEY,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if not log.exists() or not log.stat().st_size:
        pytest.skip("this machine does not let processes be traced")
    assert traced.returncode == 0, traced.stdout
    opened = {Path(os.fsdecode(path)) for path in matched(OPENED, log)}
    assert any(file.name == "vault.db" for file in opened)
    files = [file for file in sorted(opened) if file.is_file() and not _is_a_device(file)]
    assert [f"{name} in {file}" for file in files for name in names_in(file)] == []
    # What was written and removed again, by a printer's queue for instance, is in the trace alone.
    assert {name for content in written(log) for name in names_among(content)} == set()


def written(log: Path) -> Iterator[bytes]:
    """What a trace shows to have been written to files, pieces in the order they were."""
    for found in found_in(WRITTEN, log):
        if not _bytes(found[1]).startswith(BETWEEN_PROCESSES):
            yield _bytes(found[2])


def matched(kind: re.Pattern[str], log: Path) -> Iterator[bytes]:
    """What the last part of a pattern found in a trace, as the bytes it was."""
    for found in found_in(kind, log):
        yield _bytes(found[kind.groups])


def found_in(kind: re.Pattern[str], log: Path) -> Iterator[re.Match[str]]:
    """Where a pattern is in a trace."""
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            yield from kind.finditer(line)


def _bytes(spelled: str) -> bytes:
    return bytes.fromhex(spelled.replace("\\x", ""))


def test_the_trace_shows_what_was_removed(tmp_path: Path) -> None:
    log = tmp_path / "trace.txt"
    name = "".join(f"\\x{byte:02x}" for byte in NAMES[0].encode("utf-16-le"))
    pipe = "".join(f"\\x{byte:02x}" for byte in b"pipe:[12]")
    log.write_text(
        f'12 openat(AT_FDCWD, "\\x2f\\x61", O_WRONLY) = 3<\\x2f\\x61>\n'
        f'12 write(3<\\x2f\\x61>, "{name}", 22) = 22\n12 write(4<{pipe}>, "{name}", 22) = 22\n'
    )
    assert list(matched(OPENED, log)) == [b"/a"]
    assert [list(names_among(content)) for content in written(log)] == [[NAMES[0]]]


def _is_a_device(file: Path) -> bool:
    return str(file).startswith(("/dev/", "/proc/", "/sys/"))
