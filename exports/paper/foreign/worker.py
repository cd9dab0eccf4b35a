"""The process for files from outside: begun at need, kept warm, killed when it stands still."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import msgspec

from exports.paper.errors import PaperError, PdfCrashed, PdfTakesTooLong, PdfUnhandled
from exports.paper.foreign.process import Answer, serve

_START_SECONDS = 120.0


class Worker:
    """State: the process, if one is alive, and the pipe to it; one call at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._owner = 0

    def call(self, task: str, result: Any, *values: Any, seconds: float, **options: Any) -> Any:
        """Run a function of `exports.paper` in the process and return what it returns.

        Args:
            task: its name under `exports.paper`: `render.page_count`.
            result: the type of what it returns: anything else from the process is refused.
            values: its arguments.
            seconds: how long it may take, of the time on the wall.
            options: its keyword arguments.

        Raises:
            PaperError: what the function raised, by its class.
            PdfTakesTooLong: it took longer, and was killed.
            PdfCrashed: the process died of it.
            PdfUnhandled: it raised what nobody foresaw, or asked for too much memory.
        """
        with self._lock:
            pipe = self._ready()
            try:
                pipe.send_bytes(pickle.dumps((task, values, options), pickle.HIGHEST_PROTOCOL))
                if not pipe.poll(seconds):
                    self._kill()
                    raise PdfTakesTooLong
                received = pipe.recv_bytes()
            except (EOFError, OSError) as error:
                self._kill()
                raise PdfCrashed from error
        try:
            answer = msgspec.msgpack.decode(received, type=Answer)
            if not answer.error:
                return msgspec.msgpack.decode(answer.result, type=result)
        except msgspec.MsgspecError as error:
            raise PdfUnhandled("not what was asked for") from error
        raise _error(answer)

    def stop(self) -> None:
        """End the process, whatever it is doing; the next call begins another."""
        with self._lock:
            self._kill()

    def _ready(self) -> Connection:
        if self._owner != os.getpid():
            # After a fork, the process is another program's.
            self._process = self._pipe = None
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._kill()
            self._start()
        assert self._pipe is not None
        return self._pipe

    def _start(self) -> None:
        # Not a fork: the process inherits nothing of what this program knows.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True, name="pdf")
        process.start()
        theirs.close()
        self._process, self._owner = process, os.getpid()
        if not self._pipe.poll(_START_SECONDS):
            self._kill()
            raise PdfTakesTooLong
        try:
            self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self._kill()
            raise PdfCrashed from error

    def _kill(self) -> None:
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()


def _error(answer: Answer) -> PaperError:
    # Errors that `exports.paper` declares elsewhere than in its `errors`.
    from exports.paper import intake  # noqa: F401 - known once imported
    from exports.paper.official import tick as official_tick  # noqa: F401 - known once imported
    from exports.paper.proposal import model  # noqa: F401 - known once imported

    known = {kind.__name__: kind for kind in _with_heirs(PaperError)}
    kind = known.get(answer.error, PdfUnhandled)
    return kind(answer.detail) if kind is PdfUnhandled else kind()


def _with_heirs(kind: type[PaperError]) -> list[type[PaperError]]:
    return [kind, *(heir for child in kind.__subclasses__() for heir in _with_heirs(child))]


WORKER = Worker()
"""The one process of this program."""
