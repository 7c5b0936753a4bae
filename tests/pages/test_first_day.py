"""A school's first day: a spreadsheet and no form, a form and no answers, the first answers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lib import live
from lib.access import Role
from lib.catalogue import FORM
from lib.door import VIEW_AS
from tests.pages.conftest import OpenApp, words
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import SheetsServer

__all__ = ["sheets", "sheets_server"]

KEY = "1FiRsTdAyFgHiJkLmNoPqRsTuVwXyZ0123456789abcde"
TAB = "Form Responses 1"
CONNECT = "No answers yet: connect a form"
SHARE = "No answers yet: share the form"


def said(open_app: OpenApp, sheets: SheetsServer, page: str, role: Role = Role.PRINCIPAL) -> str:
    secrets = {**sheets.secrets(KEY), "access": {"open": True}}
    app = open_app(page, secrets=secrets, state={VIEW_AS: role})
    assert not app.exception
    return words(app).replace("\\", "")


@pytest.mark.parametrize("tabs", [{"Sheet1": []}, {"PD Notes": [["Bring cake"]]}])
def test_without_a_form_every_page_is_calm_and_setup_has_what_is_next(
    tabs: dict[str, list[list[str]]], sheets: SheetsServer, open_app: OpenApp
) -> None:
    sheets.add_spreadsheet(KEY, tabs)
    for page in ("home", "plan"):
        text = said(open_app, sheets, page)
        assert CONNECT in text
        assert "cannot be" not in text
    secrets = {**sheets.secrets(KEY), "access": {"open": True}}
    app = open_app("setup", secrets=secrets)
    assert app.title[0].value == "Connected. What is next: a form"
    assert [button.label for button in app.get("download_button")] == ["Download the script"]
    assert "Understood?" not in words(app)
    # The form is made, and the coordinator comes back.
    sheets.spreadsheet(KEY).add_tab(TAB, [list(FORM.headers())])
    app.button(key="look-again").click()
    app.run()
    assert app.title[0].value == "Connected, and no answer has come in yet"
    assert "24 questions, none answered yet" in words(app)
    assert "This is right" not in [button.label for button in app.button]
    assert "Is every question read as you meant it?" not in words(app)


def test_each_is_told_what_they_can_do_until_the_first_answers(
    sheets: SheetsServer, open_app: OpenApp
) -> None:
    spreadsheet = sheets.add_spreadsheet(KEY, {"Sheet1": []})
    assert "or the principal, does that on Setup" in said(open_app, sheets, "home", Role.COUNSELOR)
    for page in ("safety", "voices", "review"):
        assert CONNECT in said(open_app, sheets, page, Role.COUNSELOR)
    form = spreadsheet.add_tab(TAB, [list(FORM.headers())])
    live.forget()
    assert SHARE in said(open_app, sheets, "trends")
    assert SHARE in said(open_app, sheets, "you_said_we_did")
    now = datetime.now(ZoneInfo("America/New_York")).replace(tzinfo=None)
    for minute in range(3):
        form.submit("Grade 6", "General", *["Often"] * 14, at=now - timedelta(minutes=minute))
    live.forget()
    text = said(open_app, sheets, "home", Role.PD_TEAM)
    assert "collecting: fewer than 10 answers so far" in text
    assert "or the principal, does that on Setup" in text
    assert "No answers yet" not in said(open_app, sheets, "conversations")


def test_a_copy_of_a_first_day_does_not_say_that_nobody_has_answered(
    sheets: SheetsServer, open_app: OpenApp
) -> None:
    sheets.add_spreadsheet(KEY, {TAB: [list(FORM.headers())]})
    assert SHARE in said(open_app, sheets, "home")
    sheets.spreadsheet(KEY).revoke(sheets.account.email)
    live.forget()
    assert "The sheet cannot be read now" in said(open_app, sheets, "home")
    assert "No answers yet" not in said(open_app, sheets, "plan")


def test_a_form_that_is_gone_before_its_first_wave_closed_is_a_fault_after_a_restart(
    sheets: SheetsServer, open_app: OpenApp
) -> None:
    form = sheets.add_spreadsheet(KEY, {TAB: [list(FORM.headers())]}).tab(TAB)
    now = datetime.now(ZoneInfo("America/New_York")).replace(tzinfo=None)
    form.submit("Grade 6", "General", *["Often"] * 14, at=now)
    assert "collecting" in said(open_app, sheets, "home")
    form.rows.clear()
    live.forget()
    assert "No results in the copy of the sheet" in said(open_app, sheets, "home")
    assert f"its tab “{TAB}” is gone or empty" in said(open_app, sheets, "setup")
    for page, title in (("safety", "What waits for you"), ("review", "What waits for review")):
        text = said(open_app, sheets, page, Role.COUNSELOR)
        assert f"{title} is not known now" in text
        assert "No answers yet" not in text
