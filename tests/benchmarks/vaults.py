"""The vault at size: unlocking, searching, saving; SQLCipher beside plain SQLite; KeePassXC."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

from tests.benchmarks.filled_vault import APPLICATIONS_EACH, PASSPHRASE
from tests.benchmarks.measuring import percentile, say, seconds
from vault import accesses, keyfile
from vault.vault import Vault

_PEOPLE = 100_000
_COMPARED = 10_000
_TYPED = ("u", "un", "unal", "kerv", "le g", "4821", "oeil zo", "domi", "da si lu", "x")


def measure() -> None:
    """Fill a vault of 100,000 people and 300,000 applications, and time what a user does in it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "vault"
        vault = _made(folder, _PEOPLE)
        searches, saves = _worked(vault)
        vault.lock()
        keys = keyfile.read_key_file(folder)
        (slot,) = accesses.users_of(keys)
        derivation = statistics.median(
            seconds(lambda: slot.kdf.derive(PASSPHRASE, slot.salt)) for _ in range(5)
        )

        def unlock() -> None:
            Vault.unlock(folder, PASSPHRASE).lock()

        whole = statistics.median(seconds(unlock) for _ in range(5))
        size = sum(file.stat().st_size for file in folder.iterdir())
        say(
            f"vault of {_PEOPLE:,} people, {_PEOPLE * APPLICATIONS_EACH:,} applications",
            f"{size / 1024 / 1024:.0f} MB",
        )
        say(
            "   unlock and lock, without the derivation",
            f"{(whole - derivation) * 1000:.0f} ms",
            "< 150 ms",
        )
        say("   derivation (Argon2id, this machine’s cost)", f"{derivation * 1000:.0f} ms")
        say(
            "   search as you type",
            f"p95 {percentile(searches, 0.95) * 1000:.1f} ms",
            "p95 < 20 ms",
        )
        say(
            "   save an answer, on the device",
            f"p95 {percentile(saves, 0.95) * 1000:.1f} ms",
            "< 10 ms",
        )
        _beside_plain(Path(temporary))


def _beside_plain(folder: Path) -> None:
    """The same vault without its key: what encryption costs, operation by operation."""
    sealed = _made(folder / "sealed", _COMPARED)
    with mock.patch("vault.connection.give_key", lambda *_, **__: None):
        plain = _made(folder / "plain", _COMPARED, "plain")
        for what, number in (("search", 0), ("save an answer", 1)):
            ours = statistics.median(_worked(sealed)[number])
            theirs = statistics.median(_worked(plain)[number])
            say(
                f"   SQLCipher / plain SQLite, {_COMPARED:,} people: {what}",
                f"{ours * 1000:.2f} ms / {theirs * 1000:.2f} ms = {ours / theirs:.2f}",
                "≤ 1.3",
            )
        plain.lock()
    sealed.lock()


def _made(folder: Path, people: int, *options: str) -> Vault:
    """A vault filled by another process, which locks no memory: that would take minutes."""
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.filled_vault", folder, str(people), *options],
        check=True,
    )
    return Vault.unlock(folder, PASSPHRASE)


def _worked(vault: Vault) -> tuple[list[float], list[float]]:
    """How long each search and each saved answer took."""
    (someone,) = vault.people.all(limit=1)
    application = vault.applications.of_person(someone.id)[0]
    searches = [
        seconds(lambda typed=typed: vault.search(typed, limit=12))  # type: ignore[misc]  # bound now
        for _ in range(20)
        for typed in _TYPED
    ]
    saves = [
        seconds(
            lambda number=number: vault.applications.save_answers(  # type: ignore[misc]  # bound now
                application.id, {"/data/x": number}, position=None, answered=1, total=20
            )
        )
        for number in range(300)
    ]
    return searches, saves
