"""Taking pages of codes in, from files or from the folder where the scanner leaves them."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.sentences import sentence

if TYPE_CHECKING:
    from exports.bundle.paper.code import Kind
    from exports.bundle.paper.gathering import Parcel

SCAN_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""What scanners write; other files of a watched folder are left alone."""


@dataclass(frozen=True)
class ReadScan:
    """What one file brought.

    Attributes:
        pages: how many it showed.
        new: codes not read before.
        again: codes read before.
        foreign: codes that are not ours.
        problem: what is wrong with it, in French; empty when nothing is.
    """

    name: str
    pages: int
    new: int
    again: int
    foreign: int
    problem: str = ""


@dataclass(frozen=True)
class ParcelProgress:
    """How far one file is gathered.

    Attributes:
        mark: « 3F2A 91BC … », as printed on its pages.
        seen: how many codes were read, of `total`.
        still_needed: how many more are needed at least; 0 when it can be taken in.
        missing: the codes not read, by page, both from 1 as printed.
    """

    parcel: Parcel = field(repr=False)
    kind: Kind
    mark: str
    seen: int
    total: int
    still_needed: int
    missing: dict[int, tuple[int, ...]]

    @property
    def line(self) -> str:
        """« 20 codes lus sur 24 : c’est assez. », or what to scan again."""
        read = f"{self.seen} code{'s' if self.seen > 1 else ''} sur {self.total}"
        if not self.still_needed:
            return f"{read} : c’est assez."
        pages = ", ".join(
            f"page {page} (codes {', '.join(map(str, numbers))})"
            for page, numbers in self.missing.items()
        )
        return f"{read} : encore {self.still_needed} au moins. À numériser de nouveau : {pages}."


class PaperIntake:
    """State: the codes read from the pages seen so far."""

    def __init__(self) -> None:
        from exports.bundle.paper.gathering import Gathering

        self._gathering = Gathering()

    @property
    def parcels(self) -> tuple[ParcelProgress, ...]:
        """The files met on the pages, the first met first."""
        from exports.bundle.paper.code import readable_mark

        return tuple(
            ParcelProgress(
                parcel,
                parcel.kind,
                readable_mark(parcel.layout.mark),
                len(parcel.seen),
                parcel.layout.total,
                parcel.still_needed,
                parcel.missing,
            )
            for parcel in self._gathering.parcels
        )

    @property
    def complete(self) -> bool:
        """Whether something was met, and all of it can be taken in."""
        return bool(self.parcels) and not any(one.still_needed for one in self.parcels)

    def read(self, file: Path) -> ReadScan:
        """Read the pages of a file; one that cannot be read is told, and changes nothing else."""
        from exports.bundle.errors import BundleError
        from exports.bundle.paper.gathering import Taken
        from exports.bundle.paper.scanning import MAXIMUM_SIZE, scanned_pages, texts_on

        counts = dict.fromkeys(Taken, 0)
        pages = 0
        problem = ""
        try:
            with file.open("rb") as stream:
                content = stream.read(MAXIMUM_SIZE + 1)
            for page in scanned_pages(content):
                pages += 1
                for text in texts_on(page):
                    counts[self._gathering.take(text)] += 1
        except (BundleError, OSError) as error:
            problem = sentence(error)
        if not problem and not counts[Taken.NEW] + counts[Taken.AGAIN]:
            problem = "Aucun code de Trait d’union sur ces pages."
        elif counts[Taken.CONTRADICTS]:
            problem = "Un code lu deux fois ne dit pas la même chose : il est laissé de côté."
        return ReadScan(
            file.name,
            pages,
            counts[Taken.NEW],
            counts[Taken.AGAIN],
            counts[Taken.FOREIGN],
            problem,
        )


def read_scans(
    intake: PaperIntake,
    files: Sequence[Path],
    *,
    progress: Callable[[int, int], None] = lambda done, found: None,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[ReadScan, ...]:
    """Read several files, one after another; what was read stays read when it is stopped.

    Args:
        intake: what the pages are added to.
        files: in any order.
        progress: told how many files were read, and how many there are.
        go_on: asked before each file; False stops.
    """
    read = []
    for number, file in enumerate(files):
        if not go_on():
            break
        progress(number, len(files))
        read.append(intake.read(file))
    progress(len(read), len(files))
    return tuple(read)


class WatchedFolder:
    """State: a folder, and which of its files were read; the caller looks every second or so."""

    def __init__(self, folder: Path, intake: PaperIntake, *, from_now: bool = True) -> None:
        """Watch a folder.

        Args:
            folder: where the scanner writes.
            intake: what the pages are added to.
            from_now: leave alone what is there already.
        """
        self._folder = folder
        self._intake = intake
        self._read = set(self._stamps().items()) if from_now else set()
        self._last: dict[Path, tuple[int, int]] = {}

    def look(self) -> Iterator[ReadScan]:
        """Read the files that are new and did not change since the last look.

        Raises:
            OSError: the folder is gone.
        """
        stamps = self._stamps()
        for file, stamp in sorted(stamps.items()):
            # A scanner writes for seconds: half a page is not read.
            if (file, stamp) not in self._read and self._last.get(file) == stamp:
                self._read.add((file, stamp))
                yield self._intake.read(file)
        self._last = stamps

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        found: dict[Path, tuple[int, int]] = {}
        for file in self._folder.iterdir():
            if file.suffix.lower() not in SCAN_ENDINGS:
                continue
            # A scanner gives its file another name when it has finished: this one is gone then.
            with contextlib.suppress(FileNotFoundError):
                status = file.stat()
                if stat.S_ISREG(status.st_mode):
                    found[file] = (status.st_size, status.st_mtime_ns)
        return found
