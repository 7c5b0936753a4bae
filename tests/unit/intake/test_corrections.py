"""A person's word about a column wins, and accepting what was recognized changes nothing."""

from datetime import UTC, datetime

import pytest

from lib.catalogue import CATALOGUE
from lib.intake import (
    Correction,
    Feedback,
    corrections_of,
    encode,
    fields_of,
    kept_positions,
    understand,
)
from lib.intake.feedback import MISSING, Role, Standing
from lib.workbook import tabs
from lib.workbook.records import fold, new_event
from tests.unit.intake.languages import FORMS
from tests.unit.intake.reading import read, roles, said, same
from tests.unit.intake.test_our_form import _HEADER, _ROWS


def _as_read(feedback: Feedback) -> list[Correction]:
    """What Setup writes down when a person accepts every column as it is read."""
    seen: dict[str, int] = {}
    accepted = []
    for column in feedback.columns:
        seen[column.header] = seen.get(column.header, 0) + 1
        scale = column.scale
        accepted.append(
            Correction(
                column.header,
                seen[column.header],
                column.role,
                column.practice,
                scale.low if scale else None,
                scale.high if scale else None,
                scale.favorable_from if scale else None,
            )
        )
    return accepted


def _numbers(feedback: Feedback) -> tuple[object, ...]:
    return (
        feedback.practices, feedback.scales, feedback.row, feedback.at, feedback.ratings,
        feedback.standings, feedback.standing_asked, feedback.groups, feedback.trust,
        feedback.followup, feedback.comments, feedback.left_out,
    )  # fmt: skip


@pytest.mark.parametrize("language", FORMS)
def test_accepting_a_form_as_it_is_read_changes_nothing(language: str) -> None:
    form = FORMS[language]
    before = read(form.header, form.rows)
    after = read(form.header, form.rows, _as_read(before))
    assert same(_numbers(before), _numbers(after))
    assert roles(before) == roles(after)


def test_accepting_our_own_form_changes_nothing() -> None:
    before = read(_HEADER, _ROWS)
    assert same(_numbers(before), _numbers(read(_HEADER, _ROWS, _as_read(before))))


def test_accepting_settles_the_doubts() -> None:
    header, rows = ["I get help", "Comments"], [["3", "ok then"], ["2", ""], ["3", ""]]
    before = read(header, rows)
    assert "taken to run from 1 to 5" in said(before)
    assert "taken to run" not in said(read(header, rows, _as_read(before)))


def test_a_column_without_a_header_is_in_doubt_until_a_person_says_what_it_is() -> None:
    rows = [["3", "ok"], ["2", ""], ["5", "ok"], ["4", ""]]
    before = read(["I get help", ""], rows)
    assert before.columns[1].confidence <= 0.6
    after = read(["I get help", ""], rows, [Correction("", role=Role.NOTE)])
    assert after.columns[1].confidence == 1.0
    assert "no header" in said(after)


_HELP = ["Timestamp", "I get help", "Grade"]
_DAYS = [[f"3/{13 + i}/2023 9:00:00", str(1 + i % 5), str(6 + i % 3)] for i in range(10)]


def test_another_scale_and_another_favorable_rule() -> None:
    found = read(_HELP, _DAYS, [Correction("I get help", low=1, high=7)])
    scale = found.scales["i-get-help"]
    assert (scale.low, scale.high, scale.favorable_from) == (1, 7, 5)
    found = read(_HELP, _DAYS, [Correction("I get help", favorable_from=3)])
    assert found.scales["i-get-help"].favorable_from == 3
    assert found.ratings[:, 0].tolist() == [1, 2, 3, 4, 5] * 2


def test_a_narrower_scale_leaves_answers_out_and_says_so() -> None:
    found = read(_HELP, _DAYS, [Correction("I get help", low=1, high=4)])
    assert found.ratings[:5, 0].tolist() == [1, 2, 3, 4, MISSING]
    # In the reason, whatever was answered: a problem would give away who answered a five.
    assert "answers beyond its ends are not counted" in found.columns[1].reason
    assert said(found) == ""


@pytest.mark.parametrize(
    ("low", "high", "start"), [(5, 1, None), (-3, 4, None), (1, 5, 9), (1, 900, 2)]
)
def test_a_scale_that_is_none_is_not_heeded(low: int, high: int, start: int | None) -> None:
    found = read(_HELP, _DAYS, [Correction("I get help", low=low, high=high, favorable_from=start)])
    scale = found.scales["i-get-help"]
    assert (scale.low, scale.high, scale.favorable_from) == (1, 5, 4)


def test_another_role_and_another_practice() -> None:
    corrections = [
        Correction("I get help", practice="notice"),
        Correction("Grade", role=Role.RATING, practice="pace", low=6, high=8),
    ]
    found = read(_HELP, _DAYS, corrections)
    assert found.practices == ("notice", "pace")
    assert found.ratings[:3].tolist() == [[1, 6], [2, 7], [3, 8]]
    assert found.groups == {}


def test_two_questions_that_a_person_calls_one() -> None:
    header = ["I get help", "Someone helps me"]
    rows = [["5", ""], ["4", ""], ["", "1"], ["", "2"], ["3", "5"]]
    same_practice = [Correction(h, practice="notice") for h in header]
    found = read(header, rows, same_practice)
    assert found.practices == ("notice",)
    assert found.ratings[:, 0].tolist() == [5, 4, 1, 2, 3]
    assert "the first answer counts" in said(found)


def test_the_second_of_two_equal_headers() -> None:
    header = ["Rate it", "Rate it"]
    rows = [["1", "2"], ["5", "4"], ["3", "3"]]
    found = read(header, rows, [Correction("Rate it", ordinal=2, role=Role.OTHER)])
    assert roles(found) == ["rating 1-5", "other"]


def test_a_rating_that_lies_on_no_scale_is_said() -> None:
    header = ["Favorite color", "I get help"]
    rows = [["teal", "5"], ["ochre", "1"], ["mauve", "3"]]
    found = read(header, rows, [Correction("Favorite color", role=Role.RATING)])
    assert "lie on no scale that is known" in said(found)


def test_a_yes_or_no_question_set_as_a_rating() -> None:
    header = ["Do you like homework?", "I get help"]
    rows = [["Yes", "5"], ["No", "1"], ["Yes", "3"], ["No", "2"]]
    found = read(header, rows, [Correction("Do you like homework?", role=Role.RATING)])
    assert found.ratings[:, 0].tolist() == [2, 1, 2, 1]
    assert found.scales[found.practices[0]].favorable_from == 2


def test_a_list_set_as_standing() -> None:
    header = ["What helps?", "What works best for you?"]
    rows = [["Music, Pairs", "Music"], ["Music", "Pairs"], ["Pairs, Music", "Music, Pairs"]]
    found = read(header, rows, [Correction("What works best for you?", role=Role.STANDING)])
    assert found.standing_asked == frozenset({Standing.WORKS})
    doubt = read(header, rows, [Correction("What helps?", role=Role.STANDING)])
    assert "does not say whether they work" in said(doubt)


def test_what_looked_like_identity_is_kept_once_a_person_says_so() -> None:
    header = ["Teacher", "I get help"]
    rows = [["Room 4 team", "5"], ["Room 5 team", "1"], ["Room 4 team", "3"]]
    corrections = [Correction("Teacher", role=Role.GROUP)]
    unheard = understand(encode(header, rows), CATALOGUE, corrections)
    assert roles(unheard)[0] == "identity"
    keep = kept_positions(header, corrections)
    found = understand(encode(header, rows, keep=keep), CATALOGUE, corrections)
    assert found.groups["Teacher"].labels == ("Room 4 team", "Room 5 team")


def test_through_the_tab_and_back() -> None:
    correction = Correction("I get help", 2, Role.TRUST, "notice", 0, 4, 3, "day first")
    event = new_event(
        tabs.COLUMNS, fields_of(correction), who="a", at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    records = fold([event])[tabs.COLUMNS].values()
    assert corrections_of(records) == (correction,)
    assert set(fields_of(correction)) <= set(tabs.TABS[tabs.COLUMNS].columns)


def test_cells_nobody_can_read_count_as_empty() -> None:
    fields = {
        "header": " I get\u00a0help ",
        "ordinal": "two",
        "role": "judge",
        "low": "1.0",
        "high": "x",
        "date_order": "whatever",
    }
    event = new_event(tabs.COLUMNS, fields, who="a", at=datetime(2026, 1, 1, tzinfo=UTC))
    records = fold([event])[tabs.COLUMNS].values()
    assert corrections_of(records) == (Correction("I get help", 1, None, None, 1, None, None),)


def test_the_order_of_dates_that_a_person_says() -> None:
    header, rows = ["Timestamp", "I get help"], [[f"3/{day}/2022 9:00", "4"] for day in (4, 5, 4)]
    before = read(header, rows)
    assert before.dates is not None
    assert (before.dates.order, before.dates.doubtful) == ("month first", 3)
    assert before.columns[0].confidence == 0.5
    found = read(header, rows, [Correction("Timestamp", date_order="day first")])
    assert [str(moment) for moment in found.at.astype("datetime64[D]")] == [
        "2022-04-03",
        "2022-05-03",
        "2022-04-03",
    ]
    assert found.dates is not None
    assert [str(found.dates.first), str(found.dates.last)] == ["2022-04-03", "2022-05-03"]
    assert (found.dates.order, found.dates.doubtful) == ("day first", 0)
    assert found.columns[0].confidence > 0.9
    assert "No date in this column shows" not in said(found)


def test_sheet_numbers_leave_no_order_to_say() -> None:
    rows = [[44642.5 + day, "4"] for day in range(3)]
    for corrections in ([], [Correction("Timestamp", date_order="day first")]):
        found = read(["Timestamp", "I get help"], rows, corrections)
        assert found.dates is not None
        assert found.dates.order == ""
        assert str(found.at[0]) == "2022-03-22T12:00:00"
