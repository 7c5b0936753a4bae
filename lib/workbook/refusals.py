"""Answers with an error status, in words for a person. None repeats what Google said."""

from requests import Response

from lib.workbook.google_problem import STAYS, Fault, GoogleProblem


def refused(response: Response, email: str, tab: str | None) -> GoogleProblem:
    """The problem behind an error status. ``tab`` is the tab that was written to, if one was."""
    message, reasons = _details(response)
    status = response.status_code
    if status < 500 and "<html" in response.text[:1000].lower():
        return not_google()
    if status == 400:
        return _bad_request(message, email, tab)
    if status == 401:
        return no_sign_in(email)
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
            refused=True,
        )
    if "not supported for this document" in message:
        return GoogleProblem(
            "The file is an Excel file kept in Google Drive, not a Google spreadsheet.",
            "Open it in Google Sheets, choose File, Save as Google Sheets, and put the new file's "
            "address into secrets.toml as spreadsheet.",
        )
    if tab is not None:
        return GoogleProblem(
            f"Google refused what was to be written to the tab {tab}.",
            "The app tries again by itself. If it stays so, make the decision once more in other "
            "words, and tell whoever looks after the app.",
            refused=True,
        )
    return GoogleProblem(
        "Google did not understand what the app asked for.",
        "Reload the page; if it happens again, look whether the app's own tabs (PD ...) were "
        "changed by hand, and tell whoever looks after the app.",
    )


def no_sign_in(email: str) -> GoogleProblem:
    """The service account's key is wrong, or is one no longer."""
    account = f"the service account {email}" if email else "the service account"
    return GoogleProblem(
        f"Google does not accept the key of {account}.",
        "In the Google Cloud console open IAM & Admin, Service Accounts, make a new JSON key for "
        "it and copy its fields into secrets.toml, under [connections.gsheets].",
    )


def not_google() -> GoogleProblem:
    """The answer is no answer of Google's."""
    return GoogleProblem(
        "Something between the app and Google, probably the school's web filter, answered in "
        "Google's place.",
        "Ask for sheets.googleapis.com and oauth2.googleapis.com to be let through unchanged.",
        temporary=True,
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
