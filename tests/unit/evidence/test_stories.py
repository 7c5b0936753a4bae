"""The stories planted in the sample school are found by this room, by name."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lib import intake
from lib.catalogue import CATALOGUE
from lib.evidence import build, windows
from lib.evidence.coverage import coverage, enrolled_from
from lib.evidence.effect import reach
from lib.evidence.selftest import attack
from lib.evidence.sensitivity import sensitivity
from lib.evidence.types import Audience, Change, Evidence, Figure, Flag, Hidden, Tier, WaveTable
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback
from lib.workbook import fold, tabs
from lib.workbook.records import Record
from lib.workbook.sample import load
from sample_data import make_sample, school, stories


@dataclass(frozen=True)
class Sample:
    """The sample school, read and worked out once for all tests here."""

    feedback: Feedback
    windows: Windows
    evidence: Evidence
    names: dict[str, str]
    records: dict[str, dict[str, Record]]

    def table(self, wave_id: str) -> WaveTable:
        return next(t for t in self.evidence.waves if t.wave.wave_id == wave_id)


@cache
def sample() -> Sample:
    seed = load(Path(make_sample.__file__).parent)
    records = fold(seed.events)
    feedback = intake.understand(intake.encode(seed.header, seed.rows), CATALOGUE)
    names = dict(intake.practice_names(feedback, CATALOGUE))
    found = windows(feedback.at, records[tabs.WAVES], now=school.CLOCK)
    return Sample(
        feedback, found, build(feedback, found, now=school.CLOCK, names=names), names, records
    )


def test_every_closed_wave_has_a_table_and_the_open_one_a_band() -> None:
    evidence = sample().evidence
    assert [table.wave.wave_id for table in evidence.waves] == [
        wave.wave_id for wave in school.WAVES if wave.closes
    ]
    assert all(table.everybody for table in evidence.waves)
    assert evidence.collecting is not None
    assert evidence.collecting.wave_id == stories.OPEN
    assert evidence.collecting_band == "100 to 199 answers"


@pytest.mark.parametrize(
    "story", [stories.ROSE, stories.ROSE_WITH_THE_REST, stories.NOT_MOVED], ids=lambda s: s.practice
)
def test_what_may_be_said_after_each_session(story: stories.AfterSession) -> None:
    session = sample().records[tabs.SESSIONS][story.session].fields["date"]
    found = reach(
        sample().feedback,
        sample().windows,
        story.practice,
        session=date.fromisoformat(session),
        chosen_on={story.chosen_on},
        now=school.CLOCK,
        name=sample().names[story.practice],
    )
    assert found.verdict.value == story.verdict
    assert found.before == sample().table(story.baseline).wave.label
    assert f"and {sample().table(story.after).wave.label}" in found.sentence


def test_the_practice_that_rose_is_better_and_the_others_are_not() -> None:
    words = sample().table(stories.ROSE.after).since_last
    assert [p for p, c in words.items() if c.change is Change.BETTER] == [stories.ROSE.practice]


def test_in_the_mood_wave_nearly_everything_is_better() -> None:
    words = sample().table(stories.MOOD_WAVE).since_last
    assert sum(c.change is Change.BETTER for c in words.values()) >= 12


def test_the_practice_that_fell_is_the_only_change() -> None:
    table = sample().table(stories.FELL_IN)
    for words in (table.since_last, table.since_last_year):
        assert {p: c.change for p, c in words.items() if c.change is not Change.SAME} == {
            stories.FELL: Change.WORSE
        }
    beside = next(p.beside for p in table.priorities if p.practice == stories.FELL)
    assert Flag.FALL in {one.flag for one in beside}


def test_the_practice_low_for_some_is_flagged_by_one_of_their_grades() -> None:
    table = sample().table(stories.LATEST_CLOSED)
    beside = next(p.beside for p in table.priorities if p.practice == stories.LOW_FOR_SOME)
    (gap,) = [one for one in beside if one.flag is Flag.GAP]
    assert gap.sentence.startswith(stories.LOW_GRADES)
    low = {
        cell.name: cell.favorable[stories.LOW_FOR_SOME].percent  # type: ignore[union-attr]
        for cell in table.cells_of(("Grade",), Audience.PUBLIC)
    }
    assert set(sorted(low, key=lambda name: low[name])[:2]) == set(stories.LOW_GRADES)


def test_what_used_to_work_is_said_and_stands_beside_the_rank() -> None:
    table = sample().table(stories.LATEST_CLOSED)
    assert table.everybody is not None
    shares = table.everybody.used_to_work
    said = {p: f.percent for p, f in shares.items() if isinstance(f, Figure)}
    assert max(said, key=lambda p: said[p]) == stories.USED_TO_WORK
    assert [
        p.practice for p in table.priorities if Flag.USED_TO_WORK in {one.flag for one in p.beside}
    ] == [stories.USED_TO_WORK]
    by_grade = [
        cell
        for cell in table.cells_of(("Grade",), Audience.PUBLIC)
        if isinstance(cell.used_to_work[stories.USED_TO_WORK], Figure)
    ]
    assert len(by_grade) >= 3  # bring-back by group


def test_the_clear_priority_is_the_only_one() -> None:
    table = sample().table(stories.LATEST_CLOSED)
    assert [p.practice for p in table.priorities if p.tier is Tier.CLEAR] == [
        stories.CLEAR_PRIORITY
    ]
    assert table.priorities[0].practice == stories.CLEAR_PRIORITY


def test_the_tiny_program_never_stands_alone() -> None:
    header, label = stories.HIDDEN_GROUP
    for table in sample().evidence.waves:
        with_it = [c for c in table.cells if (label,) in c.members and c.grouping == (header,)]
        assert all(len(cell.members) > 1 for cell in with_it)


def test_who_was_not_heard() -> None:
    enrolled, notes = enrolled_from(sample().records[tabs.GROUPS])
    assert notes == ()
    table = sample().table(stories.LATEST_CLOSED)
    found = coverage(table, enrolled)
    assert found is not None
    assert [g.name for g in found.groups if g.low] == list(stories.NOT_HEARD)
    assert "heard less than the others" in found.sentences[1]
    rows = np.flatnonzero(
        assign(sample().feedback.at, sample().windows.waves)
        == [w.wave_id for w in sample().windows.waves].index(stories.LATEST_CLOSED)
    )
    line = sensitivity(sample().feedback, rows, table, enrolled, sample().names)
    assert line is not None
    assert line.changed == ()


def test_trust_rises_over_the_waves() -> None:
    first, last = sample().evidence.waves[0], sample().evidence.waves[-1]
    (use,) = [header for header in last.trust if "will use" in header]
    before, now = first.trust[use], last.trust[use]
    assert isinstance(before, Figure)
    assert isinstance(now, Figure)
    assert now.low > before.high


@pytest.mark.parametrize("promise", stories.STUDENTS_SAY)
def test_what_students_say_of_a_promise(promise: str) -> None:
    wave, answer = stories.STUDENTS_SAY[promise]
    words = sample().records[tabs.PROMISES][promise].fields["follow_up"].rstrip(".")
    (bands,) = [bands for header, bands in sample().table(wave).followup.items() if words in header]
    assert max(bands, key=lambda band: band.percent).label == answer


def test_nothing_of_the_sample_is_hidden_without_a_reason() -> None:
    for table in sample().evidence.waves:
        for cell in table.cells:
            hidden = [p for p in cell.favorable.values() if isinstance(p, Hidden)]
            assert all(printed.reason.endswith(".") for printed in hidden)


def test_the_self_test_finds_nothing_on_the_sample() -> None:
    report = attack(
        sample().evidence,
        sample().feedback,
        sample().windows,
        now=school.CLOCK,
        names=sample().names,
        programs=25,
    )
    assert report.leaks == 0, report.as_text()
    assert all(attempt.tried for attempt in report.attempts)
