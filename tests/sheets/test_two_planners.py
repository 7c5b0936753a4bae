"""Two people plan at once on one spreadsheet, and one loses the network in the middle."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lib.decided import DecisionProblem
from lib.plan import details, focus, history, sessions
from lib.plan.focus import Focus
from lib.plan.sessions import Session
from lib.students_part import StudentPart
from lib.workbook import Event, fold, tabs
from lib.workbook.queue import Outbox, QueuedWorkbook
from tests.sheets.conftest import KEY, Open
from tests.sheets.grid import Tab
from tests.sheets.server import Fault, SheetsServer

NAMES = {"goals": "Clear goals", "retry": "Another try", "talk": "Talking", "calm": "Calm"}
AGENDA = "10 min: Look at the chart\nIn silence.\n- 41% not favorable\n\n50 min: Students first"
Start = Callable[[str], QueuedWorkbook]


def at(minute: int) -> datetime:
    return datetime(2026, 10, 12, 14, minute, tzinfo=UTC)


@pytest.fixture
def start(form: Tab, open_sheet: Open, tmp_path: Path) -> Start:
    """A copy of the app for each person, with a disk of its own."""
    return lambda who: QueuedWorkbook(open_sheet(), Outbox(tmp_path / f"{who}.sqlite"))


def choose(practice: str, minute: int, so_far: Iterable[Focus] = ()) -> Event:
    return focus.choose(
        practice,
        wave="fall",
        evidence="Fall 2026: 41% not favorable.",
        chosen=tuple(so_far),
        names=NAMES,
        who="lead",
        at=at(minute),
    )


def plan_of(book: QueuedWorkbook) -> tuple[tuple[Focus, ...], tuple[Session, ...]]:
    """The plan as one copy of the app has it."""
    records = fold(book.read().events)
    return (
        focus.focuses(records.get(tabs.FOCUS, {})),
        sessions.sessions(records.get(tabs.SESSIONS, {})),
    )


def ids(sheets: SheetsServer, tab: str) -> Counter[str]:
    """How often each event stands in a tab of the spreadsheet."""
    return Counter(row[0] for row in sheets.spreadsheet(KEY).tab(tab).values[1:])


def test_nothing_is_lost_or_doubled_and_both_see_what_happened(
    sheets: SheetsServer, start: Start
) -> None:
    ana, ben = start("ana"), start("ben")
    choice = choose("goals", 0)
    planned = sessions.make(
        choice.record_id,
        on=date(2026, 11, 3),
        student_part=StudentPart.AT_THE_TABLE,
        who="lead",
        at=at(1),
    )
    ana.append([choice, planned])
    (own,), (session,) = plan_of(ana)
    assert plan_of(ben) == ((own,), (session,))

    # Ben saves: his rows arrive, the answer does not, and then the network is gone.
    rest = {"done_when": "Half of them.", "prefer": "", "recheck": None}
    by_ben = focus.edit(own, owner="Ben", **rest, who="Ben", at=at(10))
    agenda = details.keep_agenda(session, AGENDA, who="Ben", at=at(10))
    sheets.fault(Fault(on="append", breaks="reset", applied=True))
    sheets.fault(Fault(status=503, times=9999, after=1))
    ben.append([by_ben, agenda])
    assert ben.unsaved
    (with_agenda,) = sessions.sessions(fold([planned, agenda])[tabs.SESSIONS])
    note = details.write_down(
        with_agenda, details.Afterwards(9, "One draft day a unit."), who="Ben", at=at(12)
    )
    ben.append([note])
    assert note in ben.unsaved
    sheets.clear_faults()

    # Ana, who has seen none of it, decides about the same focus meanwhile.
    by_ana = focus.edit(own, owner="Ana", **rest, who="Ana", at=at(11))
    ana.append([by_ana])

    # Ben's app starts again, on the same disk.
    ben = start("ben")
    at_bens, at_anas = plan_of(ben), plan_of(ana)
    assert ben.unsaved == ()
    assert at_bens == at_anas
    events = [choice, planned, by_ben, agenda, by_ana, note]
    both = ids(sheets, tabs.FOCUS) + ids(sheets, tabs.SESSIONS)
    assert both == Counter(event.event_id for event in events)

    (own,), (session,) = at_anas
    assert own.owner == "Ana"
    assert history.conflict_note(own.record) == history.CONFLICT
    assert history.lines(own.record)[1:] == (
        "Oct 12, 2026: Ben changed it: owner is now “Ben”; how we will know is now "
        f"“Half of them.”{history.LOST}",
        "Oct 12, 2026: Ana changed it: owner is now “Ana”; how we will know is now “Half of them.”",
    )
    assert session.committed == "One draft day a unit."
    assert [part.title for part in session.agenda] == ["Look at the chart", "Students first"]


def test_two_who_each_choose_the_third_focus_at_once_are_both_heard(
    sheets: SheetsServer, start: Start
) -> None:
    ana, ben = start("ana"), start("ben")
    ana.append([choose("goals", 0), choose("retry", 1)])
    (two, _), (also_two, _) = plan_of(ana), plan_of(ben)
    sheets.fault(Fault(on="append", status=503, times=9999))
    ben.append([choose("talk", 5, also_two)])
    sheets.clear_faults()
    ana.append([choose("calm", 6, two)])
    (at_bens, _), (at_anas, _) = plan_of(ben), plan_of(ana)
    assert at_bens == at_anas
    assert [own.practice for own in focus.running(at_anas)] == ["goals", "retry", "talk", "calm"]
    assert set(ids(sheets, tabs.FOCUS).values()) == {1}
    with pytest.raises(DecisionProblem, match="4 focus practices are running, and 3 are the most"):
        choose("other", 9, at_anas)
