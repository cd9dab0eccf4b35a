"""Named checks of identifiers, by library where one exists, and their usual grouping."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

NBSP = "\u00a0"


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Attributes:
        problem: what is wrong and what to do, in French; None when nothing is.
        warning: what looks unusual; it never blocks.
    """

    problem: str | None = None
    warning: str | None = None


_FINE = CheckResult()


def run_check(name: str, text: str) -> CheckResult:
    """Run a named check on what was answered.

    Raises:
        KeyError: no check has this name; the reader refuses such a definition.
    """
    return CHECKS[name](text)


def grouped(name: str, text: str) -> str:
    """An identifier grouped as it is printed; unchanged where there is no custom."""
    bare = re.sub(r"[\s.\-]", "", text)
    if name == "nir" and len(bare) in (13, 15):
        widths = (1, 2, 2, 2, 3, 3, 2)
        return _in_groups(bare.upper(), widths)
    if name == "iban":
        return NBSP.join(re.findall(".{1,4}", bare.upper()))
    if name == "phone" and re.fullmatch(r"0\d{9}", bare):
        return NBSP.join(re.findall("..", bare))
    if name in ("prison_number", "caf_number") and bare.isdigit() and len(bare) > 4:
        return f"{int(bare):,}".replace(",", NBSP) if bare[0] != "0" else bare
    return text


def _in_groups(text: str, widths: tuple[int, ...]) -> str:
    groups, start = [], 0
    for width in widths:
        groups.append(text[start : start + width])
        start += width
    return NBSP.join(group for group in groups if group)


def _nir(text: str) -> CheckResult:
    from stdnum.fr import nir

    bare = re.sub(r"[\s.\-]", "", text).upper()
    if not re.fullmatch(r"[0-9]{5}[0-9]([0-9]|A|B)[0-9]{6}([0-9]{2})?", bare):
        return CheckResult(
            "Un numéro de sécurité sociale a 13 chiffres, ou 15 avec sa clé. Comptez les chiffres."
        )
    key = str(nir.calc_check_digits(bare[:13]))
    if len(bare) == 15 and bare[13:] != key:
        return CheckResult(
            f"La clé ne correspond pas{NBSP}: vérifiez les chiffres de ce numéro un par un."
        )
    warnings = []
    if len(bare) == 13:
        warnings.append(f"La clé de ce numéro est {key}.")
    if bare[0] in "3478":
        warnings.append("Ce numéro est provisoire.")
    elif bare[0] not in "12":
        warnings.append(f"Ce numéro commence par {bare[0]}, ce qui est rare. Vérifiez-le.")
    return CheckResult(warning=" ".join(warnings) or None)


def _iban(text: str) -> CheckResult:
    from stdnum import exceptions, iban

    try:
        iban.validate(text)
    except exceptions.ValidationError:
        return CheckResult("Cet IBAN est faux. Recopiez-le depuis le RIB, quatre par quatre.")
    return _FINE


def _siret(text: str) -> CheckResult:
    from stdnum import exceptions
    from stdnum.fr import siret

    try:
        siret.validate(text)
    except exceptions.ValidationError:
        return CheckResult("Ce numéro SIRET est faux. Il a 14 chiffres.")
    return _FINE


def _fiscal(text: str) -> CheckResult:
    from stdnum import exceptions
    from stdnum.fr import nif

    try:
        nif.validate(text)
    except exceptions.ValidationError:
        return CheckResult("Ce numéro fiscal est faux. Il a 13 chiffres.")
    return _FINE


def _phone(text: str) -> CheckResult:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return CheckResult(f"Ce numéro de téléphone est illisible. Exemple{NBSP}: 06 12 34 56 78.")
    if not phonenumbers.is_possible_number(number):
        return CheckResult("Ce numéro de téléphone n’a pas le bon nombre de chiffres.")
    if not phonenumbers.is_valid_number(number):
        return CheckResult(warning="Ce numéro de téléphone n’est attribué à personne. Vérifiez-le.")
    return _FINE


def _email(text: str) -> CheckResult:
    if re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text):
        return _FINE
    return CheckResult("Une adresse de courriel a la forme nom@exemple.fr. Vérifiez celle-ci.")


def _postal_code(text: str) -> CheckResult:
    if re.fullmatch(r"[0-9]{5}", re.sub(r"\s", "", text)):
        return _FINE
    return CheckResult("Un code postal a 5 chiffres.")


def _past_day(text: str) -> CheckResult:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _FINE
    # The day a form is opened, in local time, is what the person means by today.
    if day > date.today():  # noqa: DTZ011 - local day, as the person reads it
        return CheckResult("Cette date est dans le futur. Vérifiez l’année.")
    return _FINE


def _elector_number(text: str) -> CheckResult:
    if re.fullmatch(r"[0-9]{1,9}", re.sub(r"\s", "", text)):
        return _FINE
    return CheckResult("Un numéro national d’électeur a 9 chiffres au plus.")


def _unusual(pattern: str, warning: str) -> Callable[[str], CheckResult]:
    def check(text: str) -> CheckResult:
        if re.fullmatch(pattern, re.sub(r"[\s.\-]", "", text).upper()):
            return _FINE
        return CheckResult(warning=warning)

    return check


CHECKS: dict[str, Callable[[str], CheckResult]] = {
    "nir": _nir,
    "iban": _iban,
    "siret": _siret,
    "fiscal_number": _fiscal,
    "phone": _phone,
    "email": _email,
    "postal_code": _postal_code,
    "past_date": _past_day,
    "elector_number": _elector_number,
    "prison_number": _unusual(
        r"[0-9]{1,7}[A-Z]?", "Ce numéro d’écrou a une forme inhabituelle. Vérifiez-le."
    ),
    "caf_number": _unusual(
        r"[0-9]{7}[A-Z]?", "Un numéro d’allocataire a d’ordinaire 7 chiffres. Vérifiez-le."
    ),
    "agdref": _unusual(
        r"[0-9]{9,10}", "Un numéro d’étranger a d’ordinaire 9 ou 10 chiffres. Vérifiez-le."
    ),
}
"""Every check a definition may name; those from `prison_number` on warn and never block."""
