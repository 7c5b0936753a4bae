"""You said, we did: both sides of a promise, plain words, the loop clock and a second person."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.publish import UNCHECKED
from lib.publish.next_form import follow_ups
from lib.workbook import new_event, tabs
from tests.pages.conftest import OpenApp, words
from tests.unit.people import AUTH

ANA, BEN = "ana@school.example", "ben@school.example"
SENTENCE = "From Monday every unit offers three ways to show what you learned."


@pytest.fixture(autouse=True, scope="module")
def _one_workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One sample school for all: a test decides nothing that a later one would miss."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEAT_WORKBOOK", str(tmp_path_factory.mktemp("said") / "workbook.sqlite"))
        live.forget()
        yield
    live.forget()


@pytest.fixture(autouse=True)
def _own_workbook(_one_workbook: None) -> None:
    """In place of a new one for each test."""


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def button(app: AppTest, start: str) -> str:
    (found,) = (b.key for b in app.button if b.key and b.key.startswith(start))
    return found


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def students_read(sentence: str) -> bool:
    page = live.live().students_page()
    assert page is not None
    return sentence.encode() in page.body


def want_a_second_person(value: str = "yes", *, day: int = 1) -> None:
    live.live().school()
    fields = {"name": "Second approver", "value": value}
    at = datetime(2027, 1, day, tzinfo=UTC)
    live.live().record([new_event(tabs.SETTINGS, fields, who="it", at=at)])


def as_person(open_app: OpenApp, email: str) -> AppTest:
    at = int(datetime.now(UTC).timestamp()) - 60
    user = {"is_logged_in": True, "email": email, "email_verified": True, "iat": at}
    secrets = {"auth": AUTH, "access": {"principal": [ANA], "pd_team": [BEN]}}
    return open_app("you_said_we_did", secrets=secrets, user=user)


def test_the_clock_says_who_waits_and_what_became_of_promises(open_app: OpenApp) -> None:
    app = said(open_app("you_said_we_did"))
    for sentence in (
        "Students wait for an answer on 2 practices, the longest on “Links to real life”",
        "Calm time to work**: 3 months without an answer: students asked for it in Fall 2026.",
        "Since Spring 2026 closed, none kept; 1 late: A pace that fits",
        "60% agree in Fall 2026, 34% in Spring 2024.",
    ):
        assert sentence in app, sentence


def test_students_read_what_a_second_person_approved_and_nothing_else(open_app: OpenApp) -> None:
    want_a_second_person()
    app = as_person(open_app, ANA)
    app.text_area(key="did-promise-choice").set_value(SENTENCE)
    app = press(app, "save-promise-choice")
    app = press(app, button(app, "ask-"))
    assert not students_read(SENTENCE)
    # Who asked cannot approve, and what is written meanwhile is not in what waits.
    assert app.button(key=button(app, "approve-")).disabled
    assert "it takes somebody else to give it" in said(app)
    app.text_area(key="did-promise-pace").set_value("Nobody has read this yet.")
    app = press(app, "save-promise-pace")
    assert "Something was written since" in said(app)
    assert "waits for approval" not in said(app.switch_page("../pages/home.py").run())
    ben = as_person(open_app, BEN)
    assert "school.example asked for approval of version 2 on Jan 28, 2027" in said(ben)
    ben.switch_page("../pages/home.py").run()
    assert "Version 2 of the students' page waits for approval." in said(ben)
    want_a_second_person("no", day=2)
    assert "waits for approval" not in said(ben.run())
    want_a_second_person(day=3)
    ben.switch_page("../pages/you_said_we_did.py").run()
    ben = press(ben, button(ben, "approve-"))
    assert "Approved and published." in said(ben)
    assert students_read(SENTENCE)
    assert not students_read("Nobody has read this yet.")
    record = live.live().school().of(tabs.PUBLISHED)
    assert {i: r.latest.who for i, r in record.items()} == {
        "students-page": BEN,
        "students-page-proposal": BEN,
    }


def test_where_nobody_is_signed_in_it_says_that_nothing_can_be_checked(open_app: OpenApp) -> None:
    want_a_second_person()
    app = open_app("you_said_we_did")
    assert UNCHECKED in said(app)
    app = press(app, button(app, "ask-"))
    app = press(app, button(app, "take-back-"))
    assert "Taken back." in said(app)
    app = press(app, button(app, "ask-"))
    app = press(app, button(app, "approve-"))
    assert "Approved and published." in said(app)


def test_a_promise_is_opened_again_by_what_students_said(open_app: OpenApp) -> None:
    app = open_app("you_said_we_did")
    assert "not yet 55%, Spring 2026" in said(app)
    app = press(app, "reopen-promise-explain")
    fields = live.live().school().of(tabs.PROMISES)["promise-explain"].fields
    assert fields["state"] == "half done"
    assert fields["reason"].startswith("Students do not see it yet: changed a lot 10%")
    assert "Opened again. Students do not see it yet" in said(app)
    assert not [b for b in app.button if b.key and b.key.startswith("reopen-")]


def test_a_vague_promise_is_saved_with_advice_and_asked_about_in_the_next_form(
    open_app: OpenApp,
) -> None:
    app = open_app("you_said_we_did")
    app.text_area(key="did-promise-handson").set_value("We are looking into more labs.")
    app.text_input(key="follow-promise-handson").set_value("We said we would run a lab a week.")
    app = press(app, "save-promise-handson")
    assert "“Hands-on learning” is saved." in said(app)
    assert "Worth a look: “looking into” promises nothing yet." in said(app)
    asked = follow_ups(live.live().school().of(tabs.PROMISES))
    assert "run a lab a week" in asked


def test_what_is_no_focus_is_answered_too_and_then_no_longer_offered(open_app: OpenApp) -> None:
    app = open_app("you_said_we_did")
    assert app.selectbox(key="another").options[:2] == ["Links to real life", "Calm time to work"]
    app.selectbox(key="another").select("reallife").run()
    app.text_area(key="yousaid-new-reallife").set_value("We never use it outside.")
    app = press(app, "save-new-reallife")
    assert "“Links to real life” is saved. It is not on the page yet." in said(app)
    assert app.selectbox(key="another").value is None
    assert "Links to real life" not in app.selectbox(key="another").options
