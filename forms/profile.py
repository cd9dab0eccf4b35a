"""The profile: one vocabulary of facts known of a person, asked once, reused by every form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from forms.checks import grouped
from forms.definition import Kind


class ProfileSection(Enum):
    """Under which heading a fact is shown."""

    IDENTITY = "Identité"
    BIRTH = "Naissance"
    DETENTION = "Détention"
    CONTACT = "Contact et adresse"
    NUMBERS = "Numéros"
    FAMILY = "Famille"
    ELECTION = "Élections"


@dataclass(frozen=True)
class ProfileKey:
    """One fact a profile may hold.

    Attributes:
        kind: the kind of question that asks it; None for a list of people.
        sensitive: health, nationality, detention: leaves only in a form that asks it.
        choices: the values it may take, with their words; empty when free.
        check: how it is grouped when shown.
    """

    key: str
    label: str
    section: ProfileSection
    kind: Kind | None = Kind.TEXT
    sensitive: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    check: str | None = None

    def display(self, value: Any) -> str:
        """The fact in words."""
        if isinstance(value, list):
            return _display_people(value)
        text = str(value)
        for name, words in self.choices:
            if name == text:
                return words
        if self.kind is Kind.DATE:
            try:
                return date.fromisoformat(text).strftime("%d/%m/%Y")
            except ValueError:
                return text
        return grouped(self.check, text) if self.check else text


def _display_people(people: list[Any]) -> str:
    names = [
        " ".join(str(one.get(part, "")) for part in ("prenom", "nom")).strip()
        for one in people
        if isinstance(one, dict)
    ]
    return ", ".join(name for name in names if name)


_TITLES = (("mme", "Madame"), ("m", "Monsieur"))
_SEXES = (("f", "Femme"), ("m", "Homme"))
_HOUSING = (
    ("sans_domicile_stable", "sans domicile stable"),
    ("locataire", "locataire"),
    ("proprietaire", "propriétaire"),
    ("heberge", "hébergé(e) par un proche"),
    ("autre", "autre situation"),
)
_FAMILY = (
    ("celibataire", "célibataire"),
    ("marie", "marié(e)"),
    ("pacse", "pacsé(e)"),
    ("concubinage", "en concubinage"),
    ("separe", "séparé(e)"),
    ("divorce", "divorcé(e)"),
    ("veuf", "veuf ou veuve"),
)

_S = ProfileSection
_KEYS = (
    ProfileKey("identite.civilite", "Civilité", _S.IDENTITY, Kind.SELECT_ONE, choices=_TITLES),
    ProfileKey("identite.nom_naissance", "Nom de naissance", _S.IDENTITY),
    ProfileKey("identite.nom_usage", "Nom d’usage", _S.IDENTITY),
    ProfileKey("identite.prenoms", "Prénoms", _S.IDENTITY),
    ProfileKey("identite.sexe", "Sexe", _S.IDENTITY, Kind.SELECT_ONE, choices=_SEXES),
    ProfileKey("naissance.date", "Date de naissance", _S.BIRTH, Kind.DATE),
    ProfileKey("naissance.commune", "Commune de naissance", _S.BIRTH),
    ProfileKey("naissance.departement", "Département de naissance", _S.BIRTH),
    ProfileKey("naissance.pays", "Pays de naissance", _S.BIRTH),
    ProfileKey("nationalite", "Nationalité", _S.IDENTITY, sensitive=True),
    ProfileKey("langue", "Langue", _S.IDENTITY),
    ProfileKey(
        "identifiants.nir", "N° de sécurité sociale", _S.NUMBERS, sensitive=True, check="nir"
    ),
    ProfileKey("identifiants.caf", "N° d’allocataire", _S.NUMBERS, check="caf_number"),
    ProfileKey("identifiants.electeur", "N° d’électeur", _S.NUMBERS, check="elector_number"),
    ProfileKey("identifiants.agdref", "N° d’étranger", _S.NUMBERS, sensitive=True, check="agdref"),
    ProfileKey("identifiants.fiscal", "N° fiscal", _S.NUMBERS, check="fiscal_number"),
    ProfileKey("identifiants.france_travail", "N° France Travail", _S.NUMBERS),
    ProfileKey("identifiants.iban", "IBAN", _S.NUMBERS, check="iban"),
    ProfileKey("ecrou.numero", "N° d’écrou", _S.DETENTION, sensitive=True, check="prison_number"),
    ProfileKey("ecrou.etablissement", "Établissement", _S.DETENTION, sensitive=True),
    ProfileKey("ecrou.adresse", "Adresse de l’établissement", _S.DETENTION, sensitive=True),
    ProfileKey("ecrou.date_entree", "Entrée en détention", _S.DETENTION, Kind.DATE, sensitive=True),
    ProfileKey(
        "ecrou.date_sortie_prevue", "Sortie prévue", _S.DETENTION, Kind.DATE, sensitive=True
    ),
    ProfileKey("contact.telephone", "Téléphone", _S.CONTACT, check="phone"),
    ProfileKey("contact.courriel", "Courriel", _S.CONTACT),
    ProfileKey("adresse.situation", "Adresse", _S.CONTACT, Kind.SELECT_ONE, choices=_HOUSING),
    ProfileKey("adresse.ligne", "Numéro et voie", _S.CONTACT),
    ProfileKey("adresse.code_postal", "Code postal", _S.CONTACT),
    ProfileKey("adresse.commune", "Commune", _S.CONTACT),
    ProfileKey(
        "famille.situation", "Situation familiale", _S.FAMILY, Kind.SELECT_ONE, choices=_FAMILY
    ),
    ProfileKey("famille.enfants", "Enfants", _S.FAMILY, kind=None),
    ProfileKey("election.commune", "Commune électorale", _S.ELECTION),
    ProfileKey("election.departement", "Département électoral", _S.ELECTION),
)

PROFILE_KEYS: dict[str, ProfileKey] = {known.key: known for known in _KEYS}
"""Every key, in the order of a person's page; documented in docs/profile.md."""
