"""The one place that keeps anything: the last good copy of the school, its age, and the clock.

One ``Live`` a connection serves the whole process. Pages get a ``School``: evidence and
decisions, never an answer. Once there is a copy nobody waits for Google: a look at a copy that
has come of age starts a refresh behind the scenes and gets the copy there is.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from lib import evidence, intake, publish
from lib.catalogue import CATALOGUE, Practice
from lib.evidence.types import Evidence, Wave
from lib.intake.feedback import Column, Feedback, Problem, Role
from lib.intake.identity import Guard
from lib.intake.samples import Sample, Totals, samples, totals
from lib.plan import mapping
from lib.text import count
from lib.workbook import (
    Contents,
    Event,
    FormTab,
    Record,
    Workbook,
    WorkbookProblem,
    fold,
    tabs,
)
from lib.workbook.connect import Connection, connection, open_workbook

POLL_SECONDS = 15.0
"""How old a copy may be before a look at it starts a refresh: at most four reads a minute."""

logger = logging.getLogger(__name__)

Records = Mapping[str, Mapping[str, Record]]


@dataclass(frozen=True)
class Understanding:
    """How the form was read, for Setup: no single answer in it. ``samples`` is by position."""

    responses: int
    left_out: Mapping[str, int]
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    totals: Totals = field(default_factory=Totals)
    samples: Mapping[int, Sample] = field(default_factory=dict)


@dataclass(frozen=True)
class School:
    """All that a page may know, as of one reading of the workbook.

    ``records`` are the decisions by tab and record id; ``names`` the practices' names by id;
    ``now`` the school's local time; ``trouble`` why the last refresh failed, if it did;
    ``suggested_waves`` what the bursts of answers suggest while no waves are given.
    """

    source: Literal["google_sheet", "sample"]
    title: str
    now: datetime
    age_s: int
    evidence: Evidence
    waves_given: bool
    suggested_waves: tuple[Wave, ...]
    records: Records
    practices: Mapping[str, Practice]
    names: Mapping[str, str]
    understanding: Understanding
    notes: tuple[str, ...]
    trouble: WorkbookProblem | None
    form_title: str
    zone: tzinfo

    def of(self, tab: str) -> Mapping[str, Record]:
        """The records of one tab, by record id."""
        return self.records.get(tab, {})

    def name(self, practice: str) -> str:
        """What a practice is called; its id where the form no longer asks about it."""
        return self.names.get(practice, practice)

    @property
    def words(self) -> Mapping[str, str]:
        """What ids are called in a history: practices and waves."""
        waves = self.evidence.all_waves
        return {**self.names, **{wave.wave_id: wave.label for wave in waves}}


@dataclass(frozen=True)
class StudentsPage:
    """The bytes of the students' page and their tag."""

    body: bytes
    etag: str


@dataclass(frozen=True)
class Health:
    """What ``/healthz`` says."""

    status: Literal["ok", "stale", "failing"]
    source: str
    age_s: int | None


@dataclass(frozen=True)
class _Copy:
    """One good reading, worked out."""

    records: Records
    feedback: Feedback | None
    understanding: Understanding
    suggested_waves: tuple[Wave, ...]
    evidence: Evidence
    names: Mapping[str, str]
    practices: Mapping[str, Practice]
    title: str
    time_zone: str | None
    notes: tuple[str, ...]
    students: StudentsPage
    read_at: float


class Live:
    """The school as one workbook has it, read at most once at a time for everybody."""

    def __init__(self, workbook: Workbook, clock: datetime | None) -> None:
        self._workbook = workbook
        self._clock = clock
        self._copy: _Copy | None = None
        self._answers: intake.Answers | None = None
        self._events: dict[str, Event] = {}
        self._lacks_answers = False
        self._reading_of: object = None
        self._asked: object = None
        self._trouble: WorkbookProblem | None = None
        self._tried_at = 0.0
        self._reading = threading.Lock()

    @property
    def source(self) -> Literal["google_sheet", "sample"]:
        """Where the answers come from."""
        return self._workbook.kind

    def now(self, time_zone: str | None = None) -> datetime:
        """The school's local time; the sample's own, which stands still."""
        if self._clock is not None:
            return self._clock
        return datetime.now(_zone(time_zone)).replace(tzinfo=None)

    def moment(self) -> datetime:
        """Now as events are stamped: aware, UTC."""
        if self._clock is None:
            return datetime.now(UTC)
        copy = self._copy
        return self._clock.replace(tzinfo=_zone(copy.time_zone if copy else None)).astimezone(UTC)

    def refresh(self) -> None:
        """Read the workbook once, unless somebody is reading it already; then wait for them."""
        began = time.monotonic()
        with self._reading:
            if self._tried_at >= began:
                return
            try:
                contents = self._workbook.read(full=self._lacks_answers)
                self._copy = self._work_out(contents)
                self._trouble = None
            except (WorkbookProblem, intake.IntakeProblem) as problem:
                self._trouble = _as_workbook_problem(problem)
                logger.warning("the workbook could not be read: %s", type(problem).__name__)
            finally:
                self._tried_at = time.monotonic()

    def look(self) -> _Copy:
        """The copy there is. Waits only for the very first one; raises WorkbookProblem then."""
        if self._copy is None:
            self.refresh()
        elif time.monotonic() - self._tried_at > POLL_SECONDS and not self._reading.locked():
            threading.Thread(target=self.refresh, daemon=True).start()
        if self._copy is None:
            raise self._trouble or WorkbookProblem(
                "The workbook could not be read.", "Try again in a minute."
            )
        return self._copy

    def school(self) -> School:
        """What pages may know now. Raises WorkbookProblem when there is no copy at all."""
        copy = self.look()
        return School(
            source=self.source,
            title=setting(copy.records, "school name") or "Your school",
            now=self.now(copy.time_zone),
            age_s=int(time.monotonic() - copy.read_at),
            evidence=copy.evidence,
            waves_given=bool(copy.records.get(tabs.WAVES)),
            suggested_waves=copy.suggested_waves,
            records=copy.records,
            practices=copy.practices,
            names=copy.names,
            understanding=copy.understanding,
            notes=copy.notes,
            trouble=self._trouble,
            form_title=copy.title,
            zone=_zone(copy.time_zone),
        )

    def record(self, events: Sequence[Event]) -> None:
        """Save decisions and show them from now on. Raises WorkbookProblem."""
        self._workbook.append(events)
        with self._reading:
            self._copy = self._work_out(Contents(form=None, events=tuple(events)))
        if self._lacks_answers:
            self.refresh()

    def preview(self, corrections: Sequence[intake.Correction]) -> Understanding:
        """How the form would be read with these corrections on top. Saves and keeps nothing."""
        copy, answers = self.look(), self._answers
        if answers is None:
            return copy.understanding
        said = intake.corrections_of(copy.records.get(tabs.COLUMNS, {}).values())
        practices = tuple(copy.practices.values())
        feedback = intake.understand(answers, practices, (*said, *corrections))
        return _understanding(answers, feedback, _floors(copy.records).staff)

    def students_page(self) -> StudentsPage:
        """The published page, or the one that says nothing is published yet."""
        return self.look().students

    def health(self) -> Health:
        """Whether reading works. Never raises."""
        try:
            copy = self.look()
        except WorkbookProblem:
            return Health("failing", self.source, None)
        age = int(time.monotonic() - copy.read_at)
        return Health("stale" if self._trouble else "ok", self.source, age)

    def _work_out(self, contents: Contents) -> _Copy:
        """Turn a reading into a copy; the caller holds the lock. Old events stay known.

        What a decision cannot have changed is taken over from the last copy.
        """
        for event in contents.events:
            self._events.setdefault(event.event_id, event)
        records = fold(self._events.values())
        last = self._copy
        time_zone = contents.time_zone or (last.time_zone if last else None)
        practices = _practices(records)
        corrections = intake.corrections_of(records.get(tabs.COLUMNS, {}).values())
        form = contents.form
        if form is not None:
            self._answers = self._encoded(form, corrections)
        feedback, names = last.feedback if last else None, last.names if last else {}
        reading = (practices, corrections)
        if self._answers is not None and (form is not None or reading != self._reading_of):
            feedback = intake.understand(self._answers, tuple(practices.values()), corrections)
            names = intake.practice_names(feedback, tuple(practices.values()))
            self._reading_of = reading
            self._heed(feedback, corrections)
        now = self.now(time_zone)
        at = feedback.at if feedback else np.empty(0, "datetime64[s]")
        floors = _floors(records)
        understanding = last.understanding if last else _NOTHING_READ
        if (
            self._answers is not None
            and feedback is not None
            and feedback is not (last and last.feedback)
        ):
            understanding = _understanding(self._answers, feedback, floors.staff)
        found = evidence.windows(at, records.get(tabs.WAVES, {}), now=now)
        asked = (found, tuple(wave.closed(now) for wave in found.waves), names)
        if last is None or feedback is not last.feedback or asked != self._asked:
            tables = evidence.build(feedback, found, now=now, names=names, floors=floors)
            self._asked = asked
        else:
            tables = last.evidence
        return _Copy(
            records=records,
            feedback=feedback,
            understanding=understanding,
            suggested_waves=() if records.get(tabs.WAVES) else evidence.suggest(at, now=now),
            evidence=tables,
            names=names,
            practices=practices,
            title=form.title if form else (last.title if last else ""),
            time_zone=time_zone,
            notes=contents.notes,
            students=_students_page(records),
            read_at=time.monotonic(),
        )

    def _heed(self, feedback: Feedback, corrections: Sequence[intake.Correction]) -> None:
        """Drop the answers that a person calls an identity; note where dropped ones are wanted."""
        answers = self._answers
        if answers is None:
            return
        identity = [c for c in corrections if c.role is Role.IDENTITY]
        self._answers = intake.forget(answers, mapping.positions(feedback.columns, identity))
        kept = intake.kept_positions(answers.header, corrections)
        self._lacks_answers = any(answers.columns[at - 1].guard is not Guard.OPEN for at in kept)

    def _encoded(self, form: FormTab, corrections: Sequence[intake.Correction]) -> intake.Answers:
        if form.continues and self._answers is not None:
            return intake.extend(self._answers, form.rows)
        kept = intake.kept_positions(form.header, corrections)
        return intake.encode(form.header, form.rows, form.first_row, keep=kept)


def _understanding(answers: intake.Answers, feedback: Feedback, floor: int) -> Understanding:
    return Understanding(
        responses=len(feedback),
        left_out=feedback.left_out,
        columns=feedback.columns,
        problems=feedback.problems,
        totals=totals(feedback),
        samples=samples(answers, feedback, floor),
    )


_NOTHING_READ = Understanding(0, {}, (), ())


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _as_workbook_problem(problem: WorkbookProblem | intake.IntakeProblem) -> WorkbookProblem:
    if isinstance(problem, WorkbookProblem):
        return problem
    return WorkbookProblem(problem.says, problem.do)


def _practices(records: Records) -> dict[str, Practice]:
    """The school's own list if it keeps one, else the catalogue."""
    kept = records.get(tabs.PRACTICES, {})
    if not kept:
        return {practice.practice_id: practice for practice in CATALOGUE}
    practices = {}
    for practice_id, record in kept.items():
        lines = record.fields.get("looks_like", "").splitlines()
        practices[practice_id] = Practice(
            practice_id=practice_id,
            name=record.fields.get("name") or practice_id,
            statement=record.fields.get("statement", ""),
            looks_like=(lines[0] if lines else "", lines[1] if len(lines) > 1 else ""),
            monday_move=record.fields.get("monday_move", ""),
        )
    return practices


def _students_page(records: Records) -> StudentsPage:
    body = publish.render(publish.published(records.get(tabs.PUBLISHED, {})))
    return StudentsPage(body, publish.etag(body))


def _floors(records: Records) -> evidence.Floors:
    settings = records.get(tabs.SETTINGS, {}).values()
    return evidence.floors_from(
        {r.fields.get("name", ""): r.fields.get("value", "") for r in settings}
    )


def setting(records: Records, name: str) -> str:
    """One of the school's settings, or an empty text."""
    for record in records.get(tabs.SETTINGS, {}).values():
        if record.fields.get("name") == name:
            return record.fields.get("value", "")
    return ""


@lru_cache(maxsize=8)
def _open(where: Connection | None, sample_file: str) -> Live:
    workbook = open_workbook(where, sample_file)
    return Live(workbook, workbook.clock)


def secrets() -> Mapping[str, object]:
    """The secrets file as a plain mapping; empty when there is none.

    Raises WorkbookProblem when the file is there and cannot be read.
    """
    try:
        return st.secrets.to_dict()
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return {}
        raise WorkbookProblem(
            "The file .streamlit/secrets.toml cannot be read.",
            "Compare it with .streamlit/secrets.example.toml: each text needs quotes around it.",
        ) from error


def live() -> Live:
    """The school this app is connected to. Raises WorkbookProblem."""
    return _open(connection(secrets()), os.environ.get("SEAT_WORKBOOK", ""))


def school() -> School:
    """What pages may know now. Raises WorkbookProblem when there is no copy at all."""
    return live().school()


def students_page() -> StudentsPage | None:
    """The students' page from memory; None while there is no copy of the workbook at all."""
    try:
        return live().students_page()
    except WorkbookProblem:
        return None


def record(events: Sequence[Event]) -> None:
    """Save decisions and show them from now on. Raises WorkbookProblem."""
    live().record(events)


def preview(corrections: Sequence[intake.Correction]) -> Understanding:
    """How the form would be read with these corrections on top. Saves nothing."""
    return live().preview(corrections)


def service_account() -> str:
    """The address that the spreadsheet must be shared with; "" on the sample."""
    where = connection(secrets())
    return where.client_email if where else ""


def moment() -> datetime:
    """Now as events are stamped: aware, UTC."""
    return live().moment()


def refresh() -> None:
    """Read the workbook again, whatever its age. Raises WorkbookProblem."""
    live().refresh()


def on_sample() -> bool:
    """Whether the fictional school is shown. Raises WorkbookProblem when setup is broken."""
    return connection(secrets()) is None


def age_in_words() -> str:
    """How old what is on screen is, for the footer; "" on the sample, which does not age."""
    try:
        now = school()
    except WorkbookProblem:
        return ""
    if now.source == "sample":
        return ""
    age = "less than a minute" if now.age_s < 60 else count(now.age_s // 60, "minute")
    trouble = " The sheet cannot be reached now; this is the last good copy." if now.trouble else ""
    return f"As of {age} ago.{trouble}"


def health() -> Health:
    """Whether reading works. Never raises."""
    try:
        return live().health()
    except WorkbookProblem:
        return Health("failing", "none", None)


def forget() -> None:
    """Drop every copy: the next look reads the workbook anew. For a changed configuration."""
    _open.cache_clear()


def keep_in_step() -> Callable[[], None]:
    """Look every few seconds while the server runs; returns what stops it.

    So a withdrawn students' page is gone everywhere within two turns, even if nobody looked.
    """
    stopped = threading.Event()

    def turn() -> None:
        while not stopped.is_set():
            health()
            stopped.wait(POLL_SECONDS)

    threading.Thread(target=turn, name="keep-in-step", daemon=True).start()
    return stopped.set
