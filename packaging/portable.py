"""Build the portable folder with PyInstaller, then start it: its demonstration, its window.

`python packaging/portable.py`: leaves `dist/traitdunion/`, prints its size and how long it takes to
start, and fails when the packaged program does not do its job.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "traitdunion"
_STARTS = 5


def main() -> int:
    """Build, measure, try."""
    subprocess.run(
        [
            sys.executable, "-I", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build"),
            str(ROOT / "packaging" / "traitdunion.spec"),
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip
    files = [file for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files)
    print(f"size: {size / 1e6:.0f} MB in {FOLDER.relative_to(ROOT)}")
    starts = [start_window() for _ in range(_STARTS)]
    print(
        f"start to unlock window: median {statistics.median(starts):.2f} s "
        f"(first {starts[0]:.2f} s)"
    )
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/packaging"], cwd=ROOT, check=False
    ).returncode


def program(name: str) -> Path:
    """A program of the portable folder."""
    return FOLDER / (f"{name}.exe" if os.name == "nt" else name)


def start_window() -> float:
    """Open the packaged window once, without a screen; the seconds until it shows and leaves."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": home,
            "XDG_CONFIG_HOME": home,
        }
        begun = time.perf_counter()
        subprocess.run(
            [str(program("traitdunion-bureau")), "--quit-when-shown"],
            check=True,
            env=environment,
            capture_output=True,
        )
        return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
