"""One text on two screens: nothing that was typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.plan.merge import both_choices, both_texts


@pytest.mark.parametrize(
    ("drawn", "typed", "now", "whole"),
    [
        ("a", "a", "a", "a"),
        ("a", "mine", "a", "mine"),
        ("a", "a", "theirs", "theirs"),
        ("a", "same", "same", "same"),
        ("a", "mine", "theirs", "theirs mine"),
        ("a", "", "theirs", "theirs"),
        ("a", "mine", "", "mine"),
    ],
)
def test_who_changed_it_is_heard(drawn: str, typed: str, now: str, whole: str) -> None:
    assert both_texts(drawn, typed, now) == whole


@given(st.text(), st.text(), st.text())
def test_no_change_is_lost(drawn: str, typed: str, now: str) -> None:
    whole = both_texts(drawn, typed, now)
    assert all(text in whole for text in (typed, now) if text != drawn)


@pytest.mark.parametrize(
    ("drawn", "typed", "now", "both"),
    [
        ("ab", "ab", "abc", "abc"),
        ("ab", "ab", "a", "a"),
        ("ab", "abc", "ab", "abc"),
        ("ab", "b", "abd", "bd"),
        ("ab", "abc", "bd", "bdc"),
        ("ab", "abc", "abc", "abc"),
        ("", "c", "", "c"),
    ],
)
def test_of_two_who_choose_in_one_field_each_keeps_what_they_changed(
    drawn: str, typed: str, now: str, both: str
) -> None:
    assert both_choices(tuple(drawn), list(typed), tuple(now)) == list(both)
