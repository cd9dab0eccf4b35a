"""The activity of a station or a relay by month, without anybody in it, small counts hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from statistics import median

from desktop.workflows.dates import stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.outcomes import OUTCOME_WORDS
from desktop.workflows.exchanges.reasons import REASON_WORDS, UNSAID, Reason
from desktop.workflows.filling.states import STATE_WORDS
from desktop.workflows.months import months_between
from desktop.workflows.statistics.masking import (
    LEAST,
    Mask,
    MaskedSeries,
    MaskedTable,
    mask_series,
    mask_table,
)
from exports.bundle.receipt import OutcomeKind
from vault.records.activity import Begun, Deed
from vault.records.applications import ApplicationState
from vault.records.journal import Action

FEW = f"moins de {LEAST} cas"
NONE = "aucun cas"


class Step(Enum):
    """A moment in the life of an application; the first time counts."""

    BEGUN = "begun"
    SIGNED = "signed"
    SENT = "sent"
    FILED = "filed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"


STATION_STEPS = {
    Step.BEGUN: "Commencées",
    Step.SIGNED: "Signées",
    Step.SENT: "Transmises",
    Step.FILED: "Déposées",
    Step.ACCEPTED: "Acceptées",
    Step.REFUSED: "Refusées",
    Step.INCOMPLETE: "À compléter",
}
RELAY_STEPS = {
    Step.BEGUN: "Reçues",
    Step.FILED: "Déposées",
    Step.ACCEPTED: "Acceptées",
    Step.REFUSED: "Refusées",
    Step.INCOMPLETE: "À compléter",
}

STANDINGS: dict[str, frozenset[ApplicationState]] = {
    "En préparation": frozenset(
        {
            ApplicationState.DRAFT,
            ApplicationState.TO_SIGN,
            ApplicationState.INCOMPLETE,
            ApplicationState.READY,
        }
    ),
    "Transmises": frozenset(
        {ApplicationState.SENT, ApplicationState.TO_FILE, ApplicationState.IN_PROGRESS}
    ),
    "Déposées": frozenset({ApplicationState.FILED}),
    "Acceptées": frozenset({ApplicationState.ACCEPTED}),
    "Refusées": frozenset({ApplicationState.REFUSED}),
    "Closes": frozenset({ApplicationState.CLOSED}),
}
"""How the table of forms groups the states."""

_STATION_DELAYS = (
    ("De la première réponse à la signature", Step.BEGUN, (Step.SIGNED,)),
    ("De la signature à l’envoi au relais", Step.SIGNED, (Step.SENT,)),
    ("De l’envoi au dépôt", Step.SENT, (Step.FILED,)),
    ("Du dépôt à la réponse", Step.FILED, (Step.ACCEPTED, Step.REFUSED)),
)
_RELAY_DELAYS = (
    ("De la réception au dépôt", Step.BEGUN, (Step.FILED,)),
    ("Du dépôt à la réponse", Step.FILED, (Step.ACCEPTED, Step.REFUSED)),
)


_WITH_REASONS = (Step.REFUSED, Step.INCOMPLETE)
_KNOWN = {reason.value: reason for reason in Reason}


@dataclass(frozen=True)
class Delay:
    """How long a step takes.

    Attributes:
        days: the median, in words: « 3,5 jours », « moins de 5 cas ».
    """

    label: str
    days: str


@dataclass(frozen=True)
class Activity:
    """What may be shown of the activity of a period.

    Attributes:
        place: the establishment or office.
        first, last: the period's days, both included.
        months: the first day of each.
        steps: by the name of each step, its count by month.
        forms, standings: the lines and columns of the table of applications begun in the period.
        by_form: that table.
        reasons: the lines of the table of reasons.
        by_reason: by the name of a step that has reasons, its count by reason.
    """

    place: str
    first: date
    last: date
    months: tuple[date, ...]
    steps: dict[str, MaskedSeries]
    forms: tuple[str, ...]
    standings: tuple[str, ...]
    by_form: MaskedTable | None
    delays: tuple[Delay, ...]
    reasons: tuple[str, ...]
    by_reason: dict[str, MaskedSeries]


def activity(desk: Desk, first: date, last: date) -> Activity:
    """Count the activity of a period.

    Args:
        desk: the vault.
        first: the first day.
        last: the last one, included.
    """
    begun = desk.vault.activity.applications()
    deeds = desk.vault.activity.deeds(_SAYS)
    moments = _moments(begun, deeds)
    reasons = _reasons(deeds)
    months = tuple(months_between(first, last))
    names = RELAY_STEPS if desk.is_relay else STATION_STEPS
    counted = {step: _by_month(moments.values(), step, first, last) for step in names}
    started = [one for one in begun if first <= moments[one.id][Step.BEGUN] <= last]
    forms, by_form = _by_form(started, total_hidden=False)
    steps = {step: mask_series(counts) for step, counts in counted.items()}
    # The same number stands in both tables: hidden in one, it is hidden in the other.
    if by_form is not None and isinstance(steps[Step.BEGUN].total, Mask):
        forms, by_form = _by_form(started, total_hidden=True)
    if by_form is not None and isinstance(by_form.total, Mask):
        steps[Step.BEGUN] = mask_series(counted[Step.BEGUN], total_hidden=True)
    wanted = _RELAY_DELAYS if desk.is_relay else _STATION_DELAYS
    return Activity(
        desk.vault.place,
        first,
        last,
        months,
        {names[step]: series for step, series in steps.items()},
        forms,
        tuple(STANDINGS),
        by_form,
        tuple(
            Delay(label, _median(moments.values(), start, ends, first, last))
            for label, start, ends in wanted
        ),
        (*REASON_WORDS.values(), UNSAID),
        {
            names[step]: _by_reason(moments, reasons[step], step, steps[step].total, first, last)
            for step in _WITH_REASONS
        },
    )


def shown(count: int | Mask) -> str:
    """A count as it is written."""
    return count.value if isinstance(count, Mask) else str(count)


def _by_form(
    started: Sequence[Begun], *, total_hidden: bool
) -> tuple[tuple[str, ...], MaskedTable | None]:
    forms = tuple(sorted({one.form_title for one in started}, key=str.casefold))
    if not forms:
        return (), None
    counts = Counter((one.form_title, _standing(one.state)) for one in started)
    rows = [[counts[form, standing] for standing in STANDINGS] for form in forms]
    return forms, mask_table(rows, total_hidden=total_hidden)


def _standing(state: ApplicationState) -> str:
    return next(name for name, states in STANDINGS.items() if state in states)


def _by_reason(
    moments: dict[str, dict[Step, date]],
    reasons: dict[str, Reason],
    step: Step,
    total: int | Mask,
    first: date,
    last: date,
) -> MaskedSeries:
    """A step's count by reason: the total of the months, split, or hidden whole."""
    ended = [one for one, days in moments.items() if step in days and first <= days[step] <= last]
    found = Counter(reasons.get(one) for one in ended)
    counts = [found[reason] for reason in (*REASON_WORDS, None)]
    masked = mask_series(counts)
    if not ended or (not isinstance(masked.total, Mask) and not isinstance(total, Mask)):
        return masked
    # Every line, those of zero too: which are not zero would say too much beside a small total.
    return MaskedSeries(tuple(Mask.HIDDEN for _ in counts), total)


def _by_month(
    moments: Iterable[dict[Step, date]], step: Step, first: date, last: date
) -> list[int]:
    days = [days[step] for days in moments if step in days]
    counts = Counter(day.replace(day=1) for day in days if first <= day <= last)
    return [counts[month] for month in months_between(first, last)]


def _median(
    moments: Iterable[dict[Step, date]],
    start: Step,
    ends: Sequence[Step],
    first: date,
    last: date,
) -> str:
    waits = []
    for days in moments:
        ended = min((days[end] for end in ends if end in days), default=None)
        if start in days and ended is not None and first <= ended <= last:
            waits.append(max(0, (ended - days[start]).days))
    if not waits:
        return NONE
    if len(waits) < LEAST:
        return FEW
    middle = median(waits)
    return f"{middle:g}\u00a0jour{'s' if middle >= 2 else ''}".replace(".", ",")


def _moments(begun: Iterable[Begun], deeds: Iterable[Deed]) -> dict[str, dict[Step, date]]:
    """By application, the day of each step, the first time it came."""
    found = {one.id: {Step.BEGUN: stored_day(one.created_at)} for one in begun}
    for deed in deeds:
        step = _SAYS[deed.action](deed.detail)
        if step is not None and deed.application_id in found:
            found[deed.application_id].setdefault(step, stored_day(deed.at))
    return found


def _reasons(deeds: Iterable[Deed]) -> dict[Step, dict[str, Reason]]:
    """By step, the reason of each application: the first that was said."""
    found: dict[Step, dict[str, Reason]] = {step: {} for step in _WITH_REASONS}
    for deed in deeds:
        step = _SAYS[deed.action](deed.detail)
        said = deed.detail.get("reason", "")
        if step in found and said in _KNOWN:
            found[step].setdefault(deed.application_id, _KNOWN[said])
    return found


def _of_state(detail: dict[str, str]) -> Step | None:
    return _STATES.get(detail.get("state", ""))


def _of_outcome(detail: dict[str, str]) -> Step | None:
    return _OUTCOMES.get(detail.get("outcome", ""))


_STATES = {
    STATE_WORDS[ApplicationState.READY]: Step.SIGNED,
    STATE_WORDS[ApplicationState.FILED]: Step.FILED,
    STATE_WORDS[ApplicationState.ACCEPTED]: Step.ACCEPTED,
    STATE_WORDS[ApplicationState.REFUSED]: Step.REFUSED,
    STATE_WORDS[ApplicationState.INCOMPLETE]: Step.INCOMPLETE,
}
_OUTCOMES = {
    OUTCOME_WORDS[OutcomeKind.FILED_ONLINE].lower(): Step.FILED,
    OUTCOME_WORDS[OutcomeKind.FILED_BY_POST].lower(): Step.FILED,
    OUTCOME_WORDS[OutcomeKind.REFUSED].lower(): Step.REFUSED,
    OUTCOME_WORDS[OutcomeKind.INCOMPLETE].lower(): Step.INCOMPLETE,
}
_SAYS: dict[Action, Callable[[dict[str, str]], Step | None]] = {
    Action.STATE_CHANGED: _of_state,
    Action.BUNDLE_SENT: lambda _: Step.SENT,
    Action.OUTCOME_RECORDED: _of_outcome,
    Action.RECEIPT_IMPORTED: _of_outcome,
}
"""What each line of the journal says of an application's life."""
