"""The profile: one vocabulary of facts known of a person, asked once, reused by every form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from forms.checks import grouped
from forms.definition import Kind
from forms.values import number_text


class ProfileSection(Enum):
    """Under which heading a fact is shown."""

    IDENTITY = "Identité"
    BIRTH = "Naissance"
    DETENTION = "Détention"
    CONTACT = "Contact et adresse"
    NUMBERS = "Numéros"
    DOMICILIATION = "Élection de domicile"
    RESIDENCE = "Nationalité et séjour"
    FAMILY = "Famille"
    SPOUSE = "Conjoint, partenaire ou concubin"
    PARENTS = "Parents"
    WORK = "Travail et formation"
    RESOURCES = "Ressources de chaque mois"
    BANK = "Banque"
    DISABILITY = "Handicap"
    PROTECTION = "Protection juridique"
    SUPPORT = "Accompagnement"
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
        if self.kind is Kind.DECIMAL and isinstance(value, int | float):
            return number_text(float(value))
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

_NATIONALITIES = (
    ("francaise", "française"),
    ("eee_suisse", "Espace économique européen ou Suisse"),
    ("autre", "autre nationalité"),
)
_STATUS = (
    ("prevenu", "en attente de jugement"),
    ("condamne", "condamnation définitive"),
    ("semi_liberte", "semi-liberté"),
    ("bracelet", "détention à domicile sous surveillance électronique"),
    ("placement_exterieur", "placement à l’extérieur"),
)
_WORK = (
    ("emploi", "en emploi"),
    ("travail_detention", "au travail en détention"),
    ("formation", "en formation"),
    ("recherche", "sans emploi, en recherche"),
    ("sans_activite", "sans activité"),
    ("retraite", "à la retraite"),
)
_PROTECTION = (
    ("aucune", "aucune mesure"),
    ("tutelle", "tutelle"),
    ("curatelle", "curatelle"),
    ("sauvegarde", "sauvegarde de justice"),
    ("habilitation", "habilitation familiale"),
    ("masp_maj", "mesure d’accompagnement social ou judiciaire"),
)

_S = ProfileSection
_KEYS = (
    ProfileKey("identite.civilite", "Civilité", _S.IDENTITY, Kind.SELECT_ONE, choices=_TITLES),
    ProfileKey("identite.nom_naissance", "Nom de naissance", _S.IDENTITY),
    ProfileKey("identite.nom_usage", "Nom d’usage", _S.IDENTITY),
    ProfileKey("identite.prenoms", "Prénoms", _S.IDENTITY),
    ProfileKey("identite.sexe", "Sexe", _S.IDENTITY, Kind.SELECT_ONE, choices=_SEXES),
    ProfileKey("langue", "Langue", _S.IDENTITY),
    ProfileKey("naissance.date", "Date de naissance", _S.BIRTH, Kind.DATE),
    ProfileKey("naissance.commune", "Commune de naissance", _S.BIRTH),
    ProfileKey("naissance.departement", "Département de naissance", _S.BIRTH),
    ProfileKey("naissance.pays", "Pays de naissance", _S.BIRTH),
    ProfileKey("ecrou.numero", "N° d’écrou", _S.DETENTION, sensitive=True, check="prison_number"),
    ProfileKey("ecrou.etablissement", "Établissement", _S.DETENTION, sensitive=True),
    ProfileKey("ecrou.adresse", "Adresse de l’établissement", _S.DETENTION, sensitive=True),
    ProfileKey("ecrou.date_entree", "Entrée en détention", _S.DETENTION, Kind.DATE, sensitive=True),
    ProfileKey(
        "ecrou.statut",
        "Situation pénale",
        _S.DETENTION,
        Kind.SELECT_ONE,
        sensitive=True,
        choices=_STATUS,
    ),
    ProfileKey(
        "ecrou.date_sortie_prevue", "Sortie prévue", _S.DETENTION, Kind.DATE, sensitive=True
    ),
    ProfileKey("ecrou.date_sortie", "Sortie", _S.DETENTION, Kind.DATE, sensitive=True),
    ProfileKey("contact.telephone", "Téléphone", _S.CONTACT, check="phone"),
    ProfileKey("contact.courriel", "Courriel", _S.CONTACT, check="email"),
    ProfileKey("adresse.situation", "Adresse", _S.CONTACT, Kind.SELECT_ONE, choices=_HOUSING),
    ProfileKey("adresse.ligne", "Numéro et voie", _S.CONTACT),
    ProfileKey("adresse.complement", "Complément d’adresse", _S.CONTACT),
    ProfileKey("adresse.code_postal", "Code postal", _S.CONTACT, check="postal_code"),
    ProfileKey("adresse.commune", "Commune", _S.CONTACT),
    ProfileKey("domiciliation.organisme", "Organisme domiciliataire", _S.DOMICILIATION),
    ProfileKey("domiciliation.adresse", "Adresse de l’organisme", _S.DOMICILIATION),
    ProfileKey(
        "domiciliation.code_postal",
        "Code postal de l’organisme",
        _S.DOMICILIATION,
        check="postal_code",
    ),
    ProfileKey("domiciliation.commune", "Commune de l’organisme", _S.DOMICILIATION),
    ProfileKey("domiciliation.date_fin", "Fin de l’attestation", _S.DOMICILIATION, Kind.DATE),
    ProfileKey("nationalite", "Nationalité", _S.RESIDENCE, sensitive=True),
    ProfileKey(
        "sejour.groupe",
        "Groupe de nationalité",
        _S.RESIDENCE,
        Kind.SELECT_ONE,
        sensitive=True,
        choices=_NATIONALITIES,
    ),
    ProfileKey("sejour.titre", "Titre de séjour", _S.RESIDENCE, sensitive=True),
    ProfileKey("sejour.date_fin", "Fin du titre", _S.RESIDENCE, Kind.DATE, sensitive=True),
    ProfileKey("sejour.date_entree", "Entrée en France", _S.RESIDENCE, Kind.DATE, sensitive=True),
    ProfileKey(
        "identifiants.agdref", "N° d’étranger", _S.RESIDENCE, sensitive=True, check="agdref"
    ),
    ProfileKey(
        "identifiants.nir", "N° de sécurité sociale", _S.NUMBERS, sensitive=True, check="nir"
    ),
    ProfileKey("identifiants.caf", "N° d’allocataire", _S.NUMBERS, check="caf_number"),
    ProfileKey("identifiants.electeur", "N° d’électeur", _S.NUMBERS, check="elector_number"),
    ProfileKey("identifiants.fiscal", "N° fiscal", _S.NUMBERS, check="fiscal_number"),
    ProfileKey("identifiants.france_travail", "N° France Travail", _S.NUMBERS),
    ProfileKey("identifiants.logement", "N° unique de demande de logement", _S.NUMBERS),
    ProfileKey("identifiants.caisse_maladie", "Caisse d’assurance maladie", _S.NUMBERS),
    ProfileKey("identifiants.caisse_familiale", "CAF ou MSA", _S.NUMBERS),
    ProfileKey(
        "famille.situation", "Situation familiale", _S.FAMILY, Kind.SELECT_ONE, choices=_FAMILY
    ),
    ProfileKey("famille.date_situation", "Depuis le", _S.FAMILY, Kind.DATE),
    ProfileKey("famille.enfants", "Enfants", _S.FAMILY, kind=None),
    ProfileKey("conjoint.nom_naissance", "Nom de naissance du conjoint", _S.SPOUSE),
    ProfileKey("conjoint.nom_usage", "Nom d’usage du conjoint", _S.SPOUSE),
    ProfileKey("conjoint.prenoms", "Prénoms du conjoint", _S.SPOUSE),
    ProfileKey("conjoint.date_naissance", "Date de naissance du conjoint", _S.SPOUSE, Kind.DATE),
    ProfileKey("conjoint.commune_naissance", "Commune de naissance du conjoint", _S.SPOUSE),
    ProfileKey("conjoint.pays_naissance", "Pays de naissance du conjoint", _S.SPOUSE),
    ProfileKey("conjoint.nationalite", "Nationalité du conjoint", _S.SPOUSE, sensitive=True),
    ProfileKey(
        "conjoint.nir", "N° de sécurité sociale du conjoint", _S.SPOUSE, sensitive=True, check="nir"
    ),
    ProfileKey("parents.pere_nom", "Nom du père", _S.PARENTS),
    ProfileKey("parents.pere_prenoms", "Prénoms du père", _S.PARENTS),
    ProfileKey("parents.pere_date", "Date de naissance du père", _S.PARENTS, Kind.DATE),
    ProfileKey("parents.pere_lieu", "Lieu de naissance du père", _S.PARENTS),
    ProfileKey("parents.mere_nom", "Nom de naissance de la mère", _S.PARENTS),
    ProfileKey("parents.mere_prenoms", "Prénoms de la mère", _S.PARENTS),
    ProfileKey("parents.mere_date", "Date de naissance de la mère", _S.PARENTS, Kind.DATE),
    ProfileKey("parents.mere_lieu", "Lieu de naissance de la mère", _S.PARENTS),
    ProfileKey("travail.situation", "Situation", _S.WORK, Kind.SELECT_ONE, choices=_WORK),
    ProfileKey("travail.metier", "Métier ou dernier métier", _S.WORK),
    ProfileKey("travail.employeur", "Employeur ou dernier employeur", _S.WORK),
    ProfileKey("travail.date_fin", "Fin du dernier emploi", _S.WORK, Kind.DATE),
    ProfileKey("ressources.salaires", "Salaires (€)", _S.RESOURCES, Kind.DECIMAL),
    ProfileKey(
        "ressources.travail_detention", "Travail en détention (€)", _S.RESOURCES, Kind.DECIMAL
    ),
    ProfileKey("ressources.chomage", "Chômage (€)", _S.RESOURCES, Kind.DECIMAL),
    ProfileKey("ressources.pensions", "Retraite ou pension (€)", _S.RESOURCES, Kind.DECIMAL),
    ProfileKey("ressources.rsa", "RSA (€)", _S.RESOURCES, Kind.DECIMAL),
    ProfileKey("ressources.aah", "AAH (€)", _S.RESOURCES, Kind.DECIMAL, sensitive=True),
    ProfileKey("ressources.autres", "Autres ressources (€)", _S.RESOURCES, Kind.DECIMAL),
    ProfileKey("identifiants.iban", "IBAN", _S.BANK, check="iban"),
    ProfileKey("banque.bic", "BIC", _S.BANK),
    ProfileKey("banque.titulaire", "Titulaire du compte", _S.BANK),
    ProfileKey("handicap.departement_mdph", "MDPH", _S.DISABILITY, sensitive=True),
    ProfileKey("handicap.dossier_mdph", "N° de dossier MDPH", _S.DISABILITY, sensitive=True),
    ProfileKey(
        "protection.mesure",
        "Mesure",
        _S.PROTECTION,
        Kind.SELECT_ONE,
        sensitive=True,
        choices=_PROTECTION,
    ),
    ProfileKey("protection.representant", "Représentant", _S.PROTECTION, sensitive=True),
    ProfileKey("protection.adresse", "Adresse du représentant", _S.PROTECTION, sensitive=True),
    ProfileKey("accompagnement.service", "Service", _S.SUPPORT),
    ProfileKey("accompagnement.nom", "Travailleur social", _S.SUPPORT),
    ProfileKey("accompagnement.telephone", "Téléphone du service", _S.SUPPORT, check="phone"),
    ProfileKey("accompagnement.courriel", "Courriel du service", _S.SUPPORT, check="email"),
    ProfileKey("accompagnement.adresse", "Adresse du service", _S.SUPPORT),
    ProfileKey("election.commune", "Commune électorale", _S.ELECTION),
    ProfileKey("election.departement", "Département électoral", _S.ELECTION),
)

PROFILE_KEYS: dict[str, ProfileKey] = {known.key: known for known in _KEYS}
"""Every key, in the order of a person's page; documented in docs/profile.md."""
