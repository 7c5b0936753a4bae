"""Suggested waves become the school's own, all at once or not at all."""

from datetime import UTC, datetime

import pytest

from lib.decided import DecisionProblem
from lib.evidence.types import Evidence, Wave
from lib.plan import waves
from lib.workbook import fold, tabs

STAMP = {"who": "Ana", "at": datetime(2026, 3, 2, 15, 0, tzinfo=UTC)}
FALL = Wave(
    "2025-09-30", "September to October 2025", datetime(2025, 9, 30), datetime(2025, 10, 13)
)
WINTER = Wave("2026-02-01", "February 2026", datetime(2026, 2, 1), None)


def test_suggested_waves_are_written_under_the_names_given_in_one_go() -> None:
    events = waves.accept([FALL, WINTER], ["Fall 2025", " Winter\n2026 "], {}, **STAMP)
    assert [(e.tab, e.record_id, dict(e.fields)) for e in events] == [
        (
            tabs.WAVES,
            "2025-09-30",
            {
                "label": "Fall 2025",
                "opens": "2025-09-30T00:00:00",
                "closes": "2025-10-13T00:00:00",
            },
        ),
        (
            tabs.WAVES,
            "2026-02-01",
            {"label": "Winter 2026", "opens": "2026-02-01T00:00:00", "closes": ""},
        ),
    ]


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (["Fall", " "], "A wave has no name"),
        (["Fall", "fall"], "Two waves have the same name"),
        (["Fall", "x" * 121], "121 characters"),
    ],
)
def test_a_wave_needs_a_name_of_its_own(labels: list[str], says: str) -> None:
    with pytest.raises(DecisionProblem, match=says):
        waves.accept([FALL, WINTER], labels, {}, **STAMP)


def test_waves_that_somebody_else_has_set_are_not_written_over() -> None:
    first = fold(waves.accept([FALL], ["Fall"], {}, **STAMP))[tabs.WAVES]
    with pytest.raises(DecisionProblem, match="in the meantime"):
        waves.accept([FALL, WINTER], ["Fall", "Winter"], first, **STAMP)


def test_closing_a_wave_with_too_few_answers_is_advised_against() -> None:
    advice = "wait for more if you can"
    assert advice in waves.before_closing(Evidence((), WINTER, "fewer than 10 answers"))
    assert advice not in waves.before_closing(Evidence((), WINTER, "10 to 24 answers"))


def test_a_wave_says_its_first_and_its_last_day() -> None:
    assert waves.days(FALL) == "Sep 30, 2025 to Oct 12, 2025"
    assert waves.days(WINTER) == "since Feb 1, 2026"
