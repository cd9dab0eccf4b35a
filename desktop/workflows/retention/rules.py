"""How long what is known is kept: the rules, each one's day, what falls due, what is kept longer.

Nothing is erased by the calendar alone: what is due is listed, and somebody confirms. When the
PC's clock cannot be trusted, the list says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.workflows.dates import NBSP, long_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.errors import NoReason, NotLater
from desktop.workflows.months import months_after, months_before
from desktop.workflows.retention.erasing import counted
from forms.values import parse_day
from vault.records.journal import Action
from vault.records.retention import KeptApplication, KeptPerson

MONTHS = (3, 6, 12, 24, 36, 60)
"""The durations that may be chosen."""

_KEY = "retention"
_USUAL = 12
# The last days of a month are not as many months apart both ways.
_SLACK = timedelta(days=4)
_MONTHS_AWAY = timedelta(days=120)


@dataclass(frozen=True)
class RetentionRules:
    """How many months things are kept.

    Attributes:
        closed: an application after it was closed.
        unused: a person without an application, after the last change.
    """

    closed: int = _USUAL
    unused: int = _USUAL


@dataclass(frozen=True)
class DueItem:
    """A person, or an application alone, that is to be erased.

    Attributes:
        application_id: None for a whole person.
        name: of the person, « ÜNAL-ŒILLET Zoë ».
        what: « la personne et ses 2 démarches », or the form's title.
        since: the day it fell due.
        why: the rule, in words.
    """

    person_id: str
    application_id: str | None
    name: str
    what: str
    since: date
    why: str


def retention_rules(desk: Desk) -> RetentionRules:
    """The rules of this vault."""
    kept = desk.vault.settings.get(_KEY, {})
    return RetentionRules(int(kept.get("closed", _USUAL)), int(kept.get("unused", _USUAL)))


def choose_rules(desk: Desk, rules: RetentionRules) -> None:
    """Keep other rules; nothing is erased by that.

    Raises:
        NotResponsible: the session may not.
        ValueError: not one of the durations.
    """
    desk.require_responsible()
    if not {rules.closed, rules.unused} <= set(MONTHS):
        raise ValueError(f"not a duration: {rules}")
    chosen = {"closed": rules.closed, "unused": rules.unused}
    with desk.vault.transaction():
        desk.vault.settings.set(_KEY, chosen)
        said = {name: str(months) for name, months in chosen.items()}
        desk.vault.journal.add(Action.RETENTION_CHANGED, detail=said)


def due_items(desk: Desk) -> tuple[DueItem, ...]:
    """What is due, people in alphabetical order.

    Today is this PC's, or the last day that somebody worked here when that is later: a clock set
    back hides nothing.
    """
    rules, today = retention_rules(desk), max(desk.today(), _last_worked(desk) or date.min)
    ended = months_before(today, rules.closed) + _SLACK
    unused = months_before(today, rules.unused) + _SLACK
    people = desk.vault.retention.ended_before(ended.isoformat(), unused.isoformat())
    return tuple(item for person in people for item in _due_of(person, rules, today))


def due_count(desk: Desk) -> str:
    """« 2 personnes et 1 démarche », empty when nothing is due."""
    items = due_items(desk)
    people = sum(item.application_id is None for item in items)
    parts = [counted(people, "personne")] if people else []
    if len(items) > people:
        parts.append(counted(len(items) - people, "démarche"))
    return " et ".join(parts)


def person_day(person: KeptPerson, rules: RetentionRules) -> date | None:
    """The day a person falls due; None while one of their applications is under way."""
    if person.applications:
        days = [application_day(one, person, rules) for one in person.applications]
        if None in days:
            return None
        return max(day for day in days if day is not None)
    day = months_after(stored_day(person.updated_at), rules.unused)
    return max(day, _day(person.kept_until))


def application_day(
    application: KeptApplication, person: KeptPerson, rules: RetentionRules
) -> date | None:
    """The day an application falls due; None while it is under way."""
    if application.closed_on is None:
        return None
    day = months_after(date.fromisoformat(application.closed_on), rules.closed)
    return max(day, _day(application.kept_until), _day(person.kept_until))


def person_retention_said(desk: Desk, person_id: str) -> str:
    """Until when a person is kept, for their page."""
    person = desk.vault.retention.person(person_id)
    if person is None:
        return ""
    day = person_day(person, retention_rules(desk))
    if day is None:
        return "Gardée tant qu’une démarche est en cours."
    return _said(day, desk.today(), _still(person.kept_until, person.kept_reason, day))


def application_retention_said(desk: Desk, application_id: str) -> str:
    """Until when an application is kept, for its page; empty while it is under way."""
    owner = desk.vault.applications.get(application_id).person_id
    person = desk.vault.retention.person(owner)
    found = [one for one in person.applications if one.id == application_id] if person else []
    if person is None or not found:
        return ""
    day = application_day(found[0], person, retention_rules(desk))
    if day is None:
        return ""
    reason = _still(found[0].kept_until, found[0].kept_reason, day)
    return _said(day, desk.today(), reason or _still(person.kept_until, person.kept_reason, day))


def keep_longer(desk: Desk, items: Iterable[DueItem], until: date, reason: str) -> None:
    """Keep what is due until a later day, for a reason; the journal keeps the day alone.

    Raises:
        NotResponsible: the session may not.
        NoReason: no reason was given.
        NotLater: the day is not in the future.
    """
    desk.require_responsible()
    if not reason.strip():
        raise NoReason
    if until <= desk.today():
        raise NotLater
    kept = desk.vault.retention
    with desk.vault.transaction():
        for item in items:
            if item.application_id is None:
                kept.keep_person(item.person_id, until.isoformat(), reason.strip())
            else:
                kept.keep_application(item.application_id, until.isoformat(), reason.strip())
            desk.vault.journal.add(
                Action.RETENTION_POSTPONED,
                person_id=item.person_id,
                application_id=item.application_id,
                detail={"until": until.isoformat()},
            )


def read_until(desk: Desk, typed: str) -> date:
    """The day typed until which to keep something.

    Raises:
        InvalidAnswer: it is no day.
    """
    return parse_day(typed, today=desk.today())


def erased_with(items: Collection[DueItem]) -> tuple[list[str], list[str]]:
    """The people and the applications alone that some items stand for, as `erase` takes them."""
    people = [item.person_id for item in items if item.application_id is None]
    alone = [item.application_id for item in items if item.application_id is not None]
    return people, alone


def clock_doubt(desk: Desk) -> str:
    """Why the day this PC gives may be wrong, in words; empty when nothing says so."""
    today = desk.today()
    day = _last_worked(desk)
    if day is None:
        return ""
    if day > today + timedelta(days=1):
        return (
            f"L’horloge de ce poste dit {long_day(today)}, mais on y a travaillé le "
            f"{long_day(day)}. Réglez la date avant d’effacer{NBSP}: cette liste compte jusqu’au "
            "jour le plus tardif des deux."
        )
    if today - day > _MONTHS_AWAY:
        return (
            f"On n’a pas travaillé ici depuis le {long_day(day)}, ou l’horloge a été avancée. "
            f"Vérifiez la date de ce poste avant d’effacer{NBSP}: {long_day(today)}."
        )
    return ""


def _last_worked(desk: Desk) -> date | None:
    last = desk.vault.journal.last_moment_before_session()
    return stored_day(last) if last else None


def _due_of(person: KeptPerson, rules: RetentionRules, today: date) -> Iterable[DueItem]:
    name = f"{person.family_name.upper()} {person.given_names}".strip()
    day = person_day(person, rules)
    if day is not None and day <= today:
        yield DueItem(person.id, None, name, _whole(person), day, _why(person, rules))
        return
    for one in person.applications:
        ended = application_day(one, person, rules)
        if ended is not None and ended <= today:
            why = f"Close depuis plus de {rules.closed}{NBSP}mois."
            yield DueItem(person.id, one.id, name, one.title, ended, why)


def _whole(person: KeptPerson) -> str:
    count = len(person.applications)
    if not count:
        return "La personne, sans démarche"
    return f"La personne et {'sa' if count == 1 else 'ses'} {counted(count, 'démarche')}"


def _why(person: KeptPerson, rules: RetentionRules) -> str:
    if person.applications:
        return f"Dernière démarche close depuis plus de {rules.closed}{NBSP}mois."
    return f"Sans démarche ni changement depuis plus de {rules.unused}{NBSP}mois."


def _said(day: date, today: date, reason: str) -> str:
    if day <= today:
        return f"À effacer depuis le {long_day(day)}."
    said = f"À effacer à partir du {long_day(day)}"
    return f"{said}. Gardée plus longtemps{NBSP}: {reason}" if reason else f"{said}."


def _still(until: str | None, reason: str | None, day: date) -> str:
    return reason or "" if until and date.fromisoformat(until) == day else ""


def _day(kept_until: str | None) -> date:
    return date.fromisoformat(kept_until) if kept_until else date.min
