"""A thousand bundles taken in by a relay, against `age` alone deciphering as many; the inbox then.

Ours verifies, keeps people, answers, papers, history, and has each bundle on the device.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from functools import partial
from pathlib import Path

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.contacts import identity_of, import_card, save_my_card
from desktop.workflows.relay.bulk_opening import open_folder
from desktop.workflows.relay.inbox import InboxFilter, inbox
from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import recipient_of
from exports.bundle.manifest import ApplicationParcel, BundleContents
from exports.bundle.writer import write_bundle
from forms.catalogue import catalogue
from tests.benchmarks.measuring import say, seconds
from vault.vault import Vault, VaultKind

_BUNDLES = 1000
_PAPER = 60_000
"""Bytes of the paper of one application, as the catalogue's are."""


def measure() -> None:
    """Open a thousand bundles of one application each, then again, then filter them."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        station = _desk(folder / "poste", VaultKind.STATION)
        relay = _desk(folder / "relais", VaultKind.RELAY)
        save_my_card(station, folder / "carte")
        import_card(relay, folder / "carte")
        bundles = folder / "liasses"
        bundles.mkdir()
        for number in range(_BUNDLES):
            (bundles / f"{number}.liasse").write_bytes(_bundle(station, relay, number))
        first = seconds(partial(open_folder, relay, bundles))
        again = seconds(partial(open_folder, relay, bundles))
        theirs = _age_alone(folder, bundles)
        said = f" / {_BUNDLES / theirs:.0f}/s = {theirs / first:.2f}" if theirs else ""
        say(f"{_BUNDLES} bundles opened and kept / age -d", f"{_BUNDLES / first:.0f}/s{said}")
        say(f"{_BUNDLES} bundles recognised, opened again", f"{_BUNDLES / again:.0f}/s")
        shown = seconds(partial(inbox, relay, InboxFilter(words="ünal 7", state="to_file")))
        say(f"inbox of {_BUNDLES}, filtered and searched", f"{shown * 1000:.0f} ms")
        relay.vault.lock()
        station.vault.lock()


def _desk(folder: Path, kind: VaultKind) -> Desk:
    vault, _ = Vault.create(
        folder, kind=kind, place="Banc", user="Banc", passphrase="quatre mots tirés au sort"
    )
    return desk_of(vault)


def _bundle(station: Desk, relay: Desk, number: int) -> bytes:
    form = catalogue().form("election-de-domicile")
    person = {
        "id": str(uuid.uuid4()),
        "family_name": f"Ünal {number}",
        "given_names": "Zoë",
        "birth_date": "1985-03-12",
        "prison_number": str(number),
    }
    parcel = ApplicationParcel(
        str(uuid.uuid4()),
        1,
        form.id,
        form.version,
        form.title,
        form.text,
        person,
        {"/data/identite/nom": f"Ünal {number}"},
        b"%PDF" + os.urandom(_PAPER),
        (),
    )
    contents = BundleContents(
        str(uuid.uuid4()), f"2026-{number:04d}", "2026-11-24T09:00:00+01:00", (parcel,), ""
    )
    return write_bundle(contents, identity_of(station), [identity_of(relay).party])


def _age_alone(folder: Path, bundles: Path) -> float:
    """Seconds that the `age` command takes for as many files of the same sizes; 0 without it."""
    if shutil.which("age") is None:
        return 0.0
    # Debian's age knows X25519 only.
    secret = encode_bech32("age-secret-key-", os.urandom(32)).upper()
    (folder / "key").write_text(secret + "\n")
    size = next(bundles.iterdir()).stat().st_size
    (folder / "plain").write_bytes(os.urandom(size))
    encrypt = ["age", "-r", recipient_of(secret), "-o", "theirs.age", "plain"]
    subprocess.run(encrypt, cwd=folder, check=True)

    def decipher() -> None:
        for _ in range(_BUNDLES):
            command = ["age", "-d", "-i", "key", "-o", "out", "theirs.age"]
            subprocess.run(command, cwd=folder, check=True)

    return seconds(decipher)
