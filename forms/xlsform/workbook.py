"""A workbook as rows: pyxform's own reader, with bounds, and the row each value stands on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from forms.errors import DefinitionError
from forms.xlsform.errors import WorkbookUnreadable

MOST_BYTES = 20 * 1024 * 1024
_MOST_UNPACKED = 200 * 1024 * 1024
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_EXTRA_SHEETS = ("documents", "sources", "titles")
"""Sheets that are ours; ODK and Kobo ignore them."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, from 1 for the headings, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook, by lower-case name."""

    file: str
    sheets: Mapping[str, tuple[Row, ...]]

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet, empty ones left out; none where the sheet is missing."""
        return self.sheets.get(sheet, ())


def read_workbook(data: bytes, *, file: str) -> Workbook:
    """Read an .xlsx or .xls workbook.

    Args:
        data: its bytes.
        file: its name, for errors.

    Raises:
        WorkbookUnreadable: it is none, is damaged, or is too large.
        DefinitionError: two columns have the same heading.
    """
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import xls_to_dict, xlsx_to_dict

    _bound(data)
    try:
        if data.startswith(_OLD_WORKBOOK):
            found = xls_to_dict(io.BytesIO(data))
        else:
            found = {**xlsx_to_dict(io.BytesIO(data)), **_extra_sheets(data)}
    except PyXFormError as error:
        if "header" in str(error):
            heading = str(error).rsplit(":", 1)[-1].strip()
            raise DefinitionError(
                file, 1, "deux colonnes ont le même titre", "un titre par colonne", heading
            ) from error
        raise WorkbookUnreadable(str(error)) from error
    except Exception as error:
        # openpyxl and xlrd raise whatever the damage makes them stumble on.
        raise WorkbookUnreadable(f"{type(error).__name__}: {error}") from error
    return Workbook(
        file,
        {
            name.lower(): tuple(
                Row(number, {key: str(value) for key, value in cells.items() if value is not None})
                for number, cells in enumerate(rows, start=2)
                if cells
            )
            for name, rows in found.items()
            if not name.endswith("_header") and name != "sheet_names"
        },
    )


def _bound(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise WorkbookUnreadable("too large")
    if data.startswith(_OLD_WORKBOOK):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkbookUnreadable("not a workbook") from error
    if unpacked > _MOST_UNPACKED:
        raise WorkbookUnreadable("too large once unpacked")


def _extra_sheets(data: bytes) -> dict[str, list[dict[str, str]]]:
    from openpyxl import load_workbook
    from pyxform.xls2json_backends import xlsx_value_to_str

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found: dict[str, list[dict[str, str]]] = {}
    try:
        for sheet in book.worksheets:
            if sheet.title.lower() not in _EXTRA_SHEETS:
                continue
            lines = sheet.iter_rows(values_only=True)
            headings = [str(one or "").strip() for one in next(lines, ())]
            found[sheet.title.lower()] = [
                {
                    heading: xlsx_value_to_str(value).strip()
                    for heading, value in zip(headings, line, strict=False)
                    if heading and value is not None
                }
                for line in lines
            ]
    finally:
        book.close()
    return found
