"""Voices, Review and Safety: words go only where a person has sent them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.access import Role
from lib.voices.drills import DRILL_TEXT
from lib.voices.review import State
from lib.voices.sayings import wording
from lib.voices.themes import correct
from lib.workbook import tabs
from tests.pages.conftest import OpenApp, words
from tests.unit.said_people import read_all

AS_COUNSELOR = {"view_as": Role.COUNSELOR}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One sample school for the module: reading its comments takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEAT_WORKBOOK", str(tmp_path_factory.mktemp("voices") / "workbook.sqlite"))
        live.forget()
        read_all(live.live())
        yield
    live.forget()


@pytest.fixture(autouse=True)
def _own_workbook(sample: None) -> None:
    """In place of a new one for each test."""


def desk():
    return read_all(live.live())


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    app.run()
    assert not app.exception
    assert app.error == []
    return app


def waiting(level: str = "") -> str:
    """The id of the first waiting saying with this flag."""
    items = desk().queue()
    return next(i.saying_id for i in items if i.reading.concern.level == level)


def go_to(app: AppTest, saying_id: str, state: State = State.UNREVIEWED) -> AppTest:
    place = [item.saying_id for item in desk().queue(state)].index(saying_id) + 1
    app.number_input(key=f"at-{state}").set_value(place)
    app.run()
    assert any(b.key == f"pass-{saying_id}" for b in app.button)
    return app


def test_voices_shows_passed_words_beside_shares_and_what_to_bring_back(open_app: OpenApp) -> None:
    app = open_app("voices")
    assert not app.exception
    assert app.error == []
    said = words(app)
    assert app.title[0].value == "Hands\\-on learning is what students miss most"
    assert "The ratings agree" in said
    assert "Said by 10% or more since Fall 2025" in said.replace("\\", "")
    assert "154 passed comments" in said
    assert "wait for review" not in said
    passed = {wording(each.words) for each in desk().approved(live.live().now(), 10)}
    quoted = re.findall("“(.*?)”", said.replace("\\", ""))
    assert len(quoted) > 100
    assert {wording(quote) for quote in quoted} <= passed


def test_the_search_finds_passed_words_alone(open_app: OpenApp) -> None:
    app = open_app("voices")
    app.text_input(key="search").set_value("film club")
    app.run()
    assert "1 passed comment." in words(app)
    hidden = desk().queue()[0].saying.text
    app.text_input(key="search").set_value(hidden[:60])
    app.run()
    assert "No passed comments." in words(app)


def test_what_used_to_work_is_one_click_from_a_focus(open_app: OpenApp) -> None:
    app = open_app("voices")
    keys = {b.key for b in app.button}
    assert "choose-retry" in keys
    press(app, "choose-retry")
    assert "is a focus now" in words(app)
    rows = live.live().school().of(tabs.FOCUS).values()
    assert any(row.fields["practice"] == "retry" for row in rows)


def test_a_counselor_chooses_nothing_and_gets_to_the_review(open_app: OpenApp) -> None:
    app = open_app("voices", state=AS_COUNSELOR)
    assert not any((b.key or "").startswith("choose-") for b in app.button)
    assert "comments wait for review, the oldest for 8 days. Flagged: 1 red and" in words(app)
    assert "review" in {link.proto.page for link in app.get("page_link")}


def test_pass_hold_and_take_back(open_app: OpenApp) -> None:
    app = open_app("review", state=AS_COUNSELOR)
    first = waiting()
    press(go_to(app, first), f"pass-{first}")
    assert "Passed. U takes it back" in words(app).replace("\\", "")
    assert desk().decided[first].state is State.PASSED
    press(app, f"undo-{first}")
    assert first in {item.saying_id for item in desk().queue()}
    press(go_to(app, first), f"hold-{first}")
    assert [item.saying_id for item in desk().queue(State.HELD)].count(first) == 1
    app.radio(key="where").set_value(State.HELD)
    app.run()
    press(go_to(app, first, State.HELD), f"pass-{first}")
    assert desk().decided[first].state is State.PASSED


def test_edited_words_are_kept_and_corrected_practices_go_with_them(open_app: OpenApp) -> None:
    app = open_app("review", state=AS_COUNSELOR)
    first = waiting()
    press(go_to(app, first), f"edit-{first}")
    app.text_area(key=f"words-{first}-text").set_value("Shorter words of our own.")
    app.multiselect(key=f"about-{first}").set_value(["calm", "pace"])
    press(app, f"redact-{first}")
    assert desk().decided[first].words == "Shorter words of our own."
    assert set(desk().corrected[first]) == {"calm", "pace"}


def test_to_decide_again_does_not_forget_a_practice_that_is_asked_no_longer(
    open_app: OpenApp,
) -> None:
    first = waiting()
    live.live().record(
        [correct(first, ["calm", "sit-in-a-circle"], {}, who="Ana", at=datetime.now(UTC))]
    )
    app = open_app("review", state=AS_COUNSELOR)
    go_to(app, first)
    about = app.multiselect(key=f"about-{first}")
    assert "Sit in a circle (no longer asked)" in about.options
    press(app, f"hold-{first}")
    assert set(desk().corrected[first]) == {"calm", "sit-in-a-circle"}


def test_what_somebody_else_said_it_is_about_is_not_overwritten_by_an_untouched_field(
    open_app: OpenApp,
) -> None:
    first = waiting()
    app = go_to(open_app("review", state=AS_COUNSELOR), first)
    read = app.multiselect(key=f"about-{first}").value
    added = next(p for p in live.live().school().names if p not in read)
    live.live().record([correct(first, [added], {}, who="Ana", at=datetime.now(UTC))])
    press(app, f"hold-{first}")
    assert desk().decided[first].state is State.HELD
    assert desk().corrected[first] == (added,)


def test_words_as_they_were_are_no_edit(open_app: OpenApp) -> None:
    app = open_app("review", state=AS_COUNSELOR)
    first = waiting()
    press(go_to(app, first), f"edit-{first}")
    press(app, f"redact-{first}")
    assert any("The words are as they were written" in w.value for w in app.warning)
    assert first not in desk().decided


def test_names_are_masked_until_somebody_asks(open_app: OpenApp) -> None:
    app = open_app("review", state=AS_COUNSELOR)
    state = State.REDACTED
    app.radio(key="where").set_value(state)
    app.run()
    item = next(i for i in desk().queue(state) if i.reading.masked.spans)
    go_to(app, item.saying_id, state)
    span = item.reading.masked.spans[0]
    name = item.saying.text[span.start : span.end]
    assert name not in words(app).replace("\\", "")
    app.toggle(key=f"names-{item.saying_id}").set_value(True)
    app.run()
    assert name in words(app).replace("\\", "")


def test_a_referral_asks_once_more_and_leaves_every_other_queue(open_app: OpenApp) -> None:
    app = open_app("review", state=AS_COUNSELOR)
    red = waiting("red")
    text = next(i.saying.text for i in desk().queue() if i.saying_id == red)
    press(go_to(app, red), f"refer-{red}")
    assert red not in desk().decided
    press(app, f"no-{red}")
    assert not any(b.key == f"yes-{red}" for b in app.button)
    press(app, f"refer-{red}")
    press(app, f"yes-{red}")
    assert desk().decided[red].state is State.REFERRED
    assert text not in words(app).replace("\\", "")
    app = open_app("home", state=AS_COUNSELOR)
    assert "1 referred comment waits for you" in words(app)
    app = open_app("home")
    assert "referred" not in words(app)
    app = open_app("safety", state=AS_COUNSELOR)
    assert app.title[0].value == "1 referred comment waits for you"
    assert text in words(app).replace("\\", "")
    assert "This app does not watch" in words(app)
    assert "555" in words(app)
    assert not app.text_area
    assert not app.text_input
    press(app, f"SEEN-{red}")
    press(app, f"HANDED_OVER-{red}")
    assert app.title[0].value == "Nothing waits for you"
    assert "Marked “handed over”" in words(app)


def test_a_drill_goes_the_whole_way(open_app: OpenApp) -> None:
    app = open_app("safety", state=AS_COUNSELOR)
    press(app, "drill")
    assert "It waits in the review queue" in words(app)
    place, drill = next(
        (at, item) for at, item in enumerate(desk().queue(), 1) if item.saying.text == DRILL_TEXT
    )
    app = open_app("review", state=AS_COUNSELOR)
    app.number_input(key=f"at-{State.UNREVIEWED}").set_value(place)
    app.run()
    assert "Drill: made up to try the chain" in words(app).replace("\\", "")
    press(app, f"refer-{drill.saying_id}")
    press(app, f"yes-{drill.saying_id}")
    app = open_app("safety", state=AS_COUNSELOR)
    app.selectbox(key="case").set_value(drill.saying_id)
    app.run()
    press(app, f"SEEN-{drill.saying_id}")
    assert "The chain works" in words(app)


def test_used_to_work_under_priorities_leads_to_voices(open_app: OpenApp) -> None:
    app = open_app("priorities")
    leads = [link.proto for link in app.get("page_link") if link.proto.page == "voices"]
    assert any("used to" in link.label.lower() for link in leads)


def test_home_says_what_waits_to_be_read_to_a_reviewer_alone(open_app: OpenApp) -> None:
    assert "wait for review" in words(open_app("home", state=AS_COUNSELOR))
    assert "wait for review" not in words(open_app("home"))


def test_a_practice_shows_its_passed_words(open_app: OpenApp) -> None:
    app = open_app("practice", practice="handson")
    assert not app.exception
    assert "In students' words" in words(app)
