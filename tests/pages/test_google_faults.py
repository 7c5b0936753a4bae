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
        live.forget()
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


WINTER = [
    ["event_id", "record_id", "revision", "at", "who", "label", "opens", "closes"],
    ["e1", "w1", 1, "2026-01-05T00:00:00+00:00", "it", "Winter", "2025-12-01", "2026-01-01"],
]


def _gone(server: SheetsServer) -> Secrets:
    server.fault(Fault(status=503, times=1000))
    return server.secrets(KEY)


def _wrong_tab(server: SheetsServer) -> Secrets:
    return {"connections": {"gsheets": {**_block(server), "worksheet": "Form responses 7"}}}


def _other_key(server: SheetsServer) -> Secrets:
    return server.secrets(KEY, private_key="-----BEGIN PRIVATE KEY-----\nAAAA\n")


def _block(server: SheetsServer) -> dict[str, object]:
    return dict(server.secrets(KEY)["connections"]["gsheets"])


@pytest.mark.parametrize(
    ("prepare", "title"),
    [
        (_gone, "The sheet cannot be reached now"),
        (_wrong_tab, "The sheet cannot be read"),
        (_other_key, "The sheet cannot be read"),
    ],
)
def test_on_a_last_good_copy_setup_says_what_it_lacks_and_reads_again_on_demand(
    prepare: Setup, title: str, sheets: SheetsServer, open_app: OpenApp
) -> None:
    form = [FORM[0], *([46000.5 + i / 1000, 1 + i % 5] for i in range(40))]
    sheets.add_spreadsheet(KEY, {"Form Responses 1": form, "PD Waves": WINTER})
    assert "About 40 answers of closed waves read" in opened("setup", sheets.secrets(KEY), open_app)
    broken = {**prepare(sheets), "access": {"open": True}}
    live.forget()
    app = open_app("setup", secrets=broken)
    said = words(app).replace("\\", "")
    assert app.title[0].value == title
    assert "holds closed waves and decisions, and not how the form was read" in said
    for wrong in ("No answers read", "Nothing in the sheet needs a look", "Connected to your"):
        assert wrong not in said
    tried = len(sheets.log)
    app.button(key="retry").click()
    app.run()
    assert not app.exception
    assert app.title[0].value == title
    if prepare is _gone:
        assert len(sheets.log) > tried
