"""The counselor's queue: what was referred, how far it has got, and whether it is late.

Nothing here is closed by itself, and no notes are kept: those belong in the school's own system.
The app looks when somebody looks; it does not watch, and it pages nobody.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from lib.decided import DecisionProblem, Records, one_line, signed, stored_state
from lib.text import csv_cell
from lib.voices.hours import SchoolHours
from lib.voices.readings import Reading, Readings
from lib.voices.review import Review, Reviews, State, places, referral
from lib.voices.sayings import Saying, Source, wording
from lib.workbook import tabs
from lib.workbook.records import Event, Record, new_event

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

_ORDER = {Step.NEW: 0, Step.SEEN: 0, Step.HANDED_OVER: 1, Step.CLOSED: 2}


@dataclass(frozen=True)
class Case:
    """One referred saying, for the counselor alone.

    ``saying`` and ``reading`` are None where the words are no longer in the sheet; ``year_month``
    is as ``Saying`` has it. ``since`` is when it came here, ``due`` when the school's own hours for
    it are over (both UTC), ``waited`` how much of those hours went by until now. ``alike``: it came
    here because its words are those of a referred one. ``contested``: somebody else decided
    otherwise at the same moment.
    """

    case_id: str
    source: Source
    step: Step
    saying: Saying | None
    reading: Reading | None
    wave_id: str
    year_month: str
    since: datetime
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
    def open(self) -> bool:
        """Whether its clock runs: nobody has it in hand yet."""
        return self.step in _OPEN

    @property
    def history(self) -> tuple[Event, ...]:
        """Every event since it was referred, oldest first."""
        return since_referral(self.review.record) if self.review else ()


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
    came = {i: _came(review) for i, review in decided.items() if review.state is State.REFERRED}
    first = _first_by_words(said.values(), came)
    alike = {
        i: _came_alike(said[i], first, hours.zone)
        for i, state in at.items()
        if state is State.REFERRED and i not in came
    }
    found = []
    for case_id, since in {**came, **alike}.items():
        saying, review = said.get(case_id), decided.get(case_id)
        step = _step(review) if review and case_id in came else Step.NEW
        due = hours.due(since)
        found.append(
            Case(
                case_id=case_id,
                source=saying.source if saying else (review.source if review else Source.COMMENT),
                step=step,
                saying=saying,
                reading=readings.get(case_id) if saying else None,
                wave_id=saying.wave_id if saying else _kept(review, "wave"),
                year_month=saying.year_month if saying else _kept(review, "month"),
                since=since,
                due=due,
                waited=hours.gone_by(since, now),
                overdue=step in _OPEN and now >= due,
                alike=case_id in alike,
                contested=bool(review and review.contested),
                review=review,
            )
        )
    return tuple(sorted(found, key=lambda case: (_ORDER[case.step], case.due, case.case_id)))


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
        "month": case.year_month,
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

    One line an event, oldest first: case, kind, wave, month, step, when (in ``zone``), who.
    """
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(["case", "kind", "wave", "month", "step", "when", "who"])
    events = [
        (event, review)
        for review in decided.values()
        if review.state is State.REFERRED
        for event in since_referral(review.record)
    ]
    for event, review in sorted(events, key=lambda pair: (pair[0].at, pair[0].event_id)):
        fields = event.fields
        cells = (
            event.record_id,
            review.source.value,
            fields.get("wave", ""),
            fields.get("month", ""),
            step_of(event).value,
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


def overdue(found: Sequence[Case]) -> int:
    """How many cases nobody has in hand although their time is over; drills are not counted."""
    return sum(case.overdue and not case.drill for case in found)


def since_referral(record: Record) -> tuple[Event, ...]:
    """Every event of a record that says that it was referred, oldest first; () for none."""
    return tuple(e for e in record.history if e.fields.get("state") == State.REFERRED.value)


def _step(review: Review) -> Step:
    event = referral(review.record)
    return step_of(event) if event else Step.NEW


def step_of(event: Event) -> Step:
    """How far one event says that a case has got."""
    # A step that nobody knows counts as new: somebody will look.
    return stored_state(Record(event.record_id, (event,)), "step", Step, Step.NEW)


def _came(review: Review) -> datetime:
    """When a saying was first referred (UTC)."""
    return since_referral(review.record)[0].at


def _first_by_words(sayings: Iterable[Saying], came: Mapping[str, datetime]) -> dict[str, datetime]:
    """When the words of referred sayings first came here, by the words."""
    found: dict[str, datetime] = {}
    for saying in sayings:
        if saying.saying_id in came:
            words, moment = wording(saying.text), came[saying.saying_id]
            found[words] = min(found.get(words, moment), moment)
    return found


def _came_alike(saying: Saying, first: Mapping[str, datetime], zone: tzinfo) -> datetime:
    """Since when a saying with the words of a referred one is here: not before it was written."""
    since = first[wording(saying.text)]
    if saying.at:
        since = max(since, saying.at.replace(tzinfo=zone).astimezone(UTC))
    return since


def _kept(review: Review | None, column: str) -> str:
    return one_line(review.record.fields.get(column, "")) if review else ""
