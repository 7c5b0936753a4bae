"""The school as one viewer may see it. Asking for more raises ``Denied``, never gives rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Literal

from lib.access import Data, Viewer, see, see_tab
from lib.catalogue import Practice
from lib.decided import Records, RecordsByTab
from lib.evidence.effect import Reach
from lib.evidence.types import EVERYBODY, Audience, Cell, Evidence, Wave, WaveTable
from lib.intake import tables
from lib.intake.feedback import Standing
from lib.plan.again import editions
from lib.publish.next_form import next_form
from lib.school import School, Turnout, Understanding
from lib.voices.conversations import conversations, mentions
from lib.voices.panel import StudentsOrder, panels, students_order
from lib.workbook import WorkbookProblem, tabs


class View:
    """A school through one viewer's eyes. Every property but the last ones asks ``GRANTS``."""

    def __init__(self, school: School, viewer: Viewer) -> None:
        self._school = school
        self._viewer = viewer

    def _if_seen(self, kind: Data) -> School:
        see(self._viewer, kind)
        return self._school

    @property
    def evidence(self) -> Evidence:
        """The closed waves' printed tables; without the finer groups where those are not seen."""
        whole = self._if_seen(Data.RESULTS).evidence
        return whole if self._viewer.may_see(Data.STAFF_GROUPS) else public_part(whole)

    @property
    def public_evidence(self) -> Evidence:
        """The closed waves' printed tables as everybody may see them, students too."""
        return public_part(self._if_seen(Data.RESULTS).evidence)

    @property
    def reached(self) -> Mapping[str, Reach]:
        """Whether each PD session reached students, by the session's record id."""
        return self._if_seen(Data.RESULTS).reached

    @property
    def turnout(self) -> Turnout | None:
        """Who answered the latest wave, where enrollment is given."""
        self._if_seen(Data.RESULTS)
        return self._if_seen(Data.STAFF_GROUPS).turnout

    @property
    def came_up(self) -> Mapping[str, Counter[Standing]]:
        """In how many conversations each practice came up, by what was said of it."""
        talks = self._if_seen(Data.VOICES).of(tabs.CONVERSATIONS)
        return mentions(conversations(talks))

    @property
    def students_order(self) -> StudentsOrder | None:
        """The order of the newest student panel that gave one."""
        return students_order(panels(self._if_seen(Data.CONVERSATIONS).of(tabs.PANELS)))

    @property
    def waves(self) -> Evidence:
        """The waves alone: when they open and close and about how many answered, no figure."""
        return bare(self._if_seen(Data.WINDOWS).evidence)

    @property
    def waves_given(self) -> bool:
        """Whether the school has set its waves."""
        return self._if_seen(Data.WINDOWS).waves_given

    @property
    def suggested_waves(self) -> tuple[Wave, ...]:
        """What the bursts of answers suggest while no waves are given."""
        return self._if_seen(Data.WINDOWS).suggested_waves

    @property
    def understanding(self) -> Understanding:
        """How the form was read."""
        return self._if_seen(Data.READING).understanding

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should mend in our tabs."""
        return self._if_seen(Data.READING).notes

    @property
    def editions(self) -> tuple[str, ...]:
        """Every edition of the frozen waves that were made again, a line each; no figure."""
        school = self._if_seen(Data.READING)
        return editions(school.of(tabs.EVIDENCE), school.zone)

    @property
    def form_title(self) -> str:
        """The form's tab."""
        return self._if_seen(Data.READING).form_title

    def form_script(self, service_account: str, spreadsheet: str = "") -> str:
        """The script of the next form, with the promises that students are asked about.

        Before there is a form it writes into ``spreadsheet``, the key of the one that is read.
        """
        school = self._if_seen(Data.FORM)
        return next_form(
            school.records,
            tuple(school.practices.values()),
            service_account=service_account,
            spreadsheet="" if school.has_form else spreadsheet,
        )

    @property
    def records(self) -> RecordsByTab:
        """The decisions by tab and record id; asking for a tab that is not seen raises Denied."""
        return _Shelf(self._school, self._viewer)

    def of(self, tab: str) -> Records:
        """The records of one tab, by record id."""
        see_tab(self._viewer, tab)
        return self._school.of(tab)

    @property
    def words(self) -> Mapping[str, str]:
        """What ids are called in a history: practices and waves."""
        self._if_seen(Data.WINDOWS)
        return self._school.words

    # What every role sees: live.school asked for it.

    @property
    def source(self) -> Literal["google_sheet", "sample"]:
        """Where the answers come from."""
        return self._school.source

    @property
    def title(self) -> str:
        """What the school is called."""
        return self._school.title

    @property
    def now(self) -> datetime:
        """The school's local time."""
        return self._school.now

    @property
    def zone(self) -> tzinfo:
        """The school's time zone."""
        return self._school.zone

    @property
    def practices(self) -> Mapping[str, Practice]:
        """The practices by id."""
        return self._school.practices

    @property
    def names(self) -> Mapping[str, str]:
        """The practices' names by id."""
        return self._school.names

    def name(self, practice: str) -> str:
        """What a practice is called, also one that the form no longer asks about."""
        return self._school.name(practice)

    @property
    def trouble(self) -> WorkbookProblem | None:
        """Why the last refresh failed, if it did."""
        return self._school.trouble

    @property
    def unsaved(self) -> int:
        """How many decisions are not in the spreadsheet yet."""
        return self._school.unsaved

    @property
    def has_form(self) -> bool:
        """Whether a form writes into the workbook."""
        return self._school.has_form

    @property
    def answered(self) -> bool:
        """Whether anybody has answered the form."""
        return self._school.understanding.responses > 0

    @property
    def lacks_words(self) -> bool:
        """Whether this is a copy from disk, which does not say whether anybody has answered."""
        return self._school.lacks_words

    @property
    def rates_nothing(self) -> bool:
        """Whether the form has answers, and no question of it was taken for a rating."""
        return tables.rates_nothing(self._school.understanding.columns) and self.answered

    @property
    def age_in_words(self) -> str:
        """How old what is on screen is; "" on the sample, which does not age."""
        return self._school.age_in_words

    @property
    def stale_in_words(self) -> str:
        """The same once a fault has lasted two minutes, else ""."""
        return self._school.stale_in_words


class _Shelf(Mapping[str, Records]):
    """The records by tab, of which only the viewer's own can be taken out."""

    def __init__(self, school: School, viewer: Viewer) -> None:
        self._school = school
        self._viewer = viewer

    def __getitem__(self, tab: str) -> Records:
        see_tab(self._viewer, tab)
        return self._school.records[tab]

    def __iter__(self) -> Iterator[str]:
        return (tab for tab in self._school.records if self._viewer.may_see_tab(tab))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def public_part(evidence: Evidence) -> Evidence:
    """The evidence without the cells, and the sentences on them, that only staff see."""
    return replace(evidence, waves=tuple(_public(table) for table in evidence.waves))


def _public(table: WaveTable) -> WaveTable:
    return replace(
        table,
        cells=tuple(cell for cell in table.cells if cell.audience is Audience.PUBLIC),
        priorities=tuple(
            replace(p, beside=tuple(b for b in p.beside if b.audience is Audience.PUBLIC))
            for p in table.priorities
        ),
    )


def bare(evidence: Evidence) -> Evidence:
    """The evidence with nothing in it but its waves, and about how many answered each."""
    return Evidence(
        tuple(_empty(table) for table in evidence.waves),
        evidence.collecting,
        evidence.collecting_band,
    )


def _empty(table: WaveTable) -> WaveTable:
    everybody = table.everybody
    counted = (Cell(everybody.audience, EVERYBODY, (), everybody.n, {}),) if everybody else ()
    return WaveTable(table.wave, counted, {}, {}, {}, ())
