"""`online.yaml`: read with errors at their line, checked against the form, never taken for real."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest

from forms.catalogue import catalogue
from forms.errors import DefinitionError
from forms.filling import Filling
from forms.online import OnlineFiling, OnlineStatus, bare_field_id
from forms.online_reader import check_online, read_online
from forms.online_values import copied_values, field_values
from forms.reader import read_form

FORM = read_form(
    """\
settings: {form_id: essai, version: "1", form_title: Essai, worth: preparation}
choices:
  oui_non: [{name: oui, label: Oui}, {name: non, label: Non}]
survey:
  - {type: text, name: nom, label: Nom}
  - {type: date, name: jour, label: Jour}
  - {type: decimal, name: somme, label: Somme}
  - {type: select_multiple oui_non, name: cases, label: Cases}
  - type: repeat
    name: enfants
    label: Enfants
    children:
      - {type: text, name: prenom, label: Prénom}
""",
    file="form.yaml",
)
HEAD = """\
status: example
read: 2026-11-24
procedure:
  number: 12
  address: https://portail.example/commencer/essai
  fields:
"""
FIELD = '    - {field: Q2hhbXAtMjI=, label: Nom, format: text, value: "${nom}"}\n'
ANSWERS = {
    "/data/nom": "le Goff\nKérouédan",
    "/data/jour": "2026-11-03",
    "/data/somme": 1200.5,
    "/data/cases": ["oui", "non"],
    "/data/enfants": 2,
    "/data/enfants[1]/prenom": "Malo",
    "/data/enfants[2]/prenom": "Anaëlle",
}


def filling(answers: dict[str, object] | None = None) -> Filling:
    return Filling(FORM, answers or {}, today=date(2026, 11, 24))


def read(text: str) -> OnlineFiling:
    filing = read_online(text, file="online.yaml")
    check_online(filing, filling(), file="online.yaml")
    return filing


def copy(*lines: str) -> OnlineFiling:
    return read(
        "status: verified\nread: 2026-11-24\ncopy:\n" + "".join(f"  - {x}\n" for x in lines)
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("status: sure\nread: 2026-11-24\ncopy: []\n", 1, "“status” vaut “sure”"),
        ("status: example\nread: hier\ncopy: []\n", 2, "“hier” n’est pas un jour"),
        ("status: example\nread: 2026-11-24\n", 1, "rien n’est dit"),
        (HEAD.replace("12", "douze") + FIELD, 4, "n’est pas un numéro"),
        (HEAD.replace("https", "http") + FIELD, 5, "n’est pas une adresse sûre"),
        (HEAD.replace("portail.example", "demarche.numerique.gouv.fr") + FIELD, 5, ".example"),
        (HEAD.replace("example\n", "verified\n", 1) + FIELD, 5, "ne va pas avec"),
        (HEAD + FIELD.replace("Q2hhbXAtMjI=", "22"), 7, "n’est pas un champ de démarche"),
        (HEAD + FIELD.replace("text", "carte"), 7, "“format” vaut “carte”"),
        (HEAD + FIELD.replace('value: "${nom}"', "each: enfants"), 7, "“each” va avec"),
        (HEAD + FIELD.replace(', value: "${nom}"', ""), 7, "“value” manque"),
        (HEAD + FIELD.replace("${nom}", "${prénom}"), 7, "${prénom}"),
        (HEAD + FIELD + FIELD, 8, "est là deux fois"),
        (HEAD + FIELD.replace("label: Nom, ", ""), 7, "“label” manque"),
        (HEAD + FIELD + "note:\n  - x\n", 9, "“note” n’est pas un texte"),
    ],
)
def test_a_fault_is_located_and_explained(text: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(text)
    assert caught.value.line == line
    assert said in str(caught.value)


def test_a_repetition_has_rows_of_one_repeat() -> None:
    rows = (
        "    - field: Q2hhbXAtMjM\n      label: Enfants\n      format: repetition\n"
        "      each: enfants\n      fields:\n"
        '        - {field: Q2hhbXAtMjQ, label: Prénom, format: text, value: "${prenom}"}\n'
    )
    filing = read(HEAD + FIELD + rows)
    assert filing.procedure is not None
    name, children = field_values(filing.procedure, filling(ANSWERS))
    assert name.texts == ("le Goff\nKérouédan",)
    assert [row[0].texts for row in children.rows] == [("Malo",), ("Anaëlle",)]
    with pytest.raises(DefinitionError, match="aucun “repeat”"):
        read(HEAD + rows.replace("each: enfants", "each: parents"))


def test_options_give_the_portal_s_words_and_show_what_has_none() -> None:
    text = (
        "    - field: Q2hhbXAtMjI=\n      label: Cases\n      format: multiple_drop_down_list\n"
        '      value: "${cases}"\n      options: {oui: "Oui, bien sûr"}\n'
    )
    filing = read(HEAD + text)
    assert filing.procedure is not None
    value = field_values(filing.procedure, filling(ANSWERS))[0]
    assert value.texts == ("Oui, bien sûr",)
    assert value.unmatched == ("non",)


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("text", "${nom}", "le Goff\nKérouédan"),
        ("line", "${nom}", "le Goff Kérouédan"),
        ("capitals", "${nom}", "LE GOFF KÉROUÉDAN"),
        ("date", "${jour}", "03/11/2026"),
        ("date_iso", "${jour}", "2026-11-03"),
        ("amount", "${somme}", "1200,50"),
        ("digits", "'06 12-34'", "061234"),
        ("date", "'sans date'", "sans date"),
        ("amount", "'sans montant'", "sans montant"),
    ],
)
def test_a_website_s_formats(form: str, value: str, text: str) -> None:
    filing = copy(f'{{label: X, format: {form}, value: "{value}"}}')
    assert copied_values(filing, filling(ANSWERS))[0].text == text


def test_copying_goes_through_a_repeat_block_by_block() -> None:
    filing = copy(
        '{label: Nom, value: "${nom}", format: line}',
        '{label: Enfant, each: enfants, lines: [{label: Prénom, value: "${prenom}"}]}',
    )
    told = [(one.section, one.label, one.text) for one in copied_values(filing, filling(ANSWERS))]
    assert told[1:] == [("Enfant 1", "Prénom", "Malo"), ("Enfant 2", "Prénom", "Anaëlle")]
    assert copied_values(filing, filling())[0].text == ""


def test_identifiers_are_the_portal_s() -> None:
    assert bare_field_id("champ_Q2hhbXAtMjI") == bare_field_id("Q2hhbXAtMjI=") == "Q2hhbXAtMjI"
    for wrong in ("", "22", "Q2hhbXAt", "RG9zc2llci00Mg==", "Q2hhbXAtMjI!"):
        assert bare_field_id(wrong) is None


def test_an_example_of_the_catalogue_is_nowhere_and_says_where_the_real_one_is() -> None:
    shelf = catalogue()
    filings = [shelf.online(entry.id) for entry in shelf.entries()]
    known = [filing for filing in filings if filing is not None]
    assert len(known) >= 2
    for filing in known:
        if filing.status is OnlineStatus.EXAMPLE:
            # Its status is said on the screen; its host can belong to nobody (RFC 2606).
            assert (urlsplit(filing.site).hostname or "").endswith(".example")
            assert filing.note
