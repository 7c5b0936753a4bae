"""One small wave, traced by hand: every figure that is printed of it."""

from collections.abc import Sequence

import numpy as np
import pytest

from lib.evidence import Floors
from lib.evidence.types import (
    Audience,
    Band,
    Change,
    Coding,
    Comparison,
    Figure,
    Hidden,
    Printed,
    WaveTable,
)
from lib.intake.feedback import MISSING, Scale, Standing
from tests.unit.evidence import NO, YES, closed, made, share

NAMES = {"goals": "Clear goals", "pace": "A pace that fits", "calm": "Calm time to work"}
NOT_ASKED = Hidden("Not asked in this wave.")
TOO_FEW = Hidden("Too few answers to show.")
SMALL_GROUP = Hidden("Hidden to protect a small group.")
FEW_SAID_SO = Hidden("Too few said so, or too few did not, to show how many.")

GRADES = ["Grade 6"] * 20 + ["Grade 7"] * 12 + ["Grade 8"] * 8


def by_grade(six: int, seven: int, eight: int) -> list[int]:
    """Answers of the forty, so many of each grade favorable."""
    return share(six, 20 - six) + share(seven, 12 - seven) + share(eight, 8 - eight)


def forty() -> WaveTable:
    ratings = {"goals": by_grade(12, 7, 4), "pace": by_grade(7, 8, 5), "calm": by_grade(14, 8, 2)}
    return closed(made(ratings, groups={"Grade": GRADES}), names=NAMES).waves[0]


def everybody(ratings: Sequence[int], floors: Floors | None = None) -> Printed:
    """What is printed of one practice for everybody."""
    table = closed(made({"goals": ratings}), floors=floors).waves[0]
    assert table.everybody is not None
    return table.everybody.favorable["goals"]


# The cells and their figures


def test_the_cells_of_the_forty() -> None:
    cells = [(cell.audience, cell.name, cell.n) for cell in forty().cells]
    assert cells == [
        (Audience.PUBLIC, "everybody", 40),
        # 8 in grade 8 are fewer than 10: the public sees them with the next smallest, 12 + 8.
        (Audience.PUBLIC, "Grade 6", 20),
        (Audience.PUBLIC, "Grade 7 or Grade 8", 20),
        (Audience.STAFF, "Grade 7", 10),
        (Audience.STAFF, "Grade 8", 10),
    ]


def test_every_figure_of_the_forty() -> None:
    printed = {cell.name: dict(cell.favorable) for cell in forty().cells}
    assert printed == {
        # 23 of 40 are 57.5 %, halves upward; 20 of 40; 24 of 40. Wilson on 58 % of 40, and so on.
        "everybody": {
            "goals": Figure(58, 43, 72),
            "pace": Figure(50, 35, 65),
            "calm": Figure(60, 45, 74),
        },
        # 12 of 20, 7 of 20.
        "Grade 6": {
            "goals": Figure(60, 39, 78),
            "pace": Figure(35, 18, 57),
            "calm": SMALL_GROUP,
        },
        # 11 of 20, 13 of 20.
        "Grade 7 or Grade 8": {
            "goals": Figure(55, 34, 74),
            "pace": Figure(65, 43, 82),
            "calm": SMALL_GROUP,
        },
        # 7 of 12 are 58.3 %, 8 of 12 are 66.7 %: to the nearest 5; Wilson on the printed n, 10.
        "Grade 7": {
            "goals": Figure(60, 31, 83),
            "pace": Figure(65, 35, 86),
            "calm": SMALL_GROUP,
        },
        # 4 of 8; 5 of 8 are 62.5 %, halves upward. Calm: 2 of 8 would be coded, but 50 % of the
        # 20 in grades 7 and 8 can only be 10, 65 % of the 12 in grade 7 only 8: the rest is 2.
        "Grade 8": {
            "goals": Figure(50, 24, 76),
            "pace": Figure(65, 35, 86),
            "calm": SMALL_GROUP,
        },
    }


def test_staff_see_their_finer_cells_and_the_public_its_own() -> None:
    table = forty()
    seen = {a: [cell.name for cell in table.cells_of(("Grade",), a)] for a in Audience}
    assert seen[Audience.PUBLIC] == ["Grade 6", "Grade 7 or Grade 8"]
    assert sorted(seen[Audience.STAFF]) == ["Grade 6", "Grade 7", "Grade 8"]


# Coded ends


@pytest.mark.parametrize(
    ("count", "figure"),
    [
        # Of 38 to 42 people, which print as 40, two are at most 2 / 38 = 5.3 %.
        *((few, Figure(6, 0, 18, Coding.AT_MOST)) for few in (0, 1, 2)),
        (3, Figure(8, 3, 21)),  # 7.5 %
        (37, Figure(93, 81, 98)),  # 92.5 %
        *((most, Figure(94, 82, 100, Coding.AT_LEAST)) for most in (38, 39, 40)),
    ],
)
def test_fewer_than_three_who_differ_never_show(count: int, figure: Figure) -> None:
    assert everybody(share(count, 40 - count)) == figure


def test_coded_figures_in_words() -> None:
    said = [everybody(share(count, 40 - count)) for count in (1, 20, 39)]
    texts = [figure.text for figure in said if isinstance(figure, Figure)]
    assert texts == ["at most 6%", "50%", "at least 94%"]


@pytest.mark.parametrize(
    ("n", "count", "text"),
    [
        (500, 2, "at most 1%"),
        (500, 3, "1%"),  # 0.6 %
        (1000, 4, "at most 1%"),  # 0.4 % would print as 0 %
        (1000, 5, "1%"),
        (1000, 995, "at least 99%"),  # 99.5 % would print as 100 %
        (1000, 994, "99%"),
    ],
)
def test_nothing_is_ever_printed_as_0_or_100_percent(n: int, count: int, text: str) -> None:
    figure = everybody(share(count, n - count))
    assert isinstance(figure, Figure)
    assert figure.text == text


def test_coded_figures_of_groups() -> None:
    grades = ["Grade 6"] * 100 + ["Grade 7"] * 100
    ratings = {
        # Figures of both grades and of everybody leave 0, 1 or 2 of the 100 in grade 6.
        "few": share(1, 99) + share(50, 50),
        "three": share(3, 97) + share(50, 50),
        "most": share(98, 2) + share(50, 50),
    }
    table = closed(made(ratings, groups={"Grade": grades})).waves[0]
    six = next(cell for cell in table.cells if cell.name == "Grade 6")
    assert six.favorable == {
        "few": Figure(5, 0, 11, Coding.AT_MOST),
        "three": Figure(5, 2, 11),
        "most": Figure(95, 89, 100, Coding.AT_LEAST),
    }


@pytest.mark.parametrize(
    ("seven", "printed"),
    [
        # Everybody's 50 % of 40 can only be 20; so 0 and 20, 1 and 19, 2 and 18 are all possible.
        (19, [Figure(15, 0, 36, Coding.AT_MOST), Figure(85, 64, 100, Coding.AT_LEAST)]),
        # Everybody's 28 % of 40 can only be 11, 50 % of grade 7 only 10: grade 6 would be 1.
        (10, [SMALL_GROUP, SMALL_GROUP]),
    ],
)
def test_a_coded_count_that_the_others_fix_is_hidden_for_all_of_them(
    seven: int, printed: list[Printed]
) -> None:
    ratings = {"goals": share(1, 19) + share(seven, 20 - seven)}
    grades = ["Grade 6"] * 20 + ["Grade 7"] * 20
    table = closed(made(ratings, groups={"Grade": grades})).waves[0]
    assert [cell.favorable["goals"] for cell in table.cells[1:]] == printed


# How many answered


@pytest.mark.parametrize(
    ("n", "printed"), [(12, 10), (13, 15), (37, 35), (38, 40), (40, 40), (42, 40), (43, 45)]
)
def test_n_is_printed_to_the_nearest_five(n: int, printed: int) -> None:
    table = closed(made({"goals": share(6, n - 6)})).waves[0]
    assert table.everybody is not None
    assert table.everybody.n == printed


@pytest.mark.parametrize(
    ("n", "audiences"),
    [
        (4, []),
        (5, [Audience.STAFF]),
        (9, [Audience.STAFF]),
        (10, [Audience.PUBLIC]),
    ],
)
def test_the_floors_of_staff_and_public(n: int, audiences: list[Audience]) -> None:
    table = closed(made({"goals": share(2, n - 2)})).waves[0]
    assert [cell.audience for cell in table.cells] == audiences
    assert table.notes == (
        () if audiences else ("Fewer than 5 answers came in, so nothing is shown.",)
    )


@pytest.mark.parametrize(
    ("n", "audiences"), [(7, []), (8, [Audience.STAFF]), (19, [Audience.STAFF])]
)
def test_floors_can_be_raised(n: int, audiences: list[Audience]) -> None:
    table = closed(made({"goals": share(3, n - 3)}), floors=Floors(staff=8, public=20)).waves[0]
    assert [cell.audience for cell in table.cells] == audiences


def test_floors_cannot_be_lowered() -> None:
    assert Floors(staff=1, public=2) == Floors(staff=5, public=10)
    assert Floors(staff=30, public=20) == Floors(staff=30, public=30)
    table = closed(made({"goals": share(2, 2)}), floors=Floors(staff=1, public=1)).waves[0]
    assert table.cells == ()


# Who did not answer a question


@pytest.mark.parametrize(
    ("missing", "printed", "answered"),
    [
        # 20 of 40, of 36, of 31: too few skipped it to say how many; Wilson on the printed 40.
        (0, Figure(50, 35, 65), {}),
        (4, Figure(56, 41, 70), {}),
        (9, Figure(65, 50, 78), {}),
        # 10 skipped it: 20 of 30, on a printed 30; 18 skipped it: 20 of 22, on a printed 20, coded.
        (10, Figure(67, 49, 81), {"goals": 30}),
        (18, Figure(88, 67, 100, Coding.AT_LEAST), {"goals": 20}),
    ],
)
def test_missing_answers(missing: int, printed: Figure, answered: dict[str, int]) -> None:
    ratings = {"goals": share(20, 20 - missing, missing), "pace": share(20, 20)}
    cell = closed(made(ratings)).waves[0].everybody
    assert cell is not None
    assert cell.n == 40
    assert cell.favorable["pace"] == Figure(50, 35, 65)
    assert cell.favorable["goals"] == printed
    assert cell.answered == answered


def test_a_practice_answered_by_fewer_than_the_floor_is_not_shown() -> None:
    nine = closed(made({"goals": share(4, 5, 31), "pace": share(20, 20)})).waves[0]
    assert nine.everybody is not None
    assert nine.everybody.favorable["goals"] == TOO_FEW
    assert [p.practice for p in nine.priorities] == ["pace"]
    assert everybody(share(5, 5, 30)) == Figure(50, 24, 76)


def test_a_question_that_nobody_was_asked() -> None:
    table = closed(
        made(
            {"goals": share(20, 20), "gone": [MISSING] * 40},
            groups={"Grade": ["Grade 6", "Grade 7"] * 20},
        )
    ).waves[0]
    assert [cell.favorable["gone"] for cell in table.cells] == [NOT_ASKED] * 3
    assert list(table.distributions) == ["goals"]
    assert [p.practice for p in table.priorities] == ["goals"]


# Distributions


def points(*counts: int) -> list[int]:
    """Answers on the scale from 1 to 5, so many of each."""
    return [point for point, count in enumerate(counts, start=1) for _ in range(count)]


def spread(ratings: Sequence[int], scale: Scale | None = None) -> tuple[Band, ...]:
    scales = {"goals": scale} if scale else None
    return closed(made({"goals": ratings}, scales=scales)).waves[0].distributions["goals"]


def test_five_answers_that_are_common_enough_stand_alone() -> None:
    assert spread(points(4, 6, 8, 10, 12)) == (
        Band("1", 10),
        Band("2", 15),
        Band("3", 20),
        Band("4", 25),
        Band("5", 30),
    )


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        # 1 joins 2: 3 of 40 are 7.5 %. 7 of 40 are 17.5 %.
        ((1, 2, 7, 20, 10), [("1 to 2", 8), ("3", 18), ("4", 50), ("5", 25)]),
        # Nobody said 1, nobody said 3: each joins its smaller neighbor.
        ((0, 4, 0, 30, 6), [("1 to 3", 10), ("4", 75), ("5", 15)]),
        ((2, 18, 0, 18, 2), [("1 to 3", 50), ("4 to 5", 50)]),
        ((3, 3, 28, 3, 3), [("1", 8), ("2", 8), ("3", 70), ("4", 8), ("5", 8)]),
    ],
)
def test_answers_are_merged_until_each_band_holds_three(
    counts: tuple[int, ...], bands: list[tuple[str, int]]
) -> None:
    assert [(band.label, band.percent) for band in spread(points(*counts))] == bands


@pytest.mark.parametrize("counts", [(0, 0, 0, 40, 0), (38, 2, 0, 0, 0), (1, 0, 39, 0, 0)])
def test_where_all_would_be_one_band_nothing_is_shown(counts: tuple[int, ...]) -> None:
    assert spread(points(*counts)) == ()


def test_no_band_is_printed_as_0_percent() -> None:
    # 4 of 1,000 are 0.4 %.
    assert spread(points(4, 396, 200, 200, 200))[0] == Band("1 to 2", 40)


def test_distributions_come_from_thirty_answers_on() -> None:
    few = closed(made({"goals": points(5, 5, 5, 7, 7, 0), "pace": share(20, 9)})).waves[0]
    assert few.distributions == {}
    (half, _) = spread(points(0, 0, 15, 15, 0))
    assert half == Band("1 to 3", 50)


def test_bands_bear_the_words_of_the_form() -> None:
    words = Scale(1, 5, 4, ("Never", "Seldom", "Sometimes", "Often", "Always"))
    assert spread(points(1, 2, 7, 20, 10), words)[:2] == (
        Band("Never to Seldom", 8),
        Band("Sometimes", 18),
    )


def test_a_scale_of_its_own_keeps_its_points_and_its_rule() -> None:
    ratings = [0] * 10 + [1] * 10 + [2] * 10 + [3] * 10
    table = closed(made({"goals": ratings}, scales={"goals": Scale(0, 3, 3)})).waves[0]
    assert table.everybody is not None
    assert table.everybody.favorable["goals"] == Figure(25, 14, 40)
    assert [band.label for band in table.distributions["goals"]] == ["0", "1", "2", "3"]


# Standing, trust and follow-up


def said(count: int, n: int = 40) -> list[int]:
    return [1] * count + [0] * (n - count)


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (0, FEW_SAID_SO),
        (9, FEW_SAID_SO),
        (10, Figure(25, 14, 40)),
        (30, Figure(75, 60, 86)),
        (31, FEW_SAID_SO),
        (40, FEW_SAID_SO),
    ],
)
def test_a_standing_prints_when_enough_said_so_and_enough_did_not(
    count: int, printed: Printed
) -> None:
    standings = {standing: {"goals": said(count)} for standing in Standing}
    cell = closed(made({"goals": share(20, 20)}, standings=standings)).waves[0].everybody
    assert cell is not None
    assert [cell.works, cell.isnt_working, cell.used_to_work] == [{"goals": printed}] * 3


def test_a_wave_for_staff_alone_is_too_small_for_any_standing() -> None:
    # Of 9, no number leaves 5 on both sides.
    used = {Standing.USED_TO_WORK: {"goals": said(4, 9), "pace": said(5, 9)}}
    ratings = {p: share(4, 5) for p in ("goals", "pace", "calm")}
    cell = closed(made(ratings, standings=used)).waves[0].everybody
    assert cell is not None
    assert cell.audience is Audience.STAFF
    assert cell.used_to_work == dict.fromkeys(ratings, FEW_SAID_SO)


def test_a_standing_that_the_form_does_not_ask_about_is_not_there() -> None:
    works = {Standing.WORKS: {"goals": said(20)}}
    cell = closed(made({"goals": share(20, 20)}, standings=works)).waves[0].everybody
    assert cell is not None
    assert cell.works == {"goals": Figure(50, 35, 65)}
    assert cell.isnt_working == {}
    assert cell.used_to_work == {}


def test_one_person_may_say_two_things_of_one_practice() -> None:
    standings = {
        Standing.WORKS: {"goals": said(10)},
        Standing.USED_TO_WORK: {"goals": said(20)},
    }
    cell = closed(made({"goals": share(20, 20)}, standings=standings)).waves[0].everybody
    assert cell is not None
    assert cell.works["goals"] == Figure(25, 14, 40)
    assert cell.used_to_work["goals"] == Figure(50, 35, 65)


def test_standing_shares_of_groups_follow_the_same_rule() -> None:
    ratings = {"goals": share(30, 30), "pace": share(30, 30)}
    used = {"goals": said(12, 30) + said(15, 30), "pace": said(9, 30) + said(15, 30)}
    grades = ["Grade 6"] * 30 + ["Grade 7"] * 30
    table = closed(
        made(ratings, standings={Standing.USED_TO_WORK: used}, groups={"Grade": grades})
    ).waves[0]
    everyone, six, seven = table.cells
    assert everyone.used_to_work == {"goals": Figure(45, 33, 58), "pace": Figure(40, 29, 53)}
    # Of pace, 24 and 15 would leave exactly the 9 in grade 6 that are too few to print.
    assert six.used_to_work == {"goals": Figure(40, 25, 58), "pace": SMALL_GROUP}
    assert seven.used_to_work == {"goals": Figure(50, 33, 67), "pace": SMALL_GROUP}


@pytest.mark.parametrize(
    ("agree", "printed"),
    [(9, FEW_SAID_SO), (10, Figure(25, 14, 40)), (30, Figure(75, 60, 86)), (31, FEW_SAID_SO)],
)
def test_trust_prints_when_enough_agree_and_enough_do_not(agree: int, printed: Printed) -> None:
    trust = {"Honest": share(agree, 40 - agree), "Not asked": [MISSING] * 40}
    table = closed(made({"goals": share(20, 20)}, trust=trust)).waves[0]
    assert table.trust == {"Honest": printed}


CHANGED = Scale(1, 3, 2, ("Not yet", "Changed a bit", "Changed a lot"))


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        ((10, 12, 18), (Band("Not yet", 25), Band("Changed a bit", 30), Band("Changed a lot", 45))),
        ((9, 13, 18), (Band("Not yet to Changed a bit", 55), Band("Changed a lot", 45))),
        ((5, 4, 9), ()),
    ],
)
def test_follow_up_bands_hold_the_public_floor(
    counts: tuple[int, ...], bands: tuple[Band, ...]
) -> None:
    answers = points(*counts)
    answers += [MISSING] * (40 - len(answers))
    followup = {"Labs": (CHANGED, answers), "Not asked": (CHANGED, [MISSING] * 40)}
    table = closed(made({"goals": share(20, 20)}, followup=followup)).waves[0]
    assert table.followup == {"Labs": bands}


# Since another wave


def since(then: Sequence[int], now: Sequence[int]) -> Comparison:
    ratings = {"goals": [*then, *now]}
    table = closed(made(ratings), len(then), len(now), names=NAMES).waves[1]
    assert table.since_last_year == {}
    return table.since_last["goals"]


def test_better() -> None:
    # 70 % of 80 together: 1.96 sqrt(0.21 x 2/40 + 2 x 0.01^2 / 12) = 20.1 points.
    assert since(share(20, 20), share(36, 4)) == Comparison(
        change=Change.BETTER,
        since="Fall 2024",
        sentence=(
            "Clear goals rose from 50% to 90% since Fall 2024. With this many answers, a move of "
            "21 points can happen by chance."
        ),
        moved="rose from 50% to 90% since Fall 2024",
        points=40,
        by_chance=21,
    )


def test_worse() -> None:
    found = since(share(36, 4), share(20, 20))
    assert (found.change, found.points, found.by_chance) == (Change.WORSE, -40, 21)
    assert found.moved == "fell from 90% to 50% since Fall 2024"


def test_about_the_same() -> None:
    # 51 % of 400 together: 1.96 sqrt(0.2499 x 2/200 + 2 x 0.01^2 / 12) = 9.8 points.
    assert since(share(100, 100), share(104, 96)) == Comparison(
        change=Change.SAME,
        since="Fall 2024",
        sentence=(
            "Clear goals stayed about the same (50% then, 52% now) since Fall 2024. With this "
            "many answers, a move of 10 points can happen by chance."
        ),
        moved="stayed about the same (50% then, 52% now) since Fall 2024",
        points=2,
        by_chance=10,
    )


def test_too_few_to_tell() -> None:
    # 52.5 % of 80 together: 21.9 points, more than 15.
    found = since(share(20, 20), share(22, 18))
    assert (found.change, found.points, found.by_chance) == (Change.TOO_FEW, 5, 22)
    assert found.sentence.startswith(
        "Clear goals has too few answers to tell (50% then, 55% now) since Fall 2024."
    )


def test_coded_figures_are_said_as_they_are_printed() -> None:
    found = since(share(20, 20), share(39, 1))
    assert found.moved == "rose from 50% to at least 94% since Fall 2024"
    assert found.points == 44


def test_a_lone_move_that_chance_explains_among_many_is_not_called() -> None:
    # 50 % to 61 % of 200 is beyond the chance of one figure (10 points), but not of one in ten.
    then, now = share(100, 100), share(122, 78)
    assert since(then, now).change is Change.BETTER
    steady = {f"p{i}": 2 * np.roll(share(100, 100), 7 * i).tolist() for i in range(9)}
    table = closed(made({"goals": then + now, **steady}), 200, 200).waves[1]
    assert table.since_last["goals"].change is Change.SAME
    assert table.since_last["goals"].points == 11


def test_since_the_same_season_a_year_ago() -> None:
    ratings = {"goals": share(160, 40) + share(100, 100) + share(100, 100)}
    first, spring, fall = closed(made(ratings), 200, 200, 200, names=NAMES).waves
    assert (first.since_last, first.since_last_year) == ({}, {})
    assert spring.since_last["goals"].change is Change.WORSE
    assert spring.since_last_year == {}
    assert fall.since_last["goals"].change is Change.SAME
    assert fall.since_last["goals"].since == "Spring 2025"
    assert fall.since_last_year["goals"].moved == "fell from 80% to 50% since Fall 2024"
    assert fall.since_last_year["goals"].change is Change.WORSE


def test_a_wave_in_which_too_few_answered_is_passed_over() -> None:
    ratings = {"goals": share(100, 100) + share(2, 2) + share(100, 100)}
    _, few, fall = closed(made(ratings), 200, 4, 200).waves
    assert few.cells == ()
    assert fall.since_last["goals"].since == "Fall 2024"
    assert fall.since_last_year["goals"].since == "Fall 2024"


def test_waves_without_a_common_question_are_said_not_joined_up() -> None:
    ratings = {
        "goals": share(20, 20) + [MISSING] * 40,
        "pace": [MISSING] * 40 + share(20, 20),
    }
    then, now = closed(made(ratings), 40, 40).waves
    assert then.notes == ()
    assert now.since_last == {}
    assert now.notes == ("This wave and Fall 2024 have no question in common.",)


def test_only_questions_asked_in_both_waves_are_compared() -> None:
    ratings = {
        "goals": share(20, 20) + share(20, 20),
        "old": share(20, 20) + [MISSING] * 40,
        "new": [MISSING] * 40 + share(20, 20),
    }
    _, now = closed(made(ratings), 40, 40).waves
    assert list(now.since_last) == ["goals"]
    assert now.notes == ()


def test_how_favorable_an_answer_is_makes_no_difference() -> None:
    # Any point from 4 on is favorable, any below is not: only the distribution tells them apart.
    one = made({"goals": [YES] * 20 + [NO] * 20})
    other = made({"goals": [5] * 20 + [1] * 20})
    first, second = (closed(feedback).waves[0].everybody for feedback in (one, other))
    assert first is not None
    assert second is not None
    assert first.favorable == second.favorable
