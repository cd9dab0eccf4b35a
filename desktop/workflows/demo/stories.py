"""What is answered in the demonstration, beyond what the profiles of its people say."""

from __future__ import annotations

from desktop.workflows.demo import people as invented
from desktop.workflows.demo.round_trip import Story
from exports.bundle.receipt import OutcomeKind

STORIES: tuple[Story, ...] = (
    Story(
        profile=invented.ZOE,
        form_id="election-de-domicile",
        answers={
            "contact": {"telephone": "06 12 34 56 78"},
            "demande": {"type_demande": "premiere"},
            "organisme": {
                "organisme_nom": "CCAS de Brest, service domiciliation",
                "organisme_adresse": "40 rue Jules-Ferry\n29200 Brest",
            },
            "signature": {"fait_a": "Brest", "fait_le": "2026-11-23"},
        },
        outcome=OutcomeKind.FILED_BY_POST,
        reference="CCAS-2026-0412",
    ),
    Story(
        profile=invented.YANN,
        form_id="procuration-vote",
        answers={
            "demande": {"objet": ["donner"]},
            "mandataire": {
                "mandataire_nom": "Kervella",
                "mandataire_prenoms": "Maëlle",
                "mandataire_date": "1990-02-03",
                "mandataire_sexe": "f",
                "mandataire_electeur": "290987654",
            },
            "validite": {
                "duree": "election",
                "election": "Élection présidentielle",
                "premier_tour": "2027-04-11",
                "tours": ["premier", "second"],
            },
        },
        outcome=OutcomeKind.FILED_BY_POST,
        reference="",
    ),
    Story(
        profile=invented.LUIS,
        form_id="caf-incarceration",
        answers={
            "situation": {
                "prestations": ["rsa", "logement"],
                "foyer": "seul",
                "enfants": 0,
            },
            "envoi": {
                "caf_nom": "CAF du Finistère",
                "caf_adresse": "1 avenue de Kergaradec\n29283 Brest cedex",
                "fait_a": "Brest",
            },
        },
        outcome=OutcomeKind.FILED_ONLINE,
        reference="CAF 29-774410",
    ),
)
