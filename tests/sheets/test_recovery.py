"""The whole reader on a failing Google: the last copy stays, decisions wait, and all of it mends
by itself, without a restart; and whatever people do to the sheet, it is read as if at once.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib import live
from lib.digest import Copy, Digest
from lib.plan import blocks
from lib.workbook import new_event, tabs
from lib.workbook.google import FULL_EVERY
from lib.workbook.queue import Outbox, QueuedWorkbook
from tests.sheets.conftest import FORM, HEADER, KEY, FakeTime, Open
from tests.sheets.errors import HTML_PAGE
from tests.sheets.grid import Tab
from tests.sheets.server import EMAIL, Fault, SheetsServer
from tests.unit.intake.reading import same

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 8, 0)

Break = Callable[[SheetsServer], object]


def faulty(**how: object) -> Break:
    return lambda sheets: sheets.fault(Fault(times=9999, **how))  # type: ignore[arg-type]


BREAKS: dict[str, tuple[Break, str]] = {
    "401": (faulty(status=401), "make a new JSON key"),
    "403": (faulty(status=403), f"add {EMAIL} as an Editor"),
    "404": (faulty(status=404), "Copy the address"),
    "429": (faulty(status=429), ""),
    "429 with Retry-After": (faulty(status=429, headers={"Retry-After": "7"}), ""),
    "500": (faulty(status=500), ""),
    "503": (faulty(status=503), ""),
    "an HTML page": (faulty(status=502, body=HTML_PAGE), ""),
    "a hang": (faulty(breaks="hang", seconds=5), ""),
    "a reset": (faulty(breaks="reset"), ""),
    "half a body": (faulty(breaks="half"), ""),
    "access revoked": (
        lambda sheets: sheets.spreadsheet(KEY).revoke(EMAIL),
        f"add {EMAIL} as an Editor",
    ),
}


@pytest.mark.parametrize(("break_it", "do"), BREAKS.values(), ids=BREAKS.keys())
def test_the_app_goes_on_through_a_fault_and_mends_without_a_restart(
    sheets: SheetsServer,
    form: Tab,
    open_sheet: Open,
    tmp_path: Path,
    time: FakeTime,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Break,
    do: str,
) -> None:
    monkeypatch.setattr("lib.workbook.service.TIMEOUT", (1.0, 0.2))
    monkeypatch.setattr("lib.workbook.pace.PATIENCE", 2.0)
    school = live.Live(QueuedWorkbook(open_sheet(), Outbox(tmp_path / "unsaved.sqlite")), None)
    assert school.school().understanding.responses == 50
    form.submit(5, "arrives during the fault")
    break_it(sheets)
    school.refresh()
    seen = school.school()
    assert seen.understanding.responses == 50
    assert seen.trouble is not None
    assert seen.trouble.says
    assert seen.trouble.do
    assert do in seen.trouble.do
    assert school.health().status == "stale"
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    school.record([event])
    assert school.school().title == "Elm"
    sheets.clear_faults()
    sheets.spreadsheet(KEY).share(EMAIL)
    for _ in range(100):
        time.now += 60
        school.refresh()
        seen = school.school()
        if seen.trouble is None and not seen.unsaved:
            break
        sleep(0.05)
    assert seen.trouble is None
    assert (seen.understanding.responses, seen.unsaved, seen.title) == (51, 0, "Elm")
    saved = [row[0] for row in sheets.spreadsheet(KEY).tab(tabs.SETTINGS).values[1:]]
    assert saved == [event.event_id]
    assert len(form.values) == 52


def test_a_grid_cut_to_its_last_answer_is_followed_past_its_end(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    form.delete_empty_rows()
    school = live.Live(open_sheet(), None)
    assert school.school().understanding.responses == 50
    for turn in (1, 2):
        form.submit(3, f"new {turn}")
        school.refresh()
        assert school.school().trouble is None
        assert school.school().understanding.responses == 50 + turn


ACT = st.one_of(
    st.tuples(st.just("submit"), st.integers(1, 25)),
    st.tuples(st.just("paste"), st.integers(2, 40)),
    st.tuples(st.just("sort"), st.integers(1, 3)),
    st.tuples(st.just("delete"), st.integers(2, 60)),
    st.tuples(st.just("insert"), st.integers(2, 60)),
    st.tuples(st.just("edit"), st.integers(2, 60)),
    st.tuples(st.just("move"), st.integers(2, 3)),
    st.tuples(st.just("leave out"), st.integers(0, 1)),
    st.tuples(st.just("refresh"), st.integers(1, 1)),
)


def act(tab: Tab, what: str, n: int, turn: int) -> None:
    filled = tab.filled()
    if what == "submit":
        for extra in range(n):
            tab.submit(n % 5, f"s{turn}-{extra}")
    elif what == "paste":
        for row in tab.values[n : n + 4]:
            tab.type_row(*row)
    elif what == "sort":
        tab.sort(n)
    elif what == "delete" and n <= filled:
        tab.delete_rows(n, n)
    elif what == "insert" and n <= filled:
        tab.insert_rows(n)
    elif what == "edit" and n <= filled:
        tab.set_cell(f"C{n}", f"edited {turn}")
    elif what == "move":
        tab.move_column(n, 5 - n)


def known(copy: Copy) -> tuple[object, ...]:
    return copy.understanding, copy.evidence, copy.suggested_waves, copy.names


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ACT, max_size=12), st.integers(0, 45))
@example(
    [("paste", 3), ("refresh", 1), ("leave out", 0), ("sort", 2), ("submit", 3), ("refresh", 1)],
    20,
)
def test_after_any_acts_decisions_and_refreshes_the_app_knows_what_one_full_reading_tells(
    sheets: SheetsServer,
    open_sheet: Open,
    time: FakeTime,
    acts: list[tuple[str, int]],
    count: int,
) -> None:
    rows = [HEADER, *([46_000 + n / 7, 1 + n % 5, f"a{n}"] for n in range(count))]
    spreadsheet = sheets.add_spreadsheet(KEY, {FORM: rows})
    tab, book, digest = spreadsheet.tab(FORM), open_sheet(), Digest()

    def refresh() -> Copy:
        digest.take(book.read(full=digest.needs_everything))
        return digest.work_out(NOW)

    copy = refresh()
    for turn, (what, n) in enumerate(acts):
        act(tab, what, n, turn)
        if what == "refresh":
            copy = refresh()
        decided = copy.records.get(tabs.SETTINGS, {})
        offers = blocks.offers(copy.understanding.blocks, decided)
        if what == "leave out" and offers:
            event = blocks.leave_out(offers[n % len(offers)], who="Lee", at=AT)
            book.append([event])
            digest.add([event])
            copy = digest.work_out(NOW)
    refresh()
    time.now += FULL_EVERY + 1
    copy = refresh()
    fresh = Digest()
    fresh.take(open_sheet().read())
    assert same(known(copy), known(fresh.work_out(NOW)))
    understanding = copy.understanding
    filled = len(tab.values) - 1
    assert understanding.responses + sum(understanding.left_out.values()) == max(filled, 0)
