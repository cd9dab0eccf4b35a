"""The real forms: each becomes a form that reads, and whose PDF is filled without a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.paper.proposal.model import LabelSource, NothingToFill
from exports.paper.proposal.proposing import propose
from forms.catalogue import catalogue
from forms.definition import Kind
from tests.benchmarks.proposals import FORMS, score
from tests.exports.paper.proposal.conftest import TODAY, filled

PDFS = {
    "cerfa_16029-01_election-de-domicile.pdf": "16029*01",
    "cerfa_15548-02_election-de-domicile_xfa.pdf": "15548*02",
    "cerfa_14952-03_procuration.pdf": "14952*03",
    "cerfa_14952-01_procuration_orphan-widgets.pdf": "14952*01",
    "cerfa_12504-03_cmuc.pdf": "12504*03",
    "cerfa_15692-01_mdph.pdf": "15692*01",
}


@pytest.mark.parametrize(("file", "number"), PDFS.items())
def test_every_form_is_proposed_and_filled(official_dir: Path, file: str, number: str) -> None:
    content = (official_dir / file).read_bytes()
    proposal = propose(content, today=TODAY)
    assert proposal.number == number
    assert filled(content, proposal) == ()
    unprinted = [
        one for one in proposal.asked if one.label_from in (LabelSource.TOOLTIP, LabelSource.NAME)
    ]
    assert len(unprinted) <= 0.2 * len(proposal.asked)


@pytest.mark.parametrize("file", ["rsa_2013_flat.pdf", "cerfa_10840-05_aide-au-logement_flat.pdf"])
def test_a_form_without_fields_is_not_proposed(official_dir: Path, file: str) -> None:
    with pytest.raises(NothingToFill):
        propose((official_dir / file).read_bytes(), today=TODAY)


@pytest.mark.parametrize("form_id", ["election-de-domicile", "procuration-vote"])
def test_a_proposal_comes_near_to_the_form_written_by_hand(
    official_dir: Path, form_id: str
) -> None:
    mapping = catalogue().official(form_id)
    assert mapping is not None
    proposal = propose((official_dir / FORMS[form_id]).read_bytes(), today=TODAY)
    result = score(proposal, catalogue().form(form_id), mapping)
    assert result.asked == 1
    assert result.dates == 1
    assert result.labels >= 0.8
    assert result.kinds >= 0.75
    assert result.links >= 0.6
    assert result.office >= 0.6


def test_a_number_of_fifteen_fields_is_found(official_dir: Path) -> None:
    proposal = propose((official_dir / FORMS["mdph"]).read_bytes(), today=TODAY)
    number = next(one for one in proposal.asked if one.profile == "identifiants.nir")
    assert {joined.length for joined in number.fields} == {1}
    assert [joined.field for joined in number.fields][:15] == [
        f"Numero SS {place}" for place in range(1, 16)
    ]
    postal_code = next(one for one in proposal.asked if one.profile == "adresse.code_postal")
    assert len(postal_code.fields) == 5
    nationality = next(one for one in proposal.asked if one.profile == "sejour.groupe")
    assert nationality.kind is Kind.SELECT_ONE
