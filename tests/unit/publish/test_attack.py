"""The privacy self-test's attack, on the figures that stand in the published page itself.

They are read out of the HTML, as an outsider reads them, and attacked together with the public
cells of the protected tables; no other percent and no other number of answers is on the page.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings

from lib.catalogue import FORM
from lib.evidence.history import build
from lib.evidence.selftest import Report, attack
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Cell,
    Coding,
    Evidence,
    Figure,
    Hidden,
    WaveTable,
)
from lib.plan.promises import Promise
from lib.publish import PublicPage, compose, render, to_json
from lib.publish.json_form import from_json
from lib.publish.page import PublicPoint
from tests.unit.evidence.schools import FIRST_DAY as START
from tests.unit.evidence.schools import School, feedback, schools, windows
from tests.unit.publish.pages import ON, SCHOOL, promise

NAMES = {"goals": "Clear goals", "choice": "Real choices"}
POINT = re.compile(r"(Wave \d+): (?:(at most|at least) )?(\d+)%")
ANSWERS = re.compile(r"about (\d[\d,]*) answers")
PERCENT = re.compile(r"(\d+)%")
NEWEST = re.compile(r"In (Wave \d+), .{0,20}?\d+% of about (\d[\d,]*) answers")
SINCE = re.compile(r"in (Wave \d+), in about (\d[\d,]*) answers")

Printed = Mapping[str, Mapping[str, Figure]]
"""Figures by wave's label, then by practice id."""


class Reader(HTMLParser):
    """The page's text by article (its heading), styles left out; "" for what is in none."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.articles: dict[str, str] = {}
        self._open: list[str] = []
        self._now = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        self._now = "" if tag == "article" else self._now

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        if self._open[-1:] == ["h2"] and "article" in self._open:
            self._now = data.strip()
        self.articles[self._now] = f"{self.articles.get(self._now, '')}{data}"


def figures(html: str) -> tuple[Printed, Mapping[str, int]]:
    """Each wave's figures by practice, and its number of answers where the page prints it."""
    found: dict[str, dict[str, Figure]] = {}
    numbers: dict[str, int] = {}
    for practice, name in NAMES.items():
        text = " ".join(Reader(html).articles.get(name, "").split())
        for wave, sign, percent in POINT.findall(text):
            figure = Figure(int(percent), 0, 100, Coding(sign))
            found.setdefault(wave, {})[practice] = figure
        for wave, n in [*NEWEST.findall(text), *SINCE.findall(text)]:
            numbers[wave] = int(n.replace(",", ""))
    return found, numbers


def attacked(html: str, known: Evidence, school: School) -> Report:
    """Attack the page's figures of everybody beside the other public cells of each wave."""
    found, numbers = figures(html)

    def seen(table: WaveTable) -> WaveTable:
        public = [c for c in table.cells if c.audience is Audience.PUBLIC]
        rest = [cell for cell in public if cell.grouping != EVERYBODY]
        label = table.wave.label
        if label not in found and label not in numbers:
            return replace(table, cells=tuple(public))
        of_all = next((c for c in public if c.grouping == EVERYBODY), None)
        n = numbers.get(label, of_all.n if of_all else 10)
        page_says = Cell(Audience.PUBLIC, EVERYBODY, ((),), n, found.get(label, {}))
        return replace(table, cells=(page_says, *rest))

    by_page = replace(known, waves=tuple(seen(table) for table in known.waves))
    return attack(
        by_page,
        school.feedback,
        school.windows,
        now=school.now,
        groupings=school.groupings,
        programs=20,
    )


def published(school: School) -> tuple[Evidence, PublicPage]:
    """A page with a promise on every practice, from the first wave and from the last."""
    known = build(school.feedback, school.windows, now=school.now, groupings=school.groupings)
    told: list[Promise] = [
        promise(practice="goals", wave_id="w1"),
        promise(practice="choice", wave_id=known.waves[-1].wave.wave_id),
    ]
    page = compose(
        school=SCHOOL,
        promises=told,
        focuses=(),
        evidence=known,
        practices={},
        names=NAMES,
        version=1,
        on=ON,
    )
    return known, from_json(to_json(page))


def html_of(page: PublicPage) -> str:
    return render(page, today=date(2026, 10, 12)).decode()


def bare(page: PublicPage) -> PublicPage:
    """The page with every figure taken out of it."""
    return replace(
        page, promises=tuple(replace(p, trend=(), answers=0, followup=None) for p in page.promises)
    )


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(schools())
def test_the_attack_on_the_published_html_finds_nothing(school: School) -> None:
    known, page = published(school)
    html = html_of(page)
    report = attacked(html, known, school)
    assert report.leaks == 0, report.as_text()
    # Nothing on the page escapes the attack: each percent and each n was in it, or is fixed text.
    found, numbers = figures(html)
    text = " ".join(Reader(html).articles.values())
    fixed = set(PERCENT.findall(" ".join(Reader(html_of(bare(page))).articles.values())))
    percents = {str(f.percent) for by in found.values() for f in by.values()}
    assert set(PERCENT.findall(text)) - fixed <= percents
    assert {int(n.replace(",", "")) for n in ANSWERS.findall(text)} <= set(numbers.values())
    # And what was read is what the public cells print.
    cells = {
        table.wave.label: cell
        for table in known.waves
        for cell in table.cells
        if cell.grouping == EVERYBODY and cell.audience is Audience.PUBLIC
    }
    for label, by in found.items():
        for practice, figure in by.items():
            printed = cells[label].favorable[practice]
            assert not isinstance(printed, Hidden)
            assert (figure.percent, figure.coding) == (printed.percent, printed.coding)
    assert all(cells[label].n == n for label, n in numbers.items())


ONE_WAVE = School(
    feedback(
        {"goals": [5] * 60 + [2] * 32, "choice": [5] * 91 + [2]},
        groups={"Grade": ["6"] * 60 + ["7"] * 32},
    ),
    windows((START, START.replace(day=20))),
    (("Grade",),),
)
TINY = replace(ONE_WAVE, feedback=feedback({"goals": [5] * 4 + [2] * 3, "choice": [5] * 7}))


def test_the_figures_are_read_from_the_page() -> None:
    known, page = published(ONE_WAVE)
    found, numbers = figures(html_of(page))
    assert numbers == {"Wave 1": 90}
    assert found["Wave 1"]["goals"] == Figure(65, 0, 100)
    assert found["Wave 1"]["choice"].coding is Coding.AT_LEAST
    assert attacked(html_of(page), known, ONE_WAVE).leaks == 0


@pytest.mark.parametrize(
    ("school", "point", "finds"),
    [
        (ONE_WAVE, PublicPoint("Wave 1", Figure(65, 60, 70), 92), "holds fewer answers than"),
        (ONE_WAVE, PublicPoint("Wave 1", Figure(99, 95, 99), 90), "should not be printed"),
        (TINY, PublicPoint("Wave 1", Figure(57, 20, 80), 10), "holds fewer answers than"),
    ],
)
def test_a_page_that_says_too_much_is_found(school: School, point: PublicPoint, finds: str) -> None:
    known, page = published(school)
    goals, choice = page.promises
    told = choice if "printed" in finds else goals
    leaky = replace(page, promises=(replace(told, trend=(point,), answers=0),))
    assert finds in attacked(html_of(leaky), known, school).as_text()


def test_no_share_of_the_follow_up_stands_for_few() -> None:
    title = FORM.followup.title("comment early")
    answers = [1] * 44 + [2] * 45 + [3] * 3  # three say "a lot": they share a band with "a bit"
    first = feedback({"goals": [5] * 60 + [2] * 32, "choice": [5] * 60 + [2] * 32})
    asked = feedback(
        {"goals": [5] * 120 + [2] * 64, "choice": [5] * 120 + [2] * 64},
        at=[START] * len(first) + [START.replace(month=12)] * 92,
        followup={title: [-1] * 92 + answers},
    )
    two = windows(
        (START, START.replace(day=20)), (START.replace(month=12), START.replace(month=12, day=9))
    )
    known, page = published(School(asked, two, ()))
    assert page.promises[0].followup is None
    told = promise(practice="goals", wave_id="w1", follow_up="comment early")
    page = compose(
        school=SCHOOL,
        promises=[told],
        focuses=(),
        evidence=known,
        practices={},
        names=NAMES,
        version=1,
        on=ON,
    )
    text = Reader(html_of(page)).articles["Clear goals"]
    assert "a lot or a bit 52%, not yet 48%" in text
    assert "3%" not in PERCENT.findall(text)
