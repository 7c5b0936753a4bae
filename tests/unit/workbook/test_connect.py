"""From the secrets to a workbook, and the sample school's files."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lib import lastgood
from lib.workbook import WorkbookProblem
from lib.workbook.connect import (
    SAMPLE_FILE,
    SAMPLE_FOLDER,
    Connection,
    connection,
    open_workbook,
    sample_path,
)
from lib.workbook.sample import load

KEY = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"


def secrets(**block: object) -> dict[str, object]:
    return {"connections": {"gsheets": block}}


@pytest.mark.parametrize(
    "nothing",
    [
        {},
        {"access": {"open": True}},
        {"access": {}},
        {"auth": {"client_id": "seat"}, "access": {"principal": ["head@school.example"]}},
    ],
)
def test_without_a_block_there_is_no_connection(nothing: dict[str, object]) -> None:
    assert connection(nothing) is None


@pytest.mark.parametrize(
    "mistaken",
    [
        secrets(type="service_account"),
        secrets(spreadsheet="  "),
    ],
)
def test_a_block_without_a_spreadsheet_is_a_mistake(mistaken: dict[str, object]) -> None:
    where = connection(mistaken)
    assert where is not None
    assert where.key is None


@pytest.mark.parametrize(
    ("mistaken", "line"),
    [
        ({"connections": {"gsheet": {"spreadsheet": KEY}}}, "[connections.gsheet] is not the"),
        ({"connections": {"another": {}}, "access": {"open": True}}, "[connections.another]"),
        ({"connections": {}}, "[connections] is not the"),
        ({"connections": {"spreadsheet": KEY}}, "[connections] is not the"),
        ({"connections": {"gsheets": "abc"}}, "`gsheets` stands under [connections], but not"),
        ({"connections": {"gsheets": ["a"]}}, "`gsheets` stands under [connections], but not"),
        ({"connections": [1, 2]}, "`connections` stands in the file, but not as a block"),
        ({"connections": ""}, "`connections` stands in the file, but not as a block"),
        ({"access": {"principal": ["head@school.example"]}}, "[access] gives roles, but"),
        ({"access": "open"}, "[access] gives roles, but"),
    ],
)
def test_a_mistyped_connection_names_its_line_and_never_shows_the_sample(
    mistaken: dict[str, object], line: str
) -> None:
    with pytest.raises(WorkbookProblem) as problem:
        connection(mistaken)
    assert line in problem.value.says
    assert KEY not in str(problem.value)
    assert "the line [connections.gsheets]" in problem.value.do


def test_a_connection_is_a_key_of_its_own_and_never_shows_the_secret() -> None:
    where = connection(secrets(spreadsheet=KEY, private_key="SECRET", client_email="a@b.example"))
    same = connection(secrets(client_email="a@b.example", private_key="SECRET", spreadsheet=KEY))
    assert where == same
    assert len({where, same}) == 1
    assert "SECRET" not in repr(where)
    assert where is not None
    assert where.client_email == "a@b.example"
    assert where.worksheet is None
    assert dict(where.account)["token_uri"] == "https://oauth2.googleapis.com/token"


@pytest.mark.parametrize(
    ("spreadsheet", "key"),
    [
        (KEY, KEY),
        (f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0", KEY),
        (f"https://docs.google.com/spreadsheets/u/0/d/{KEY}/edit", KEY),
        (f"docs.google.com/spreadsheets/d/{KEY}", KEY),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1vT/pubhtml", None),
        ("https://docs.google.com/forms/d/abc/edit", None),
        ("Our sheet", None),
        ("KEY", None),
    ],
)
def test_the_key_is_read_out_of_an_address(spreadsheet: str, key: str | None) -> None:
    assert Connection(spreadsheet).key == key


def test_the_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_workbook(Connection(KEY), str(tmp_path / "w.sqlite")).kind == "google_sheet"
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "other.sqlite"))
    monkeypatch.setattr("lib.workbook.connect.SAMPLE_FOLDER", write_school(tmp_path))
    book = open_workbook(None)
    assert book.kind == "sample"
    assert book.clock == datetime(2026, 3, 5, 8, 30)
    assert [path.name for path in tmp_path.glob("*.sqlite")] == ["other.sqlite"]


def test_everything_on_disk_is_in_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEAT_WORKBOOK", raising=False)
    assert sample_path() == SAMPLE_FILE
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "set" / "w.sqlite"))
    assert sample_path() == tmp_path / "set" / "w.sqlite"
    given = str(tmp_path / "given" / "w.sqlite")
    assert sample_path(given) == Path(given)
    assert lastgood.place(KEY, given).parent == tmp_path / "given"
    assert lastgood.place(KEY, "").parent == tmp_path / "set"


def write_school(folder: Path) -> Path:
    folder = folder / "sample"
    folder.mkdir()
    (folder / "responses.csv").write_text(
        'Timestamp,"Choices, real"\n3/2/2026 9:00:00,"a ""quoted""\nword"\n,\n', encoding="utf-8"
    )
    decision = {
        "tab": "PD Focus",
        "event_id": "e1",
        "record_id": "r1",
        "revision": 1,
        "at": "2026-03-02T09:00:00-05:00",
        "who": "Lee",
        "fields": {"practice": "choices"},
    }
    (folder / "decisions.json").write_text(json.dumps([decision]), encoding="utf-8")
    school = {
        "clock": "2026-03-05T08:30",
        "time_zone": "America/New_York",
        "form_title": "Form Responses 1",
    }
    (folder / "school.json").write_text(json.dumps(school), encoding="utf-8")
    return folder


def test_a_schools_files_are_read_as_text(tmp_path: Path) -> None:
    seed = load(write_school(tmp_path))
    assert list(seed.header) == ["Timestamp", "Choices, real"]
    assert list(seed.rows) == [["3/2/2026 9:00:00", 'a "quoted"\nword'], ["", ""]]
    (event,) = seed.events
    assert event.at == datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert (seed.form_title, seed.time_zone) == ("Form Responses 1", "America/New_York")


@pytest.mark.parametrize("file", ["responses.csv", "decisions.json", "school.json"])
@pytest.mark.parametrize("content", [None, "", "[1]", "\xff"])
def test_damaged_files_are_said_in_words(tmp_path: Path, file: str, content: str | None) -> None:
    folder = write_school(tmp_path)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content.encode("latin-1"))
    if (file, content) == ("responses.csv", "[1]"):
        assert list(load(folder).header) == ["[1]"]
        return
    with pytest.raises(WorkbookProblem, match="sample school in the folder sample cannot be read"):
        load(folder)


def test_the_delivered_school_is_whole() -> None:
    seed = load(SAMPLE_FOLDER)
    assert len(seed.rows) > 1000
    assert len({event.event_id for event in seed.events}) == len(seed.events)
