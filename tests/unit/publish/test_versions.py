"""Publishing, replacing and withdrawing the students' page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.publish import (
    RECORD_ID,
    PublicPage,
    mark_of,
    next_version,
    published,
    readable,
    students_see,
    why_not,
    withdraw,
)
from lib.publish.school import Meeting
from lib.publish.versions import publish, served, versions
from lib.workbook import Event, Record, fold, new_event, tabs
from tests.unit.publish.pages import AT, ON, SCHOOL, public_page, public_promise

PAGE = public_page(public_promise())


def records(*events: Event) -> Mapping[str, Record]:
    return fold(events)[tabs.PUBLISHED]


def published_event(*before: Event, version: int = 1, minutes: int = 0) -> Event:
    previous = records(*before)[RECORD_ID] if before else None
    return publish(
        edition(version), who="lead", at=AT + timedelta(minutes=minutes), previous=previous
    )


def edition(version: int) -> PublicPage:
    """A page whose words differ from version to version."""
    return replace(PAGE, version=version, listening=(f"Listening {version}",))


def test_before_anything_is_published_there_is_no_page() -> None:
    assert published({}) is None
    assert next_version({}) == 1
    assert versions({}) == ()


def test_the_newest_version_is_the_page() -> None:
    first = published_event()
    assert first.fields.keys() == tabs.TABS[tabs.PUBLISHED].columns.keys()
    second = published_event(first, version=2)
    now = records(first, second)
    assert published(now) == edition(2)
    assert next_version(now) == 3


def test_withdrawing_takes_every_version_down_until_the_next() -> None:
    first = published_event()
    second = published_event(first, version=2)
    down = withdraw(records(first, second)[RECORD_ID], who="lead", at=AT)
    assert (down.fields["state"], down.fields["content"]) == ("withdrawn", "")
    now = records(first, second, down)
    assert published(now) is None
    assert next_version(now) == 3
    with pytest.raises(DecisionProblem, match="withdrawn already"):
        withdraw(now[RECORD_ID], who="lead", at=AT)
    third = published_event(first, second, down, version=3)
    assert published(records(first, second, down, third)) == edition(3)


@pytest.mark.parametrize("order", [1, -1])
def test_a_withdrawal_holds_against_a_version_published_at_the_same_time(order: int) -> None:
    first = published_event()
    down = withdraw(records(first)[RECORD_ID], who="lead", at=AT + timedelta(minutes=5))
    second = published_event(first, version=2, minutes=5 + order)
    assert published(records(first, down, second)) is None


def test_a_withdrawal_made_from_an_older_version_takes_the_later_ones_down() -> None:
    first = published_event()
    second = published_event(first, version=2, minutes=1)
    third = published_event(first, second, version=3, minutes=2)
    down = withdraw(records(first)[RECORD_ID], who="A", at=AT + timedelta(minutes=9))
    assert published(records(third, down, first, second)) is None


def test_a_withdrawal_holds_against_a_later_version_by_somebody_who_did_not_know_it() -> None:
    first = published_event()
    second = published_event(first, version=2, minutes=1)
    down = withdraw(records(first)[RECORD_ID], who="A", at=AT + timedelta(minutes=9))
    unaware = published_event(first, second, version=3, minutes=12)
    before = (first, second, down, unaware)
    assert published(records(*before)) is None
    held = students_see(records(*before))
    assert held.startswith("Withdrawn on Oct 12, 2026: students read that the school is changing")
    assert held.endswith("Version 3, published without knowing of it, does not count.")
    with pytest.raises(DecisionProblem, match="withdrawn already"):
        withdraw(records(*before)[RECORD_ID], who="B", at=AT + timedelta(minutes=13))
    aware = published_event(*before, version=4, minutes=13)
    assert published(records(*before, aware)) == edition(4)
    assert students_see(records(*before, aware)).startswith("Students see version 4")


@pytest.mark.parametrize("skew", [-60, 60])
def test_a_wrong_clock_brings_no_withdrawn_page_back_and_keeps_no_new_one_down(skew: int) -> None:
    first = published_event()
    down = withdraw(records(first)[RECORD_ID], who="A", at=AT + timedelta(minutes=5 + skew))
    unaware = published_event(first, version=2, minutes=4)
    assert published(records(first, down, unaware)) is None
    aware = published_event(first, down, unaware, version=3, minutes=6)
    assert published(records(first, down, unaware, aware)) == edition(3)


moves = st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.booleans()), max_size=7)


@settings(deadline=None)
@given(moves, st.tuples(st.integers(-20, 20), st.integers(-20, 20)))
def test_a_page_that_is_up_was_published_after_every_withdrawal_its_publisher_could_know(
    happened: list[tuple[int, bool, bool]], skews: tuple[int, int]
) -> None:
    first = published_event()
    seen, written = [[first], [first]], [first]
    for minute, (who, meets, takes_down) in enumerate(happened, start=1):
        if meets:
            seen[who] = list(written)
        record, at = records(*seen[who]), minute + skews[who]
        if not takes_down:
            event = published_event(*seen[who], version=minute + 1, minutes=at)
        elif published(record) is not None:
            event = withdraw(record[RECORD_ID], who="A", at=AT + timedelta(minutes=at))
        else:
            continue
        seen[who].append(event)
        written.append(event)
    now = records(*written)
    withdrawals = [e for e in written if e.fields["state"] == "withdrawn"]
    newest = now[RECORD_ID].latest
    if published(now) is not None:
        assert all(newest.at > e.at and newest.revision != e.revision for e in withdrawals)
    aware = published_event(*written, version=99, minutes=-99)
    assert published(records(*written, aware)) == edition(99)


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


def test_a_page_that_students_see_already_is_not_published_again() -> None:
    first = published_event()
    now = records(first)[RECORD_ID]
    again = replace(edition(1), version=2, published_on=date(2026, 11, 1))
    refused = why_not(again, now)
    assert refused is not None
    assert refused.says == "Students already see exactly this."
    with pytest.raises(DecisionProblem, match="Change something first"):
        publish(again, who="lead", at=AT, previous=now)
    assert why_not(edition(2), now) is None


def test_a_panel_day_that_has_merely_passed_is_no_new_page() -> None:
    panels = (Meeting(date(2026, 10, 20), "Library"), Meeting(date(2027, 2, 10), "Gym"))
    now = records(publish(replace(PAGE, panels=panels), who="lead", at=AT, previous=None))[
        RECORD_ID
    ]
    left = replace(PAGE, version=4, panels=panels[1:])
    assert why_not(replace(left, published_on=date(2026, 10, 20)), now) is None
    for again in (left, replace(left, panels=panels)):
        assert why_not(replace(again, published_on=date(2026, 10, 21)), now) is not None


def test_an_answer_can_be_read_since_the_first_version_that_had_it() -> None:
    one, two, days = public_promise(0), public_promise(1), [date(2026, m, 12) for m in (9, 10, 11)]
    newer = replace(one, answers=310, we_did="It is another answer.")
    events: list[Event] = []
    for number, told in enumerate(((one,), (replace(one, answers=305), two), (newer, two))):
        page = replace(public_page(*told), version=number + 1, published_on=days[number])
        before = records(*events)[RECORD_ID] if events else None
        events.append(publish(page, who="lead", at=AT + timedelta(days=number), previous=before))
    read = [[day for _, day in readable(records(*events[:n]))] for n in (1, 2, 3)]
    assert read == [[days[0]], [days[0], days[1]], [days[2], days[1]]]
    assert [each for each, _ in readable(records(*events))] == [newer, two]
    now = records(*events)[RECORD_ID]
    down = withdraw(now, who="lead", at=AT + timedelta(days=9))
    assert readable(records(*events, down)) == readable({}) == ()
    # An earlier version that somebody damaged in the sheet tells nothing of when it was read.
    damaged = replace(events[0], fields={**events[0].fields, "content": "{"})
    assert [each for each, _ in readable(records(damaged, *events[1:]))] == [newer, two]


def test_after_a_withdrawal_the_same_page_may_be_published_again() -> None:
    first = published_event()
    down = withdraw(records(first)[RECORD_ID], who="lead", at=AT)
    assert why_not(replace(edition(1), version=2), records(first, down)[RECORD_ID]) is None


def test_a_page_without_an_answer_is_not_published() -> None:
    empty = public_page()
    with pytest.raises(DecisionProblem, match="No answer is ready to publish"):
        publish(empty, who="lead", at=AT, previous=None)


def test_the_mark_follows_every_word_of_the_page() -> None:
    assert mark_of(edition(1)) == mark_of(edition(1))
    others = (
        replace(edition(1), published_on=date(2026, 11, 1)),
        public_page(replace(public_promise(), we_did="Drafts get two comments.")),
    )
    assert len({mark_of(page) for page in (edition(1), *others)}) == 3


def test_students_are_served_the_page_or_the_reason_why_not() -> None:
    def said(*events: Event) -> str:
        at = records(*events) if events else {}
        return served(at, SCHOOL, today=ON).decode()

    first = published_event()
    down = withdraw(records(first)[RECORD_ID], who="lead", at=AT)
    damaged = replace(first, fields={**first.fields, "content": "{"})
    assert "Our answers to what you tell us will stand here." in said()
    assert "Listening 1" in said(first)
    assert "Your school is changing this page." in said(first, down)
    assert "Listening 1" not in said(first, down)
    assert "This page cannot be shown right now." in said(damaged)
