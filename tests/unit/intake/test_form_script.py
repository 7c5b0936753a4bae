"""The form's script, run as Google would run it, on a stand-in for Google's services."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import quickjs
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import intake
from lib.catalogue import CATALOGUE, FORM, Practice
from lib.intake.feedback import Role, Standing
from lib.intake.form_script import form_script, with_practices
from lib.intake.text import clean, fold
from lib.workbook.event_rows import default_header
from lib.workbook.tabs import TABS

GOOGLE = Path(__file__).with_name("google_forms.js").read_text(encoding="utf-8")
ACCOUNT = "reader@school.iam.example.com"
CONTACTS = ("The counselors: room 114", "988: call or text")
PROMISES = ("give comments before the grade", "add a catch-up block each Friday")


def run(*scripts: str) -> dict[str, Any]:
    """Run makeForm of each script, one after the other in one project; say what there is then."""
    google = quickjs.Context()
    google.eval(GOOGLE)
    for script in scripts:
        google.eval(f"(function () {{ {script}\nmakeForm(); }})()")
    found: dict[str, Any] = json.loads(google.eval("picture()"))
    return found


def made(*scripts: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one form and the one spreadsheet."""
    found = run(*scripts)
    (form,), (spreadsheet,) = found["forms"], found["spreadsheets"]
    return form, spreadsheet


def headers(spreadsheet: dict[str, Any]) -> Sequence[str]:
    return next(s["header"] for s in spreadsheet["sheets"] if s["name"] == "Form Responses 1")


def data_in(script: str) -> dict[str, Any]:
    literal = re.search(r"const FORM = (\{.*?\n\});\n", script, re.DOTALL)
    assert literal is not None
    found: dict[str, Any] = json.loads(literal[1])
    return found


def practice(name: str, statement: str) -> Practice:
    return Practice(fold(name) or "x", name, statement, ("", ""), "")


def test_the_form_it_makes_writes_the_headers_that_need_no_mapping() -> None:
    _, spreadsheet = made(form_script(FORM, CATALOGUE, promises=PROMISES))
    assert tuple(headers(spreadsheet)) == FORM.headers(PROMISES)


def test_the_catalogue_makes_our_form_word_for_word() -> None:
    assert with_practices(FORM, CATALOGUE) == FORM
    assert with_practices(FORM, ()) == FORM


def test_answers_to_the_made_form_are_understood_without_a_doubt() -> None:
    form, spreadsheet = made(form_script(FORM, CATALOGUE, promises=PROMISES))
    answer: dict[str, list[str]] = {}
    for item in form["items"]:
        for header in [f"{item['title']} [{row}]" for row in item["rows"]] or [item["title"]]:
            answer[header] = item["options"] or ["Some words of my own", "Other words, longer"]
    rows = [
        [f"3/{20 + i % 9}/2026 10:00:{i:02}"]
        + [answer[header][(i + place) % len(answer[header])] for place, header in enumerate(rest)]
        for i in range(40)
        for rest in [headers(spreadsheet)[1:]]
    ]
    found = intake.understand(intake.encode(headers(spreadsheet), rows), CATALOGUE)
    assert found.practices == tuple(p.practice_id for p in CATALOGUE)
    assert [c.role for c in found.columns] == [
        Role.TIMESTAMP,
        *[Role.GROUP] * 2,
        *[Role.RATING] * 14,
        *[Role.STANDING] * 3,
        *[Role.COMMENT] * 2,
        *[Role.TRUST] * 2,
        *[Role.FOLLOWUP] * 2,
    ]
    assert found.standing_asked == frozenset(Standing)
    assert all(
        c.scale is not None and (c.scale.low, c.scale.high) == (1, 5)
        for c in found.columns
        if c.role is Role.RATING
    )
    assert not found.problems


def test_the_form_asks_in_our_order_and_asks_nobody_who_they_are() -> None:
    form, _ = made(form_script(FORM, CATALOGUE, promises=PROMISES, contacts=CONTACTS))
    assert [item["kind"] for item in form["items"]] == (
        ["choice"] * 2 + ["grid", "page"] + ["checkboxes"] * 3 + ["words"] * 2 + ["page"]
    ) + ["choice"] * 4
    assert form["settings"] == {"email": False, "edits": False, "once": False, "progress": True}
    assert form["published"] is True
    assert [item["required"] for item in form["items"]] == [True, True] + [False] * 12
    assert {item["atMost"] for item in form["items"] if item["kind"] == "checkboxes"} == {3}
    grid = form["items"][2]
    assert tuple(grid["rows"]) == FORM.grid.rows
    assert tuple(grid["options"]) == (*FORM.grid.points, FORM.grid.not_applicable)


def test_whom_to_turn_to_stands_at_the_start_beside_the_open_questions_and_at_the_end() -> None:
    form, _ = made(form_script(FORM, CATALOGUE, contacts=CONTACTS))
    words_page = next(item for item in form["items"] if item["kind"] == "page")
    for text in (form["description"], form["thanks"], words_page["help"]):
        assert all(contact in text for contact in CONTACTS)
    assert "Nobody reads these answers as they come in" in form["description"]


def test_our_tabs_are_made_with_their_headers_and_shared_with_the_account_alone() -> None:
    _, spreadsheet = made(form_script(FORM, CATALOGUE, service_account=f" {ACCOUNT}\n"))
    sheets = spreadsheet["sheets"]
    assert [s["name"] for s in sheets] == [*TABS, "Form Responses 1"]
    assert [tuple(s["header"]) for s in sheets[:-1]] == [default_header(tab) for tab in TABS]
    assert {(s["frozen"], s["rows"]) for s in sheets[:-1]} == {(1, 50)}
    assert spreadsheet["editors"] == [ACCOUNT]
    assert spreadsheet["zone"] == "America/Chicago"


def test_before_there_is_a_form_the_connected_spreadsheet_gets_it() -> None:
    there = "const own = SpreadsheetApp.create('Ours'); own.insertSheet('PD Focus');"
    script = form_script(FORM, CATALOGUE, spreadsheet="spreadsheet-1")
    found = run(f"{there}\n{script}")
    (spreadsheet,) = found["spreadsheets"]
    titles = [sheet["name"] for sheet in spreadsheet["sheets"]]
    assert titles[:2] == ["Sheet1", "PD Focus"]
    assert sorted(titles) == sorted(["Sheet1", *TABS, "Form Responses 1"])
    assert spreadsheet["zone"] == "UTC"
    assert "into the spreadsheet that the app reads: https://sheets" in found["log"][0]


def test_an_empty_connected_spreadsheet_keeps_no_empty_sheet() -> None:
    there = "SpreadsheetApp.create('Ours');"
    _, spreadsheet = made(f"{there}\n{form_script(FORM, CATALOGUE, spreadsheet='spreadsheet-1')}")
    assert [sheet["name"] for sheet in spreadsheet["sheets"]] == [*TABS, "Form Responses 1"]


def test_a_connected_spreadsheet_that_cannot_be_opened_is_said_and_another_made() -> None:
    found = run(form_script(FORM, CATALOGUE, spreadsheet="somebody-elses"))
    assert len(found["spreadsheets"]) == 1
    assert "The spreadsheet that the app reads now could not be written to" in found["log"][0]
    assert "secrets.toml in place of the other: https://sheets" in found["log"][0]


def test_without_an_account_or_with_a_wrong_one_the_log_says_what_to_do() -> None:
    without = run(form_script(FORM, CATALOGUE))
    assert without["spreadsheets"][0]["editors"] == []
    assert "Now share the spreadsheet" in without["log"][0]
    wrong = run(form_script(FORM, CATALOGUE, service_account="nobody"))
    assert "Not shared yet: share the spreadsheet with nobody" in wrong["log"][0]
    assert wrong["forms"][0]["published"] is True


def test_run_again_it_keeps_the_form_and_renews_the_questions_about_promises() -> None:
    first = form_script(FORM, CATALOGUE, promises=PROMISES)
    second = form_script(FORM, CATALOGUE, promises=(PROMISES[1], "bring back labs"))
    form, spreadsheet = made(first, second)
    follow_ups = [i["title"] for i in form["items"] if i["title"].startswith("We said we would ")]
    assert follow_ups == [
        FORM.followup.title(PROMISES[1]),
        FORM.followup.title("bring back labs"),
    ]
    assert tuple(headers(spreadsheet)) == FORM.headers([*PROMISES, "bring back labs"])
    assert made(first, first) == made(first, form_script(FORM, CATALOGUE, promises=PROMISES))


def test_the_schools_own_practices_are_asked_about() -> None:
    own = [practice("Labs, weekly", "We do labs [real ones]"), practice("Calm", "It is calm.")]
    form, spreadsheet = made(form_script(FORM, own))
    assert form["items"][2]["rows"] == ["We do labs (real ones)", "It is calm."]
    picks = [item["options"] for item in form["items"] if item["kind"] == "checkboxes"]
    assert picks == [["Labs weekly", "Calm"]] * 3
    rows = [
        [
            f"3/{20 + i % 9}/2026 10:00:{i:02}",
            "Grade 6",
            "Arts",
            "Often",
            "Sometimes",
            "Labs weekly",
        ]
        for i in range(12)
    ]
    found = intake.understand(intake.encode(headers(spreadsheet), rows), own)
    assert set(found.practices) == {"labs weekly", "calm"}
    assert int(found.standings[:, found.practices.index("labs weekly")].sum()) == 12


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), min_size=1, max_size=6))
def test_no_name_of_a_practice_breaks_the_script(named: list[tuple[str, str]]) -> None:
    own = [practice(name, statement) for name, statement in named]
    script = form_script(FORM, own, promises=[named[0][0]], service_account=named[0][1])
    assert script.isascii()
    assert "</" not in script
    asked = with_practices(FORM, own)
    form, spreadsheet = made(script)
    assert form["items"][2]["rows"] == list(asked.grid.rows)
    for item in form["items"]:
        if item["kind"] == "checkboxes":
            assert item["options"] == list(asked.pick_lists[0].options)
            assert not any("," in option for option in item["options"])
    promised = [clean(named[0][0])] if clean(named[0][0]) else []
    assert list(headers(spreadsheet)) == list(dict.fromkeys(asked.headers(promised)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ['"', "'", "</script>", "\u2028", "\\", "${x}", "`", "*/", "//", "__FORM__", "\x00"]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_would_end_a_text_or_a_script_stays_text(pieces: list[str]) -> None:
    hostile = f"a{''.join(pieces)}b"
    data = data_in(form_script(FORM, [practice(hostile, hostile)], contacts=[hostile]))
    assert data["grid"]["rows"] == list(with_practices(FORM, [practice("n", hostile)]).grid.rows)
    assert data["description"].endswith(" ".join(hostile.split()))


def test_data_in_the_script_is_the_form() -> None:
    data = data_in(form_script(FORM, CATALOGUE, promises=PROMISES, service_account=ACCOUNT))
    assert data["title"] == FORM.title
    assert tuple(data["grid"]["rows"]) == FORM.grid.rows
    assert [tuple(q["options"]) for q in data["groups"]] == [q.options for q in FORM.groups]
    assert [p["title"] for p in data["pickLists"]] == [p.title for p in FORM.pick_lists]
    assert data["prompts"] == [prompt.title for prompt in FORM.prompts]
    assert data["followUps"]["titles"] == [FORM.followup.title(p) for p in PROMISES]
    assert data["serviceAccount"] == ACCOUNT
