"""The Sheets API's error bodies, as recorded."""

from typing import Any

PERMISSION_DENIED = "The caller does not have permission"
NOT_FOUND = "Requested entity was not found."
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)
TOO_LONG = "Your input contains more than the maximum of 50000 characters in a single cell."
TOO_MANY_CELLS = (
    "This action would increase the number of cells in the workbook above the limit of 10000000 "
    "cells."
)
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
HTML_PAGE = (
    "<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>\n"
    "<p><b>502.</b> <ins>That's an error.</ins>\n<p>The server encountered a temporary error and "
    "could not complete your request.<p>Please try again in 30 seconds.</html>\n"
)


class ApiError(Exception):
    def __init__(self, code: int, message: str, details: list[dict[str, Any]] | None = None):
        super().__init__(message)
        self.code = code
        self.body = body(code, message, details)


def body(code: int, message: str, details: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    error: dict[str, Any] = {
        "code": code,
        "message": message,
        "status": STATUSES.get(code, "UNKNOWN"),
    }
    if details:
        error["details"] = details
    return {"error": error}


def info(reason: str, **metadata: str) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": "sheets.googleapis.com", **metadata},
    }


def quota(kind: str, limit: int) -> ApiError:
    """``kind`` is Read or Write."""
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute "
        "per user' of service 'sheets.googleapis.com' for consumer 'project_number:1'.",
        [
            info(
                "RATE_LIMIT_EXCEEDED",
                consumer="projects/1",
                quota_limit=f"{kind}RequestsPerMinutePerUser",
                quota_limit_value=str(limit),
                quota_unit="1/min/{project}/{user}",
            ),
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [
                    {
                        "description": "Request a higher quota limit.",
                        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
                    }
                ],
            },
        ],
    )


def disabled() -> ApiError:
    return ApiError(
        403,
        "Google Sheets API has not been used in project 1 before or it is disabled. Enable it by "
        "visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview"
        "?project=1 then retry. If you enabled this API recently, wait a few minutes for the "
        "action to propagate to our systems and retry.",
        [info("SERVICE_DISABLED", consumer="projects/1")],
    )


def bad_token() -> ApiError:
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )


def no_token() -> ApiError:
    return ApiError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please "
        "use API Key or other form of API consumer identity to call this API.",
    )


def narrow_scope() -> ApiError:
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        [info("ACCESS_TOKEN_SCOPE_INSUFFICIENT")],
    )
