"""Start-up and memory beside KeePassXC, both in a real window under Xvfb; skipped where missing."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import ratio, say
from vault.vault import Vault, VaultKind

_NEEDED = ("keepassxc", "keepassxc-cli", "Xvfb", "xdotool")
_PASSPHRASE = "girafe lanterne octobre vinaigre"
_ROUNDS = 5
_PATIENCE = 20.0


def measure() -> None:
    """Time each program from its start to its window that asks for the passphrase."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        say("start-up and memory / KeePassXC", f"skipped: no {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        database = home / "banc.kdbx"
        subprocess.run(
            ["keepassxc-cli", "db-create", "-p", str(database)],
            input=f"{_PASSPHRASE}\n{_PASSPHRASE}\n",
            text=True,
            check=True,
            capture_output=True,
        )
        vault, _ = Vault.create(
            home / "coffre",
            kind=VaultKind.STATION,
            place="Brest",
            user="Banc",
            passphrase=_PASSPHRASE,
        )
        vault.lock()
        display = f":{90 + os.getpid() % 400}"
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "QT_QPA_PLATFORM": "xcb",
        }
        server = subprocess.Popen(
            ["Xvfb", display, "-screen", "0", "1280x800x24"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for_display(environment)
            ours = [sys.executable, "-m", "desktop.ui.app", "--vault", str(home / "coffre")]
            theirs = ["keepassxc", str(database)]
            mine = [_shown(ours, environment) for _ in range(_ROUNDS)]
            other = [_shown(theirs, environment) for _ in range(_ROUNDS)]
        finally:
            server.terminate()
            server.wait()
    say(
        "start-up to the unlock window / KeePassXC’s",
        ratio(
            statistics.median(one for one, _ in mine), statistics.median(one for one, _ in other)
        ),
        "≤ 1.5",
    )
    memory = statistics.median(one for _, one in mine)
    their_memory = statistics.median(one for _, one in other)
    say(
        "   memory then / KeePassXC’s",
        f"{memory:.0f} MB / {their_memory:.0f} MB = {memory / their_memory:.2f}",
        "≤ 1.0",
    )


def _wait_for_display(environment: dict[str, str]) -> None:
    begun = time.perf_counter()
    while time.perf_counter() - begun < _PATIENCE:
        asked = subprocess.run(
            ["xdotool", "getdisplaygeometry"], env=environment, capture_output=True, check=False
        )
        if asked.returncode == 0:
            return


def _shown(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until a window of the program is visible, and its memory then, in MB.

    Each run has its own runtime folder: a program that allows one instance of itself leaves a
    lock behind when it is stopped.
    """
    with tempfile.TemporaryDirectory() as runtime:
        return _timed(command, {**environment, "XDG_RUNTIME_DIR": runtime, "TMPDIR": runtime})


def _timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    begun = time.perf_counter()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - begun < _PATIENCE:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(program.pid), "--name", "."],
                env=environment,
                capture_output=True,
                check=False,
            )
            if found.stdout.strip():
                break
        taken = time.perf_counter() - begun
        status = Path(f"/proc/{program.pid}/status").read_text("ascii")
        memory = int(status.split("VmRSS:")[1].split()[0]) / 1024
    finally:
        program.terminate()
        program.wait(10)
    return taken, memory
