"""What can go wrong between the app and Google, in words for a person.

No message repeats what Google or the network said: that could hold a key or a cell.
"""

import socket
from enum import StrEnum
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.exceptions import APIError
from requests import Response
from requests import exceptions as web
from urllib3 import exceptions as wire

from lib.workbook.protocol import WorkbookProblem

STAYS = "Nothing is lost; the app tries again by itself."
CERTIFICATES = (
    "Ask for the certificate of the school's web filter as a PEM file, name that file in the "
    "environment variable REQUESTS_CA_BUNDLE and start the app again."
)


class Fault(StrEnum):
    """The faults that the app itself does something about."""

    NO_SUCH_TAB = "no such tab"
    PAST_THE_GRID = "past the grid"
    TAB_EXISTS = "tab exists"
    LIMITED = "limited"
    OTHER = "other"


class GoogleProblem(WorkbookProblem):
    """A failed call to Google. ``wait`` is how many seconds Google asks to wait, if it does."""

    def __init__(
        self,
        says: str,
        do: str,
        *,
        ambiguous: bool = False,
        temporary: bool = False,
        fault: Fault = Fault.OTHER,
        wait: float | None = None,
    ) -> None:
        super().__init__(says, do, ambiguous=ambiguous, temporary=temporary)
        self.fault = fault
        self.wait = wait


EXPECTED = (APIError, GoogleAuthError, web.RequestException, OSError, ValueError, LookupError)
"""All that a call through gspread and google-auth may raise for reasons that are not ours.

The last two stand for an answer that is no answer of Google's (a filter's page with status 200).
"""


def explain(error: Exception, email: str, *, tab: str | None = None) -> GoogleProblem:
    """The problem behind an error. ``tab`` is the tab that was being written to, if one was."""
    writing = tab is not None
    if isinstance(error, APIError):
        return _refused(error.response, email, tab)
    if isinstance(error, RefreshError):
        return _no_token(error, email)
    if isinstance(error, TransportError):
        return _token_unreachable(error, email)
    if isinstance(error, web.ProxyError | web.InvalidProxyURL):
        return GoogleProblem(
            "The school's proxy does not let the app through to Google.",
            "Check the environment variable HTTPS_PROXY, and ask for sheets.googleapis.com and "
            "oauth2.googleapis.com to be allowed.",
            temporary=True,
        )
    if isinstance(error, web.SSLError):
        return GoogleProblem(
            "The secure connection to Google cannot be verified: something on the way, probably "
            "the school's web filter, answers with a certificate of its own.",
            CERTIFICATES,
        )
    if isinstance(error, web.ConnectTimeout):
        return _unreachable()
    if isinstance(error, web.Timeout):
        return GoogleProblem(
            "Google did not answer in time.", STAYS, ambiguous=writing, temporary=True
        )
    if isinstance(error, web.ConnectionError | web.ChunkedEncodingError | web.ContentDecodingError):
        return _broken(error, writing=writing)
    if isinstance(error, web.RequestException | ValueError | LookupError):
        return _not_google(writing=writing)
    if isinstance(error, OSError):
        return GoogleProblem(
            "The file of certificates that the app was told to use cannot be read.",
            "Check the path in the environment variable REQUESTS_CA_BUNDLE and start the app "
            "again.",
        )
    return _no_sign_in(email)


def bad_key() -> GoogleProblem:
    """The service account's key cannot even be read."""
    return GoogleProblem(
        "The service account's key in the secrets file cannot be read.",
        "Copy all fields of the JSON key file into secrets.toml again, under "
        "[connections.gsheets]; private_key starts with -----BEGIN PRIVATE KEY----- and keeps its "
        "\\n signs.",
    )


def bad_address() -> GoogleProblem:
    """What the secrets name is no spreadsheet."""
    return GoogleProblem(
        "The secrets file does not name a spreadsheet: spreadsheet is neither the address of a "
        "Google spreadsheet nor its key.",
        "Open the spreadsheet, copy the address from the browser's address bar (it starts with "
        "https://docs.google.com/spreadsheets/d/) and put it into secrets.toml as spreadsheet.",
    )


def _refused(response: Response, email: str, tab: str | None) -> GoogleProblem:
    """An answer with an error status."""
    message, reasons = _details(response)
    status = response.status_code
    if status < 500 and "<html" in response.text[:1000].lower():
        return _not_google(writing=False)
    if status == 400:
        return _bad_request(message, email, tab)
    if status == 401:
        return _no_sign_in(email)
    if status == 403 and ("SERVICE_DISABLED" in reasons or "has not been used in" in message):
        return GoogleProblem(
            "The Google Sheets API is switched off for the service account's project.",
            "In the Google Cloud console open APIs & Services, Library, Google Sheets API, press "
            "Enable and wait five minutes.",
        )
    if status == 403 and tab is not None:
        return GoogleProblem(
            "The app may not write to the spreadsheet.",
            f"In Google Sheets press Share and make {email} an Editor.",
        )
    if status == 403:
        return GoogleProblem(
            "The spreadsheet is not shared with the app.",
            f"In Google Sheets press Share and add {email} as an Editor.",
        )
    if status == 404:
        return GoogleProblem(
            "Google finds no spreadsheet under the address in the secrets file.",
            "Copy the address from the browser's address bar while the spreadsheet is open, put "
            f"it into secrets.toml as spreadsheet, and share the spreadsheet with {email}.",
        )
    if status == 429:
        return GoogleProblem(
            "Google limits how often the app may ask, and that limit is reached.",
            STAYS,
            temporary=True,
            fault=Fault.LIMITED,
            wait=_retry_after(response),
        )
    return GoogleProblem(
        "Google Sheets has a fault of its own at the moment.",
        STAYS,
        ambiguous=tab is not None,
        temporary=True,
        wait=_retry_after(response),
    )


def _bad_request(message: str, email: str, tab: str | None) -> GoogleProblem:
    """400: Google's text is the only thing that tells the cases apart."""
    if "Unable to parse range" in message:
        return GoogleProblem(
            "A tab of the spreadsheet was renamed or deleted just now.",
            "Reload the page; the app looks for the tab again.",
            temporary=True,
            fault=Fault.NO_SUCH_TAB,
        )
    if "exceeds grid limits" in message:
        return GoogleProblem(
            "Rows of the spreadsheet were deleted just now.",
            "Reload the page; the app reads the sheet again.",
            temporary=True,
            fault=Fault.PAST_THE_GRID,
        )
    if "already exists" in message:
        return GoogleProblem(
            "Somebody else has just made the same tab.",
            "Save again.",
            temporary=True,
            fault=Fault.TAB_EXISTS,
        )
    if "protected cell or object" in message:
        return GoogleProblem(
            f"The tab {tab} is protected, and the app may not write to it.",
            "In Google Sheets choose Data, Protect sheets and ranges, and add "
            f"{email} to those who may edit; or remove the protection.",
        )
    if "number of cells in the workbook" in message:
        return GoogleProblem(
            "The spreadsheet is full: Google Sheets allows ten million cells in one spreadsheet, "
            "empty ones too.",
            "Delete empty rows and columns, or tabs that nobody needs.",
        )
    if "maximum of 50000 characters" in message:
        return GoogleProblem(
            "A text is too long: a cell in Google Sheets holds 50,000 characters.",
            "Shorten it and save again.",
        )
    if "not supported for this document" in message:
        return GoogleProblem(
            "The file is an Excel file kept in Google Drive, not a Google spreadsheet.",
            "Open it in Google Sheets, choose File, Save as Google Sheets, and put the new file's "
            "address into secrets.toml as spreadsheet.",
        )
    return GoogleProblem(
        "Google did not understand what the app asked for.",
        "Reload the page; if it happens again, look whether the app's own tabs (PD ...) were "
        "changed by hand, and tell whoever looks after the app.",
    )


def _no_token(error: RefreshError, email: str) -> GoogleProblem:
    if error.retryable:
        return GoogleProblem("Google's sign-in has a fault at the moment.", STAYS, temporary=True)
    said = " ".join(str(argument) for argument in error.args)
    if "reasonable timeframe" in said or "short-lived" in said:
        return GoogleProblem(
            "Google refuses the sign-in because this computer's clock is wrong.",
            "Set the clock of the computer that runs the app.",
            temporary=True,
        )
    if "<html" in said.lower():
        return _not_google(writing=False)
    return _no_sign_in(email)


def _no_sign_in(email: str) -> GoogleProblem:
    account = f"the service account {email}" if email else "the service account"
    return GoogleProblem(
        f"Google does not accept the key of {account}.",
        "In the Google Cloud console open IAM & Admin, Service Accounts, make a new JSON key for "
        "it and copy its fields into secrets.toml, under [connections.gsheets].",
    )


def _token_unreachable(error: TransportError, email: str) -> GoogleProblem:
    """The sign-in endpoint was not reached, so nothing was read or written."""
    cause = error.args[0] if error.args else None
    return explain(cause, email) if isinstance(cause, Exception) else _unreachable()


def _unreachable() -> GoogleProblem:
    return GoogleProblem(
        "Google cannot be reached from this computer.",
        "Check its connection to the internet; behind a school's proxy set the environment "
        "variable HTTPS_PROXY. " + STAYS,
        temporary=True,
    )


def _not_google(*, writing: bool) -> GoogleProblem:
    return GoogleProblem(
        "Something between the app and Google, probably the school's web filter, answered in "
        "Google's place.",
        "Ask for sheets.googleapis.com and oauth2.googleapis.com to be let through unchanged.",
        ambiguous=writing,
        temporary=True,
    )


def _broken(error: web.RequestException, *, writing: bool) -> GoogleProblem:
    """A connection that could not be made, or that broke in the middle."""
    cause: Any = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(reason, wire.NewConnectionError | socket.gaierror):
        return _unreachable()
    return GoogleProblem(
        "The connection to Google broke off.", STAYS, ambiguous=writing, temporary=True
    )


def _details(response: Response) -> tuple[str, str]:
    """Google's message and reasons; empty where the answer is a web page."""
    try:
        error = response.json()["error"]
        reasons = " ".join(str(detail.get("reason", "")) for detail in error.get("details", ()))
        return str(error.get("message", "")), reasons
    except (ValueError, LookupError, TypeError, AttributeError):
        return "", ""


def _retry_after(response: Response) -> float | None:
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (LookupError, ValueError):
        return None
