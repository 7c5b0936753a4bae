"""Which waves' names stand under a trend: as many as there is room for, always the newest's."""

import json
from collections.abc import Sequence
from datetime import date

Named = Sequence[tuple[date, str]]
"""Waves from the oldest to the newest: the day at which each is drawn, and its name."""

ROOMS = (200, 280, 400, 560, 760, 960)
"""Pixels between the first and the last wave: a phone's chart, and wider ones step by step."""

_PER_LETTER, _APART = 5.5, 6
"""Pixels: a letter at Vega's size of label, on average, and what is left free between names."""


def names_in(waves: Named, room: int) -> dict[str, str]:
    """The names, by day (ISO), that fit beside each other into ``room`` pixels.

    The newest wave has its name always, then the first, then newer ones before older.
    """
    if not waves:
        return {}
    (start, _), (end, _) = waves[0], waves[-1]
    span = (end - start).days
    taken: list[tuple[float, float]] = []
    said = {}
    for day, name in (waves[-1], waves[0], *waves[-2:0:-1]):
        long = _PER_LETTER * len(name)
        at = room * (day - start).days / span if span else 0
        # At both ends Vega keeps a name inside the chart.
        left = min(max(at - long / 2, 0), max(room - long, 0))
        right = left + long
        if all(right + _APART <= low or left >= high + _APART for low, high in taken):
            taken.append((left, right))
            said[day.isoformat()] = name
    return said


def expression(waves: Named) -> str:
    """The same as Vega reads it, for whatever width the chart has when it is drawn."""
    day = "timeFormat(datum.value, '%Y-%m-%d')"
    wider = "".join(
        f"width >= {room} ? ({json.dumps(names_in(waves, room))}[{day}] || '') : "
        for room in reversed(ROOMS)
    )
    return f"{wider}({json.dumps(names_in(waves, 0))}[{day}] || '')"
