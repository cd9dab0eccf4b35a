"""The contract server behaves as the facts say, the unkind parts included; without our client."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from typing import Any

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
            return error.code, json.loads(error.read())


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
