"""What comes out of a real print queue is what the preview shows, page for page.

CUPS runs for itself in a folder of its own, with the printer of Debian’s `printer-driver-cups-pdf`,
which writes what it is given as a PDF. Where they are not installed, or their user may not start
them, the tests are skipped, and say so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from exports.paper.mail.checklist import render_checklist
from exports.paper.sheets.sheet import render_sheet
from tests.exports.paper.conftest import TODAY, Paper, filled

CUPSD = Path("/usr/sbin/cupsd")
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
# Where the driver puts what nobody of this machine printed.
PRINTED = Path("/var/spool/cups-pdf/ANONYMOUS")
PATIENCE = 60.0
# As the printers of offices are set: on both sides, unless they are told.
BOTH_SIDES = """
*OpenUI *Duplex/Recto verso: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: DuplexNoTumble
*Duplex None/Non: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Oui: "<</Duplex true/Tumble false>>setpagedevice"
*CloseUI: *Duplex
"""
ROOT = Path(__file__).parents[3]

PRINT = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from desktop.ui.printing.printer import Sides, Wishes, draw_pages, prepare
application = QApplication([])
printer = QPrinter(QPrinter.PrinterMode.HighResolution)
printer.setPrinterName("essai")
assert printer.isValid(), "no such queue"
wishes = Wishes(
    copies=3 if "thrice" in sys.argv else 1,
    sides=Sides.BOTH if "both" in sys.argv else Sides.ONE,
    grey="grey" in sys.argv,
)
prepare(printer, title=sys.argv[1], single_sided="separate" in sys.argv, wishes=wishes)
stop_after = next((int(one) for one in sys.argv[2:] if one.isdigit()), 1000)
drawn = []
done = draw_pages(
    printer,
    sys.stdin.buffer.read(),
    grey="grey" in sys.argv,
    on_page=drawn.append,
    stopped=lambda: len(drawn) >= stop_after,
)
assert done is (stop_after == 1000)
"""


def lacking() -> str:
    """Why no queue can be made here; empty where one can."""
    if not (CUPSD.is_file() and DRIVER.is_file() and shutil.which("lpadmin")):
        return "cups and printer-driver-cups-pdf are not installed"
    if os.geteuid() != 0:
        return "only root starts a print queue"
    return ""


pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "-")


@dataclass(frozen=True)
class Queue:
    """A print queue of our own: its socket, and the folder of its files."""

    socket: Path
    folder: Path

    def prints(self, pdf: bytes, *options: str) -> Path | None:
        """Print as the window does; the file that comes out, None when nothing does."""
        title = f"essai{uuid.uuid4().hex}"
        environment = {
            **os.environ,
            "CUPS_SERVER": str(self.socket),
            "CUPS_USER": "personne-d-ici",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
        }
        subprocess.run(
            [sys.executable, "-c", PRINT, title, *options],
            input=pdf, env=environment, check=True, timeout=PATIENCE,
        )  # fmt: skip
        self.ends()
        return next(PRINTED.glob(f"{title}*.pdf"), None)

    def ends(self) -> None:
        """Wait until the queue holds no job any more."""
        until = time.monotonic() + PATIENCE
        while self._asked("lpstat", "-o"):
            assert time.monotonic() < until, self.told()
            time.sleep(0.2)

    def asked_last(self) -> tuple[str, str]:
        """How many copies the last job asked for, and its other options."""
        log = (self.folder / "log" / "error").read_text("utf-8", "replace")
        copies = re.findall(r'argv\[4\]="([^"]*)"', log)
        return copies[-1], re.findall(r'argv\[5\]="([^"]*)"', log)[-1]

    def told(self) -> str:
        """The end of the log, for whoever reads a failure."""
        return (self.folder / "log" / "error").read_text("utf-8", "replace")[-3000:]

    def _asked(self, command: str, *arguments: str) -> str:
        ran = subprocess.run(
            [command, "-h", str(self.socket), *arguments], capture_output=True, check=False
        )
        return ran.stdout.decode()


@pytest.fixture(scope="module")
def queue() -> Iterator[Queue]:
    # The daemon’s own user reads there: pytest’s folders are closed to it.
    folder = Path(tempfile.mkdtemp(prefix="cups"))
    folder.chmod(0o755)
    for name in ("etc", "etc/ppd", "spool", "spool/tmp", "cache", "run", "log"):
        (folder / name).mkdir()
        (folder / name).chmod(0o777)
    socket = folder / "sock"
    text = DRIVER.read_text("latin-1")
    driver = folder / "printer.ppd"
    driver.write_text(text.replace("*OpenUI", f"{BOTH_SIDES}*OpenUI", 1), "latin-1")
    (folder / "cupsd.conf").write_text(
        f"LogLevel debug\nListen {socket}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n"
    )
    (folder / "cups-files.conf").write_text(
        f"ServerRoot {folder}/etc\nRequestRoot {folder}/spool\nTempDir {folder}/spool/tmp\n"
        f"CacheDir {folder}/cache\nStateDir {folder}/run\nServerBin /usr/lib/cups\n"
        f"DataDir /usr/share/cups\nAccessLog {folder}/log/access\nErrorLog {folder}/log/error\n"
        f"PageLog {folder}/log/page\nSystemGroup root lpadmin\n"
    )
    daemon = subprocess.Popen(
        [CUPSD, "-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf"]
    )
    made = Queue(socket, folder)
    before = set(PRINTED.glob("*"))
    try:
        add = ["lpadmin", "-h", str(socket), "-p", "essai", "-v", "cups-pdf:/", "-P", str(driver),
               "-E", "-o", "printer-is-shared=false"]  # fmt: skip
        until = time.monotonic() + PATIENCE
        while subprocess.run(add, capture_output=True, check=False).returncode:
            assert daemon.poll() is None, "cupsd did not start"
            assert time.monotonic() < until, made.told()
            time.sleep(0.2)
        yield made
    finally:
        daemon.terminate()
        daemon.wait(PATIENCE)
        shutil.rmtree(folder)
        for file in set(PRINTED.glob("*")) - before:
            file.unlink()


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render_sheet(
        filled("election-de-domicile"),
        application_id="5b0c2d58",
        person_name="Zoë ÜNAL-ŒILLET",
        place="Valmont",
        printed_on=TODAY,
    )


def small(paper: Paper, page: int) -> Image.Image:
    return blurred(paper.picture(page, dpi=72), (595, 842))


def blurred(picture: Image.Image, size: tuple[int, int] | None = None) -> Image.Image:
    """A page as an eye sees it from afar: what a driver draws a little otherwise is lost."""
    grey = picture.convert("L").resize(size or picture.size)
    return grey.filter(ImageFilter.GaussianBlur(2))


def apart(first: Image.Image, second: Image.Image) -> float:
    """How far two pages are from each other: the mean of the squares, in levels of grey."""
    return float(ImageStat.Stat(ImageChops.difference(first, second)).rms[0])


def test_each_page_comes_out_as_the_preview_shows_it(queue: Queue, sheet: bytes) -> None:
    out = queue.prints(sheet)
    assert out is not None, queue.told()
    shown, printed = Paper(sheet), Paper(out.read_bytes())
    count = len(shown.pages)
    assert count > 1
    assert len(printed.pages) == count
    for page in range(count):
        alike = apart(small(shown, page), small(printed, page))
        other = apart(small(shown, page), small(printed, (page + 1) % count))
        assert alike < 4 < other
        assert printed.codes(page) == shown.codes(page)


def test_a_form_of_upright_and_lying_sheets_comes_out_whole(
    queue: Queue, official_dir: Path
) -> None:
    pdf = (official_dir / "cerfa_14952-03_procuration.pdf").read_bytes()
    out = queue.prints(pdf)
    assert out is not None, queue.told()
    shown, printed = Paper(pdf), Paper(out.read_bytes())
    assert len(printed.pages) == len(shown.pages) == 2
    for page in range(2):
        # A driver turns a lying sheet on its paper; nothing is cut nor stretched.
        picture = printed.picture(page, dpi=72)
        turned = [picture.rotate(angle, expand=True) for angle in (0, 90, 180, 270)]
        wanted = shown.picture(page, dpi=72)
        alike = [
            one for one in turned if (one.width > one.height) == (wanted.width > wanted.height)
        ]
        assert min(apart(blurred(wanted), blurred(one, wanted.size)) for one in alike) < 6


@pytest.mark.parametrize(
    ("options", "copies", "sides"),
    [
        (("separate", "both"), "1", "sides=one-sided"),
        (("both",), "1", "sides=two-sided-long-edge"),
        (("thrice",), "3", "sides=one-sided"),
    ],
)
def test_the_queue_is_told_the_sides_and_the_copies(
    queue: Queue, options: tuple[str, ...], copies: str, sides: str
) -> None:
    page = render_checklist([], place="Valmont", printed_on=TODAY)
    assert queue.prints(page, *options) is not None, queue.told()
    asked, others = queue.asked_last()
    assert asked == copies
    assert sides in others.split()


def test_in_grey_no_colour_is_left(queue: Queue, sheet: bytes) -> None:
    out = queue.prints(sheet, "grey")
    assert out is not None, queue.told()
    red, green, blue = Paper(out.read_bytes()).picture(0).split()
    assert ImageChops.difference(red, green).getbbox() is None
    assert ImageChops.difference(green, blue).getbbox() is None


def test_a_print_that_is_stopped_never_reaches_the_queue(queue: Queue, sheet: bytes) -> None:
    assert queue.prints(sheet, "1") is None


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing")
def test_no_page_is_written_to_a_disk_on_its_way(queue: Queue, sheet: bytes) -> None:
    trace = queue.folder / "trace"
    environment = {**os.environ, "CUPS_SERVER": str(queue.socket), "CUPS_USER": "personne-d-ici",
                   "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
                   "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    environment.pop("TMPDIR", None)
    subprocess.run(
        ["strace", "-f", "-y", "-e", "trace=write,pwrite64,writev", "-o", str(trace),
         sys.executable, "-c", PRINT, "essai-trace"],
        input=sheet, env=environment, check=True, timeout=PATIENCE,
    )  # fmt: skip
    queue.ends()
    written = [line for line in trace.read_text("utf-8", "replace").splitlines() if "</" in line]
    assert any("</dev/shm/" in line for line in written)
    pages = [line for line in written if "%PDF-" in line or " obj" in line]
    assert pages
    assert all("</dev/shm/" in line or "socket:" in line for line in pages)
