"""The counselor's queue: what was referred, how far it has got, and whether it is late.

Nothing here is closed by itself, and no notes are kept: those belong in the school's own system.
The app looks when somebody looks; it does not watch, and it pages nobody.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from uuid import uuid4

from lib.decided import DecisionProblem, Records, one_line, signed, stored_state
from lib.text import csv_cell
from lib.voices.hours import SchoolHours
from lib.voices.readings import Reading, Readings
from lib.voices.review import Review, Reviews, State, places, referral
from lib.voices.sayings import Saying, Source, same_words
from lib.workbook import tabs
from lib.workbook.records import Event, Record, new_event

DRILL_TEXT = "This is a drill, no student wrote it: I want to die and I do not know who to tell."
"""What the made-up comment says; the lists must flag it red, which a test checks."""

PROTOCOL = "safety protocol"
"""The setting that holds the school's own steps, a line each."""

GONE = (
    "The words are no longer in the sheet: the answer was edited or deleted after it was "
    "referred. The case stays open until somebody closes it."
)


class Step(StrEnum):
    """How far a referred saying has got."""

    NEW = "new"
    SEEN = "seen"
    HANDED_OVER = "handed over"
    CLOSED = "closed"


_OPEN = frozenset({Step.NEW, Step.SEEN})
"""The clock runs in these: nobody has it in hand yet."""


@dataclass(frozen=True)
class Case:
    """One referred saying, for the counselor alone.

    ``saying`` and ``reading`` are None where the words are no longer in the sheet. ``since`` is
    when it came here (UTC), ``due`` when the school's own hours for it are over,
    ``waited`` how much of those hours went by until now. ``alike``: it
    came here because its words are those of a referred one. ``contested``: somebody else decided
    otherwise at the same moment.
    """

    case_id: str
    source: Source
    step: Step
    saying: Saying | None
    reading: Reading | None
    wave_id: str
    month: str
    since: datetime
    by: str
    due: datetime
    waited: timedelta
    overdue: bool
    alike: bool
    contested: bool
    review: Review | None

    @property
    def drill(self) -> bool:
        """Whether it was made up to try the chain."""
        return self.source is Source.DRILL

    @property
    def history(self) -> tuple[Event, ...]:
        """Every event since it was referred, oldest first."""
        return _since_referral(self.review.record) if self.review else ()


def cases(
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    hours: SchoolHours,
    *,
    now: datetime,
) -> tuple[Case, ...]:
    """The counselor's queue at ``now`` (aware): what nobody has in hand, most urgent first; then
    what was handed over, then what was closed. A referred saying that is no longer in the sheet
    is still a case.
    """
    said = {saying.saying_id: saying for saying in sayings}
    at = places(said.values(), decided, readings)
    referred = {i for i, review in decided.items() if review.state is State.REFERRED}
    first_time = _first_referrals(said.values(), decided)
    found = []
    for case_id in referred | {i for i, state in at.items() if state is State.REFERRED}:
        saying, review = said.get(case_id), decided.get(case_id)
        alike = case_id not in referred
        if alike and saying is not None:
            since, by = _alike(saying, first_time, hours.zone)
        elif review is not None:
            since, by = _referred(review)
        else:
            continue
        step = Step.NEW
        if not alike and review is not None:
            step = _step(review)
        due = hours.due(since)
        found.append(
            Case(
                case_id=case_id,
                source=saying.source if saying else (review.source if review else Source.COMMENT),
                step=step,
                saying=saying,
                reading=readings.get(case_id) if saying else None,
                wave_id=saying.wave_id if saying else _kept(review, "wave"),
                month=saying.month if saying else _kept(review, "month"),
                since=since,
                by=by,
                due=due,
                waited=hours.gone_by(since, now),
                overdue=step in _OPEN and now >= due,
                alike=alike,
                contested=bool(review and review.contested),
                review=review,
            )
        )
    order = {Step.NEW: 0, Step.SEEN: 0, Step.HANDED_OVER: 1, Step.CLOSED: 2}
    return tuple(sorted(found, key=lambda case: (order[case.step], case.due, case.case_id)))


def move(case: Case, step: Step, *, who: str, at: datetime) -> Event:
    """Say how far a case has got; back as well, where it turns out not to be over.

    Raises DecisionProblem where it is there already.
    """
    if case.step is step and not (case.alike and step is Step.NEW):
        raise DecisionProblem(f"This is marked “{step.value}” already.", "There is nothing to do.")
    fields = {
        "source": case.source.value,
        "state": State.REFERRED.value,
        "words": "",
        "wave": case.wave_id,
        "month": case.month,
        "step": step.value,
    }
    return new_event(
        tabs.REVIEWS,
        fields,
        who=signed(who),
        at=at,
        record_id=case.case_id,
        previous=case.review.record if case.review else None,
    )


def log_csv(decided: Reviews, zone: tzinfo) -> str:
    """Everything done with referred sayings, as CSV without a word of them.

    One line an event: case, kind, wave, month, what was done, when (school's time), who.
    """
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(["case", "kind", "wave", "month", "step", "when", "who"])
    events = [
        (event, review)
        for review in decided.values()
        if review.state is State.REFERRED
        for event in _since_referral(review.record)
    ]
    for event, review in sorted(events, key=lambda pair: (pair[0].at, pair[0].event_id)):
        fields = event.fields
        cells = (
            event.record_id,
            review.source.value,
            fields.get("wave", ""),
            fields.get("month", ""),
            _step_of(event).value,
            f"{event.at.astimezone(zone):%Y-%m-%d %H:%M}",
            event.who,
        )
        sheet.writerow([csv_cell(one_line(cell)) for cell in cells])
    return out.getvalue()


def protocol(settings: Records) -> tuple[str, ...]:
    """The setting "safety protocol" line by line, of several rows the one written last."""
    mine = [r for r in settings.values() if one_line(r.fields.get("name", "")).lower() == PROTOCOL]
    if not mine:
        return ()
    newest = max(mine, key=lambda record: (record.latest.at, record.record_id))
    lines = (one_line(line) for line in newest.fields.get("value", "").splitlines())
    return tuple(line for line in lines if line)


def start_drill(*, who: str, at: datetime) -> Event:
    """Send a made-up comment through the same chain; it counts nowhere."""
    fields = {
        "source": Source.DRILL.value,
        "state": State.UNREVIEWED.value,
        "words": "",
        "wave": "",
        "month": f"{at:%Y-%m}",
        "step": "",
    }
    return new_event(tabs.REVIEWS, fields, who=signed(who), at=at, record_id=_drill_id())


def drill_sayings(decided: Reviews, zone: tzinfo) -> tuple[Saying, ...]:
    """The made-up comments, to stand in the queues among the others."""
    return tuple(
        Saying(
            saying_id=review.saying_id,
            source=Source.DRILL,
            text=DRILL_TEXT,
            at=review.record.history[0].at.astimezone(zone).replace(tzinfo=None),
        )
        for review in decided.values()
        if review.source is Source.DRILL
    )


@dataclass(frozen=True)
class Drill:
    """One try of the chain: who did what, and when (UTC), None where nobody has yet."""

    started: tuple[datetime, str]
    referred: tuple[datetime, str] | None
    seen: tuple[datetime, str] | None


def drills(decided: Reviews) -> tuple[Drill, ...]:
    """Every drill, newest first."""
    found = []
    for review in decided.values():
        if review.source is not Source.DRILL:
            continue
        events = _since_referral(review.record)
        seen = next((e for e in events if _step_of(e) is not Step.NEW), None)
        first = review.record.history[0]
        found.append(
            Drill(
                started=(first.at, first.who),
                referred=(events[0].at, events[0].who) if events else None,
                seen=(seen.at, seen.who) if seen else None,
            )
        )
    return tuple(sorted(found, key=lambda drill: drill.started, reverse=True))


def overdue(found: Sequence[Case]) -> int:
    """How many cases nobody has in hand although their time is over; drills are not counted."""
    return sum(case.overdue and not case.drill for case in found)


def _drill_id() -> str:
    return f"drill-{uuid4().hex[:12]}"


def _since_referral(record: Record) -> tuple[Event, ...]:
    return tuple(e for e in record.history if e.fields.get("state") == State.REFERRED.value)


def _step(review: Review) -> Step:
    event = referral(review.record)
    return _step_of(event) if event else Step.NEW


def _step_of(event: Event) -> Step:
    # A step that nobody knows counts as new: somebody will look.
    return stored_state(Record(event.record_id, (event,)), "step", Step, Step.NEW)


def _referred(review: Review) -> tuple[datetime, str]:
    first = _since_referral(review.record)[0]
    return first.at, first.who


def _first_referrals(
    sayings: Iterable[Saying], decided: Reviews
) -> dict[str, tuple[datetime, str]]:
    """When the words of referred sayings first came here, by the words."""
    found: dict[str, tuple[datetime, str]] = {}
    for saying in sayings:
        review = decided.get(saying.saying_id)
        if review and review.state is State.REFERRED:
            words, moment = same_words(saying.text), _referred(review)
            found[words] = min(found.get(words, moment), moment)
    return found


def _alike(
    saying: Saying, first_time: dict[str, tuple[datetime, str]], zone: tzinfo
) -> tuple[datetime, str]:
    """Since when a saying with the words of a referred one is here: not before it was written."""
    since, by = first_time[same_words(saying.text)]
    if saying.at:
        since = max(since, saying.at.replace(tzinfo=zone).astimezone(UTC))
    return since, by


def _kept(review: Review | None, column: str) -> str:
    return one_line(review.record.fields.get(column, "")) if review else ""
