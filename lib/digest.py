"""From readings of the workbook to what the app knows; each step only when its input changed.

The one ``Digest`` of a school belongs to its ``lib.reader.Live``, which guards it with a lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

import numpy as np

from lib import evidence, intake, publish
from lib.behind import Answers
from lib.catalogue import Practice
from lib.decided import RecordsByTab
from lib.evidence.coverage import coverage, enrolled_from
from lib.evidence.effect import Reach
from lib.evidence.fitting import fitted
from lib.evidence.freeze import Frozen
from lib.evidence.members import Grouping
from lib.evidence.memory import Memory
from lib.evidence.sensitivity import sensitivity
from lib.evidence.types import Evidence, Hidden, Wave, WaveTable
from lib.evidence.waves import assign
from lib.form_reading import FormReading
from lib.intake.feedback import Feedback
from lib.lastgood import Saved
from lib.plan.focus import focuses
from lib.plan.reached import judged
from lib.plan.sessions import sessions
from lib.publish.sent import StudentsPage, in_all
from lib.school import (
    Turnout,
    Understanding,
    floors_of,
    practices_of,
    settings_notes,
    settings_of,
)
from lib.voices.at_rest import without_words
from lib.voices.desk import Material
from lib.voices.hours import hours_from
from lib.workbook import Contents, Event, WorkbookProblem, fold, tabs
from lib.zones import time_zone

CLOSING = "This wave has closed. Its results appear in a moment, when its table is kept."


@dataclass(frozen=True)
class Copy:
    """One reading, worked out."""

    records: RecordsByTab
    understanding: Understanding
    suggested_waves: tuple[Wave, ...]
    evidence: Evidence
    names: dict[str, str]
    practices: dict[str, Practice]
    form_title: str
    zone: tzinfo
    notes: tuple[str, ...]
    students: StudentsPage
    reached: Mapping[str, Reach]
    turnout: Turnout | None
    to_freeze: tuple[Frozen, ...]


class Digest:
    """The answers and decisions read so far. Not safe for threads."""

    def __init__(self) -> None:
        self._in_sheet: dict[str, Event] = {}
        self._own: dict[str, Event] = {}
        self._form = FormReading()
        self._fitted: tuple[Wave, ...] = ()
        self._offered_of: object = None
        self._offered_from: Feedback | None = None
        self._evidence: Evidence | None = None
        self._tables = Memory()
        self._restored: tuple[WaveTable, ...] = ()
        self._built_of: object = None
        self._built_from: Feedback | None = None
        self._windows = evidence.Windows(())
        self._groupings: tuple[Grouping, ...] = ()
        self._frozen: dict[str, Frozen | Hidden] = {}
        self._verdicts: dict[str, Reach] = {}
        self._judged_of: object = None
        self._judged_from: Feedback | None = None
        self._turnout: Turnout | None = None
        self._turnout_of: object = None
        self._zone_name = ""
        self._zone: tzinfo = UTC
        self._notes: tuple[str, ...] = ()
        self._turn = 0
        self._taken = False

    def take(self, contents: Contents) -> None:
        """Take a reading in. Raises WorkbookProblem where the form of an earlier day is gone."""
        if contents.form is None and self._form.is_gone:
            raise _form_gone(self._form.title)
        self._notes = contents.notes
        if contents.time_zone:
            self._set_zone(contents.time_zone)
        # The sheet rules: what people mended or deleted there is mended or deleted here. Only
        # decisions of our own that no reading has brought back yet are kept beside it.
        self._in_sheet = {event.event_id: event for event in contents.events}
        self._own = {i: event for i, event in self._own.items() if i not in self._in_sheet}
        if contents.form is not None:
            self._form.store(contents.form, fold(self._events.values()))
        self._taken = True

    def add(self, events: Sequence[Event]) -> None:
        """Take decisions in; one that is known already changes nothing."""
        self._own.update((e.event_id, e) for e in events if e.event_id not in self._in_sheet)

    @property
    def _events(self) -> dict[str, Event]:
        return {**self._own, **self._in_sheet}

    @property
    def needs_everything(self) -> bool:
        """Whether the next reading must hand over the whole form."""
        return not self._taken or self._form.lacks_answers

    @property
    def lacks_answers(self) -> bool:
        """Whether a correction asks for a column whose cells were dropped: read it all again."""
        return self._form.lacks_answers

    @property
    def zone(self) -> tzinfo:
        """The school's time zone."""
        return self._zone

    def _set_zone(self, name: str) -> None:
        found = time_zone(name) if name else None
        if found is not None:
            self._zone_name, self._zone = name, found
        elif name:
            self._notes += (
                f"The spreadsheet's time zone, “{name}”, is not one the app knows. Choose a city "
                "in the sheet under File, Settings. Until then days may end at the wrong hour.",
            )

    def work_out(self, now: datetime) -> Copy:
        """Everything as it stands at ``now`` (school's local time).

        A closed wave is shown once its table is kept, never before: the next reading may bring
        one answer more, and two editions of one table would give it away.
        """
        records = fold(self._events.values())
        practices = practices_of(records)
        self._form.understand(records, tuple(practices.values()), now)
        whole = self._build(records, now)
        shown = self._only_kept(whole)
        return Copy(
            records=records,
            understanding=self._form.understanding,
            suggested_waves=() if records.get(tabs.WAVES) else self._offered(records),
            evidence=shown,
            names={**{p.practice_id: p.name for p in practices.values()}, **self._form.names},
            practices=practices,
            form_title=self._form.title,
            zone=self._zone,
            notes=(
                *self._notes,
                *settings_notes(records),
                *hours_from(settings_of(records), self._zone)[1],
                *enrolled_from(records.get(tabs.GROUPS, {}))[1],
                *self._windows.notes,
            ),
            students=in_all(
                records.get(tabs.PUBLISHED, {}),
                publish.read_school(records.get(tabs.SETTINGS, {})),
                today=now.date(),
            ),
            reached=self._reached(records, now),
            turnout=self._turnout_now(records, shown.latest),
            to_freeze=self._to_freeze(),
        )

    def restore(self, saved: Saved, waiting: Sequence[Event], moment: datetime) -> Copy:
        """The last good copy as a start, until a reading works: tables and decisions only.

        ``waiting`` are decisions that no spreadsheet has yet; ``moment`` is now, aware.
        """
        self._set_zone(saved.time_zone)
        self._in_sheet = {event.event_id: event for event in saved.events}
        self._restored = saved.tables
        self._form.names = dict(saved.names)
        self._form.title = saved.form_title
        self.add(waiting)
        return self.work_out(moment.astimezone(self._zone).replace(tzinfo=None))

    def to_save(self, copy: Copy) -> Saved:
        """What of a copy may be on disk: decisions, and the protected tables of closed waves."""
        return Saved(
            events=without_words(self._events.values()),
            tables=copy.evidence.waves,
            names=self._form.names,
            form_title=self._form.title,
            time_zone=self._zone_name,
        )

    def answers(self, records: RecordsByTab, now: datetime) -> Answers | None:
        """What stands behind the tables of ``records``; None where no answers were read yet."""
        if self._form.feedback is None or self._evidence is None:
            return None
        return Answers(
            feedback=self._form.feedback,
            windows=self._windows,
            evidence=self._evidence,
            frozen=self._frozen,
            names=self._form.names,
            floors=floors_of(records),
            groupings=self._groupings,
            now=now,
        )

    def spoken(self, copy: Copy) -> Material:
        """What the desk of comments and conversations is made of, as of this copy."""
        self._turn += 1
        return Material(
            feedback=self._form.feedback,
            windows=self._windows,
            records=copy.records,
            practices=tuple(copy.practices),
            zone=self._zone,
            turn=self._turn,
        )

    def preview(self, copy: Copy, corrections: Sequence[intake.Correction]) -> Understanding:
        """How the form would be read with these corrections on top. Keeps nothing."""
        return self._form.preview(copy.records, tuple(copy.practices.values()), corrections)

    def _build(self, records: RecordsByTab, now: datetime) -> Evidence:
        at = self._form.feedback.at if self._form.feedback else np.empty(0, "datetime64[s]")
        found = evidence.windows(at, records.get(tabs.WAVES, {}), now=now)
        stands = tuple((wave.opens <= now, wave.closed(now)) for wave in found.waves)
        rows = records.get(tabs.EVIDENCE, {})
        by, pair_notes = self._declared(records)
        built_of = (found, stands, self._form.names, floors_of(records), by, rows)
        self._windows = replace(found, notes=(*found.notes, *pair_notes))
        self._groupings = by
        if self._form.feedback is None:
            return Evidence(self._restored, None, "")
        same = self._form.feedback is self._built_from and built_of == self._built_of
        if self._evidence is None or not same:
            self._frozen = evidence.thaw(rows)
            self._evidence = evidence.build(
                self._form.feedback,
                found,
                now=now,
                names=self._form.names,
                floors=floors_of(records),
                groupings=by,
                frozen=self._frozen,
                memory=self._tables,
            )
            self._built_of, self._built_from = built_of, self._form.feedback
        return self._evidence

    def _declared(self, records: RecordsByTab) -> tuple[tuple[Grouping, ...], tuple[str, ...]]:
        """The group questions and the pairs that the settings declare, and what to mend there."""
        if self._form.feedback is None:
            return (), ()
        return evidence.groupings_from(settings_of(records), self._form.feedback)

    def _only_kept(self, whole: Evidence) -> Evidence:
        """The evidence with nothing in it of a closed wave whose table is still to be kept."""
        if self._form.feedback is None:
            return whole
        shown = tuple(
            evidence.empty(table.wave, CLOSING)
            if table.cells and table.wave.wave_id not in self._frozen
            else table
            for table in whole.waves
        )
        return whole if shown == whole.waves else replace(whole, waves=shown)

    def _to_freeze(self) -> tuple[Frozen, ...]:
        """Tables of closed waves, calendar months too, that PD Evidence does not keep yet."""
        if self._form.feedback is None or self._evidence is None:
            return ()
        return evidence.newly_closed(
            self._evidence, self._form.feedback, self._windows, self._frozen
        )

    def _offered(self, records: RecordsByTab) -> tuple[Wave, ...]:
        """The suggested waves, as they may stand beside the months that were shown."""
        if self._form.feedback is None:
            return self._form.suggested
        offered_of = (self._built_of, self._form.suggested)
        if self._offered_of != offered_of or self._form.feedback is not self._offered_from:
            floors = floors_of(records)
            self._fitted = fitted(self._form.suggested, self._form.feedback, self._frozen, floors)
            self._offered_of, self._offered_from = offered_of, self._form.feedback
        return self._fitted

    def _turnout_now(self, records: RecordsByTab, table: WaveTable | None) -> Turnout | None:
        """Who answered a wave, against the enrollment in PD Groups, if it is given."""
        enrolled, _ = enrolled_from(records.get(tabs.GROUPS, {}))
        if self._form.feedback is None or table is None or not enrolled:
            return None
        turnout_of = (table, enrolled)
        if self._turnout is None or turnout_of != self._turnout_of:
            index = assign(self._form.feedback.at, self._windows.waves)
            places = [i for i, wave in enumerate(self._windows.waves) if wave == table.wave]
            rows = np.flatnonzero(np.isin(index, places))
            weighed = sensitivity(self._form.feedback, rows, table, enrolled, self._form.names)
            covered = coverage(table, enrolled, changed_order=bool(weighed and weighed.changed))
            self._turnout = (
                Turnout(covered, weighed.sentence if weighed else "") if covered else None
            )
            self._turnout_of = turnout_of
        return self._turnout

    def _reached(self, records: RecordsByTab, now: datetime) -> Mapping[str, Reach]:
        """Whether each PD session reached students, by the session's record id."""
        chosen = focuses(records.get(tabs.FOCUS, {}))
        planned = sessions(records.get(tabs.SESSIONS, {}))
        judged_of = (self._built_of, chosen, planned, self._zone)
        if self._form.feedback is None:
            return {}
        if judged_of != self._judged_of or self._form.feedback is not self._judged_from:
            self._verdicts = judged(
                self._form.feedback,
                self._windows,
                chosen,
                planned,
                names=self._form.names,
                now=now,
                zone=self._zone,
            )
            self._judged_of, self._judged_from = judged_of, self._form.feedback
        return self._verdicts


def _form_gone(title: str) -> WorkbookProblem:
    return WorkbookProblem(
        f"No form writes into the spreadsheet any more: its tab “{title}” is gone or empty.",
        "Undo that in the sheet (File, Version history); or open Responses in Google Forms, choose "
        "Link to Sheets and select this spreadsheet.",
    )
