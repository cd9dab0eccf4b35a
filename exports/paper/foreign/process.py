"""What runs in the process that handles files from outside."""

from __future__ import annotations

import contextlib
import importlib
import logging
import pickle
import signal
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from exports.paper.errors import PaperError

MAXIMUM_MEMORY = 3 * 1024**3
"""Bytes of address space, where the system can hold a process to it."""


class Answer(msgspec.Struct):
    """What comes back from the process.

    Attributes:
        result: what the function returned, as MessagePack of a type that the caller knows.
        error: the name of the class of what it raised, or empty.
        detail: where in the program it was raised; nothing of the file.
    """

    result: bytes = b""
    error: str = ""
    detail: str = ""


def serve(pipe: Connection) -> None:
    """Do what comes through a pipe, one call after the other, until it is closed."""
    _settle()
    # Whoever asked may be gone at any moment, killed: nobody is left to be told.
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(b"ready")
        while True:
            task, values, options = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our program
            pipe.send_bytes(msgspec.msgpack.encode(_done(task, values, options)))


def _done(task: str, values: tuple[object, ...], options: dict[str, object]) -> Answer:
    module, _, name = task.rpartition(".")
    try:
        function = getattr(importlib.import_module(f"exports.paper.{module}"), name)
        return Answer(result=msgspec.msgpack.encode(function(*values, **options)))
    except PaperError as error:
        return Answer(error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - handed over, to be told as a fault with this file
        return Answer(error="PdfUnhandled", detail=_place(error))


def _place(error: Exception) -> str:
    # The message of an error may quote the file: where it was raised is enough to find it.
    last = traceback.extract_tb(error.__traceback__)[-3:]
    lines = ", ".join(f"{Path(one.filename).name}:{one.lineno}" for one in last)
    return f"{type(error).__name__} at {lines}"


def _settle() -> None:
    # What the libraries find strange in a file is told by the errors, in words of ours.
    logging.disable(logging.CRITICAL)
    # Stopping the program from its terminal is the program's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:
        # Windows: the bounds on sizes and time are all there is.
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY, MAXIMUM_MEMORY))
