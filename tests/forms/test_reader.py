"""A definition with a fault is refused, with file, line, what is wrong, what is expected."""

from __future__ import annotations

import pytest

from forms.errors import DefinitionError
from forms.reader import read_form
from tests.forms.language import HEAD, definition


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("geopoint | a", 6, "“geopoint” needs a position sensor"),
        ("texte | a", 6, "unknown type “texte”"),
        ("text | 1a", 6, "“1a” cannot be a name"),
        ("text | a\ntext | a", 9, "“a” is already the name of line 6"),
        ("select_one rien | a", 6, "the choice list “rien” is missing"),
        ("text | a | relevant: ${b} = 1", 9, "no question is named ${b}"),
        ("text | a | constraint: foo(.)", 9, "unknown function"),
        ("text | a | relevant: ${a} +", 9, "unexpected end"),
        ("text | a | requis: yes", 9, "unknown column “requis”"),
        ("text | a | check: rien", 6, "unknown check “rien”"),
        ("calculate | a", 6, "“a” calculates nothing"),
        ("text | a | relevant: /data/zz = 1", 9, "no question stands at /data/zz"),
        ("text | a | relevant: /autre/a = 1", 9, "an absolute path begins with /data"),
    ],
)
def test_a_fault_is_located(table: str, line: int, problem: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_form(definition(table), file="essai.yaml")
    assert caught.value.line == line
    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"essai.yaml:{line}: ")
    assert "; expected " in str(caught.value)


def test_what_depends_on_itself_is_refused() -> None:
    with pytest.raises(DefinitionError, match="depends on itself"):
        read_form(
            definition(
                "calculate | a | calculation: ${b} + 1\ncalculate | b | calculation: ${a} + 1"
            ),
            file="essai.yaml",
        )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("- a\n- b", "not a block"),
        ("settings: [", "did not find|expected|flow"),
        ("a: &x {b: 1}\nc: *x", "anchors and aliases"),
        ("a: 1\na: 2", "“a” is given twice"),
        (HEAD.replace("worth: preparation", "worth: rien"), "“worth” is “rien”|not a list"),
        ("settings: {form_id: a}\nsurvey: []", "is missing|asks nothing"),
        ("\x00", "YAML|special characters"),
    ],
)
def test_broken_files_are_refused(text: str, problem: str) -> None:
    with pytest.raises(DefinitionError, match=problem):
        read_form(text, file="essai.yaml")
