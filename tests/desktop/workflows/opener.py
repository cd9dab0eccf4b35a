"""A relay of its own that opens a folder and tells each file it looked at, to be killed by a test.

python -m tests.desktop.workflows.opener VAULT FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.workflows.relay.bulk_opening import open_folder
from desktop.workflows.start.opening import unlock
from tests.desktop.workflows.pair import PASSPHRASE


def main(vault: Path, folder: Path) -> None:
    """Open the folder."""
    desk = unlock(vault, PASSPHRASE)
    open_folder(desk, folder, progress=lambda done, found: print(done, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
