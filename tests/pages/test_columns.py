"""Questions: every column, a change seen at once, saved, undone; a form that changed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.intake.feedback import Role
from lib.workbook import tabs
from tests.pages import forms
from tests.pages.conftest import OpenApp, words
from tests.unit.people import AUTH

DENIED = {"auth": AUTH}


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def outcome(app: AppTest) -> dict[str, list[str]]:
    """The little table of what comes out: now, and with the change."""
    table = app.table[0].value
    return {row[0]: list(row[1:]) for row in table.to_numpy().tolist()}


def choose(app: AppTest, letter: str) -> AppTest:
    app.selectbox(key="question").set_value(letter)
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    forms.write(tmp_path)
    return tmp_path


def test_every_column_of_the_sample_is_listed_and_the_first_rating_is_open(
    open_app: OpenApp,
) -> None:
    app = open_app("columns")
    assert app.title[0].value.replace("\\", "") == "14 questions rate a practice, 2 ask for words"
    everything = app.table[1].value
    assert list(everything["Column"])[-2:] == ["AA", "AB"]
    assert everything["Taken for"][3] == "Rating of “Clear goals”, favorable from “Often”"
    assert app.selectbox(key="question").value == "D"
    assert "Answers:** Almost never, Once in a while, Sometimes, Often, Almost always." in said(app)
    assert "The app is in doubt about none of them." in said(app)


def test_no_word_name_or_rare_answer_is_anywhere_on_the_page(
    open_app: OpenApp, messy: Path
) -> None:
    app = open_app("columns")
    for letter in "ABCDEFG":
        choose(app, letter)
        assert not app.exception
        seen = said(app) + "".join(table.value.to_string() for table in app.table)
        assert forms.SECRET not in seen
        assert "@school.example" not in seen
    choose(app, "E")
    # One student in each wave typed an x; which points were chosen is not said either.
    assert "Answers:** 1 to 5. Which were chosen is a result, and not shown here." in said(app)


def test_results_of_an_open_wave_are_neither_here_nor_on_setup(
    open_app: OpenApp, tmp_path: Path
) -> None:
    """Twelve answers in the open month: eight alike, or all of them; the pages say the same."""
    seen = []
    for name, rest in (("all", "Almost never"), ("most", "Often")):
        folder = tmp_path / name
        folder.mkdir()
        table = [
            [
                *(f"2026-05-01 08:{i:02}:00", f"k{i}@school.example", "Grade 6"),
                rest if i > 7 else "Almost never",
            ]
            for i in range(12)
        ]
        forms.write(folder, forms.HEADER[:4], table)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SEAT_WORKBOOK", str(folder / "workbook.sqlite"))
            live.forget()
            pages = [open_app("setup"), choose(open_app("columns"), "D")]
            seen.append([said(p) + "".join(t.value.to_string() for t in p.table) for p in pages])
    assert seen[0] == seen[1]
    for text in seen[0]:
        assert "Almost never" not in text
        assert "different" not in text
    assert "10 to 24 answers so far" in seen[0][0]


def test_a_change_is_seen_at_once_and_saved_only_on_save(open_app: OpenApp, messy: Path) -> None:
    app = choose(open_app("columns"), "D")
    assert app.button(key="save").disabled
    before = outcome(app)
    assert before["Practices rated"] == ["2"]
    app.selectbox(key="role-D-0").set_value(Role.OTHER)
    app.run()
    assert outcome(app)["Practices rated"] == ["2", "1"]
    assert not live.live().school().of(tabs.COLUMNS)
    press(app, "save")
    assert outcome(app)["Practices rated"] == ["1"]
    assert app.selectbox(key="question").value == "D"
    (record,) = live.live().school().of(tabs.COLUMNS).values()
    assert (record.fields["header"], record.fields["role"]) == (forms.HEADER[3], "other")


def test_a_change_is_undone_and_its_history_stays(open_app: OpenApp, messy: Path) -> None:
    app = choose(open_app("columns"), "D")
    app.selectbox(key="role-D-0").set_value(Role.OTHER)
    press(app.run(), "save")
    press(app, "undo")
    assert outcome(app)["Practices rated"] == ["2"]
    (record,) = live.live().school().of(tabs.COLUMNS).values()
    assert [event.fields["role"] for event in record.history] == ["other", ""]


def test_practice_and_favorable_rule_are_changed_together(open_app: OpenApp, messy: Path) -> None:
    app = choose(open_app("columns"), "D")
    app.selectbox(key="practice-D-0").set_value("choice")
    app.selectbox(key="favorable-D-0-1-5").set_value(5)
    press(app.run(), "save")
    column = live.live().school().understanding.columns[3]
    assert (column.practice, column.scale.favorable_from if column.scale else 0) == ("choice", 5)
    assert "Rating of “Real choices”, favorable from 5" in said(app)


def test_the_ends_of_a_scale_can_be_set(open_app: OpenApp, messy: Path) -> None:
    app = choose(open_app("columns"), "D")
    app.number_input(key="high-D-0-1").set_value(7)
    app.run()
    assert app.selectbox(key="favorable-D-0-1-7").options == ["2", "3", "4", "5", "6", "7"]
    press(app, "save")
    scale = live.live().school().understanding.columns[3].scale
    assert scale is not None
    assert (scale.low, scale.high, scale.favorable_from) == (1, 7, 5)


def test_a_column_called_an_identity_is_forgotten_and_comes_back_when_it_was_none(
    open_app: OpenApp, messy: Path
) -> None:
    app = choose(open_app("columns"), "F")
    assert outcome(app)["Questions for words"] == ["1"]
    app.selectbox(key="role-F-0").set_value(Role.IDENTITY)
    press(app.run(), "save")
    assert outcome(app)["Questions for words"] == ["0"]
    app.selectbox(key="role-F-1").set_value(Role.COMMENT)
    press(app.run(), "save")
    assert outcome(app)["Questions for words"] == ["1"]


def test_a_reworded_question_goes_on_under_its_practice(open_app: OpenApp, messy: Path) -> None:
    press(open_app("columns"), "accept")
    practice = live.live().school().understanding.columns[3].practice

    def reword(header: list[str], table: list[list[str]]) -> None:
        header[3] = "Rate your classes [I get to make real choices]"

    forms.change(messy, reword)
    app = open_app("columns")
    assert "This looks like “I get real choices”. Is it the same question?" in said(app)
    assert "accept" not in [button.key for button in app.button]
    press(app, "same-D")
    assert live.live().school().understanding.columns[3].practice == practice
    assert "Is it the same question?" not in said(app)


def test_a_question_that_only_looks_alike_becomes_one_of_its_own(
    open_app: OpenApp, messy: Path
) -> None:
    press(open_app("columns"), "accept")

    def reword(header: list[str], table: list[list[str]]) -> None:
        header[3] = "Rate your classes [I get real homework]"

    forms.change(messy, reword)
    app = press(open_app("columns"), "other-D")
    assert live.live().school().understanding.columns[3].practice == "i-get-real-homework"
    assert "“I get real choices” is gone from the sheet" in said(app)
    (out,) = [b.key for b in app.button if b.key and b.key.startswith("out-")]
    press(app, out)
    assert "is gone from the sheet" not in said(app)


def test_a_form_of_190_columns_under_one_header_opens(open_app: OpenApp, tmp_path: Path) -> None:
    header = ["Timestamp", *["Rating"] * 190]
    table = [
        [f"3/{13 + i}/2026 10:00:00", *[str(1 + (i + at) % 5) for at in range(190)]]
        for i in range(15)
    ]
    forms.write(tmp_path, header, table)
    app = open_app("columns")
    assert not app.exception
    assert len(app.table[1].value) == 191
    press(app, "accept")
    assert len(live.live().school().of(tabs.COLUMNS)) == 191


def test_a_form_without_columns_says_what_will_be_here(open_app: OpenApp, tmp_path: Path) -> None:
    forms.write(tmp_path, (), [[]])
    app = open_app("columns")
    assert app.title[0].value == "The form has no questions yet"
    assert not app.selectbox


def test_a_form_with_questions_and_no_answers_opens(open_app: OpenApp, tmp_path: Path) -> None:
    forms.write(tmp_path, forms.HEADER, [[]])
    app = open_app("columns")
    assert not app.exception
    assert app.title[0].value == f"{len(forms.HEADER)} questions, none answered yet"
    assert "Answers:** none yet." in said(app)


def test_denied_nothing_is_shown(open_app: OpenApp) -> None:
    app = open_app("columns", secrets=DENIED)
    assert app.title[0].value == "Sign in to see this school"
    assert not app.table
    assert not app.selectbox


def doubtful_dates(folder: Path) -> None:
    """No day is over twelve, and the rows run in time neither way; seven dates are like 3/3."""
    table = [
        [
            *(f"{1 + i % 7}/{1 + i % 12}/2026 10:00:{i:02}", f"k{i}@school.example", "Grade 6"),
            *(str(1 + i % 5), str(1 + i % 4), "", ""),
        ]
        for i in range(48)
    ]
    forms.write(folder, table=table)


def test_the_order_of_dates_is_said_seen_at_once_saved_and_undone(
    open_app: OpenApp, tmp_path: Path
) -> None:
    doubtful_dates(tmp_path)
    app = open_app("columns")
    # In doubt, so it is looked at first; the header is Spanish, so the day comes first by default.
    assert app.selectbox(key="question").value == "A"
    assert outcome(app) == {
        "First answer": ["Jan 1, 2026"],
        "Last answer": ["Dec 6, 2026"],
        "Dates in doubt": ["about 40"],
    }
    app.radio(key="order-A-0").set_value("day first")
    app.run()
    assert outcome(app)["Dates in doubt"] == ["about 40", "none"]
    assert outcome(app)["Last answer"] == ["Dec 6, 2026", "Dec 6, 2026"]
    app.radio(key="order-A-0").set_value("month first")
    app.run()
    assert outcome(app)["Last answer"] == ["Dec 6, 2026", "Jul 11, 2026"]
    assert not live.live().school().of(tabs.COLUMNS)
    press(app, "save")
    assert outcome(app) == {
        "First answer": ["Jan 1, 2026"],
        "Last answer": ["Jul 11, 2026"],
        "Dates in doubt": ["none"],
    }
    assert app.radio(key="order-A-1").value == "month first"
    assert "The app is in doubt about none of them." in said(app)
    (record,) = live.live().school().of(tabs.COLUMNS).values()
    assert record.fields["date_order"] == "month first"
    press(app, "undo")
    assert outcome(app)["Last answer"] == ["Dec 6, 2026"]
    (record,) = live.live().school().of(tabs.COLUMNS).values()
    assert [event.fields["date_order"] for event in record.history] == ["month first", ""]


@pytest.mark.parametrize("moment", [46_000.5, "2026-03-04 10:00:00", "5/5/2026 10:00:00"])
def test_the_order_is_not_asked_where_no_date_can_be_read_in_two_ways(
    open_app: OpenApp, tmp_path: Path, moment: str | float
) -> None:
    table = [[moment, f"k{i}@school.example", "Grade 6", str(1 + i % 5)] for i in range(12)]
    forms.write(tmp_path, forms.HEADER[:4], table)
    app = choose(open_app("columns"), "A")
    assert "Time of the answer" in said(app)
    assert [radio.key for radio in app.radio] == ["view_as"]
