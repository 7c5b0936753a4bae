"""The privacy self-test as a page: nothing until asked, a report, and why it cannot run."""

import sqlite3
from pathlib import Path

import pytest

from lib import behind, live, reader
from lib.evidence import attempts
from lib.evidence.types import Evidence
from lib.workbook import new_event, tabs
from tests.pages import forms
from tests.pages.conftest import OpenApp, words
from tests.unit.people import AUTH

DENIED = {"auth": AUTH}


def test_nothing_is_attacked_until_somebody_asks(open_app: OpenApp) -> None:
    app = open_app("self_test")
    assert not app.exception
    assert app.title[0].value == "Can anybody be singled out?"
    assert not app.table
    assert [button.label for button in app.button] == ["Attack our own results"]


def test_the_report_says_what_was_tried_and_found_and_stays(
    open_app: OpenApp, tmp_path: Path
) -> None:
    forms.write(tmp_path)
    app = open_app("self_test")
    app.button(key="attack").click()
    app.run()
    assert not app.exception
    assert "No way was found to single anybody out" in words(app)
    (table,) = app.table
    assert list(table.value.columns) == ["What was tried", "Times", "Found"]
    assert table.value["What was tried"].tolist()[-1] == attempts.RANGES
    assert set(table.value["Found"]) == {"0"}
    # Whoever comes next reads the report that there is.
    assert open_app("self_test").table[0].value.equals(table.value)


def test_a_report_of_other_results_is_not_shown(open_app: OpenApp, tmp_path: Path) -> None:
    forms.write(tmp_path)
    app = open_app("self_test")
    app.button(key="attack").click()
    app.run()
    assert live.live().behind.tested is not None
    with sqlite3.connect(tmp_path / "workbook.sqlite") as database:
        database.execute("DELETE FROM form_row WHERE position <= 20")
    live.live().refresh()
    assert live.live().behind.tested is not None  # what is published is frozen, so still the same
    raised = {"name": "floor staff", "value": "60"}
    live.live().record([new_event(tabs.SETTINGS, raised, who="it", at=live.live().moment())])
    live.live().refresh()
    assert live.live().behind.tested is None
    assert not open_app("self_test").table


def test_what_is_found_is_said_with_what_to_do(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaky(evidence: Evidence, *args: object) -> attempts.Attempt:
        return attempts.Attempt(attempts.OPEN_WAVE, 1, ("March is open and has figures already.",))

    monkeypatch.setattr(attempts, "open_wave", leaky)
    forms.write(tmp_path)
    app = open_app("self_test")
    app.button(key="attack").click()
    app.run()
    assert "Found 1 way to learn about few people" in words(app)
    assert "March is open and has figures already" in words(app)
    assert app.error[0].value.startswith("Tell the people who look after this app")


def test_without_answers_it_says_why_it_cannot_run(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("self_test")
    monkeypatch.setattr(reader.Digest, "answers", lambda *_: None)
    app.button(key="attack").click()
    app.run()
    assert not app.exception
    said = words(app).replace("\\", "")
    assert behind.NO_ANSWERS[0] in said


def test_denied_nothing_can_be_attacked(open_app: OpenApp) -> None:
    app = open_app("self_test", secrets=DENIED)
    assert app.title[0].value == "Sign in to see this school"
    assert [button.label for button in app.button] == ["Sign in"]
