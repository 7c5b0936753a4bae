"""``python -m lib.evidence FILE``: what would be published of an export."""

import csv
import json
from pathlib import Path

import pytest

from lib.catalogue import CATALOGUE, FORM
from lib.evidence.__main__ import main

SCALE = FORM.grid.points
GROUPS = [choice.title for choice in FORM.groups]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Sixty answers in March 2025, thirty each in grades 6 and 7, and four in April."""
    header = ["Timestamp", *GROUPS, *(FORM.grid.header(row) for row in FORM.grid.rows)]
    rows = []
    for i in range(64):
        month, day = (3, 3 + i % 10) if i < 60 else (4, 2)
        often = 3 if i % 5 else 1
        rows.append(
            [
                f"{month}/{day}/2025 10:{i % 60:02}:00",
                "Grade 6" if i % 2 else "Grade 7",
                "General",
                *(SCALE[often if i % (p + 2) else 0] for p in range(len(FORM.grid.rows))),
            ]
        )
    file = tmp_path / "responses.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *rows])
    return file


def test_json_has_the_documented_shape(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--json", "--now", "2025-04-15"]) == 0
    report = json.loads(capsys.readouterr().out)
    march, april = report["waves"]
    assert (march["wave"], march["closed"]) == ("March 2025", True)
    assert april == {"wave": "April 2025", "closed": False, "cells": [], "priorities": []}
    everybody, six, seven = march["cells"]
    assert everybody["audience"] == "public"
    assert (everybody["grouping"], everybody["members"], everybody["n"]) == ([], [[]], "60")
    assert (six["grouping"], six["members"], six["n"]) == (["Grade"], [["Grade 6"]], "30")
    assert seven["members"] == [["Grade 7"]]
    assert set(six["results"]) == {practice.practice_id for practice in CATALOGUE}
    assert all(text is None or text.endswith("%") for text in six["results"].values())
    first = march["priorities"][0]
    assert set(first) == {"practice", "unfavorable", "probability", "tier"}
    assert isinstance(first["unfavorable"], float)
    assert 0 <= first["probability"] <= 1


def test_now_decides_what_is_closed(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--json", "--now", "2025-03-10"]) == 0
    assert [w["closed"] for w in json.loads(capsys.readouterr().out)["waves"]] == [False, False]
    assert main([str(export), "--json", "--now", "2025-05-01"]) == 0
    _, april = json.loads(capsys.readouterr().out)["waves"]
    assert april["closed"]
    assert april["cells"] == []  # four answers


def test_a_pair_of_groups_has_two_headers(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--json", "--now", "2025-04-15", "--pair", *GROUPS]) == 0
    cells = json.loads(capsys.readouterr().out)["waves"][0]["cells"]
    pairs = [cell for cell in cells if len(cell["grouping"]) == 2]
    assert pairs[0]["grouping"] == GROUPS
    assert pairs[0]["members"] == [["Grade 6", "General"]]


def test_an_unknown_header_is_said(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--pair", "Grade", "House"]) == 1
    assert capsys.readouterr().err == (
        "No group question is called House. Use the header of one of these: Grade, Program.\n"
    )


def test_text_for_people(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--now", "2025-04-15"]) == 0
    text = capsys.readouterr().out
    assert "March 2025\n" in text
    assert "  everybody, about 60 answers (public)\n" in text
    assert "By Program: hidden to protect a small group." in text
    assert "April 2025 is open and collecting: fewer than 10 answers so far." in text


def test_the_self_test_reports(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(export), "--now", "2025-04-15", "--self-test"]) == 0
    assert capsys.readouterr().out.endswith("Nothing was found.\n")


def test_a_file_without_times_is_one_closed_wave(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "evaluation.csv"
    rows = "\n".join("5,4" if i % 3 else "2,3" for i in range(12))
    file.write_text(f"The pace was right,The goals were clear\n{rows}\n", encoding="utf-8")
    assert main([str(file), "--json"]) == 0
    (wave,) = json.loads(capsys.readouterr().out)["waves"]
    assert (wave["wave"], wave["closed"]) == ("All answers", True)
    assert wave["cells"][0]["n"] == "10"
    assert {p["tier"] for p in wave["priorities"]} == {"too few to rank"}


def test_a_file_that_is_no_table_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    assert main([str(file)]) == 1
    assert capsys.readouterr().err.strip().endswith(".")
