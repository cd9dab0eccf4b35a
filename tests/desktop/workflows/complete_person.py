"""One invented person of whom everything is known: each key of the profile has a value."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from forms.definition import Kind
from forms.profile import PROFILE_KEYS

_SPOKEN: dict[str, Any] = {
    "identite.nom_naissance": "Quéméneur-Œillet",
    "identite.nom_usage": "Le Bihan",
    "identite.prenoms": "Maëlys, Ayşe",
    "langue": "turc",
    "naissance.date": "1988-04-18",
    "naissance.commune": "Douarnenez",
    "naissance.departement": "29",
    "naissance.pays": "Turquie",
    "ecrou.numero": "48213",
    "ecrou.etablissement": "Maison d’arrêt de Brest",
    "ecrou.adresse": "171 rue du Général Paulet, 29200 Brest",
    "ecrou.date_entree": "2026-09-03",
    "ecrou.date_sortie_prevue": "2027-02-14",
    "ecrou.date_sortie": "2026-11-20",
    "ecrou.statut": "condamne",
    "contact.telephone": "0612345678",
    "contact.courriel": "maelys@exemple.fr",
    "adresse.situation": "heberge",
    "nationalite": "turque",
    "identifiants.nir": "288042904600180",
    "identifiants.caf": "1234567",
    "identifiants.electeur": "291234567",
    "identifiants.agdref": "9912345678",
    "identifiants.fiscal": "1234567890123",
    "identifiants.iban": "FR7630006000011234567890189",
    "famille.situation": "marie",
    "famille.enfants": [
        {"nom": "Le Bihan", "prenom": "Deniz", "date_naissance": "2012-05-02"},
        {"nom": "Le Bihan", "prenom": "Zoë", "date_naissance": "2016-01-31"},
    ],
    "conjoint.date_naissance": "1986-09-30",
    "conjoint.nir": "186092904600122",
    "accompagnement.telephone": "0298000000",
    "accompagnement.courriel": "spip@exemple.fr",
    "handicap.departement_mdph": "29",
}
_FIRST_DAY = date(1955, 2, 11)


def complete_profile() -> dict[str, Any]:
    """Her profile: what is not told above is a word, a day or a sum of its own."""
    profile: dict[str, Any] = {}
    for number, key in enumerate(PROFILE_KEYS.values()):
        if key.key in _SPOKEN:
            profile[key.key] = _SPOKEN[key.key]
        elif key.choices:
            profile[key.key] = key.choices[0][0]
        elif key.kind is Kind.DATE:
            profile[key.key] = (_FIRST_DAY + timedelta(days=97 * number)).isoformat()
        elif key.kind is Kind.DECIMAL:
            profile[key.key] = 100 + number
        elif key.check == "postal_code":
            profile[key.key] = f"29{number:03d}"
        else:
            profile[key.key] = f"Réponse {number}"
    return profile
