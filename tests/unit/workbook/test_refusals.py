"""What Google says when it refuses, in words that say what to do.

The bodies and messages are those of reference material on the API, met too rarely to be provoked
through the Sheets server of tests/sheets.
"""

import json

import pytest
import requests
from google.auth.exceptions import GoogleAuthError, RefreshError

from lib.workbook.faults import explain
from lib.workbook.refusals import refused


def answer(status: int, message: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = json.dumps({"error": {"code": status, "message": message}}).encode()
    return made


@pytest.mark.parametrize(
    ("message", "says", "refuses"),
    [
        ("would increase the number of cells in the workbook above the limit", "full", False),
        ("Your input contains more than the maximum of 50000 characters", "too long", True),
        ("This operation is not supported for this document", "Excel file", False),
    ],
)
def test_a_refusal_says_what_is_wrong(message: str, says: str, refuses: bool) -> None:
    problem = refused(answer(400, message), "app@school.example", "PD Focus")
    assert says in problem.says
    assert problem.refused is refuses


@pytest.mark.parametrize(
    ("error", "says", "passes"),
    [
        (requests.ConnectTimeout(), "cannot be reached", True),
        (RefreshError("internal failure", retryable=True), "has a fault at the moment", True),
        (GoogleAuthError("no"), "does not accept the key", False),
    ],
)
def test_a_fault_of_the_connection_says_whether_waiting_helps(
    error: Exception, says: str, passes: bool
) -> None:
    problem = explain(error, "app@school.example", tab="PD Focus")
    assert says in problem.says
    assert problem.temporary is passes
