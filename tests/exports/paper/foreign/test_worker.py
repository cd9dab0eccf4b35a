"""The process for files from outside: it may stand still, die or answer nonsense; we go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.paper import foreign, render
from exports.paper.errors import (
    NotAPdf,
    PaperError,
    PdfCrashed,
    PdfDamaged,
    PdfTakesTooLong,
    PdfUnhandled,
)
from exports.paper.foreign.worker import Worker
from exports.paper.intake import UnknownDocumentType
from tests.exports.paper.official.conftest import FormPdf

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix play the faults")


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    form = FormPdf()
    form.text("nom")
    return form.bytes()


def count(worker: Worker, pdf: bytes, *, seconds: float = 60.0) -> object:
    return worker.call("render.page_count", int, pdf, seconds=seconds)


def pid_of(worker: Worker) -> int:
    process = worker._process
    assert process is not None
    assert process.pid is not None
    return process.pid


def test_the_same_comes_back_from_the_process_as_from_here(pdf: bytes) -> None:
    assert foreign.page_count(pdf) == render.page_count(pdf) == 1
    assert foreign.render_page(pdf, 0, scale=1.0) == render.render_page(pdf, 0, scale=1.0)
    filled = foreign.fill(pdf, {"nom": "Ünal-Œillet"})
    assert filled.problems == ()
    (field,) = foreign.inspect(filled.pdf).fields
    assert field.name == "nom"


def test_errors_come_back_as_what_they_are(pdf: bytes) -> None:
    with pytest.raises(NotAPdf):
        foreign.inspect(b"an image")
    with pytest.raises(PdfDamaged):
        foreign.page_count(pdf[:60])
    with pytest.raises(UnknownDocumentType):
        foreign.take_in("x.exe", b"MZ")


def test_one_that_stands_still_is_killed_and_the_next_call_is_answered(
    worker: Worker, pdf: bytes
) -> None:
    assert count(worker, pdf) == 1
    stopped = pid_of(worker)
    os.kill(stopped, signal.SIGSTOP)
    with pytest.raises(PdfTakesTooLong):
        count(worker, pdf, seconds=0.2)
    assert count(worker, pdf) == 1
    assert pid_of(worker) != stopped
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)


def test_one_that_dies_in_the_midst_is_told_and_replaced(worker: Worker, pdf: bytes) -> None:
    count(worker, pdf)
    os.kill(pid_of(worker), signal.SIGSTOP)
    raised: list[Exception] = []
    asked = threading.Event()

    def ask() -> None:
        asked.set()
        try:
            count(worker, pdf)
        except PaperError as error:
            raised.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    asked.wait()
    os.kill(pid_of(worker), signal.SIGKILL)
    asking.join()
    # Killed before it was asked, it was replaced and the answer came.
    assert [type(error) for error in raised] in ([PdfCrashed], [])
    assert count(worker, pdf) == 1


def test_one_that_died_meanwhile_is_replaced_unseen(worker: Worker, pdf: bytes) -> None:
    count(worker, pdf)
    os.kill(pid_of(worker), signal.SIGKILL)
    os.waitid(os.P_PID, pid_of(worker), os.WEXITED | os.WNOWAIT)
    assert count(worker, pdf) == 1


def test_what_nobody_foresaw_is_told_without_a_word_of_the_file(worker: Worker) -> None:
    with pytest.raises(PdfUnhandled) as raised:
        worker.call("render.page_count", int, "Ünal-Œillet", seconds=60.0)
    assert "TypeError at" in str(raised.value)
    assert "Ünal" not in str(raised.value)


def test_an_answer_of_another_type_is_refused(worker: Worker, pdf: bytes) -> None:
    with pytest.raises(PdfUnhandled):
        worker.call("render.page_count", tuple[str, ...], pdf, seconds=60.0)


def test_memory_beyond_reason_is_refused(worker: Worker) -> None:
    form = FormPdf(media_box=(0, 0, 14_400, 14_400))
    with pytest.raises(PaperError):
        worker.call("render.render_page", bytes, form.bytes(), 0, scale=20.0, seconds=60.0)


def test_nothing_personal_is_on_its_command_line(worker: Worker, pdf: bytes) -> None:
    count(worker, pdf)
    assert b"spawn_main" in Path(f"/proc/{pid_of(worker)}/cmdline").read_bytes()


def test_a_process_whose_program_was_killed_meanwhile_ends_without_a_word() -> None:
    program = (
        "from multiprocessing import Pipe\n"
        "from exports.paper.foreign.process import serve\n"
        "ours, theirs = Pipe()\n"
        "theirs.close()\n"
        "serve(ours)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
