"""The start-up check names what is missing, and never what is there."""

from pathlib import Path
from typing import Any

import pytest

from lib import check, live

KEY = "-----BEGIN PRIVATE KEY-----\nCANARYKEY\n-----END PRIVATE KEY-----\n"
SHEET = {
    "spreadsheet": "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit",
    "type": "service_account",
    "project_id": "a-school",
    "private_key": KEY,
    "client_email": "seat@a-school.iam.gserviceaccount.com",
}
AUTH = {
    "redirect_uri": "https://seat.school.example/oauth2callback",
    "cookie_secret": "CANARY" * 8,
    "client_id": "seat",
    "client_secret": "CANARYSECRET",
    "server_metadata_url": "https://accounts.google.com/.well-known/openid-configuration",
}
ACCESS = {"principal": ["head@school.example"]}
WHOLE: dict[str, Any] = {"connections": {"gsheets": SHEET}, "auth": AUTH, "access": ACCESS}


def says(secrets: dict[str, Any], folder: Path) -> list[str]:
    found = check.settings(secrets, folder)
    assert all(finding.do for finding in found)
    assert "CANARY" not in repr(found)
    return [finding.says for finding in found]


def test_nothing_is_missing_in_a_whole_configuration(tmp_path: Path) -> None:
    assert says(WHOLE, tmp_path) == []
    assert says({}, tmp_path / "made" / "on the way") == []
    assert says({"access": {"open": True}, "connections": {"gsheets": SHEET}}, tmp_path) == []


@pytest.mark.parametrize("field", ["type", "project_id", "private_key", "client_email"])
@pytest.mark.parametrize("value", [None, "", "..."])
def test_each_missing_field_of_the_account_is_named(
    field: str, value: str | None, tmp_path: Path
) -> None:
    sheet = {**SHEET, field: value} if value is not None else {**SHEET}
    if value is None:
        del sheet[field]
    (said,) = says({**WHOLE, "connections": {"gsheets": sheet}}, tmp_path)
    assert f"lacks `{field}`" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"spreadsheet": ""}, "names no spreadsheet"),
        ({"spreadsheet": "our sheet"}, "no address of a Google spreadsheet"),
        ({"private_key": "CANARYKEY"}, "is cut off"),
        ({"type": "authorized_user"}, "not `service_account`"),
    ],
)
def test_a_spreadsheet_that_cannot_be_opened_is_said(
    change: dict[str, str], said: str, tmp_path: Path
) -> None:
    (found,) = says({**WHOLE, "connections": {"gsheets": {**SHEET, **change}}}, tmp_path)
    assert said in found


@pytest.mark.parametrize(
    ("secrets", "said"),
    [
        ({"connections": {"gsheets": SHEET}}, "no [auth]: nobody can sign in"),
        ({**WHOLE, "access": {}}, "names no principal"),
        ({**WHOLE, "access": {"principal": []}}, "names no principal"),
        ({**WHOLE, "access": {**ACCESS, "open": True}}, "does nothing beside `[auth]`"),
        ({**WHOLE, "access": {**ACCESS, "principle": ["a@b.example"]}}, "`principle`"),
        ({**WHOLE, "access": {**ACCESS, "pd_team": "a@b.example"}}, "`pd_team` must be a list"),
        (
            {**WHOLE, "access": {**ACCESS, "pd_team": ["*@b.example"]}},
            "`pd_team` holds something that is not one exact address",
        ),
        ({**WHOLE, "access": "open"}, "[access] is no block"),
        ({**WHOLE, "connections": {"gsheet": SHEET}}, "[connections.gsheet] is not the"),
        ({**WHOLE, "connections": {"gsheets": "abc"}}, "`gsheets` stands under [connections]"),
        ({"access": ACCESS}, "[access] gives roles"),
        ({"auth": AUTH, "access": ACCESS}, "no [connections.gsheets]: the app shows its fictional"),
        ({**WHOLE, "auth": {**AUTH, "client_id": "..."}}, "[auth] lacks `client_id`"),
        ({**WHOLE, "auth": {**AUTH, "redirect_uri": "https://a.example"}}, "/oauth2callback"),
        (
            {**WHOLE, "auth": {**AUTH, "cookie_secret": "CANARY"}},
            "a random text of at least 32 signs",
        ),
    ],
)
def test_who_can_get_in_is_checked(secrets: dict[str, Any], said: str, tmp_path: Path) -> None:
    assert any(said in found for found in says(secrets, tmp_path))


def test_a_folder_that_keeps_nothing_is_said(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("not a folder")
    (found,) = says(WHOLE, taken / "data")
    assert "Nothing can be written" in found


def test_it_is_logged_and_printed(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "w.sqlite"))
    monkeypatch.setattr(live, "secrets", lambda: {**WHOLE, "access": {}})
    check.log()
    assert "names no principal" in caplog.text
    assert check.main() == 1
    said = capsys.readouterr().out
    assert "names no principal" in said
    assert said.endswith("2 to mend.\n")
    assert "CANARY" not in said + caplog.text


def test_on_the_sample_nothing_is_missing_and_the_sheet_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "w.sqlite"))
    live.forget()
    assert check.main() == 0
    assert "fictional school" in capsys.readouterr().out
    live.forget()


def test_a_file_that_cannot_be_read_is_the_first_thing_to_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise live.WorkbookProblem("The file cannot be read.", "Compare it.")

    monkeypatch.setattr(live, "secrets", broken)
    assert check.now() == (check.Finding("The file cannot be read.", "Compare it."),)
