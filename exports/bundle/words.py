"""The words of a fingerprint: 256 short French words, told apart when read aloud."""

from __future__ import annotations

FINGERPRINT_WORDS: tuple[str, ...] = (
    "abeille", "abricot", "acier", "agenda", "aigle", "aimant", "alcool", "algue", "amande",
    "ampoule", "ananas", "ancre", "angle", "anneau", "antenne", "arbre", "argile", "armoire",
    "arrosoir", "asperge", "atelier", "aurore", "avion", "avocat", "bagage", "balcon", "banane",
    "barque", "basilic", "bateau", "beurre", "biberon", "biche", "bijou", "biscuit", "blason",
    "bocal", "boisson", "bonnet", "bottine", "bougie", "boulon", "boussole", "bouton", "branche",
    "bretelle", "brioche", "bronze", "brosse", "buffet", "bureau", "cabane", "cactus", "cadran",
    "caillou", "calepin", "camion", "canard", "cannelle", "capuche", "carafe", "carotte",
    "carton", "casque", "castor", "cerise", "chaise", "chalet", "chameau", "chapeau", "charrue",
    "chemise", "cheval", "chiffon", "chocolat", "cigale", "ciment", "cirque", "citron", "clavier",
    "clocher", "cobalt", "coffret", "colline", "comète", "compas", "copain", "corbeau", "coton",
    "couloir", "courge", "couteau", "crabe", "crayon", "crevette", "crocus", "cuivre", "cygne",
    "dauphin", "dentelle", "dessin", "domino", "douche", "dragon", "drapeau", "dune", "écluse",
    "écureuil", "église", "émail", "enclume", "épingle", "érable", "escargot", "étoile", "fagot",
    "falaise", "farine", "fauteuil", "fenouil", "ferme", "festin", "feuille", "ficelle", "figue",
    "flamme", "flocon", "flûte", "fontaine", "forêt", "fossile", "fougère", "fourmi", "fraise",
    "framboise", "fromage", "fusain", "fusée", "galet", "gant", "gazon", "gingembre", "girafe",
    "givre", "glacier", "gomme", "goudron", "grange", "grenier", "griotte", "grotte", "guitare",
    "hamac", "hameau", "hangar", "haricot", "herbe", "hibou", "horloge", "huile", "iceberg",
    "image", "indigo", "iris", "ivoire", "jacinthe", "jardin", "jasmin", "jonquille", "journal",
    "jumelle", "jupe", "kayak", "kiosque", "lagune", "lampe", "lanterne", "lavande", "légume",
    "lentille", "lézard", "lichen", "lilas", "limace", "lunette", "lutin", "lynx", "magnolia",
    "maison", "mandarine", "manteau", "marbre", "marmite", "marteau", "melon", "menthe", "meuble",
    "miroir", "moineau", "montagne", "mouton", "muguet", "muraille", "myrtille", "navire",
    "nectar", "noisette", "nuage", "oiseau", "olive", "ombrelle", "opale", "orage", "orchidée",
    "oreiller", "ortie", "oursin", "outil", "paille", "palmier", "panier", "papillon",
    "parapluie", "passerelle", "pastel", "pélican", "pendule", "perle", "persil", "phare",
    "piano", "pigeon", "pinceau", "piscine", "pivoine", "planche", "plume", "poisson", "poivre",
    "pomme", "portail", "poulet", "prairie", "prune", "puzzle", "radeau", "raisin", "rideau",
    "rivage", "roseau", "ruban", "rucher", "sable", "salade", "sapin", "tabouret",
)  # fmt: skip
"""One word for each value of a byte; their order is part of the card's format."""
