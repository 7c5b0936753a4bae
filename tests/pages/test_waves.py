"""Waves: the page that names them, closes the open one, and says how they stand."""

from datetime import datetime
from pathlib import Path

from lib import live
from lib.workbook import tabs
from tests.pages import forms
from tests.pages.conftest import OpenApp, words


def said(text: str) -> str:
    return text.replace("\\", "")


def test_suggested_waves_are_named_and_taken_over_in_one_go(
    open_app: OpenApp, tmp_path: Path
) -> None:
    forms.write(tmp_path)
    app = open_app("waves")
    assert "each calendar month counts as one" in said(words(app))
    assert [box.value for box in app.text_input] == [
        "September 2025",
        "December 2025",
        "March 2026",
    ]
    assert app.text_input[0].label == "Sep 13, 2025 to Oct 3, 2025"
    app.text_input(key="wave-0").input("Fall")
    app.button(key="use-waves").click()
    app.run()
    kept = live.live().school().of(tabs.WAVES)
    assert {name: record.fields["label"] for name, record in kept.items()} == {
        "2025-09-13": "Fall",
        "2025-12-13": "December 2025",
        "2026-03-13": "March 2026",
    }
    assert {record.latest.at for record in kept.values()} == {live.moment()}
    assert not app.text_input
    assert "No waves are set" not in said(words(app))
    first = live.live().school().evidence.waves[0].wave
    assert (first.label, first.opens) == ("Fall", datetime(2025, 9, 13))


def test_a_wave_that_takes_the_days_of_a_month_says_why(open_app: OpenApp, tmp_path: Path) -> None:
    forms.write(tmp_path, table=[*forms.rows(), *(forms.late(day) for day in (1, 2))])
    app = open_app("waves")
    assert [box.label for box in app.text_input][:1] == ["Sep 1, 2025 to Sep 30, 2025"]
    assert (
        "The days of September 2025 are those of the calendar month: its results were shown "
        "before, and a few answers more or less would tell what these few said."
    ) in said(words(app))


def test_a_wave_without_a_name_is_not_taken_over(open_app: OpenApp, tmp_path: Path) -> None:
    forms.write(tmp_path)
    app = open_app("waves")
    app.text_input(key="wave-1").input("  ")
    app.button(key="use-waves").click()
    app.run()
    assert "A wave has no name" in said(words(app))
    assert not live.live().school().of(tabs.WAVES)


def test_the_open_wave_is_the_title_and_closing_it_asks_first(open_app: OpenApp) -> None:
    app = open_app("waves")
    assert app.title[0].value == "Winter 2027 is open"
    text = said(words(app))
    assert "8 waves closed." in text
    assert "Winter 2027 has 100 to 199 answers so far; Fall 2026 had about 305." in text
    app.button(key="close-wave").click()
    app.run()
    assert app.title[0].value == "No wave is open"
    assert "Winter 2027 is closed. Its results are in Trends." in said(words(app))
    assert not [button for button in app.button if button.key == "close-wave"]
