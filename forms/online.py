"""Where a form is filed online: `online.yaml`: a portal's procedure, and what to copy by hand."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from forms.definition import Expression

IDENTITY = ("prenom", "nom", "genre")
"""What a portal calls the three facts of who files, where the procedure is for individuals."""

_FIELD = re.compile(r"[A-Za-z0-9+/]{4,64}")


class OnlineStatus(Enum):
    """What the file is worth; an example names nothing that exists, and is never sent."""

    EXAMPLE = "example"
    TO_VERIFY = "to_verify"
    VERIFIED = "verified"


class FieldFormat(Enum):
    """The type of a field that a portal prefills, under the portal's own name."""

    TEXT = "text"
    TEXTAREA = "textarea"
    FORMATTED = "formatted"
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    DECIMAL_NUMBER = "decimal_number"
    INTEGER_NUMBER = "integer_number"
    DATE = "date"
    DATETIME = "datetime"
    YES_NO = "yes_no"
    CHECKBOX = "checkbox"
    CIVILITE = "civilite"
    PAYS = "pays"
    REGIONS = "regions"
    DEPARTEMENTS = "departements"
    COMMUNES = "communes"
    EPCI = "epci"
    ADDRESS = "address"
    SIRET = "siret"
    DROP_DOWN_LIST = "drop_down_list"
    MULTIPLE_DROP_DOWN_LIST = "multiple_drop_down_list"
    DOSSIER_LINK = "dossier_link"
    REFERENTIEL = "referentiel"
    REPETITION = "repetition"

    @property
    def several(self) -> bool:
        """Whether its value is a list: the words of the expression’s text."""
        return self in (
            FieldFormat.COMMUNES,
            FieldFormat.EPCI,
            FieldFormat.MULTIPLE_DROP_DOWN_LIST,
        )


class CopyFormat(Enum):
    """How a website wants a value typed."""

    TEXT = "text"
    LINE = "line"
    CAPITALS = "capitals"
    DATE = "date"
    DATE_ISO = "date_iso"
    DIGITS = "digits"
    AMOUNT = "amount"


@dataclass(frozen=True)
class MappedField:
    """One field of a procedure and what goes in it.

    Attributes:
        field: its identifier in the procedure, without the `=` that ends it.
        label: the procedure's own words, to recognise it by.
        value: an expression; None for a repetition.
        options: the names of our choices, and the portal's exact words for each.
        each: the repeat whose occurrences are the rows of a repetition.
        fields: the fields of a row.
    """

    field: str
    label: str
    format: FieldFormat
    value: Expression | None
    options: tuple[tuple[str, str], ...]
    each: str | None
    fields: tuple[MappedField, ...]
    line: int


@dataclass(frozen=True)
class Procedure:
    """A procedure of a portal.

    Attributes:
        number: what a draft is created under.
        address: where a person begins it by hand.
        identity: who files, by the portal's names of `IDENTITY`; empty where it asks nobody.
    """

    number: int
    address: str
    identity: tuple[MappedField, ...]
    fields: tuple[MappedField, ...]


@dataclass(frozen=True)
class CopyLine:
    """One thing to copy to a website, in the website's order.

    Attributes:
        each: a repeat; `lines` are then copied once for each of its occurrences.
    """

    label: str
    value: Expression | None
    format: CopyFormat
    options: tuple[tuple[str, str], ...]
    each: str | None
    lines: tuple[CopyLine, ...]


@dataclass(frozen=True)
class OnlineFiling:
    """Where and how a form is filed online.

    Attributes:
        read: the day the procedure or the website was looked at.
        site: the website to copy to; empty where there is none but the procedure.
    """

    status: OnlineStatus
    read: date
    note: str
    site: str
    procedure: Procedure | None
    copy: tuple[CopyLine, ...]


def bare_field_id(text: str) -> str | None:
    """A procedure's field identifier as it is kept: no `champ_` before, no `=` after.

    The portal writes `Champ-22` in base64; None when the text is no such thing.
    """
    bare = text.removeprefix("champ_").rstrip("=")
    if not _FIELD.fullmatch(bare):
        return None
    try:
        decoded = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except binascii.Error:
        return None
    return bare if re.fullmatch(rb"Champ-\d{1,18}", decoded) else None
