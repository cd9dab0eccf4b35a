"""Applications: from draft to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vault.errors import RecordExists, RecordNotFound
from vault.records.applications import Application, ApplicationState
from vault.records.people import Person
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

ANSWERS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@pytest.fixture
def letter(vault: Vault, zoe: Person) -> Application:
    return start(vault, zoe, "Courrier à la CAF")


def start(
    vault: Vault, person: Person, title: str, state: ApplicationState = ApplicationState.DRAFT
) -> Application:
    return vault.applications.add(
        person_id=person.id,
        form_id="caf-incarceration",
        form_version="2026.11.1",
        form_title=title,
        answers={},
        state=state,
    )


def test_a_new_application_is_a_draft(vault: Vault, letter: Application) -> None:
    assert vault.applications.get(letter.id) == letter
    assert letter.state is ApplicationState.DRAFT
    assert (letter.answers, letter.position, letter.answered) == ({}, None, 0)


def test_answers_and_the_place_reached_are_found_again(
    closed: ClosedVault,
) -> None:
    vault = closed.open()
    person = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    application = start(vault, person, "Lettre")
    answers = {"/data/nom": "Ünal-Œillet", "/data/enfants[2]/age": 3, "/data/rien": None}
    saved = vault.applications.save_answers(
        application.id, answers, position="/data/nom", answered=2, total=9
    )
    vault.lock()
    vault = closed.open()
    found = vault.applications.get(application.id)
    assert found == saved
    assert (found.answers, found.position) == (answers, "/data/nom")
    assert (found.answered, found.total) == (2, 9)
    vault.lock()


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answer=ANSWERS)
def test_any_answer_comes_back_as_it_was(vault: Vault, letter: Application, answer: object) -> None:
    vault.applications.save_answers(
        letter.id, {"/data/q": answer}, position=None, answered=1, total=1
    )
    assert vault.applications.get(letter.id).answers == {"/data/q": answer}


def test_all_that_can_change_is_kept(vault: Vault, letter: Application) -> None:
    changed = replace(
        letter,
        state=ApplicationState.FILED,
        definition="settings: {}",
        deadline="2026-12-24",
        organisation="CAF",
        reference="R-1",
        comment="Reçu",
        outcome="filed_by_post",
        outcome_on="2026-12-01",
        bundle_id="b",
    )
    saved = vault.applications.save(changed)
    assert (
        vault.applications.get(letter.id) == saved == replace(changed, updated_at=saved.updated_at)
    )


def test_what_is_not_there_is_told(vault: Vault, letter: Application) -> None:
    assert vault.applications.find("none") is None
    for attempt in (
        lambda: vault.applications.get("none"),
        lambda: vault.applications.delete("none"),
        lambda: vault.applications.save(replace(letter, id="none")),
        lambda: vault.applications.save_answers("none", {}, position=None, answered=0, total=0),
        lambda: vault.applications.add(
            person_id="none", form_id="x", form_version="1", form_title="x", answers={}
        ),
    ):
        with pytest.raises(RecordNotFound):
            attempt()
    assert len(vault.search("x")) == 0


def test_the_stations_identifier_is_kept_once(vault: Vault, zoe: Person) -> None:
    def add() -> Application:
        return vault.applications.add(
            id="d0000000-0000-4000-8000-000000000001",
            person_id=zoe.id,
            form_id="x",
            form_version="1",
            form_title="x",
            answers={},
        )

    assert add().id == "d0000000-0000-4000-8000-000000000001"
    with pytest.raises(RecordExists):
        add()


def test_lists_and_counts_by_state(vault: Vault, zoe: Person) -> None:
    draft = start(vault, zoe, "A")
    ready = start(vault, zoe, "B", ApplicationState.READY)
    also_ready = start(vault, zoe, "C", ApplicationState.READY)
    of_states = vault.applications.all(states=[ApplicationState.READY])
    assert {one.id for one in of_states} == {ready.id, also_ready.id}
    assert len(vault.applications.all()) == 3
    assert vault.applications.all(states=[]) == []
    assert len(vault.applications.all(limit=2)) == 2
    assert vault.applications.counts_by_state() == {
        ApplicationState.DRAFT: 1,
        ApplicationState.READY: 2,
    }
    vault.applications.delete(draft.id)
    assert [one.form_title for one in vault.applications.of_person(zoe.id)] == ["C", "B"]
    assert vault.verify().ok
