"""Every fault between the app and Google: a sentence, nothing lost, and recovery by itself."""

import socket
import subprocess
import sys
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lib.workbook import WorkbookProblem
from lib.workbook.pace import PATIENCE
from tests.sheets.conftest import FORM, KEY, FakeTime, Mirror, Open
from tests.sheets.errors import HTML_PAGE
from tests.sheets.grid import Tab
from tests.sheets.oauth import make_account
from tests.sheets.server import EMAIL, Fault, SheetsServer

ROOT = Path(__file__).resolve().parents[2]

PASSING = [
    Fault(status=500),
    Fault(status=502, body=HTML_PAGE),
    Fault(status=503),
    Fault(status=503, headers={"Retry-After": "3"}),
    Fault(status=503, body=HTML_PAGE),
    Fault(status=504),
    Fault(status=429),
    Fault(status=429, headers={"Retry-After": "7"}),
    Fault(breaks="reset"),
    Fault(breaks="half"),
    Fault(breaks="hang", seconds=5),
    Fault(status=200, body="<html>Please sign in to the school's network</html>"),
]


def name(fault: Fault) -> str:
    kind = fault.breaks or f"{fault.status}{' page' if fault.body else ''}"
    return kind + (" with Retry-After" if fault.headers else "")


@pytest.fixture(autouse=True)
def short_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.workbook.service.TIMEOUT", (1.0, 0.3))


@pytest.mark.parametrize("fault", PASSING, ids=name)
def test_a_passing_fault_is_sat_out(
    sheets: SheetsServer, form: Tab, open_sheet: Open, fault: Fault
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    form.submit(5, "arrives during the fault")
    fault.times = 1
    sheets.fault(fault)
    mirror.take(book.read())
    assert mirror.rows == form.values[1:]
    assert mirror.full_readings == 1


CHATTY = '{"error": {"code": 400, "message": "Invalid value: answer 4", "status": "X"}}'

LASTING = {
    "400 that quotes a cell": (Fault(status=400, body=CHATTY), "Google did not understand"),
    "401": (Fault(status=401), "Google does not accept the key of the service account " + EMAIL),
    "403": (Fault(status=403), "The spreadsheet is not shared with the app."),
    "404": (Fault(status=404), "Google finds no spreadsheet under the address"),
    "400": (Fault(status=400), "Google did not understand"),
    "429": (Fault(status=429), "Google limits how often the app may ask"),
    "500": (Fault(status=500), "Google Sheets has a fault of its own"),
    "503": (Fault(status=503), "Google Sheets has a fault of its own"),
    "a page": (Fault(status=502, body=HTML_PAGE), "Google Sheets has a fault of its own"),
    "a blocking page": (Fault(status=403, body="<html>Blocked</html>"), "school's web filter"),
    "a sign-in page": (Fault(status=200, body="<html>Sign in</html>"), "school's web filter"),
    "another answer": (Fault(status=200, body="{}"), "school's web filter"),
    "a list": (Fault(status=200, body="[]"), "school's web filter"),
    "a hang": (Fault(breaks="hang", seconds=5), "Google did not answer in time."),
    "a reset": (Fault(breaks="reset"), "The connection to Google broke off."),
    "half a body": (Fault(breaks="half"), "The connection to Google broke off."),
}


@pytest.mark.parametrize(("fault", "says"), LASTING.values(), ids=LASTING.keys())
def test_a_lasting_fault_is_said_and_its_end_is_noticed(
    sheets: SheetsServer,
    form: Tab,
    open_sheet: Open,
    monkeypatch: pytest.MonkeyPatch,
    time: FakeTime,
    fault: Fault,
    says: str,
) -> None:
    monkeypatch.setattr("lib.workbook.pace.PATIENCE", 2.0)
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    form.submit(5, "arrives during the fault")
    fault.times = 99
    sheets.fault(fault)
    with pytest.raises(WorkbookProblem) as problem:
        book.read()
    assert says in problem.value.says
    assert problem.value.do
    assert_nothing_leaks(problem.value, sheets)
    sheets.clear_faults()
    mirror.take(book.read())
    assert mirror.rows == form.values[1:]


def assert_nothing_leaks(problem: WorkbookProblem, sheets: SheetsServer) -> None:
    """No key, no token, no cell and no word of Google's, not even in a printed traceback."""
    told = "".join(traceback.format_exception(problem))
    secrets = [sheets.account.private_key_pem.splitlines()[3], *sheets.tokens.tokens]
    assert not [secret for secret in [*secrets, "answer 4", "caller does not"] if secret in told]


def test_what_will_not_pass_is_not_tried_again(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.read()
    for status in (400, 403, 404):
        before = len(sheets.log)
        sheets.fault(Fault(status=status))
        with pytest.raises(WorkbookProblem):
            book.read()
        assert len(sheets.log) - before == 1


def test_patience_is_bounded_and_pauses_grow(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book = open_sheet()
    book.read()
    began, before = time.now, len(sheets.log)
    sheets.fault(Fault(status=503, times=999))
    with pytest.raises(WorkbookProblem):
        book.read()
    assert 3 <= len(sheets.log) - before <= 40
    assert time.now - began <= PATIENCE


def test_a_429_without_retry_after_waits_five_seconds_or_more(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book = open_sheet()
    book.read()
    sheets.fault(Fault(status=429))
    book.read()
    assert len(time.slept) == 1
    assert 5 <= time.slept[0] <= 6


def test_retry_after_is_honored_even_beyond_patience(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book = open_sheet()
    book.read()
    sheets.fault(Fault(status=429, headers={"Retry-After": "7"}))
    book.read()
    assert time.slept == [7.0]
    sheets.fault(Fault(status=429, headers={"Retry-After": "90"}))
    with pytest.raises(WorkbookProblem):
        book.read()
    before = len(sheets.log)
    time.now += 60
    with pytest.raises(WorkbookProblem, match="limits how often"):
        book.read()
    assert len(sheets.log) == before
    time.now += 31
    assert book.read().form is None


def test_a_token_that_expires_is_renewed(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    book = open_sheet()
    book.read()
    sheets.expire_tokens()
    assert book.read().form is None
    assert sheets.tokens.issued == 2


def test_access_revoked_while_running_and_given_back(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    sheets.spreadsheet(KEY).revoke(EMAIL)
    with pytest.raises(WorkbookProblem) as problem:
        book.read()
    assert f"add {EMAIL} as an Editor" in problem.value.do
    assert not problem.value.temporary
    form.submit(1, "meanwhile")
    sheets.spreadsheet(KEY).share(EMAIL)
    mirror.take(book.read())
    assert mirror.rows == form.values[1:]


def test_a_spreadsheet_that_is_not_there(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    with pytest.raises(WorkbookProblem) as problem:
        open_sheet(key="x" * 44).read()
    assert "finds no spreadsheet" in problem.value.says
    assert EMAIL in problem.value.do


def test_the_api_switched_off(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    sheets.api_enabled = False
    with pytest.raises(WorkbookProblem) as problem:
        open_sheet().read()
    assert "API is switched off" in problem.value.says
    assert "press Enable" in problem.value.do


KEYS = {
    "cut": lambda pem: pem[:200],
    "none": lambda pem: "",
    "words": lambda pem: "paste the key here",
    "no frame": lambda pem: "".join(pem.splitlines()[1:-1]),
}


@pytest.mark.parametrize("spoil", KEYS.values(), ids=KEYS.keys())
def test_a_key_that_cannot_be_read(
    sheets: SheetsServer, form: Tab, open_sheet: Open, spoil
) -> None:
    key = spoil(sheets.account.private_key_pem)
    with pytest.raises(WorkbookProblem, match="key in the secrets file cannot be read") as problem:
        open_sheet(private_key=key).read()
    assert_nothing_leaks(problem.value, sheets)


def test_a_key_with_spelled_line_ends_is_read(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    key = sheets.account.private_key_pem.replace("\n", "\\n")
    assert open_sheet(private_key=key).read().form is not None


def test_a_key_of_another_account(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    other = make_account("other@a-school.iam.gserviceaccount.com")
    with pytest.raises(WorkbookProblem, match="does not accept the key") as problem:
        open_sheet(private_key=other.private_key_pem).read()
    assert "make a new JSON key" in problem.value.do
    with pytest.raises(WorkbookProblem, match="does not accept the key"):
        open_sheet(client_email=other.email).read()


def test_a_sign_in_endpoint_that_answers_with_a_page(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    sheets.fault(Fault(on="token", status=403, body="<html>Blocked by the filter</html>", times=99))
    with pytest.raises(WorkbookProblem, match="school's web filter"):
        open_sheet().read()


def test_a_sign_in_endpoint_that_breaks_off(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    sheets.fault(Fault(on="token", breaks="reset"))
    assert open_sheet().read().form is not None


def test_a_wrong_clock(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    wrong = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("google.auth._helpers.utcnow", lambda: wrong)
        with pytest.raises(WorkbookProblem, match="this computer's clock is wrong"):
            open_sheet().read()


def test_a_filter_with_a_certificate_of_its_own(
    sheets: SheetsServer, form: Tab, open_sheet: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(WorkbookProblem) as problem:
        open_sheet().read()
    assert "cannot be verified" in problem.value.says
    assert "REQUESTS_CA_BUNDLE" in problem.value.do


def test_a_bundle_that_is_not_there(
    sheets: SheetsServer, form: Tab, open_sheet: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with pytest.raises(WorkbookProblem, match="file of certificates"):
        open_sheet().read()


def test_a_proxy_that_is_not_there(
    sheets: SheetsServer, form: Tab, open_sheet: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pace.PATIENCE", 0.0)
    for variable in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    with pytest.raises(WorkbookProblem, match="proxy does not let the app through"):
        open_sheet().read()


def test_no_internet(
    sheets: SheetsServer, form: Tab, open_sheet: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pace.PATIENCE", 0.0)
    for variable in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(variable)

    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", no_such_name)
    with pytest.raises(WorkbookProblem, match="cannot be reached from this computer"):
        open_sheet().read()


def test_no_proxy_is_honored(
    sheets: SheetsServer, form: Tab, open_sheet: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pace.PATIENCE", 0.0)
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(variable, "googleapis.com")
    asked = []

    def remember(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", remember)
    with pytest.raises(WorkbookProblem, match="cannot be reached from this computer"):
        open_sheet().read()
    assert set(asked) == {"oauth2.googleapis.com"}
    assert sheets.log == []


def test_another_process_is_led_here_by_the_environment_alone(
    sheets: SheetsServer, form: Tab, tmp_path: Path
) -> None:
    (tmp_path / "secrets.toml").write_text(sheets.secrets_toml(KEY), encoding="utf-8")
    program = (
        "import pathlib, sys, tomllib\n"
        "from lib.workbook.connect import connection, open_workbook\n"
        "secrets = tomllib.loads(pathlib.Path(sys.argv[1], 'secrets.toml').read_text())\n"
        "book = open_workbook(connection(secrets), sys.argv[1] + '/workbook.sqlite')\n"
        "contents = book.read()\n"
        "print(book.kind, contents.form.title, len(contents.form.rows))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        env=sheets.environment() | {"PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"google_sheet {FORM} 50\n"
