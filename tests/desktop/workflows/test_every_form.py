"""An invented person goes through every form of the catalogue; the paper holds each answer."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from desktop.workflows.printing.papers import (
    Heading,
    Paper,
    PaperKind,
    flattened,
    paper_of_filling,
)
from exports.paper.foreign.worker import WORKER
from exports.paper.render import page_count, page_text
from exports.paper.sheets.sheet import render_sheet
from forms.answers import read_answers
from forms.catalogue import catalogue
from forms.definition import Question, Worth
from forms.filling import Filling
from forms.letter import compose
from forms.profile import PROFILE_KEYS
from forms.values import Value, display
from tests.desktop.workflows.complete_person import complete_profile

ANSWERS = Path(__file__).parents[2] / "answers"
TODAY = date(2026, 11, 24)
FORMS = [entry.id for entry in catalogue().entries()]
OFFICIAL = [one for one in FORMS if catalogue().official(one) is not None]
WRITTEN = [one for one in FORMS if one in OFFICIAL or catalogue().letter(one) is not None]
NOBODY = Heading("", None, "", "", TODAY)


def filled(form_id: str) -> Filling:
    form = catalogue().form(form_id)
    answers = json.loads((ANSWERS / f"{form_id}.json").read_text("utf-8"))
    return Filling(form, read_answers(form, answers), today=TODAY)


def paper_of(filling: Filling, official: bytes | None = None) -> Paper:
    return paper_of_filling(
        catalogue(), filling, official_pdf=official, application_id="", heading=NOBODY
    )


def words_of(text: str) -> str:
    """A text as it is compared: broken lines and hyphens at their ends do not count."""
    return "".join(text.replace("\ufffe", "").replace("\u00ad", "").replace("-\r\n", "-").split())


def shown(filling: Filling) -> list[tuple[str, Question]]:
    """The questions whose answers a sheet prints."""
    return [
        (path, question)
        for path, question in filling.questions()
        if question.kind.asked and question.label and filling.state(path).relevant
    ]


def test_the_catalogue_is_whole() -> None:
    assert set(FORMS) == {
        "election-de-domicile", "procuration-vote", "mdph", "complementaire-sante", "rsa",
        "situation-caf", "aide-logement", "carte-identite", "aide-juridictionnelle",
        "logement-social", "surendettement", "siao", "caf-incarceration", "caf-sortie",
        "france-travail-entree", "acte-naissance", "assurance-maladie", "recours", "titre-sejour",
        "rendez-vous", "bailleur", "lettre-libre",
    }  # fmt: skip


@pytest.mark.parametrize("form_id", FORMS)
def test_nothing_is_missing_nor_wrong(form_id: str) -> None:
    filling = filled(form_id)
    assert filling.problems() == ()
    assert filling.homeless() == {}


@pytest.mark.parametrize("form_id", [one for one in FORMS if catalogue().letter(one) is None])
def test_the_sheet_holds_each_answer(form_id: str) -> None:
    filling = filled(form_id)
    paper = paper_of(filling)
    said = words_of("".join(page_text(paper.pdf, page) for page in range(paper.pages)))
    for path, question in shown(filling):
        answer = display(question, filling.value(path))
        assert words_of(answer) in said, path


@pytest.mark.parametrize(
    "form_id", [one for one in FORMS if catalogue().form(one).worth is Worth.LETTER]
)
def test_the_letter_stands_on_paper(form_id: str) -> None:
    filling = filled(form_id)
    template = catalogue().letter(form_id)
    assert template is not None
    letter = compose(template, filling)
    paper = paper_of(filling)
    assert paper.kind is PaperKind.LETTER
    said = words_of("".join(page_text(paper.pdf, page) for page in range(paper.pages)))
    for line in (*letter.sender, *letter.recipient, letter.subject, *letter.paragraphs):
        for part in line.split("\n"):
            assert words_of(part) in said, part


def test_all_is_known_of_the_complete_person() -> None:
    assert complete_profile().keys() == PROFILE_KEYS.keys()


@pytest.mark.parametrize("form_id", FORMS)
def test_one_person_goes_through_every_form(form_id: str) -> None:
    form, profile = catalogue().form(form_id), complete_profile()
    filling = Filling(form, profile=profile, today=TODAY)
    known = [
        (path, display(question, filling.value(path)))
        for path, question in shown(filling)
        if question.profile and filling.value(path) not in (None, "", ())
    ]
    assert len(known) > 5
    sheet = render_sheet(filling, application_id="", person_name="", place="", printed_on=TODAY)
    said = words_of("".join(page_text(sheet, page) for page in range(page_count(sheet))))
    for path, answer in known:
        assert words_of(answer) in said, path
    paper = paper_of(filling)
    said = words_of("".join(page_text(paper.pdf, page) for page in range(paper.pages)))
    for key in ("identite.nom_naissance", "identite.prenoms"):
        first = profile[key].split(",")[0]
        assert first in said


# Answers that a print has no place for: what an older print does not ask, what only chooses the
# way, whom a request is sent to. They stand on the screen, and at the relay.
NOT_ON_THE_PRINT = {
    "carte-identite": {"motif", "pays_naissance"},
    "complementaire-sante": {
        "taille_foyer", "caisse_maladie", "sejour_titre", "sejour_fin", "residence_trois_mois",
        "residence_etranger", "residence_pays", "periode", "conjoint_independant", "gestionnaire",
        "gestionnaire_nom", "gestionnaire_autres",
    },
    "rsa": {
        "sejour_titre", "sejour_fin", "caisse_familiale", "conjoint_caisse", "depuis",
        "etablissement", "nom_mois_1", "nom_mois_2", "nom_mois_3",
    },
    "election-de-domicile": {"organisme_nom", "organisme_adresse"},
    "situation-caf": {"caisse_pays"},
}  # fmt: skip


@pytest.mark.parametrize("form_id", WRITTEN)
def test_each_answer_counts_on_the_paper(form_id: str) -> None:
    """Another answer to a question gives another letter, or other values in the official form."""
    filling = filled(form_id)
    before = written(filling)
    silent = {
        question.name
        for path, question in shown(filling)
        if filling.value(path) not in (None, "", ())
        and not any(written(changed) != before for changed in with_others(form_id, path, question))
    }
    assert silent == NOT_ON_THE_PRINT.get(form_id, set())


def written(filling: Filling) -> object:
    """What goes on paper: the values of the official form, else the words of the letter."""
    form_id = filling.form.id
    mapping, template = catalogue().official(form_id), catalogue().letter(form_id)
    if mapping is not None:
        return mapping.values(filling)
    assert template is not None
    return compose(template, filling)


def with_others(form_id: str, path: str, question: Question) -> Iterator[Filling]:
    """The form with another answer to one question, for each that there is."""
    changed = filled(form_id)
    value = changed.value(path)
    names = [choice.name for choice in question.choices]
    others: list[Value] = [None]
    if isinstance(value, tuple):
        others = [(name,) for name in names if (name,) != value]
    elif names:
        others = [name for name in names if name != value]
    for other in others:
        changed.set(path, other)
        yield changed


def test_an_address_too_long_for_the_window_is_told_before_printing() -> None:
    filling = filled("caf-incarceration")
    assert paper_of(filling).problems == ()
    filling.type_in("/data/envoi/caf_adresse", "\n".join(["1 avenue de Kergaradec"] * 7))
    (problem,) = paper_of(filling).problems
    assert "trop longue pour la fenêtre" in problem


def print_of(form_id: str, official_dir: Path) -> bytes:
    mapping = catalogue().official(form_id)
    assert mapping is not None
    prints = {
        hashlib.sha256(content).hexdigest(): content
        for content in (file.read_bytes() for file in sorted(official_dir.glob("*.pdf")))
    }
    return next(prints[sha] for sha in mapping.sha256 if sha in prints)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_the_official_form_shows_each_value(form_id: str, official_dir: Path) -> None:
    paper = paper_of(filled(form_id), print_of(form_id, official_dir))
    assert paper.kind in (PaperKind.OFFICIAL, PaperKind.SUPERSEDED)
    assert paper.problems == ()
    assert paper.continued == ()


def is_sound(pdf: bytes, folder: Path) -> None:
    """What the structure of a PDF must be, by qpdf."""
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    checked = subprocess.run([qpdf, "--check", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def told_beside_the_pages(pdf: bytes) -> str:
    """The title, the author, the metadata, the outlines, the names of files and notes."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parts = [str(value) for value in dict(opened.docinfo).values()]
        parts += [item.title for item in opened.open_outline().root]
        parts += list(opened.attachments)
        if "/Metadata" in opened.Root:
            parts.append(opened.Root.Metadata.read_bytes().decode("utf-8", "replace"))
        for page in opened.pages:
            parts += [
                str(note.get(key, ""))
                for note in page.obj.get("/Annots", [])
                for key in ("/Contents", "/TU", "/NM")
            ]
        return " ".join(parts)


@pytest.mark.parametrize("form_id", FORMS)
def test_our_paper_is_sound_and_the_same_each_time(form_id: str, tmp_path: Path) -> None:
    paper = paper_of(filled(form_id))
    WORKER.stop()
    assert paper_of(filled(form_id)).pdf == paper.pdf
    is_sound(paper.pdf, tmp_path)
    assert not any(name in told_beside_the_pages(paper.pdf) for name in names_in(form_id))


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_the_official_form_is_sound_and_the_same_each_time(
    form_id: str, official_dir: Path, tmp_path: Path
) -> None:
    official = print_of(form_id, official_dir)
    paper = paper_of(filled(form_id), official)
    # Another process: nothing may hang on the order of a set, on a date, or on chance.
    WORKER.stop()
    assert paper_of(filled(form_id), official).pdf == paper.pdf
    is_sound(paper.pdf, tmp_path)
    is_sound(flattened(paper), tmp_path)
    assert not any(name in told_beside_the_pages(paper.pdf) for name in names_in(form_id))


def names_in(form_id: str) -> list[str]:
    """The names and numbers of an invented person that are told in a form's answers."""
    found = [
        str(value)
        for path, question in filled(form_id).questions()
        if question.profile in ("identite.nom_naissance", "identite.prenoms", "ecrou.numero")
        and (value := filled(form_id).value(path))
    ]
    return [one for one in found if len(one) > 3]


def test_a_long_answer_goes_on_behind_the_official_form(official_dir: Path) -> None:
    form_id = "election-de-domicile"
    filling = filled(form_id)
    long = "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson, " * 5
    filling.type_in("/data/naissance/commune_naissance", long)
    official = print_of(form_id, official_dir)
    before, paper = paper_of(filled(form_id), official), paper_of(filling, official)
    assert paper.problems == ()
    assert paper.pages == before.pages + 1
    assert paper.continued == (
        "«\u00a0Commune de naissance, Pays de naissance\u00a0»\u00a0: trop long pour sa case, "
        "écrit en entier sur la feuille ajoutée (suite n°\u00a01).",
    )
    behind = words_of(page_text(paper.pdf, paper.pages - 1))
    assert words_of(long.strip()) in behind
    assert "suite n° 1" in page_text(flattened(paper), 0).replace("\u00a0", " ")


def test_what_has_no_row_goes_on_behind_the_official_form(official_dir: Path) -> None:
    form_id = "complementaire-sante"
    filling = filled(form_id)
    for number in (5, 6, 7):
        filling.add_repeat("/data/ayants_droit")
        filling.type_in(f"/data/ayants_droit[{number}]/nom_ayant_droit", "Kerneïs")
        filling.type_in(f"/data/ayants_droit[{number}]/prenom_ayant_droit", f"Enfant{number}")
    paper = paper_of(filling, print_of(form_id, official_dir))
    assert paper.pages == 9
    assert len(paper.continued) == 1
    assert "n°\u00a07\u00a0»\u00a0: le formulaire n’a plus de ligne" in paper.continued[0]
    assert "Enfant7" in page_text(paper.pdf, 8)
    assert "Enfant6" not in page_text(paper.pdf, 8)
