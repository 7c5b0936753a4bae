"""Every page on the sample, on a form nobody has answered, on a damaged file, and by task."""

import json
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from lib import live
from lib.access import SCREENS
from lib.workbook import tabs
from lib.workbook.sqlite import Seed, SqliteWorkbook
from tests.pages.conftest import OpenApp, words

EMPTY = Seed(form_title="", header=(), rows=(), events=())
NAMES = [screen.name for screen in SCREENS]


def workbook_file(tmp_path: Path) -> Path:
    return tmp_path / "workbook.sqlite"


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def publish(app: AppTest) -> AppTest:
    """Press the button that publishes the page as this viewer sees it."""
    return press(app, publish_button(app).key or "")


def publish_button(app: AppTest) -> Button:
    return next(button for button in app.button if (button.key or "").startswith("publish-"))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_on_the_sample(name: str, open_app: OpenApp) -> None:
    app = open_app(name, practice="calm")
    assert not app.exception
    assert app.error == []
    assert len(app.title) == 1
    assert "fictional school" in words(app)


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_words_and_a_table(name: str, open_app: OpenApp) -> None:
    app = open_app(name, practice="calm")
    charts = app.get("vega_lite_chart")
    assert all(chart.proto.alt for chart in charts)
    assert len([e for e in app.expander if e.label == "Show as a table"]) == len(charts)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_on_a_form_without_answers(
    name: str, open_app: OpenApp, tmp_path: Path
) -> None:
    SqliteWorkbook(workbook_file(tmp_path), lambda: EMPTY).read()
    app = open_app(name)
    assert not app.exception
    assert "Something went wrong" not in words(app)
    assert len(app.title) == 1


def test_the_first_day_promises_nothing_and_offers_nothing_empty(
    open_app: OpenApp, tmp_path: Path
) -> None:
    SqliteWorkbook(workbook_file(tmp_path), lambda: EMPTY).read()
    assert open_app("setup").title[0].value == "Connected. What is next: a form"
    assert not open_app("voices").expander
    assert "Everything students asked for" not in words(open_app("you_said_we_did"))


# Methods is a document: it shows nothing of the workbook. Review and Safety are not of the role
# that the sample opens with, and refuse before they read anything.
UNREAD = {"methods", "review", "safety"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in UNREAD])
def test_a_damaged_file_is_said_on_every_page(name: str, open_app: OpenApp, tmp_path: Path) -> None:
    workbook_file(tmp_path).write_bytes(b"no database at all" * 200)
    app = open_app(name)
    assert not app.exception
    said = words(app)
    assert "Something went wrong" not in said
    assert "Traceback" not in said
    assert ".sqlite" in said.replace("\\", "")


def test_home_says_what_moved_and_what_waits(open_app: OpenApp) -> None:
    said = words(open_app("home")).replace("\\", "")
    assert "Calm time to work fell from 74% to 56%" in said
    assert "13 practices: no clear change." in said
    assert "Feb 10, 2027, in 13 days" in said
    assert "Winter 2027 is open and collecting: 100 to 199 answers so far" in said


def everything(open_app: OpenApp) -> dict[str, str]:
    """All that each page says and draws."""
    said = {}
    for name in NAMES:
        app = open_app(name, practice="calm")
        specs = [chart.proto.spec + chart.proto.alt for chart in app.get("vega_lite_chart")]
        tables = [table.value.to_csv() for table in app.table]
        frames = [frame.proto.srcdoc for frame in app.get("iframe")]
        said[name] = "\n".join([words(app), *specs, *tables, *frames])
    return said


def test_no_result_of_an_open_wave_is_on_any_page(open_app: OpenApp, tmp_path: Path) -> None:
    """Whatever the open wave's answers are, every page says and draws the same."""
    before = everything(open_app)
    assert "Winter 2027" in before["home"]
    with sqlite3.connect(workbook_file(tmp_path)) as database:
        rows = database.execute("SELECT position, cells FROM form_row").fetchall()
        opened = [(at, cells) for at, cells in rows if is_in_open_wave(json.loads(cells)[0])]
        assert 100 <= len(opened) < 200
        other = {"Almost always": "Almost never", "Often": "Once in a while"}
        other |= {then: now for now, then in other.items()}
        turned = [
            (json.dumps([other.get(cell, cell) for cell in json.loads(cells)]), at)
            for at, cells in opened
        ]
        assert [cells for cells, _ in turned] != [cells for _, cells in opened]
        database.executemany("UPDATE form_row SET cells = ? WHERE position = ?", turned)
    live.forget()
    assert everything(open_app) == before


def is_in_open_wave(timestamp: str) -> bool:
    """Whether an answer of the sample came in after its last closed wave, Fall 2026."""
    return datetime.strptime(timestamp, "%m/%d/%Y %H:%M:%S") >= datetime(2027, 1, 1)


def test_a_chart_ships_printed_figures_only(open_app: OpenApp) -> None:
    app = open_app("practice", practice="calm")
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    assert len(specs) == 2
    columns = {c.lower() for spec in specs for c in json.dumps(spec).split('"')}
    assert not columns & {"timestamp", "grade", "program", "response", "row"}


def test_a_practice_nobody_asked_about_is_said(open_app: OpenApp) -> None:
    app = open_app("practice", practice="<script>")
    assert not app.exception
    assert app.title[0].value == "There is no such practice here"


def test_choosing_planning_and_undoing_a_focus(open_app: OpenApp) -> None:
    app = press(open_app("priorities"), "choose-choice")
    assert not app.exception
    chosen = {r.fields["practice"]: r for r in live.live().school().of(tabs.FOCUS).values()}
    own = chosen["choice"]
    assert own.fields["state"] == "running"
    assert "59%" in own.fields["evidence"]
    app = open_app("plan")
    key = own.record_id
    app.text_input(key=f"owner-{key}").set_value("Student council advisor")
    app = press(app, f"save-{key}")
    assert not app.exception
    assert live.live().school().of(tabs.FOCUS)[key].fields["owner"] == "Student council advisor"
    app = press(open_app("plan"), f"undo-{key}")
    assert live.live().school().of(tabs.FOCUS)[key].fields["owner"] == ""
    assert len(live.live().school().of(tabs.FOCUS)[key].history) == 3


def test_a_fourth_focus_asks_which_to_finish(open_app: OpenApp) -> None:
    press(open_app("priorities"), "choose-choice")
    app = press(open_app("priorities"), "choose-retry")
    assert "3 are running, the most a school does well" in words(app)
    app = press(app, "instead-retry-focus-pace")
    assert "“Another try” is a focus now" in words(app)
    assert "“A pace that fits” is finished" in words(app)
    rows = live.live().school().of(tabs.FOCUS).values()
    running = {r.fields["practice"] for r in rows if r.fields["state"] == "running"}
    assert running == {"handson", "choice", "retry"}


def test_a_fourth_focus_may_stay_unchosen(open_app: OpenApp) -> None:
    press(open_app("priorities"), "choose-choice")
    app = press(open_app("priorities"), "choose-retry")
    app = press(app, "keep-retry")
    assert "Which one to finish?" not in words(app)
    assert len(live.live().school().of(tabs.FOCUS)) == 6


def test_dropping_needs_a_reason(open_app: OpenApp) -> None:
    key = "focus-pace"
    app = press(open_app("plan"), f"dropit-{key}")
    assert "A focus is dropped with a reason" in words(app)
    app.text_input(key=f"reason-{key}").set_value("The catch-up block comes first.")
    press(app, f"dropit-{key}")
    assert live.live().school().of(tabs.FOCUS)[key].fields["state"] == "dropped"


def test_finishing_and_reopening(open_app: OpenApp) -> None:
    press(open_app("plan"), "finish-focus-pace")
    assert live.live().school().of(tabs.FOCUS)["focus-pace"].fields["state"] == "finished"
    press(open_app("plan"), "reopen-focus-pace")
    assert live.live().school().of(tabs.FOCUS)["focus-pace"].fields["state"] == "running"


def test_a_promise_reaches_students_only_when_it_is_published(open_app: OpenApp) -> None:
    key = "promise-choice"
    sentence = "Each unit now offers three ways to show what you learned."
    app = open_app("you_said_we_did")
    app.text_area(key=f"did-{key}").set_value(sentence)
    press(app, f"save-{key}")
    assert sentence.encode() not in live.live().students_page().body
    publish(open_app("you_said_we_did"))
    assert sentence.encode() in live.live().students_page().body
    press(open_app("you_said_we_did"), "withdraw")
    assert sentence.encode() not in live.live().students_page().body


def test_what_students_see_already_is_not_published_again(open_app: OpenApp) -> None:
    app = open_app("you_said_we_did")
    publish(app)
    assert publish_button(app).disabled
    assert "Students already see exactly this" in words(app)


def test_a_preview_that_somebody_changed_meanwhile_is_not_published(open_app: OpenApp) -> None:
    key, sentence = "promise-choice", "Each unit now offers three ways."
    ann, ben = open_app("you_said_we_did"), open_app("you_said_we_did")
    ann.text_area(key=f"did-{key}").set_value(sentence)
    press(ann, f"save-{key}")
    publish(ben)
    assert "Somebody changed this page since you last saw it" in words(ben)
    assert sentence.encode() not in live.live().students_page().body
    publish(ben)
    assert sentence.encode() in live.live().students_page().body


def test_closing_the_open_wave_shows_its_results(open_app: OpenApp) -> None:
    before = [t.wave.label for t in live.live().school().evidence.waves]
    press(open_app("waves"), "close-wave")
    after = live.live().school().evidence
    assert [t.wave.label for t in after.waves] == [*before, "Winter 2027"]
    assert after.collecting is None
    assert "Winter 2027" in words(open_app("trends"))


def test_what_people_wrote_is_shown_as_they_wrote_it(open_app: OpenApp) -> None:
    key = "focus-pace"
    app = open_app("plan")
    app.text_input(key=f"owner-{key}").set_value("# <b>*Ana*</b> $x$")
    press(app, f"save-{key}")
    app = open_app("plan")
    assert app.text_input(key=f"owner-{key}").value == "# <b>*Ana*</b> $x$"
    assert r"\# \<b\>\*Ana\*\</b\> \$x\$" in words(app)


def test_undo_shows_what_stands_again(open_app: OpenApp) -> None:
    key = "focus-pace"
    app = open_app("plan")
    before = app.text_input(key=f"owner-{key}").value
    app.text_input(key=f"owner-{key}").set_value("Wrong person")
    press(app, f"save-{key}")
    assert app.text_input(key=f"owner-{key}-1").value == "Wrong person"
    press(app, f"undo-{key}")
    assert app.text_input(key=f"owner-{key}-2").value == before


def test_two_people_in_one_card_keep_what_each_changed(open_app: OpenApp) -> None:
    key = "focus-pace"
    ann, ben = open_app("plan"), open_app("plan")
    ann.text_input(key=f"owner-{key}").set_value("Ann")
    press(ann, f"save-{key}")
    ben.text_area(key=f"done-{key}").set_value("Nine in ten keep up.")
    press(ben, f"save-{key}")
    fields = live.live().school().of(tabs.FOCUS)[key].fields
    assert (fields["owner"], fields["done_when"]) == ("Ann", "Nine in ten keep up.")


def test_a_change_meanwhile_is_said_and_the_later_one_holds(open_app: OpenApp) -> None:
    key = "focus-pace"
    ann, ben = open_app("plan"), open_app("plan")
    ann.text_input(key=f"owner-{key}").set_value("Ann")
    press(ann, f"save-{key}")
    ben.run()
    assert "Somebody else changed this since you opened it" in words(ben)
    ben.text_input(key=f"owner-{key}").set_value("Ben")
    press(ben, f"save-{key}")
    assert live.live().school().of(tabs.FOCUS)[key].fields["owner"] == "Ben"
    history = live.live().school().of(tabs.FOCUS)[key].history
    assert [event.fields["owner"] for event in history][-2:] == ["Ann", "Ben"]
