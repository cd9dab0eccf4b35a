"""The vault: unlocking without the derivation, searching, saving an answer."""

from __future__ import annotations

import random
import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import percentile, say, seconds
from vault import accesses, keyfile
from vault.vault import Vault, VaultKind

_PEOPLE = 20_000
_FAMILY = ("Ünal", "Kervella", "Da Silva", "Mercier", "Le Goff", "Nguyễn", "Œillet", "Šarić")
_GIVEN = ("Zoë", "Yann", "Luís", "Anne", "Ayşe", "Maëlle", "Ğani", "Łucja")
_TYPED = ("u", "un", "unal", "kerv", "le g", "4821", "oeil zo", "domi", "da si lu", "x")
_PASSPHRASE = "girafe lanterne octobre vinaigre"


def measure() -> None:
    """Fill a vault of 20,000 people and time what a user does in it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "vault"
        vault, _ = Vault.create(
            folder, kind=VaultKind.STATION, place="Brest", user="Banc", passphrase=_PASSPHRASE
        )
        chance = random.Random(20261123)
        with vault.transaction():
            for number in range(_PEOPLE):
                person = vault.people.add(
                    family_name=f"{chance.choice(_FAMILY)}-{number % 977}",
                    given_names=chance.choice(_GIVEN),
                    prison_number=str(40_000 + number),
                )
                if number % 4 == 0:
                    application = vault.applications.add(
                        person_id=person.id,
                        form_id="election-de-domicile",
                        form_version="1",
                        form_title="Demande d’élection de domicile",
                        answers={"/data/identite/nom": "x" * 200},
                    )
        searches = [
            seconds(lambda typed=typed: vault.search(typed, limit=12))  # type: ignore[misc]  # bound now
            for _ in range(30)
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
        vault.lock()
        keys = keyfile.read_key_file(folder)
        (slot,) = accesses.users_of(keys)
        derivation = statistics.median(
            seconds(lambda: slot.kdf.derive(_PASSPHRASE, slot.salt)) for _ in range(5)
        )

        def unlock() -> None:
            Vault.unlock(folder, _PASSPHRASE).lock()

        whole = statistics.median(seconds(unlock) for _ in range(5))
    say("unlock and lock, without the derivation", f"{(whole - derivation) * 1000:.0f} ms")
    say("derivation (Argon2id, 64 MiB, 3 passes)", f"{derivation * 1000:.0f} ms")
    say(
        f"search as you type among {_PEOPLE:,} people",
        f"p95 {percentile(searches, 0.95) * 1000:.1f} ms",
        "p95 < 20 ms",
    )
    say("save an answer, on the device", f"p95 {percentile(saves, 0.95) * 1000:.1f} ms", "< 10 ms")
