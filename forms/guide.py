"""A form's guide: who, where to send, what detention changes, what to join, by when, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.errors import DefinitionError

HEADINGS = (
    "Pour qui",
    "Où l’envoyer",
    "En détention",
    "À joindre",
    "Délais",
    "Sources",
)
_TO_VERIFY = "à vérifier"


@dataclass(frozen=True)
class GuideLine:
    """One paragraph or one item of a list.

    Attributes:
        to_verify: whether it says of itself that it must be verified.
    """

    text: str
    item: bool
    to_verify: bool


@dataclass(frozen=True)
class GuideSection:
    """What stands under one heading."""

    title: str
    lines: tuple[GuideLine, ...]


@dataclass(frozen=True)
class Guide:
    """The whole guide, in the order it is written."""

    sections: tuple[GuideSection, ...]

    def section(self, title: str) -> GuideSection | None:
        """The section under a heading, if any."""
        return next((one for one in self.sections if one.title == title), None)


def read_guide(text: str, *, file: str, headings: Sequence[str] = HEADINGS) -> Guide:
    """Read a guide: `## ` before each heading, paragraphs, and items that begin with `- `.

    Args:
        text: the guide.
        file: its name, for what is said of a mistake.
        headings: those it may have; a form's, unless said otherwise.

    Raises:
        DefinitionError: an unknown or repeated heading, or text before the first one.
    """
    sections: list[tuple[str, list[GuideLine]]] = []
    continues = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continues = False
        elif line.startswith("## "):
            title = line[3:].strip()
            known = ", ".join(headings)
            if title not in headings:
                raise DefinitionError(
                    file, number, f"titre inconnu “{title}”", f"un de ceux-ci : {known}"
                )
            if any(title == other for other, _ in sections):
                raise DefinitionError(
                    file, number, f"“{title}” est là deux fois", "chaque titre une fois"
                )
            sections.append((title, []))
            continues = False
        elif not sections:
            raise DefinitionError(
                file, number, "du texte avant le premier titre", f"“## {headings[0]}”"
            )
        else:
            lines = sections[-1][1]
            if continues and not line.startswith("- "):
                begun = lines.pop()
                line = f"{'- ' if begun.item else ''}{begun.text} {line}"
            item = line.startswith("- ")
            content = line[2:].strip() if item else line
            lines.append(GuideLine(content, item, _TO_VERIFY in content.casefold()))
            continues = True
    return Guide(tuple(GuideSection(title, tuple(lines)) for title, lines in sections))
