"""A station’s vault opens no socket, even if asked: seen by Python’s own audit, and by the kernel.

Each is first shown to see one: the same probe, as a relay, tries to reach a port of this PC.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NETWORK = re.compile(r"AF_(?:INET6?|PACKET|NETLINK|BLUETOOTH|VSOCK)")


def probe(kind: str, folder: Path, *under: str) -> dict[str, Any]:
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [*under, sys.executable, "-m", "tests.contracts.network_probe", kind, str(folder)],
        cwd=ROOT,
        env={**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_a_station_asked_in_every_way_opens_no_socket(tmp_path: Path) -> None:
    log, other = tmp_path / "trace.txt", tmp_path / "trace-relay.txt"
    traced = shutil.which("strace") is not None
    relay = probe("relay", tmp_path / "relay", *(_strace(other) if traced else ()))
    assert "socket.connect" in relay["opened"]
    assert relay["answers"][:2] == ["PortalUnreachable", "PortalUnreachable"]

    station = probe("station", tmp_path / "station", *(_strace(log) if traced else ()))
    assert station["opened"] == []
    steps, rest = station["answers"][:6], station["answers"][6:]
    assert set(steps) == {"NotARelay"}
    # The window went through all its places, and refused those of a relay.
    assert {one for one in rest if one.endswith(": refused")} == {
        f"{place}: refused"
        for place in ("inbox", "receipts", "online", "mapping", "portals", "form_pdf")
    }
    assert [one for one in rest if one.startswith("relay")] == [
        f"relay {order}: 1" for order in ("schema", "prepare", "send", "follow", "open")
    ]
    if not traced or not other.exists() or not other.stat().st_size:
        pytest.skip("the kernel’s account: strace is missing, or may not trace here")
    assert NETWORK.search(other.read_text())
    assert [line for line in log.read_text().splitlines() if NETWORK.search(line)] == []


def test_one_folder_alone_imports_what_opens_sockets() -> None:
    opening = {
        "socket", "ssl", "httpx", "httpcore", "requests", "http.client", "http.server", "ftplib",
        "smtplib", "socketserver", "xmlrpc", "urllib.request", "asyncio", "PySide6.QtNetwork",
        "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets",
    }  # fmt: skip
    found = {
        (file.relative_to(ROOT).parts[:2], name)
        for package in ("desktop", "exports", "forms", "vault")
        for file in (ROOT / package).rglob("*.py")
        for name in _imported(file)
        if name in opening or name.partition(".")[0] in opening
    }
    assert {folder for folder, _ in found} == {("exports", "online")}
    assert "httpx" in {name for _, name in found}


def _imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names


def _strace(log: Path) -> tuple[str, ...]:
    return ("strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=network", "-o", str(log))
