"""The client against the contract server: once, bounded, over HTTPS alone, and silent."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import socket
import ssl
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from exports.online import waiting
from exports.online.client import MOST_TOKENS, PrefillClient
from exports.online.connection import MOST_BYTES, Patience
from exports.online.dossier import DossierState
from exports.online.errors import (
    AddressNotAllowed,
    AnswerTooLarge,
    FilingTooLarge,
    NotAProcedureAddress,
    NothingToPrefill,
    OnlineError,
    OutcomeUnknown,
    PortalBusy,
    PortalRefused,
    PortalSilent,
    PortalUnreachable,
    ProcedureNotFound,
    ProxyUnusable,
    UnexpectedAnswer,
)
from exports.online.link import prefilled_link
from exports.online.permission import ALLOWED, NetworkPermission, Portal
from exports.online.practice.link import values_of_link
from exports.online.practice.portal import MOST_CREATED, Reply, Request
from exports.online.practice.server import make_certificate
from exports.online.schema import read_schema
from tests.contracts.conftest import Contract

SECRET = "Ünal-Œillet"
PAYLOAD = {"champ_Q2hhbXAtMTAwMQ": "1985-03-12", "identite_nom": SECRET}


def only_posts(reply: Callable[[], Reply]) -> Callable[[Request], Reply | None]:
    return lambda request: reply() if request.method == "POST" else None


def always(reply: Reply, _: Request) -> Reply:
    return reply


def cut() -> Reply:
    raise ConnectionAbortedError


def test_a_draft_is_created_claimed_and_followed(contract: Contract) -> None:
    client = contract.client()
    schema = read_schema(client.schema(contract.address()))
    assert schema.number == contract.procedure.number
    draft = client.create(schema.number, PAYLOAD)
    assert draft.url == f"{contract.address()}?prefill_token={draft.token}"
    assert contract.asked[-1].headers["content-type"] == "application/json"
    assert contract.portal.kept(draft.token) == PAYLOAD
    assert client.follow(schema.number, [draft.token])[draft.token].state is DossierState.PREFILLED
    contract.portal.visit(draft.token, "colleague")
    contract.portal.move(draft.token, DossierState.ACCEPTE)
    followed = client.follow(schema.number, [draft.token])[draft.token]
    assert followed.state is DossierState.ACCEPTE
    assert followed.submitted_at and followed.processed_at


def test_many_tokens_are_asked_for_in_several_requests(contract: Contract) -> None:
    tokens = [f"unknown-token-{number:03}" for number in range(MOST_TOKENS + 1)]
    found = contract.client().follow(contract.procedure.number, tokens)
    assert len(contract.asked) == 2
    assert {one.state for one in found.values()} == {DossierState.GONE}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(400, b'{"error": "no"}'), PortalRefused),
        (Reply(401, b""), PortalRefused),
        (Reply(404, b'{"error": "procedure 1 is not found"}'), ProcedureNotFound),
        (Reply(429, b"Retry later", headers={"Retry-After": "7"}), PortalBusy),
    ],
)
def test_a_clear_refusal_created_nothing(
    contract: Contract, reply: Reply, kind: type[OnlineError]
) -> None:
    contract.trouble = only_posts(lambda: reply)
    with pytest.raises(kind) as refused:
        contract.client().create(contract.procedure.number, PAYLOAD)
    assert contract.posts == 1
    assert not isinstance(refused.value, PortalBusy) or refused.value.seconds == 7


@pytest.mark.parametrize(
    "reply",
    [
        lambda: Reply(500, b""),
        lambda: Reply(503, b""),
        lambda: Reply(302, b"", headers={"Location": "https://elsewhere.example/"}),
        lambda: Reply(200, b"{}"),
        lambda: Reply(201, b"not json"),
        lambda: Reply(201, b'{"dossier_number": 1, "dossier_prefill_token": "a b"}'),
        cut,
    ],
)
def test_what_is_not_clear_is_unknown_and_never_sent_twice(
    contract: Contract, reply: Callable[[], Reply]
) -> None:
    contract.trouble = only_posts(reply)
    with pytest.raises(OutcomeUnknown):
        contract.client().create(contract.procedure.number, PAYLOAD)
    assert contract.posts == 1


def test_a_portal_that_creates_and_says_nothing_is_unknown(contract: Contract) -> None:
    def late(request: Request) -> Reply | None:
        if request.method == "POST":
            contract.portal.answer(request)
            time.sleep(1)
        return None

    contract.trouble = late
    with pytest.raises(OutcomeUnknown):
        contract.client(part=0.2).create(contract.procedure.number, PAYLOAD)
    assert contract.posts == 1


def test_an_address_elsewhere_is_not_given_to_open(contract: Contract) -> None:
    body = {
        "dossier_url": "https://elsewhere.example/commencer/x",
        "dossier_number": 7,
        "dossier_prefill_token": "abcdefghijklmnopqrstuvwx",
    }
    contract.trouble = only_posts(lambda: Reply(201, json.dumps(body).encode()))
    draft = contract.client().create(contract.procedure.number, PAYLOAD)
    assert (draft.number, draft.url) == (7, "")


def test_reading_fails_in_its_own_words(contract: Contract) -> None:
    client = contract.client(part=0.3)
    with pytest.raises(ProcedureNotFound):
        client.schema(contract.address("autre"))
    with pytest.raises(NotAProcedureAddress):
        client.schema(f"{contract.server.portal.address}/accueil")
    for reply, kind in (
        (Reply(200, b"[]"), UnexpectedAnswer),
        (Reply(302, b"", headers={"Location": "/"}), UnexpectedAnswer),
        (Reply(200, b" " * (MOST_BYTES + 1)), AnswerTooLarge),
        (Reply(200, b"x", headers={"Content-Encoding": "gzip"}), AnswerTooLarge),
    ):
        contract.trouble = functools.partial(always, reply)
        with pytest.raises(kind):
            client.schema(contract.address())
    contract.trouble = lambda _: time.sleep(0.8)
    with pytest.raises(PortalSilent):
        client.schema(contract.address())


def test_nothing_or_too_much_is_not_sent(contract: Contract) -> None:
    with pytest.raises(NothingToPrefill):
        contract.client().create(1, {})
    with pytest.raises(FilingTooLarge):
        contract.client().create(1, {"champ_Q2hhbXAtMTAwMg": "a" * 2_000_000})
    assert contract.posts == 0


def test_a_certificate_that_nobody_vouches_for_is_refused(contract: Contract) -> None:
    real = contract.server.portal
    stranger = Portal(real.host, real.port)
    client = PrefillClient(NetworkPermission(lambda: None, (stranger,)), stranger)
    with pytest.raises(PortalUnreachable):
        client.create(contract.procedure.number, PAYLOAD)
    assert contract.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://demarche.numerique.gouv.fr/commencer/x",
        "https://demarche.numerique.gouv.fr.example/commencer/x",
        "https://demarche.numerique.gouv.fr:8443/commencer/x",
        "https://someone@demarche.numerique.gouv.fr/commencer/x",
        "https://demarche.numerique.gouv.fr@elsewhere.example/commencer/x",
        "ftp://demarche.numerique.gouv.fr/x",
        "https://[::1",
        "demarche.numerique.gouv.fr",
    ],
)
def test_only_the_portals_of_the_list_are_reached(address: str) -> None:
    with pytest.raises(AddressNotAllowed):
        NetworkPermission(lambda: None).portal_of(address)


def test_the_portal_of_the_contract_is_on_the_list() -> None:
    permission = NetworkPermission(lambda: None)
    assert permission.portal_of("https://demarche.numerique.gouv.fr/commencer/x") is ALLOWED[0]
    with pytest.raises(AddressNotAllowed):
        PrefillClient(permission, Portal("elsewhere.example"))


def test_a_permission_withdrawn_stops_the_client(contract: Contract) -> None:
    allowed = [True]

    def check() -> None:
        if not allowed[0]:
            raise PermissionError

    client = PrefillClient(
        NetworkPermission(check, (contract.server.portal,)), contract.server.portal
    )
    allowed[0] = False
    with pytest.raises(PermissionError):
        client.create(contract.procedure.number, PAYLOAD)
    assert contract.asked == []


def test_no_log_and_no_error_holds_a_value_or_a_token(
    contract: Contract, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = contract.client()
    draft = client.create(contract.procedure.number, PAYLOAD)
    contract.trouble = lambda _: Reply(400, json.dumps({"error": SECRET}).encode())
    said = [repr(draft)]
    for attempt in (
        lambda: client.create(contract.procedure.number, PAYLOAD),
        lambda: client.follow(contract.procedure.number, [draft.token]),
    ):
        with pytest.raises(OnlineError) as refused:
            attempt()
        said.append("".join(traceback.format_exception(refused.value)))
    contract.trouble = lambda _: cut()
    with pytest.raises(PortalSilent) as silent:
        client.follow(contract.procedure.number, [draft.token])
    said.append("".join(traceback.format_exception(silent.value)))
    shown = capfd.readouterr()
    text = "".join([*said, caplog.text, shown.out, shown.err])
    assert draft.token not in text
    assert SECRET not in text


@pytest.fixture
def proxy() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that notes where it is asked to go, then refuses."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer:
                heard.append(peer.recv(4096).split(b"\r\n")[0])
                peer.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], heard
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.fixture
def tunnel() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that lets through, and notes all that passes."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def pump(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                seen.append(data)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def carry(peer: socket.socket) -> None:
        with peer:
            asked = peer.recv(4096)
            seen.append(asked)
            host, _, port = asked.split()[1].partition(b":")
            with socket.create_connection((host.decode(), int(port))) as portal:
                peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=pump, args=(portal, peer), daemon=True)
                back.start()
                pump(peer, portal)
                back.join()

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=carry, args=(peer,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], seen
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def test_a_draft_goes_through_a_proxy_that_reads_nothing_of_it(
    contract: Contract, tunnel: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, seen = tunnel
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    draft = contract.client().create(contract.procedure.number, PAYLOAD)
    assert contract.portal.kept(draft.token) == PAYLOAD
    assert seen[0].startswith(b"CONNECT localhost:")
    passed = b"".join(seen)
    for secret in (SECRET.encode(), draft.token.encode(), b"dossiers", b"1985-03-12"):
        assert secret not in passed


def test_an_answer_that_never_ends_is_given_up(tmp_path: Path) -> None:
    key, certificate = make_certificate()
    (tmp_path / "portal.pem").write_bytes(key + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "portal.pem")
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def drip() -> None:
        peer, _ = listener.accept()
        with context.wrap_socket(peer, server_side=True) as portal, contextlib.suppress(OSError):
            portal.recv(4096)
            portal.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n")
            # A byte now and then: no single wait is ever too long.
            while not stopped.wait(0.05):
                portal.sendall(b" ")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    portal = Portal("localhost", listener.getsockname()[1], trusted=certificate.decode())
    permission = NetworkPermission(lambda: None, (portal,))
    client = PrefillClient(permission, portal, Patience(part=5, whole=0.3))
    with pytest.raises(OutcomeUnknown):
        client.create(1, PAYLOAD)
    stopped.set()
    thread.join()
    listener.close()


def test_the_proxy_of_the_environment_is_honoured(
    contract: Contract, proxy: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, heard = proxy
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(ProxyUnusable):
        contract.client().create(contract.procedure.number, PAYLOAD)
    assert heard == [b"CONNECT localhost:%d HTTP/1.1" % contract.server.portal.port]
    assert contract.asked == []
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://x")
    with pytest.raises(ProxyUnusable):
        contract.client().create(contract.procedure.number, PAYLOAD)


def test_what_the_portal_says_of_waiting_is_believed(
    contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = contract.client()
    for _ in range(MOST_CREATED):
        client.create(contract.procedure.number, PAYLOAD)
    contract.clock.forward(seconds=4)
    with pytest.raises(PortalBusy) as busy:
        client.create(contract.procedure.number, PAYLOAD)
    assert busy.value.seconds == 11
    assert len(contract.portal.tokens) == MOST_CREATED
    # Until then it is not even asked, whatever for and whoever asks.
    posts = contract.posts
    for attempt in (
        lambda: client.create(contract.procedure.number, PAYLOAD),
        lambda: contract.client().follow(contract.procedure.number, ["unknown-token"]),
    ):
        with pytest.raises(PortalBusy) as busy:
            attempt()
        assert 0 < busy.value.seconds <= 11
    assert contract.posts == posts
    contract.clock.forward(seconds=11)
    now = time.monotonic()
    monkeypatch.setattr(waiting, "monotonic", lambda: now + 12)
    client.create(contract.procedure.number, PAYLOAD)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"RateLimit-Reset": "12"}, 12),
        ({"Retry-After": "7", "RateLimit-Reset": "12"}, 7),
        ({"RateLimit-Reset": str(int(time.time()) - 60)}, 1),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 1),
        ({"Retry-After": "bientôt".encode().decode("latin-1")}, 15),
        ({"Retry-After": "99999999"}, 3600),
        ({}, 15),
    ],
)
def test_each_way_of_asking_to_wait_is_read(
    contract: Contract, headers: dict[str, str], seconds: int
) -> None:
    contract.trouble = lambda _: Reply(429, b"Retry later", "text/plain", headers)
    with pytest.raises(PortalBusy) as busy:
        contract.client().follow(contract.procedure.number, ["unknown-token"])
    assert busy.value.seconds == seconds


def test_a_prefilled_link_holds_what_a_draft_would(contract: Contract) -> None:
    rows = [{"champ_Q2hhbXAtMTAwNw": "Ünal & fils", "champ_Q2hhbXAtMTAwOQ": "2012-05-02"}] * 2
    payload = {**PAYLOAD, "champ_Q2hhbXAtMTAwNg": rows}
    portal = contract.server.portal
    link = prefilled_link(portal, contract.address(), payload)
    assert link.whole and not link.too_long
    assert SECRET not in repr(link)
    asked = urlsplit(link.address)
    assert values_of_link(parse_qsl(asked.query)) == payload
    page = contract.portal.answer(
        Request("GET", asked.path, {}, {}, pairs=parse_qsl(asked.query))
    ).body.decode()
    assert "Ünal &amp; fils" in page
    # Nothing is created by looking at it.
    assert contract.portal.tokens == ()


def test_a_link_the_portal_would_warn_of_is_known(contract: Contract) -> None:
    portal, key = contract.server.portal, "champ_Q2hhbXAtMTAwMg"
    empty = len(prefilled_link(portal, contract.address(), {key: "a"}).address) - 1
    for length, long in ((2000, False), (2001, True)):
        link = prefilled_link(portal, contract.address(), {key: "a" * (length - empty)})
        assert (len(link.address), link.too_long) == (length, long)


def test_a_link_s_rows_are_left_out_where_they_would_run_together(contract: Contract) -> None:
    first, second = "champ_Q2hhbXAtMTAwNw", "champ_Q2hhbXAtMTAwOQ"
    rows = [{second: "2012-05-02"}, {first: "Ünal"}]
    link = prefilled_link(
        contract.server.portal, contract.address(), {**PAYLOAD, "champ_Q2hhbXAtMTAwNg": rows}
    )
    assert not link.whole
    assert values_of_link(parse_qsl(urlsplit(link.address).query)) == PAYLOAD
    with pytest.raises(NothingToPrefill):
        prefilled_link(contract.server.portal, contract.address(), {"champ_x": rows})


def test_a_list_stays_a_list_in_a_link(contract: Contract) -> None:
    payload = {"champ_C": ["75007", "75107"], "champ_R": [{"champ_M": ["a", "b"]}] * 2}
    link = prefilled_link(contract.server.portal, contract.address(), payload)
    assert "champ_C%5B%5D=75007&champ_C%5B%5D=75107" in link.address
