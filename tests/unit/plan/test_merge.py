"""One text on two screens: nothing that was typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.plan.merge import both_texts


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
