"""Which practices count as in focus on the day of a session."""

from datetime import UTC, timedelta, timezone

from lib.plan import focus
from lib.plan.reached import ran_on
from tests.unit.plan.people import NAMES, at, records


def test_a_focus_runs_from_the_day_it_is_chosen_until_it_is_over_and_when_reopened() -> None:
    first = focus.choose(
        "goals", wave="fall", evidence="x", chosen=(), names=NAMES, who="lead", at=at(3)
    )
    (own,) = focus.focuses(records(first))
    over = focus.finish(own, who="lead", at=at(6))
    (own,) = focus.focuses(records(first, over))
    again = focus.reopen(own, chosen=(own,), names=NAMES, who="lead", at=at(9))
    (own,) = focus.focuses(records(first, over, again))
    days = [day for day in range(1, 13) if ran_on(own, at(day).date(), UTC)]
    assert days == [3, 4, 5, 9, 10, 11, 12]


def test_the_day_is_the_schools_own() -> None:
    first = focus.choose(
        "goals", wave="fall", evidence="x", chosen=(), names=NAMES, who="lead", at=at(3, 23)
    )
    (own,) = focus.focuses(records(first))
    assert ran_on(own, at(3).date(), UTC)
    assert not ran_on(own, at(3).date(), timezone(timedelta(hours=2)))
