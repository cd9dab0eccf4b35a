"""Opening a whole folder of bundles at the relay; begun again, it goes on where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.errors import WorkflowError
from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.sentences import sentence
from exports.bundle.errors import BundleError
from forms.errors import FormError
from vault.errors import RecordExists
from vault.records.bundles import Direction

ENDING = ".liasse"
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Unopened:
    """A file that could not be opened, and why, in French."""

    name: str
    why: str


@dataclass(frozen=True)
class BulkOpening:
    """What opening a folder did.

    Attributes:
        found: how many bundles the folder holds.
        new: how many were taken in now.
        already: how many were in the vault before.
        applications: how many came with the new ones.
        unknown_senders: the names on new bundles whose sender is no contact, each once.
        unopened: what could not be opened; nothing else was stopped by it.
        left: how many were not looked at, because it was stopped.
    """

    found: int
    new: int
    already: int
    applications: int
    unknown_senders: tuple[str, ...]
    unopened: tuple[Unopened, ...]
    left: int


def open_folder(
    desk: Desk,
    folder: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, found: None,
    go_on: Callable[[], bool] = lambda: True,
) -> BulkOpening:
    """Take in every bundle of a folder and of the folders in it, each whole or not at all.

    What is in the vault already is known by the hash of its file and is not deciphered again: a
    folder half opened goes on from there.

    Args:
        desk: the relay.
        folder: where the bundles are.
        progress: told how many files were looked at, and how many there are.
        go_on: asked before each file; False stops, and keeps what was opened.

    Raises:
        NotARelay: the vault is a station's.
        VaultError: the vault cannot be written; what was opened before is kept.
        OSError: the folder cannot be read.
    """
    desk.require_relay()
    desk.require_writer()
    files = _bundles_in(folder)
    known = {
        bundle.sha256
        for bundle in desk.vault.bundles.all()
        if bundle.direction is Direction.RECEIVED
    }
    new = already = applications = looked_at = 0
    strangers: dict[str, None] = {}
    unopened = []
    for file in files:
        if not go_on():
            break
        progress(looked_at, len(files))
        looked_at += 1
        try:
            if _hash(file) in known:
                already += 1
                continue
            received = receive_bundle(desk, file)
        except (BundleError, WorkflowError, FormError, RecordExists, OSError) as error:
            unopened.append(Unopened(str(file.relative_to(folder)), sentence(error)))
            continue
        if not received.new:
            already += 1
            continue
        new += 1
        applications += len(received.application_ids)
        if not received.preview.sender_known:
            strangers[received.preview.sender] = None
    progress(looked_at, len(files))
    return BulkOpening(
        len(files),
        new,
        already,
        applications,
        tuple(strangers),
        tuple(unopened),
        len(files) - looked_at,
    )


def _bundles_in(folder: Path) -> list[Path]:
    # A folder that is not there is said, rather than found empty.
    folder.stat()
    found = (file for file in folder.rglob("*") if file.suffix.lower() == ENDING)
    return sorted(file for file in found if file.is_file())


def _hash(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
