"""The students' page as one static HTML file: no script, nothing loaded from anywhere."""

import hashlib
import re
from collections import Counter
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lib.evidence.types import Change
from lib.plan.promises import PromiseState
from lib.publish.page import PublicPage, PublicPoint, PublicPromise
from lib.publish.school import HELP_LINES, PRIVACY, PUBLIC_FLOOR
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


def render(page: PublicPage | None) -> bytes:
    """Write the students' page as UTF-8; None gives the page for when nothing is published."""
    template = _ENVIRONMENT.get_template("students.html")
    html = template.render(
        page=page,
        help_lines=page.help_lines if page else HELP_LINES,
        privacy=page.privacy if page else PRIVACY,
        floor=PUBLIC_FLOOR,
    )
    # The template is indented for us; a phone need not carry that. No text here keeps its breaks.
    return re.sub(r"\n\s+", "\n", html).encode()


def etag(body: bytes) -> str:
    """Return the entity tag of these bytes, quoted as HTTP wants it."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _at_a_glance(page: PublicPage) -> list[tuple[PromiseState, str]]:
    """How the answers stand, counted: "2 done", "1 not this time"."""
    counts = Counter(promise.state for promise in page.promises)
    return [(state, f"{counts[state]} {said}") for state, said in _COUNTED.items() if counts[state]]


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _newest(promise: PublicPromise) -> PublicPoint | None:
    """The newest wave if it has a figure."""
    newest = promise.trend[-1] if promise.trend else None
    return newest if newest and newest.figure else None


def _verdict(promise: PublicPromise) -> str:
    """What students say now, in a few words."""
    if promise.change is None:
        since = f" since {promise.wave}" if promise.wave else ""
        return f"You have not been asked again{since}"
    return _CHANGED[promise.change].format(promise.since)


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
    "lead": _LEADS.__getitem__,
    "slug": lambda state: state.value.replace(" ", "-"),
    "newest": _newest,
    "verdict": _verdict,
    "trend": _trend,
}
