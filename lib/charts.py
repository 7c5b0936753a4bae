"""Every chart of the staff app: the chart, what it says in words, and its numbers as a table.

Charts are made from printed figures only (``lib.evidence.types``): all that is in a chart's
data reaches the browser.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

import altair as alt
import pandas as pd

from lib import wave_axis
from lib.evidence.summary import in_tens, tenths
from lib.evidence.types import Band, Figure, Hidden, Printed, Wave
from lib.evidence.waves import beside_waves
from lib.publish import TrendPoint, describe, trend_svg

BLUE_TO_BROWN = ("#8C510A", "#D8B365", "#BDBDB6", "#7FB3D5", "#2166AC")
"""Unfavorable to favorable; holds for color blindness and in gray printing."""


# Altair takes a tenth of a second for a chart, and what is on it changes once a wave.
_kept = lru_cache(maxsize=256)
# Pixels of words in a chart: a phone's at least, then more with the chart's width, as the words
# around it grow with a projector's screen. ``wave_axis`` counts on both ends of a name growing.
_SMALL, _BIG = alt.expr("clamp(width / 85, 12, 18)"), alt.expr("clamp(width / 64, 16, 22)")
# To the right: room for the last figure beside its point, as in the small drawings.
_PADDING = {"left": 0, "top": 5, "right": 56, "bottom": 5}


@dataclass(frozen=True)
class Palette:
    """The colors a chart needs in one theme; ``paper`` is the ground it stands on."""

    ink: str
    quiet: str
    accent: str
    paper: str


LIGHT = Palette(ink="#0B0C0C", quiet="#5F6468", accent="#0F5C63", paper="#FBFAF7")
DARK = Palette(ink="#F1EFE9", quiet="#A9AFB4", accent="#5FB6BE", paper="#14171A")


@dataclass(frozen=True)
class Picture:
    """A chart (Vega-Lite, as JSON) with its text alternative and the table behind it."""

    spec: str
    alt: str
    table: pd.DataFrame


@dataclass(frozen=True)
class Point:
    """One wave on a practice's trend."""

    label: str
    day: date
    printed: Printed


@dataclass(frozen=True)
class Mark:
    """A PD session on a trend: its day and the word beside the line."""

    day: date
    word: str


@_kept
def trend(points: tuple[Point, ...], marks: tuple[Mark, ...], palette: Palette) -> Picture:
    """Percent favorable over the waves, with intervals and PD sessions as thin lines.

    The line breaks where a wave has no figure. A session far from all waves is left out.
    """
    near = beside_waves([mark.day for mark in marks], [point.day for point in points])
    marks = tuple(mark for mark in marks if mark.day in near)
    table = pd.DataFrame(
        {
            "Wave": [p.label for p in points],
            "Favorable": [_text(p.printed) for p in points],
            "Likely between": [_interval(p.printed) for p in points],
        }
    )
    rows, piece = [], 0
    for point in points:
        if isinstance(point.printed, Hidden):
            piece += 1
            continue
        rows.append(
            {
                "wave": point.label,
                "day": _noon(point.day),
                "percent": point.printed.percent,
                "low": point.printed.low,
                "high": point.printed.high,
                "said": point.printed.text,
                "piece": piece,
            }
        )
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("day:T", title=None, axis=_wave_axis(points, palette)),
        tooltip=[
            alt.Tooltip("wave:N", title="Wave"),
            alt.Tooltip("said:N", title="Favorable"),
            alt.Tooltip("low:Q", title="Likely from"),
            alt.Tooltip("high:Q", title="to"),
        ],
    )
    y = alt.Y(
        "percent:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(
            values=[0, 25, 50, 75, 100],
            labelExpr="datum.value + '%'",
            labelColor=palette.quiet,
            labelFontSize=_SMALL,
        ),
    )
    layers = [
        base.mark_area(opacity=0.16, color=palette.accent, aria=False).encode(
            y=alt.Y("low:Q", title=None), y2="high:Q", detail="piece:N"
        ),
        base.mark_line(color=palette.accent, strokeWidth=2, aria=False).encode(
            y=y, detail="piece:N"
        ),
        base.mark_point(color=palette.accent, filled=True, size=70, opacity=1, aria=False).encode(
            y=y
        ),
    ]
    if rows:
        last = alt.Chart(pd.DataFrame(rows[-1:]))
        layers.append(
            last.mark_text(
                align="left", dx=9, fontWeight="bold", fontSize=_BIG, color=palette.ink, aria=False
            ).encode(x="day:T", y="percent:Q", text="said:N")
        )
    if marks:
        sessions = alt.Chart(
            pd.DataFrame(
                {"day": [m.day.isoformat() for m in marks], "word": [m.word for m in marks]}
            )
        ).encode(x="day:T")
        layers += [
            sessions.mark_rule(color=palette.quiet, strokeDash=[3, 3], aria=False),
            sessions.mark_text(
                align="left", dx=5, fontSize=_SMALL, color=palette.quiet, aria=False
            ).encode(y=alt.value(8), text="word:N"),
        ]
    said = "; ".join(f"{p.label}: {_text(p.printed)}" for p in points)
    told = "".join(f" PD session in {m.day:%B %Y}." for m in marks)
    return Picture(
        spec=_spec(alt.layer(*layers).properties(height=300, width="container", padding=_PADDING)),
        alt=f"Percent favorable by wave. {said}.{told}",
        table=table,
    )


def scale(of: str) -> str:
    """The axis that ``interval`` drawings stand on, named ``of`` (SVG)."""
    says = escape(f"Scale from 0% to 100%: {of}", quote=True)
    return (
        f'<svg viewBox="0 0 320 34" width="100%" role="img" aria-label="{says}" '
        f'fill="currentColor" font-size="14"><text x="4" y="13">{escape(of)}</text>'
        '<text x="4" y="31">0%</text><text x="132" y="31" text-anchor="middle">50%</text>'
        '<text x="260" y="31" text-anchor="middle">100%</text></svg>'
    )


Waves = Sequence[tuple[Wave, Printed]]


def small_trend(waves: Waves, name: str, *, behind: Waves = ()) -> str:
    """One practice's trend as a small drawing (SVG in the page's own color).

    ``behind`` is what everybody said in the same waves, where ``waves`` are one group's: a thin
    line to compare with.
    """
    points = _points(waves)
    return trend_svg(
        points,
        title=f"{name}: percent favorable by wave",
        description=describe(points, [wave.label for wave, _ in waves]),
        behind=_points(behind),
    )


def _points(waves: Waves) -> list[TrendPoint | None]:
    return [
        TrendPoint(wave.label, p.percent, p.low, p.high, p.coding)
        if isinstance(p, Figure)
        else None
        for wave, p in waves
    ]


Spread = tuple[tuple[str, tuple[Band, ...]], ...]
"""How answers spread, wave by wave: the wave's label, and the bands from least favorable."""


@_kept
def distribution(spread: Spread, palette: Palette) -> Picture:
    """How the answers spread over the scale, one bar a wave, as whole percents on the bars."""
    rows = [
        {
            "wave": label,
            "answer": band.label,
            "percent": band.percent,
            "order": order,
            "shade": (shade := _shade(order, len(bands))),
            "says": f"{band.percent}%" if band.percent >= _ROOM_FOR_A_FIGURE else "",
            "ink": "#FFFFFF" if shade in (0, len(BLUE_TO_BROWN) - 1) else LIGHT.ink,
        }
        for label, bands in spread
        for order, band in enumerate(bands)
    ]
    quiet = alt.Axis(labelLimit=160, labelColor=palette.quiet, labelFontSize=_SMALL)
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("wave:N", title=None, sort=[label for label, _ in spread], axis=quiet),
        order="order:Q",
    )
    share = alt.X("percent:Q", title=None, stack="normalize", axis=None)
    figures = base.mark_text(aria=False, fontSize=_SMALL).encode(
        x=alt.X("percent:Q", stack="normalize", bandPosition=0.5, axis=None),
        detail="shade:O",
        text="says:N",
        color=alt.Color("ink:N", scale=None),
    )
    bars = base.mark_bar(aria=False, height=24, stroke=palette.paper, strokeWidth=1.5).encode(
        x=share,
        color=alt.Color(
            "shade:O",
            legend=None,
            scale=alt.Scale(domain=[0, 1, 2, 3, 4], range=list(BLUE_TO_BROWN)),
        ),
        tooltip=[
            alt.Tooltip("wave:N", title="Wave"),
            alt.Tooltip("answer:N", title="Answer"),
            alt.Tooltip("percent:Q", title="Percent"),
        ],
    )
    chart = alt.layer(bars, figures).properties(height=alt.Step(31), width="container")
    said = " ".join(
        f"{label}: " + ", ".join(f"{b.label} {b.percent}%" for b in bands) + "."
        for label, bands in spread
    )
    table = pd.DataFrame(
        [
            {"Wave": label, **{band.label: f"{band.percent}%" for band in bands}}
            for label, bands in spread
        ]
    ).fillna("")
    return Picture(spec=_spec(chart), alt=f"How answers spread. {said}", table=table)


def _spec(chart: alt.LayerChart | alt.FacetChart) -> str:
    """The chart as JSON, without Altair's own sizes: the page has its own."""
    return json.dumps({**chart.to_dict(), "config": {}})


def color_key(spread: Spread) -> str:
    """Name the shades of ``distribution`` by the words of the wave that shows most (HTML)."""
    bands = max((bands for _, bands in spread), key=len)
    return (
        '<ul class="key">'
        + "".join(
            f'<li><span style="background:{BLUE_TO_BROWN[_shade(order, len(bands))]}"></span>'
            f"{escape(band.label)}</li>"
            for order, band in enumerate(bands)
        )
        + "</ul>"
    )


KEY_STYLE = """
.hidden { display: inline-block; padding: 0.25rem 0.5rem; border-radius: 3px; font-size: 0.875rem;
  background: repeating-linear-gradient(135deg, transparent 0 5px,
  rgba(128, 128, 128, 0.35) 5px 6px); }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; padding: 0;
  margin: 0 0 0.5rem;
  font-size: 0.875rem; }
.key li { display: flex; align-items: center; gap: 0.4rem; margin: 0; }
.key span { width: 0.9rem; height: 0.9rem; border-radius: 2px; }
"""


# Percent of a bar. On a phone a narrower part cannot hold its figure; the table has them all.
_ROOM_FOR_A_FIGURE = 12


def _shade(order: int, of: int) -> int:
    return round(order * (len(BLUE_TO_BROWN) - 1) / max(of - 1, 1))


def _wave_axis(points: Sequence[Point], palette: Palette) -> alt.Axis:
    """Ticks where the waves lie, under as many of the waves' own names as there is room for."""
    return alt.Axis(
        grid=False,
        values=[_noon(point.day) for point in points],
        tickCount=len(points),  # else Vega leaves out ticks first, the newest wave's among them
        labelExpr=wave_axis.expression([(point.day, point.label) for point in points]),
        labelOverlap=False,
        labelColor=palette.quiet,
        labelFontSize=_SMALL,
    )


def _noon(day: date) -> str:
    """A day as a moment that no time zone of a browser moves to another day."""
    return f"{day.isoformat()}T12:00:00"


def interval(figure: Figure, of: str, palette: Palette, *, guess: int | None = None) -> str:
    """A drawing of one figure on an axis from 0 to 100 shared by all rows: bar, dot and number.

    Returns SVG in the page's own color, 320 by 34 units; ``of`` names what the figure is of, in
    its text alternative. ``guess``, in percent, is drawn as an open diamond.
    """
    says = f"{of}: {figure.text}, likely {figure.low}% to {figure.high}%"
    says += "" if guess is None else f"; guessed {guess}%"
    left, span, middle = 4, 256, 17

    def at(percent: int) -> float:
        return left + span * percent / 100

    ticks = "".join(
        f'<line x1="{at(t):.1f}" x2="{at(t):.1f}" y1="6" y2="28" stroke-opacity=".14"/>'
        for t in (0, 25, 50, 75, 100)
    )
    guessed = (
        ""
        if guess is None
        else f'<path d="M{at(guess):.1f} {middle - 10}l10 10-10 10-10-10z" fill="none" '
        'stroke-width="2"/>'
    )
    return (
        f'<svg viewBox="0 0 320 34" width="100%" role="img" '
        f'aria-label="{escape(says, quote=True)}" fill="currentColor" stroke="currentColor">'
        f"{ticks}"
        f'<line x1="{at(figure.low):.1f}" x2="{at(figure.high):.1f}" y1="{middle}" y2="{middle}" '
        f'stroke="{palette.accent}" stroke-width="9" stroke-opacity=".4" stroke-linecap="round"/>'
        f'<circle cx="{at(figure.percent):.1f}" cy="{middle}" r="6.5" fill="{palette.accent}" '
        f'stroke="none"/>{guessed}'
        f'<text x="{left + span + 12}" y="{middle + 5}" stroke="none" font-size="15" '
        f'font-weight="600">{escape(figure.text)}</text></svg>'
    )


def hidden(reason: str) -> str:
    """A share that may not be shown: a quiet hatched mark with the reason on it (HTML)."""
    # In one line: behind a blank line the rest would be read as Markdown.
    return f'<span class="hidden">{escape(" ".join(reason.split()))}</span>'


def times_head() -> str:
    """What ``times`` drawings mean, to stand above them (SVG)."""
    return (
        '<svg viewBox="0 0 250 34" width="100%" style="max-width:15.625rem" role="img" '
        'aria-label="Among the three lowest, if as many answered again" fill="currentColor" '
        'font-size="16"><text x="4" y="13">Among the three lowest,</text>'
        '<text x="4" y="31">if as many answered again</text></svg>'
    )


def times(probability: float, name: str, palette: Palette) -> str:
    """Ten dots, as many of them filled as repeats in ten would say so, and the number (SVG).

    ``probability`` that the practice ``name`` is truly among the three lowest.
    """
    filled, says = tenths(probability), in_tens(probability)
    told = escape(f"{name}, among the three lowest: {says}", quote=True)
    dots = "".join(
        f'<circle cx="{9 + 14 * place}" cy="17" r="5.5" '
        + (
            f'fill="{palette.accent}"/>'
            if place < filled
            else f'fill="none" stroke="{palette.quiet}"/>'
        )
        for place in range(10)
    )
    return (
        f'<svg viewBox="0 0 250 34" width="100%" style="max-width:15.625rem" role="img" '
        f'aria-label="{told}" fill="currentColor">{dots}'
        f'<text x="150" y="22" font-size="17">{says}</text></svg>'
    )


def _text(printed: Printed) -> str:
    return printed.text if isinstance(printed, Figure) else printed.reason


def _interval(printed: Printed) -> str:
    return f"{printed.low}% to {printed.high}%" if isinstance(printed, Figure) else ""
