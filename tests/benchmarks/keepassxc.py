"""Start-up and memory beside KeePassXC, both in a real window under Xvfb; skipped where missing."""

from __future__ import annotations

import base64
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.filled_vault import PASSPHRASE
from tests.benchmarks.measuring import at_most, ratio, say, skip
from tests.benchmarks.unlocking import OPEN
from vault.vault import Vault, VaultKind

_NEEDED = ("keepassxc", "keepassxc-cli", "Xvfb", "xdotool")
_RECORDS = 1000
_ROUNDS = 7
_PATIENCE = 60.0


@dataclass(frozen=True)
class _Program:
    """How a program is started, the title of the window it comes to, what is typed beforehand."""

    command: tuple[str, ...]
    title: str
    typed: str = ""


@dataclass(frozen=True)
class _Shown:
    """How long a window took, in seconds; the memory its program has then, in MB."""

    seconds: float
    memory: float


def measure() -> None:
    """Time each program to its window that asks for the passphrase, then to its unlocked list."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        skip("start-up and memory / KeePassXC", f"no {', '.join(missing)}")
        return
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        vault, database = home / "coffre", home / "banc.kdbx"
        _make_vault(vault)
        _make_database(database, home / "banc.xml")
        window = (sys.executable, "-m", "desktop.ui.app", "--vault", str(vault))
        unlocking = (sys.executable, "-m", "tests.benchmarks.unlocking", str(vault), PASSPHRASE)
        with _display(home) as environment:
            _compare(
                "start-up to the unlock window / KeePassXC’s",
                _Program(window, "Trait"),
                _Program(("keepassxc", str(database)), "KeePassXC"),
                environment,
            )
            _compare(
                f"start-up to the unlocked list, {_RECORDS:,} records / KeePassXC’s",
                _Program(unlocking, OPEN),
                _Program(
                    ("keepassxc", "--pw-stdin", str(database)), r"banc[^L]*KeePassXC", PASSPHRASE
                ),
                environment,
            )


def _compare(what: str, ours: _Program, theirs: _Program, environment: dict[str, str]) -> None:
    mine, other = [], []
    # The first of each reads the disk.
    for number in range(_ROUNDS + 1):
        one, another = _shown(ours, environment), _shown(theirs, environment)
        if number:
            mine.append(one)
            other.append(another)
    shown, their_shown = (statistics.median(one.seconds for one in all) for all in (mine, other))
    held, their_held = (statistics.median(one.memory for one in all) for all in (mine, other))
    say(what, ratio(shown, their_shown), at_most(shown / their_shown, 1.5))
    figure = f"{held:.0f} MB / {their_held:.0f} MB = {held / their_held:.2f}"
    say("   memory then", figure, at_most(held / their_held, 1.0))


def _make_vault(folder: Path) -> None:
    vault, _ = Vault.create(
        folder,
        kind=VaultKind.STATION,
        place="Brest",
        user="Banc",
        passphrase=PASSPHRASE,
    )
    with vault.transaction():
        for number in range(_RECORDS):
            vault.people.add(
                family_name=f"Ünal-{number}", given_names="Zoë", prison_number=str(number)
            )
    vault.lock()


def _make_database(file: Path, xml: Path) -> None:
    """As many records, and a derivation that takes as long here as the vault’s should."""
    entries = "".join(
        f"<Entry><UUID>{_base64_id()}</UUID>"
        f"<String><Key>Title</Key><Value>Ünal-{number} Zoë</Value></String>"
        f"<String><Key>UserName</Key><Value>{number}</Value></String></Entry>"
        for number in range(_RECORDS)
    )
    xml.write_text(
        "<KeePassFile><Meta><Generator>banc</Generator></Meta><Root><Group>"
        f"<UUID>{_base64_id()}</UUID><Name>Personnes</Name>{entries}</Group></Root></KeePassFile>",
        encoding="utf-8",
    )
    subprocess.run(
        ["keepassxc-cli", "import", "-p", "-t", "1000", str(xml), str(file)],
        input=f"{PASSPHRASE}\n{PASSPHRASE}\n",
        text=True,
        check=True,
        capture_output=True,
    )
    xml.unlink()


def _base64_id() -> str:
    return base64.b64encode(uuid.uuid4().bytes).decode("ascii")


@contextmanager
def _display(home: Path) -> Iterator[dict[str, str]]:
    """A screen of our own, and the environment of programs that show themselves there."""
    display = f":{90 + os.getpid() % 400}"
    environment = {
        **os.environ,
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "QT_QPA_PLATFORM": "xcb",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    server = subprocess.Popen(
        # Else it begins anew, and refuses who comes meanwhile, each time a program ends.
        ["Xvfb", display, "-screen", "0", "1280x800x24", "-noreset"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_display(environment)
        yield environment
    finally:
        server.terminate()
        server.wait()


def _wait_for_display(environment: dict[str, str]) -> None:
    begun = time.perf_counter()
    while time.perf_counter() - begun < _PATIENCE:
        asked = subprocess.run(
            ["xdotool", "getdisplaygeometry"], env=environment, capture_output=True, check=False
        )
        if asked.returncode == 0:
            return
    raise RuntimeError("Xvfb does not answer")


def _shown(program: _Program, environment: dict[str, str]) -> _Shown:
    """One start of a program, until its window has its title.

    Each has its own runtime folder: a program that allows one instance of itself leaves a lock
    behind when it is stopped.
    """
    with tempfile.TemporaryDirectory() as runtime:
        own = {**environment, "XDG_RUNTIME_DIR": runtime, "TMPDIR": runtime}
        begun = time.perf_counter()
        started = subprocess.Popen(
            program.command,
            env=own,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert started.stdin is not None
            started.stdin.write(f"{program.typed}\n")
            started.stdin.flush()
            _wait_for_title(program.title, own, begun)
            taken = time.perf_counter() - begun
            status = Path(f"/proc/{started.pid}/status").read_text("ascii")
        finally:
            started.kill()
            started.communicate()
    return _Shown(taken, int(status.split("VmRSS:")[1].split()[0]) / 1024)


def _wait_for_title(title: str, environment: dict[str, str], begun: float) -> None:
    while time.perf_counter() - begun < _PATIENCE:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env=environment,
            capture_output=True,
            check=False,
        )
        if found.stdout.strip():
            return
    raise RuntimeError(f"no window « {title} »")
