"""The procedures of a relay: where a form is filed online, what the procedure asks, what to copy.

The mapping comes from the form's `online.yaml`, or from one made at this relay; the procedure's own
description is read from a file or from the portal, and kept. Both are public, and name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.online.errors import NoOnlineFiling, OtherProcedure
from desktop.workflows.online.portals import added_portals
from exports.online.client import PrefillClient
from exports.online.permission import ALLOWED, NetworkPermission, Portal
from exports.online.schema import MOST_BYTES, Schema, read_schema
from exports.online.suggestions import FieldSuggestions, suggest
from forms.errors import UnknownForm
from forms.filling import Filling
from forms.online import OnlineFiling
from forms.online_reader import check_online, read_online
from forms.online_values import CopiedValue, copied_values
from vault.records.journal import Action

PORTALS: tuple[Portal, ...] = ALLOWED
"""The portals that every relay may reach; see `online_portals` for those that one adds."""

_MAPPING = "online.mapping."
_SCHEMA = "online.schema."


@dataclass(frozen=True)
class KeptSchema:
    """The description of a procedure, and the day it was read."""

    schema: Schema
    read_on: str


def network_permission(desk: Desk, portals: tuple[Portal, ...] | None = None) -> NetworkPermission:
    """The permission to use the network; asked again before each connection.

    Raises:
        NotARelay: the vault is a station's. Nothing is ever opened for one.
    """
    allowed = (*PORTALS, *added_portals(desk)) if portals is None else portals
    return NetworkPermission(desk.require_relay, allowed)


def client_for(
    desk: Desk, address: str, permission: NetworkPermission | None = None
) -> PrefillClient:
    """A client for the portal of an address.

    Raises:
        NotARelay: the vault is a station's.
        AddressNotAllowed: the address is on no permitted portal.
    """
    desk.require_relay()
    permission = permission or network_permission(desk)
    return PrefillClient(permission, permission.portal_of(address))


def online_filing(desk: Desk, form_id: str) -> OnlineFiling:
    """Where a form is filed online: what this relay was told, else the catalogue's.

    Raises:
        NoOnlineFiling: nothing says it.
        DefinitionError: the mapping has a fault.
    """
    told = desk.vault.settings.get(_MAPPING + form_id, None)
    if told is not None:
        return read_online(str(told), file=f"{form_id}/online.yaml")
    try:
        filing = desk.catalogue.online(form_id)
    except UnknownForm:
        filing = None
    if filing is None:
        raise NoOnlineFiling
    return filing


def keep_mapping(desk: Desk, form_id: str, text: str) -> OnlineFiling:
    """Tell this relay where a form is filed online, in place of the catalogue's word.

    Raises:
        NotARelay: the vault is a station's.
        UnknownForm: the catalogue has no such form.
        DefinitionError: the mapping has a fault; nothing is kept.
    """
    desk.require_writer()
    desk.require_relay()
    file = f"{form_id}/online.yaml"
    form = desk.catalogue.form(form_id)
    filing = read_online(text, file=file)
    check_online(filing, Filling(form, {}, today=date(2026, 1, 1)), file=file)
    with desk.vault.transaction():
        desk.vault.settings.set(_MAPPING + form_id, text)
        desk.vault.journal.add(Action.PROCEDURE_MAPPED, detail={"title": form.title})
    return filing


def schema_from_file(file: Path) -> bytes:
    """The description of a procedure in a file, checked to be one.

    Raises:
        SchemaUnreadable: it is none.
        OSError: the file cannot be read.
    """
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    read_schema(content)
    return content


def keep_schema(desk: Desk, form_id: str, content: bytes) -> Schema:
    """Keep the description of the procedure of a form, to compare with before sending.

    Raises:
        NotARelay: the vault is a station's.
        SchemaUnreadable: it is none.
        OtherProcedure: the form's mapping names another number.
    """
    desk.require_writer()
    desk.require_relay()
    schema = read_schema(content)
    try:
        procedure = online_filing(desk, form_id).procedure
    except NoOnlineFiling:
        procedure = None
    if procedure is not None and procedure.number != schema.number:
        raise OtherProcedure
    kept = {"text": content.decode("utf-8"), "on": desk.today().isoformat()}
    desk.vault.settings.set(_SCHEMA + form_id, kept)
    return schema


def kept_schema(desk: Desk, form_id: str) -> KeptSchema | None:
    """The description kept for a form's procedure, if it is of the procedure mapped today."""
    kept = desk.vault.settings.get(_SCHEMA + form_id, None)
    if kept is None:
        return None
    schema = read_schema(kept["text"].encode("utf-8"))
    procedure = online_filing(desk, form_id).procedure
    if procedure is None or procedure.number != schema.number:
        return None
    return KeptSchema(schema, kept["on"])


def suggestions(desk: Desk, form_id: str, schema: Schema) -> tuple[FieldSuggestions, ...]:
    """Which question may go in which field of a procedure, for a person to choose."""
    return suggest(schema, desk.catalogue.form(form_id))


def copying_lines(desk: Desk, application_id: str) -> tuple[CopiedValue, ...]:
    """What to copy to the website, in its order and its formats; nothing is sent.

    Raises:
        NotARelay: the vault is a station's.
        NoOnlineFiling: nothing says the website's order.
        RecordNotFound: the vault has no such application.
    """
    desk.require_relay()
    application = desk.vault.applications.get(application_id)
    filing = online_filing(desk, application.form_id)
    if not filing.copy:
        raise NoOnlineFiling
    person = desk.vault.people.get(application.person_id)
    return copied_values(filing, filling_of(desk, application, person))
