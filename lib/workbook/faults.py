"""What can go wrong between the app and Google, in words for a person.

No message repeats what Google or the network said: that could hold a key or a cell.
"""

import http.client
import socket
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.exceptions import APIError
from requests import exceptions as web
from urllib3 import exceptions as wire

from lib.workbook.google_problem import STAYS, GoogleProblem
from lib.workbook.refusals import no_sign_in, not_google, refused

CERTIFICATES = (
    "Ask for the certificate of the school's web filter as a PEM file, name that file in the "
    "environment variable REQUESTS_CA_BUNDLE and start the app again."
)


EXPECTED = (
    APIError,
    GoogleAuthError,
    web.RequestException,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""All that a call through gspread and google-auth may raise for reasons that are not ours.

The last four stand for an answer that is none of Google's (a filter's page with status 200).
"""


def explain(error: Exception, email: str, *, tab: str | None = None) -> GoogleProblem:
    """The problem behind an error. ``tab`` is the tab that was being written to, if one was."""
    if isinstance(error, APIError):
        return refused(error.response, email, tab)
    if isinstance(error, RefreshError):
        return _no_token(error, email)
    if isinstance(error, TransportError):
        return _token_unreachable(error, email)
    if isinstance(error, web.ProxyError | web.InvalidProxyURL):
        return _proxy(error)
    if isinstance(error, web.SSLError):
        return GoogleProblem(
            "The secure connection to Google cannot be verified: something on the way, probably "
            "the school's web filter, answers with a certificate of its own.",
            CERTIFICATES,
        )
    if isinstance(error, web.ConnectTimeout):
        return _unreachable()
    if isinstance(error, web.Timeout):
        return GoogleProblem("Google did not answer in time.", STAYS, temporary=True)
    if isinstance(error, web.ConnectionError | web.ChunkedEncodingError | web.ContentDecodingError):
        return _broken(error)
    if isinstance(error, GoogleAuthError):
        return no_sign_in(email)
    if isinstance(error, OSError) and not isinstance(error, web.RequestException):
        return GoogleProblem(
            "The file of certificates that the app was told to use cannot be read.",
            "Check the path in the environment variable REQUESTS_CA_BUNDLE and start the app "
            "again.",
        )
    return not_google()


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
        return not_google()
    return no_sign_in(email)


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


def _proxy(error: web.RequestException) -> GoogleProblem:
    """The proxy refused; or, through a proxy, the connection broke off in the middle.

    urllib3 calls the second a proxy's error too, though the request may have gone through.
    """
    reason = getattr(_reason(error), "original_error", None)
    if isinstance(reason, http.client.HTTPException | ConnectionError) and not isinstance(
        reason, ConnectionRefusedError
    ):
        return _broken_off()
    return GoogleProblem(
        "The school's proxy does not let the app through to Google.",
        "Check the environment variable HTTPS_PROXY, and ask for sheets.googleapis.com and "
        "oauth2.googleapis.com to be allowed.",
        temporary=True,
    )


def _broken(error: web.RequestException) -> GoogleProblem:
    """A connection that could not be made, or that broke in the middle."""
    if isinstance(_reason(error), wire.NewConnectionError | socket.gaierror):
        return _unreachable()
    return _broken_off()


def _broken_off() -> GoogleProblem:
    return GoogleProblem("The connection to Google broke off.", STAYS, temporary=True)


def _reason(error: web.RequestException) -> Any:
    """What urllib3 gives as the reason, where it gives one."""
    cause: Any = error.args[0] if error.args else None
    return getattr(cause, "reason", cause)
