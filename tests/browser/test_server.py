"""The server's own routes, over HTTP, on the sample school."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.app import running_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("server")) as address:
        yield address


def fetch(
    url: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def test_the_students_page_is_small_static_and_asks_for_nothing(address: str) -> None:
    status, headers, body = fetch(f"{address}/students")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers
    assert len(body) < 60_000
    assert b"<script" not in body


def test_the_students_page_is_sent_once(address: str) -> None:
    _, headers, _ = fetch(f"{address}/students")
    tag = headers["etag"]
    again, later, body = fetch(f"{address}/students", headers={"If-None-Match": tag})
    assert (again, body) == (304, b"")
    assert later["etag"] == tag
    other, _, full = fetch(f"{address}/students", headers={"If-None-Match": '"another"'})
    assert (other, bool(full)) == (200, True)


def test_head_is_answered_without_a_body(address: str) -> None:
    status, headers, body = fetch(f"{address}/students", method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["etag"]


def test_health_is_said_in_json(address: str) -> None:
    status, headers, body = fetch(f"{address}/healthz")
    said = json.loads(body)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert said["status"] == "ok"
    assert said["source"] == "sample"
    assert isinstance(said["age_s"], int)
    assert set(said) == {"status", "source", "age_s"}


@pytest.mark.parametrize("path", ["/students", "/healthz", "/"])
def test_security_headers_are_on_every_answer(address: str, path: str) -> None:
    _, headers, _ = fetch(f"{address}{path}")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]


def test_other_methods_are_refused(address: str) -> None:
    assert fetch(f"{address}/students", method="POST")[0] == 405


def test_a_setup_that_cannot_be_read_is_failing_and_says_no_secret(tmp_path: Path) -> None:
    broken = '[connections.gsheets]\nspreadsheet = "no quotes at the end\n'
    with running_app(tmp_path, secrets=broken) as address:
        status, _, body = fetch(f"{address}/healthz")
        assert (status, json.loads(body)["status"]) == (503, "failing")
        status, headers, body = fetch(f"{address}/students")
        assert status == 503
        assert headers["retry-after"] == "30"
        assert b"no quotes" not in body
