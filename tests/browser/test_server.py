"""The server's own routes, over HTTP, on the sample school."""

import gzip
import json
import time
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
        until_well(address)
        yield address


def until_well(address: str, limit_s: float = 120) -> None:
    """Wait as a monitor does: until the first copy of the workbook is there."""
    give_up = time.monotonic() + limit_s
    while fetch(f"{address}/healthz")[0] != 200:
        assert time.monotonic() < give_up
        time.sleep(0.2)


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


def test_the_page_is_packed_for_those_who_can_unpack_it(address: str) -> None:
    _, plain_headers, plain = fetch(f"{address}/students")
    _, headers, packed = fetch(f"{address}/students", headers={"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    assert headers["etag"] != plain_headers["etag"]
    assert headers["vary"] == plain_headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("path", ["students", "healthz", "", "trends"])
def test_other_methods_are_refused(address: str, path: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        status, headers, _ = fetch(f"{address}/{path}", method=method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["student", "wp-login.php", ".env", "trends/more", "a/../b"])
def test_an_unknown_address_is_not_found(address: str, path: str) -> None:
    status, headers, body = fetch(f"{address}/{path}")
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b"There is no such page" in body


@pytest.mark.parametrize("path", ["", "_stcore/health", "favicon.png", "_stcore/host-config"])
def test_streamlits_own_routes_answer(address: str, path: str) -> None:
    status, headers, body = fetch(f"{address}/{path}")
    assert (status, bool(body)) == (200, True)
    assert "object-src 'none'" in headers["content-security-policy"]


def test_a_setup_that_cannot_be_read_is_failing_and_says_no_secret(tmp_path: Path) -> None:
    broken = '[connections.gsheets]\nspreadsheet = "no quotes at the end\n'
    with running_app(tmp_path, secrets=broken) as address:
        status, _, body = fetch(f"{address}/healthz")
        assert (status, json.loads(body)["status"]) == (503, "failing")
        status, headers, body = fetch(f"{address}/students")
        assert status == 503
        assert headers["retry-after"] == "10"
        assert b"no quotes" not in body
