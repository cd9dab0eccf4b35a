"""ODK's own engine, `@getodk/xforms-engine`, under Node: the peer of the form language."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO, Any

from forms.definition import Form
from forms.xlsform.exporting import export_xlsform

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[2] / "build" / "xforms_engine"
"""Where the engine is installed: outside the sources, ignored by git."""

Step = tuple[str, str, str | int]
"""`("set", path, value as ODK writes it)` or `("count", path of a repeat, how often)`."""


NOW = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - local, as the person reads it
"""What the clock of both sides says, so that `today()` is one day."""


class EngineMissing(Exception):
    """Node, npm, or the network is not there; the message says which."""


@dataclass(frozen=True)
class Node:
    """How one question stands in the engine."""

    value: str
    relevant: bool
    required: bool
    valid: bool
    message: str
    kind: str


@dataclass(frozen=True)
class Played:
    """What the engine says after some steps.

    Attributes:
        nodes: by path; nothing when the run was timed.
        load: milliseconds from the XForm to a form ready to be filled.
        times: milliseconds of each step, when the run was timed.
        refused: the steps it would not take, and why.
    """

    nodes: Mapping[str, Node]
    load: float
    times: Sequence[float] = ()
    refused: Sequence[tuple[str, str]] = field(default_factory=tuple)


class EngineFailed(Exception):
    """The engine could not load a form."""


class Engine:
    """State: a Node process that plays forms, one at a time.

    Use it as a context manager.
    """

    def __init__(self, *, now: datetime | None = NOW) -> None:
        """Install the engine if it is not there yet, and start it.

        Args:
            now: what its clock says, in UTC; the real time when None.

        Raises:
            EngineMissing: it cannot be had here.
        """
        folder = installed()
        environment = {**os.environ, "TZ": "UTC"}
        if now is not None:
            environment["BENCH_NOW"] = f"{now.isoformat()}Z"
        self._process = subprocess.Popen(
            ["node", "runner.mjs"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Engine:
        """Give the engine itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            _open(pipe).close()
        self._process.wait(timeout=30)

    def play(
        self,
        xform: str,
        steps: Sequence[Step] = (),
        *,
        files: Mapping[str, str] | None = None,
        timed: bool = False,
    ) -> Played:
        """Load an XForm, take the steps, and say how each question stands.

        Raises:
            EngineFailed: it cannot load the form.
        """
        request = {"xform": xform, "steps": steps, "files": files or {}, "timed": timed}
        to_engine, from_engine = _open(self._process.stdin), _open(self._process.stdout)
        to_engine.write(json.dumps(request) + "\n")
        to_engine.flush()
        line = from_engine.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "the engine has stopped"}
        if "error" in answer:
            raise EngineFailed(answer["error"])
        return Played(
            {path: Node(**node) for path, node in answer["nodes"].items()},
            answer["load"],
            answer["times"],
            [(path, why) for path, why in answer["refused"]],
        )


def xform_of(form: Form) -> str:
    """The XForm that pyxform makes of one of our forms."""
    from pyxform.xls2xform import convert

    made: str = convert(export_xlsform(form), validate=False, file_type=".xlsx").xform
    return made


@cache
def installed() -> Path:
    """The folder with the engine, installed once.

    Raises:
        EngineMissing: Node, npm, or the network is not there.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise EngineMissing("Node and npm are not installed")
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "package.json").read_bytes()
    there = CACHE / "package.json"
    if not (CACHE / "installed").is_file() or there.read_bytes() != wanted:
        there.write_bytes(wanted)
        # No lock file: it would name where the packages come from.
        command = [
            npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent",
            "--ignore-scripts", "--prefer-offline", "--fetch-retries=0", "--fetch-timeout=20000",
        ]  # fmt: skip
        try:
            done = subprocess.run(command, cwd=CACHE, capture_output=True, timeout=180, check=False)
        except subprocess.TimeoutExpired as error:
            raise EngineMissing("npm did not answer in three minutes") from error
        if done.returncode:
            raise EngineMissing("npm could not install the engine: is there a network?")
        (CACHE / "installed").touch()
    shutil.copyfile(HERE / "runner.mjs", CACHE / "runner.mjs")
    return CACHE


def _open(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
