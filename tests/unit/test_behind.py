"""What is asked of the answers behind the tables: bounded, one at a time, in nobody's way."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lib import behind, live
from lib.evidence import attempts
from lib.evidence.selftest import Report
from lib.workbook import Event, WorkbookProblem, new_event, tabs
from lib.workbook.sqlite import Seed, SqliteWorkbook
from tests.unit.test_live import AT, HEADER, NOW, Failing, rows

ROOT = Path(__file__).parents[2]


def nothing(share: float, what: str) -> None:
    """Nobody looks."""


@pytest.fixture
def workbook(tmp_path: Path) -> SqliteWorkbook:
    seed = Seed("Form Responses 1", HEADER, rows(60), (), "America/Chicago", NOW)
    return SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)


@pytest.fixture
def school(workbook: SqliteWorkbook) -> live.Live:
    return live.Live(workbook, workbook.clock)


def test_a_self_test_tells_how_far_it_is_and_keeps_its_report(school: live.Live) -> None:
    noted: list[tuple[float, str]] = []
    assert school.behind.tested is None
    tested = school.behind.self_test(lambda share, what: noted.append((share, what)))
    assert tested.at == NOW
    assert (tested.report.leaks, tested.report.complete) == (0, True)
    assert [what for _, what in noted] == [a.what for a in tested.report.attempts]
    assert [share for share, _ in noted] == sorted(share for share, _ in noted)
    assert school.behind.tested is tested


def test_no_answer_is_in_a_report(school: live.Live) -> None:
    tested = school.behind.self_test(nothing)
    assert "array" not in repr(tested)
    assert "2026-02" not in repr(tested)


def test_when_the_time_is_over_the_report_says_what_was_not_tried(school: live.Live) -> None:
    report = school.behind.self_test(nothing, seconds=0).report
    assert [attempt.left for attempt in report.attempts] == [None] * 9
    assert not report.complete
    assert "not tried, the time was over." in report.as_text()
    assert report.verdict == "Nothing was found in what was tried."


def test_linear_programs_stop_when_the_time_is_over(school: live.Live) -> None:
    class Late(attempts.Watch):
        @property
        def over(self) -> bool:
            return True

    answers = school._answers()
    assert answers is not None
    from lib.evidence.scenes import scenes_of

    scenes = scenes_of(
        answers.evidence, answers.feedback, answers.windows, answers.floors, answers.groupings
    )
    tried = attempts.ends(scenes).tried
    assert tried
    found = attempts.few_who_differ(scenes, 10, Late())
    assert found.tried == 0
    assert found.left == sum(
        bool(getattr(question.printed(cell), "coding", ""))
        for scene in scenes
        for question in scene.questions
        for cell in scene.cells
    )


def test_an_incomplete_report_says_so_in_a_line() -> None:
    report = Report((attempts.Attempt("Tried it", 1200, (), 40),), ("Fall was not attacked.",))
    assert report.as_text() == (
        "Tried it: tried 1,200, found 0, 40 more not tried, the time was over.\n"
        "Fall was not attacked.\n"
        "Nothing was found in what was tried."
    )


def test_two_who_ask_at_once_cost_one_attack(
    school: live.Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lib.evidence import selftest

    begun, go_on = threading.Event(), threading.Event()
    attacks: list[object] = []
    real = selftest.attack

    def slow(*about: object, **more: object) -> Report:
        attacks.append(about)
        begun.set()
        go_on.wait(10)
        return real(*about, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(selftest, "attack", slow)
    found: list[behind.Tested] = []
    viewers = [
        threading.Thread(target=lambda: found.append(school.behind.self_test(nothing)))
        for _ in range(2)
    ]
    viewers[0].start()
    assert begun.wait(10)
    viewers[1].start()
    # Meanwhile nobody else waits: pages are read and decisions are saved.
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    school.record([event])
    assert school.school().title == "Elm"
    go_on.set()
    for viewer in viewers:
        viewer.join()
    assert len(attacks) == 1
    assert found[0] is found[1]


def test_after_a_start_from_the_last_good_copy_it_says_why_it_cannot_run(
    workbook: SqliteWorkbook, tmp_path: Path
) -> None:
    path = tmp_path / "copy" / "last-good.json"
    live.Live(workbook, NOW, path).refresh()
    down = Failing(workbook)
    down.broken = True
    restored = live.Live(down, NOW, path)
    assert restored.school().evidence.latest is not None
    with pytest.raises(WorkbookProblem, match="last good copy"):
        restored.behind.self_test(nothing)
    assert restored.behind.tested is None
    assert restored.behind.remakes() == ()
    down.broken = False
    restored.refresh()
    assert restored.behind.self_test(nothing).report.leaks == 0


def test_a_frozen_wave_whose_answers_changed_is_not_attacked_and_said(
    school: live.Live, workbook: SqliteWorkbook
) -> None:
    import sqlite3

    given = {"label": "Winter", "opens": "2026-02-01T00:00:00", "closes": "2026-03-01T00:00:00"}
    school.record([new_event(tabs.WAVES, given, who="it", at=AT, record_id="winter")])
    school.refresh()
    assert school.behind.self_test(nothing).report.not_attacked == ()
    with sqlite3.connect(workbook._path) as database:
        database.execute("DELETE FROM form_row WHERE position <= 3")
    school.refresh()
    report = school.behind.self_test(nothing).report
    assert report.not_attacked == (
        "Winter was not attacked: its answers, or how they are read, have changed since its "
        "figures were frozen.",
    )
    assert report.verdict == "Nothing was found in what was tried."


def test_pages_start_without_the_solver() -> None:
    """Linear programs take a second to load: only who attacks pays for them."""
    code = (
        "import sys; from lib import frame, tables, behind; "
        "sys.exit(any(name.split('.')[0] == 'scipy' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_declared_pairs_are_looked_at_and_a_wrong_one_is_said(tmp_path: Path) -> None:
    workbook = two_questions(tmp_path)
    before = live.Live(workbook, NOW.replace(month=2, day=27))
    assert before.school().evidence.waves == ()
    before.record([declared_pairs()])
    seen = live.Live(workbook, NOW).school()
    (table_of_wave,) = seen.evidence.waves
    assert ("Grade", "Program") in {cell.grouping for cell in table_of_wave.cells}
    assert any("Grade + House" in note for note in seen.notes)


def test_a_pair_declared_after_a_wave_was_frozen_says_from_when_it_holds(tmp_path: Path) -> None:
    school = live.Live(two_questions(tmp_path), NOW)
    (frozen,) = school.school().evidence.waves
    assert {len(cell.grouping) for cell in frozen.cells} == {0, 1}
    assert not frozen.not_offered
    school.record([declared_pairs()])
    (table_of_wave,) = school.school().evidence.waves
    assert table_of_wave.cells == frozen.cells
    assert table_of_wave.not_offered == {
        ("Grade", "Program"): "By Grade and Program: not looked at when the figures of February "
        "2026 were frozen. It holds from the next wave on."
    }


def two_questions(tmp_path: Path) -> SqliteWorkbook:
    """A school with two group questions, all answers in February 2026."""
    header = ("Timestamp", "Grade", "Program", "The teacher explains well [1-5]")
    table = [
        [f"2/{1 + i % 27}/2026 10:00:00", f"Grade {6 + i % 2}", "AB"[i // 2 % 2], str(1 + i % 5)]
        for i in range(120)
    ]
    seed = Seed("Form Responses 1", header, table, (), "America/Chicago", NOW)
    return SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)


def declared_pairs() -> Event:
    pairs = {"name": "group pairs", "value": "Grade + Program; Grade + House"}
    return new_event(tabs.SETTINGS, pairs, who="it", at=AT)
