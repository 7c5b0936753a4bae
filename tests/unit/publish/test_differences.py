"""What would change on the students' page, said to staff in one sentence."""

from dataclasses import replace
from datetime import date

import pytest

from lib.evidence.types import Band
from lib.plan.promises import PromiseState
from lib.publish import PublicPage, differences
from lib.publish.page import PublicFollowUp, PublicPromise, Translation
from lib.publish.school import Meeting
from tests.unit.publish.pages import public_page, public_promise

ONE, TWO = public_promise(0), public_promise(1)
BEFORE = public_page(ONE, TWO)
NAME = ONE.practice


def after(**changes: object) -> PublicPage:
    return public_page(replace(ONE, **changes), TWO)


def test_the_same_page_differs_in_nothing_whatever_its_version_and_day() -> None:
    again = replace(BEFORE, version=4, published_on=date(2026, 12, 1))
    assert differences(BEFORE, again) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"we_did": "Two comments now."}, "new sentence"),
        ({"you_said": "Later still."}, "new sentence"),
        ({"state": PromiseState.DONE}, "now “done”"),
        ({"revisit": date(2027, 5, 1)}, "new day"),
        ({"state": PromiseState.DONE, "we_did": "All of it."}, "now “done”, new sentence"),
    ],
)
def test_what_changed_in_an_answer_is_said(changes: dict[str, object], said: str) -> None:
    assert differences(BEFORE, after(**changes)) == f"Changes since version 3: {NAME}: {said}."


def test_a_day_that_is_taken_back_is_said() -> None:
    after_all = public_page(ONE, replace(TWO, revisit=None))
    assert differences(BEFORE, after_all).endswith(f"{TWO.practice}: no day any more.")


def test_a_new_answer_and_one_that_is_gone_are_said() -> None:
    three = public_promise(2)
    assert differences(BEFORE, public_page(three, TWO)) == (
        f"Changes since version 3: {three.practice}: new answer; {NAME}: taken off the page."
    )


def test_newer_numbers_are_counted_not_listed() -> None:
    asked = PublicFollowUp("Did it change?", "Fall 2026", (Band("Not yet", 100),))
    page = public_page(replace(ONE, answers=310), replace(TWO, followup=asked))
    assert differences(BEFORE, page).endswith(": newer numbers in 2 answers.")


def test_of_two_answers_on_one_practice_the_oldest_go_together() -> None:
    def of(*texts: str) -> tuple[PublicPromise, ...]:
        return tuple(replace(ONE, we_did=text) for text in texts)

    assert differences(public_page(*of("first")), public_page(*of("second", "first"))) == (
        f"Changes since version 3: {NAME}: new answer."
    )


def test_what_is_about_the_school_itself_is_said() -> None:
    page = replace(BEFORE, school="Another", privacy=(), form_url="", listening=(), help_lines=())
    assert differences(BEFORE, page) == (
        "Changes since version 3: the school's name; what we are listening to now; the form's "
        "link; whom to turn to; what adults can see."
    )


def test_a_panel_day_that_has_merely_passed_is_no_change() -> None:
    first, second = Meeting(date(2026, 11, 3), "Library"), Meeting(date(2027, 2, 10), "Gym")
    said = (Translation("es", "Library", "Biblioteca"), Translation("es", "Gym", "Gimnasio"))
    before = replace(BEFORE, panels=(first, second), translations=said)
    after = replace(before, panels=(second,), translations=said[1:])
    assert differences(before, replace(after, published_on=date(2026, 11, 4))) == ""
    taken_off = differences(before, replace(after, published_on=first.on))
    assert taken_off == "Changes since version 3: panel days; translations."
