"""Records out of events: which decision holds, which lost, and what each was made from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.workbook import Event, Record, fold, new_event, one_press

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NINE + timedelta(minutes=minute)


def the_record(*events: Event) -> Record:
    (record,) = fold(events)["PD Focus"].values()
    return record


def decide(who: str, minute: float, *seen: Event) -> Event:
    """Somebody decides at a minute by their clock, having seen these events."""
    return new_event(
        "PD Focus",
        {"owner": f"{who} at {minute:g}"},
        who=who,
        at=at(minute),
        record_id="r",
        previous=the_record(*seen) if seen else None,
    )


def plain(event_id: str, revision: int, minute: float) -> Event:
    """A row whose event id says nothing of what it was made from."""
    return Event("PD Focus", event_id, "r", revision, at(minute), event_id, {"owner": event_id})


def test_a_later_decision_wins_whatever_the_revision_it_was_made_from() -> None:
    first = decide("lead", 0)
    b2 = decide("B", 1, first)
    b3 = decide("B", 2, first, b2)
    a2 = decide("A", 9, first)
    assert (a2.revision, b3.revision) == (2, 3)
    record = the_record(first, b2, b3, a2)
    assert record.latest == a2
    assert record.chain == (first, a2)
    assert record.overwritten == (b2, b3)
    assert record.before(a2) == first
    assert record.before(b3) == b2
    assert record.before(first) is None


def test_what_lost_is_told_by_what_each_decision_was_made_from() -> None:
    first = decide("lead", 0)
    b2 = decide("B", 1, first)
    a2 = decide("A", 9, first)
    b3 = decide("B", 12, first, b2)
    record = the_record(first, b2, b3, a2)
    assert record.chain == (first, b2, b3)
    assert record.overwritten == (a2,)


def test_the_next_decision_is_made_from_the_one_that_won() -> None:
    first = decide("lead", 0)
    b2 = decide("B", 1, first)
    b3 = decide("B", 2, first, b2)
    a2 = decide("A", 9, first)
    c4 = decide("C", 10, first, b2, b3, a2)
    assert c4.revision == 4
    record = the_record(first, b2, b3, a2, c4)
    assert record.chain == (first, a2, c4)
    assert record.overwritten == (b2, b3)


def test_rows_that_do_not_say_what_they_were_made_from_go_by_their_time() -> None:
    first, early, late = plain("first", 1, 0), plain("early", 2, 1), plain("late", 2, 9)
    between, after = plain("between", 3, 5), plain("after", 3, 12)
    assert the_record(first, early, late, between).chain == (first, late)
    assert the_record(first, early, late, between).overwritten == (early, between)
    assert the_record(first, early, late, after).chain == (first, late, after)
    # One whose clock was behind all that it can have been made from: the nearest of them.
    behind = plain("behind", 2, -3)
    assert the_record(first, behind).chain == (first, behind)
    assert the_record(plain("x", 1, 5), plain("y", 1, 7), behind).before(behind) == plain("x", 1, 5)


def test_a_row_that_a_person_deleted_breaks_no_chain() -> None:
    first = decide("lead", 0)
    second = decide("A", 1, first)
    third = decide("A", 2, first, second)
    record = the_record(first, third)
    assert record.chain == (first, third)
    assert record.overwritten == ()


def test_a_fast_clock_wins_once_and_then_binds_nobody() -> None:
    first = decide("lead", 0)
    fast = decide("fast", 60 * 24, first)
    other = decide("other", 1, first)
    assert the_record(first, fast, other).latest == fast
    informed = decide("other", 2, first, fast, other)
    assert informed.at == fast.at + timedelta(microseconds=1)
    assert the_record(first, fast, other, informed).chain == (first, fast, informed)


def test_a_decision_stamped_before_what_it_was_made_from_still_follows_it() -> None:
    fast, built = plain("fast", 1, 60), plain("built", 2, 3)
    assert the_record(built, fast).history == (fast, built)
    assert the_record(built, fast).overwritten == ()


@st.composite
def copies(draw: st.DrawFn) -> tuple[list[Event], dict[str, str]]:
    """What several copies of the app write that meet only now and then; each has its own clock.

    Returns the events, and for each the id of the one that its writer saw as the latest.
    """
    skews = draw(st.lists(st.integers(-30, 30), min_size=1, max_size=3))
    seen: list[list[Event]] = [[] for _ in skews]
    first = decide("lead", 0)
    written, made_from = [first], {first.event_id: ""}
    for view in seen:
        view.append(first)
    for minute in range(1, draw(st.integers(1, 8)) + 1):
        who = draw(st.integers(0, len(skews) - 1))
        if draw(st.booleans()):
            seen[who] = list(written)
        event = decide(f"copy {who}", minute + skews[who], *seen[who])
        made_from[event.event_id] = the_record(*seen[who]).latest.event_id
        seen[who].append(event)
        written.append(event)
    return written, made_from


@settings(deadline=None)
@given(copies(), st.randoms(use_true_random=False))
def test_whoever_met_whom_every_decision_is_held_or_told_as_lost(
    history: tuple[list[Event], dict[str, str]], random: object
) -> None:
    events, made_from = history
    record = the_record(*events)
    shuffled = [*events, *events[:2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert the_record(*shuffled) == record
    assert sorted(e.event_id for e in (*record.chain, *record.overwritten)) == sorted(made_from)
    assert record.latest == record.chain[-1] == record.history[-1]
    assert record.latest.at == max(event.at for event in events)
    for event in events:
        before = record.before(event)
        assert (before.event_id if before else "") == made_from[event.event_id]


@settings(deadline=None)
@given(st.lists(st.integers(-90, 90), max_size=8))
def test_a_history_in_one_line_has_nothing_overwritten(minutes: Sequence[int]) -> None:
    events = [decide("lead", 0)]
    for minute in minutes:
        events.append(decide("somebody", minute, *events))
    record = the_record(*reversed(events))
    assert record.chain == record.history == tuple(events)
    assert record.overwritten == ()


rows = st.lists(
    st.builds(
        plain,
        st.sampled_from("abcdefgh"),
        st.integers(-1, 4),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda event: event.event_id,
)


@settings(deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_whatever_rows_there_are_their_order_says_nothing(
    events: list[Event], random: object
) -> None:
    record = the_record(*events)
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert the_record(*shuffled) == record
    ids = [event.event_id for event in (*record.chain, *record.overwritten)]
    assert sorted(ids) == sorted(event.event_id for event in events)
    assert [event.revision for event in record.chain] == sorted(
        {event.revision for event in record.chain}
    )
    following = decide("informed", 0, *events)
    assert the_record(*events, following).latest == following
    assert the_record(*events, following).before(following) == record.latest


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(1, 500))
def test_of_two_at_once_the_later_wins(one: int, other: int) -> None:
    first = decide("lead", 0)
    left, right = decide("left", one, first), decide("right", other, first)
    record = the_record(first, left, right)
    if one != other:
        assert record.latest == (left if one > other else right)
    assert record.overwritten == ((right,) if record.latest == left else (left,))


def test_the_same_event_counts_once() -> None:
    first = decide("lead", 0)
    assert the_record(first, replace(first), first).history == (first,)


def pressed(token: str, *said: str, previous: Record | None = None) -> list[Event]:
    """The events of one press of a button, one for each text."""
    with one_press(token):
        return [
            new_event("PD Focus", {"owner": text}, who="w", at=NINE, previous=previous)
            for text in said
        ]


def test_a_second_press_of_the_same_button_makes_the_same_events() -> None:
    first, second = pressed("drawn once", "x", "y"), pressed("drawn once", "x", "y")
    assert first == second
    assert len({event.event_id for event in first}) == 2
    assert len({event.record_id for event in first}) == 2
    record = the_record(first[0], second[0])
    assert pressed("t", "z", previous=record) == pressed("t", "z", previous=record)


def test_another_press_another_text_or_another_state_make_another_event() -> None:
    record = the_record(*pressed("t", "x"))
    later = the_record(*record.history, *pressed("u", "y", previous=record))
    made = [
        *pressed("t", "x"),
        *pressed("u", "x"),
        *pressed("t", "y"),
        *pressed("t", "x", previous=record),
        *pressed("t", "x", previous=later),
        new_event("PD Focus", {"owner": "x"}, who="w", at=NINE),
        new_event("PD Focus", {"owner": "x"}, who="w", at=NINE),
    ]
    assert len({event.event_id for event in made}) == len(made)
