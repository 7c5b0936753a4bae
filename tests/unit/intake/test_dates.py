"""Timestamps: each format by itself, and the order of day and month from the whole column."""

from collections.abc import Sequence

import numpy as np
import pytest

from lib.intake.dates import Times, read_times
from lib.intake.moments import DAY_FIRST, MONTH_FIRST
from lib.workbook.protocol import Cell


def _read(cells: Sequence[Cell], language: str | None = "English", said: str = "") -> Times:
    distinct = list(dict.fromkeys(cell for cell in cells if cell is not None))
    codes = [-1 if cell is None else distinct.index(cell) for cell in cells]
    return read_times(distinct, np.array(codes, np.int32), language, said)


def _at(times: Times) -> list[str]:
    return [str(moment) for moment in times.at]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("3/22/2022 18:51:20", "2022-03-22T18:51:20"),
        ("22/03/2022 18:51", "2022-03-22T18:51:00"),
        ("22.03.2022 18:51:20", "2022-03-22T18:51:20"),
        ("22-03-2022 18.51.20", "2022-03-22T18:51:20"),
        ("22/03/22 6:51:20 PM", "2022-03-22T18:51:20"),
        ("2017/07/24 2:16:47 PM GMT+2", "2017-07-24T14:16:47"),
        ("2017/07/24 12:16:47 AM GMT+5:30", "2017-07-24T00:16:47"),
        ("2022-03-22T18:51:20Z", "2022-03-22T18:51:20"),
        ("2022-03-22 18:51:20.123", "2022-03-22T18:51:20"),
        ("22/3/2022 12:15:20 p.\u00a0m.", "2022-03-22T12:15:20"),
        ("22/3/2022 12:15:20 a.\u202fm.", "2022-03-22T00:15:20"),
        ("2018/10/31 3:50:46 ÖS GMT+3", "2018-10-31T15:50:46"),
        ("2018/10/31 ÖÖ 3:50:46", "2018-10-31T03:50:46"),
        ("31/10/2018 ٣:٥٠:٤٦ م", "2018-10-31T15:50:46"),
        ("\u200f٣١\u200f/١٠\u200f/٢٠١٨ ٣:٥٠:٤٦ ص", "2018-10-31T03:50:46"),
        ("2022年3月22日 下午6:51:20", "2022-03-22T18:51:20"),
        ("2022/3/22 上午 12:05:00", "2022-03-22T00:05:00"),
        ("6:51:20 CH 22/03/2022", "2022-03-22T18:51:20"),
        ("22 de marzo de 2022, 18:51:20", "2022-03-22T18:51:20"),
        ("22 Mar 2022 18:51:20", "2022-03-22T18:51:20"),
        ("March 22, 2022 6:51 PM", "2022-03-22T18:51:00"),
        ("22 Mart 2022 18:51", "2022-03-22T18:51:00"),
        ("22/03/2022", "2022-03-22T00:00:00"),
        (44642.785648148, "2022-03-22T18:51:20"),
        ("44642,785648148", "2022-03-22T18:51:20"),
    ],
)
def test_each_format(cell: Cell, moment: str) -> None:
    times = _read([cell])
    assert _at(times) == [moment]
    assert not len(times.unread)


@pytest.mark.parametrize(
    "cell", ["soon", "25:00", "32/13/2022 10:00", "12", "7.5", 3.0, True, "1/2"]
)
def test_what_is_no_date_stays_without_one_and_is_named(cell: Cell) -> None:
    times = _read([cell])
    assert _at(times) == ["NaT"]
    assert times.unread.tolist() == [0]


def test_a_day_over_twelve_decides_for_the_whole_column() -> None:
    times = _read(["03/04/2022 10:00", "13/04/2022 10:00"])
    assert _at(times) == ["2022-04-03T10:00:00", "2022-04-13T10:00:00"]
    assert times.doubt == ""
    assert "day comes first" in times.why


def test_month_first_under_a_portuguese_header() -> None:
    times = _read(["4/3/2022 10:00", "4/13/2022 10:00"], "Portuguese")
    assert _at(times) == ["2022-04-03T10:00:00", "2022-04-13T10:00:00"]
    assert times.doubt == ""


def _in_time(steps_back: int) -> Sequence[Cell]:
    """Rows in time, month first; read with the day first they go back so often."""
    months = steps_back + 1
    return [f"{m}/{d}/2022 9:00" for m in range(1, months + 1) for d in (1, 12)]


def test_rows_that_run_in_time_decide_where_no_date_does() -> None:
    times = _read(_in_time(8), "Spanish")
    assert _at(times)[1] == "2022-01-12T09:00:00"
    assert (times.order, times.doubt) == (MONTH_FIRST, "")
    assert "run in time" in times.why


def test_fewer_than_eight_steps_back_decide_nothing() -> None:
    times = _read(_in_time(7), "Spanish")
    assert times.order == DAY_FIRST
    assert "as is usual in the header's language" in times.doubt


@pytest.mark.parametrize(("others", "doubt"), [(4, False), (5, True)])
def test_more_than_a_third_as_many_steps_back_the_other_way_decide_nothing(
    others: int, doubt: bool
) -> None:
    # 9 steps back with the day first and 3 with the month first; then 10 and 4.
    back: list[Cell] = [f"{m}/{d}/2023 9:00" for d in range(1, others + 1) for m in (12, 1)][1:]
    cells: list[Cell] = [*_in_time(6), *back]
    times = _read(cells, "Spanish")
    assert bool(times.doubt) is doubt
    assert times.order == (DAY_FIRST if doubt else MONTH_FIRST)


def test_one_pair_of_rows_decides_nothing() -> None:
    times = _read(["03/02/2026 10:00:00", "04/01/2026 10:00:00"], "Spanish")
    assert _at(times) == ["2026-02-03T10:00:00", "2026-01-04T10:00:00"]
    assert times.doubtful.tolist() == [0, 1]
    assert "as is usual in the header's language" in times.doubt


@pytest.mark.parametrize(
    ("language", "moment"),
    [("English", "2022-05-04T10:00:00"), ("Spanish", "2022-04-05T10:00:00")],
)
def test_a_default_is_said_aloud(language: str, moment: str) -> None:
    times = _read([None, "5/4/2022 10:00"], language)
    assert _at(times) == ["NaT", moment]
    assert times.doubtful.tolist() == [1]
    assert "as is usual in the header's language" in times.doubt


def test_equal_day_and_month_leave_no_doubt() -> None:
    assert _read(["5/5/2022 10:00", "6/6/2022 10:00"]).doubt == ""


def test_two_formats_in_one_column() -> None:
    cells = [
        "3/14/2022 9:00",
        "3/9/2022 9:00",
        "4/2/2022 9:00",
        "15/04/2022 9:00",
        "02/05/2022 9:00",
    ]
    times = _read(cells)
    assert _at(times) == [
        "2022-03-14T09:00:00",
        "2022-03-09T09:00:00",
        "2022-04-02T09:00:00",
        "2022-04-15T09:00:00",
        "2022-05-02T09:00:00",
    ]
    assert times.doubtful.tolist() == [1, 2, 4]
    assert "Two ways of writing dates" in times.doubt


def test_repeated_and_out_of_order_moments_are_kept_as_they_are() -> None:
    cells = ["3/22/2022 9:00", "3/20/2022 9:00", "3/22/2022 9:00"]
    assert _at(_read(cells)) == [
        "2022-03-22T09:00:00",
        "2022-03-20T09:00:00",
        "2022-03-22T09:00:00",
    ]


def test_serial_numbers_leave_no_doubt() -> None:
    times = _read([45000.25, 45001.5])
    assert _at(times) == ["2023-03-15T06:00:00", "2023-03-16T12:00:00"]
    assert "leave no doubt" in times.why
    assert not times.both_ways


@pytest.mark.parametrize(
    ("said", "moment"), [(DAY_FIRST, "2022-04-05T10:00:00"), (MONTH_FIRST, "2022-05-04T10:00:00")]
)
@pytest.mark.parametrize("language", ["English", "Spanish"])
def test_what_a_person_says_holds_and_settles_the_doubt(
    said: str, moment: str, language: str
) -> None:
    times = _read(["5/4/2022 10:00", "6/6/2022 10:00"], language, said)
    assert _at(times)[0] == moment
    assert (times.order, times.doubt, times.doubtful.tolist()) == (said, "", [])
    assert times.both_ways


def test_a_date_against_what_a_person_says_is_kept_and_named() -> None:
    cells = ["3/4/2022 9:00", "3/14/2022 9:00", "soon it is", "2022-03-09 9:00", 44642.5]
    times = _read(cells, said=DAY_FIRST)
    assert _at(times) == [
        "2022-04-03T09:00:00",
        "2022-03-14T09:00:00",
        "NaT",
        "2022-03-09T09:00:00",
        "2022-03-22T12:00:00",
    ]
    assert (times.doubtful.tolist(), times.unread.tolist()) == ([1], [2])
    assert "can only be read with the month first" in times.doubt


def test_another_word_about_the_order_is_not_heeded() -> None:
    assert _read(["13/4/2022 10:00"], said="year last").order == DAY_FIRST


@pytest.mark.parametrize(
    ("cell", "question"),
    [
        ("3/4/2022 9:00", True),
        ("3/3/2022 9:00", False),
        ("13/4/2022 9:00", False),
        ("2022/3/4 9:00", False),
        ("4 March 2022", False),
        (44642.5, False),
    ],
)
def test_whether_the_order_is_a_question_at_all(cell: Cell, question: bool) -> None:
    assert _read([cell]).both_ways is question
