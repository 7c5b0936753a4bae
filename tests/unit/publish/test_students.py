"""The students' page as HTML: what it says, what it never holds, and that nothing breaks it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.evidence.types import Band, Change
from lib.plan.promises import PromiseState
from lib.publish import UNKNOWN, Instead, PublicPage, render, render_instead
from lib.publish.page import PublicFollowUp, PublicPoint
from lib.publish.qr import qr_svg
from lib.publish.students import etag
from tests.unit.publish.pages import ON, SCHOOL, figure, public_page, public_promise

VOID = {"meta", "link", "path", "circle", "use", "br"}
CODE = "Code with the form’s link"
HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "\"><img src=x onerror='x'>",
    "</style><style>body{display:none}",
    "شكرا <b>‏",
    "&lt;b&gt; &amp; 'quoted'",
)


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its text by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "an element is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.said.append((self._open[-1], data))

    def tags(self, name: str) -> Iterator[dict[str, str | None]]:
        return (attrs for tag, attrs in self.elements if tag == name)

    def texts(self, name: str) -> list[str]:
        return [text for tag, text in self.said if tag == name]

    @property
    def built_of(self) -> list[str]:
        """The elements but for those that keep a text of another direction apart."""
        return [tag for tag, _ in self.elements if tag != "bdi"]

    @property
    def words(self) -> str:
        """The page as it is read aloud, styles aside."""
        return re.sub(r"\s+", " ", "".join(text for tag, text in self.said if tag != "style"))


def read(page: PublicPage, today: date = ON) -> Reader:
    return Reader(render(page, today=today).decode())


def read_instead(instead: Instead = Instead.NOT_YET) -> Reader:
    return Reader(render_instead(instead, SCHOOL).decode())


def told(today: date = ON, **changes: object) -> Reader:
    return read(public_page(replace(public_promise(), **changes)), today)


def test_the_page_says_who_when_and_what() -> None:
    page = told(state=PromiseState.DONE, change=Change.BETTER, revisit=date(2027, 3, 1))
    assert page.elements[0] == ("html", {"lang": "en"})
    assert page.texts("title")[0] == "You said, we did · Harbor Hill School"
    assert page.texts("h2") == [
        "Feedback in time to use 0",
        "What we are listening to now",
        "What cannot wait",
        "How to be heard",
        "What adults can see about you",
        "How we count",
    ]
    assert page.texts("h3") == ["You said, in short", "We did", "What students say now"]
    for sentence in (
        "Comments come back after the grade, when it is too late to use them.",
        "Every teacher in grades 8 to 10 gives one comment on a draft, a week before it is due.",
        "We will look at this again by March 1, 2027.",
        "Better than in Fall 2026",
        "In Spring 2026, 47% of about 335 answers to “I hear what to fix while I can still fix "
        "it” were positive.",
        "You told us in Spring 2025, in about 290 answers. Counted on October 12, 2026. "
        "How we count",
        "The form for Winter 2027 was open when this page was last changed.",
        "Nobody reads the form the minute you send it.",
        "No student is named here.",
        "Version 3, last changed on October 12, 2026.",
    ):
        assert sentence in page.words, sentence
    assert page.texts("desc")[0].startswith("Fall 2023: 40%; Spring 2023: 41%;")


@pytest.mark.parametrize(
    ("state", "lead", "counted", "mark"),
    [
        (PromiseState.DONE, "We did", "1 done", "#done"),
        (PromiseState.HALF_DONE, "Half done", "1 half done", "#half-done"),
        (PromiseState.DOING, "We are doing", "1 being done", "#doing"),
        (PromiseState.LISTENING, "We are listening", "1 being listened to", "#listening"),
        (
            PromiseState.NOT_THIS_TIME,
            "Not this time, because",
            "1 not this time",
            "#not-this-time",
        ),
    ],
)
def test_every_state_has_its_words_and_its_mark(
    state: PromiseState, lead: str, counted: str, mark: str
) -> None:
    page = told(state=state)
    assert page.texts("h3")[1] == lead
    assert counted in page.texts("a")
    assert [use["href"] for use in page.tags("use")] == [mark, mark]
    assert mark[1:] in [symbol["id"] for symbol in page.tags("symbol")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change.BETTER, "Better than in Fall 2026"),
        (Change.SAME, "About the same as in Fall 2026"),
        (Change.WORSE, "Worse than in Fall 2026"),
        (Change.TOO_FEW, "Too few answers to tell if it changed since Fall 2026"),
        (None, "We have not asked you again since Spring 2025"),
    ],
)
def test_students_verdict_is_said_in_words(change: Change | None, words: str) -> None:
    assert words in told(change=change).texts("p")


def test_without_a_newest_figure_no_number_is_said() -> None:
    page = told(
        trend=(PublicPoint("Fall 2025", figure(44), 300), PublicPoint("Spring 2026", None, 0))
    )
    assert "Too few students answered to show a number." in page.words
    assert "positive." not in page.words.split("How we count")[0]
    page = told(trend=(), wave="", change=None)
    assert "We have not asked you again" in page.texts("p")
    assert page.texts("title")[1:] == [CODE], "no picture without points"


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    page = read(public_page(*(public_promise(i) for i in range(5))))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "iframe", "img", "object", "embed", "form", "input", "base"}
    for _, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name == "src"]
    addresses = [a["href"] for tag, a in page.elements if a.get("href") and tag != "use"]
    assert addresses == [
        "data:,",
        *(f"#first-{state}" for state in ("done", "half-done", "doing", "listening")),
        "#first-not-this-time",
        "#wait",
        "#heard",
        "#see",
        *["#count"] * 5,
        "tel:988",
        "https://forms.example/harbor",
    ]
    assert "url(" not in "".join(page.texts("style"))
    assert "@import" not in "".join(page.texts("style"))


def test_every_link_within_the_page_arrives() -> None:
    pages = (read_instead(), read(public_page()), read(public_page(public_promise())))
    for page in pages:
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(ids) == len(set(ids))
        for tag in ("a", "use"):
            for attrs in page.tags(tag):
                target = attrs["href"] or ""
                assert not target.startswith("#") or target[1:] in ids


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_was_typed(text: str) -> None:
    plain = read(public_page(*(public_promise(i) for i in range(5))))
    page = read(public_page(*(public_promise(i, text) for i in range(5)), text=text))
    assert page.built_of == plain.built_of
    assert page.texts("h2").count(text) == 5
    assert page.texts("h1") == plain.texts("h1")


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=40))
def test_no_text_breaks_the_page(text: str) -> None:
    plain = read(public_page(public_promise(1)))
    page = read(public_page(public_promise(1, text), text=text))
    assert page.built_of == plain.built_of


def test_texts_of_people_find_their_own_direction() -> None:
    text = "شكرا"
    page = read(public_page(public_promise(1, text), text=text))
    own = [tag for tag, said in page.said if said.strip() == text]
    assert own
    directed = {tag for tag, attrs in page.elements if attrs.get("dir") == "auto"}
    assert set(own) <= directed | {"bdi", "strong", "a"}


def test_nothing_is_on_the_page_that_is_not_in_the_data() -> None:
    page = public_page(*(public_promise(i) for i in range(5)))
    allowed = {page.version, page.published_on.day, page.published_on.year}
    allowed |= {int(digits) for digits in re.findall(r"\d+", str(page))}
    words = read(replace(page, help_lines=())).words.split("How we count")[0]
    numbers = {int(digits) for digits in re.findall(r"\d+", words)}
    assert numbers - allowed == set()


def test_thirty_promises_fit_into_60_kb() -> None:
    body = render(public_page(*(public_promise(i) for i in range(30))), today=ON)
    assert 40_000 < len(body) < 60_000


def test_a_page_without_an_answer_still_helps() -> None:
    page = read(public_page())
    assert list(page.tags("article")) == []
    assert "What cannot wait" in page.texts("h2")
    assert "How we count" not in page.texts("h2")
    assert "We have read it. Our answers will stand here." in page.words


@pytest.mark.parametrize(
    ("instead", "lede"),
    [
        (Instead.NOT_YET, "Our answers to what you tell us will stand here."),
        (Instead.CHANGING, "Your school is changing this page. Come back soon."),
        (Instead.BROKEN, "This page cannot be shown right now. Try again later."),
    ],
)
def test_without_a_version_the_page_is_honest_and_still_helps(instead: Instead, lede: str) -> None:
    page = read_instead(instead)
    assert lede in page.words
    assert list(page.tags("article")) == []
    assert list(page.tags("footer")) == []
    assert page.texts("title") == ["You said, we did · Harbor Hill School", CODE]
    assert [a["href"] for a in page.tags("a")][-2:] == ["tel:988", "https://forms.example/harbor"]


def test_even_of_a_school_that_cannot_be_read_the_page_gives_the_help_lines() -> None:
    page = Reader(render_instead(Instead.BROKEN, UNKNOWN).decode())
    assert page.texts("title") == ["You said, we did"]
    assert [a["href"] for a in page.tags("a")][-2:] == ["tel:911", "tel:988"]


def test_a_day_that_has_passed_is_owned_up_to() -> None:
    on = date(2027, 3, 1)
    assert "We will look at this again by March 1, 2027." in told(on, revisit=on).words
    late = told(date(2027, 3, 2), revisit=on).words
    assert "We said we would look again by March 1, 2027. We are late." in late
    assert "look again" not in told(on, revisit=None).words
    done = told(date(2027, 3, 2), revisit=on, state=PromiseState.DONE).words
    assert "We are late" not in done
    assert "March 1" not in done


def test_what_students_said_of_a_promise_stands_before_the_number() -> None:
    said = (Band("Changed a lot", 45), Band("Not yet to Changed a bit", 55))
    asked = PublicFollowUp("We said we would … Did it change?", "Fall 2026", said)
    page = told(followup=asked)
    assert "You said: changed a lot 45%, a bit or not yet 55%" in page.words
    assert "We asked you in Fall 2026: “We said we would … Did it change?”" in page.words
    assert "You said:" not in told(followup=None).words


def test_the_tag_follows_the_bytes() -> None:
    assert etag(b"a") == '"ca978112ca1bbdcafac231b39a23dc4d"'
    assert etag(b"a") != etag(b"b")
    page = public_page(public_promise())
    assert etag(render(page, today=ON)) == etag(render(page, today=ON))


def test_without_an_address_there_is_no_code() -> None:
    assert qr_svg("", CODE) == ""


def test_a_code_is_drawn_once_for_each_address_and_title() -> None:
    link = "https://forms.example/harbor"
    assert qr_svg(link, CODE) is qr_svg(link, CODE)
    assert "Otra" in qr_svg(link, "Otra")
