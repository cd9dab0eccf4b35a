"""Switched off at the wall, many times: what was acknowledged is there, and all of it is sound.

A station and a relay live on by chance in another process, which SIGKILL ends at a moment of
chance; then everything that it had acknowledged is looked for, and the next life goes on with the
same vaults.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PIL import Image

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.contacts import import_card, mark_verified, save_my_card
from desktop.workflows.filling.open_application import open_application
from tests.soak.life import PASSPHRASE, Life, Memory, opened, opened_with_any
from vault.errors import WrongPassphrase
from vault.key_slots.accesses import open_with_passphrase
from vault.key_slots.kdf import Kdf
from vault.key_slots.keyfile import read_key_file
from vault.records.applications import ApplicationState
from vault.vault import Vault, VaultKind

SEEDS = range(1, 26)
KILLS, SHORT = 20, 8
"""In each trial, long or short: 25 trials of 20 make 500."""

_LONGEST_STEPS = 30
_LONGEST_WAIT = 0.03
_PATIENCE = 120.0


def run(seed: int | None, *, short: bool) -> bool:
    """Run every trial, or the one of a seed, saying how each went; whether all went well."""
    well = True
    seeds = SEEDS[:1] if short else SEEDS
    for one in seeds if seed is None else (seed,):
        begun = time.monotonic()
        interrupted = Counter[str]()
        problems = list(trial(one, SHORT if short else KILLS, interrupted))
        well = well and not problems
        where = ", ".join(f"{what} {count}" for what, count in interrupted.most_common())
        print(
            f"kills, seed {one}: {sum(interrupted.values())} kills in "
            f"{time.monotonic() - begun:.0f} s ({where}): "
            + ("; ".join(problems) or "everything acknowledged is there"),
            flush=True,
        )
    return well


def trial(seed: int, kills: int, interrupted: Counter[str]) -> Iterator[str]:
    """Kill lives that go on with the same two vaults; tell what is wrong after each.

    Args:
        seed: what the chance of the trial begins with.
        kills: how many.
        interrupted: counts the step that each kill came in the midst of.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        memory = _settled(root)
        for number in range(kills):
            _live_and_die(root, memory, chance, seed * 1000 + number)
            interrupted[memory.in_flight[0] if memory.in_flight else "between two steps"] += 1
            for problem in _wrong(root, memory):
                yield f"after kill {number + 1}: {problem}"


def _settled(root: Path) -> Memory:
    """A station and a relay that know each other."""
    desks = []
    secrets = []
    for name, kind in (("station", VaultKind.STATION), ("relay", VaultKind.RELAY)):
        vault, recovery = Vault.create(
            root / name, kind=kind, place=name, user=name, passphrase=f"{PASSPHRASE} 0", kdf=Kdf()
        )
        desks.append(desk_of(vault))
        secrets.append("\n".join(recovery.lines()))
    for mine, other in (desks, reversed(desks)):
        card = root / "x.carte"
        save_my_card(mine, card)
        mark_verified(other, import_card(other, card).id)
    for desk in desks:
        desk.vault.lock()
    Image.new("L", (400, 300), 200).save(root / "scan.jpg")
    return Memory([f"{PASSPHRASE} 0", secrets[0]], secrets[1])


def _live_and_die(root: Path, memory: Memory, chance: random.Random, seed: int) -> None:
    hearing, saying = multiprocessing.Pipe(duplex=False)
    # A fork: what the program is made of is loaded once for all the lives.
    process = multiprocessing.get_context("fork").Process(
        target=_live, args=(root, memory, seed, saying)
    )
    process.start()
    saying.close()
    steps = chance.randrange(1, _LONGEST_STEPS)
    while steps:
        if not hearing.poll(_PATIENCE):
            process.kill()
            raise TimeoutError("a life stands still")
        moment, what, facts = hearing.recv()
        memory.hear(moment, what, facts)
        steps -= moment == "done"
    _listen_a_while(hearing, memory, chance.uniform(0, _LONGEST_WAIT))
    process.kill()
    process.join()
    _listen_a_while(hearing, memory, 0)
    hearing.close()


def _listen_a_while(hearing: Connection, memory: Memory, seconds: float) -> None:
    until = time.monotonic() + seconds
    try:
        while hearing.poll(max(0.0, until - time.monotonic())):
            memory.hear(*hearing.recv())
    except (EOFError, OSError):
        return


def _live(root: Path, memory: Memory, seed: int, saying: Connection) -> None:
    try:
        Life(root, memory, seed, lambda *said: saying.send(said)).go_on()
    except BrokenPipeError:
        sys.exit(1)


def _wrong(root: Path, memory: Memory) -> Iterator[str]:
    what, facts = memory.in_flight or ("", {})
    secrets = memory.secrets + ([facts["secret"]] if "secret" in facts else [])
    station = opened_with_any(root / "station", secrets)
    try:
        yield from _settle_what_was_in_flight(station, memory, what, facts)
        yield from missing(station, memory)
        yield from (f"station: {problem}" for problem in station.vault.verify().problems)
    finally:
        station.vault.lock()
    relay = opened(root / "relay", memory.relay_secret)
    try:
        yield from (f"relay: {problem}" for problem in relay.vault.verify().problems)
    finally:
        relay.vault.lock()
    memory.in_flight = None


def _settle_what_was_in_flight(
    station: Desk, memory: Memory, what: str, facts: dict[str, Any]
) -> Iterator[str]:
    """A step cut short was taken whole or not at all; remember which."""
    vault = station.vault
    if what == "secret" and "secret" in facts:
        if _opens(vault.folder, facts["secret"]):
            memory.hear("done", what, facts)
    elif what == "answer":
        if _shown(station, facts["id"], facts["path"]) == facts["text"]:
            memory.hear("done", what, facts)
    elif what in ("state", "sent", "filed"):
        ids = facts.get("ids") or [facts["id"]]
        states = {id: vault.applications.get(id).state.value for id in ids}
        if len(set(states.values())) > 1:
            yield f"a step was half taken: {what}"
        left = what == "sent" and ApplicationState.SENT.value in states.values()
        if left and not Path(facts["file"]).exists():
            yield "a bundle is said to be sent and has no file"
        memory.states.update(states)
    elif what == "erased":
        gone = [id for id in facts["people"] if vault.people.find(id) is None]
        held = {one.id for one in vault.applications.all(limit=10_000)}
        gone += [id for id in facts["ids"] if id not in held]
        if gone:
            memory.hear("done", what, facts)


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        open_with_passphrase(read_key_file(folder), passphrase)
    except WrongPassphrase:
        return False
    return True


def missing(station: Desk, memory: Memory) -> Iterator[str]:
    """Tell what was acknowledged and is not there."""
    vault = station.vault
    for id in memory.people:
        if vault.people.find(id) is None:
            yield "a person is gone"
    held = {one.id: one for one in vault.applications.all(limit=10_000)}
    for id, answers in memory.answers.items():
        if id not in held:
            yield "an application is gone"
            continue
        if held[id].state.value != memory.states[id]:
            yield f"an application is {held[id].state.value}, not {memory.states[id]}"
        for path, text in answers.items():
            if _shown(station, id, path) != text:
                yield f"an answer is {_shown(station, id, path)!r}, not {text!r}"
    for documents in memory.documents.values():
        for document in documents:
            if not vault.documents.content(document):
                yield "a document is empty"
    known = {one.id for one in vault.bundles.all()}
    if not known.issuperset(memory.bundles):
        yield "a bundle that was sent is not known any more"
    for file in memory.files:
        if not Path(file).stat().st_size:
            yield "a file that was written is empty"


def _shown(station: Desk, id: str, path: str) -> str:
    typed = open_application(station, id).filling.typed(path)
    return typed.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
