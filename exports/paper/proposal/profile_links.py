"""Which fact of the profile a label asks for: a table of the words French forms use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exports.paper.proposal.model import ProposedChoice
from exports.paper.proposal.words import bare
from forms.definition import Kind
from forms.profile import PROFILE_KEYS

LEAST = 0.5
"""Below this confidence, no link is proposed."""


@dataclass(frozen=True)
class Link:
    """A guess.

    Attributes:
        confidence: from 0 to 1.
        choices: of a select, its choices under the names of the profile.
    """

    key: str
    confidence: float
    choices: tuple[ProposedChoice, ...] = ()


# Somebody else than the person, or an office: what they are asked is not the person's own.
_OTHERS = re.compile(
    r"conjoint|concubin|partenaire|epoux (?!se)|epouse (?!ou)|enfant|ayants? droit|a charge|foyer|"
    r"parents?\b|\bperes?\b|\bmeres?\b|tuteur|curat|representant|mandataire|mandant|procuration|"
    r"organisme|association|employeur|entreprise|medecin|bailleur|proprietaire|hebergeant|"
    r"heberge|aidant|aide e|temoin|administration|autorite|prefecture|mairie|responsable|"
    r"interlocuteur|etablissement (?!penitentiaire)|service|creancier|notaire|avocat|"
    r"a votre place|mesure de protection|"
    r"personne a (prevenir|contacter)|certificat|emploi|scolarite|banque"
)
_OWN = re.compile(
    r"demandeur|vous meme|votre identite|vos informations|adulte|etat civil|"
    r"\bpatient\b|(le|la) (beneficiaire|personne concernee)|identite de la personne"
)

_N = r"(votre )?(n o |no |numeros? )"
_TABLE: tuple[tuple[str, float, str], ...] = (
    (
        "identite.nom_naissance",
        0.95,
        r"(votre )?nom (de naissance|de famille|patronymique|de jeune fille)( .{0,30})?",
    ),
    ("identite.nom_usage", 0.95, r"(votre )?nom (d usage|marital|d epoux.*|d usage .*|usuel)"),
    ("identite.nom_naissance", 0.75, r"(votre |vos )?noms?( s)?( en majuscules?)?"),
    ("identite.prenoms", 0.95, r"(votre |vos )?prenoms?( s)?( .{0,40})?"),
    (
        "naissance.date",
        0.95,
        r"(votre )?date de naissance( .{0,20})?|ne e le|nee? le|date naissance",
    ),
    ("naissance.commune", 0.95, r"(commune|ville) de naissance( .{0,30})?"),
    ("naissance.commune", 0.8, r"(votre )?lieu de naissance( .{0,30})?"),
    ("naissance.departement", 0.95, r"departement (de|du lieu de) naissance( .{0,20})?"),
    ("naissance.pays", 0.95, r"pays (de|du lieu de) naissance( .{0,20})?"),
    ("nationalite", 0.9, r"(votre )?nationalite"),
    ("sejour.groupe", 0.85, r"(votre )?nationalite"),
    (
        "identite.civilite",
        0.95,
        r"(votre )?civilite|(mme|m) ou (mme|m)|madame ou monsieur|titre",
    ),
    ("identite.sexe", 0.95, r"(votre )?sexe"),
    (
        "contact.telephone",
        0.9,
        r"(votre |vos )?(n o |no |numeros? )?(de )?(telephones?|tel|portable)( .{0,30})?",
    ),
    (
        "contact.courriel",
        0.9,
        r"(votre )?(courriel|mel|e mail|email|mail|adresse de courriel|"
        r"adresse (e mail|email|mail|electronique|courriel|mel))( .{0,20})?",
    ),
    (
        "adresse.ligne",
        0.8,
        r"(votre )?adresse( postale| complete| personnelle| actuelle| du demandeur)?"
        r"( (numero|n o|no) et rue)?|(numero|n o|no) et (rue|voie)|"
        r"(numero|no) (et )?nom de (la )?(rue|voie)",
    ),
    ("adresse.complement", 0.9, r"complement d adresse( .{0,90})?"),
    ("adresse.code_postal", 0.85, r"(votre )?code postal"),
    ("adresse.commune", 0.75, r"(votre )?(commune|ville|localite)( de residence)?"),
    (
        "identifiants.nir",
        0.95,
        rf"{_N}(de |d )?(securite sociale|sec soc|immatriculation.*securite sociale.*|"
        r"inscription au repertoire.*)( .{0,40})?|nir|(numero|no) ss",
    ),
    ("identifiants.caf", 0.9, rf"{_N}d allocataire( .{{0,60}})?|{_N}allocataire"),
    ("identifiants.electeur", 0.95, rf"{_N}(national )?d electeur"),
    ("identifiants.fiscal", 0.95, rf"{_N}fiscal( .{{0,30}})?"),
    ("identifiants.agdref", 0.95, rf"{_N}(d etranger|etranger|agdref( .{{0,20}})?)"),
    (
        "identifiants.france_travail",
        0.9,
        rf"{_N}(d identifiant |identifiant )?(france travail|pole emploi|de demandeur d emploi)",
    ),
    ("identifiants.logement", 0.9, rf"{_N}unique( .{{0,40}})?"),
    ("identifiants.iban", 0.95, r"(votre )?iban( .{0,20})?"),
    ("banque.bic", 0.95, r"(code )?bic( .{0,20})?"),
    ("banque.titulaire", 0.9, r"(nom du )?titulaire du compte( .{0,20})?"),
    ("ecrou.numero", 0.95, rf"{_N}d ecrou"),
    ("ecrou.etablissement", 0.9, r"(nom de l )?etablissement penitentiaire( .{0,30})?"),
    ("famille.situation", 0.9, r"(votre )?situation (de famille|familiale|matrimoniale)"),
    ("travail.metier", 0.7, r"(votre )?(profession|metier)( .{0,30})?"),
    (
        "sejour.date_entree",
        0.85,
        r".*\bdate d (arrivee|entree) en france|(arrivee?|entree?) en france le",
    ),
    ("sejour.titre", 0.8, r"(nature du |type de )?titre de sejour( .{0,20})?"),
    ("handicap.dossier_mdph", 0.9, rf"{_N}de dossier mdph"),
)
_COMPILED = tuple((key, sure, re.compile(words)) for key, sure, words in _TABLE)

_CHOICE_WORDS: dict[str, dict[str, str]] = {
    "identite.civilite": {
        "mme": "mme", "madame": "mme", "mlle": "mme", "m": "m", "monsieur": "m", "mr": "m",
    },
    "identite.sexe": {
        "f": "f", "femme": "f", "feminin": "f", "m": "m", "h": "m", "homme": "m", "masculin": "m",
    },
    "famille.situation": {
        "celibataire": "celibataire", "marie": "marie", "marie e": "marie", "pacse": "pacse",
        "pacse e": "pacse", "vie maritale": "concubinage", "concubinage": "concubinage",
        "en concubinage": "concubinage", "union libre": "concubinage", "separe e": "separe",
        "separe": "separe", "divorce e": "divorce", "divorce": "divorce", "veuf": "veuf",
        "veuf ve": "veuf", "veuf ou veuve": "veuf", "veuve": "veuf",
    },
    "sejour.groupe": {
        "francaise": "francaise", "autre": "autre", "autre nationalite": "autre",
        "espace economique europeen ou suisse": "eee_suisse",
        "espace economique europeen union europeenne suisse": "eee_suisse",
        "ue eee suisse": "eee_suisse", "eee suisse": "eee_suisse",
        "ressortissant de l eee ou suisse": "eee_suisse",
    },
}  # fmt: skip


def guess(
    label: str,
    kind: Kind,
    choices: tuple[ProposedChoice, ...],
    *,
    section: str,
    before: str | None = None,
) -> Link | None:
    """The fact a question asks for, if it is the person's own.

    Args:
        label: what is asked.
        kind: its type, with which the fact's must agree.
        choices: of a select.
        section: the heading it stands under.
        before: the fact of the question before: « Commune de naissance … Département … ».
    """
    told, under = bare(label), bare(section)
    if _OTHERS.search(told):
        return None
    if _OTHERS.search(under) and not _OWN.search(under):
        return None
    if kind is Kind.TEXT and before is not None and before.startswith("naissance."):
        if told in ("departement", "pays", "commune", "lieu"):
            return Link(f"naissance.{told.replace('lieu', 'commune')}", 0.6)
        if told in ("a", "ville"):
            return Link("naissance.commune", 0.5)
    for key, sure, words in _COMPILED:
        fact = PROFILE_KEYS[key]
        if fact.kind is not kind or not words.fullmatch(told):
            continue
        if kind is Kind.SELECT_ONE:
            renamed = choices_of(key, choices)
            if renamed is None:
                continue
            return Link(key, sure, renamed)
        return Link(key, sure + (0.04 if _OWN.search(under) else 0.0))
    return None


def is_own(section: str) -> bool:
    """Whether a heading says that the person speaks of himself."""
    return bool(_OWN.search(bare(section)))


def choices_of(key: str, choices: tuple[ProposedChoice, ...]) -> tuple[ProposedChoice, ...] | None:
    """The choices of a select under the names of a fact; None when one has no equal there."""
    fact = PROFILE_KEYS[key]
    words = {bare(said): name for name, said in fact.choices}
    words |= {name: name for name, _ in fact.choices} | _CHOICE_WORDS.get(key, {})
    names = [words.get(bare(choice.label)) for choice in choices]
    if not names or None in names or len(set(names)) < len(names):
        return None
    return tuple(
        ProposedChoice(name or "", choice.label)
        for name, choice in zip(names, choices, strict=True)
    )


def keys_for(kind: Kind, choices: tuple[ProposedChoice, ...] = ()) -> tuple[str, ...]:
    """The facts a question of a type may be linked to, in the order of a person's page."""
    return tuple(
        key
        for key, fact in PROFILE_KEYS.items()
        if fact.kind is kind
        and (kind is not Kind.SELECT_ONE or choices_of(key, choices) is not None)
    )
