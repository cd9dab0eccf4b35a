"""The numbers of sections and questions, the same on every paper of a form and on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.definition import Form, Node, Question


@dataclass(frozen=True)
class Section:
    """A top-level group or repeat, or the loose questions of a form together.

    Attributes:
        number: from 1, as on the screen.
        nodes: the group or repeat itself, or the loose questions.
    """

    number: int
    label: str
    nodes: tuple[Node, ...]

    @property
    def is_node(self) -> bool:
        """Whether it is one group or repeat, whose label it bears."""
        return len(self.nodes) == 1 and not isinstance(self.nodes[0], Question)


def sections(form: Form) -> tuple[Section, ...]:
    """The sections of a form in order; loose questions come first, under the form's title."""
    loose = tuple(node for node in form.children if isinstance(node, Question))
    found: list[Section] = []
    if any(node.kind.shown for node in loose):
        found.append(Section(1, form.title, loose))
    for node in form.children:
        if not isinstance(node, Question):
            found.append(Section(len(found) + 1, node.label or form.title, (node,)))
    return tuple(found)


def question_numbers(form: Form) -> Mapping[str, str]:
    """« 2.1 » by the path of each question that is asked."""
    numbers = {}
    for section in sections(form):
        for rank, question in enumerate(_asked(section.nodes), start=1):
            numbers[question.path] = f"{section.number}.{rank}"
    return numbers


def is_asked(question: Question) -> bool:
    """Whether a person answers a question: a note says, a calculation follows."""
    return (
        question.kind.asked
        and (question.calculation is None or bool(question.triggers))
        and bool(question.label)
    )


def _asked(nodes: tuple[Node, ...]) -> Iterator[Question]:
    for node in nodes:
        if isinstance(node, Question):
            if is_asked(node):
                yield node
        else:
            yield from _asked(node.children)
