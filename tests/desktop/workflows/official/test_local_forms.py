"""Forms brought to a desk: imported, updated by signed packs, refused otherwise; drafts follow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.errors import FormNameTaken, NotAForm, OlderForms, UnknownIssuer
from desktop.workflows.exchanges.contacts import identity_of, mark_verified, take_card
from desktop.workflows.filling.applications import list_forms, start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.official.local_forms import (
    import_form,
    install_pack,
    list_local_forms,
    make_pack,
    remove_form,
)
from desktop.workflows.people.profiles import add_person
from exports.bundle.card import write_card
from forms.errors import DefinitionError
from forms.reader import read_form
from forms.xlsform.exporting import export_xlsform
from vault.vault import Vault, VaultKind

FIRST = """\
settings: {form_id: cantine, version: "1", form_title: Aide à la cantine, worth: preparation}
survey:
  - type: group
    name: identite
    label: Identité
    children:
      - {type: text, name: nom, label: Nom, profile: identite.nom_naissance}
      - {type: text, name: motif, label: Motif}
"""
SECOND = """\
settings: {form_id: cantine, version: "2", form_title: Aide à la cantine, worth: preparation}
survey:
  - type: group
    name: personne
    label: Personne
    children:
      - {type: text, name: nom, label: Nom de naissance, profile: identite.nom_naissance}
      - {type: decimal, name: montant, label: Montant (€)}
"""


@dataclass(frozen=True)
class Desks:
    station: Desk
    relay: Desk


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    def desk(kind: VaultKind) -> Desk:
        folder = tmp_path_factory.mktemp(kind.value) / "coffre"
        vault, _ = Vault.create(
            folder, kind=kind, place=f"Poste {kind.value}", user="C. Le Goff", passphrase="x" * 12
        )
        return desk_of(vault)

    return Desks(desk(VaultKind.STATION), desk(VaultKind.RELAY))


def workbook(folder: Path, definition: str) -> Path:
    file = folder / "cantine.xlsx"
    file.write_bytes(export_xlsform(read_form(definition, file="cantine")))
    return file


def test_a_form_comes_lives_and_is_updated_by_those_it_knows(made: Desks, tmp_path: Path) -> None:
    station, relay = made.station, made.relay
    brought = import_form(station, workbook(tmp_path, FIRST))
    assert (brought.form_id, brought.notices) == ("cantine", ())
    assert "cantine" in [entry.id for entry in list_forms(station)]
    person = add_person(station, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    application = start_application(station, person, "cantine")
    draft = open_application(station, application)
    assert draft.filling.value("/data/identite/nom") == "Ünal"
    draft.type_in("/data/identite/motif", "hiver")

    import_form(relay, workbook(tmp_path, SECOND))
    pack = make_pack(relay, ("cantine",))
    with pytest.raises(UnknownIssuer):
        install_pack(station, pack)
    contact = take_card(station, write_card(identity_of(relay)))
    with pytest.raises(UnknownIssuer):
        install_pack(station, pack)
    mark_verified(station, contact.id)
    assert install_pack(station, pack) == ("Aide à la cantine",)
    with pytest.raises(OlderForms):
        install_pack(station, pack)
    (local,) = list_local_forms(station)
    assert (local.version, local.origin) == ("2", "Poste relay")

    again = open_application(station, application)
    assert again.update is not None
    assert again.update.version == "2"
    assert any("Montant" in change for change in again.update.changes)
    assert again.filling.value("/data/personne/nom") == "Ünal"
    (left,) = again.homeless()
    assert (left.label, left.words) == ("Motif", "hiver")
    assert open_application(station, application).update is None
    assert [one.words for one in open_application(station, application).homeless()] == ["hiver"]

    remove_form(station, "cantine")
    assert "cantine" not in [entry.id for entry in list_forms(station)]
    assert open_application(station, application).form.version == "2"


def test_what_cannot_be_brought_leaves_the_catalogue_as_it_was(made: Desks, tmp_path: Path) -> None:
    before = list_forms(made.station)
    own = tmp_path / "form.yaml"
    own.write_text(FIRST.replace("cantine,", "procuration-vote,"), "utf-8")
    with pytest.raises(FormNameTaken):
        import_form(made.station, own)
    own.write_text(FIRST.replace("type: text", "type: geopoint", 1), "utf-8")
    with pytest.raises(DefinitionError):
        import_form(made.station, own)
    other = tmp_path / "note.txt"
    other.write_text("rien", "utf-8")
    with pytest.raises(NotAForm):
        import_form(made.station, other)
    assert list_forms(made.station) == before
