"""``python -m lib.intake FILE [--json]``: the report, its shape, and its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lib.intake.__main__ import main

_EXPORT = """Timestamp,Email Address,Grade,I get help when I need it,Comments,Notes
3/13/2023 9:00:00,a@school.example,9,5,The warm-ups help me start,
3/14/2023 9:00:00,b@school.example,10,3,,
,,,,,
3/15/2023 9:00:00,c@school.example,9,1,More time for questions please,called home
3/16/2023 9:00:00,d@school.example,9,soon,,
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(_EXPORT, encoding="utf-8")
    return path


def test_the_json_report(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report == {
        "responses": 4,
        "left_out": {"blank row": 1},
        "first": "2023-03-13T09:00:00",
        "last": "2023-03-16T09:00:00",
        "columns": [
            {"position": 1, "header": "Timestamp", "role": "timestamp", "practice": None,
             "scale": None},
            {"position": 2, "header": "Email Address", "role": "identity", "practice": None,
             "scale": None},
            {"position": 3, "header": "Grade", "role": "group", "practice": None, "scale": None},
            {"position": 4, "header": "I get help when I need it", "role": "rating",
             "practice": "i-get-help-when-i-need-it", "scale": [1, 5]},
            {"position": 5, "header": "Comments", "role": "comment", "practice": None,
             "scale": None},
            {"position": 6, "header": "Notes", "role": "note", "practice": None, "scale": None},
        ],
        "ratings": 3,
        "comments": 2,
        "problems": [
            {"row": 6, "column": 4,
             "says": "Answers that are not on this question's scale were not counted (row 6)."},
        ],
    }  # fmt: skip


def test_the_report_for_people(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export)]) == 0
    report = capsys.readouterr().out
    assert report.startswith(
        "4 responses, from 2023-03-13T09:00:00 to 2023-03-16T09:00:00; 1 row left out\n"
        "  1 blank row\n"
        "3 ratings of 1 practice; 2 comments\n"
    )
    assert "D  rating 1-5: I get help when I need it" in report
    assert "Whole numbers on a scale from 1 to 5; favorable from 4. (sure)" in report
    assert "row 6, column D: Answers that are not on" in report
    assert "warm-ups" not in report
    assert "soon" not in report


def test_what_is_no_table_is_one_sentence_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"%PDF-1.7")
    assert main([str(path), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("This is a PDF document, not a table of answers. Export the")


@pytest.mark.parametrize(
    "content", ["Timestamp,Email Address\n3/13/2023 9:00:00,a@school.example\n", "a,b,c\n,,\n"]
)
def test_a_table_without_a_question_is_said(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(content, encoding="utf-8")
    assert main([str(path)]) == 1
    assert "looks like a question with answers" in capsys.readouterr().err


def test_a_header_commands_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "export.csv"
    header = "Rate \x1b[31mlessons\x1b]0;owned\x07 \x9b2J\u202eback\u2028 (1-5)"
    path.write_text(f"Timestamp,{header}\n3/13/2026 9:00:00,4\n3/14/2026 9:00:00,5\n", "utf-8")
    assert main([str(path)]) == 0
    printed = capsys.readouterr().out
    assert "lessons" in printed
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2028"} & set(printed)
    assert main([str(path), "--json"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_who_reads_the_report_may_stop_reading(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    header = ",".join(f"Rate lesson number {at} of this year (1-5)" for at in range(900))
    path.write_text(f"Timestamp,{header}\n3/13/2026 9:00:00{',4' * 900}\n", encoding="utf-8")
    for more in ([], ["--json"]):
        with subprocess.Popen(
            [sys.executable, "-m", "lib.intake", str(path), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(20)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 0


@pytest.mark.parametrize("name", ["", "."])
def test_no_name_is_said_as_no_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == 1
    assert capsys.readouterr().err.startswith("No file is named: this is a folder. Give the name")


def test_more_columns_than_a_sheet_has_are_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Timestamp" + ",Q" * 20_000 + "\n1" + ",1" * 20_000, encoding="utf-8")
    assert main([str(path)]) == 1
    assert "more than 18,278 columns" in capsys.readouterr().err
