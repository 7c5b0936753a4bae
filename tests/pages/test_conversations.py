"""Conversations and panels: logged in a minute, guessed before seen, words only after review."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.access import Role, Viewer
from lib.intake.feedback import Standing
from lib.plan.merge import ON_TWO_SCREENS
from lib.voices.conversations import Conversation, HowMany, conversations
from lib.voices.half_held import Own
from lib.voices.panel import Panel, Part, Room, panels
from lib.workbook import new_event, tabs
from tests.pages.conftest import OpenApp, words
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import Fault, SheetsServer
from tests.unit.said_people import read_all

__all__ = ["sheets", "sheets_server"]

KEY = "1TaLkAbCdEfGhIjKlMnOpQrStUvWxYz0123456789abc"
HEARD = "Ms. Alvarez lets us build it first"
STUDENTS_SAID = "We all hand in the same thing"
LINE = "CONCERN-goals"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One sample school for the module: reading its comments takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEAT_WORKBOOK", str(tmp_path_factory.mktemp("talks") / "workbook.sqlite"))
        live.forget()
        live.live().look()
        roster = new_event(tabs.ROSTER, {"name": "Rosa Alvarez"}, who="it", at=live.moment())
        live.live().record([roster])
        read_all(live.live())
        yield
    live.forget()


@pytest.fixture(autouse=True)
def _own_workbook(sample: None) -> None:
    """In place of a new one for each test."""


def said(app: AppTest) -> str:
    return words(app).replace("\\", "").replace("\u2060", "")


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    app.run()
    assert not app.exception
    assert app.error == []
    return app


def talks() -> tuple[Conversation, ...]:
    return conversations(read_all(live.live()).made_of.of(tabs.CONVERSATIONS))


def rooms() -> tuple[Panel, ...]:
    return panels(read_all(live.live()).made_of.of(tabs.PANELS))


def mine() -> Own:
    return live.half_held(Viewer(frozenset({Role.PRINCIPAL}), "sample visitor"))


def choose(app: AppTest, practice: str, standing: Standing | None, fresh: str) -> AppTest:
    app.button_group(key=f"practices-{fresh}").set_value([practice])
    app.run()
    if standing:
        app.radio(key=f"standing-{practice}-{fresh}").set_value(standing)
    return app


def test_a_talk_is_logged_and_its_words_are_seen_once_passed(open_app: OpenApp) -> None:
    app = open_app("conversations")
    assert app.title[0].value == "Hands\\-on learning comes up most when we talk with students"
    choose(app, "calm", None, "talk")
    app.text_area(key="heard-talk").set_value(HEARD)
    press(app, "log")
    assert "What was said of Calm time to work?" in said(app)
    before = {talk.record_id for talk in talks()}
    app.radio(key="standing-calm-talk").set_value(Standing.WORKS)
    app.radio(key="students-talk").set_value(HowMany.FIVE_TO_NINE)
    press(app, "log")
    assert "Saved. What was heard waits for a person to read it." in said(app)
    (new,) = (talk for talk in talks() if talk.record_id not in before)
    assert (new.standings, new.students) == ({"calm": Standing.WORKS}, HowMany.FIVE_TO_NINE)
    assert new.heard == HEARD
    shown = said(app)
    assert "build it first" not in shown
    assert "Informal talk, 5 to 9 students" in shown
    assert app.text_area(key="heard-talk-1").value == ""

    app = open_app("review", state={"view_as": Role.COUNSELOR})
    place = [item.saying_id for item in read_all(live.live()).queue()].index(new.note_id) + 1
    app.number_input(key="at-unreviewed").set_value(place)
    app.run()
    assert "build it first" in said(app)
    assert "Alvarez" not in said(app)
    app.multiselect(key=f"about-{new.note_id}").set_value(["calm", "handson"])
    press(app, f"pass-{new.note_id}")
    assert set(read_all(live.live()).corrected[new.note_id]) == {"calm", "handson"}

    shown = said(open_app("conversations"))
    assert "build it first" in shown
    assert "Alvarez" not in shown
    for page in ("voices", "practice", "home", "priorities"):
        assert "build it first" not in said(open_app(page, practice="calm"))
    assert "works in 1 and isn't working in 2" in said(open_app("practice", practice="calm"))
    assert "works in 1 and isn't working in 2" in said(open_app("priorities"))


def test_what_came_up_waits_for_no_comment_to_be_read(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "voices", lambda viewer: None)
    shown = said(open_app("practice", practice="handson"))
    assert "Students' words are being read." in shown
    assert "Came up in " in shown


def test_a_correction_and_a_withdrawal(open_app: OpenApp) -> None:
    app = open_app("conversations")
    talk = next(t for t in talks() if t.record_id == "talk-lunch-jan")
    press(app, f"correct-{talk.record_id}")
    assert app.text_area(key=f"heard-{talk.record_id}").value == ""
    assert talk.heard not in said(app)
    app.radio(key=f"students-{talk.record_id}").set_value(HowMany.TEN_OR_MORE)
    press(app, f"save-{talk.record_id}")
    now = next(t for t in talks() if t.record_id == "talk-lunch-jan")
    assert (now.students, now.heard, now.standings) == (
        *(HowMany.TEN_OR_MORE, talk.heard, talk.standings),
    )
    press(app, f"withdraw-{talk.record_id}")
    assert "talk-lunch-jan" not in {t.record_id for t in talks()}


def test_two_who_correct_one_talk_each_keep_what_they_changed(open_app: OpenApp) -> None:
    key = "talk-lab-door"
    ann, ben = open_app("conversations"), open_app("conversations")
    for app in (ann, ben):
        press(app, f"correct-{key}")
    ann.radio(key=f"students-{key}").set_value(HowMany.TEN_OR_MORE)
    press(ann, f"save-{key}")
    ben.run()
    assert "Somebody else changed this since you opened it" in said(ben)
    ben.text_area(key=f"heard-{key}").set_value("Other words.")
    press(ben, f"save-{key}")
    now = next(t for t in talks() if t.record_id == key)
    assert (now.students, now.heard) == (HowMany.TEN_OR_MORE, "Other words.")


def test_a_room_guesses_before_it_sees_and_is_kept_as_one_event(open_app: OpenApp) -> None:
    app = press(open_app("panel"), "begin")
    assert app.title[0].value == "Clear goals"
    before = "".join(element.value for element in app.markdown)
    assert "74%" not in before
    assert not app.table
    app.slider(key="guess-goals").set_value(90)
    app.run()
    press(app, "show")
    assert "The room guessed 90%, and it is 74%: 16 points too high." in said(app)
    assert not app.slider
    app.text_area(key=LINE).set_value(STUDENTS_SAID)
    press(app, "next")
    held = app.query_params["held"]
    assert "goals" in mine().get(held).guesses

    # A reload finds it again, a visit to another page leads back.
    again = open_app("panel", held=held)
    assert again.title[0].value == "Another way to explain"
    press(again, "previous")
    assert again.text_area(key=LINE).value == STUDENTS_SAID
    app.switch_page("../pages/conversations.py").run()
    app.query_params.clear()
    app.switch_page("../pages/panel.py").run()
    assert "Not saved yet: students at the table" in said(app)
    press(app, f"go-on-{held}")

    press(app, "end")
    for practice in ("retry", "calm"):
        press(app, f"put-{practice}")
    press(app, "up-calm")
    press(app, "save")
    assert app.title[0].value == "Thank you. What you said is kept"
    assert STUDENTS_SAID not in said(app)
    (new,) = (room for room in rooms() if room.record_id == held)
    assert len(new.record.history) == 1
    assert (new.order, new.guesses) == (("calm", "retry"), {"goals": 90})
    assert new.room is Room.STUDENTS
    assert mine().get(held) is None
    shown = said(open_app("priorities"))
    assert "put first what matters most: 1 Calm time to work, 2 Another try." in shown
    assert "put it at place 1 of 2." in shown
    app = press(open_app("priorities"), "choose-retry")
    focus = live.live().school().of(tabs.FOCUS).values()
    chosen = [row.fields["students_order"] for row in focus if row.fields["practice"] == "retry"]
    assert "put it at place 2 of 2." in chosen[-1]

    app = press(open_app("conversations"), f"withdraw-{held}")
    assert held not in {room.record_id for room in rooms()}
    assert "no longer here" in said(open_app("panel", held=held))


def test_one_panel_on_two_screens_loses_no_line(open_app: OpenApp) -> None:
    one = press(open_app("panel"), "begin")
    press(one, "show")
    held = one.query_params["held"]
    two = open_app("panel", held=held)
    one.text_area(key=LINE).set_value("Heard on one.")
    one.run()
    # A screen on which nobody typed takes what stands there, and does not put nothing over it.
    press(two, "next")
    press(two, "previous")
    assert two.text_area(key=LINE).value == "Heard on one."
    two.text_area(key=LINE).set_value("Heard on two.")
    two.run()
    one.text_area(key=LINE).set_value("One, again.")
    one.run()
    assert one.text_area(key=LINE).value == "Heard on two. One, again."
    assert ON_TWO_SCREENS in said(one)
    assert mine().get(held).said[Part.CONCERN]["goals"] == "Heard on two. One, again."
    one.run()
    assert ON_TWO_SCREENS not in said(one)


def test_lines_that_join_to_more_than_fits_are_said_before_the_panel_is_saved(
    open_app: OpenApp,
) -> None:
    one = press(open_app("panel"), "begin")
    press(one, "show")
    two = open_app("panel", held=one.query_params["held"])
    for app, text in ((one, "a" * 120), (two, "b" * 120)):
        app.text_area(key=LINE).set_value(text)
        app.run()
    says = "A line on “Clear goals” has more than 200 characters. Shorten it before saving."
    assert says in said(two)
    press(two, "end")
    assert says in said(two)
    press(two, "previous")
    assert says not in said(two)
    for _ in range(13):
        press(two, "previous")
    two.text_area(key=LINE).set_value("Short again.")
    two.run()
    assert says not in said(two)


def test_two_rooms_at_once_keep_a_panel_each_and_staff_give_no_students_order(
    open_app: OpenApp,
) -> None:
    before = {room.record_id for room in rooms()}
    one, two = open_app("panel"), open_app("panel")
    one.radio(key="room").set_value(Room.STAFF)
    for app, practice in ((one, "pace"), (two, "choice")):
        press(app, "begin")
        press(app, "end")
        press(app, "save")
        assert "The room has said nothing yet" in said(app)
        press(app, f"put-{practice}")
    for app in (one, two):
        press(app, "save")
    new = {room.room: room.order for room in rooms() if room.record_id not in before}
    assert new == {Room.STAFF: ("pace",), Room.STUDENTS: ("choice",)}
    assert "what matters most: 1 Real choices." in said(open_app("priorities"))


@pytest.mark.parametrize("page", ["conversations", "panel"])
def test_a_counselor_has_neither_page(page: str, open_app: OpenApp) -> None:
    app = open_app(page, state={"view_as": Role.COUNSELOR})
    assert app.title[0].value == "This page is not yours to open"
    assert not app.text_area
    assert "conversations" not in said(app)


def test_a_school_without_answers_logs_talks_and_saves_them_later(
    sheets: SheetsServer, open_app: OpenApp
) -> None:
    sheets.add_spreadsheet(KEY, {"Form Responses 1": [["Timestamp", "I get choices [1-5]"]]})
    secrets = {**sheets.secrets(KEY), "access": {"open": True}}
    live.forget()
    app = open_app("panel", secrets=secrets)
    assert app.title[0].value == "No answers yet: share the form"
    app = open_app("conversations", secrets=secrets)
    assert app.title[0].value == "Every talk with a student teaches us something"
    assert "None is written down yet" in said(app)
    sheets.fault(Fault(status=503, times=1000))
    app.text_area(key="heard-talk").set_value("They want to build things")
    press(app, "log")
    assert "1 decision is not saved to the sheet yet. Nothing is lost" in said(app)
    assert "1 conversation" in [header.value for header in app.header]
    live.forget()
