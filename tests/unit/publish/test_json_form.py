"""The page as JSON: there and back, and clear words when it is damaged."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.evidence.floors import Floors
from lib.evidence.types import Band, Change, Coding, Figure
from lib.plan.promises import PromiseState
from lib.publish import Contact, PublicPage, to_json
from lib.publish.json_form import UnreadablePage, from_json
from lib.publish.page import PublicFollowUp, PublicPoint, PublicPromise, Translation
from lib.publish.school import Meeting
from tests.unit.publish.pages import public_page, public_promise

SHARE = st.integers(0, 100)
TEXT = st.text(max_size=30)
POINT = st.one_of(
    st.builds(PublicPoint, TEXT, st.none(), st.just(0)),
    st.builds(
        PublicPoint,
        TEXT,
        st.builds(Figure, SHARE, SHARE, SHARE, st.sampled_from(Coding)),
        st.integers(10, 5000),
    ),
)
PROMISE = st.builds(
    PublicPromise,
    practice=TEXT,
    statement=TEXT,
    you_said=TEXT,
    state=st.sampled_from(PromiseState),
    we_did=TEXT,
    wave=TEXT,
    answers=st.integers(0, 5000),
    trend=st.lists(POINT, max_size=3).map(tuple),
    change=st.none() | st.sampled_from(Change),
    since=TEXT,
    revisit=st.none() | st.dates(),
    followup=st.none()
    | st.builds(
        PublicFollowUp,
        question=TEXT,
        wave=TEXT,
        said=st.lists(st.builds(Band, TEXT, SHARE), max_size=2).map(tuple),
    ),
)
CONTACTS = st.lists(
    st.builds(Contact, TEXT, TEXT, st.from_regex(r"(\+?[0-9]{1,12})?", fullmatch=True)),
    max_size=2,
).map(tuple)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
PAGE = st.builds(
    PublicPage,
    school=TEXT,
    version=st.integers(1, 10**6),
    published_on=st.dates(),
    promises=st.lists(PROMISE, max_size=2).map(tuple),
    listening=TEXTS,
    collecting=TEXT,
    form_url=st.sampled_from(["", "https://forms.example/a?b=1"]),
    contacts=CONTACTS,
    help_lines=CONTACTS,
    privacy=TEXTS,
)


@settings(max_examples=60)
@given(PAGE)
def test_every_page_comes_back_as_it_went(page: PublicPage) -> None:
    assert from_json(to_json(page)) == page


def test_points_are_kept_short() -> None:
    content = json.loads(to_json(public_page(public_promise())))
    assert content["format"] == 1
    assert content["published_on"] == "2026-10-12"
    assert content["promises"][0]["trend"][0] == ["Fall 2023", 300, 40, 34, 46, ""]


def test_a_page_longer_than_a_cell_is_refused_in_words() -> None:
    told = [replace(public_promise(), we_did="a" * 400, you_said="b" * 280)] * 50
    with pytest.raises(DecisionProblem, match=r"characters, and 40,000 fit\. Leave out"):
        to_json(public_page(*told))


LATER = ("floors", "panels", "translations")
"""What pages of earlier versions of the app do not have."""

GOOD = json.loads(to_json(public_page(public_promise(1))))


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in GOOD.items() if name != key}


def with_promise(**changes: object) -> dict[str, object]:
    return {**GOOD, "promises": [{**GOOD["promises"][0], **changes}]}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "a page",
        3,
        *(without(key) for key in GOOD if key not in LATER),
        {**GOOD, "version": "3"},
        {**GOOD, "version": True},
        {**GOOD, "version": 10**30},
        {**GOOD, "version": -1},
        with_promise(answers=10**30),
        {**GOOD, "published_on": "yesterday"},
        {**GOOD, "promises": {}},
        {**GOOD, "listening": [1]},
        with_promise(state="worked"),
        with_promise(change="much better"),
        with_promise(trend=[["Fall", 300, 40, 34, 146, ""]]),
        with_promise(trend=[["Fall", 300, 40]]),
        with_promise(trend=["Fall"]),
        with_promise(followup={"question": "q", "wave": "w"}),
        with_promise(
            followup={"question": "q", "wave": "w", "said": [{"label": "", "percent": 101}]}
        ),
        with_promise(you_said="\ud800"),
        {**GOOD, "floors": {"staff": 5}},
        {**GOOD, "panels": [["soon", "Room 12"]]},
        {**GOOD, "translations": [["es", "Hello"]]},
        {**GOOD, "translations": {"es": {}}},
    ],
)
def test_a_damaged_page_says_so(content: object) -> None:
    with pytest.raises(UnreadablePage) as refused:
        from_json(json.dumps(content))
    assert refused.value.says == (
        "The published page in the tab PD Published is damaged and cannot be read."
    )
    assert refused.value.do == "Publish the page again."


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, to_json(public_page())[:-9], "\x00"])
def test_text_that_is_no_json_says_so(text: str) -> None:
    with pytest.raises(UnreadablePage, match="is damaged"):
        from_json(text)


def test_a_newer_format_asks_for_an_update() -> None:
    with pytest.raises(UnreadablePage, match=r"newer version of the app\. Update"):
        from_json(json.dumps({"format": 2}))


def test_an_address_or_number_changed_by_hand_cannot_carry_a_script() -> None:
    content = {**GOOD, "form_url": "javascript:alert(1)"}
    content["contacts"] = [{"who": "a", "how": "b", "phone": "911;alert(1)"}]
    page = from_json(json.dumps(content))
    assert page.form_url == ""
    assert page.contacts[0].phone == "9111"


def test_a_day_without_a_date_stays_empty() -> None:
    page = from_json(json.dumps(with_promise(revisit="")))
    assert page.promises[0].revisit is None
    assert from_json(json.dumps(GOOD)).promises[0].revisit == date(2027, 3, 1)


def test_pages_from_before_the_follow_up_was_kept_are_still_read() -> None:
    old = {key: value for key, value in GOOD["promises"][0].items() if key != "followup"}
    assert from_json(json.dumps({**GOOD, "promises": [old]})).promises[0].followup is None


def test_pages_from_before_there_were_languages_are_still_read() -> None:
    old = {key: value for key, value in GOOD.items() if key not in LATER}
    page = from_json(json.dumps(old))
    assert (page.floors, page.panels, page.translations) == (Floors(), (), ())


def test_floors_panels_and_translations_are_kept() -> None:
    page = replace(
        public_page(public_promise()),
        floors=Floors(8, 20),
        panels=(Meeting(date(2027, 2, 10), "Library, at lunch"),),
        translations=(Translation("es", "Calm", "Calma"),),
    )
    assert from_json(to_json(page)) == page


def test_a_text_is_read_once_and_a_damaged_one_is_refused_each_time() -> None:
    text = json.dumps(GOOD)
    assert from_json(text) is from_json(text)
    for _ in range(2):
        with pytest.raises(UnreadablePage):
            from_json("{")
