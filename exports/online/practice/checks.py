"""What the practice portal keeps of a prefilled value, by the contract's table; None drops it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

COUNTRIES = {"FR": "France", "TR": "Turquie", "PT": "Portugal", "SN": "Sénégal"}
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")
COMMUNES = {"29200": ("29019",), "29000": ("29232",), "75007": ("75107",)}
EPCIS = {"29": ("242900314",)}
ADDRESSES = ("40 Rue Jules Ferry 29200 Brest", "20 Avenue de Ségur 75007 Paris")
REFERENCES = ("REF-0001", "REF-0002")

_CHECKED_LATER = ("Text", "Textarea", "Formatted", "Email", "Phone", "Iban")


def kept(descriptor: Mapping[str, Any], value: Any) -> Any:
    """What is kept of a value for a field, None when it is silently dropped."""
    # Ruby's `present?`: false, an empty text and an empty list are nothing.
    if value in (None, False, "", []):
        return None
    kind = str(descriptor["__typename"]).removesuffix("ChampDescriptor")
    if kind in _CHECKED_LATER:
        return value if isinstance(value, str) else None
    if kind == "DropDownList":
        return value if isinstance(value, str) else None
    if kind == "MultipleDropDownList":
        return _several(descriptor, value)
    if kind == "Repetition":
        return _rows(descriptor, value)
    if kind in _LISTS:
        return _LISTS[kind](value)
    if kind in _TEXTS:
        text = "t" if value is True else value
        return _TEXTS[kind](text) if isinstance(text, str) else None
    return None


def kept_fields(descriptors: list[Mapping[str, Any]], values: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the values of a draft, by key; unknown keys are dropped like the rest."""
    by_key = {}
    for descriptor in descriptors:
        bare = str(descriptor["id"]).rstrip("=")
        by_key[f"champ_{bare}"] = by_key[f"champ_{descriptor['id']}"] = descriptor
    found = {}
    for key, value in values.items():
        stays = kept(by_key[key], value) if key in by_key else None
        if stays is not None:
            found[key.rstrip("=")] = stays
    return found


def kept_identity(values: Mapping[str, Any], *, titles: bool = True) -> dict[str, str]:
    """What is kept of who files: a title that is neither « M. » nor « Mme » becomes nothing.

    Args:
        values: what was sent.
        titles: whether the procedure asks for a title; it drops every one where it does not.
    """
    found = {}
    for name in ("prenom", "nom", "genre") if titles else ("prenom", "nom"):
        value = values.get(f"identite_{name}")
        if isinstance(value, str) and value and (name != "genre" or value in ("M.", "Mme")):
            found[f"identite_{name}"] = value
    return found


def _several(descriptor: Mapping[str, Any], value: Any) -> Any:
    # One text that is no option, and the whole list goes.
    asked = value if isinstance(value, list) else [value]
    return asked if all(one in descriptor["options"] for one in asked) else None


def _rows(descriptor: Mapping[str, Any], value: Any) -> Any:
    if not isinstance(value, list):
        return None
    children = list(descriptor["champDescriptors"])
    rows = [kept_fields(children, row) for row in value if isinstance(row, dict)]
    return [row for row in rows if row] or None


def _commune(value: Any) -> Any:
    if not isinstance(value, list) or value[0] not in COMMUNES:
        return None
    return value if len(value) == 1 or value[1] in COMMUNES[value[0]] else None


def _epci(value: Any) -> Any:
    known = isinstance(value, list) and len(value) == 2 and value[1] in EPCIS.get(value[0], ())
    return value if known else None


def _decimal(text: str) -> str | None:
    return text if re.fullmatch(r"-?\d+([.,]\d{1,3})?", text.replace(" ", "")) else None


def _integer(text: str) -> str | None:
    return text if re.fullmatch(r"-?\d+", text.replace(" ", "")) else None


def _day(text: str) -> str | None:
    # Python reads more of ISO 8601 (weeks, days without dashes) than the portal does.
    if not re.fullmatch(r"\d{4}([-/])\d{2}\1\d{2}", text):
        return None
    try:
        return date.fromisoformat(text.replace("/", "-")).isoformat()
    except ValueError:
        return None


def _moment(text: str) -> str | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}\+\d{2}:\d{2})?", text):
        return None
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _one_of(*known: str) -> Callable[[str], str | None]:
    return lambda text: text if text in known else None


def _department(text: str) -> str | None:
    known = r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[4678]|99"
    return text if re.fullmatch(known, text) else None


def _siret(text: str) -> str | None:
    digits = [int(one) for one in text if one.isdigit()]
    doubled = [
        sum(divmod(one * (2 if place % 2 else 1), 10)) for place, one in enumerate(reversed(digits))
    ]
    return text if len(digits) == 14 and sum(doubled) % 10 == 0 else None


_TEXTS: dict[str, Callable[[str], str | None]] = {
    "DecimalNumber": _decimal,
    "IntegerNumber": _integer,
    "Date": _day,
    "Datetime": _moment,
    "YesNo": _one_of("true", "false"),
    "Checkbox": _one_of("true", "false"),
    "Civilite": _one_of("M.", "Mme"),
    "Pays": _one_of(*COUNTRIES, *COUNTRIES.values()),
    "Region": _one_of(*REGIONS),
    "Departement": _department,
    "Address": _one_of(*ADDRESSES),
    "Siret": _siret,
    "DossierLink": _integer,
    "Referentiel": _one_of(*REFERENCES),
}
_LISTS: dict[str, Callable[[Any], Any]] = {"Commune": _commune, "Epci": _epci}
