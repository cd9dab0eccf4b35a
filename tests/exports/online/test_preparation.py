"""What would be sent, left, dropped: found before the portal says nothing of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exports.online.dossier import remaining
from exports.online.errors import SchemaUnreadable
from exports.online.labels import likeness
from exports.online.preparation import LeftReason, Preparation, prepare
from exports.online.schema import Schema, read_schema
from exports.online.suggestions import suggest
from exports.online.values import NotTaken, portal_value
from forms.filling import Filling
from forms.online import FieldFormat
from tests.forms.test_online import ANSWERS, FORM, HEAD, filling, read

F = FieldFormat


@pytest.mark.parametrize(
    ("form", "texts", "sent"),
    [
        (F.TEXT, ("a\nb",), "a\nb"),
        (F.PHONE, ("06 12.34-56 78",), "0612345678"),
        (F.IBAN, ("FR76 1131",), "FR761131"),
        (F.DECIMAL_NUMBER, ("1 200,5",), "1200.5"),
        (F.INTEGER_NUMBER, ("-3",), "-3"),
        (F.DATE, ("2023-02-01",), "2023-02-01"),
        (F.DATETIME, ("2023-02-01T10:30:00.000",), "2023-02-01T10:30"),
        (F.DATETIME, ("2023-02-01T10:30:00+01:00",), "2023-02-01T10:30"),
        (F.YES_NO, ("oui",), "true"),
        (F.CHECKBOX, ("false",), "false"),
        (F.CIVILITE, ("M",), "M."),
        (F.DEPARTEMENTS, ("2a",), "2A"),
        (F.REGIONS, ("53",), "53"),
        (F.COMMUNES, ("75007", "75107"), ["75007", "75107"]),
        (F.COMMUNES, ("75007",), ["75007"]),
        (F.EPCI, ("01", "200042935"), ["01", "200042935"]),
        (F.SIRET, ("130 025 265 00013",), "13002526500013"),
        (F.DOSSIER_LINK, ("42",), "42"),
        (F.MULTIPLE_DROP_DOWN_LIST, ("a", "b"), ["a", "b"]),
    ],
)
def test_values_are_strings_in_the_portal_s_format(
    form: FieldFormat, texts: tuple[str, ...], sent: object
) -> None:
    assert portal_value(form, texts) == sent


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        (F.DECIMAL_NUMBER, ("1,2345",)),
        (F.INTEGER_NUMBER, ("4.5",)),
        (F.DATE, ("01/02/2023",)),
        (F.DATETIME, ("demain",)),
        (F.DATETIME, ("2023-02-01",)),
        (F.YES_NO, ("peut-être",)),
        (F.CIVILITE, ("Madame",)),
        (F.DEPARTEMENTS, ("Finistère",)),
        (F.REGIONS, ("Bretagne",)),
        (F.COMMUNES, ("Brest",)),
        (F.EPCI, ("29",)),
        (F.SIRET, ("13002526500014",)),
    ],
)
def test_what_the_portal_would_drop_is_not_sent(form: FieldFormat, texts: tuple[str, ...]) -> None:
    with pytest.raises(NotTaken):
        portal_value(form, texts)


def described(kind: str, id: str, label: str, **more: Any) -> dict[str, Any]:
    typename = f"{kind}ChampDescriptor"
    return {"__typename": typename, "id": id, "label": label, "required": True, **more}


def schema(*fields: dict[str, Any], **more: Any) -> Schema:
    whole = {"number": 12, "title": "Essai", "revision": {"champDescriptors": fields}, **more}
    return read_schema(json.dumps(whole).encode())


def prepared(lines: str, asked: Schema | None, answers: Any = ANSWERS) -> Preparation:
    filing = read(HEAD + lines)
    assert filing.procedure is not None
    return prepare(filing.procedure, Filling(FORM, answers, today=filling().today), asked)


NAME = '    - {field: Q2hhbXAtMjI=, label: Nom, format: text, value: "${nom}"}\n'
DAY = '    - {field: Q2hhbXAtMjM=, label: Jour, format: date, value: "${nom}"}\n'


def test_the_procedure_s_own_type_wins_over_the_mapping_s() -> None:
    told = prepared(NAME, schema(described("Date", "Q2hhbXAtMjI=", "Date de la demande")))
    assert told.payload == {}
    assert told.left[0].label == "Date de la demande"
    assert (told.left[0].reason, told.left[0].required) == (LeftReason.NOT_TAKEN, True)


def test_what_is_not_in_the_procedure_or_not_mapped_is_said() -> None:
    told = prepared(
        NAME + DAY,
        schema(
            described("Text", "Q2hhbXAtMjI=", "Nom"),
            described("Text", "Q2hhbXAtMzA=", "Autre chose"),
            described("PieceJustificative", "Q2hhbXAtMzE=", "Pièce"),
            described("HeaderSection", "Q2hhbXAtMzI=", "Titre"),
            described("Nouveaute2027", "Q2hhbXAtMzM=", "Nouveau"),
        ),
    )
    assert list(told.payload) == ["champ_Q2hhbXAtMjI"]
    assert {line.label: line.reason for line in told.left} == {
        "Jour": LeftReason.NOT_IN_PROCEDURE,
        "Autre chose": LeftReason.NOT_MAPPED,
        "Pièce": LeftReason.NOT_PREFILLABLE,
        "Nouveau": LeftReason.NOT_PREFILLABLE,
    }


def test_options_are_compared_to_the_letter() -> None:
    line = (
        "    - {field: Q2hhbXAtMjI=, label: Cases, format: multiple_drop_down_list, "
        'value: "${cases}", options: {oui: Oui, non: Non}}\n'
    )
    same = described("MultipleDropDownList", "Q2hhbXAtMjI=", "Cases", options=["Oui", "Non"])
    other = {**same, "options": ["oui", "non"]}
    assert prepared(line, schema(same)).payload == {"champ_Q2hhbXAtMjI": ["Oui", "Non"]}
    assert prepared(line, schema(other)).left[0].reason is LeftReason.NOT_TAKEN
    # Another text is taken by a single choice alone.
    assert prepared(line, schema({**other, "otherOption": True})).payload == {}
    one = line.replace("multiple_drop_down_list", "drop_down_list").replace("cases", "nom")
    one = one.replace(", options: {oui: Oui, non: Non}", "")
    single = described("DropDownList", "Q2hhbXAtMjI=", "Nom", options=["Oui"])
    assert prepared(one, schema(single)).payload == {}
    assert prepared(one, schema({**single, "otherOption": True})).payload
    half = line.replace(", non: Non", "")
    assert prepared(half, schema(same)).left[0].reason is LeftReason.NOT_TAKEN


def test_what_the_portal_keeps_without_a_look_is_doubted() -> None:
    line = '    - {field: Q2hhbXAtMjI=, label: Courriel, format: email, value: "${nom}"}\n'
    told = prepared(line, schema(described("Email", "Q2hhbXAtMjI=", "Courriel")))
    assert "paraît faux" in told.doubtful[0].may_drop


def test_a_text_form_shows_no_value() -> None:
    assert "Kérouédan" not in repr(prepared(NAME, None).payload.__class__)
    assert "payload" not in repr(prepared(NAME, None))


def test_a_schema_of_today_and_of_the_documentation_are_read() -> None:
    read_one = schema(
        described("Repetition", "Q2hhbXAtNDA=", "Liste", champDescriptors=[
            described("Text", "Q2hhbXAtNDE=", "Nom"),
        ]),
        demarcheURL="https://demarche.numerique.gouv.fr/commencer/x",
        cadreJuridiqueUrl="https://loi.example",
        state="close",
    )  # fmt: skip
    assert [one.key for one in read_one.all_fields()] == ["champ_Q2hhbXAtNDA", "champ_Q2hhbXAtNDE"]
    assert not read_one.open
    assert read_one.legal_basis == "https://loi.example"
    today = schema(cadreJuridiqueURL="https://loi.example/2")
    assert today.legal_basis == "https://loi.example/2"
    old = schema(demarcheUrl="https://demarche.numerique.gouv.fr/commencer/y")
    assert old.address.endswith("/commencer/y")
    assert schema(demarcheURL=None, cadreJuridiqueURL=None).legal_basis == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"error": "procedure x is not found"}',
        b'{"number": 0, "title": "x", "revision": {"champDescriptors": []}}',
        b'{"number": 1, "title": "x", "revision": {"champDescriptors": '
        b'[{"__typename": "TextChampDescriptor", "id": "22", "label": "x"}]}}',
        b" " * (4 * 1024 * 1024 + 1),
        b"[" * 100_000,
    ],
)
def test_what_is_no_schema_is_refused(content: bytes) -> None:
    with pytest.raises(SchemaUnreadable):
        read_schema(content)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("PRENOM(S)", "Prénoms"),
        ("Date de naissance", "Naissance (date)"),
        ("Né(e) le", "Date de naissance"),
        ("Ville de naissance", "Commune de naissance"),
        ("Lieu de naissance", "Commune de naissance"),
        ("Nom de famille", "Nom de naissance"),
        ("Votre nom", "Nom"),
        ("Nom d’usage (si différent)", "Nom d’usage"),
        ("Adresse électronique", "Courriel"),
        ("E-mail", "Courriel"),
        ("Numéro de téléphone portable", "Téléphone"),
        ("N° de Sécurité sociale (NIR)", "Numéro de sécurité sociale"),
        ("Commune de résidence", "Commune"),
        ("Nom du conjoint", "Nom Votre conjoint"),
    ],
)
def test_the_same_thing_is_asked_in_many_words(theirs: str, ours: str) -> None:
    assert likeness(theirs, ours) > 0.9


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Téléphone", "Nom de naissance"),
        ("Ville de naissance", "Date de naissance"),
        ("Pays de naissance", "Date de naissance"),
        ("Pays de naissance", "Nom de naissance"),
        ("Commune de résidence", "Commune de naissance"),
        ("Commune de naissance", "Commune de l’organisme"),
        ("Adresse électronique", "Adresse"),
        ("Adresse postale", "Code postal"),
        ("Nom de l’organisme", "Nom"),
        ("Nom de la mère", "Nom du père"),
        ("Nom d’usage", "Nom de naissance"),
        ("Numéro d’écrou", "Numéro et rue"),
        ("Date de délivrance", "Date de naissance"),
        ("", "Nom"),
    ],
)
def test_two_things_in_nearly_the_same_words_are_not_alike(theirs: str, ours: str) -> None:
    assert likeness(theirs, ours) == 0


def test_suggestions_respect_the_type() -> None:
    asked = schema(
        described("Date", "Q2hhbXAtMjI=", "Jour de la demande"),
        described("Carte", "Q2hhbXAtMjQ=", "Nom"),
        described("Text", "Q2hhbXAtMjM=", "Nom de famille"),
    )
    found = {one.field.label: one for one in suggest(asked, FORM)}
    assert [one.question.name for one in found["Jour de la demande"].candidates] in ([], ["jour"])
    assert "Nom" not in found


def test_five_days_are_counted_down() -> None:
    from datetime import UTC, datetime, timedelta

    made = datetime(2026, 11, 24, 9, tzinfo=UTC)
    for passed, words in (
        (timedelta(0), "5\u00a0jours"),
        (timedelta(days=1, hours=20), "3\u00a0jours et 4\u00a0heures"),
        (timedelta(days=3, hours=23), "1\u00a0jour et 1\u00a0heure"),
        (timedelta(days=4, hours=1), "23\u00a0heures"),
        (timedelta(days=4, hours=23, minutes=20), "40\u00a0minutes"),
        (timedelta(days=5), ""),
    ):
        left = remaining(made, made + passed)
        assert left.words == words
        assert left.over == (not words)
