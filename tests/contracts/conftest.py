"""The contract server: the practice portal over HTTPS, and the troubles a test asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from exports.online.client import PrefillClient
from exports.online.connection import Patience
from exports.online.permission import NetworkPermission
from exports.online.practice.portal import PracticePortal, Reply, Request
from exports.online.practice.procedure import PracticeProcedure, practice_procedure
from exports.online.practice.server import PracticeServer
from forms.catalogue import catalogue

FORM = "election-de-domicile"


@dataclass
class Clock:
    """State: a clock that a test sets forward."""

    moment: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def forward(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


@dataclass
class Contract:
    """State: the server of one test, what it was asked, and the troubles it makes."""

    portal: PracticePortal
    clock: Clock
    procedure: PracticeProcedure
    asked: list[Request] = field(default_factory=list)
    trouble: Callable[[Request], Reply | None] = lambda _: None
    server: PracticeServer = field(init=False)

    def answer(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.trouble(request) or self.portal.answer(request)

    @property
    def posts(self) -> int:
        return sum(request.method == "POST" for request in self.asked)

    @property
    def permission(self) -> NetworkPermission:
        return NetworkPermission(lambda: None, (self.server.portal,))

    def client(self, **patience: float) -> PrefillClient:
        return PrefillClient(self.permission, self.server.portal, Patience(**patience))

    def address(self, path: str = "") -> str:
        return f"{self.server.portal.address}/commencer/{path or self.procedure.path}"


@pytest.fixture
def contract(monkeypatch: pytest.MonkeyPatch) -> Iterator[Contract]:
    """A portal with one invented procedure, over HTTPS on this machine alone."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    filing = catalogue().online(FORM)
    assert filing is not None
    clock = Clock()
    procedure = practice_procedure(filing, "Élection de domicile")
    made = Contract(PracticePortal(clock.now), clock, procedure)
    made.portal.put(procedure)
    made.server = PracticeServer(made.portal, lambda: None, made.answer)
    with made.server:
        yield made
