"""The students' page as one static HTML file: no script, nothing loaded from anywhere."""

import hashlib
import re
from collections import Counter
from datetime import date
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lib.evidence.types import Band, Change
from lib.plan.promises import PromiseState
from lib.publish.page import PublicPage, PublicPoint, PublicPromise
from lib.publish.school import School, privacy
from lib.publish.sparkline import TrendPoint, describe, trend_svg

_LEADS = {
    PromiseState.DONE: "We did",
    PromiseState.HALF_DONE: "Half done",
    PromiseState.DOING: "We are doing",
    PromiseState.LISTENING: "We are listening",
    PromiseState.NOT_THIS_TIME: "Not this time, because",
}
_COUNTED = {
    PromiseState.DONE: "done",
    PromiseState.HALF_DONE: "half done",
    PromiseState.DOING: "being done",
    PromiseState.LISTENING: "being listened to",
    PromiseState.NOT_THIS_TIME: "not this time",
}
_CHANGED = {
    Change.BETTER: "Better than in {}",
    Change.SAME: "About the same as in {}",
    Change.WORSE: "Worse than in {}",
    Change.TOO_FEW: "Too few answers to tell if it changed since {}",
}


class Instead(StrEnum):
    """What students read where no version of the page can be shown."""

    NOT_YET = "Our answers to what you tell us will stand here."
    CHANGING = "Your school is changing this page. Come back soon."
    BROKEN = "This page cannot be shown right now. Try again later."


def render(page: PublicPage, *, today: date) -> bytes:
    """Write a version of the students' page as UTF-8.

    Nothing but ``today`` (the school's) comes from outside the version: a day that has passed is
    never printed as one that is to come.
    """
    return _write(
        page=page,
        school=page.school,
        lede="",
        form_url=page.form_url,
        contacts=page.contacts,
        help_lines=page.help_lines,
        privacy=page.privacy,
        today=today,
    )


def render_instead(instead: Instead, school: School) -> bytes:
    """Write, as UTF-8, the page for when there is no version to show: it still helps."""
    return _write(
        page=None,
        school=school.name,
        lede=instead.value,
        form_url=school.form_url,
        contacts=school.contacts,
        help_lines=school.help_lines,
        privacy=privacy(school.floors),
    )


def _write(**content: object) -> bytes:
    html = _ENVIRONMENT.get_template("students.html").render(content)
    # The template is indented for us; a phone need not carry that. No text here keeps its breaks.
    return re.sub(r"\n\s+", "\n", html).encode()


def etag(body: bytes) -> str:
    """Return the entity tag of these bytes, quoted as HTTP wants it."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _in_order(page: PublicPage) -> list[PublicPromise]:
    """The answers in the order of their states, as the glance at the top has them."""
    states = list(_COUNTED)
    return sorted(page.promises, key=lambda promise: states.index(promise.state))


def _at_a_glance(page: PublicPage) -> list[tuple[PromiseState, str]]:
    """How the answers stand, counted: "2 done", "1 not this time"."""
    counts = Counter(promise.state for promise in page.promises)
    return [(state, f"{counts[state]} {said}") for state, said in _COUNTED.items() if counts[state]]


def _slug(state: PromiseState) -> str:
    return state.value.replace(" ", "-")


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _newest(promise: PublicPromise) -> PublicPoint | None:
    """The newest wave if it has a figure."""
    newest = promise.trend[-1] if promise.trend else None
    return newest if newest and newest.figure else None


def _verdict(promise: PublicPromise) -> str:
    """What the answers say now, in a few words."""
    if promise.change is None:
        since = f" since {promise.wave}" if promise.wave else ""
        return f"We have not asked you again{since}"
    said = _CHANGED[promise.change].format(promise.since)
    # Versions made before this one compared with the last wave instead.
    return f"{said}, when you told us" if promise.since == promise.wave else said


def _own_words(said: tuple[Band, ...]) -> str:
    """What students said of a promise: "changed a lot 45%, a bit 37%, not yet 18%"."""
    labels = [label for band in said for label in _ends(band)]
    words = iter(
        label if place == 0 else label.removeprefix("changed ")
        for place, label in enumerate(labels)
    )
    return ", ".join(
        f"{' or '.join(next(words) for _ in _ends(band))} {band.percent}%" for band in said
    )


def _ends(band: Band) -> list[str]:
    """A band's labels, most change first: answers that few gave share a band, "a to b"."""
    return [label.lower() for label in reversed(band.label.split(" to "))]


def _trend(promise: PublicPromise) -> Markup:
    points = [
        TrendPoint(p.wave, p.figure.percent, p.figure.low, p.figure.high, p.figure.coding)
        if p.figure
        else None
        for p in promise.trend
    ]
    return Markup(  # noqa: S704  (trend_svg escapes every text)
        trend_svg(
            points,
            title="Positive answers in each wave",
            description=describe(points, [point.wave for point in promise.trend]),
        )
    )


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {
    "at_a_glance": _at_a_glance,
    "day": _day,
    "first_id": lambda state: f"first-{_slug(state)}",
    "in_order": _in_order,
    "lead": _LEADS.__getitem__,
    "newest": _newest,
    "own_words": _own_words,
    "slug": _slug,
    "verdict": _verdict,
    "trend": _trend,
}
