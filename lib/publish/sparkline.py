"""A trend small enough to stand beside a sentence, as inline SVG.

Everything is drawn in ``currentColor``: the picture is right on any ground and in print.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from lib.decided import cut
from lib.evidence.types import Coding

_SIGN = {Coding.EXACT: "", Coding.AT_LEAST: "≥ ", Coding.AT_MOST: "≤ "}
_WIDTH, _HEIGHT = 340, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 58, 8, 22
"""Units of the picture, which the page scales: its size, and what is kept free at its edges."""

_SIGNED = 18
"""How much more room a figure with a sign before it needs."""

_LETTERS, _LETTER = 16, 7
"""How much of a word is shown, and how wide a letter is at most, on average."""


@dataclass(frozen=True)
class TrendPoint:
    """One wave's printed share with its 95 % interval, all in whole points of 100."""

    label: str
    percent: int
    low: int
    high: int
    coding: Coding = Coding.EXACT


def trend_svg(
    points: Sequence[TrendPoint | None],
    *,
    title: str,
    description: str,
    behind: Sequence[TrendPoint | None] = (),
    half: str = "half",
    percent: Callable[[int], str] = "{}%".format,
) -> str:
    """Draw one trend from 0 to 100 %, oldest wave first; None breaks the line.

    The interval is a light band, the last point is bold and carries its figure; a line at one
    half gives the eye something to hold on to. ``behind`` is a second trend of the same waves, a
    thin dashed line without interval or figures. ``title`` and ``description`` are the text
    alternative, ``half`` and ``percent`` say one half and a share in the reader's language.
    Returns "" when there is no point at all.
    """
    known = [(index, point) for index, point in enumerate(points) if point]
    if not known:
        return ""
    right = _RIGHT + (_SIGNED if _SIGN[known[-1][1].coding] else 0)
    left = _LEFT + _LETTER * max(len(half) - len("half"), 0)
    frame = _Frame(len(points), left, right)
    parts = [
        f'<svg class="trend" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'fill="currentColor" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>",
        _ground(frame, half),
        *(_thin(frame, start, run) for start, run in _runs(behind)),
        *(_run(frame, start, run) for start, run in _runs(points)),
        _last(frame, *known[-1], percent),
        _ends(frame, known),
        "</svg>",
    ]
    return "".join(parts)


def describe(points: Sequence[TrendPoint | None], labels: Sequence[str]) -> str:
    """Say a trend wave by wave, for those who hear it; ``labels`` are the waves' names."""
    return "; ".join(
        f"{label}: {f'{point.coding} {point.percent}%'.strip() if point else 'not shown'}"
        for label, point in zip(labels, points, strict=True)
    )


@dataclass(frozen=True)
class _Frame:
    """Where waves and percents fall in the picture."""

    waves: int
    left: int
    right: int

    def x(self, index: int, *, right: int = 0) -> str:
        span = _WIDTH - self.left - self.right - 6
        share = index / (self.waves - 1) if self.waves > 1 else 1
        return _number(self.left + 6 + span * share + right)

    def y(self, percent: float, *, down: int = 0) -> str:
        span = _HEIGHT - _TOP - _BOTTOM
        return _number(_TOP + span * (1 - percent / 100) + down)


def _number(value: float) -> str:
    return f"{value:.0f}"


def _runs(points: Sequence[TrendPoint | None]) -> list[tuple[int, list[TrendPoint]]]:
    """Cut the points at the gaps: the index of each run's first point, and the run."""
    runs: list[tuple[int, list[TrendPoint]]] = []
    follows = False
    for index, point in enumerate(points):
        if point and follows:
            runs[-1][1].append(point)
        elif point:
            runs.append((index, [point]))
        follows = point is not None
    return runs


def _ground(frame: _Frame, half: str) -> str:
    right = _WIDTH - frame.right
    return (
        f'<path d="M{frame.left} {frame.y(0)}H{right}M{frame.left} {frame.y(50)}H{right}" '
        f'stroke="currentColor" stroke-opacity=".6" stroke-dasharray="1 4"/>'
        f'<text x="8" y="{frame.y(50, down=4)}">{escape(half)}</text>'
    )


def _run(frame: _Frame, start: int, run: Sequence[TrendPoint]) -> str:
    xs = [frame.x(start + step) for step in range(len(run))]
    if len(run) == 1:
        low, high = frame.y(run[0].low), frame.y(run[0].high)
        return (
            f'<path d="M{xs[0]} {high}V{low}" stroke="currentColor" stroke-width="6" '
            f'stroke-opacity=".16"/><circle cx="{xs[0]}" cy="{frame.y(run[0].percent)}" r="2.5"/>'
        )
    upper = [(x, frame.y(point.high)) for x, point in zip(xs, run, strict=True)]
    lower = [(x, frame.y(point.low)) for x, point in zip(xs, run, strict=True)]
    line = [(x, frame.y(point.percent)) for x, point in zip(xs, run, strict=True)]
    return (
        f'<path d="{_path([*upper, *reversed(lower)])}z" fill-opacity=".15"/>'
        f'<path d="{_path(line)}" fill="none" stroke="currentColor" stroke-width="2"/>'
    )


def _path(corners: Sequence[tuple[str, str]]) -> str:
    """A line through all corners, each after the first as a step from the one before: shorter."""
    places = [(int(x), int(y)) for x, y in corners]
    steps = [(x - left, y - up) for (left, up), (x, y) in pairwise(places)]
    return f"M{places[0][0]} {places[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps).replace(
        " -", "-"
    )


def _thin(frame: _Frame, start: int, run: Sequence[TrendPoint]) -> str:
    line = [f"{frame.x(start + step)} {frame.y(point.percent)}" for step, point in enumerate(run)]
    return (
        f'<path d="M{"L".join(line)}" fill="none" stroke="currentColor" stroke-opacity=".55" '
        'stroke-dasharray="4 3"/>'
    )


def _last(frame: _Frame, index: int, point: TrendPoint, percent: Callable[[int], str]) -> str:
    """The newest known point, bold; its figure stands beside it."""
    x, y = frame.x(index, right=9), frame.y(point.percent, down=6)
    return (
        f'<circle cx="{frame.x(index)}" cy="{frame.y(point.percent)}" r="4.5"/>'
        f'<text x="{x}" y="{y}" font-size="17" font-weight="700">'
        f"{_SIGN[point.coding]}{escape(percent(point.percent))}</text>"
    )


def _ends(frame: _Frame, known: Sequence[tuple[int, TrendPoint]]) -> str:
    """The names of the first and the last wave that have a figure, each under its point."""
    (at_first, first), (at_last, last) = known[0], known[-1]
    start, end = frame.x(at_first), frame.x(at_last)
    room = int(end) - int(start)
    needed = _LETTER * (len(_short(first.label)) + len(_short(last.label)) + 2)
    fits = room >= needed
    anchor = "end" if fits or int(end) > _WIDTH / 2 else "start"
    y = _HEIGHT - 5
    said = f'<text x="{end}" y="{y}" text-anchor="{anchor}">{escape(_short(last.label))}</text>'
    return f'<text x="{start}" y="{y}">{escape(_short(first.label))}</text>{said}' if fits else said


def _short(text: str) -> str:
    return cut(text, _LETTERS)
