"""Setup: what is connected and understood, its repair, waves to take over, a form to make."""

from pathlib import Path

import pytest

from lib import live
from lib.catalogue import FORM
from lib.intake import tables
from lib.workbook import tabs
from tests.pages import forms
from tests.pages.conftest import OpenApp, words
from tests.unit.people import AUTH

DENIED = {"auth": AUTH}


def said(text: str) -> str:
    return text.replace("\\", "")


def test_the_sample_is_connected_understood_and_in_step(open_app: OpenApp) -> None:
    app = open_app("setup")
    assert app.title[0].value == "Connected, understood and in step"
    text = said(words(app))
    closed = sum(t.everybody.n for t in live.live().school().evidence.waves if t.everybody)
    assert f"About {closed:,} answers of closed waves read, none left out. 28 columns: " in text
    assert "so far. Its results appear when it closes." in text
    assert "Nothing in the sheet needs a look." in text
    assert not app.text_input


def test_the_script_of_the_form_can_be_downloaded_with_five_sentences(open_app: OpenApp) -> None:
    app = open_app("setup")
    (button,) = app.get("download_button")
    assert button.label == "Download the script"
    steps = next(m.value for m in app.markdown if m.value.startswith("1. "))
    assert steps.count("\n1. ") == 4


def test_a_messy_form_is_read_with_its_problems_by_column_and_no_row_of_an_answer(
    open_app: OpenApp, tmp_path: Path
) -> None:
    forms.write(tmp_path)
    app = open_app("setup")
    problems = app.table[0].value
    assert list(problems.columns) == ["Row", "Column", "What to look at"]
    assert problems[["Row", "Column"]].to_numpy().tolist() == [["", "E"], ["", "G"]]
    assert f"{len(problems)} things to look at" in said(app.title[0].value)
    everything = said(words(app)) + problems.to_string()
    assert forms.SECRET not in everything
    assert "@school.example" not in everything


def test_one_problem_of_many_columns_stands_once_and_names_them_all(
    open_app: OpenApp, tmp_path: Path
) -> None:
    header = ["Timestamp", *[f"Rate lesson {at} (1-5)" for at in range(62)]]
    table = [
        [
            f"3/{13 + i % 14}/2026 10:00:{i:02}",
            *["??" if i == at % 40 else str(1 + (i + at) % 5) for at in range(62)],
        ]
        for i in range(40)
    ]
    forms.write(tmp_path, header, table)
    app = open_app("setup")
    assert app.title[0].value == "Connected, with 1 thing to look at"
    (problem,) = app.table[0].value.to_numpy().tolist()
    assert problem[:2] == ["", "B"]
    assert said(problem[2]).startswith(
        "Some answers that are not on this question's scale were not counted. (Columns B, C, D"
    )
    assert said(problem[2]).endswith("BJ, BK.)")


def test_of_many_problems_fifty_are_shown_and_how_many_more_there_are(
    open_app: OpenApp, tmp_path: Path
) -> None:
    header = ["Timestamp", *[f"Rate lesson {at} \ufffd (1-5)" for at in range(62)]]
    table = [[f"2026-03-{day:02} 10:00:00", *["1", "5"] * 31] for day in range(1, 13)]
    forms.write(tmp_path, header, table)
    app = open_app("setup")
    assert len(app.table[0].value) == 50
    assert [c.value for c in app.caption if "more" in c.value] == ["And 12 more: mend these first."]


def test_this_is_right_writes_every_question_down_and_then_a_change_is_noticed(
    open_app: OpenApp, tmp_path: Path
) -> None:
    forms.write(tmp_path)
    app = open_app("setup")
    assert "Say so once, and the app notices when the form changes" in said(words(app))
    app.button(key="accept").click()
    app.run()
    assert len(live.live().school().of(tabs.COLUMNS)) == len(forms.HEADER)
    assert "a change in the form is noticed here" in said(words(app))
    assert "accept" not in [button.key for button in app.button]

    def reword(header: list[str], table: list[list[str]]) -> None:
        header[3] = "Rate your classes [I get to make real choices]"

    forms.change(tmp_path, reword)
    app = open_app("setup")
    assert "1 new question looks like an earlier one" in said(words(app))
    # Until somebody has said whether it is the same, all of it cannot be right.
    assert "accept" not in [button.key for button in app.button]


def pasted(folder: Path) -> None:
    """Six rows of the form pasted below it again."""
    table = forms.rows()
    forms.write(folder, table=[*table, *table[10:16]])


def test_a_block_pasted_again_is_left_out_in_one_click_and_counted_again(
    open_app: OpenApp, tmp_path: Path
) -> None:
    pasted(tmp_path)
    app = open_app("setup")
    assert "Was this pasted again?** Rows 122 to 127 are the same as the rows from 12" in words(app)
    before = len(app.table[0].value)
    app.button(key="leave-out-0").click()
    app.run()
    assert "6 rows left out: block left out by a person (6)" in said(words(app))
    assert "A wave that has closed keeps the figures" in said(words(app))
    assert "Was this pasted again?" not in words(app)
    assert "A pasted block of 6 rows is left out." in words(app)
    assert len(app.table[0].value) == before - 1
    (record,) = live.live().school().of(tabs.SETTINGS).values()
    assert record.fields["fingerprint"] not in words(app)

    def sort(header: list[str], table: list[list[str]]) -> None:
        table.sort(key=str)

    forms.change(tmp_path, sort)
    app = open_app("setup")
    assert "6 rows left out" in said(words(app))

    def delete(header: list[str], table: list[list[str]]) -> None:
        twice = next(row for row in table if table.count(row) == 2)
        table[table.index(twice)] = []

    forms.change(tmp_path, delete)
    app = open_app("setup")
    assert "is found no more, so nothing is left out for it" in words(app)
    assert "1 row left out: blank row (1)" in said(words(app))
    app.button(key="count-again-0").click()
    app.run()
    assert "is found no more" not in words(app)
    (record,) = live.live().school().of(tabs.SETTINGS).values()
    assert [event.fields["value"] for event in record.history] == ["left out", "counted again"]


def test_our_own_forms_answers_need_no_mapping(open_app: OpenApp, tmp_path: Path) -> None:
    rest = [*["Clear goals"] * 3, "We need more time.", "More labs.", "Agree", "Disagree"]
    table = [
        [
            f"3/{13 + i % 9}/2026 10:00:{i:02}",
            FORM.groups[0].options[i % 2],
            FORM.groups[1].options[i % 2],
            *[FORM.grid.points[(i + place) % 5] for place in range(14)],
            *rest,
        ]
        for i in range(30)
    ]
    forms.write(tmp_path, FORM.headers(), table)
    app = open_app("setup")
    text = said(words(app))
    assert "24 columns: 14 ratings, 2 groups, 3 lists of practices, 2 questions for words" in text


def test_a_form_without_answers_has_no_waves_and_nothing_to_accept(
    open_app: OpenApp, tmp_path: Path
) -> None:
    forms.write(tmp_path, (), [[]])
    app = open_app("setup")
    assert not app.exception
    assert "No answers read" in said(words(app))
    assert not open_app("waves").text_input
    assert "accept" not in [button.key for button in app.button]


UNRATED = {
    "the time and an address alone": [
        ["Timestamp", "Email Address"],
        *([f"3/{13 + i % 9}/2026 10:00:{i:02}", f"k{i}@school.example"] for i in range(12)),
    ],
    "two hundred answers and no rating": [
        ["Timestamp", "What grade are you in?", "Anything else?"],
        *(
            [f"3/{13 + i % 9}/2026 10:{i // 60:02}:{i % 60:02}", f"Grade {6 + i % 2}", f"No, {i}"]
            for i in range(200)
        ),
    ],
}


@pytest.mark.parametrize("form", list(UNRATED))
def test_a_form_in_which_no_question_rates_a_practice_is_said_everywhere(
    form: str, open_app: OpenApp, tmp_path: Path
) -> None:
    header, *table = UNRATED[form]
    forms.write(tmp_path, header, table)
    for page in ("home", "priorities", "trends", "practice", "setup"):
        text = said(words(open_app(page)))
        assert tables.NO_RATING in text, page
        assert "Too few" not in text
        assert "Nothing in the sheet needs a look" not in text
    assert "Connected, with 1 thing to look at" in text


def test_denied_nothing_is_shown_and_nothing_can_be_downloaded(open_app: OpenApp) -> None:
    app = open_app("setup", secrets=DENIED)
    assert app.title[0].value == "Sign in to see this school"
    assert not app.get("download_button")
    assert not app.table


def test_a_damaged_file_is_called_a_file_and_a_new_one_is_made_once_it_is_moved(
    open_app: OpenApp, tmp_path: Path
) -> None:
    file = tmp_path / "workbook.sqlite"
    file.write_text("no database " * 500)
    app = open_app("setup")
    assert app.title[0].value == "The file cannot be read"
    text = said(words(app))
    assert "Move it to another place and keep it" in text
    assert "restart" not in text
    assert "sheet" not in text.lower().replace("spreadsheet", "")
    app.button(key="retry").click()
    app.run()
    assert not app.exception
    assert app.title[0].value == "The file cannot be read"
    file.rename(tmp_path / "kept.sqlite")
    app.button(key="retry").click()
    app.run()
    assert app.title[0].value == "Connected, understood and in step"
