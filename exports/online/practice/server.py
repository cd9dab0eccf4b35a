"""The practice portal on this PC's own address, over HTTPS, with a certificate made for the day."""

from __future__ import annotations

import ssl
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from exports.online.permission import Portal
from exports.online.practice.portal import PracticePortal, Reply, Request

_MOST_BODY = 2 * 1024 * 1024


class PracticeServer:
    """State: a practice portal that listens on this PC alone while it is open."""

    def __init__(
        self,
        practice: PracticePortal,
        check: Callable[[], None],
        answer: Callable[[Request], Reply] | None = None,
    ) -> None:
        """Prepare to listen; nothing is opened yet.

        Args:
            practice: what answers.
            check: returns for a relay, raises for a station: a station listens to nothing either.
            answer: answers instead, if given.
        """
        check()
        self.practice = practice
        self._check = check
        self._answer = answer or practice.answer
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._authority = ""

    @property
    def portal(self) -> Portal:
        """How a client reaches it, and what it may trust for it alone."""
        assert self._server is not None, "it listens"
        port = int(self._server.server_address[1])
        return Portal("localhost", port, trusted=self._authority, practice=True)

    def __enter__(self) -> PracticeServer:
        self._check()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.answer = self._answer
        key, certificate = make_certificate()
        self._authority = certificate.decode()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            # Python's ssl reads keys from files alone.
            file = Path(folder) / "practice.pem"
            file.touch(0o600)
            file.write_bytes(key + certificate)
            context.load_cert_chain(file)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.practice.address = self.portal.address
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()


def make_certificate() -> tuple[bytes, bytes]:
    """A key and a certificate in PEM, for this PC's own name, that vouches for itself for a day."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Trait d’union, exercice")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return written, certificate.public_bytes(serialization.Encoding.PEM)


class _Server(ThreadingHTTPServer):
    answer: Callable[[Request], Reply]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves, or does not trust the certificate, is no event."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        """Read."""
        self._reply(b"")

    def do_POST(self) -> None:
        """Create."""
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isdecimal() else 0
        self._reply(self.rfile.read(min(size, _MOST_BODY)))

    def log_message(self, *_: object) -> None:
        """Addresses hold tokens: nothing is written anywhere."""

    def _reply(self, body: bytes) -> None:
        assert isinstance(self.server, _Server), "only that server has this handler"
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = address.query
        request = Request(
            self.command, address.path, parse_qs(query), headers, body, parse_qsl(query)
        )
        reply = self.server.answer(request)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
