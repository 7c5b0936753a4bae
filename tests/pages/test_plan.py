"""The plan's cards: what Undo takes back, what asks first, and days that are slips."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from lib import briefing, live, take_away
from lib.access import SCREENS
from lib.plan import sessions
from lib.plan.sessions import Session
from lib.publish import brief_docx, brief_pdf
from lib.publish.versions import RECORD_ID, WITHDRAWN
from lib.students_part import StudentPart
from lib.take_away import GONE
from lib.workbook import new_event, tabs
from tests.pages.conftest import DocumentsOf, OpenApp, words
from tests.unit.said_people import read_all

PACE, HANDSON = "focus-pace", "focus-handson"


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def keys(app: AppTest) -> set[str | None]:
    return {button.key for button in app.button}


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def done(app: AppTest) -> str:
    """What the page says was just done."""
    return " ".join(message.value for message in app.success).replace("\\", "")


def state(key: str) -> str:
    return live.live().school().of(tabs.FOCUS)[key].fields["state"]


def test_a_focus_nobody_changed_has_no_undo_but_the_choice_can_be_undone(
    open_app: OpenApp,
) -> None:
    app = open_app("plan")
    assert f"undo-{PACE}" not in keys(app)
    assert f"unchoose-{HANDSON}" not in keys(app)
    app = press(app, f"unchoose-{PACE}")
    assert done(app) == "“A pace that fits” is no longer a focus."
    fields = live.live().school().of(tabs.FOCUS)[PACE].fields
    assert (fields["state"], fields["reason"]) == ("dropped", "The choice was undone.")


def test_undo_takes_the_session_back_when_that_changed_last(open_app: OpenApp) -> None:
    app = open_app("plan")
    app.date_input(key=f"on-next-{PACE}").set_value(date(2027, 3, 3))
    press(app, f"save-{PACE}")
    app = open_app("plan")
    assert "planned a PD session for Mar 3, 2027, students at the table." in said(app)
    app = press(app, f"undo-{PACE}")
    assert done(app) == "The PD session of Mar 3, 2027 is called off."
    assert open_app("plan").date_input(key=f"on-next-{PACE}").value is None
    assert state(PACE) == "running"


def test_undo_takes_back_what_was_read_and_nothing_that_came_since(open_app: OpenApp) -> None:
    ann = open_app("plan")
    ann.text_input(key=f"owner-{PACE}").set_value("Ann's team")
    ann = press(ann, f"save-{PACE}")
    ben = open_app("plan")
    ben.text_input(key=f"owner-{PACE}").set_value("Ben's team")
    press(ben, f"save-{PACE}")
    ann = press(ann, f"undo-{PACE}")
    assert "Somebody else changed this meanwhile." in said(ann)
    fields = live.live().school().of(tabs.FOCUS)[PACE].fields
    assert fields["owner"] == "Ben's team"
    press(ann, f"undo-{PACE}")
    assert live.live().school().of(tabs.FOCUS)[PACE].fields["owner"] == "Ann's team"


def test_moving_a_session_that_was_called_off_moves_no_other(open_app: OpenApp) -> None:
    open_app()
    first, second, moved = date(2027, 3, 3), date(2027, 4, 7), date(2027, 3, 10)
    for day in (second, first):
        event = sessions.make(
            PACE, on=day, student_part=StudentPart.TOLD, who="x", at=live.moment()
        )
        live.live().record([event])
    ann = open_app("plan")
    assert ann.date_input(key=f"on-next-{PACE}").value == first
    live.live().record([sessions.cancel(mine(first), who="Ben", at=live.moment())])
    ann.date_input(key=f"on-next-{PACE}").set_value(moved)
    ann = press(ann, f"save-{PACE}")
    assert "This session is cancelled." in said(ann)
    assert mine(second).on == second
    assert ann.date_input(key=f"on-next-{PACE}").value == moved


def mine(day: date) -> Session:
    """The session of the focus on a pace that fits, on this day."""
    planned = sessions.sessions(live.live().school().of(tabs.SESSIONS))
    return next(each for each in planned if each.focus == PACE and each.on == day)


def test_what_ends_a_focus_says_what_came_of_it(open_app: OpenApp) -> None:
    app = press(open_app("plan"), f"finish-{PACE}")
    assert done(app) == "“A pace that fits” is finished."
    app = press(open_app("plan"), f"reopen-{PACE}")
    assert done(app) == "“A pace that fits” is a focus again."
    app = press(open_app("plan"), f"undo-{PACE}")
    assert done(app) == "“A pace that fits” is no longer a focus."
    assert state(PACE) == "finished"


def test_a_card_leads_to_its_practice_and_tells_its_story(open_app: OpenApp) -> None:
    app = open_app("plan")
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert links["**A pace that fits**"] == "practice=pace"
    assert "Oct 22, 2025: PD team lead chose it. Owner: Grade 6 and 7 team." in said(app)
    assert "PD sessions so far: Mar 4, 2026, students at the table." in said(app)


def test_the_students_part_is_offered_in_friendly_words(open_app: OpenApp) -> None:
    part = open_app("plan").selectbox(key=f"part-next-{HANDSON}")
    assert part.options == [
        "Told what was decided",
        "Asked beforehand",
        "At the table with us",
        "Designing it with us",
        "Leading it",
    ]


def test_a_day_far_away_is_kept_and_said(open_app: OpenApp) -> None:
    app = open_app("plan")
    app.date_input(key=f"on-next-{PACE}").set_value(date(2072, 3, 3))
    press(app, f"save-{PACE}")
    assert "Is Mar 3, 2072 right? That is 45 years from now." in said(open_app("plan"))


def test_absurd_days_in_the_sheet_break_no_page(open_app: OpenApp) -> None:
    rows = [
        row
        for day in ("0001-01-01", "9999-12-31")
        for row in (
            (tabs.SESSIONS, {"focus": PACE, "date": day, "state": "planned"}),
            (tabs.PROMISES, {"practice": "pace", "you_said": "Odd.", "revisit": day}),
            (tabs.WAVES, {"label": "Odd", "opens": f"{day}T00:00:00", "closes": ""}),
            (tabs.WAVES, {"label": "Odder", "opens": "2027-01-02", "closes": f"{day}T00:00:00"}),
        )
    ]
    at = datetime(2027, 1, 1, tzinfo=UTC)
    live.live().school()
    live.live().record([new_event(tab, fields, who="x", at=at) for tab, fields in rows])
    for screen in SCREENS:
        app = open_app(screen.name, practice="pace")
        assert not app.exception
        assert "Something went wrong" not in words(app), screen.name
        if screen.name == "plan":
            assert "A PD session has a day that cannot be read" in said(app)
    app = open_app("you_said_we_did")
    press(app, next(key for key in keys(app) if key and key.startswith("publish-")))
    assert b"<h1" in live.live().students_page().body


def test_a_card_that_was_left_and_opened_again_shows_what_stands_now(open_app: OpenApp) -> None:
    key = "focus-pace"
    ann, ben = open_app("plan"), open_app("plan")
    ann.switch_page("../pages/trends.py").run()
    ben.text_input(key=f"owner-{key}").set_value("Ben")
    press(ben, f"save-{key}")
    ann.switch_page("../pages/plan.py").run()
    assert ann.text_input(key=f"owner-{key}").value == "Ben"
    assert "Somebody else changed this" not in words(ann)


def pressed(make: Callable[[], object]) -> object:
    """What a download button's function makes: Streamlit calls it in a thread of no page."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(make).result()


def test_what_was_held_back_after_the_page_was_drawn_is_in_no_brief(
    open_app: OpenApp, documents_of: DocumentsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = documents_of(briefing)
    monkeypatch.setattr(brief_docx, "made", lambda brief: brief)
    read_all(live.live())
    open_app("plan")
    make = placed[f"brief-Word-{PACE}"]
    assert pressed(make).quotes
    at = live.moment()
    reviewed = live.live().school().of(tabs.REVIEWS).values()
    live.live().record(
        [
            new_event(tabs.REVIEWS, {"state": "held", "words": ""}, who="x", at=at, previous=each)
            for each in reviewed
            if each.fields["state"] in ("passed", "redacted")
        ]
    )
    made = pressed(make)
    assert made.quotes == ()
    assert made.quotes_note == "No student's words on this practice have been passed yet."


def test_a_page_that_was_withdrawn_meanwhile_goes_on_no_wall(
    open_app: OpenApp, documents_of: DocumentsOf
) -> None:
    placed = documents_of(take_away)
    open_app("you_said_we_did")
    assert b"<h1" in pressed(placed["away-Page"])
    record = live.live().school().of(tabs.PUBLISHED)[RECORD_ID]
    down = {"state": WITHDRAWN, "content": ""}
    live.live().record(
        [new_event(tabs.PUBLISHED, down, who="x", at=live.moment(), previous=record)]
    )
    page = pressed(placed.pop("away-Page"))
    assert b"withdrawn after you opened" in page
    assert b"<h1" not in page
    for make in placed.values():
        (sheet,) = PdfReader(BytesIO(pressed(make))).pages
        assert " ".join(sheet.extract_text().split()) == GONE


def test_each_running_focus_offers_its_brief_and_makes_none_before_it_is_asked_for(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (brief_docx, brief_pdf):
        monkeypatch.setattr(kind, "made", lambda _: pytest.fail("made without a press"))
    app = open_app("plan")
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count("Brief (Word)") == labels.count("Brief (PDF)") == 2
