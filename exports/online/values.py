"""A value as the portal takes it, or why it would drop it.

The portal answers 201 and says nothing of the values it drops: what it would refuse must be found
here. Formats: `views.prefill_descriptions`, `prefill_champs_spec.rb`. Everything is a string: JSON
`false` is dropped, JSON `true` becomes something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from forms.online import FieldFormat

Sent = str | list[str]

_DECIMAL = re.compile(r"-?\d+([.,]\d{1,3})?")
_INTEGER = re.compile(r"-?\d{1,18}")
_DEPARTMENT = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[678]|99")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_TITLES = {"M.": "M.", "M": "M.", "Mme": "Mme"}


class NotTaken(Exception):
    """The portal would drop this value; the text says what it takes, in French."""


def portal_value(form: FieldFormat, texts: tuple[str, ...]) -> Sent:
    """Write a value in the portal's format.

    Args:
        form: the format of the field.
        texts: what was answered; several for a format that takes a list.

    Raises:
        NotTaken: it cannot be written so.
    """
    if form is FieldFormat.COMMUNES:
        return _commune(texts)
    if form is FieldFormat.EPCI:
        return _epci(texts)
    if form.several:
        return list(texts)
    text = texts[0]
    return _WRITERS[form](text) if form in _WRITERS else text


def doubt_about(form: FieldFormat, value: Sent) -> str:
    """What the portal would keep without checking, and show as an error later; else empty."""
    text = value if isinstance(value, str) else ""
    if form is FieldFormat.EMAIL and not _EMAIL.fullmatch(text):
        return "ce courriel paraît faux"
    if form is FieldFormat.PHONE and not re.fullmatch(r"\+?\d{9,15}", text):
        return "ce numéro paraît faux"
    if form is FieldFormat.IBAN:
        from stdnum import iban

        if not iban.is_valid(text):
            return "cet IBAN paraît faux"
    return ""


def _commune(texts: tuple[str, ...]) -> list[str]:
    if not 1 <= len(texts) <= 2 or not all(re.fullmatch(r"\d[\dAB]\d{3}", one) for one in texts):
        raise NotTaken("le code postal, puis le code Insee de la commune s’il est connu")
    return list(texts)


def _epci(texts: tuple[str, ...]) -> list[str]:
    if len(texts) != 2 or not re.fullmatch(r"\d{9}", texts[1]):
        raise NotTaken("le département, puis le SIREN de l’intercommunalité")
    return [_department(texts[0]), texts[1]]


def _decimal(text: str) -> str:
    number = _without_spaces(text)
    if not _DECIMAL.fullmatch(number):
        raise NotTaken("un nombre, trois décimales au plus")
    return number.replace(",", ".")


def _integer(text: str) -> str:
    number = _without_spaces(text)
    if not _INTEGER.fullmatch(number):
        raise NotTaken("un nombre entier")
    return number


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise NotTaken("une date complète") from None


def _moment(text: str) -> str:
    # A day alone would become midnight; an offset after the minutes is not read by the portal.
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        moment = None
    if moment is None:
        raise NotTaken("une date et une heure")
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _truth(text: str) -> str:
    known = {"true": "true", "oui": "true", "OK": "true", "false": "false", "non": "false"}
    if text not in known:
        raise NotTaken("oui ou non")
    return known[text]


def _title(text: str) -> str:
    if text not in _TITLES:
        raise NotTaken("« M. » ou « Mme »")
    return _TITLES[text]


def _department(text: str) -> str:
    if not _DEPARTMENT.fullmatch(text.upper()):
        raise NotTaken("un numéro de département")
    return text.upper()


def _region(text: str) -> str:
    if not re.fullmatch(r"\d{2}", text):
        raise NotTaken("le code Insee d’une région")
    return text


def _siret(text: str) -> str:
    from stdnum.fr import siret

    number = _without_spaces(text)
    if not siret.is_valid(number):
        raise NotTaken("un numéro SIRET de 14 chiffres")
    return number


def _phone(text: str) -> str:
    return re.sub(r"[\s.\-]", "", text)


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


_WRITERS: dict[FieldFormat, Callable[[str], str]] = {
    FieldFormat.DECIMAL_NUMBER: _decimal,
    FieldFormat.INTEGER_NUMBER: _integer,
    FieldFormat.DATE: _day,
    FieldFormat.DATETIME: _moment,
    FieldFormat.YES_NO: _truth,
    FieldFormat.CHECKBOX: _truth,
    FieldFormat.CIVILITE: _title,
    FieldFormat.DEPARTEMENTS: _department,
    FieldFormat.REGIONS: _region,
    FieldFormat.SIRET: _siret,
    FieldFormat.DOSSIER_LINK: _integer,
    FieldFormat.PHONE: _phone,
    FieldFormat.IBAN: _without_spaces,
}
