"""Rows that people type into our tabs themselves."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lib.evidence.coverage import enrolled_from
from lib.evidence.groupings import PAIRS
from lib.publish import read_school
from lib.school import Records, floors_of, practices_of, settings_of
from lib.workbook import Contents, fold, new_event
from lib.workbook.event_rows import default_header
from lib.workbook.tabs import KEY_COLUMNS, TABS
from lib.workbook.typed import ABOUT, SEVERAL
from tests.sheets.conftest import KEY, Open
from tests.sheets.grid import Tab
from tests.sheets.server import SheetsServer

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def made_by_hand(sheets: SheetsServer, name: str, *rows: list[object]) -> Tab:
    """One of our tabs as a person makes it: a title, columns in an order of their own, rows."""
    columns = [*TABS[name].columns]
    header = [*reversed(columns), "Our notes", *KEY_COLUMNS]
    padded = [[*row, *[""] * (len(columns) - len(row))] if row else [] for row in rows]
    cells = [[*reversed(row), "ask Kim"] if row else [] for row in padded]
    title = [["What the app needs to know"], []]
    return sheets.spreadsheet(KEY).add_tab(name, [*title, header, *cells])


def records(contents: Contents) -> Records:
    return fold(contents.events)


def test_a_school_types_its_settings(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    made_by_hand(
        sheets,
        "PD Settings",
        ["School name", "Elm Street Middle School"],
        [],
        ["floor staff", 8],
        ["Contact", "Ms. Reyes | Room 12 | 555 0101"],
        ["contact", "Mr. Adams | the library"],
        ["form link", "https://forms.example/f"],
        ["student panel", "2027-02-10 | library"],
        ["student panel", "2027-03-10 | library"],
    )
    contents = open_sheet().read()
    assert contents.notes == ()
    known = records(contents)
    school = read_school(known["PD Settings"])
    assert (school.name, school.form_url) == ("Elm Street Middle School", "https://forms.example/f")
    assert [contact.who for contact in school.contacts] == ["Ms. Reyes", "Mr. Adams"]
    assert [panel.on.month for panel in school.panels] == [2, 3]
    assert settings_of(known)["floor staff"] == "8"
    assert floors_of(known).staff == 8
    assert {event.who for event in contents.events} == {"sheet"}


def test_a_school_types_its_enrollment_its_staff_and_its_practices(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    made_by_hand(sheets, "PD Groups", ["Grade", "6", 80], ["Grade", "7", 95.0])
    made_by_hand(sheets, "PD Roster", ["Ana Núñez", "Ms. N; Núñez"], ["Ben Adams"])
    made_by_hand(
        sheets,
        "PD Practices",
        ["Clear  goals", "I know what we are learning"],
        ["Café talks, weekly!", "We talk", "Line one\nLine two", "Ask"],
        ["聞くこと"],
    )
    known = records(open_sheet().read())
    assert enrolled_from(known["PD Groups"]) == ({"Grade": {"6": 80, "7": 95}}, ())
    assert [record.fields["name"] for record in known["PD Roster"].values()] == [
        "Ana Núñez",
        "Ben Adams",
    ]
    practices = practices_of(known)
    # A practice of the app's own keeps its id, so that earlier answers still count for it.
    assert list(practices) == ["goals", "cafe-talks-weekly", "聞くこと"]
    assert practices["cafe-talks-weekly"].looks_like == ("Line one", "Line two")


def test_reading_twice_gives_the_same_and_a_change_gives_another_state(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    names = [[f"Teacher {n}", f"T{n}"] for n in range(60)]
    tab = made_by_hand(sheets, "PD Roster", *names)
    book = open_sheet()
    first = book.read()
    assert book.read().events == first.events
    assert open_sheet().read().events == first.events
    # High above the last rows, where a reading of the tab's end alone would not look.
    assert tab.rows[3][1] == "Teacher 0"
    tab.rows[3][0] = "Ms. Zero"
    changed = book.read()
    assert {e.event_id for e in changed.events} == {e.event_id for e in first.events}
    called = {e.fields["name"]: e.fields["also_called"] for e in changed.events}
    assert (called["Teacher 0"], called["Teacher 1"]) == ("Ms. Zero", "T1")
    tab.delete_rows(4, 4)
    assert "Teacher 0" not in {e.fields["name"] for e in book.read().events}


def test_a_row_typed_below_what_the_app_wrote_and_the_app_writes_on(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([new_event("PD Settings", {"name": "form link", "value": "x"}, who="L", at=NOW)])
    book.read()
    tab = sheets.spreadsheet(KEY).tab("PD Settings")
    tab.type_row(*[""] * 5, "school name", "Elm")
    tab.type_row()
    tab.type_row(*[""] * 5, "floor public", 12.0)
    assert settings_of(records(book.read())) == {
        "form link": "x",
        "school name": "Elm",
        "floor public": "12",
    }
    more = new_event("PD Settings", {"name": "group pairs", "value": "y"}, who="L", at=NOW)
    book.append([more])
    contents = book.read()
    assert contents.notes == ()
    assert settings_of(records(contents)).keys() == {
        "form link",
        "school name",
        "floor public",
        "group pairs",
    }
    assert open_sheet().read().events == contents.events
    book.append([more])
    assert len([row for row in tab.values if row]) == 5


def test_of_two_typed_rows_that_say_the_same_the_lower_counts_and_it_is_said(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    made_by_hand(
        sheets,
        "PD Settings",
        ["school name", "Elm"],
        ["floor staff", 8],
        ["School  Name", "Oak"],
        ["floor staff", 8],
        ["contact", "Ana"],
        ["contact", "Ana"],
    )
    contents = open_sheet().read()
    known = records(contents)
    assert settings_of(known)["school name"] == "Oak"
    assert [contact.who for contact in read_school(known["PD Settings"]).contacts] == ["Ana"]
    assert contents.notes == (
        "In the tab PD Settings, row 4 and a lower row say different things of the same; the lower "
        "one counts. Delete the one that is wrong.",
    )


@pytest.mark.parametrize(
    "row",
    [
        {"value": "Elm"},
        {"name": "school name", "value": "Elm", "revision": "1"},
        {"name": "school name", "value": "Elm", "event_id": "e1"},
        {"who": "Ana"},
    ],
)
def test_half_a_row_is_named_with_what_it_needs(
    sheets: SheetsServer, form: Tab, open_sheet: Open, row: dict[str, str]
) -> None:
    header = [*KEY_COLUMNS, "name", "value"]
    cells = [row.get(name, "") for name in header]
    sheets.spreadsheet(KEY).add_tab("PD Settings", [header, cells])
    contents = open_sheet().read()
    assert contents.events == ()
    (said,) = contents.notes
    assert said.startswith("In the tab PD Settings, row 2 cannot be read")
    assert said.endswith("In a row of your own fill in name, and leave those four empty.")


def test_a_row_typed_among_decisions_is_none(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    header = [*KEY_COLUMNS, *TABS["PD Promises"].columns]
    typed = [*[""] * 5, "f1", "goals", "fall", "Too fast"]
    sheets.spreadsheet(KEY).add_tab("PD Promises", [header, typed])
    contents = open_sheet().read()
    assert contents.events == ()
    assert contents.notes[0].startswith("In the tab PD Promises, row 2 cannot be read")


def test_what_the_app_decides_of_a_typed_record_comes_after_it(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    made_by_hand(sheets, "PD Settings", ["school name", "Elm"])
    book = open_sheet()
    (record,) = records(book.read())["PD Settings"].values()
    book.append([new_event("PD Settings", {"value": "Oak"}, who="L", at=NOW, previous=record)])
    (record,) = records(book.read())["PD Settings"].values()
    assert (record.fields["value"], len(record.chain)) == ("Oak", 2)


def test_the_guide_names_the_headers_that_a_person_types() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    first_row = next(line for line in guide.splitlines() if line.lstrip().startswith("event_id"))
    assert first_row.split() == [*KEY_COLUMNS, "name", "value"]
    assert {*first_row.split()} <= {*default_header("PD Settings")}
    for tab in ABOUT.keys() - {"PD Settings"}:
        columns = ", ".join(f"`{name}`" for name in TABS[tab].columns)
        assert f"| `{tab}` | {columns} |" in guide
    for name in (*SEVERAL, "school name", "form link", "floor staff", "floor public", PAIRS):
        assert f"| `{name}` |" in guide
