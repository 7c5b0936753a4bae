"""What lib hands to a viewer of what was said: the sample school through each role's eyes."""

from datetime import timedelta
from pathlib import Path

import pytest

from lib import live
from lib.access import GRANTS, Data, Denied, Role
from lib.hearing import Hearing
from lib.reader import Live
from lib.voices.conversations import conversations
from lib.voices.desk import Desk
from lib.voices.panel import Part, panels
from lib.voices.review import State
from lib.workbook import tabs
from lib.workbook.connect import open_workbook
from tests.unit.people import viewer
from tests.unit.said_people import read_all

KIND_OF = {
    "lacks_words": Data.STATUS,
    "approved": Data.VOICES,
    "places": Data.REVIEW,
    "backlog": Data.REVIEW,
    "last": Data.REVIEW,
    "suggestions": Data.THEMES,
    "cases": Data.REFERRED,
    "hours": Data.REFERRED,
    "protocol": Data.REFERRED,
    "contacts": Data.REFERRED,
    "drills": Data.REFERRED,
}
CALLS = {
    "themes": (Data.VOICES, ("2026-fall",)),
    "queue": (Data.REVIEW, (State.UNREVIEWED,)),
    "safety_log": (Data.REFERRED, ()),
}
OF_A_TALK = {"note", "line"}
OF_AN_ITEM = {"twins"}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Live, Desk]:
    file = Path(tmp_path_factory.mktemp("hearing")) / "workbook.sqlite"
    workbook = open_workbook(None, str(file))
    opened = live.Live(workbook, workbook.clock)
    return opened, read_all(opened)


def hearing(school: tuple[Live, Desk], *roles: Role) -> Hearing:
    opened, desk = school
    return Hearing(desk, opened.school(), viewer(*roles), opened.moment())


def test_every_question_has_its_kind_here() -> None:
    asked = {name for name in vars(Hearing) if not name.startswith("_")}
    assert asked == set(KIND_OF) | set(CALLS) | OF_A_TALK | OF_AN_ITEM


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", [*KIND_OF, *CALLS])
def test_an_answer_is_given_to_the_roles_of_its_kind_and_to_no_other(
    name: str, role: Role, school: tuple[Live, Desk]
) -> None:
    kind, given = CALLS.get(name, (KIND_OF.get(name), None))
    heard = hearing(school, role)

    def ask() -> object:
        found = getattr(heard, name)
        return found(*given) if given is not None else found

    if kind is not None and role in GRANTS[kind].see:
        assert ask() is not NotImplemented
    else:
        with pytest.raises(Denied):
            ask()


def test_only_reviewers_are_told_what_goes_with_a_referral(school: tuple[Live, Desk]) -> None:
    (first, *_) = hearing(school, Role.REVIEWER).queue(State.UNREVIEWED)
    assert hearing(school, Role.REVIEWER).twins(first) == ()
    for role in (Role.PRINCIPAL, Role.PD_TEAM):
        with pytest.raises(Denied):
            hearing(school, role).twins(first)


def test_a_note_and_a_line_are_words_only_once_they_were_passed(
    school: tuple[Live, Desk],
) -> None:
    heard = hearing(school, Role.PD_TEAM)
    _, desk = school
    waits, *passed = conversations(desk.made_of.of(tabs.CONVERSATIONS))
    assert waits.heard
    assert heard.note(waits) == ""
    assert [heard.note(talk) for talk in passed] == [talk.heard for talk in passed]
    (panel,) = panels(desk.made_of.of(tabs.PANELS))
    said = heard.line(panel, Part.CONCERN, "choice")
    assert said in (panel.said[Part.CONCERN]["choice"], "")
    assert heard.line(panel, Part.CONCERN, "retry") == ""
    for ask in (
        lambda: hearing(school).note(waits),
        lambda: hearing(school, Role.COUNSELOR).line(panel, Part.CONCERN, "choice"),
    ):
        with pytest.raises(Denied):
            ask()


def test_what_was_referred_is_in_no_other_answer(school: tuple[Live, Desk]) -> None:
    everything = hearing(school, *Role)
    (real,) = (case for case in everything.cases if not case.drill)
    assert real.saying is not None
    words = real.saying.text
    for state in everything.places:
        assert words not in {item.saying.text for item in everything.queue(state)}
    assert words not in {each.words for each in everything.approved}
    assert words not in everything.safety_log()


def test_nothing_of_the_open_wave_is_among_the_passed_words(school: tuple[Live, Desk]) -> None:
    opened, desk = school
    heard = hearing(school, Role.PRINCIPAL)
    waves = {each.wave_id for each in heard.approved}
    assert "2026-fall" in waves
    assert "2027-winter" not in waves
    later = desk.approved(opened.now() + timedelta(days=400), 10)
    assert {each.wave_id for each in later} == waves  # it is still open then
