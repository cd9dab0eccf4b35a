"""Workbooks: what comes from outside is read or refused at its cell; ours go out and come back."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

import pytest
from openpyxl import Workbook

from forms.catalogue import catalogue
from forms.definition import Form, Kind
from forms.errors import DefinitionError, FormError
from forms.filling import Filling
from forms.reader import read_form
from forms.xlsform.errors import WorkbookUnreadable
from forms.xlsform.exporting import export_xlsform
from forms.xlsform.importing import ImportedForm, import_xlsform
from tests.forms.language import TODAY, definition

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "xlsform"
FORMS = [entry.id for entry in catalogue().entries()]


def workbook(**sheets: str) -> bytes:
    """A workbook from sheets written as lines of cells between “|”."""
    book = Workbook()
    for blank in list(book.worksheets):
        book.remove(blank)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for line in table.strip().splitlines():
            sheet.append([cell.strip() or None for cell in line.split("|")])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def imported(beside: dict[str, str] | None = None, **sheets: str) -> ImportedForm:
    return import_xlsform(workbook(**sheets), file="essai.xlsx", beside=beside)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the XLSForm samples are not at hand")
def test_every_sample_is_read_or_refused_at_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    read, refused = [], []
    for path in sorted(SAMPLES.glob("*.xls*")):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read.append(import_xlsform(path.read_bytes(), file=path.name))
        except DefinitionError as error:
            assert error.line >= 1
            assert error.column
            assert error.file.startswith(path.name)
            refused.append(str(error))
    for one in read:
        assert read_form(one.form.text, file="relu.yaml").children
    with capsys.disabled():
        print(f"\nXLSForm: {len(read)} read, {len(refused)} refused at their cell", end=" ")
    assert len(read) + len(refused) == len(list(SAMPLES.glob("*.xls*")))
    assert len(read) >= 10


@pytest.mark.parametrize("form_id", FORMS)
def test_our_forms_go_out_as_xlsform_and_come_back(form_id: str) -> None:
    from pyxform.xls2xform import convert

    form = catalogue().form(form_id)
    written = export_xlsform(form)
    accepted = convert(io.BytesIO(written), validate=False, file_type=".xlsx")
    assert "<h:html" in accepted.xform
    back = import_xlsform(written, file=f"{form_id}.xlsx")
    assert back.notices == ()
    assert _spaced(_facts(back.form)) == _spaced(_facts(form))


def _spaced(facts: object) -> str:
    # pyxform's reader makes plain spaces of the no-break ones.
    return repr(facts).replace("\\xa0", " ")


def _facts(form: Form) -> object:
    def clean(question: object) -> dict[str, object]:
        facts = dict(vars(question))
        facts.pop("line")
        facts.pop("children", None)
        for key, value in facts.items():
            text = getattr(value, "text", None)
            if text is not None:
                facts[key] = re.sub(r"'([^'\"]*’[^'\"]*)'", r'"\1"', text)
        return facts

    return (
        form.id,
        form.title,
        form.worth,
        form.language,
        [clean(question) for question in form.questions()],
        [clean(request) for request in form.documents],
        form.sources,
    )


def test_a_spreadsheet_becomes_a_filled_form() -> None:
    made = imported(
        survey="""
        type | name | label::Français (fr) | label::English (en) | relevant | calculation | required
        start | debut
        begin group | identite | Identité | Identity
        text | nom | Nom | Name | | | yes
        select_one ville | ville | Ville | Town
        select_multiple fruits or_other | fruits | Fruits | Fruit
        end group
        begin_repeat | enfants | Enfants
        text | prenom | Prénom
        end_repeat
        calculate | combien | | | | count(${enfants})
        note | fin | Merci ${nom}
        """,
        choices="""
        list_name | name | label::Français (fr) | label::English (en)
        ville | brest | Brest | Brest
        fruits | pomme | Pomme | Apple
        """,
        settings="form_title | form_id | default_language\nEssai | essai | Français (fr)",
    )
    form = made.form
    assert form.languages == ("English (en)",)
    filling = Filling(form, today=TODAY)
    filling.type_in("/data/identite/nom", "Ünal")
    filling.type_in("/data/identite/fruits", "pomme other")
    filling.type_in("/data/identite/fruits_other", "kaki")
    filling.add_repeat("/data/enfants")
    filling.type_in("/data/enfants[1]/prenom", "Zoë")
    assert filling.problems() == ()
    output = filling.output()
    assert output["/data/identite/fruits_other"] == "kaki"
    assert output["/data/combien"] == "1"
    assert str(output["/data/debut"]).startswith(TODAY.isoformat())


def test_choices_come_from_a_file_beside() -> None:
    survey = """
        type | name | label | choice_filter | calculation
        text | dep | Département
        select_one_from_file communes.csv | commune | Commune | dep=${dep}
        calculate | code | | | pulldata('communes', 'code', 'name', ${commune})
        """
    csv = "name,label,dep,code\nbrest,Brest,29,29200\nvannes,Vannes,56,56000\n"
    form = imported({"communes.csv": csv}, survey=survey).form
    again = read_form(form.text, file="relu.yaml")
    filling = Filling(again, today=TODAY)
    filling.type_in("/data/dep", "29")
    assert [choice.label for choice in filling.choices("/data/commune")] == ["Brest"]
    filling.type_in("/data/commune", "brest")
    assert filling.value("/data/code") == "29200"
    filling.type_in("/data/dep", "56")
    assert "/data/commune" not in filling.output()
    assert filling.answers()["/data/commune"] == "brest"
    with pytest.raises(DefinitionError, match=r"communes\.csv") as caught:
        imported(survey=survey)
    assert (caught.value.line, caught.value.column) == (3, "type")


@pytest.mark.parametrize(
    ("survey", "row", "column", "problem"),
    [
        ("type | name | label\ngeopoint | ou | Où", 2, "type", "geopoint"),
        ("type | name | label\ntext | a | A\naudio | b | B", 3, "type", "audio"),
        ("type | name | label\nbegin group | g | G\ntext | a | A", 2, "type", "pas fermé"),
        ("type | name | label\ntext | a | A\nend group", 3, "type", "rien à fermer"),
        ("type | name | label\ntext | a | A\ntext | a | B", 3, "name", "déjà le nom"),
        ("type | name | label\nselect_one rien | a | A", 2, "type", "rien"),
        ("type | name | label | relevant\ntext | a | A | ${b} = 1", 2, "relevant", "${b}"),
        ("type | name | Contrainte | constraint\ntext | a | | nope(.)", 2, "constraint", "nope()"),
        ("type | name | label\n | a | A", 2, "type", "manque"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_column(
    survey: str, row: int, column: str, problem: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        imported(survey=survey)
    assert problem in str(caught.value)
    assert (caught.value.line, caught.value.column) == (row, column)
    assert caught.value.file == "essai.xlsx, feuille survey"


def test_what_is_left_out_is_said() -> None:
    made = imported(
        survey="""
        type | name | label | media::audio | inconnue
        text | a | A | voix.mp3 | x
        deviceid | poste
        """,
        settings="form_id | submission_url\nessai | elsewhere",
    )
    said = "\n".join(made.notices)
    assert "ligne 2, colonne « media::audio »" in said
    assert "ligne 2, colonne « inconnue »" in said
    assert "identifiant de téléphone" in said
    assert "submission_url" in said
    assert [question.kind for question in made.form.questions()] == [Kind.TEXT, Kind.HIDDEN]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rien", b"\xd0\xcf\x11\xe0rien", b"type,name"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises((WorkbookUnreadable, DefinitionError)):
        import_xlsform(data, file="essai.xlsx")


def test_a_damaged_workbook_never_breaks_anything() -> None:
    whole = export_xlsform(catalogue().form("caf-incarceration"))
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            import_xlsform(bytes(broken), file="essai.xlsx")
        except FormError:
            continue


def test_translations_and_lists_survive_the_journey() -> None:
    text = definition(
        """
        select_one fruits | a | label: Fruit | label::English (en): Fruit | image: fruit.png
        range | note | parameters: start=0 end=5 step=1
        time | heure
        dateTime | moment
        rank fruits | ordre
        file | piece
        text | b | trigger: ${a} | calculation: concat('x', ${a})
        """
    )
    form = read_form(text, file="essai.yaml")
    back = import_xlsform(export_xlsform(form), file="essai.xlsx").form
    assert _facts(back) == _facts(form)
    assert back.languages == ("English (en)",)
