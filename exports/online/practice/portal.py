"""The practice portal itself, without a socket: what the contract says of each request.

`dossiers_controller.rb`, `base_controller.rb`, `json_description_procedures#show`.
"""

from __future__ import annotations

import base64
import html
import itertools
import json
import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from exports.online.dossier import DossierState
from exports.online.practice.checks import kept_fields, kept_identity
from exports.online.practice.link import values_of_link
from exports.online.practice.procedure import PracticeProcedure

MOST_CREATED = 15
"""How many drafts it lets be created in `_WHILE`, as `Rack::Attack` is written to."""

_FIVE_DAYS = timedelta(days=5)
_WHILE = timedelta(seconds=15)
_SCHEMA = re.compile(r"/preremplir/([^/]+)/schema")
_BEGIN = re.compile(r"/commencer/([^/]+)")
_DOSSIERS = re.compile(r"/api/public/v1/demarches/([^/]+)/dossiers")


@dataclass(frozen=True)
class Request:
    """One request; the names of headers in lower case, the query's values in lists.

    Attributes:
        pairs: the query in its order, which a prefilled link is read by.
    """

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""
    pairs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Dossier:
    """State: one draft."""

    procedure: PracticeProcedure
    number: int
    token: str
    values: dict[str, Any]
    touched: datetime
    owner: str = ""
    state: DossierState = DossierState.PREFILLED
    submitted_at: str = ""
    processed_at: str = ""


class PracticePortal:
    """State: the procedures and the drafts of an invented portal."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self.address = "https://localhost"
        self._now = now or (lambda: datetime.now(UTC))
        self._procedures: dict[str, PracticeProcedure] = {}
        self._dossiers: dict[str, _Dossier] = {}
        self._numbers = itertools.count(42)
        self._created: list[datetime] = []
        self._lock = threading.Lock()

    def put(self, procedure: PracticeProcedure) -> None:
        """Offer a procedure, or put it in place of the one with its path."""
        self._procedures[procedure.path] = procedure

    def answer(self, request: Request) -> Reply:
        """Answer a request, as the contract says."""
        with self._lock:
            self._destroy_old_orphans()
            schema = _SCHEMA.fullmatch(request.path)
            if schema and request.method == "GET":
                return self._schema(schema.group(1))
            begin = _BEGIN.fullmatch(request.path)
            if begin and request.method == "GET":
                return self._page(begin.group(1), request)
            dossiers = _DOSSIERS.fullmatch(request.path)
            if dossiers and request.method == "POST":
                return self._create(dossiers.group(1), request)
            if dossiers and request.method == "GET":
                return self._follow(dossiers.group(1), request)
        return _json(404, {"error": "not found"})

    def visit(self, token: str, account: str) -> bool:
        """Sign in at a draft's address: the first account owns it, any other gets 404."""
        with self._lock:
            self._destroy_old_orphans()
            dossier = self._dossiers.get(token)
            if dossier is None or dossier.owner not in ("", account):
                return False
            if not dossier.owner:
                dossier.owner, dossier.state = account, DossierState.BROUILLON
            return True

    def move(self, token: str, state: DossierState) -> None:
        """Let its owner submit a draft, or its office decide."""
        with self._lock:
            dossier = self._dossiers[token]
            moment = self._now().isoformat(timespec="seconds")
            dossier.state = state
            dossier.submitted_at = dossier.submitted_at or (moment if state.submitted else "")
            dossier.processed_at = moment if state.final else ""

    def kept(self, token: str) -> Mapping[str, Any]:
        """What a draft holds: what was sent, less what was dropped."""
        return dict(self._dossiers[token].values)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The drafts that exist, the oldest first."""
        return tuple(self._dossiers)

    def _schema(self, path: str) -> Reply:
        procedure = self._procedures.get(path)
        if procedure is None or not procedure.open or not procedure.open_data:
            return _json(404, {"error": f"procedure {path} is not found"})
        return _json(200, dict(procedure.schema))

    def _create(self, number: str, request: Request) -> Reply:
        busy = self._too_many()
        if busy is not None:
            return busy
        if request.headers.get("content-type") != "application/json":
            return _json(400, {"error": "Content-Type should be json"})
        procedure = self._open(number)
        if procedure is None:
            return _json(404, {"error": f"procedure {number} is not found"})
        try:
            sent = json.loads(request.body)
        except ValueError:
            sent = None
        if not isinstance(sent, dict):
            return _json(400, {"error": "the body is not an object"})
        values = _kept(procedure, sent)
        dossier = _Dossier(
            procedure, next(self._numbers), secrets.token_urlsafe(18), values, self._now()
        )
        self._dossiers[dossier.token] = dossier
        return _json(201, self._described(dossier))

    def _open(self, number: str) -> PracticeProcedure | None:
        procedures = self._procedures.values()
        return next((one for one in procedures if str(one.number) == number and one.open), None)

    def _too_many(self) -> Reply | None:
        # Before anything else is looked at, like a request that is none.
        now = self._now()
        self._created = [at for at in self._created if now - at < _WHILE]
        if len(self._created) < MOST_CREATED:
            self._created.append(now)
            return None
        left = self._created[0] + _WHILE - now
        seconds = str(max(1, round(left.total_seconds())))
        headers = {"RateLimit-Limit": str(MOST_CREATED), "RateLimit-Reset": seconds}
        return Reply(429, b"Retry later\n", "text/plain", {**headers, "Retry-After": seconds})

    def _follow(self, number: str, request: Request) -> Reply:
        procedure = self._open(number)
        if procedure is None:
            return _json(404, {"error": f"procedure {number} is not found"})
        asked = [
            token for value in request.query.get("prefill_token", []) for token in value.split(",")
        ]
        asked += request.query.get("prefill_token[]", [])
        # In the order they were created, and only those of the procedure asked for.
        found = [
            self._described(one)
            for one in self._dossiers.values()
            if one.token in asked and one.procedure.number == procedure.number
        ]
        return _json(200, found)

    def _page(self, path: str, request: Request) -> Reply:
        token = "".join(request.query.get("prefill_token", []))
        dossier = self._dossiers.get(token)
        if token:
            procedure = dossier.procedure if dossier is not None else None
        else:
            procedure = self._procedures.get(path)
        if procedure is None or procedure.path != path or not procedure.open:
            return Reply(404, b"", "text/html; charset=utf-8")
        # A prefilled link creates nothing until somebody signs in.
        values = dossier.values if dossier else _kept(procedure, values_of_link(request.pairs))
        lines = "".join(
            f"<li>{html.escape(key)} : {html.escape(json.dumps(value, ensure_ascii=False))}</li>"
            for key, value in values.items()
        )
        title = html.escape(str(procedure.schema["title"]))
        page = (
            f"<!doctype html><html lang=fr><title>{title}</title><h1>{title}</h1><ul>{lines}</ul>"
        )
        return Reply(200, page.encode(), "text/html; charset=utf-8")

    def _described(self, dossier: _Dossier) -> dict[str, Any]:
        described: dict[str, Any] = {
            "state": dossier.state.value,
            "submitted_at": dossier.submitted_at,
            "processed_at": dossier.processed_at,
            "dossier_id": base64.b64encode(f"Dossier-{dossier.number}".encode()).decode(),
            "dossier_number": dossier.number,
            "dossier_prefill_token": dossier.token,
        }
        if not dossier.owner:
            path = dossier.procedure.path
            url = f"{self.address}/commencer/{path}?prefill_token={dossier.token}"
            described = {"dossier_url": url, **described}
        return {key: value for key, value in described.items() if value not in (None, "")}

    def _destroy_old_orphans(self) -> None:
        limit = self._now() - _FIVE_DAYS
        for token, dossier in list(self._dossiers.items()):
            if not dossier.owner and dossier.touched <= limit:
                del self._dossiers[token]


def _kept(procedure: PracticeProcedure, sent: Mapping[str, Any]) -> dict[str, Any]:
    values = kept_fields(procedure.descriptors(), sent)
    return (
        values | kept_identity(sent, titles=procedure.titles) if procedure.individuals else values
    )


def _json(status: int, document: object) -> Reply:
    return Reply(status, json.dumps(document, ensure_ascii=False).encode())
