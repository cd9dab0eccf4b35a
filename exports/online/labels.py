"""How alike two labels are: the same thing is asked in many words, two things in nearly the same.

« Ville de naissance » is « Commune de naissance », and is not « Date de naissance »: what is asked
for (a town, a day, a country) must be the same before the rest is compared.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

_PHRASES = (
    (r"\(s\)|\(e\)|\(es\)", ""),
    (r"\bnee? le\b|\bne\(e\) le\b|\bne ou nee le\b", "date naissance"),
    (r"\bnee? a\b|\blieu (de |d')?naissance\b|\bville (de |d')?naissance\b", "commune naissance"),
    (r"\bnoms? (de )?(naissance|famille)\b|\bnom patronymique\b", "nom"),
    (r"\bnom (usuel|marital|d'epou(x|se))\b", "nom usage"),
    (r"\badresse (mail|email|e-mail|electronique|courriel)\b|\be-?mail\b|\bmel\b", "courriel"),
    (r"\bcourrier electronique\b", "courriel"),
    (r"\bsecurite sociale\b|\bnir\b", "securitesociale"),
    (r"\bdate (de )?naissance\b", "date naissance"),
    (r"\bcode postal\b", "codepostal"),
    (r"\bsituation (de famille|familiale|matrimoniale)\b", "situation familiale"),
)
"""Several words that ask for one thing; read without accents, in lower case."""

_SAME = {
    "ville": "commune",
    "localite": "commune",
    "mail": "courriel",
    "email": "courriel",
    "tel": "telephone",
    "portable": "telephone",
    "mobile": "telephone",
    "rib": "iban",
    "prenoms": "prenom",
    "noms": "nom",
    "conjointe": "conjoint",
    "epoux": "conjoint",
    "epouse": "conjoint",
    "concubin": "conjoint",
    "sexe": "civilite",
    "genre": "civilite",
}
_SILENT = {
    "de", "du", "des", "d", "la", "le", "les", "l", "et", "ou", "a", "au", "en", "n", "no",
    "numero", "votre", "vos", "quel", "quelle", "est", "demandeur", "demandeuse", "usager",
    "postale", "actuelle", "actuel", "complete", "complet", "si", "different", "differente",
    "obligatoire", "facultatif", "personne", "residence", "domicile",
}  # fmt: skip
_ASKED = {
    "date", "commune", "pays", "nom", "prenom", "adresse", "telephone", "courriel", "civilite",
    "securitesociale", "codepostal", "iban", "allocataire", "departement", "situation",
    "nationalite", "ecrou", "usage", "rue", "siret",
    # Of whom, or of what.
    "naissance", "conjoint", "organisme", "employeur", "representant", "tuteur", "pere", "mere",
    "enfant", "delivrance", "deces", "mariage", "entree", "sortie", "liberation",
}  # fmt: skip
"""What can be asked for: two labels that name others of these are not about the same thing."""


def likeness(one: str, other: str) -> float:
    """How alike two labels are, from 0 to 1: nothing where they ask for two different things."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return 0.0
    if _asked(a) != _asked(b):
        return 0.0
    straight = SequenceMatcher(None, " ".join(a), " ".join(b)).ratio()
    sorted_words = SequenceMatcher(None, " ".join(sorted(a)), " ".join(sorted(b))).ratio()
    shared = len(set(a) & set(b)) / max(len(set(a)), len(set(b)))
    return max(straight, 0.95 * sorted_words, 0.9 * shared)


def _asked(words: list[str]) -> frozenset[str]:
    return frozenset(words) & _ASKED


def _words(label: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", label.casefold().replace("œ", "oe").replace("’", "'"))
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    for phrase, said in _PHRASES:
        letters = re.sub(phrase, said, letters)
    words = re.findall(r"[a-z0-9]+", letters)
    found: dict[str, None] = {}
    for word in words:
        if word not in _SILENT:
            found[_SAME.get(word, word)] = None
    return list(found) or words
