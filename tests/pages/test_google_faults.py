"""Every page on a spreadsheet that cannot be read: a sentence, what to do, and the way to Setup."""

from collections.abc import Callable, Mapping

import pytest

from lib import live
from lib.access import SCREENS
from tests.pages.conftest import OpenApp, words
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import Fault, SheetsServer

__all__ = ["sheets", "sheets_server"]

KEY = "1FaUlTsBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789ab"
FORM = [["Timestamp", "I get choices [1-5]"], [46000.5, 4], [46000.6, 2]]
NOTES = [["Bring cake"], ["Call the printer"]]

Secrets = dict[str, object]
Setup = Callable[[SheetsServer], Secrets]


def _unshared(server: SheetsServer) -> Secrets:
    server.add_spreadsheet(KEY, {"Form Responses 1": FORM}, shared=False)
    return server.secrets(KEY)


def _missing(server: SheetsServer) -> Secrets:
    return server.secrets(KEY)


def _mistyped(server: SheetsServer) -> Secrets:
    return server.secrets("Our sheet")


def _wrong_key(server: SheetsServer) -> Secrets:
    server.add_spreadsheet(KEY, {"Form Responses 1": FORM})
    return server.secrets(KEY, private_key="-----BEGIN PRIVATE KEY-----\nAAAA\n")


def _half_a_key(server: SheetsServer) -> Secrets:
    server.add_spreadsheet(KEY, {"Form Responses 1": FORM})
    block = server.secrets(KEY)["connections"]["gsheets"]
    return {"connections": {"gsheets": {k: v for k, v in block.items() if k != "client_email"}}}


def _down(server: SheetsServer) -> Secrets:
    server.add_spreadsheet(KEY, {"Form Responses 1": FORM})
    server.fault(Fault(status=403, times=1000))
    return server.secrets(KEY)


BROKEN: Mapping[str, tuple[Setup, str]] = {
    "not shared": (_unshared, "Share"),
    "no such spreadsheet": (_missing, "spreadsheet"),
    "no address at all": (_mistyped, "secrets.toml"),
    "a key that is none": (_wrong_key, "key"),
    "half a service account": (_half_a_key, "Copy all fields"),
    "refused": (_down, "Share"),
}


def _empty_tab(server: SheetsServer) -> Secrets:
    server.add_spreadsheet(KEY, {"Form Responses 1": []})
    return server.secrets(KEY)


def _no_question(server: SheetsServer) -> Secrets:
    server.add_spreadsheet(KEY, {"Notes": NOTES})
    return server.secrets(KEY)


def opened(page: str, secrets: Secrets, open_app: OpenApp) -> str:
    live.forget()
    app = open_app(page, secrets={**secrets, "access": {"open": True}})
    assert not app.exception
    said = words(app).replace("\\", "")
    assert "Something went wrong" not in said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("fault", list(BROKEN))
def test_each_page_says_what_is_wrong_and_what_to_do(
    fault: str, sheets: SheetsServer, open_app: OpenApp
) -> None:
    prepare, hint = BROKEN[fault]
    secrets = prepare(sheets)
    for page in ("home", "plan", "setup"):
        said = opened(page, secrets, open_app)
        assert "cannot be read" in said
        assert hint in said, said
        assert "AAAA" not in said


@pytest.mark.parametrize("prepare", [_empty_tab, _no_question])
def test_a_sheet_without_answers_is_a_first_day_or_a_clear_sentence(
    prepare: Setup, sheets: SheetsServer, open_app: OpenApp
) -> None:
    secrets = prepare(sheets)
    for screen in SCREENS:
        said = opened(screen.name, secrets, open_app)
        assert "printer" not in said
