"""A vault harmed in every way: noticed at opening, at reading or at the check; no wrong data.

What is shown must have been kept once. A harm that nothing notices is a problem, but where nothing
could notice it (`Harmed.may_pass`): those are counted.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.soak.harms import HARMS, Files, Original, Shown, name_of
from vault.copies.repair import STAND_IN_NAME
from vault.errors import (
    DatabaseDamaged,
    DocumentDamaged,
    KeyFileDamaged,
    KeyFileTooNew,
    SchemaTooNew,
)
from vault.vault import Vault, VaultKind

SEEDS = range(1, 5)
HARMS_A_SEED, SHORT = 1000, 20

_DAMAGE = (DatabaseDamaged, DocumentDamaged, KeyFileDamaged, KeyFileTooNew, SchemaTooNew)
_REPAIRED_ONE_IN = 10
_PEOPLE = 40
_PASSPHRASE = "une longue phrase"


def run(seed: int | None, *, short: bool) -> bool:
    """Harm a vault many times, saying how each seed went; whether all went well."""
    well = True
    seeds = SEEDS[:1] if short else SEEDS
    with tempfile.TemporaryDirectory() as place:
        original = vault_to_harm(Path(place) / "sound")
        for one in seeds if seed is None else (seed,):
            begun = time.monotonic()
            outcomes = Counter[str]()
            times = SHORT if short else HARMS_A_SEED
            problems = list(trial(one, times, original, Path(place), outcomes))
            well = well and not problems
            counts = ", ".join(f"{what} {count}" for what, count in sorted(outcomes.items()))
            print(
                f"damage, seed {one}: {times} harms in {time.monotonic() - begun:.0f} s "
                f"({counts}): " + ("; ".join(problems[:20]) or "no wrong data, none unnoticed"),
                flush=True,
            )
    return well


def trial(
    seed: int, times: int, original: Original, place: Path, outcomes: Counter[str]
) -> Iterator[str]:
    """Harm a vault by chance; tell what nothing noticed, and what is shown and was never kept.

    Args:
        seed: what the chance of the trial begins with.
        times: how many harms.
        original: the vault.
        place: a folder to work in.
        outcomes: counts the harms of each kind, noticed or not.
    """
    chance = random.Random(seed)
    for number in range(times):
        harm = HARMS[number % len(HARMS)]
        harmed = harm(original, chance)
        said = f"harm {number + 1}, {harmed.what}"
        folder = _written(place / "harmed", harmed.files)
        noticed, shown = looked_at(folder, original)
        if wrong := shown - original.shown:
            yield f"{said}: shows {min(wrong)[:80]!r}, which was never kept"
        if not noticed and not harmed.may_pass:
            yield f"{said}: nothing noticed it"
        outcomes[name_of(harm) + ("" if noticed else ", unnoticed")] += 1
        if chance.randrange(_REPAIRED_ONE_IN) == 0:
            folder = _written(place / "harmed", harmed.files)
            problems = list(_repaired(folder, place / "repaired", original, outcomes))
            yield from (f"{said}, repaired: {problem}" for problem in problems)


def vault_to_harm(folder: Path) -> Original:
    """A vault whose tables take several pages each, changed once after a copy, then killed."""
    vault, recovery = Vault.create(
        folder, kind=VaultKind.STATION, place="Brest", user="Anne", passphrase=_PASSPHRASE
    )
    chance = random.Random(11)
    for number in range(_PEOPLE):
        person = vault.people.add(
            family_name=f"Mercier{number:02}",
            given_names="Anne",
            profile={"remarque": "Œ" * chance.randrange(300)},
        )
        application = vault.applications.add(
            person_id=person.id,
            form_id="lettre",
            form_version="1",
            form_title="Lettre",
            answers={"/data/texte": f"réponse {number} " + "x" * chance.randrange(3000)},
        )
        vault.documents.add(
            person_id=person.id,
            application_id=application.id,
            request_name=None,
            name=f"carte-{number:02}.pdf",
            media_type="application/pdf",
            pages=1,
            content=chance.randbytes(chance.randrange(9000)),
        )
    # So that a key file is kept before the one in use.
    vault.change_passphrase(_PASSPHRASE, _PASSPHRASE)
    vault.lock()
    older = _files(folder)
    vault = Vault.unlock_with_recovery(folder, recovery)
    _, before = read_whole(vault)
    _answer_anew(vault, 2, "une autre réponse")
    _, after = read_whole(vault)
    vault.lock()
    now = _files(folder)
    vault = Vault.unlock_with_recovery(folder, recovery)
    _answer_anew(vault, 3, "encore une")
    _, last = read_whole(vault)
    # As a kill leaves them: the log is not folded in.
    killed = _files(folder)
    vault.lock()
    return Original(recovery, now, older, killed, before | after | last)


def _answer_anew(vault: Vault, one_in: int, text: str) -> None:
    for application in vault.applications.all(limit=1000)[::one_in]:
        vault.applications.save_answers(
            application.id, {"/data/texte": text}, position=None, answered=1, total=1
        )


def looked_at(folder: Path, original: Original) -> tuple[bool, Shown]:
    """Open a vault, read it whole and check it: whether damage was noticed, and what was shown."""
    try:
        vault = Vault.unlock_with_recovery(folder, original.recovery)
    except _DAMAGE:
        return True, frozenset()
    try:
        noticed, shown = read_whole(vault)
        noticed = noticed or vault.session.keys_were_damaged
        return noticed or not vault.verify().ok, shown
    finally:
        with contextlib.suppress(DatabaseDamaged):
            vault.lock()


def read_whole(vault: Vault) -> tuple[bool, Shown]:
    """All that is shown of everybody, and whether damage was noticed on the way."""
    shown = set[str]()
    noticed = False
    try:
        shown.update(hit.title for hit in vault.search("mercier", limit=1000))
        people = vault.people.all(limit=1000)
        shown.update(repr((one.id, one.family_name, one.profile)) for one in people)
    except DatabaseDamaged:
        return True, frozenset(shown)
    for person in people:
        try:
            applications = vault.applications.of_person(person.id)
            shown.update(repr((one.id, one.person_id, one.answers)) for one in applications)
            for document in vault.documents.of_person(person.id):
                content = vault.documents.content(document.id)
                shown.add(repr((document.id, document.name, hash(content))))
        except (DatabaseDamaged, DocumentDamaged):
            noticed = True
    return noticed, frozenset(shown)


def _repaired(folder: Path, new: Path, original: Original, outcomes: Counter[str]) -> Iterator[str]:
    shutil.rmtree(new, ignore_errors=True)
    try:
        vault, _ = Vault.repair(folder, new, original.recovery)
    except _DAMAGE:
        outcomes["beyond repair"] += 1
        if new.exists():
            yield "something was left behind"
        return
    outcomes["repaired"] += 1
    try:
        noticed, shown = read_whole(vault)
        wrong = [
            one for one in shown - original.shown if STAND_IN_NAME.casefold() not in one.casefold()
        ]
        if wrong:
            yield f"shows {min(wrong)[:80]!r}, which was never kept"
        problems = [one for one in vault.verify().problems if not one.startswith("Journal rompu")]
        if noticed or problems:
            yield f"damage is left: {problems}"
    finally:
        vault.lock()


def _files(folder: Path) -> Files:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _written(folder: Path, files: Files) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
