"""The client of Démarche numérique: schema, creation of a prefilled draft, follow-up.

The contract: `/preremplir/:path/schema`, `POST` and `GET /api/public/v1/demarches/:id/dossiers`,
none of them with authentication. A creation is not idempotent: here, one call is one request, and
whoever calls decides whether there may be another.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Annotated

import msgspec

from exports.online.addresses import dossiers_path, procedure_path, schema_path
from exports.online.connection import Answer, Connection, Interrupted, Patience
from exports.online.dossier import Dossier, DossierState, Draft
from exports.online.errors import (
    AnswerTooLarge,
    FilingTooLarge,
    NothingToPrefill,
    OutcomeUnknown,
    PortalBusy,
    PortalRefused,
    PortalSilent,
    ProcedureNotFound,
    SchemaUnreadable,
    UnexpectedAnswer,
)
from exports.online.permission import NetworkPermission, Portal
from exports.online.preparation import Payload
from exports.online.schema import read_schema
from exports.online.waiting import WAITS

MOST_SENT = 1024 * 1024
"""The contract gives no limit; no form is larger."""

MOST_TOKENS = 40
"""Tokens asked for at once: addresses stay under two thousand characters."""

_TOKEN = re.compile(r"[\w\-]{8,200}", re.ASCII)
_LONGEST_WAIT = 3600
_Short = Annotated[str, msgspec.Meta(max_length=2000)]


class _Created(msgspec.Struct):
    token: _Short = msgspec.field(name="dossier_prefill_token")
    number: int = msgspec.field(name="dossier_number")
    id: _Short = msgspec.field(name="dossier_id", default="")
    url: _Short = msgspec.field(name="dossier_url", default="")


class _Followed(msgspec.Struct):
    token: _Short = msgspec.field(name="dossier_prefill_token")
    state: _Short
    number: int | None = msgspec.field(name="dossier_number", default=None)
    submitted_at: _Short | None = None
    processed_at: _Short | None = None


class PrefillClient:
    """State: how one portal is reached, for a relay that is permitted to."""

    def __init__(
        self, permission: NetworkPermission, portal: Portal, patience: Patience | None = None
    ) -> None:
        """Make a client; nothing is opened yet.

        Raises:
            AddressNotAllowed: the portal is not permitted.
        """
        self.portal = portal
        self._connection = Connection(permission, portal, patience)

    def schema(self, address: str) -> bytes:
        """Read the schema of a procedure, checked to be one.

        The portal describes a procedure only when it is published or being written, and open data.

        Raises:
            NotAProcedureAddress: the address names no procedure.
            ProcedureNotFound: the portal does not describe it.
            SchemaUnreadable: what came is no schema.
            OnlineError: as `follow`.
        """
        answer = self._read(schema_path(procedure_path(address)), {})
        try:
            read_schema(answer.body)
        except SchemaUnreadable:
            raise UnexpectedAnswer from None
        return answer.body

    def create(self, number: int, payload: Payload) -> Draft:
        """Create one draft. Each call creates another: never call twice without asking.

        Raises:
            PortalUnreachable, ProxyUnusable: nothing was sent.
            PortalBusy: the portal asks to wait, or asked before and is left alone until then.
            ProcedureNotFound, PortalRefused: the portal created nothing.
            OutcomeUnknown: a draft may exist.
            NothingToPrefill, FilingTooLarge: nothing was tried.
        """
        WAITS.refuse(self.portal)
        if not payload:
            raise NothingToPrefill
        body = msgspec.json.encode(payload)
        if len(body) > MOST_SENT:
            raise FilingTooLarge
        try:
            answer = self._connection.post(dossiers_path(number), body)
        except (Interrupted, AnswerTooLarge):
            raise OutcomeUnknown from None
        if answer.status == HTTPStatus.CREATED:
            return self._draft(answer)
        if answer.status == HTTPStatus.REQUEST_TIMEOUT or not 400 <= answer.status < 500:
            # A relay of the portal may have given up after the portal had created it.
            raise OutcomeUnknown
        raise self._refusal(answer)

    def follow(self, number: int, tokens: Sequence[str]) -> dict[str, Dossier]:
        """Say how drafts of a procedure stand, by token; one the portal does not know is gone.

        Raises:
            PortalUnreachable, ProxyUnusable, PortalSilent, PortalBusy: try again later.
            ProcedureNotFound, PortalRefused: the portal does not answer for this procedure.
            UnexpectedAnswer, AnswerTooLarge: what came is not in the contract.
        """
        found: dict[str, Dossier] = {}
        for start in range(0, len(tokens), MOST_TOKENS):
            some = tokens[start : start + MOST_TOKENS]
            answer = self._read(dossiers_path(number), {"prefill_token": ",".join(some)})
            try:
                listed = msgspec.json.decode(answer.body, type=list[_Followed])
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise UnexpectedAnswer from None
            found.update((one.token, _dossier(one)) for one in listed)
        return {token: found.get(token, Dossier(DossierState.GONE)) for token in tokens}

    def _read(self, path: str, query: dict[str, str]) -> Answer:
        WAITS.refuse(self.portal)
        try:
            answer = self._connection.get(path, query)
        except Interrupted:
            raise PortalSilent from None
        if answer.status == HTTPStatus.OK:
            return answer
        if 400 <= answer.status < 500:
            raise self._refusal(answer)
        raise UnexpectedAnswer

    def _refusal(self, answer: Answer) -> Exception:
        # The portal's own words may quote what was sent: they are not kept.
        if answer.status == HTTPStatus.NOT_FOUND:
            return ProcedureNotFound()
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            seconds = _wait(answer.headers)
            WAITS.note(self.portal, seconds)
            return PortalBusy(seconds)
        return PortalRefused(answer.status)

    def _draft(self, answer: Answer) -> Draft:
        try:
            created = msgspec.json.decode(answer.body, type=_Created)
        except (msgspec.DecodeError, UnicodeDecodeError):
            # It was created, and there is no token to find it by.
            raise OutcomeUnknown from None
        if not _TOKEN.fullmatch(created.token):
            raise OutcomeUnknown
        # An address elsewhere is not opened; the draft is still followed by its token.
        url = created.url if self.portal.has(created.url) else ""
        return Draft(created.number, created.id, created.token, url)


def _dossier(one: _Followed) -> Dossier:
    try:
        state = DossierState(one.state)
    except ValueError:
        raise UnexpectedAnswer from None
    return Dossier(state, one.number or 0, one.submitted_at or "", one.processed_at or "")


def _wait(headers: dict[str, str]) -> int:
    for name in ("retry-after", "ratelimit-reset"):
        said = headers.get(name, "")
        if said.isascii() and said.isdecimal():
            # Seconds to wait, or the moment itself, in seconds.
            seconds = int(said[:12])
            seconds = seconds - int(time.time()) if seconds > 10**9 else seconds
            return min(max(seconds, 1), _LONGEST_WAIT)
        try:
            moment = parsedate_to_datetime(said).timestamp()
        except (TypeError, ValueError):
            continue
        return min(max(int(moment - time.time()), 1), _LONGEST_WAIT)
    return 15
