"""What the server answers by itself: every negotiation, and every wrong door."""

import asyncio
import gzip
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from lib import front, live, step
from lib.access import SCREENS
from lib.publish.sent import StudentsPage, ready

SPANISH = b"<!doctype html><title>Ustedes dijeron</title>" + b"<p>Si.</p>" * 400
PAGE = replace(
    ready(b"<!doctype html><title>You said, we did</title>" + b"<p>Yes.</p>" * 400),
    others=(("es", ready(SPANISH)),),
)


@pytest.fixture(autouse=True)
def _page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "students_page", lambda: PAGE)
    monkeypatch.setattr(step, "starting", lambda: False)
    monkeypatch.setattr(live, "health", lambda: live.Health("ok", "sample", 3))


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("Streamlit was asked")


async def _no_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def fetch(
    path: str, method: str = "GET", *, app: object = _nothing, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request to the server, headers named with underscores."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    lines = [(n.replace("_", "-").encode(), v.encode("latin-1")) for n, v in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": lines}
    asyncio.run(front.Front(app)(scope, _no_more, send))  # type: ignore[arg-type]
    names = [name for name, _ in sent[0]["headers"]]
    assert len(names) == len(set(names)), "a header is there twice"
    said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], said, b"".join(m.get("body", b"") for m in sent[1:])


def test_the_page_is_sent_plain_and_packed_with_a_tag_for_each() -> None:
    status, plain, body = fetch("/students")
    packed_status, packed, small = fetch("/students", accept_encoding="gzip, deflate, br")
    assert (status, packed_status) == (200, 200)
    assert body == PAGE.body == gzip.decompress(small)
    assert len(small) * 5 < len(body)
    assert plain["etag"] != packed["etag"]
    assert not plain["etag"].startswith("W/")
    assert "content-encoding" not in plain
    assert packed["content-encoding"] == "gzip"
    for headers, sent in ((plain, body), (packed, small)):
        assert headers["vary"] == "accept-encoding"
        assert headers["cache-control"] == "no-cache"
        assert headers["content-length"] == str(len(sent))
        assert "set-cookie" not in headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "http" not in headers["content-security-policy"]


def test_what_a_phone_has_is_not_sent_again() -> None:
    for ways in ({}, {"accept_encoding": "gzip"}):
        tag = fetch("/students", **ways)[1]["etag"]
        for said in (tag, f"W/{tag}", f'"other", {tag}', f'"a,b" ,W/{tag}', "*", " * "):
            status, headers, body = fetch("/students", if_none_match=said, **ways)
            assert (status, body) == (304, b""), said
            assert headers["etag"] == tag
            assert headers["vary"] == "accept-encoding"
            assert headers["cache-control"] == "no-cache"
            assert "content-length" not in headers
        for said in ('"other"', tag.strip('"'), tag[:-2] + '"', "", '"*"'):
            assert fetch("/students", if_none_match=said, **ways)[0] == 200, said


def test_each_language_has_an_address_and_a_tag_of_its_own() -> None:
    english = fetch("/students")[1]["etag"]
    status, headers, body = fetch("/students/es", if_none_match=english)
    assert (status, body) == (200, SPANISH)
    assert headers["vary"] == "accept-encoding"
    assert headers["cache-control"] == "no-cache"
    assert fetch("/students/es", if_none_match=headers["etag"])[0] == 304
    assert fetch("/students", if_none_match=headers["etag"])[0] == 200
    packed, said, small = fetch("/students/es", accept_encoding="gzip")
    assert (packed, gzip.decompress(small)) == (200, SPANISH)
    assert said["etag"] not in (english, headers["etag"])
    assert fetch("/students", accept_language="es")[2] == PAGE.body, "everyone sees the same page"


@pytest.mark.parametrize("path", ["/students/xx", "/students/en", "/students/es/x", "/students/ES"])
def test_a_language_nobody_offers_is_no_page(path: str) -> None:
    assert fetch(path)[0] == 404


def test_a_slash_too_many_after_a_language_leads_to_its_page() -> None:
    status, headers, _ = fetch("/students/es/")
    assert (status, headers["location"]) == (308, "/students/es")
    assert fetch("/students/es", "POST")[0] == 405


def test_a_tag_of_one_form_is_not_taken_for_the_other() -> None:
    plain = fetch("/students")[1]["etag"]
    assert fetch("/students", if_none_match=plain, accept_encoding="gzip")[0] == 200


def test_head_says_what_get_would_send() -> None:
    for ways in ({}, {"accept_encoding": "gzip"}):
        _, get, _ = fetch("/students", **ways)
        status, head, body = fetch("/students", "HEAD", **ways)
        assert (status, body) == (200, b"")
        assert head == get


@pytest.mark.parametrize(
    ("said", "packed"),
    [
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip", True),
        ("GZip;Q=0.5, br", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*", True),
        ("*;q=0", False),
        ("deflate, x-gzip", True),
        ("gzip;q=0, gzip", True),
        ("not-gzip", False),
    ],
)
def test_packing_is_agreed_on(said: str, packed: bool) -> None:
    assert front.accepts_gzip(said) is packed


TAGS = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"\x7f'), max_size=9
).map('"{}"'.format)


@given(st.lists(st.tuples(st.booleans(), TAGS), max_size=5), TAGS)
@example([(False, '"a,b"')], '"a"')
def test_a_tag_is_found_in_a_list_exactly_when_it_is_there(
    listed: list[tuple[bool, str]], tag: str
) -> None:
    said = ", ".join(f"W/{each}" if weak else each for weak, each in listed)
    assert front.tag_matches(said, tag) is (tag in [each for _, each in listed])


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_header_breaks_the_answer(encodings: str, tags: str) -> None:
    front.accepts_gzip(encodings)
    front.tag_matches(tags, PAGE.etag)


@pytest.mark.parametrize("path", ["/students", "/healthz", *(f"/{s.path}" for s in SCREENS)])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_can_be_sent_to_a_page(path: str, method: str) -> None:
    status, headers, _ = fetch(path, method)
    assert status == 405
    assert headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    [
        *("/student", "/wp-admin", "/trends/x", "/.env", "//evil.example", "/%2e", "/ü"),
        "/_stcore/metrics",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address_is_a_small_page_that_says_so(path: str, method: str) -> None:
    status, headers, body = fetch(path, method)
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b"There is no such page" in body
    assert len(body) < 2_000
    assert "evil" not in body.decode()


def test_a_slash_too_many_leads_to_the_page() -> None:
    status, headers, _ = fetch("/students/")
    assert (status, headers["location"]) == (308, "/students")


async def _ok(request: object) -> PlainTextResponse:
    return PlainTextResponse("Streamlit", headers={"X-Frame-Options": "DENY"})


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{s.path}" for s in SCREENS),
        *("/_stcore/health", "/_stcore/upload_file/a/b", "/static/js/x.js", "/media/x.png"),
        *("/component/a/b", "/auth/login", "/oauth2callback", "/favicon.png", "/trends/"),
    ],
)
def test_streamlits_own_goes_through_and_gets_the_headers(path: str) -> None:
    app = Starlette(routes=[Route("/{rest:path}", _ok)])
    status, headers, body = fetch(path, app=app)
    assert (status, body) == (200, b"Streamlit")
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert "object-src 'none'" in headers["content-security-policy"]
    assert "https:" not in headers["content-security-policy"]


def test_a_socket_goes_through_untouched() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    scope = {"type": "websocket", "path": "/_stcore/stream"}
    asyncio.run(front.Front(app)(scope, _no_more, _no_more))  # type: ignore[arg-type]
    assert seen == [scope]


def test_before_the_first_copy_a_phone_waits_and_then_gets_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copies: Iterator[StudentsPage | None] = iter([None, PAGE])
    starting = iter([True, True, False])
    monkeypatch.setattr(live, "students_page", lambda: next(copies))
    monkeypatch.setattr(step, "starting", lambda: next(starting))
    monkeypatch.setattr(front, "_LOOK_AGAIN_S", 0.001)
    assert fetch("/students")[0] == 200


def test_a_start_that_takes_too_long_is_said_and_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "students_page", lambda: None)
    monkeypatch.setattr(step, "starting", lambda: True)
    monkeypatch.setattr(front, "_FIRST_COPY_S", 0.01)
    monkeypatch.setattr(front, "_LOOK_AGAIN_S", 0.001)
    status, headers, body = fetch("/students", if_none_match="*")
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert headers["retry-after"] == "10"
    assert headers["cache-control"] == "no-store"
    assert b"This page cannot be shown right now. Try again later." in body
    assert b"tel:988" in body
    assert "Inténtalo más tarde.".encode() in fetch("/students/es")[2]


def test_a_page_takes_no_lock_and_reads_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    def fail(*_: object) -> None:
        raise AssertionError("asked on the way of a crowd")

    held = live.Live.__new__(live.Live)
    held._copy = type("Copy", (), {"students": PAGE})()  # type: ignore[assignment]
    monkeypatch.setattr(live._slot, "_held", ((None, ""), held))
    monkeypatch.setattr(live._slot, "_lock", None)
    monkeypatch.setattr(live, "secrets", fail)
    monkeypatch.setattr(live, "connection", fail)
    monkeypatch.setattr(asyncio, "to_thread", fail)
    assert fetch("/students")[0] == 200
