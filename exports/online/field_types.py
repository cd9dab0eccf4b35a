"""The types of a procedure's fields: which can be prefilled, and what the portal checks.

From the contract: `type_de_champ.rb#prefillable?`, and the descriptors of the schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from forms.online import FieldFormat


class Check(Enum):
    """What the portal does with a prefilled value of a type."""

    NONE = "none"
    CHECKED = "checked"
    LOOKED_UP = "looked_up"


@dataclass(frozen=True)
class FieldType:
    """One type of field.

    Attributes:
        format: how its value is written; None where nothing can be prefilled.
        words: in French, what it is.
        asked: whether it asks anything: a heading and an explanation do not.
    """

    name: str
    words: str
    format: FieldFormat | None
    check: Check = Check.NONE
    asked: bool = True


UNKNOWN = FieldType("unknown", "un champ d’une sorte inconnue", None)

_DESCRIPTOR = "ChampDescriptor"

_TYPES = {
    "Text": FieldType("text", "un texte", FieldFormat.TEXT),
    "Textarea": FieldType("textarea", "un texte long", FieldFormat.TEXTAREA),
    "Formatted": FieldType("formatted", "un texte d’une forme fixée", FieldFormat.FORMATTED),
    "Email": FieldType("email", "un courriel", FieldFormat.EMAIL),
    "Phone": FieldType("phone", "un téléphone", FieldFormat.PHONE),
    "Iban": FieldType("iban", "un IBAN", FieldFormat.IBAN),
    "DecimalNumber": FieldType(
        "decimal_number", "un nombre", FieldFormat.DECIMAL_NUMBER, Check.CHECKED
    ),
    "IntegerNumber": FieldType(
        "integer_number", "un nombre entier", FieldFormat.INTEGER_NUMBER, Check.CHECKED
    ),
    "Date": FieldType("date", "une date", FieldFormat.DATE, Check.CHECKED),
    "Datetime": FieldType("datetime", "une date et une heure", FieldFormat.DATETIME, Check.CHECKED),
    "YesNo": FieldType("yes_no", "oui ou non", FieldFormat.YES_NO, Check.CHECKED),
    "Checkbox": FieldType("checkbox", "une case à cocher", FieldFormat.CHECKBOX, Check.CHECKED),
    "Civilite": FieldType("civilite", "une civilité", FieldFormat.CIVILITE, Check.CHECKED),
    "Pays": FieldType("pays", "un pays", FieldFormat.PAYS, Check.LOOKED_UP),
    "Region": FieldType("regions", "une région", FieldFormat.REGIONS, Check.LOOKED_UP),
    "Departement": FieldType(
        "departements", "un département", FieldFormat.DEPARTEMENTS, Check.LOOKED_UP
    ),
    "Commune": FieldType("communes", "une commune", FieldFormat.COMMUNES, Check.LOOKED_UP),
    "Epci": FieldType("epci", "une intercommunalité", FieldFormat.EPCI, Check.LOOKED_UP),
    "Address": FieldType("address", "une adresse", FieldFormat.ADDRESS, Check.LOOKED_UP),
    "Siret": FieldType("siret", "un numéro SIRET", FieldFormat.SIRET, Check.LOOKED_UP),
    "DropDownList": FieldType("drop_down_list", "un choix", FieldFormat.DROP_DOWN_LIST),
    "MultipleDropDownList": FieldType(
        "multiple_drop_down_list",
        "des choix",
        FieldFormat.MULTIPLE_DROP_DOWN_LIST,
        Check.CHECKED,
    ),
    "DossierLink": FieldType(
        "dossier_link", "le numéro d’un autre dossier", FieldFormat.DOSSIER_LINK, Check.CHECKED
    ),
    "Referentiel": FieldType(
        "referentiel", "une référence", FieldFormat.REFERENTIEL, Check.LOOKED_UP
    ),
    "Repetition": FieldType("repetition", "une liste", FieldFormat.REPETITION),
    "PieceJustificative": FieldType("piece_justificative", "une pièce à joindre", None),
    "TitreIdentite": FieldType("titre_identite", "un titre d’identité à joindre", None),
    "Carte": FieldType("carte", "un plan à dessiner", None),
    "RNA": FieldType("rna", "un numéro d’association", None),
    "RNF": FieldType("rnf", "un numéro de fondation", None),
    "AnnuaireEducation": FieldType("annuaire_education", "une école", None),
    "LinkedDropDownList": FieldType("linked_drop_down_list", "deux choix liés", None),
    "Number": FieldType("number", "un nombre d’une ancienne sorte", None),
    "Cnaf": FieldType("cnaf", "des données de la CAF", None),
    "Dgfip": FieldType("dgfip", "des données des impôts", None),
    "PoleEmploi": FieldType("pole_emploi", "des données de France Travail", None),
    "Mesri": FieldType("mesri", "des données d’études", None),
    "COJO": FieldType("cojo", "une accréditation", None),
    "EngagementJuridique": FieldType("engagement_juridique", "un engagement juridique", None),
    "HeaderSection": FieldType("header_section", "un titre", None, asked=False),
    "Explication": FieldType("explication", "une explication", None, asked=False),
}

_BY_FORMAT = {kind.format: kind for kind in _TYPES.values() if kind.format is not None}


def type_of_descriptor(typename: str) -> FieldType:
    """The type that a schema names (`TextChampDescriptor`); unknown ones prefill nothing."""
    return _TYPES.get(typename.removesuffix(_DESCRIPTOR), UNKNOWN)


def type_of_format(form: FieldFormat) -> FieldType:
    """The type that has a format."""
    return _BY_FORMAT[form]


def descriptor_of(kind: FieldType) -> str:
    """What a schema calls a type."""
    name = next((name for name, known in _TYPES.items() if known is kind), "")
    return f"{name}{_DESCRIPTOR}"
