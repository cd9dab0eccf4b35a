"""Checking definitions: those of the catalogue with their sources, or one being written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.workflows.desk import local_today
from forms.catalogue import Entry, catalogue
from forms.definition import Form, Question, Translation, walk
from forms.errors import FormError
from forms.languages import language_code
from forms.official import OfficialMapping
from forms.reader import read_form

N = "\u00a0"


@dataclass(frozen=True)
class SourceAge:
    """One source of a form, and how many months ago it was read."""

    title: str
    read: str
    months: int
    status: str


@dataclass(frozen=True)
class CheckReport:
    """What was found of one definition.

    Attributes:
        form_id: its identifier; the file's name when it could not be read.
        number: « Cerfa 16029*01 »; empty without one.
        mapped: how many fields of the official PDF it fills, and how many it leaves.
        unmapped: the fields of the PDF at hand that the mapping does not speak of.
        superseded: whether the PDF it was mapped on is an older print.
        untranslated: how many words lack a translation, by language.
        faults: what must be mended, with file and line.
    """

    form_id: str
    title: str = ""
    number: str = ""
    version: str = ""
    worth: str = ""
    questions: int = 0
    documents: int = 0
    sources: tuple[SourceAge, ...] = ()
    mapped: tuple[int, int] | None = None
    unmapped: tuple[str, ...] = ()
    superseded: bool = False
    untranslated: tuple[tuple[str, int], ...] = ()
    faults: tuple[str, ...] = ()


def check_catalogue(
    *, today: date | None = None, pdfs: tuple[Path, ...] = ()
) -> Iterator[CheckReport]:
    """Check every form of the catalogue: definition, guide, official mapping, letter.

    Args:
        today: what the age of a source is counted to.
        pdfs: official PDFs at hand, whose fields are compared with the mappings.
    """
    shelf = catalogue()
    prints = _prints(pdfs)
    for entry in shelf.entries():
        try:
            form = shelf.form(entry.id)
            shelf.guide(entry.id)
            official = shelf.official(entry.id)
            shelf.letter(entry.id)
            shelf.online(entry.id)
        except FormError as error:
            yield CheckReport(entry.id, faults=(str(error),))
            continue
        yield _report(entry, form, official, today or local_today(), prints)


def check_definition(path: Path) -> CheckReport:
    """Check one `form.yaml`, or the one in a folder."""
    file = path / "form.yaml" if path.is_dir() else path
    try:
        form = read_form(file.read_text(encoding="utf-8"), file=str(file))
    except UnicodeDecodeError:
        return CheckReport(str(file), faults=(f"{file} : ce n’est pas un texte en UTF-8",))
    except FormError as error:
        return CheckReport(str(file), faults=(str(error),))
    return CheckReport(
        form.id,
        form.title,
        form.number,
        form.version,
        form.worth.value,
        sum(1 for _ in form.questions()),
        len(form.documents),
        untranslated=_untranslated(form),
    )


def lines_of(report: CheckReport) -> tuple[str, ...]:
    """A report in words, one line each."""
    if not report.title:
        return ()
    lines = [
        f"{report.form_id} {report.version} — {report.title} ({report.number or report.worth}), "
        f"{report.questions} questions, {report.documents} pièces"
    ]
    for source in report.sources:
        doubt = ", à vérifier" if source.status == "to_verify" else ""
        lines.append(
            f"    {source.title} — lu le {source.read}, il y a {source.months} mois{doubt}"
        )
    if report.mapped is not None:
        filled, left = report.mapped
        older = " (impression ancienne, version à vérifier)" if report.superseded else ""
        lines.append(f"    PDF officiel{N}: {filled} champs remplis, {left} laissés{older}")
    if report.unmapped:
        lines.append(f"    champs sans réponse{N}: {', '.join(report.unmapped)}")
    for language, count in report.untranslated:
        if count:
            lines.append(f"    {language}{N}: {count} textes sans traduction")
    return tuple(lines)


def _report(
    entry: Entry,
    form: Form,
    official: OfficialMapping | None,
    today: date,
    prints: Mapping[str, frozenset[str]],
) -> CheckReport:
    sources = tuple(
        SourceAge(
            source.title,
            source.read.isoformat(),
            (today.year - source.read.year) * 12 + today.month - source.read.month,
            source.status.value,
        )
        for source in form.sources
    )
    faults = [] if sources else [f"{form.id}/form.yaml : aucune source n’est nommée"]
    mapped, unmapped = None, tuple[str, ...]()
    if official is not None:
        spoken_of = {field.field for field in official.fields} | set(
            official.left_to_administration
        )
        mapped = (len(official.fields), len(official.left_to_administration))
        names = next((prints[sha] for sha in official.sha256 if sha in prints), None)
        if names is not None and not official.boxes:
            unmapped = tuple(sorted(names - spoken_of))
    return CheckReport(
        form.id,
        form.title,
        entry.number,
        form.version,
        form.worth.value,
        sum(1 for _ in form.questions()),
        len(form.documents),
        sources,
        mapped,
        unmapped,
        official.superseded if official is not None else False,
        _untranslated(form),
        tuple(faults),
    )


def _prints(pdfs: tuple[Path, ...]) -> dict[str, frozenset[str]]:
    import hashlib

    from exports.paper.errors import PaperError
    from exports.paper.official.fields import inspect

    found = {}
    for file in pdfs:
        content = file.read_bytes()
        try:
            names = frozenset(field.name for field in inspect(content).fields)
        except PaperError:
            # Not one this program can read: there is nothing to compare it with.
            continue
        found[hashlib.sha256(content).hexdigest()] = names
    return found


def _untranslated(form: Form) -> tuple[tuple[str, int], ...]:
    missing = dict.fromkeys(form.languages, 0)

    def count(words: Mapping[str, str], translations: tuple[Translation, ...]) -> None:
        for column, text in words.items():
            have = {one.language for one in translations if one.column == column}
            for language in missing:
                missing[language] += bool(text) and language not in have

    count({"form_title": form.title, "summary": form.summary}, form.translations)
    for request in form.documents:
        count({"label": request.label, "note": request.note}, request.translations)
    for node in walk(form.children):
        if not isinstance(node, Question) or node.kind.shown:
            count({"label": node.label, "hint": node.hint}, node.translations)
        for choice in node.choices if isinstance(node, Question) else ():
            count({"label": choice.label}, choice.translations)
    return tuple((language_code(language), number) for language, number in missing.items())
