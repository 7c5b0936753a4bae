"""The protected table: everything any screen, download or document may know.

Figures here are printed figures. Nothing in this module can hold a respondent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

EVERYBODY: tuple[str, ...] = ()
"""The grouping that divides nobody."""


class Audience(StrEnum):
    """Who may see a cell: everyone, or staff only."""

    PUBLIC = "public"
    STAFF = "staff"


class Change(StrEnum):
    """What may be said about two waves."""

    BETTER = "better"
    SAME = "about the same"
    WORSE = "worse"
    TOO_FEW = "too few to tell"


class Tier(StrEnum):
    """What may be said about a practice's place in the order."""

    CLEAR = "clear priority"
    POSSIBLE = "possible"
    NOT_NOW = "not now"
    TOO_FEW = "too few to rank"


class Coding(StrEnum):
    """How a printed percent is to be read."""

    EXACT = ""
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True)
class Wave:
    """A collection window [opens, closes), school's local time; ``closes`` is None while open."""

    wave_id: str
    label: str
    opens: datetime
    closes: datetime | None

    def closed(self, now: datetime) -> bool:
        """Whether the window is over at ``now`` (school's local time)."""
        return self.closes is not None and self.closes <= now


@dataclass(frozen=True)
class Figure:
    """A printed share with its 95 % interval, all in whole points of 100."""

    percent: int
    low: int
    high: int
    coding: Coding = Coding.EXACT

    @property
    def text(self) -> str:
        """As it is printed: "62%", "at most 5%"."""
        return f"{self.coding} {self.percent}%".strip()


@dataclass(frozen=True)
class Hidden:
    """A figure that is not printed, and the sentence that says why."""

    reason: str


Printed = Figure | Hidden


@dataclass(frozen=True)
class Comparison:
    """The word for one practice between two waves, and the sentence that explains it.

    ``moved`` is the sentence without the practice's name and without what chance can do;
    ``points`` the printed percent now minus the one then; ``by_chance`` the move, in whole
    points, that chance alone can make.
    """

    change: Change
    since: str
    sentence: str
    moved: str = ""
    points: int = 0
    by_chance: int = 0

    @property
    def says(self) -> str:
        """``moved`` as a sentence that stands alone: "Fell from 74% to 56% since Spring 2025." """
        return f"{self.moved[:1].upper()}{self.moved[1:]}."


@dataclass(frozen=True)
class Cell:
    """One published group in one wave: its printed n and, by practice id, its printed shares.

    ``grouping`` holds the headers of the group questions (EVERYBODY, one, or a pair);
    ``members`` the labels merged into this cell, each a tuple as long as ``grouping``.
    ``n`` is rounded to the nearest 5. The standing shares are of everyone in the cell.
    ``answered`` holds the number behind a practice's interval where it is not ``n``: the printed
    number who answered it, for a group estimated from everybody's. ``since_last`` and
    ``since_last_year`` hold a group's words where the other wave has a cell of identical members.
    """

    audience: Audience
    grouping: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    n: int
    favorable: Mapping[str, Printed]
    works: Mapping[str, Printed] = field(default_factory=dict)
    isnt_working: Mapping[str, Printed] = field(default_factory=dict)
    used_to_work: Mapping[str, Printed] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    since_last: Mapping[str, Comparison] = field(default_factory=dict)
    since_last_year: Mapping[str, Comparison] = field(default_factory=dict)

    def n_of(self, practice: str) -> int:
        """The printed number of answers behind a practice's share."""
        return self.answered.get(practice, self.n)

    @property
    def name(self) -> str:
        """Whom the cell holds, in words: "Grade 6 or Grade 7", "Grade 6 and Arts"."""
        if self.grouping == EVERYBODY:
            return "everybody"
        return " or ".join(
            " and ".join(
                label or f"no answer to {header}"
                for header, label in zip(self.grouping, member, strict=True)
            )
            for member in self.members
        )


@dataclass(frozen=True)
class Band:
    """A run of adjacent answers in a distribution: its label and whole percent."""

    label: str
    percent: int


class Flag(StrEnum):
    """What may stand beside a priority as evidence."""

    GAP = "gap"
    FALL = "fall"
    USED_TO_WORK = "used to work"


@dataclass(frozen=True)
class Beside:
    """Evidence beside a practice's place in the order, never summed into it.

    ``audience`` is who may see the figures that the sentence speaks of.
    """

    flag: Flag
    points: int
    sentence: str
    audience: Audience


@dataclass(frozen=True)
class Priority:
    """One practice's place in the order by percent not favorable.

    ``unfavorable`` is the printed figure; ``probability``, in whole hundredths, that it is truly
    among the three lowest (0 where ``tier`` is "too few to rank"); in 80 of 100 redraws its rank
    lies between ``rank_low`` and ``rank_high``, 1 the lowest (0 where too few to rank).
    """

    practice: str
    unfavorable: Figure
    probability: float
    tier: Tier
    sentence: str
    rank_low: int = 0
    rank_high: int = 0
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class WaveTable:
    """The protected table of one closed wave.

    Mappings are by practice id. ``cells[0]``, where there are cells, is everybody. ``trust``
    (shares favorable) and ``followup`` (how the answers spread) are by header, everybody only.
    ``not_offered`` says why a declared grouping has no cells. ``rules`` say which answers count as
    favorable: figures by two rules are not compared.
    """

    wave: Wave
    cells: tuple[Cell, ...]
    distributions: Mapping[str, tuple[Band, ...]]
    since_last: Mapping[str, Comparison]
    since_last_year: Mapping[str, Comparison]
    priorities: tuple[Priority, ...]
    notes: tuple[str, ...] = ()
    trust: Mapping[str, Printed] = field(default_factory=dict)
    followup: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    not_offered: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def everybody(self) -> Cell | None:
        """The cell that holds all respondents; None when too few answered."""
        return next((cell for cell in self.cells if cell.grouping == EVERYBODY), None)

    def cells_of(self, grouping: tuple[str, ...], audience: Audience) -> tuple[Cell, ...]:
        """One grouping as an audience sees it: cells that do not overlap, in order.

        Staff see their own, finer cells in place of the public ones that those divide.
        """
        mine = [cell for cell in self.cells if cell.grouping == grouping]
        public = tuple(cell for cell in mine if cell.audience is Audience.PUBLIC)
        if audience is Audience.PUBLIC:
            return public
        staff = [cell for cell in mine if cell.audience is Audience.STAFF]
        divided = {label for cell in staff for label in cell.members}
        return (*staff, *(cell for cell in public if not divided & set(cell.members)))


@dataclass(frozen=True)
class Evidence:
    """All closed waves, oldest first, and the one that is collecting."""

    waves: tuple[WaveTable, ...]
    collecting: Wave | None
    collecting_band: str
    notes: tuple[str, ...] = ()

    @property
    def latest(self) -> WaveTable | None:
        """The newest closed wave in which enough people answered."""
        return next((table for table in reversed(self.waves) if table.everybody), None)

    @property
    def all_waves(self) -> tuple[Wave, ...]:
        """Every wave, the open one last."""
        closed = tuple(table.wave for table in self.waves)
        return (*closed, self.collecting) if self.collecting else closed
