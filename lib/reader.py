"""The one reader of a school's workbook: the last good copy, its age, and the clock.

Once there is a copy nobody waits for Google: a look at a copy that has come of age starts a
refresh behind the scenes and gets the copy there is.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from lib import evidence, intake, lastgood
from lib.behind import Answers, Behind
from lib.digest import Copy, Digest
from lib.faults import kind_and_place
from lib.lastgood import Saved
from lib.publish.sent import StudentsPage
from lib.said import Said
from lib.school import School, Understanding, settings_of
from lib.voices.desk import Desk
from lib.voices.half_held import Shelf
from lib.workbook import Event, Workbook, WorkbookProblem, tabs

APP = "the app"
"""Who signs what nobody decided: a closed wave's table."""

POLL_SECONDS = 20.0
"""How old a copy may be before a look at it starts a refresh. Three reads a minute: with the
workbook's own look at its tabs now and then, that stays at four.
"""

_LATE_S = 3 * POLL_SECONDS
"""From this age on a monitor is told that the copy is stale."""

_SAVE_EVERY_S = 3600.0
"""How often the copy on disk is renewed where nothing changed, for its age is shown."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Health:
    """What ``/healthz`` says."""

    status: Literal["ok", "stale", "failing"]
    source: str
    age_s: int | None


class Live:
    """The school as one workbook has it, read at most once at a time for everybody.

    Three locks: ``_reading`` is held while Google is asked, which may take a minute; ``_working``
    only while what came is worked out; ``_saving`` while the copy on disk is written. Saving a
    decision never waits for a reading.
    """

    def __init__(
        self, workbook: Workbook, clock: datetime | None, last_good: Path | None = None
    ) -> None:
        self._workbook = workbook
        self._last_good = last_good
        self._saved: Saved | None = None
        self._saved_at = 0.0
        self._clock = clock
        self._digest = Digest()
        self.behind = Behind(self._answers)
        self.half_held = Shelf()
        self._said = Said()
        self._copy: Copy | None = None
        self._read_at = 0.0
        self._tried_at = 0.0
        self._trouble: WorkbookProblem | None = None
        self._hand_over_all = False
        self._unsaved = 0
        self._failures = 0
        self._progress: tuple[int, int] | None = None
        self._reading = threading.Lock()
        self._working = threading.Lock()
        self._saving = threading.Lock()
        self._spare = self._restored()

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
        """Read the workbook as it is from now on; of many who ask at once, one reads.

        Before there is a form everything: somebody may just have made one.
        """
        copy = self._copy
        self._read_after(time.monotonic(), full=copy is not None and not copy.form_title)

    def _read_after(self, moment: float, *, full: bool = False) -> None:
        """Read the workbook, unless a reading that began after ``moment`` is over by then."""
        with self._reading:
            if self._tried_at > moment:
                return
            asked_at, began = time.monotonic(), self.now()
            full = full or self._hand_over_all or self._digest.needs_everything
            try:
                contents = self._workbook.read(full=full, progress=self._note_progress)
                # From here on the workbook counts these rows as handed over: should working them
                # out fail, the next reading has to hand over everything.
                self._hand_over_all = True
                # As of the beginning: a wave that closed since may lack its last answers.
                with self._working:
                    self._digest.take(contents)
                    copy = self._digest.work_out(began)
                self._hand_over_all = False
                rows = self._freeze(copy.to_freeze)
                with self._working:
                    self._digest.add(rows)
                    self._copy = self._digest.work_out(began)
                    spoken = self._digest.spoken(self._copy)
                if self._said.begun:
                    self._said.renew(spoken)
                self._save()
                self._read_at = asked_at
                self._trouble = None
                self._failures = 0
            except (WorkbookProblem, intake.IntakeProblem) as problem:
                self._fail(_as_workbook_problem(problem), problem)
            except Exception as error:  # noqa: BLE001  (the reader must outlive anything)
                self._hand_over_all = True  # what was read of the workbook may be lost
                self._fail(_unexpected(), error)
            finally:
                self._tried_at = asked_at
                self._progress = None
            self._count_unsaved()

    def _restored(self) -> Copy | None:
        """The last good copy on disk, for the time until a reading works; None where none is."""
        saved = lastgood.read(self._last_good) if self._last_good else None
        if saved is None:
            return None
        try:
            copy = self._digest.restore(saved, self._waiting(), self.moment())
        except Exception as error:  # noqa: BLE001  (a file that people may have changed)
            logger.warning("the last good copy was not used: %s", type(error).__name__)
            self._digest = Digest()
            return None
        self._read_at = time.monotonic() - max(time.time() - saved.at, 0)
        return copy

    def _freeze(self, closed: Sequence[evidence.Frozen]) -> Sequence[Event]:
        """Keep the tables of waves that have closed since, for good; if not now, next time."""
        at = self.moment()
        rows = [row for one in closed for row in evidence.as_events(one, who=APP, at=at)]
        try:
            if rows:
                self._workbook.append(rows)
        except WorkbookProblem as problem:
            logger.warning("a table was not frozen: %s", type(problem).__name__)
            return ()
        return rows

    def _save(self) -> None:
        """Put what may be on disk there, for the day the sheet cannot be reached at a start."""
        if self._copy is None or self._last_good is None:
            return
        with self._saving:
            with self._working:
                saved = self._digest.to_save(self._copy)
            # Now and then also where nothing changed: its age is what a start without Google says.
            if saved == self._saved and time.monotonic() - self._saved_at < _SAVE_EVERY_S:
                return
            try:
                lastgood.write(self._last_good, saved)
            except (OSError, ValueError) as error:
                logger.warning("the last good copy was not saved: %s", type(error).__name__)
            else:
                self._saved, self._saved_at = saved, time.monotonic()

    def _fail(self, trouble: WorkbookProblem, error: Exception) -> None:
        """Remember why reading failed. The log gets its kind and place, never its words."""
        self._trouble = trouble
        self._failures += 1
        if self._copy is None:
            self._copy = self._spare
        logger.warning("reading failed: %s", kind_and_place(error))

    def _waiting(self) -> tuple[Event, ...]:
        """Decisions that wait on this computer; none where their file cannot be read."""
        try:
            return self._workbook.unsaved
        except WorkbookProblem:
            return ()

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
            self._read_behind_the_scenes()
        return self._progress or (0, 0)

    def _read_behind_the_scenes(self) -> None:
        """Start a reading; of many who find it due at the same moment, one reads."""
        last = self._tried_at
        threading.Thread(target=self._read_after, args=(last,), name="refresh", daemon=True).start()

    def look(self) -> Copy:
        """The copy there is. Waits only for the very first one; raises WorkbookProblem then."""
        if self._copy is None:
            if self._trouble is None or self._due():
                # Whoever is reading already does it for everybody who waits for the first copy.
                self._read_after(self._tried_at)
        elif self._due() and not self._reading.locked():
            self._read_behind_the_scenes()
        if self._copy is None:
            # A new one each time: an exception that is raised again keeps every frame it passed.
            trouble = self._trouble or WorkbookProblem(
                "The workbook could not be read.", "Try again in a minute."
            )
            raise WorkbookProblem(trouble.says, trouble.do, temporary=trouble.temporary)
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
            turnout=copy.turnout,
            notes=copy.notes,
            trouble=self._trouble,
            unsaved=self._unsaved,
            form_title=copy.form_title,
            zone=copy.zone,
        )

    def record(self, events: Sequence[Event]) -> None:
        """Save decisions and show them from now on. Raises WorkbookProblem.

        A wave is closed with all that has come in until now, so closing one reads first.
        """
        self._workbook.append(events)
        self._count_unsaved()
        with self._working:
            self._digest.add(events)
            self._copy = self._digest.work_out(self.now())
            spoken = self._digest.spoken(self._copy)
        self._said.decided(spoken)
        if self._digest.lacks_answers or any(event.tab == tabs.WAVES for event in events):
            self.refresh()
        self._save()

    def listen(self) -> Desk | None:
        """Comments and conversations with what is decided about them; read from now on.

        None while they are read for the first time. Raises WorkbookProblem without any copy.
        """
        copy = self.look()
        if not self._said.begun:
            with self._working:
                spoken = self._digest.spoken(self._copy or copy)
            self._said.renew(spoken)
        return self._said.desk

    def preview(self, corrections: Sequence[intake.Correction]) -> Understanding:
        """How the form would be read with these corrections on top. Saves and keeps nothing."""
        copy = self.look()
        with self._working:
            return self._digest.preview(copy, corrections)

    def _answers(self) -> Answers | None:
        copy = self.look()
        with self._working:
            return self._digest.answers(copy.records, self.now())

    # A crowd asks for these three: they take what is in memory, and no lock.

    @property
    def starting(self) -> bool:
        """Whether nothing has been read yet, and nothing has failed."""
        return self._copy is None and self._trouble is None

    def students_page(self) -> StudentsPage | None:
        """The published page, or the one that says why there is none; None without any copy.

        While the first reading goes on it is the one of the last good copy on disk.
        """
        copy = self._copy or self._spare
        return copy.students if copy else None

    def health(self) -> Health:
        """Whether reading works, as the last look left it."""
        if (self._copy or self._spare) is None:
            return Health("failing", self.source, None)
        age = int(time.monotonic() - self._read_at)
        late = self._copy is None or self._trouble is not None or age > _LATE_S
        return Health("stale" if late else "ok", self.source, age)


def _unexpected() -> WorkbookProblem:
    return WorkbookProblem(
        "The sheet was read, but the app could not make sense of it.",
        "This is a fault of the app. Tell the person who looks after it; the log says where.",
    )


def _as_workbook_problem(problem: WorkbookProblem | intake.IntakeProblem) -> WorkbookProblem:
    if isinstance(problem, WorkbookProblem):
        return problem
    return WorkbookProblem(problem.says, problem.do)
