"""Bring back: ranked by printed shares, since when, by whom, and what talks add."""

from collections import Counter
from datetime import datetime

from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Cell,
    Coding,
    Evidence,
    Figure,
    Hidden,
    Printed,
    Wave,
    WaveTable,
)
from lib.intake.feedback import Standing
from lib.voices.bring_back import bring_back

PUBLIC, STAFF = Audience.PUBLIC, Audience.STAFF
GRADE = ("Grade",)


def figure(percent: int, coding: Coding = Coding.EXACT) -> Figure:
    return Figure(percent, percent - 5, percent + 5, coding)


def wave(number: int, used: dict[str, Printed], *groups: Cell) -> WaveTable:
    window = Wave(
        f"w{number}", f"Wave {number}", datetime(2026, number, 1), datetime(2026, number, 9)
    )
    everybody = Cell(PUBLIC, EVERYBODY, (), 300, {}, used_to_work=used)
    return WaveTable(window, (everybody, *groups), {}, {}, {}, ())


def group(name: str, used: dict[str, Printed], audience: Audience = PUBLIC) -> Cell:
    return Cell(audience, GRADE, ((name,),), 40, {}, used_to_work=used)


EVIDENCE = Evidence(
    (
        wave(1, {"handson": figure(20), "talk": figure(5)}),
        wave(2, {"handson": figure(5, Coding.AT_MOST), "talk": figure(11)}),
        wave(3, {"handson": figure(10), "talk": Hidden("too few")}),
        wave(
            4,
            {"talk": figure(12), "handson": figure(26), "pace": figure(3), "calm": Hidden("few")},
            group("Grade 6", {"handson": figure(30), "talk": figure(5, Coding.AT_MOST)}),
            group("Grade 7", {"handson": figure(35)}, STAFF),
            group("Grade 8", {"handson": figure(10, Coding.AT_MOST)}),
        ),
    ),
    None,
    "",
)


def test_the_largest_printed_share_comes_first_and_hidden_ones_are_left_out() -> None:
    found = bring_back(EVIDENCE, PUBLIC, {})
    assert [(each.practice, each.figure and each.figure.percent) for each in found] == [
        ("handson", 26),
        ("talk", 12),
        ("pace", 3),
    ]


def test_since_is_the_first_wave_of_those_in_a_row() -> None:
    since = {each.practice: each.since for each in bring_back(EVIDENCE, PUBLIC, {})}
    assert since == {"handson": "Wave 3", "talk": "Wave 4", "pace": ""}


def test_groups_are_published_ones_that_say_so() -> None:
    def groups(audience: Audience) -> list[tuple[str, int]]:
        handson = bring_back(EVIDENCE, audience, {})[0]
        return [(says.group, says.figure.percent) for says in handson.groups]

    assert groups(PUBLIC) == [("Grade 6", 30)]
    assert groups(STAFF) == [("Grade 7", 35), ("Grade 6", 30)]


def test_talks_stand_beside_and_come_last_alone() -> None:
    talks = {
        "calm": Counter({Standing.USED_TO_WORK: 2}),
        "pace": Counter({Standing.WORKS: 9}),
        "handson": Counter({Standing.USED_TO_WORK: 1}),
    }
    found = bring_back(EVIDENCE, PUBLIC, talks)
    assert [(each.practice, each.talks) for each in found] == [
        *(("handson", 1), ("talk", 0), ("pace", 0), ("calm", 2)),
    ]
    assert found[-1].figure is None


def test_without_evidence_only_talks_are_left() -> None:
    nothing = Evidence((), None, "")
    assert bring_back(nothing, PUBLIC, {}) == ()
    found = bring_back(nothing, PUBLIC, {"calm": Counter({Standing.USED_TO_WORK: 1})})
    assert [(each.practice, each.since, each.groups) for each in found] == [("calm", "", ())]
