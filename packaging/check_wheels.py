"""Check that every locked runtime dependency has a wheel for each PC the program runs on.

pip resolves without downloading (`--dry-run`), once for each system and each Python; the answer
is remembered until the lock file changes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
REMEMBERED = ROOT / ".venv" / "wheels-checked"
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    "win_amd64": ("win_amd64",),
    "manylinux x86-64": (
        *(f"manylinux_2_{minor}_x86_64" for minor in (39, 35, 34, 31, 28, 27, 26, 24, 17, 12, 5)),
        *(f"manylinux{year}_x86_64" for year in (2014, 2010, 1)),
    ),
}


def main() -> int:
    """Check all combinations; say which dependency has no wheel where."""
    wanted = hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if REMEMBERED.is_file() and REMEMBERED.read_text(encoding="utf-8") == wanted:
        print("wheels: unchanged since they were last checked")
        return 0
    pairs = [(system, python) for system in SYSTEMS for python in PYTHONS]
    with ThreadPoolExecutor(max_workers=2) as pool:
        complaints = list(pool.map(lambda pair: complaint(*pair), pairs))
    for text in filter(None, complaints):
        print(text, file=sys.stderr)
    if any(complaints):
        return 1
    REMEMBERED.write_text(wanted, encoding="utf-8")
    print(f"wheels: all there for {', '.join(SYSTEMS)}, CPython {', '.join(PYTHONS)}")
    return 0


def complaint(system: str, python: str) -> str:
    """What pip says is missing for one system and one Python; empty when nothing is."""
    platforms = [option for tag in SYSTEMS[system] for option in ("--platform", tag)]
    command = [
        sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps",
        "--only-binary", ":all:", "--require-hashes", "--disable-pip-version-check", "-q",
        "--target", str(ROOT / ".venv" / "no-such-folder"), "--python-version", python,
        "--implementation", "cp", *platforms, "-r", str(LOCK),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode == 0:
        return ""
    return f"wheels: {system}, CPython {python}:\n{done.stderr.strip()}"


if __name__ == "__main__":
    sys.exit(main())
