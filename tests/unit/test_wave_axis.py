"""Names under a trend: they never touch, and the newest wave's is always there."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lib.wave_axis import ROOMS, expression, names_in

WAVES = [
    (date(2024, 3, 10), "Spring 2024"),
    (date(2024, 10, 1), "Fall 2024"),
    (date(2025, 1, 25), "Winter 2025"),
    (date(2025, 4, 1), "Spring 2025"),
    (date(2025, 10, 1), "Fall 2025"),
    (date(2026, 1, 25), "Winter 2026"),
    (date(2026, 4, 20), "Spring 2026"),
    (date(2026, 10, 10), "Fall 2026"),
]


def test_a_phone_shows_the_ends_and_what_fits_between() -> None:
    assert list(names_in(WAVES, 280).values()) == ["Fall 2026", "Spring 2024", "Fall 2025"]
    assert len(names_in(WAVES, 960)) == len(WAVES)
    assert names_in(WAVES, 0) == {"2026-10-10": "Fall 2026"}
    assert names_in(WAVES[:1], 200) == {"2024-03-10": "Spring 2024"}
    assert names_in([], 200) == {}


def test_the_chart_chooses_by_its_own_width() -> None:
    said = expression(WAVES)
    assert [said.index(f"width >= {room} ?") for room in ROOMS] == sorted(
        (said.index(f"width >= {room} ?") for room in ROOMS), reverse=True
    )
    assert said.count("Fall 2026") == len(ROOMS) + 1


@given(st.lists(st.integers(0, 2000), min_size=1, unique=True), st.sampled_from(ROOMS))
def test_the_newest_is_never_left_out(days: list[int], room: int) -> None:
    waves = [(date(2024, 1, 1) + timedelta(day), f"Wave {day}") for day in sorted(days)]
    day, name = waves[-1]
    assert names_in(waves, room)[day.isoformat()] == name
