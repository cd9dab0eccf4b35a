"""Linking a procedure’s fields to questions: what was linked is found again, formulas included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk
from desktop.workflows.errors import NotARelay
from desktop.workflows.online.errors import NotAPortalAddress
from desktop.workflows.online.mapping import (
    ChosenLink,
    Mappable,
    mapping_text,
    propose_mapping,
    save_mapping,
)
from desktop.workflows.online.portals import added_portals, allow_portal, remove_portal
from exports.online.practice.procedure import practice_procedure
from forms.catalogue import catalogue
from forms.online import MappedField, OnlineStatus
from forms.online_reader import read_online
from tests.desktop.workflows.pair import make_desk
from vault.vault import VaultKind

FORMS = ("complementaire-sante", "election-de-domicile")


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP")
    yield desk
    desk.vault.lock()


def content_of(form: str, **changes: object) -> bytes:
    filing = catalogue().online(form)
    assert filing is not None
    return json.dumps({**practice_procedure(filing, form).schema, **changes}).encode()


def as_proposed(one: Mappable) -> ChosenLink:
    children = {child.key: as_proposed(child) for child in one.children}
    return ChosenLink(one.proposed, dict(one.pairs), children)


def values(fields: tuple[MappedField, ...]) -> list[object]:
    return [
        (one.field, one.value.text if one.value else one.each, one.options, values(one.fields))
        for one in fields
    ]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_linked_is_proposed_and_kept_as_it_was(relay: Desk, form: str) -> None:
    proposal = propose_mapping(relay, form, content_of(form))
    chosen = {one.key: as_proposed(one) for one in (*proposal.identity, *proposal.fields)}
    text = mapping_text(relay, form, proposal.schema, chosen, address="", verified=False)
    made = read_online(text, file="online.yaml")
    before = catalogue().online(form)
    assert before is not None
    assert made.procedure is not None
    assert before.procedure is not None
    assert values(made.procedure.fields) == values(before.procedure.fields)
    assert made.status is OnlineStatus.EXAMPLE


def test_another_procedure_is_linked_by_its_labels(relay: Desk) -> None:
    address = "https://demarche.numerique.gouv.fr/commencer/domiciliation"
    content = content_of("election-de-domicile", number=77, demarcheURL=address)
    proposal = propose_mapping(relay, "election-de-domicile", content)
    proposed = {one.label: one.proposed for one in proposal.fields}
    assert proposed["Téléphone"] == "telephone"
    assert proposed["Date de naissance"] == "date_naissance"
    assert proposal.left == ("Pièce d’identité",)
    chosen = {
        "genre": ChosenLink("civilite", {"mme": "Mme", "m": "M."}),
        "Q2hhbXAtMTAwMQ": ChosenLink("date_naissance"),
        # A choice in a field of text: its words, not its name.
        "Q2hhbXAtMTAwMg": ChosenLink("type_demande"),
        "Q2hhbXAtMTAwNA": ChosenLink(""),
    }
    filing = save_mapping(relay, "election-de-domicile", content, chosen, address="", verified=True)
    assert filing.status is OnlineStatus.VERIFIED
    assert filing.copy == ()
    assert filing.procedure is not None
    assert filing.procedure.number == 77
    texts = [one.value.text for one in filing.procedure.fields if one.value]
    assert texts == [
        "${date_naissance}", "jr:choice-name(${type_demande}, '${type_demande}')",
    ]  # fmt: skip


def test_portals_are_added_by_name_over_https(relay: Desk, tmp_path: Path) -> None:
    portal = allow_portal(relay, " https://Demarches.Departement.fr/commencer/x ")
    assert portal.address == "https://demarches.departement.fr"
    allow_portal(relay, "https://demarches.departement.fr")
    assert added_portals(relay) == (portal,)
    for wrong in (
        "http://demarches.departement.fr", "https://user@demarches.fr", "https://127.0.0.1",
        "https://localhost", "https://[::1]", "demarches.fr", "https://a.fr:port", "",
    ):  # fmt: skip
        with pytest.raises(NotAPortalAddress):
            allow_portal(relay, wrong)
    remove_portal(relay, portal)
    assert added_portals(relay) == ()
    station = make_desk(tmp_path / "poste", VaultKind.STATION, "Brest")
    with pytest.raises(NotARelay):
        allow_portal(station, "https://demarches.fr")
    with pytest.raises(NotARelay):
        propose_mapping(station, FORMS[0], b"{}")
    station.vault.lock()
