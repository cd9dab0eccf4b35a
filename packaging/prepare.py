"""Prepare a working copy: virtual environment from the lock file, system libraries checked.

Only the standard library is used: this runs on a machine that has Python, git and make alone.
Running it again does nothing until a lock file changes.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "prepared"
LOCK = ROOT / "requirements-dev.lock"
OLDEST = (3, 11)

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def main() -> int:
    """Prepare the working copy; say what is missing and how to get it.

    With the argument `window`, the libraries of a real window are checked too.
    """
    if sys.version_info < OLDEST:
        return stop("Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 …")
    libraries = dict(QT_LIBRARIES)
    if "window" in sys.argv[1:]:
        libraries |= WINDOW_LIBRARIES
    missing = missing_packages(libraries)
    if missing and not install(missing):
        return stop(f"system libraries are missing; run: {apt_command(missing)}")
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return 0
    return make_environment(wanted)


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """The Debian packages of the shared libraries that cannot be loaded."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def make_environment(wanted: str) -> int:
    """Make `.venv` from the lock file and install the project in it."""
    print("Preparing .venv from requirements-dev.lock (once) …", flush=True)
    if not (VENV / "bin" / "python").exists() or not has_pip():
        shutil.rmtree(VENV, ignore_errors=True)
        if not make_venv():
            package = "python3-venv"
            if not install([package]) or not make_venv():
                return stop(f"Python's venv module is incomplete; run: {apt_command([package])}")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
    steps = (
        [*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)],
        [*pip, "install", "--no-deps", "--no-build-isolation", "-q", "-e", str(ROOT)],
    )
    for step in steps:
        if subprocess.run(step, cwd=ROOT, check=False).returncode:
            return stop("the dependencies could not be installed; see the lines above")
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


def make_venv() -> bool:
    """Make an empty virtual environment; False where Debian split ensurepip off."""
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    return made.returncode == 0


def has_pip() -> bool:
    """Whether the virtual environment has pip."""
    probe = [str(VENV / "bin" / "python"), "-m", "pip", "--version"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def fingerprint() -> str:
    """What the environment was made from: the interpreter, the lock file, the entry points."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (LOCK, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def install(packages: list[str]) -> bool:
    """Install Debian packages where that is allowed without a password."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing system packages: {' '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
    done = subprocess.run(
        ["apt-get", "install", "-y", "-qq", *packages],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0


def apt_command(packages: list[str]) -> str:
    """The command that installs Debian packages."""
    return f"sudo apt-get install {' '.join(packages)}"


def stop(reason: str) -> int:
    """Say why nothing can be done, and fail."""
    print(f"prepare: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
