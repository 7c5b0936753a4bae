"""A session's page, the calendar of the year, PD so far and the decision record."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from lib import live, planning
from lib.access import Role
from lib.plan import week
from lib.plan.merge import CHANGED_MEANWHILE
from lib.workbook import moment_after, new_event, tabs
from tests.pages.conftest import DocumentsOf, OpenApp, words

PACE = "focus-pace"
NEXT, HELD = "session-handson-students", "session-handson-labs"
AS_COUNSELOR = {"view_as": Role.COUNSELOR}


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def fields(session: str) -> dict[str, str]:
    return dict(live.live().school().of(tabs.SESSIONS)[session].fields)


def test_an_agenda_is_made_from_the_focus_edited_and_kept(open_app: OpenApp) -> None:
    app = press(open_app("session", session=NEXT), f"draft-{NEXT}")
    assert not app.exception
    assert "60 of 60 minutes." in said(app)
    assert "10 min: Look at the chart before opinions" in said(app)
    # The school's own list rules; on the sample it is the catalogue's.
    assert "Turn one demonstration into something each table tries for itself." in said(app)
    editor = next(a for a in app.text_area if (a.key or "").startswith("agenda-agenda-"))
    editor.set_value(editor.value.replace("5 min: Commitment", "10 min: Our promise"))
    app.button(key=f"agenda-save-{editor.key.removeprefix('agenda-')}").click()
    app.run()
    assert "65 of 60 minutes, 5 too many." in said(app)
    assert "10 min: Our promise" in fields(NEXT)["agenda"]


def test_an_agenda_that_cannot_be_read_loses_nothing(open_app: OpenApp) -> None:
    app = open_app("session", session=NEXT)
    app.text_area(key=f"agenda-agenda-{NEXT}").set_value("Welcome everybody")
    app = press(app, f"agenda-save-agenda-{NEXT}")
    assert "Begin each part with its minutes" in said(app)
    assert app.text_area(key=f"agenda-agenda-{NEXT}").value == "Welcome everybody"


def test_all_of_a_session_is_saved_and_a_bad_link_is_refused(open_app: OpenApp) -> None:
    app = open_app("session", session=NEXT)
    app.text_input(key=f"link-held-{NEXT}").set_value("javascript:alert(1)")
    app = press(app, f"save-held-{NEXT}")
    assert "The link to materials is no web address." in said(app)
    app.text_input(key=f"link-held-{NEXT}").set_value("https://docs.example/labs")
    app.date_input(key=f"on-held-{NEXT}").set_value(date(2027, 2, 12))
    app.number_input(key=f"m-held-{NEXT}").set_value(75)
    app = press(app, f"save-held-{NEXT}")
    assert app.title[0].value == "PD session of Feb 12, 2027"
    kept = fields(NEXT)
    assert (kept["minutes"], kept["materials"]) == ("75", "https://docs.example/labs")
    assert (kept["format"], kept["students"]) == ("student-led", "5-9")


def test_a_length_that_no_field_takes_closes_no_page_and_an_agenda_is_nobody_elses_change(
    open_app: OpenApp,
) -> None:
    def typed(minutes: str) -> None:
        record = live.live().school().of(tabs.SESSIONS)[NEXT]
        at = moment_after(live.moment(), record)
        row = {"minutes": minutes}
        live.live().record([new_event(tabs.SESSIONS, row, who="x", at=at, previous=record)])

    live.live().school()
    typed("600")
    app = open_app("session", session=NEXT)
    assert not app.exception
    assert app.number_input(key=f"m-held-{NEXT}").value == 480
    typed("")
    app = open_app("session", session=NEXT)
    app.text_area(key=f"agenda-agenda-{NEXT}").set_value("45 min: Talk")
    app = press(app, f"agenda-save-agenda-{NEXT}")
    assert "45 of 45 minutes." in said(app)
    assert "Somebody else changed this" not in said(app)


def test_what_came_of_a_session_is_written_down_beside_its_verdict(open_app: OpenApp) -> None:
    app = open_app("session", session=HELD)
    assert "No wave has closed since the session." in said(app)
    app.number_input(key=f"attended-after-{HELD}").set_value(15)
    app.text_area(key=f"committed-after-{HELD}").set_value("A lab on Fridays.")
    app = press(app, f"after-save-after-{HELD}")
    assert "What staff committed to.** A lab on Fridays." in said(app)
    assert fields(HELD)["attended"] == "15"


def test_a_session_is_called_off_and_planned_again(open_app: OpenApp) -> None:
    app = press(open_app("session", session=NEXT), "cancel")
    assert "This session is called off." in said(app)
    assert "cancel" not in {button.key for button in app.button}
    press(app, "undo")
    assert fields(NEXT)["state"] == "planned"


def test_a_session_that_is_not_there_is_said(open_app: OpenApp) -> None:
    app = open_app("session", session="<script>")
    assert not app.exception
    assert app.title[0].value == "There is no such session here"


def test_one_more_session_is_planned_and_stands_in_the_year(open_app: OpenApp) -> None:
    app = open_app("plan")
    assert "Students' part grew: told in Spring 2025, leading in Spring 2027." in said(app)
    app = press(app, "another-plan")
    assert "A session needs a day." in said(app)
    app.date_input(key="day-another").set_value(date(2027, 4, 20))
    app = press(app, "another-plan")
    # It is the next one now: the card has it, and says of nobody that they changed it.
    assert app.date_input(key=f"on-next-{PACE}-1").value == date(2027, 4, 20)
    # Its texts are the same fields: what somebody has typed into them stays there.
    assert f"owner-{PACE}" in {field.key for field in app.text_input}
    assert CHANGED_MEANWHILE not in said(app)
    labels = [link.proto.label for link in app.get("page_link")]
    assert "Apr 20: A pace that fits" in labels
    assert "Dec 9: Hands\\-on learning, called off" in labels
    # The day is not there to be planned once more, and the same day cannot be.
    assert app.date_input(key="day-another-1").value is None
    app.date_input(key="day-another-1").set_value(date(2027, 4, 20))
    app = press(app, "another-plan")
    assert "This focus has a PD session on Apr 20, 2027 already. Pick another day." in said(app)
    assert [link.proto.label for link in app.get("page_link")] == labels


def test_a_year_of_sessions_called_off_is_shown_and_its_calendar_is_of_the_press(
    open_app: OpenApp, documents_of: DocumentsOf
) -> None:
    placed = documents_of(planning)
    open_app("plan")
    off = {"state": "cancelled"}
    live.live().record(
        [
            new_event(
                tabs.SESSIONS, off, who="x", at=moment_after(live.moment(), each), previous=each
            )
            for each in live.live().school().of(tabs.SESSIONS).values()
        ]
    )
    made = placed["ics"]()
    assert made.count(b"STATUS:CANCELLED") == made.count(b"BEGIN:VEVENT") > 1
    app = open_app("plan")
    assert not app.exception
    assert "The year's sessions" in [header.value for header in app.header]
    labels = [link.proto.label for link in app.get("page_link")]
    assert "Dec 9: Hands\\-on learning, called off" in labels


def test_all_pd_so_far_stands_under_what_may_be_said(open_app: OpenApp) -> None:
    app = open_app("so_far")
    assert app.title[0].value == ("Of 4 PD sessions, 1 moved, 2 did not and 1 may still show")
    assert [header.value for header in app.header] == [
        *("What moved", "What did not move", "Not known yet"),
    ]
    assert "Staff committed to:** One comment on a draft before the grade" in said(app)
    links = {link.proto.label for link in app.get("page_link")}
    days = {label for label in links if label.startswith("PD session of")}
    assert len(days) == 4
    # A counselor has not the sessions' own pages, and sees their days.
    app = open_app("so_far", state=AS_COUNSELOR)
    assert days <= set(said(app).splitlines())


def test_the_record_tells_every_choice(open_app: OpenApp) -> None:
    app = open_app("record")
    assert "Feb 19, 2025, **Another way to explain**: PD team lead chose it." in said(app)
    assert "Seen then: Winter 2025: 45% not favorable, about 290 answers." in said(app)
    before = len([m for m in app.markdown if "PD team lead" in m.value])
    app.selectbox(key="about").set_value("A pace that fits")
    app.run()
    after = [m.value for m in app.markdown if "PD team lead" in m.value]
    assert 0 < len(after) < before
    assert all("A pace that fits" in line for line in after)


def test_home_says_what_is_new_and_what_is_due(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, told = week.new, []

    def noted(made, evidence, *, now):
        told.extend(choice for choice in made if choice.at < now - week.WEEK)
        return new(made, evidence, now=now)

    monkeypatch.setattr(week, "new", noted)
    app = open_app("home")
    assert told == []  # the rest of the record is not Home's to work out
    assert "Jan 25, 2027: Technology coordinator opened Winter 2027." in said(app)
    assert "The PD session on “Hands-on learning” is in 13 days and has no agenda." in said(app)
    press(open_app("priorities"), "choose-choice")
    app = open_app("home")
    news = said(app)
    chose = "Jan 28, 2027, Real choices: sample visitor chose it. Compared with: Spring 2026."
    assert chose in news
