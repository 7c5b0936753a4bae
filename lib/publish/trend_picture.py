"""The chart of the brief: a practice's trend as shapes, and as a picture (PNG).

The PDF draws the shapes themselves; the Word document gets the picture of the same shapes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lib.evidence.types import Figure, Printed, Wave
from lib.evidence.waves import beside_waves, middle
from lib.publish import lettering

WIDTH, HEIGHT = 1000, 330
"""Units of a chart; y grows downward."""

INK, QUIET, ACCENT, BAND, FAINT = "#0B0C0C", "#5F6468", "#0F5C63", "#D5E3E2", "#E4E1D9"

_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 60, 44, 48
"""Units left free around the waves, for percents, names and the words of PD sessions."""

_LETTER = 0.52
"""How wide a letter is on average, in parts of its size."""


@dataclass(frozen=True)
class Line:
    """A line through points (x, y), or where ``filled`` the area that they enclose."""

    points: tuple[tuple[float, float], ...]
    color: str
    weight: float = 1.5
    dashed: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Dot:
    """A round point."""

    x: float
    y: float
    radius: float
    color: str = ACCENT


@dataclass(frozen=True)
class Word:
    """A text on its baseline at (x, y), which is its "left", "middle" or "right" end."""

    x: float
    y: float
    text: str
    size: float = 19
    color: str = QUIET
    bold: bool = False
    anchor: str = "middle"


Shape = Line | Dot | Word

Known = Sequence[tuple[int, Figure]]
"""The waves that have a figure, by their place among all of them."""


def shapes(waves: Sequence[tuple[Wave, Printed]], marks: Sequence[date]) -> tuple[Shape, ...]:
    """Draw percent favorable wave by wave: light intervals, bold points, PD sessions as lines.

    The line breaks where a wave has no figure. () where no wave has one.
    """
    known = [(i, printed) for i, (_, printed) in enumerate(waves) if isinstance(printed, Figure)]
    if not known:
        return ()
    days = [middle(wave).date() for wave, _ in waves]
    shown = beside_waves(marks, days)
    ends = (min(days), max((*days, *shown)))
    xs = [_x(day, ends) for day in days]
    return (
        *_ground(),
        *_sessions(shown, ends),
        *(shape for run in _runs(known) for shape in _run(run, xs)),
        *_figures(known, xs),
        *_names(waves, xs),
    )


def png(drawn: Sequence[Shape], *, width: int = 1800) -> bytes:
    """The shapes as a picture, ``width`` pixels wide, on white."""
    from PIL import Image, ImageDraw, ImageFont  # only for those who want a document

    # Pillow draws hard edges: twice as large and made smaller, they are soft.
    by = 2 * width / WIDTH
    picture = Image.new("RGB", (2 * width, round(HEIGHT * by)), "white")
    draw = ImageDraw.Draw(picture)

    def scaled(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * by, y * by) for x, y in points]

    for shape in drawn:
        if isinstance(shape, Dot):
            draw.circle((shape.x * by, shape.y * by), shape.radius * by, fill=shape.color)
        elif isinstance(shape, Word):
            path = lettering.BOLD if shape.bold else lettering.TEXT
            font = ImageFont.truetype(str(path), shape.size * by)
            anchor = {"left": "ls", "middle": "ms", "right": "rs"}[shape.anchor]
            place = (shape.x * by, shape.y * by)
            draw.text(place, shape.text, shape.color, font, anchor=anchor)
        elif shape.filled:
            draw.polygon(scaled(shape.points), fill=shape.color)
        else:
            pieces = _dashes(shape) if shape.dashed else [shape.points]
            for piece in pieces:
                weight = round(shape.weight * by)
                draw.line(scaled(piece), fill=shape.color, width=weight, joint="curve")
    small = picture.resize((width, round(HEIGHT * width / WIDTH)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(64).save(out, "PNG", optimize=True, dpi=(300, 300))
    return out.getvalue()


def _dashes(line: Line) -> list[tuple[tuple[float, float], ...]]:
    """A straight line as dashes of 6 units."""
    (left, top), (right, bottom) = line.points
    length = max(abs(right - left), abs(bottom - top))
    number = max(int(length / 10), 1)

    def at(share: float) -> tuple[float, float]:
        return (left + (right - left) * share, top + (bottom - top) * share)

    return [(at(i / number), at((i + 0.6) / number)) for i in range(number)]


def _x(day: date, ends: tuple[date, date]) -> float:
    span = (ends[1] - ends[0]).days
    share = (day - ends[0]).days / span if span else 0.5
    return _LEFT + 30 + (WIDTH - _RIGHT - _LEFT - 30) * share


def _y(percent: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - percent / 100)


def _ground() -> list[Shape]:
    found: list[Shape] = []
    for percent in (0, 25, 50, 75, 100):
        ends = ((_LEFT, _y(percent)), (WIDTH - 12, _y(percent)))
        found.append(Line(ends, FAINT))
        found.append(Word(_LEFT - 10, _y(percent) + 6, f"{percent}%", anchor="right"))
    return found


def _sessions(shown: Sequence[date], ends: tuple[date, date]) -> list[Shape]:
    found: list[Shape] = []
    free = 0.0
    for day in sorted(set(shown)):
        x = _x(day, ends)
        found.append(Line(((x, _TOP - 14), (x, _y(0))), QUIET, dashed=True))
        word = f"PD {day:%b} {day.day}"
        half = _wide(word, 17) / 2
        if x - half >= free and x + half <= WIDTH:
            found.append(Word(x, _TOP - 22, word, size=17))
            free = x + half + 10
    return found


def _runs(known: Known) -> list[list[tuple[int, Figure]]]:
    """The known waves cut at the gaps, which are waves without a figure."""
    runs: list[list[tuple[int, Figure]]] = []
    for i, figure in known:
        if runs and runs[-1][-1][0] == i - 1:
            runs[-1].append((i, figure))
        else:
            runs.append([(i, figure)])
    return runs


def _run(run: Known, xs: Sequence[float]) -> list[Shape]:
    points = [(xs[i], figure) for i, figure in run]
    if len(points) == 1:
        x, only = points[0]
        return [Line(((x, _y(only.low)), (x, _y(only.high))), BAND, weight=14)]
    upper = [(x, _y(p.high)) for x, p in points]
    lower = [(x, _y(p.low)) for x, p in reversed(points)]
    return [
        Line((*upper, *lower), BAND, filled=True),
        Line(tuple((x, _y(p.percent)) for x, p in points), ACCENT, weight=4),
    ]


def _figures(known: Known, xs: Sequence[float]) -> list[Shape]:
    """Every point, and its figure above it where there is room; the last one always, and bold."""
    found: list[Shape] = []
    free = WIDTH + 100.0
    for i, printed in reversed(known):
        last = i == known[-1][0]
        size = 26 if last else 19
        half = _wide(printed.text, size) / 2
        found.append(Dot(xs[i], _y(printed.percent), 8 if last else 6))
        if xs[i] + half <= free:
            # Outside of the interval; close to the top there is room below it alone.
            above = min(_y(printed.high), _y(printed.percent) - 8) - 8
            below = max(_y(printed.low), _y(printed.percent) + 8) + 8 + size * 0.7
            y = above if above > _TOP + size / 2 else below
            color = INK if last else QUIET
            found.append(Word(xs[i], y, printed.text, size, color, bold=last))
            free = xs[i] - half - 8
    return found


def _names(waves: Sequence[tuple[Wave, Printed]], xs: Sequence[float]) -> list[Shape]:
    """The waves' names under their points, from the last one on, as far as there is room."""
    found: list[Shape] = []
    free = float(WIDTH)
    for (wave, _), x in reversed(list(zip(waves, xs, strict=True))):
        name = _short(wave)
        half = _wide(name, 19) / 2
        middle_x = min(x, WIDTH - half)
        if middle_x + half <= free and middle_x - half >= 0:
            found.append(Word(middle_x, HEIGHT - 14, name))
            free = middle_x - half - 14
    return found


def _short(wave: Wave) -> str:
    """A wave's name where it is short and can be drawn, else the month in which it began."""
    fits = 0 < len(wave.label) <= 18 and lettering.in_text_font(wave.label)
    return wave.label if fits else f"{wave.opens:%b %Y}"


def _wide(text: str, size: float) -> float:
    return len(text) * size * _LETTER
