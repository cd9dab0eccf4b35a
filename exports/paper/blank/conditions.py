"""Which condition a blank form says, and where: once for several, never twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from exports.paper.blank.condition import condition_in_words
from exports.paper.lettering.styles import NBSP
from exports.paper.sheets.numbering import Section, is_asked, sections
from forms.definition import NO, YES, Form, Node, Question

_OTHERWISE = "À remplir si cela vous concerne."


@dataclass(frozen=True)
class BlankConditions:
    """The conditions of a form in words, for a reader with a pen."""

    form: Form
    numbers: Mapping[str, str]

    def of_section(self, section: Section) -> str:
        """What is said under the heading of a section, and where to go on otherwise."""
        source = _source(section.nodes[0]) if len(section.nodes) == 1 else ""
        if not source:
            return ""
        run = self._run_of(section)
        if run[0].number != section.number:
            return f"À remplir dans le même cas que la partie{NBSP}{run[0].number}."
        words = self._words(source)
        if len(run) > 1:
            words = _several("Parties", run[0].number, run[-1].number, len(run), words)
        after = next((one.number for one in self._sections if one.number > run[-1].number), None)
        return f"{words} Sinon, passez à la partie{NBSP}{after}." if after else words

    def of_node(self, node: Node) -> str:
        """What is said with a question or a group inside a section; "" when it was said before."""
        source = _source(node)
        if not source or node.path in self._said_before:
            return ""
        words = self._words(source)
        run = self._runs.get(node.path)
        if run is None:
            return words
        first, last = self.numbers[run[0]], self.numbers[run[-1]]
        return _several("Questions", first, last, len(run), words)

    def opens_run(self, question: Question) -> bool:
        """Whether a question is the first of several under one condition."""
        return question.path in self._runs

    def _words(self, source: str) -> str:
        return condition_in_words(self.form, source, self.numbers) or _OTHERWISE

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return tuple(
            section
            for section in sections(self.form)
            if any(path.startswith(_below(section)) for path in self.numbers)
        )

    def _run_of(self, section: Section) -> list[Section]:
        """The sections around this one that have its condition."""
        source, run, found = _source(section.nodes[0]), [], False
        for one in self._sections:
            if len(one.nodes) == 1 and _source(one.nodes[0]) == source:
                run.append(one)
                found = found or one.number == section.number
            elif found:
                break
            else:
                run = []
        return run or [section]

    @cached_property
    def _runs(self) -> Mapping[str, tuple[str, ...]]:
        """The questions of each run of at least two, by the first."""
        return {
            run[0].path: tuple(one.path for one in run) for run in self._all_runs() if len(run) > 1
        }

    @cached_property
    def _said_before(self) -> frozenset[str]:
        said = {one.path for run in self._all_runs() for one in run[1:]}
        for parent, children in _families(self.form.children):
            said |= {child.path for child in children if _source(child) == _source(parent)}
        return frozenset(said)

    def _all_runs(self) -> Iterator[list[Question]]:
        """Questions that follow each other under one condition."""
        for _, children in _families(self.form.children):
            run: list[Question] = []
            for child in (*children, None):
                if isinstance(child, Question) and not is_asked(child):
                    continue
                if run and (child is None or _source(child) != _source(run[0])):
                    yield run
                    run = []
                if isinstance(child, Question) and _source(child):
                    run.append(child)


def _several(what: str, first: object, last: object, count: int, words: str) -> str:
    joint = "et" if count == 2 else "à"
    return f"{what} {first} {joint} {last}{NBSP}: {words[0].lower()}{words[1:]}"


def _source(node: Node) -> str:
    source = node.relevant.text.strip()
    return "" if source in (YES.text, NO.text) else source


def _below(section: Section) -> tuple[str, ...]:
    return tuple(
        node.path if isinstance(node, Question) else f"{node.path}/" for node in section.nodes
    )


def _families(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    for node in nodes:
        if not isinstance(node, Question):
            yield node, node.children
            yield from _families(node.children)
