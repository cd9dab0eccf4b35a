"""What every collection of records shares: moments, identifiers, JSON columns."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from vault.errors import DatabaseDamaged, TextRefused


def now() -> str:
    """This moment as the vault keeps it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """A new random identifier (UUID version 4)."""
    return str(uuid.uuid4())


def to_json(value: Any) -> str:
    """A value as compact JSON text.

    Raises:
        TextRefused: it holds a text that UTF-8 cannot write.
    """
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError as error:
        raise TextRefused from error


def from_json(text: str) -> Any:
    """The value of a JSON column.

    Raises:
        DatabaseDamaged: the column does not hold JSON.
    """
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise DatabaseDamaged("a column does not hold JSON") from error


def columns_of(values: Mapping[str, Any]) -> tuple[str, str, list[Any]]:
    """Column names, question marks and values of an INSERT."""
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    return names, marks, list(values.values())
