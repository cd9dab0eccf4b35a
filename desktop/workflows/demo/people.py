"""Invented people for the demonstration and the pictures; any likeness is chance."""

from __future__ import annotations

from typing import Any

STATION_PLACE = "Maison d’arrêt de Brest"
RELAY_PLACE = "SPIP du Finistère"
STATION_USER = "C. Le Goff"
RELAY_USER = "A. Morvan"
PASSPHRASE = "quatre mots pour la démonstration"  # noqa: S105 - of invented people

ZOE: dict[str, Any] = {
    "identite.civilite": "mme",
    "identite.sexe": "f",
    "identite.nom_naissance": "Ünal-Œillet",
    "identite.prenoms": "Zoë, Ayşe",
    "naissance.date": "1985-03-12",
    "naissance.commune": "İzmir",
    "naissance.pays": "Turquie",
    "nationalite": "turque",
    "langue": "turc, lit un peu le français",
    "ecrou.numero": "48213",
    "ecrou.etablissement": STATION_PLACE,
    "ecrou.adresse": "171 rue du Général Paulet, 29200 Brest",
    "ecrou.date_entree": "2026-09-03",
    "ecrou.date_sortie_prevue": "2027-02-14",
    "identifiants.nir": "285039920801448",
    "identifiants.caf": "1234567",
    "adresse.situation": "sans_domicile_stable",
    "famille.situation": "celibataire",
    "famille.enfants": [
        {"nom": "Ünal", "prenom": "Deniz", "date_naissance": "2012-05-02"},
    ],
}
YANN: dict[str, Any] = {
    "identite.civilite": "m",
    "identite.sexe": "m",
    "identite.nom_naissance": "Kervella",
    "identite.prenoms": "Yann",
    "naissance.date": "1991-11-30",
    "naissance.commune": "Douarnenez",
    "naissance.departement": "29",
    "naissance.pays": "France",
    "nationalite": "française",
    "ecrou.numero": "47902",
    "ecrou.etablissement": STATION_PLACE,
    "ecrou.adresse": "171 rue du Général Paulet, 29200 Brest",
    "ecrou.date_entree": "2026-06-18",
    "identifiants.electeur": "291234567",
    "election.commune": "Douarnenez",
    "election.departement": "Finistère",
}
LUIS: dict[str, Any] = {
    "identite.civilite": "m",
    "identite.sexe": "m",
    "identite.nom_naissance": "Da Silva",
    "identite.prenoms": "Luís",
    "naissance.date": "1978-01-09",
    "naissance.commune": "Porto",
    "naissance.pays": "Portugal",
    "nationalite": "portugaise",
    "ecrou.numero": "48377",
    "ecrou.etablissement": STATION_PLACE,
    "ecrou.adresse": "171 rue du Général Paulet, 29200 Brest",
    "ecrou.date_entree": "2026-11-02",
    "identifiants.caf": "7654321",
    "famille.situation": "celibataire",
}
ANNE: dict[str, Any] = {
    "identite.civilite": "mme",
    "identite.sexe": "f",
    "identite.nom_naissance": "Mercier",
    "identite.prenoms": "Anne",
    "naissance.date": "1969-07-21",
    "naissance.commune": "Quimper",
    "naissance.departement": "29",
    "naissance.pays": "France",
    "nationalite": "française",
    "ecrou.numero": "46650",
    "ecrou.etablissement": STATION_PLACE,
}
