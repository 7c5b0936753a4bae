"""Waves from records, months and bursts, and which wave an answer belongs to."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from lib.evidence.types import Wave
from lib.evidence.waves import (
    NO_WAVE,
    assign,
    band,
    close_now,
    months,
    same_season,
    suggest,
    windows,
)
from lib.workbook import tabs
from lib.workbook.records import Record, fold, new_event
from tests.unit.evidence import WEEK, times, wave

NOW = datetime(2026, 6, 1)
SECOND = timedelta(seconds=1)
FALL = wave("Fall 2025", datetime(2025, 10, 6))
WINTER = wave("Winter 2026", datetime(2026, 1, 12))


def records(*rows: tuple[str, str, str]) -> dict[str, Record]:
    """Rows of PD Waves: label, opens, closes. Ids are w0, w1 ... in that order."""
    events = [
        new_event(
            tabs.WAVES,
            {"label": label, "opens": opens, "closes": closes},
            who="Ana",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            record_id=f"w{place}",
        )
        for place, (label, opens, closes) in enumerate(rows)
    ]
    return fold(events).get(tabs.WAVES, {})


def days(*dates: str) -> list[datetime]:
    return [datetime.fromisoformat(date) for date in dates]


# From records


def test_waves_of_the_tab_stand_oldest_first() -> None:
    found = windows(
        times(days("2025-10-07", "2026-01-13")),
        records(
            ("Winter", "2026-01-12T00:00:00", "2026-01-19T00:00:00"),
            ("Fall", "2025-10-06", "2025-10-13"),
        ),
        now=datetime(2026, 1, 15),
    )
    assert found.waves == (
        Wave("w1", "Fall", datetime(2025, 10, 6), datetime(2025, 10, 13)),
        Wave("w0", "Winter", datetime(2026, 1, 12), datetime(2026, 1, 19)),
    )
    assert found.notes == ()


def test_a_wave_without_an_end_is_open() -> None:
    found = windows(
        times(days("2026-01-13")), records(("Winter", "2026-01-12", "")), now=datetime(2027, 1, 1)
    )
    assert found.waves == (Wave("w0", "Winter", datetime(2026, 1, 12), None),)


def test_waves_that_overlap_part_where_the_later_one_opens() -> None:
    found = windows(
        times(days("2025-10-07", "2025-10-15", "2025-10-25")),
        records(("Early", "2025-10-06", "2025-10-20"), ("Late", "2025-10-13", "2025-10-27")),
        now=datetime(2025, 10, 26),
    )
    assert found.waves == (
        Wave("w0", "Early", datetime(2025, 10, 6), datetime(2025, 10, 13)),
        Wave("w1", "Late", datetime(2025, 10, 13), datetime(2025, 10, 27)),
    )
    assert found.notes == (
        "Early and Late overlap: answers from October 13, 2025 on count for Late.",
    )


def test_an_open_wave_ends_where_the_next_one_opens() -> None:
    found = windows(
        times(days("2025-10-07")),
        records(("Early", "2025-10-06", ""), ("Late", "2025-10-13", "")),
        now=datetime(2025, 10, 20),
    )
    assert [(w.label, w.closes) for w in found.waves] == [
        ("Early", datetime(2025, 10, 13)),
        ("Late", None),
    ]
    assert found.notes == ()


def test_of_two_waves_that_open_at_one_moment_only_one_holds() -> None:
    found = windows(
        times(days("2025-10-07")),
        records(("One", "2025-10-06", "2025-10-13"), ("Two", "2025-10-06", "2025-10-20")),
        now=datetime(2025, 10, 10),
    )
    assert [w.label for w in found.waves] == ["Two"]
    assert found.notes == ("One is left out: Two opens at the same moment.",)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("soon", "2025-10-13"), ("", "2025-10-13"), ("2025-10-06", "later"), ("10/6/2025", "")],
)
def test_a_wave_whose_dates_cannot_be_read_is_left_out_and_said(opens: str, closes: str) -> None:
    found = windows(
        times(days("2025-11-04")),
        records(("Broken", opens, closes), ("Good", "2025-11-03", "2025-11-10")),
        now=datetime(2025, 11, 5),
    )
    assert [w.label for w in found.waves] == ["Good"]
    assert found.notes == ("Broken is left out: its dates in PD Waves cannot be read.",)


@pytest.mark.parametrize("closes", ["2025-10-05", "2025-10-06"])
def test_a_wave_that_closes_before_it_opens_is_left_out_and_said(closes: str) -> None:
    found = windows(
        times(days("2025-11-04")),
        records(("", "2025-10-06", closes), ("Good", "2025-11-03", "2025-11-10")),
        now=datetime(2025, 11, 5),
    )
    assert [w.label for w in found.waves] == ["Good"]
    assert found.notes == (
        "A wave without a name is left out: in PD Waves it closes before it opens.",
    )


def test_answers_after_the_last_wave_go_to_the_next_one() -> None:
    given = records(("Fall", "2025-10-06", "2025-10-13"))
    at = times(days("2025-10-07", "2025-10-13"))
    found = windows(at, given, now=datetime(2025, 10, 20))
    assert found.waves[1:] == (
        Wave("after-w0", "Since October 13, 2025", datetime(2025, 10, 13), None),
    )
    assert assign(at, found.waves).tolist() == [0, 1]
    assert found.notes == ()
    early = windows(times(days("2025-10-07")), given, now=datetime(2025, 10, 20))
    assert len(early.waves) == 1


def test_answers_outside_every_wave_are_said() -> None:
    given = records(("Fall", "2025-10-06", "2025-10-13"), ("Winter", "2026-01-12", "2026-01-19"))
    at = times([*days("2025-09-01", "2025-10-07", "2025-12-24", "2026-01-13"), None])
    found = windows(at, given, now=datetime(2026, 1, 15))
    assert found.notes == (
        "Some answers have no time that can be read, so they are not counted.",
        "Some answers have a time outside every wave, so they are not counted.",
    )
    assert assign(at, found.waves).tolist() == [NO_WAVE, 0, NO_WAVE, 1, NO_WAVE]


# Without records


def test_calendar_months_hold_where_no_wave_is_given() -> None:
    at = times(days("2025-12-31T23:59:59", "2025-10-01", "2025-10-31", "2026-01-01"))
    found = windows(at, {}, now=NOW)
    assert found.waves == (
        Wave("2025-10", "October 2025", datetime(2025, 10, 1), datetime(2025, 11, 1)),
        Wave("2025-12", "December 2025", datetime(2025, 12, 1), datetime(2026, 1, 1)),
        Wave("2026-01", "January 2026", datetime(2026, 1, 1), datetime(2026, 2, 1)),
    )
    assert found.waves == months(at)
    assert assign(at, found.waves).tolist() == [1, 0, 0, 2]


def test_the_present_month_is_open() -> None:
    (month,) = windows(times(days("2026-06-01")), {}, now=NOW).waves
    assert not month.closed(datetime(2026, 6, 30, 23, 59, 59))
    assert month.closed(datetime(2026, 7, 1))


def test_without_any_time_all_answers_are_one_open_wave() -> None:
    at = times([None] * 3)
    found = windows(at, {}, now=NOW)
    assert [(w.wave_id, w.label, w.closes) for w in found.waves] == [("all", "All answers", None)]
    assert assign(at, found.waves).tolist() == [0, 0, 0]
    assert found.notes == ()


def test_without_any_time_all_answers_belong_to_the_last_given_wave() -> None:
    at = times([None] * 3)
    given = records(("Fall", "2025-10-06", "2025-10-13"), ("Winter", "2026-01-12", ""))
    found = windows(at, given, now=NOW)
    assert assign(at, found.waves).tolist() == [1, 1, 1]
    assert found.notes == ()


def test_without_answers_there_is_no_wave() -> None:
    assert windows(times([]), {}, now=NOW).waves == ()
    assert assign(times(days("2026-01-01")), ()).tolist() == [NO_WAVE]


# The edges of a window


def test_a_window_holds_its_first_moment_and_not_its_last() -> None:
    assert FALL.closes is not None
    at = times(
        [
            FALL.opens - SECOND,
            FALL.opens,
            FALL.closes - SECOND,
            FALL.closes,
            WINTER.opens - SECOND,
            WINTER.opens,
            None,
        ]
    )
    found = assign(at, (FALL, WINTER)).tolist()
    assert found == [NO_WAVE, 0, 0, NO_WAVE, NO_WAVE, 1, NO_WAVE]


def test_where_two_windows_meet_the_moment_is_of_the_later_one() -> None:
    assert FALL.closes is not None
    following = wave("Next", FALL.closes)
    at = times([FALL.closes - SECOND, FALL.closes])
    assert assign(at, (FALL, following)).tolist() == [0, 1]


def test_a_wave_is_closed_from_the_moment_it_closes() -> None:
    assert FALL.closes is not None
    assert not FALL.closed(FALL.closes - SECOND)
    assert FALL.closed(FALL.closes)


def test_an_open_window_holds_all_that_comes() -> None:
    still_open = Wave("x", "Open", datetime(2026, 1, 12), None)
    assert assign(times(days("2031-01-01")), (still_open,)).tolist() == [0]


# Suggested from bursts


def burst(day: str, count: int) -> list[datetime]:
    return [datetime.fromisoformat(day) + timedelta(hours=9)] * count


def test_two_weeks_without_an_answer_part_two_bursts() -> None:
    at = times(burst("2025-10-06", 12) + burst("2025-10-20", 3) + burst("2025-11-04", 10))
    assert suggest(at, now=NOW) == (
        # October 20 is 14 days after October 6: still one burst; November 4 is 15 days later.
        Wave("2025-10-06", "October 2025", datetime(2025, 10, 6), datetime(2025, 10, 28)),
        Wave("2025-11-04", "November 2025", datetime(2025, 11, 4), datetime(2025, 11, 12)),
    )


def test_fewer_than_ten_answers_join_the_nearer_burst() -> None:
    first, last = burst("2025-10-06", 10), burst("2025-12-15", 10)
    later = suggest(times(first + burst("2025-11-24", 9) + last), now=NOW)
    assert [w.label for w in later] == ["October 2025", "November to December 2025"]
    earlier = suggest(times(first + burst("2025-10-27", 9) + last), now=NOW)
    assert [w.label for w in earlier] == ["October 2025", "December 2025"]
    ten = suggest(times(first + burst("2025-11-10", 10) + last), now=NOW)
    assert [w.label for w in ten] == ["October 2025", "November 2025", "December 2025"]


def test_the_last_burst_may_still_be_open() -> None:
    at = times(burst("2026-05-25", 12))
    assert suggest(at, now=datetime(2026, 6, 1))[0].closes is None
    assert suggest(at, now=datetime(2026, 6, 2))[0].closes == datetime(2026, 6, 2)


def test_a_burst_over_new_year_says_both_years_and_equal_names_are_numbered() -> None:
    (only,) = suggest(times(burst("2025-12-29", 6) + burst("2026-01-05", 6)), now=NOW)
    assert only.label == "December 2025 to January 2026"
    twice = suggest(times(burst("2025-10-01", 10) + burst("2025-10-31", 10)), now=NOW)
    assert [w.label for w in twice] == ["October 2025, 1", "October 2025, 2"]


def test_suggested_waves_hold_every_answer_that_has_a_time() -> None:
    dates = [*burst("2025-10-06", 3), *burst("2025-11-24", 30), *burst("2026-03-02", 11)]
    at = times([*dates, None])
    assert assign(at, suggest(at, now=NOW)).tolist() == [0] * 33 + [1] * 11 + [NO_WAVE]
    assert suggest(times([None]), now=NOW) == ()


# Closing, seasons, bands


def test_closing_now_writes_every_wave_that_has_begun() -> None:
    now = datetime(2026, 1, 15, 10)
    later = wave("Spring 2026", datetime(2026, 4, 6))
    found = close_now((FALL, WINTER, later), now=now)
    assert found == (FALL, Wave("winter-2026", "Winter 2026", WINTER.opens, now))
    assert found[1].closed(now)


def test_answers_after_closing_now_go_to_the_next_wave() -> None:
    now = datetime(2026, 1, 15, 10)
    closed = close_now((FALL, WINTER), now=now)
    at = times([now - SECOND, now])
    given = records(
        *((w.label, w.opens.isoformat(), (w.closes or now).isoformat()) for w in closed)
    )
    assert assign(at, windows(at, given, now=now).waves).tolist() == [1, 2]


def test_closing_now_closes_months_and_a_wave_without_times() -> None:
    now = datetime(2026, 6, 10)
    (june,) = close_now(months(times(days("2026-06-03"))), now=now)
    assert june == Wave("2026-06", "June 2026", datetime(2026, 6, 1), now)
    (everything,) = close_now(windows(times([None]), {}, now=now).waves, now=now)
    assert everything.closes == now


@pytest.mark.parametrize(
    ("days_apart", "found"),
    [(365, True), (365 - 45, True), (365 + 45, True), (319, False), (411, False)],
)
def test_the_same_season_lies_a_year_ago_give_or_take_45_days(days_apart: int, found: bool) -> None:
    before = wave("Before", FALL.opens - timedelta(days=days_apart))
    assert same_season(FALL, [before]) == (before if found else None)


def test_of_two_waves_in_season_the_nearer_one_counts() -> None:
    near = wave("Near", FALL.opens - timedelta(days=370))
    far = wave("Far", FALL.opens - timedelta(days=340))
    assert same_season(FALL, [far, near]) == near
    assert same_season(FALL, []) is None


def test_the_season_is_judged_by_the_middle_of_a_wave() -> None:
    # Its first day is 420 days before, its middle only 364.
    opens = FALL.opens - timedelta(days=420)
    long = wave("Long", opens, opens + 2 * timedelta(days=56) + WEEK)
    assert same_season(FALL, [long]) == long


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "10 to 24"),
        (24, "10 to 24"),
        (25, "25 to 49"),
        (99, "50 to 99"),
        (100, "100 to 199"),
        (999, "500 to 999"),
        (1000, "1,000 to 1,999"),
        (4999, "2,000 to 4,999"),
        (5000, "5,000 or more"),
        (100000, "5,000 or more"),
    ],
)
def test_a_band_at_its_edges(count: int, words: str) -> None:
    assert band(count) == words


def test_no_answer_before_its_wave_or_after_it_is_counted_twice() -> None:
    at = times(burst("2025-10-06", 7) + burst("2026-01-13", 5))
    counted = np.bincount(assign(at, (FALL, WINTER)))
    assert counted.tolist() == [7, 5]
