"""All that a page may know: evidence and decisions, never an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal

from lib.catalogue import CATALOGUE, Practice, called
from lib.decided import Records, RecordsByTab
from lib.evidence import Floors, floors_from
from lib.evidence.coverage import Coverage
from lib.evidence.effect import Reach
from lib.evidence.floors import is_whole
from lib.evidence.types import Evidence, Wave
from lib.intake.feedback import Block, Column, Problem
from lib.intake.samples import Totals
from lib.publish.approval import SETTING, second_unclear
from lib.text import count
from lib.workbook import Record, WorkbookProblem, settings, tabs


@dataclass(frozen=True)
class Understanding:
    """How the form was read, for Setup: no single answer in it. ``samples`` is by position.

    ``blocks`` look pasted again; ``lost_blocks`` are left out by a person and found no more.
    """

    responses: int
    left_out: Mapping[str, int]
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    totals: Totals = field(default_factory=Totals)
    samples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    lost_blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turnout:
    """Who answered the latest wave, and what weighting by enrollment would change."""

    coverage: Coverage
    weighting: str


@dataclass(frozen=True)
class School:
    """The school as of one reading of the workbook.

    ``names`` are the practices' names by id; ``now`` the school's local time; ``age_s`` how old
    the reading is; ``trouble`` why the last refresh failed, if it did; ``suggested_waves`` what
    the bursts of answers suggest while no waves are given; ``unsaved`` how many decisions are
    not in the spreadsheet yet; ``reached`` whether each PD session reached students, by the
    session's record id; ``turnout`` who answered, where enrollment is given.
    """

    source: Literal["google_sheet", "sample"]
    title: str
    now: datetime
    age_s: int
    evidence: Evidence
    waves_given: bool
    suggested_waves: tuple[Wave, ...]
    records: RecordsByTab
    practices: Mapping[str, Practice]
    names: Mapping[str, str]
    understanding: Understanding
    reached: Mapping[str, Reach]
    turnout: Turnout | None
    notes: tuple[str, ...]
    trouble: WorkbookProblem | None
    unsaved: int
    form_title: str
    zone: tzinfo

    def of(self, tab: str) -> Records:
        """The records of one tab, by record id."""
        return self.records.get(tab, {})

    def name(self, practice: str) -> str:
        """What a practice is called, also one that the form no longer asks about."""
        return called(practice, self.names)

    @property
    def has_form(self) -> bool:
        """Whether a form writes into the workbook: its tab was found."""
        return bool(self.form_title)

    @property
    def age_in_words(self) -> str:
        """How old what is on screen is; "" on the sample, which does not age."""
        if self.source == "sample":
            return ""
        units = ((172_800, 86_400, "day"), (7_200, 3_600, "hour"), (60, 60, "minute"))
        old = (count(self.age_s // one, unit) for least, one, unit in units if self.age_s >= least)
        age = next(old, "less than a minute")
        late = " The sheet cannot be read now; this is the last good copy." if self.trouble else ""
        return f"As of {age} ago.{late}"

    @property
    def lacks_words(self) -> bool:
        """Whether this is a copy from disk, which keeps closed waves and no student's words."""
        return self.trouble is not None and self.understanding.responses == 0

    @property
    def stale_in_words(self) -> str:
        """The age once a fault has lasted, for everybody to see; "" while all is well."""
        return self.age_in_words if self.trouble and self.age_s >= _LASTING_S else ""

    @property
    def words(self) -> Mapping[str, str]:
        """What ids are called in a history: practices and waves."""
        waves = self.evidence.all_waves
        return {**self.names, **{wave.wave_id: wave.label for wave in waves}}


# A single failed reading mends itself before anybody need know.
_LASTING_S = 120


def settings_of(records: RecordsByTab) -> Mapping[str, str]:
    """The school's settings, value by name in small letters; of two rows the later one holds."""
    return settings.newest(records.get(tabs.SETTINGS, {}))


def floors_of(records: RecordsByTab) -> Floors:
    """The floors as the school's settings raise them."""
    return floors_from(settings.values(records.get(tabs.SETTINGS, {})))


def settings_notes(records: RecordsByTab) -> tuple[str, ...]:
    """What a person should mend in PD Settings: a floor that cannot be read holds nobody back.

    A word about a second approver that cannot be read holds everybody back.
    """
    kept = records.get(tabs.SETTINGS, {})
    given = settings.values(kept)
    second = (
        f"PD Settings: “{SETTING}” must be yes or no. Until then a second person must approve the "
        "students' page."
    )
    floors = tuple(
        f"PD Settings: “{name}” must be a whole number, such as 10. Until then the app's own holds."
        for name in ("floor staff", "floor public")
        if not all(is_whole(value) for value in given.get(name, ()))
    )
    return (*floors, second) if second_unclear(kept) else floors


def practices_of(records: RecordsByTab) -> dict[str, Practice]:
    """The school's own list of practices if it keeps one, else the catalogue, by id."""
    kept = records.get(tabs.PRACTICES, {})
    if not kept:
        return {practice.practice_id: practice for practice in CATALOGUE}
    return {practice_id: _practice(record) for practice_id, record in kept.items()}


def _practice(record: Record) -> Practice:
    lines = [*record.fields.get("looks_like", "").splitlines(), "", ""]
    return Practice(
        practice_id=record.record_id,
        name=record.fields.get("name") or record.record_id,
        statement=record.fields.get("statement", ""),
        looks_like=(lines[0], lines[1]),
        monday_move=record.fields.get("monday_move", ""),
    )
