"""Whatever the answers: incremental equals full, saving is identity, nothing ever breaks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms.filling import Filling
from forms.reader import read_form
from tests.forms.language import TODAY, definition

FORM = read_form(
    definition(
        """
        select_one oui_non | marie
        integer | age | constraint: . >= 0 and . < ${limite} + 200
        decimal | limite
        date | ne | constraint: . <= today() and . < ${fin}
        date | fin
        select_multiple fruits | fruits
        text | nom | required: ${age} > 17 | relevant: ${marie} = 'oui' or selected(${fruits}, 'on')
        group | conjoint | relevant: ${marie} = 'oui' and ${nom} != ''
          text | prenom
          integer | ecart | relevant: string-length(${prenom}) > 2
        end
        repeat | enfants | relevant: ${age} > 12
          text | enfant
          integer | annees | constraint: . < ${age}
          calculate | rang | calculation: concat(position(..), ${enfant})
          repeat | ecoles
            text | ecole | relevant: ${annees} > 2
          end
        end
        calculate | total | calculation: sum(${annees}) + count(${enfants})
        calculate | ecoles_en_tout | calculation: count(${ecoles}) + count-non-empty(${ecole})
        text | suite | relevant: ${total} > 10 and ${ecoles_en_tout} > 1
        select_one fruits | parfum | choice_filter: ${age} > 10 or name = 'pomme'
        select_multiple fruits | plusieurs | choice_filter: name != ${parfum}
        rank fruits | ordre
        range | note | parameters: start=0 end=5 step=1
        time | heure
        dateTime | moment | constraint: . > ${ne}
        repeat | lignes | repeat_count: ${note}
          text | ligne | relevant: ${marie} = 'oui' | default: ${nom}
        end
        calculate | lignes_dites | calculation: join(',', ${ligne})
        text | copie | trigger: ${nom} | calculation: concat(${nom}, '!')
        calculate | premier | calculation: once(${nom})
        calculate | tirage | calculation: if(${age} > 3, random(), 0)
        note | dit | label: ${nom} a ${age} ans, ${parfum}
        file | piece | relevant: ${age} > 3 | required: yes
        calculate | choix | calculation: jr:choice-name(${parfum}, '${parfum}')
        calculate | fin_texte | calculation: format-date(${fin}, '%d/%m') | relevant: ${suite} = 'x'
        """
    ),
    file="essai.yaml",
)

NOW = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - local, as typed

TYPED = st.sampled_from(
    ["", "oui", "no", "0", "3", "18", "-1", "2,5", "1 2 20", "31 02 1985", "12 3 85", "pomme on",
     "abc", "x", "14h30", "12 3 85 à 9h", "pomme poire on", "5", "é’œ", "9" * 30, "NaN", "1e9"]
)  # fmt: skip
STEP = st.tuples(
    st.sampled_from(["type", "add", "remove", "nested"]),
    st.integers(0, 200),
    TYPED,
)


def play(filling: Filling, steps: list[tuple[str, int, str]]) -> None:
    """Do what a person might: type anywhere, add and remove occurrences."""
    for action, number, typed in steps:
        if action == "add":
            filling.add_repeat("/data/enfants")
        elif action == "remove" and filling.count("/data/enfants"):
            filling.remove_repeat("/data/enfants", number % filling.count("/data/enfants") + 1)
        elif action == "nested" and filling.count("/data/enfants"):
            filling.add_repeat(
                f"/data/enfants[{number % filling.count('/data/enfants') + 1}]/ecoles"
            )
        else:
            paths = [path for path, _ in filling.questions()]
            filling.type_in(paths[number % len(paths)], typed)


def everything(filling: Filling) -> dict[str, Any]:
    """All that a screen or a paper could show."""
    return {
        "answers": filling.answers(),
        "output": filling.output(),
        "states": [filling.state(path) for path, _ in filling.questions()],
        "typed": [filling.typed(path) for path, _ in filling.questions()],
        "words": [question.label for _, question in filling.questions()],
        "choices": [filling.choices(path) for path, _ in filling.questions()],
        "documents": filling.documents(),
        "sections": filling.sections(),
        "problems": filling.problems(),
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=25))
def test_incremental_is_the_same_as_full(steps: list[tuple[str, int, str]]) -> None:
    filling = Filling(FORM, today=TODAY, now=NOW)
    play(filling, steps)
    incremental = everything(filling)
    filling.recompute()
    assert everything(filling) == incremental


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=25))
@example(steps=[("type", 93, "5"), ("type", 173, "oui")])
def test_saving_and_taking_up_again_is_identity(steps: list[tuple[str, int, str]]) -> None:
    filling = Filling(FORM, today=TODAY, now=NOW)
    play(filling, steps)
    again = Filling(FORM, filling.answers(), today=TODAY, now=NOW)
    assert everything(again) == everything(filling)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*(path for path in ("/data/age", "/data/ne", "/data/enfants")),
                         "/data/enfants[2]/enfant", "/data/x", "", "/data/enfants[0]/enfant",
                         "/data/enfants[9999]/annees", "/data/conjoint"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats(),
                  st.lists(st.text()), st.dictionaries(st.text(), st.text())),
    )
)  # fmt: skip
def test_no_draft_from_outside_breaks_anything(draft: dict[str, Any]) -> None:
    filling = Filling(FORM, draft, today=TODAY, now=NOW)
    assert everything(filling) == everything(Filling(FORM, filling.answers(), today=TODAY, now=NOW))
