"""A relay of its own that sends one application, to be killed by a test while the portal answers.

python -m tests.contracts.sender VAULT APPLICATION PORT   (the portal's authority on stdin)
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.workflows.online.filing import prepare_filing, send_filing
from desktop.workflows.online.procedures import network_permission
from desktop.workflows.start.opening import unlock
from exports.online.client import PrefillClient
from exports.online.permission import Portal

PASSPHRASE = "quatre mots tirés au sort"


def main(folder: Path, application: str, port: int) -> None:
    """Send what is prepared, once."""
    desk = unlock(folder, PASSPHRASE)
    portal = Portal("localhost", port, trusted=sys.stdin.read(), practice=True)
    client = PrefillClient(network_permission(desk, (portal,)), portal)
    send_filing(desk, prepare_filing(desk, application), client)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
