"""Publishing, replacing and withdrawing the students' page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from lib.publish import (
    RECORD_ID,
    PublishProblem,
    next_version,
    publish,
    published,
    versions,
    withdraw,
)
from lib.workbook import Event, Record, fold, new_event, tabs
from tests.unit.publish.pages import AT, public_page, public_promise

PAGE = public_page(public_promise())


def records(*events: Event) -> Mapping[str, Record]:
    return fold(events)[tabs.PUBLISHED]


def published_event(*before: Event, version: int = 1, minutes: int = 0) -> Event:
    previous = records(*before)[RECORD_ID] if before else None
    page = replace(PAGE, version=version)
    return publish(page, who="lead", at=AT + timedelta(minutes=minutes), previous=previous)


def test_before_anything_is_published_there_is_no_page() -> None:
    assert published({}) is None
    assert next_version({}) == 1
    assert versions({}) == ()


def test_the_newest_version_is_the_page() -> None:
    first = published_event()
    assert first.fields.keys() == tabs.TABS[tabs.PUBLISHED].columns.keys()
    second = published_event(first, version=2)
    now = records(first, second)
    assert published(now) == replace(PAGE, version=2)
    assert next_version(now) == 3


def test_withdrawing_takes_every_version_down_until_the_next() -> None:
    first = published_event()
    second = published_event(first, version=2)
    down = withdraw(records(first, second)[RECORD_ID], who="lead", at=AT)
    assert (down.fields["state"], down.fields["content"]) == ("withdrawn", "")
    now = records(first, second, down)
    assert published(now) is None
    assert next_version(now) == 3
    with pytest.raises(PublishProblem, match="withdrawn already"):
        withdraw(now[RECORD_ID], who="lead", at=AT)
    third = published_event(first, second, down, version=3)
    assert published(records(first, second, down, third)) == replace(PAGE, version=3)


@pytest.mark.parametrize("order", [1, -1])
def test_a_withdrawal_holds_against_a_version_published_at_the_same_time(order: int) -> None:
    first = published_event()
    down = withdraw(records(first)[RECORD_ID], who="lead", at=AT + timedelta(minutes=5))
    second = published_event(first, version=2, minutes=5 + order)
    assert published(records(first, down, second)) is None


def test_a_damaged_version_is_never_served_and_says_why() -> None:
    first = published_event()
    bad = new_event(
        tabs.PUBLISHED,
        {"version": "2", "state": "published", "content": "{oops"},
        who="hand",
        at=AT,
        previous=records(first)[RECORD_ID],
    )
    now = records(first, bad)
    assert published(now) is None
    newest, oldest = versions(now)
    assert (newest.number, newest.who, oldest.number, oldest.problem) == ("2", "hand", "1", "")
    assert newest.problem == (
        "The published page in the tab PD Published is damaged and cannot be read. "
        "Publish the page again."
    )


def test_the_history_tells_who_did_what() -> None:
    first = published_event()
    down = withdraw(records(first)[RECORD_ID], who="\tprincipal\n", at=AT)
    assert [(v.number, v.state, v.who, v.problem) for v in versions(records(first, down))] == [
        ("1", "withdrawn", "principal", ""),
        ("1", "published", "lead", ""),
    ]
