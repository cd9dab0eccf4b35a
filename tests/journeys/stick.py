"""A stick that can be filled, locked against writing, and pulled: a file system of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


class Stick:
    """State: a mounted file system; only root may mount one."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        folder.mkdir()
        self._mount(f"size={megabytes}m,mode=0777")

    def fill(self, *, leaving: int = 0) -> None:
        """Take all the room but some bytes."""
        file = self.folder / "ballast"
        with file.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(b"\0" * 4096)
        if leaving:
            os.truncate(self.folder / "ballast", (self.folder / "ballast").stat().st_size - leaving)

    def make_room(self) -> None:
        """Give back what was filled."""
        (self.folder / "ballast").unlink()

    def lock_writing(self) -> None:
        """As the small switch of some sticks does."""
        _run("mount", "-o", "remount,ro", str(self.folder))

    def unlock_writing(self) -> None:
        """Put the small switch back."""
        _run("mount", "-o", "remount,rw", str(self.folder))

    def pull(self) -> None:
        """Take it out, whatever is being done with it; its folder is there no more."""
        _run("umount", "-l", str(self.folder))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _mount(self, options: str) -> None:
        _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder))

    def close(self) -> None:
        """Leave nothing mounted."""
        with contextlib.suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(self.folder))


@contextlib.contextmanager
def plugged_in(folder: Path, megabytes: int) -> Iterator[Stick]:
    """Plug a stick in; skip the test where nothing may be mounted."""
    try:
        stick = Stick(folder, megabytes)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system may be mounted here: {error}")
    try:
        yield stick
    finally:
        stick.close()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
