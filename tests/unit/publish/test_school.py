"""What the page says of the school, from its settings."""

from collections.abc import Mapping
from datetime import date

import pytest

from lib.evidence import Floors
from lib.publish import Contact, read_school
from lib.publish.school import HELP_LINES, Meeting, dialable, privacy, web_address
from lib.workbook import Record, fold, new_event, tabs
from tests.unit.publish.pages import AT


def settings(*rows: tuple[str, str]) -> Mapping[str, Record]:
    events = [
        new_event(tabs.SETTINGS, {"name": n, "value": v}, who="c", at=AT, record_id=f"s{i}")
        for i, (n, v) in enumerate(rows)
    ]
    return fold(events).get(tabs.SETTINGS, {})


def test_every_line_may_be_missing_but_never_a_help_line() -> None:
    school = read_school({})
    assert (school.name, school.form_url, school.contacts) == ("Our school", "", ())
    assert school.help_lines == HELP_LINES


def test_the_school_is_read_from_its_settings() -> None:
    school = read_school(
        settings(
            (" School Name ", "Harbor  Hill"),
            ("form link", "https://forms.example/x"),
            ("contact", "Ms. Rivera | room 12, at lunch"),
            ("contact", "The office | any time | (555) 010-0114"),
            ("help line", "988"),
            ("contact", " "),
        )
    )
    assert school.name == "Harbor Hill"
    assert school.form_url == "https://forms.example/x"
    assert school.contacts == (
        Contact("Ms. Rivera", "room 12, at lunch"),
        Contact("The office", "any time", "5550100114"),
    )
    assert school.help_lines == (Contact("988", ""),)


def test_panel_days_come_in_their_order_and_a_day_that_is_none_is_left_out() -> None:
    school = read_school(
        settings(
            ("student panel", "2027-04-14 | library, at lunch | bring a friend"),
            ("Student panel", "2027-02-10"),
            ("student panel", "next week | gym"),
            ("students' page link", "https://school.example/voice"),
        )
    )
    assert school.panels == (
        Meeting(date(2027, 2, 10), ""),
        Meeting(date(2027, 4, 14), "library, at lunch | bring a friend"),
    )
    assert school.page_url == "https://school.example/voice"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "forms.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://a b",
        "http://[::1",
        f"https://a.example/{'x' * 500}",
    ],
)
def test_an_address_that_is_none_is_left_out(text: str) -> None:
    assert web_address(text) == ""


def test_phone_numbers_are_digits() -> None:
    assert dialable(" +1 (555) 010") == "+1555010"
    assert dialable("١٢٣ ext") == ""
    assert dialable("+") == ""


def test_the_privacy_promise_is_five_short_lines_and_names_the_school_s_own_floors() -> None:
    lines = privacy(Floors())
    assert len(lines) == 5
    assert max(map(len, lines)) < 100
    assert lines[0] == (
        "Adults see numbers only for groups of 5 answers or more. On this page it is 10."
    )
    raised = read_school(settings(("floor staff", "8"), ("floor public", "20"))).floors
    assert "of 8 answers or more. On this page it is 20." in privacy(raised)[0]


def test_a_contact_in_one_line() -> None:
    assert Contact("The counselors", "room 114", "5550114").words == (
        "The counselors, room 114, 555-0114"
    )
    assert Contact("Help", "", "2025550114").words == "Help, 202-555-0114"
    assert Contact("Abroad", "by day", "+34600000000").words == "Abroad, by day, +34600000000"
    assert Contact("911", "in danger", "911").words == "911, in danger"
