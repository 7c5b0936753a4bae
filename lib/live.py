"""The one place that keeps anything: the last good copy of the school, its age, and the clock.

One ``Live`` a connection serves the whole process. Once there is a copy nobody waits for Google:
a look at a copy that has come of age starts a refresh behind the scenes and gets the copy there
is.
"""

import contextlib
import logging
import os
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from lib import evidence, intake, lastgood
from lib.digest import Copy, Digest, StudentsPage
from lib.lastgood import Saved
from lib.school import Health, School, Understanding, settings_of
from lib.text import count
from lib.workbook import Event, Workbook, WorkbookProblem, tabs
from lib.workbook.connect import Connection, connection, open_workbook

APP = "the app"
"""Who signs what nobody decided: a closed wave's table."""

POLL_SECONDS = 20.0
"""How old a copy may be before a look at it starts a refresh. Three reads a minute: with the
workbook's own look at its tabs now and then, that stays at four.
"""

logger = logging.getLogger(__name__)


class Live:
    """The school as one workbook has it, read at most once at a time for everybody.

    Two locks: ``_reading`` is held while Google is asked, which may take a minute; ``_working``
    only while what came is worked out. Saving a decision never waits for a reading.
    """

    def __init__(
        self, workbook: Workbook, clock: datetime | None, last_good: Path | None = None
    ) -> None:
        self._workbook = workbook
        self._last_good = last_good
        self._saved: Saved | None = None
        self._clock = clock
        self._digest = Digest()
        self._copy: Copy | None = None
        self._read_at = 0.0
        self._tried_at = 0.0
        self._done_at = 0.0
        self._trouble: WorkbookProblem | None = None
        self._hand_over_all = False
        self._unsaved = 0
        self._failures = 0
        self._progress: tuple[int, int] | None = None
        self._reading = threading.Lock()
        self._working = threading.Lock()

    @property
    def source(self) -> Literal["google_sheet", "sample"]:
        """Where the answers come from."""
        return self._workbook.kind

    def now(self) -> datetime:
        """The school's local time; the sample's own, which stands still."""
        return self._clock or datetime.now(self._digest.zone).replace(tzinfo=None)

    def moment(self) -> datetime:
        """Now as events are stamped: aware, UTC."""
        if self._clock is None:
            return datetime.now(UTC)
        return self._clock.replace(tzinfo=self._digest.zone).astimezone(UTC)

    def refresh(self) -> None:
        """Read the workbook once; if somebody is reading it already, wait for them instead."""
        called_at = time.monotonic()
        with self._reading:
            if self._done_at >= called_at:
                return
            asked_at = time.monotonic()
            full = self._hand_over_all or self._digest.needs_everything
            try:
                contents = self._workbook.read(full=full, progress=self._note_progress)
                # From here on the workbook counts these rows as handed over: should working them
                # out fail, the next reading has to hand over everything.
                self._hand_over_all = True
                with self._working:
                    self._digest.take(contents)
                    self._copy = self._digest.work_out(self.now())
                self._hand_over_all = False
                self._freeze(self._copy)
                self._save()
                self._read_at = time.monotonic()
                self._trouble = None
                self._failures = 0
            except WorkbookProblem as problem:
                self._fail(problem, problem)
            except intake.IntakeProblem as problem:
                self._fail(WorkbookProblem(problem.says, problem.do), problem)
            except Exception as error:  # noqa: BLE001  (the reader must outlive anything)
                self._fail(UNEXPECTED, error)
            finally:
                self._tried_at, self._done_at = asked_at, time.monotonic()
                self._progress = None
            self._count_unsaved()

    def _freeze(self, copy: Copy) -> None:
        """Keep the tables of waves that have closed since, for good; if not now, next time."""
        at = self.moment()
        rows = [row for f in copy.to_freeze for row in evidence.as_events(f, who=APP, at=at)]
        try:
            if rows:
                self._keep(rows)
        except WorkbookProblem as problem:
            logger.warning("a table was not frozen: %s", type(problem).__name__)

    def _save(self) -> None:
        """Put what may be on disk there, for the day the sheet cannot be reached at a start."""
        if self._copy is None or self._last_good is None:
            return
        with self._working:
            saved = self._digest.to_save(self._copy)
        if saved != self._saved:
            try:
                lastgood.write(self._last_good, saved)
            except OSError as error:
                logger.warning("the last good copy was not saved: %s", type(error).__name__)
            self._saved = saved

    def _fail(self, trouble: WorkbookProblem, error: Exception) -> None:
        """Remember why reading failed. The log gets its kind and place, never its words."""
        self._trouble = trouble
        self._failures += 1
        if self._copy is None and self._last_good is not None:
            saved = lastgood.read(self._last_good)
            if saved is not None:
                with self._working:
                    self._copy = self._digest.restore(saved)
                self._read_at = time.monotonic() - max(time.time() - saved.at, 0)
        where = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        logger.warning("reading failed: %s at %s", type(error).__name__, where[-2:])

    def _count_unsaved(self) -> None:
        with contextlib.suppress(WorkbookProblem):
            self._unsaved = len(self._workbook.unsaved)

    def _due(self) -> bool:
        """Whether it is time to read again; after failures in a row, less and less often."""
        wait: float = POLL_SECONDS * min(2 ** max(self._failures - 1, 0), 16)
        return time.monotonic() - self._tried_at >= wait

    def _note_progress(self, rows: int, of: int) -> None:
        self._progress = (rows, of)

    def first_reading(self) -> tuple[int, int] | None:
        """Rows read and rows in all while the very first reading goes on (0, 0: not known yet).

        None when there is a copy, or when reading it failed. Starts the reading if nobody has.
        """
        if self._copy is not None or (self._tried_at and not self._reading.locked()):
            return None
        if not self._reading.locked():
            threading.Thread(target=self.refresh, name="refresh", daemon=True).start()
        return self._progress or (0, 0)

    def look(self) -> Copy:
        """The copy there is. Waits only for the very first one; raises WorkbookProblem then."""
        if self._copy is None:
            if self._trouble is None or self._due():
                self.refresh()
        elif self._due() and not self._reading.locked():
            threading.Thread(target=self.refresh, name="refresh", daemon=True).start()
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
            title=settings_of(copy.records).get("school name") or "Your school",
            now=self.now(),
            age_s=int(time.monotonic() - self._read_at),
            evidence=copy.evidence,
            waves_given=bool(copy.records.get(tabs.WAVES)),
            suggested_waves=copy.suggested_waves,
            records=copy.records,
            practices=copy.practices,
            names=copy.names,
            understanding=copy.understanding,
            reached=copy.reached,
            heard=copy.heard,
            notes=copy.notes,
            trouble=self._trouble,
            unsaved=self._unsaved,
            form_title=copy.form_title,
            zone=copy.zone,
        )

    def record(self, events: Sequence[Event]) -> None:
        """Save decisions and show them from now on. Raises WorkbookProblem."""
        self._keep(events)
        if self._digest.lacks_answers:
            self.refresh()

    def _keep(self, events: Sequence[Event]) -> None:
        self._workbook.append(events)
        self._count_unsaved()
        with self._working:
            self._digest.add(events)
            self._copy = self._digest.work_out(self.now())

    def preview(self, corrections: Sequence[intake.Correction]) -> Understanding:
        """How the form would be read with these corrections on top. Saves and keeps nothing."""
        copy = self.look()
        with self._working:
            return self._digest.preview(copy, corrections)

    # A crowd asks for these three: they take what is in memory, and no lock.

    @property
    def starting(self) -> bool:
        """Whether nothing has been read yet, and nothing has failed."""
        return self._copy is None and self._trouble is None

    def students_page(self) -> StudentsPage | None:
        """The published page, or the one that says nothing is published; None without a copy."""
        copy = self._copy
        return copy.students if copy else None

    def health(self) -> Health:
        """Whether reading works, as the last look left it."""
        if self._copy is None:
            return Health("failing", self.source, None)
        age = int(time.monotonic() - self._read_at)
        return Health("stale" if self._trouble else "ok", self.source, age)


UNEXPECTED = WorkbookProblem(
    "The sheet was read, but the app could not make sense of it.",
    "This is a fault of the app. Tell the person who looks after it; the log says where.",
)


class _Slot:
    """The one school of this process; a changed configuration takes the place of the old one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[tuple[Connection | None, str], Live] | None = None

    def get(self, where: Connection | None, sample_file: str) -> Live:
        with self._lock:
            if self._held is None or self._held[0] != (where, sample_file):
                workbook = open_workbook(where, sample_file)
                copy = lastgood.place(where.key, sample_file) if where and where.key else None
                self._held = ((where, sample_file), Live(workbook, workbook.clock, copy))
            return self._held[1]

    @property
    def held(self) -> Live | None:
        held = self._held
        return held[1] if held else None

    def empty(self) -> None:
        with self._lock:
            self._held = None


_slot = _Slot()


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
    return _slot.get(connection(secrets()), os.environ.get("SEAT_WORKBOOK", ""))


def held() -> Live | None:
    """The school this process has looked at last, if any. Takes no lock and reads no file."""
    return _slot.held


def school() -> School:
    """What pages may know now. Raises WorkbookProblem when there is no copy at all."""
    return live().school()


def students_page() -> StudentsPage | None:
    """The students' page from memory, at once; None while there is no copy of the workbook.

    ``lib.step`` renews it.
    """
    school = held()
    return school.students_page() if school else None


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
    """Read the workbook again, whatever its age. Raises WorkbookProblem when setup is broken."""
    live().refresh()


def unsaved() -> int:
    """How many decisions wait for the spreadsheet; 0 while that cannot be told."""
    try:
        return live().school().unsaved
    except WorkbookProblem:
        return 0


def first_reading() -> tuple[int, int] | None:
    """As ``Live.first_reading``. Raises WorkbookProblem when setup is broken."""
    return live().first_reading()


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
    """Whether reading works, as the last look left it: from memory, at once."""
    school = held()
    return school.health() if school else Health("failing", "none", None)


def forget() -> None:
    """Drop every copy: the next look reads the workbook anew. For a changed configuration."""
    _slot.empty()
