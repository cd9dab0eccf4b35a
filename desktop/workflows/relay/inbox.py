"""The relay's inbox: what is to be filed, by deadline; filtered, searched, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from desktop.workflows.dates import short_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.filling.states import STATE_TONES, STATE_WORDS, WAITING_HERE, Tone
from desktop.workflows.online.records import filing_records
from vault.records.applications import ApplicationState
from vault.records.inbox import InboxEntry
from vault.records.search import fold

N = "\u00a0"
DUE_SOON = timedelta(days=7)
"""What is due within so many days is due soon."""

MINE, NOBODY = "mine", "nobody"
_KEY = "inbox.filter."

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class InboxFilter:
    """What is looked for; an empty text leaves everything.

    Attributes:
        state: the value of an `ApplicationState`.
        station: the contact that sent it.
        assigned: `MINE`, `NOBODY`, or a user's identifier.
        due: whether only what is due soon.
        words: beginnings of words of the person, the form, the bundle or the reference.
    """

    state: str = ""
    form: str = ""
    station: str = ""
    assigned: str = ""
    due: bool = False
    words: str = ""

    @property
    def empty(self) -> bool:
        """Whether it leaves everything."""
        return self == InboxFilter()


@dataclass(frozen=True)
class InboxRow:
    """One application in the list.

    Attributes:
        due: « avant le 3 déc. », « brouillon à reprendre avant le 29 nov. »; empty for none.
        assigned: who files it; empty for nobody.
    """

    id: str
    person: str
    title: str
    subtitle: str
    chip: str
    tone: Tone
    due: str
    due_soon: bool
    assigned: str


@dataclass(frozen=True)
class InboxView:
    """What the inbox shows.

    Attributes:
        rows: those that the filter leaves: what waits here first, the soonest due first.
        total: how many there are without a filter.
        summary: « 12 à déposer · 3 en cours · 2 à échéance proche ».
        states, forms, stations, people: what may be chosen in each filter, with how many.
    """

    rows: tuple[InboxRow, ...]
    total: int
    summary: str
    states: Choices
    forms: Choices
    stations: Choices
    people: Choices


@dataclass(frozen=True)
class _Due:
    day: date
    words: str


def inbox(desk: Desk, wanted: InboxFilter) -> InboxView:
    """The applications of the relay that a filter leaves.

    Raises:
        NotARelay: the vault is a station's.
    """
    desk.require_relay()
    entries = desk.vault.inbox.entries()
    dues = _dues(desk, entries)
    names = {user.id: user.name for user in desk.vault.users.all(removed=True)}
    stations = {contact.id: contact.name for contact in desk.vault.contacts.all()}
    soon = desk.today() + DUE_SOON
    typed = fold(wanted.words).split()
    left = [
        one
        for one in entries
        if _passes(one, wanted, desk, dues.get(one.id), soon) and _has_words(one, typed)
    ]
    left.sort(key=lambda one: _order(one, dues.get(one.id)))
    return InboxView(
        tuple(_row(one, dues.get(one.id), soon, names, desk.today()) for one in left),
        len(entries),
        _summary(entries, dues, soon),
        _choices(
            (one.state.value for one in entries),
            lambda key: STATE_WORDS[ApplicationState(key)],
            order=[state.value for state in ApplicationState],
        ),
        _choices((one.form_id for one in entries), _titles(entries).__getitem__),
        _choices(
            (one.station_id for one in entries if one.station_id),
            lambda key: stations.get(key, "Expéditeur inconnu"),
        ),
        _people(desk, entries, names),
    )


def kept_filter(desk: Desk) -> InboxFilter:
    """The filter that the session's user left, to come back to it."""
    kept = desk.vault.settings.get(_KEY + desk.vault.session.user_id, None)
    if not isinstance(kept, dict):
        return InboxFilter()
    known = {one.name for one in fields(InboxFilter)}
    return InboxFilter(**{name: value for name, value in kept.items() if name in known})


def keep_filter(desk: Desk, wanted: InboxFilter) -> None:
    """Keep the filter of the session's user, less its words, which may be somebody's name."""
    kept = replace(wanted, words="")
    if desk.vault.session.may_write and kept != kept_filter(desk):
        desk.vault.settings.set(_KEY + desk.vault.session.user_id, asdict(kept))


def _dues(desk: Desk, entries: list[InboxEntry]) -> dict[str, _Due]:
    dues: dict[str, _Due] = {}
    today = desk.today()
    for one in entries:
        if one.deadline and one.state in WAITING_HERE:
            day = date.fromisoformat(one.deadline)
            dues[one.id] = _Due(day, f"avant le {short_day(day, today=today)}")
    for application_id, record in filing_records(desk).items():
        life = record.draft.life(desk.now()) if record.draft else None
        if life is None:
            continue
        day = life.until.astimezone().date()
        if application_id not in dues or day < dues[application_id].day:
            words = f"brouillon à reprendre avant le {short_day(day, today=today)}"
            dues[application_id] = _Due(day, words)
    return dues


def _passes(one: InboxEntry, wanted: InboxFilter, desk: Desk, due: _Due | None, soon: date) -> bool:
    assigned = {
        "": True,
        MINE: one.assigned_to == desk.vault.session.user_id,
        NOBODY: one.assigned_to is None,
    }.get(wanted.assigned, one.assigned_to == wanted.assigned)
    return (
        assigned
        and wanted.state in ("", one.state.value)
        and wanted.form in ("", one.form_id)
        and wanted.station in ("", one.station_id)
        and (not wanted.due or (due is not None and due.day <= soon))
    )


def _has_words(one: InboxEntry, typed: list[str]) -> bool:
    if not typed:
        return True
    known = (one.family_name, one.given_names, one.form_title, one.bundle, one.reference or "")
    words = fold(" ".join(known)).split()
    # « Œillet » finds « Ünal-Œillet », and « 041 » finds « 2026-041 ».
    words += [part for word in words if "-" in word for part in word.split("-")]
    return all(any(word.startswith(wanted) for word in words) for wanted in typed)


def _order(one: InboxEntry, due: _Due | None) -> tuple[bool, date]:
    return one.state not in WAITING_HERE, due.day if due else date.max


def _row(
    one: InboxEntry, due: _Due | None, soon: date, names: dict[str, str], today: date
) -> InboxRow:
    parts = [
        f"réf. {one.reference}" if one.reference else "",
        f"liasse n°{N}{one.bundle}" if one.bundle else "",
        short_day(stored_day(one.updated_at), today=today),
    ]
    return InboxRow(
        one.id,
        f"{one.family_name.upper()} {one.given_names}".strip(),
        one.form_title,
        " · ".join(part for part in parts if part),
        STATE_WORDS[one.state],
        STATE_TONES[one.state],
        due.words if due else "",
        due is not None and due.day <= soon,
        names.get(one.assigned_to or "", ""),
    )


def _summary(entries: list[InboxEntry], dues: dict[str, _Due], soon: date) -> str:
    counts = Counter(one.state for one in entries if one.state in WAITING_HERE)
    parts = [
        f"{counts[state]}{N}{STATE_WORDS[state].lower()}"
        for state in ApplicationState
        if counts[state]
    ]
    near = sum(due.day <= soon for due in dues.values())
    if near:
        parts.append(f"{near}{N}à échéance proche")
    return " · ".join(parts)


def _titles(entries: list[InboxEntry]) -> dict[str, str]:
    return {one.form_id: one.form_title for one in entries}


def _choices(
    keys: Iterable[str], words: Callable[[str], str], *, order: list[Any] | None = None
) -> Choices:
    counts = Counter(keys)
    ranked = sorted(
        counts, key=(lambda key: order.index(key)) if order else (lambda key: fold(words(key)))
    )
    return tuple((key, f"{words(key)} ({counts[key]})") for key in ranked)


def _people(desk: Desk, entries: list[InboxEntry], names: dict[str, str]) -> Choices:
    counts = Counter(one.assigned_to for one in entries)
    mine = counts.pop(desk.vault.session.user_id, 0)
    nobody = counts.pop(None, 0)
    others = _choices(
        (one.assigned_to for one in entries if one.assigned_to in counts and one.assigned_to),
        lambda key: names.get(key, "Accès retiré"),
    )
    return ((MINE, f"Les miennes ({mine})"), (NOBODY, f"À personne ({nobody})"), *others)
