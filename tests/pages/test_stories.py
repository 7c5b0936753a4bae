"""The stories planted in the sample school are found by the pages that should find them."""

import re

import pytest

from lib.catalogue import BY_ID
from sample_data import stories
from tests.pages.conftest import OpenApp, words

NAMES = {practice_id: practice.name for practice_id, practice in BY_ID.items()}
CLEAR, FELL = NAMES[stories.CLEAR_PRIORITY], NAMES[stories.FELL]
SOME, USED = NAMES[stories.LOW_FOR_SOME], NAMES[stories.USED_TO_WORK]


def said(open_app: OpenApp, page: str, **query: str) -> str:
    app = open_app(page, **query)
    assert not app.exception
    return words(app).replace("\\", "")


def test_home_and_trends_name_the_practice_that_fell(open_app: OpenApp) -> None:
    for page in ("home", "trends"):
        assert f"{FELL} fell from 74% to 56%" in said(open_app, page)
    assert f"{FELL} got worse" in said(open_app, "home")


def test_trends_by_grade_name_the_practice_low_for_some_and_draw_their_grades(
    open_app: OpenApp,
) -> None:
    text = said(open_app, "trends", by="Grade")
    assert f"{SOME} differs most: 35% favorable in Grade 7, 90% in Grade 11" in text
    for grade in range(6, 13):
        assert f"{SOME}, Grade {grade}: percent favorable by wave" in text
        assert f"Grade {grade}" in text


def test_trends_name_who_was_not_heard(open_app: OpenApp) -> None:
    text = said(open_app, "trends")
    (grade,) = stories.NOT_HEARD
    assert "Whom we have heard" in text
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', text)
    assert len(rows) > 1
    low = [group for group, heard in rows if "less than the others" in heard]
    assert [group for group in low if group.startswith("Grade")] == [grade]


def test_the_tiny_program_stands_on_no_page_alone(open_app: OpenApp) -> None:
    _, label = stories.HIDDEN_GROUP
    text = said(open_app, "trends", by="Program")
    assert f"Newcomer ESL or {label}" in text
    assert text.count(label) == text.count(f"Newcomer ESL or {label}")


def test_priorities_name_the_one_clear_priority_and_the_evidence_beside_others(
    open_app: OpenApp,
) -> None:
    text = said(open_app, "priorities")
    assert f"{CLEAR} is a clear priority" in text
    assert f'aria-label="{CLEAR}, among the three lowest: nearly always"' in text
    assert "Allowing for luck, place 1 of 14." in text
    assert "Fell by 18 points since Spring 2026." in text
    assert "24% say it used to help and stopped." in text
    assert "Grade 7: about 25 points lower than the others." in text


@pytest.mark.parametrize(
    "story", [stories.ROSE, stories.ROSE_WITH_THE_REST, stories.NOT_MOVED], ids=lambda s: s.practice
)
def test_a_practices_page_says_whether_its_session_reached_students(
    story: stories.AfterSession, open_app: OpenApp
) -> None:
    text = said(open_app, "practice", practice=story.practice)
    assert f"reach students?** {story.verdict.capitalize()}." in text


def test_the_practice_that_used_to_work_says_so_on_its_page(open_app: OpenApp) -> None:
    app = open_app("practice", practice=stories.USED_TO_WORK)
    assert any(h.value.endswith("24% that it used to") for h in app.header)
    assert any("Used to work, we stopped: 24%, likely" in m.value for m in app.markdown)
    row = '<th scope="row">Used to work, we stopped</th><td>24%</td>'
    assert any("Students say" in m.value and row in m.value for m in app.markdown)
    assert app.title[0].value.replace("\\", "") == USED


def test_home_says_that_trust_rose(open_app: OpenApp) -> None:
    assert "agree now" in said(open_app, "home")
