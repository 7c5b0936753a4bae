"""What a newcomer is told at the door."""

import re

import pytest

from lib.access import SCREENS, Role, Viewer
from lib.door import WELCOME

TITLES = {screen.title: screen for screen in SCREENS}


@pytest.mark.parametrize("role", Role)
def test_each_role_is_told_of_pages_it_may_open_alone(role: Role) -> None:
    named = re.findall(r"\*\*(.+?)\*\*", " ".join(WELCOME[role]))
    viewer = Viewer(frozenset({role}), role)
    assert named
    assert all(viewer.may_open(TITLES[title]) for title in named)
