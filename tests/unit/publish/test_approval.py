"""A second person approves: exactly what was read, never one's own, never what was withdrawn."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.evidence.floors import Floors
from lib.publish import (
    PROPOSAL_ID,
    RECORD_ID,
    PublicPage,
    approve,
    history_lines,
    needs_second,
    proposal,
    propose,
    publish_alone,
    published,
    take_back,
    waits_for_approval,
    withdraw,
)
from lib.publish.versions import publish, served
from lib.school import settings_notes
from lib.workbook import Event, Record, fold, new_event, tabs
from tests.unit.publish.pages import AT, ON, SCHOOL, public_page, public_promise

SECRET = "A sentence nobody approved."


def page(version: int = 1, we_did: str = SECRET) -> PublicPage:
    return replace(public_page(replace(public_promise(), we_did=we_did)), version=version)


def records(*events: Event) -> Mapping[str, Record]:
    return fold(events).get(tabs.PUBLISHED, {})


def setting(value: str) -> Mapping[str, Record]:
    fields = {"name": "Second approver", "value": value}
    return fold([new_event(tabs.SETTINGS, fields, who="it", at=AT)])[tabs.SETTINGS]


def approved(*before: Event, who: str, minutes: int = 5) -> tuple[Event, ...]:
    at = AT + timedelta(minutes=minutes)
    made = approve(
        records(*before), who=who, at=at, on=date(2026, 10, 13), signed_in=True, floors=Floors()
    )
    return (*before, *made)


ASKED = propose(page(), {}, who="ana@school.example", at=AT)


def test_the_setting_is_a_word_people_type() -> None:
    for value in ("yes", " Yes ", "Y", "true", "on", "1", "required"):
        assert needs_second(setting(value)), value
        assert settings_notes({tabs.SETTINGS: setting(value)}) == (), value
    for value in ("no", " No ", "n", "False", "off", "0", ""):
        assert not needs_second(setting(value)), value
        assert settings_notes({tabs.SETTINGS: setting(value)}) == (), value
    assert not needs_second({})


@pytest.mark.parametrize("value", ["maybe", "sí", "yes please", "the principal", "-"])
def test_a_word_that_cannot_be_read_asks_for_a_second_person_and_says_so(value: str) -> None:
    assert needs_second(setting(value))
    with pytest.raises(DecisionProblem, match="A second person must approve"):
        publish_alone(page(), {}, setting(value), who="ana", at=AT)
    assert settings_notes({tabs.SETTINGS: setting(value)}) == (
        "PD Settings: “second approver” must be yes or no. Until then a second person must approve "
        "the students' page.",
    )


def test_with_the_setting_nobody_publishes_alone() -> None:
    with pytest.raises(DecisionProblem, match="A second person must approve"):
        publish_alone(page(), {}, setting("yes"), who="ana", at=AT)
    alone = publish_alone(page(), {}, setting("no"), who="ana", at=AT)
    assert published(records(alone)) == page()


def test_what_waits_is_not_served_and_another_person_publishes_exactly_that() -> None:
    waiting = proposal(records(ASKED))
    assert waiting is not None
    assert (waiting.page, waiting.who) == (page(), "ana@school.example")
    assert published(records(ASKED)) is None
    assert SECRET not in served(records(ASKED), SCHOOL, today=ON).decode()
    assert waits_for_approval(waiting) == (
        "ana@school.example asked for approval of version 1 on Oct 12, 2026. Students do not see "
        "it yet. Below is what they would read."
    )
    now = records(*approved(ASKED, who="ben@school.example"))
    assert published(now) == replace(page(), published_on=date(2026, 10, 13))
    assert proposal(now) is None
    assert history_lines(now) == (
        "Oct 12, 2026: ben@school.example published version 1.",
        "Oct 12, 2026: ben@school.example approved version 1.",
        "Oct 12, 2026: ana@school.example asked for approval of version 1.",
    )
    assert now[PROPOSAL_ID].fields["content"] == ""


@pytest.mark.parametrize("who", ["ana@school.example", " Ana@School.Example"])
def test_nobody_approves_what_they_asked_for(who: str) -> None:
    with pytest.raises(DecisionProblem, match="it takes somebody else"):
        approved(ASKED, who=who)


@pytest.mark.parametrize("raised", [Floors(staff=6), Floors(public=11)])
def test_a_floor_that_was_raised_since_holds_against_what_waits(raised: Floors) -> None:
    with pytest.raises(DecisionProblem) as refused:
        approve(records(ASKED), who="ben", at=AT, on=ON, signed_in=True, floors=raised)
    assert str(refused.value) == "The floor was raised since. Take this back and ask again."
    under = propose(replace(page(), floors=raised), {}, who="ana", at=AT)
    for floors in (raised, Floors()):
        made = approve(records(under), who="ben", at=AT, on=ON, signed_in=True, floors=floors)
        assert published(records(under, *made)) is not None


def test_without_sign_in_nothing_can_be_checked() -> None:
    made = approve(
        records(ASKED), who="ana@school.example", at=AT, on=ON, signed_in=False, floors=Floors()
    )
    assert published(records(ASKED, *made)) == replace(page(), published_on=ON)


def test_taken_back_it_waits_no_longer() -> None:
    back = take_back(records(ASKED), who="ana", at=AT)
    for gone in (records(ASKED, back), {}):
        assert proposal(gone) is None
        with pytest.raises(DecisionProblem, match="waits for approval any more"):
            take_back(gone, who="ana", at=AT)
        with pytest.raises(DecisionProblem, match="waits for approval any more"):
            approve(gone, who="ben", at=AT, on=ON, signed_in=True, floors=Floors())


@pytest.mark.parametrize("minutes", [-30, 0, 30])
def test_a_withdrawal_ends_the_wait_whatever_its_clock_says(minutes: int) -> None:
    up = publish(page(we_did="First."), who="ana", at=AT - timedelta(hours=1), previous=None)
    asked = propose(page(2), records(up), who="ana", at=AT)
    known = records(up, asked)
    at = AT + timedelta(minutes=minutes)
    down = withdraw(known[RECORD_ID], known[PROPOSAL_ID], who="ben", at=at)
    assert proposal(known) is not None
    assert proposal(records(up, asked, down)) is None


def test_a_version_published_meanwhile_ends_the_wait() -> None:
    up = publish(page(we_did="First."), who="ben", at=AT - timedelta(hours=1), previous=None)
    assert proposal(records(ASKED, up)) is None


def test_a_proposal_in_place_of_another_is_the_one_that_is_approved() -> None:
    other = propose(page(we_did="Better."), records(ASKED), who="cy", at=AT)
    now = records(*approved(ASKED, other, who="ana@school.example"))
    assert published(now) == replace(page(we_did="Better."), published_on=date(2026, 10, 13))


def test_what_may_not_be_published_may_not_be_proposed() -> None:
    with pytest.raises(DecisionProblem, match="No answer is ready"):
        propose(public_page(), {}, who="ana", at=AT)


def test_a_damaged_proposal_waits_for_nobody() -> None:
    damaged = replace(ASKED, fields={**ASKED.fields, "content": "{"})
    assert proposal(records(damaged)) is None


steps = st.lists(
    st.tuples(st.sampled_from(["ana", "ben"]), st.sampled_from("papw")), min_size=1, max_size=9
)


@settings(deadline=None)
@given(steps)
def test_nobody_alone_brings_a_sentence_to_students(moves: list[tuple[str, str]]) -> None:
    """Each page names who proposed it: whoever published it is somebody else."""
    events: list[Event] = []
    for minute, (who, move) in enumerate(moves):
        now, at = records(*events), AT + timedelta(minutes=minute)
        version = 1 + sum(e.fields["state"] == "published" for e in events)
        try:
            if move == "p":
                sentence = f"{who} wrote this at {minute}."
                events.append(propose(page(version, sentence), now, who=who, at=at))
            elif move == "a":
                events += approve(now, who=who, at=at, on=ON, signed_in=True, floors=Floors())
            elif RECORD_ID in now:
                events.append(withdraw(now[RECORD_ID], *now.values(), who=who, at=at))
        except DecisionProblem:
            continue
        shown = published(records(*events))
        if shown:
            by = records(*events)[RECORD_ID].latest.who
            assert not shown.promises[0].we_did.startswith(by)
            assert move != "w"
