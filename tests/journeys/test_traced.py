"""Every file that a whole journey opens for writing, traced: none holds an invented name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.test_nothing_in_clear import names_in

ROOT = Path(__file__).parents[2]
JOURNEY = "tests/journeys/test_nothing_in_clear.py::test_no_name_is_found_on_the_disk"
OPENED = re.compile(r'(?:openat\(AT_FDCWD, |creat\()"([^"]+)"[^\n]*(?:O_WRONLY|O_RDWR|creat)')


def test_no_file_opened_for_writing_holds_a_name(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "trace.txt"
    traced = subprocess.run(
        [
            "strace", "-f", "-qq", "-e", "trace=openat,creat", "-o", str(log),
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
    written = {Path(path) for path in OPENED.findall(log.read_text("utf-8", "replace"))}
    files = [file for file in sorted(written) if file.is_file() and not _is_a_device(file)]
    assert any(file.name == "vault.db" for file in written)
    found = [f"{name} in {file}" for file in files for name in names_in(file)]
    assert found == []


def _is_a_device(file: Path) -> bool:
    return str(file).startswith(("/dev/", "/proc/", "/sys/"))
