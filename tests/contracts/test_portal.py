"""The contract server behaves as the facts say, the unkind parts included; without our client."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from dataclasses import replace
from typing import Any

import pytest

from exports.online.practice.checks import kept
from exports.online.practice.portal import MOST_CREATED
from exports.online.practice.procedure import PracticeProcedure
from tests.contracts.conftest import Contract

BIRTH = "champ_Q2hhbXAtMTAwMQ"
ASKED = "champ_Q2hhbXAtMTAwMw"
ROWS = "champ_Q2hhbXAtMTAwNg"


def call(
    contract: Contract,
    path: str,
    body: bytes | None = None,
    content_type: str = "application/json",
) -> tuple[int, Any]:
    portal = contract.server.portal
    request = urllib.request.Request(portal.address + path, data=body)
    if body is not None:
        request.add_header("Content-Type", content_type)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cadata=portal.trusted)),
    )
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            kind = error.headers.get_content_type()
            said = error.read()
            return error.code, json.loads(said) if kind == "application/json" else said.decode()


def create(contract: Contract, values: dict[str, Any]) -> dict[str, Any]:
    path = f"/api/public/v1/demarches/{contract.procedure.number}/dossiers"
    status, said = call(contract, path, json.dumps(values).encode())
    assert status == 201
    return dict(said)


def follow(contract: Contract, query: str) -> Any:
    path = f"/api/public/v1/demarches/{contract.procedure.number}/dossiers?{query}"
    return call(contract, path)[1]


def test_the_content_type_must_be_exact(contract: Contract) -> None:
    path = f"/api/public/v1/demarches/{contract.procedure.number}/dossiers"
    refused = call(contract, path, b"{}", "application/json; charset=utf-8")
    assert refused == (400, {"error": "Content-Type should be json"})


def test_an_unknown_procedure_is_named(contract: Contract) -> None:
    assert call(contract, "/api/public/v1/demarches/123/dossiers", b"{}") == (
        404,
        {"error": "procedure 123 is not found"},
    )
    contract.portal.put(contract.procedure.closed())
    path = f"/preremplir/{contract.procedure.path}/schema"
    assert call(contract, path) == (
        404,
        {"error": f"procedure {contract.procedure.path} is not found"},
    )


def test_an_orphan_is_described_with_where_to_claim_it(contract: Contract) -> None:
    said = create(contract, {BIRTH: "1985-03-12"})
    assert set(said) == {
        "dossier_url",
        "state",
        "dossier_id",
        "dossier_number",
        "dossier_prefill_token",
    }
    assert said["state"] == "prefilled"
    assert len(said["dossier_prefill_token"]) == 24
    assert said["dossier_url"].endswith(f"?prefill_token={said['dossier_prefill_token']}")


def test_bad_values_are_dropped_and_the_answer_is_201_all_the_same(contract: Contract) -> None:
    said = create(
        contract,
        {
            BIRTH: "12/03/1985",
            ASKED: "Première demande",
            "champ_Q2hhbXAtOTk5OTk5": "rien",
            "identite_genre": "Madame",
            "identite_nom": "Ünal",
            ROWS: [{"champ_Q2hhbXAtMTAwNw": "Ünal", "champ_Q2hhbXAtMTAwOQ": "hier"}, {}],
        },
    )
    assert contract.portal.kept(said["dossier_prefill_token"]) == {
        ASKED: "Première demande",
        "identite_nom": "Ünal",
        ROWS: [{"champ_Q2hhbXAtMTAwNw": "Ünal"}],
    }


def test_a_key_may_keep_its_equal_signs(contract: Contract) -> None:
    said = create(contract, {f"{BIRTH}==": "1985-03-12"})
    assert contract.portal.kept(said["dossier_prefill_token"]) == {BIRTH: "1985-03-12"}


def test_each_creation_makes_another_draft(contract: Contract) -> None:
    first, second = (create(contract, {BIRTH: "1985-03-12"}) for _ in range(2))
    assert first["dossier_prefill_token"] != second["dossier_prefill_token"]
    assert len(contract.portal.tokens) == 2


def test_tokens_are_followed_by_comma_or_one_by_one(contract: Contract) -> None:
    tokens = [create(contract, {})["dossier_prefill_token"] for _ in range(2)]
    assert len(follow(contract, f"prefill_token={','.join(tokens)}")) == 2
    listed = "&".join(f"prefill_token[]={token}" for token in tokens)
    assert len(follow(contract, listed)) == 2
    assert follow(contract, "prefill_token=unknown") == []


def test_a_claimed_draft_shows_its_state_and_no_address(contract: Contract) -> None:
    token = create(contract, {})["dossier_prefill_token"]
    assert contract.portal.visit(token, "one")
    assert not contract.portal.visit(token, "another")
    said = follow(contract, f"prefill_token={token}")[0]
    assert said["state"] == "brouillon"
    assert "dossier_url" not in said


def test_an_orphan_dies_after_five_days_and_a_claimed_one_does_not(contract: Contract) -> None:
    orphan, claimed = (create(contract, {})["dossier_prefill_token"] for _ in range(2))
    contract.portal.visit(claimed, "one")
    contract.clock.forward(days=4, hours=23)
    assert len(follow(contract, f"prefill_token={orphan},{claimed}")) == 2
    contract.clock.forward(hours=2)
    left = follow(contract, f"prefill_token={orphan},{claimed}")
    assert [one["dossier_prefill_token"] for one in left] == [claimed]


def test_a_draft_is_followed_under_its_own_procedure_alone(contract: Contract) -> None:
    token = create(contract, {})["dossier_prefill_token"]
    other = replace(
        contract.procedure, number=77, path="autre", schema={**contract.procedure.schema}
    )
    contract.portal.put(other)
    assert call(contract, f"/api/public/v1/demarches/77/dossiers?prefill_token={token}") == (
        200,
        [],
    )
    contract.portal.put(contract.procedure.closed())
    path = f"/api/public/v1/demarches/{contract.procedure.number}/dossiers?prefill_token={token}"
    assert call(contract, path)[0] == 404


def test_a_sixteenth_creation_in_a_quarter_of_a_minute_is_told_to_wait(contract: Contract) -> None:
    for _ in range(MOST_CREATED):
        create(contract, {})
    contract.clock.forward(seconds=5)
    path = f"/api/public/v1/demarches/{contract.procedure.number}/dossiers"
    assert call(contract, path, b"{}") == (429, "Retry later\n")
    assert len(contract.portal.tokens) == MOST_CREATED
    contract.clock.forward(seconds=10)
    create(contract, {})


def test_a_schema_is_shown_for_open_data_alone_but_drafts_are_created(contract: Contract) -> None:
    contract.portal.put(replace(contract.procedure, open_data=False))
    assert call(contract, f"/preremplir/{contract.procedure.path}/schema")[0] == 404
    create(contract, {BIRTH: "1985-03-12"})


def test_a_title_is_dropped_where_none_is_asked(contract: Contract) -> None:
    sent = {"identite_genre": "Mme", "identite_nom": "Ünal"}

    def held(procedure: PracticeProcedure) -> Any:
        contract.portal.put(procedure)
        return contract.portal.kept(create(contract, sent)["dossier_prefill_token"])

    assert held(contract.procedure) == sent
    assert held(replace(contract.procedure, titles=False)) == {"identite_nom": "Ünal"}
    assert held(replace(contract.procedure, individuals=False)) == {}


OPTIONS = {"options": ["Oui", "Non"], "otherOption": True}
COMMUNE = ["75007", "75107"]


@pytest.mark.parametrize(
    ("kind", "taken", "dropped"),
    [
        ("Text", ["a"], [False, "", 3, ["a"]]),
        ("Textarea", ["a\nb"], [""]),
        ("Formatted", ["AB12"], [""]),
        # Stored as they are: the mistake shows later.
        ("Email", ["a@b.fr", "rien"], []),
        ("Phone", ["0612345678", "12"], []),
        ("Iban", ["FR7611315000011234567890138", "FR00"], []),
        ("DecimalNumber", ["49.3", "-1,123", "1 000"], ["1.2345", "x", 4.5]),
        ("IntegerNumber", ["42", "1 000"], ["4.2", "x", 42]),
        ("Date", ["2023-02-01", "2023/02/01"], ["01/02/2023", "value", "20230201", "2023-W05-3"]),
        ("Datetime", ["2023-02-01T10:30"], ["2023-02-01", "10:30", "2023-02-01T10:30+01:00"]),
        ("YesNo", ["true", "false"], [False, True, "oui"]),
        ("Checkbox", ["true", "false"], [False, True, "on"]),
        ("Civilite", ["M.", "Mme"], ["M", "Madame"]),
        ("Pays", ["FR", "France"], ["FRA"]),
        ("Region", ["53"], ["Bretagne"]),
        ("Departement", ["56", "2A", "971"], ["00", "96", "Finistère"]),
        ("Commune", [COMMUNE, ["75007"]], ["75007", [], ["99999"], ["75007", "29019"]]),
        ("Epci", [["29", "242900314"]], [["29"], ["01", "242900314"], "29"]),
        ("Address", ["20 Avenue de Ségur 75007 Paris"], ["20 avenue de Segur, Paris"]),
        ("Siret", ["13002526500013", "130 025 265 00013"], ["13002526500014"]),
        # One choice is not checked; a list goes whole for one text that is no option.
        ("DropDownList", ["Oui", "Peut-être"], [["Oui"]]),
        ("MultipleDropDownList", [["Oui", "Non"], ["Oui"]], [["Oui", "Peut-être"], []]),
        ("DossierLink", ["42"], ["x"]),
        ("Referentiel", ["REF-0001"], ["REF-9"]),
        *((kind, [], ["a", "1", ["a"]]) for kind in (
            "PieceJustificative", "TitreIdentite", "Carte", "RNA", "RNF", "AnnuaireEducation",
            "LinkedDropDownList", "Number", "Cnaf", "Dgfip", "PoleEmploi", "Mesri", "COJO",
            "EngagementJuridique", "HeaderSection", "Explication",
        )),
    ],
)  # fmt: skip
def test_each_type_keeps_what_the_table_says(
    kind: str, taken: list[Any], dropped: list[Any]
) -> None:
    descriptor = {"__typename": f"{kind}ChampDescriptor", **OPTIONS}
    assert [one for one in taken if kept(descriptor, one) is None] == []
    assert [one for one in dropped if kept(descriptor, one) is not None] == []
