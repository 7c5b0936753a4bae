"""Waves: closed collection windows, and which wave each response belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from lib.evidence.types import Wave
from lib.workbook.records import Record
from lib.workbook.serials import from_serial

NO_WAVE = -1
"""In the place of an index: the response belongs to no wave."""

# The school's local time has no zone, here and everywhere in this room.
_BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001
_NEVER = datetime.max  # noqa: DTZ901
_DAY = timedelta(days=1)
_QUIET = timedelta(days=14)
_GRACE = timedelta(days=7)
_SMALL_BURST = 10
"""Answers below which a burst is no wave of its own."""
_SEASON = timedelta(days=45)
_AHEAD = timedelta(days=300)
_BANDS = (10, 25, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Windows:
    """Waves that do not overlap, oldest first, and what a person should know about them."""

    waves: tuple[Wave, ...]
    notes: tuple[str, ...] = ()


def windows(at: NDArray[np.datetime64], records: Mapping[str, Record], *, now: datetime) -> Windows:
    """The waves that hold: those of ``PD Waves``, else calendar months.

    ``at``: datetime64[s] [n], NaT where not known. Where no response has a time there is one
    wave, "All answers", which stays open until a person closes it.
    """
    given, notes = _from_records(records)
    known = at[~np.isnat(at)]
    if given:
        waves, overlaps = _without_overlap(given)
        notes += overlaps
        last = waves[-1]
        if last.closed(now) and last.closes is not None and _any_from(known, last.closes):
            waves += (_after(last, last.closes),)
    elif len(known):
        waves = months(known)
    else:
        waves = (Wave("all", "All answers", _BEGINNING, None),) if len(at) else ()
    return Windows(waves, (*notes, *_unplaced(at, waves)))


def assign(at: NDArray[np.datetime64], waves: Sequence[Wave]) -> NDArray[np.int32]:
    """The index in ``waves`` of each response, int32 [n], or NO_WAVE.

    ``waves`` do not overlap and stand oldest first. Where no response has a time, all of them
    belong to the last wave.
    """
    if not waves:
        return np.full(len(at), NO_WAVE, np.int32)
    if np.isnat(at).all():
        return np.full(len(at), len(waves) - 1, np.int32)
    opens = np.array([wave.opens for wave in waves], "datetime64[s]")
    closes = np.array([wave.closes or _NEVER for wave in waves], "datetime64[s]")
    index = np.searchsorted(opens, at, side="right").astype(np.int32) - 1
    outside = np.isnat(at) | (index < 0) | (at >= closes[index])
    index[outside] = NO_WAVE
    return index


def months(known: NDArray[np.datetime64]) -> tuple[Wave, ...]:
    """One wave for each calendar month in which somebody answered.

    ``known``: datetime64[s] [n], without NaT.
    """
    found = np.unique(known.astype("datetime64[M]"))
    return tuple(
        Wave(str(month), f"{opens:%B %Y}", opens, (month + 1).astype("datetime64[s]").item())
        for month in found
        for opens in [month.astype("datetime64[s]").item()]
    )


def suggest(at: NDArray[np.datetime64], *, now: datetime) -> tuple[Wave, ...]:
    """Waves as the bursts of answers suggest them, oldest first; ``at``: datetime64[s] [n].

    Two weeks without an answer part two bursts; a burst of fewer than ten answers joins the
    nearer neighbor. A wave closes a week after its last answer; the last one may still be open. NaT
    counts for nothing; () where nothing else is left.
    """
    days = np.sort(at[~np.isnat(at)].astype("datetime64[D]"))
    if not len(days):
        return ()
    breaks = np.flatnonzero(np.diff(days) > np.timedelta64(_QUIET)) + 1
    bursts = _join_small([burst for burst in np.split(days, breaks) if len(burst)])
    starts = [_midnight(burst[0]) for burst in bursts]
    waves = []
    for place, burst in enumerate(bursts):
        following = starts[place + 1] if place + 1 < len(starts) else None
        end = min(_midnight(burst[-1]) + _DAY + _GRACE, following or _NEVER)
        closes = None if following is None and end > now else end
        label = _span(starts[place], _midnight(burst[-1]))
        waves.append(Wave(f"{starts[place]:%Y-%m-%d}", label, starts[place], closes))
    return _distinct(waves)


def close_now(waves: Sequence[Wave], *, now: datetime) -> tuple[Wave, ...]:
    """All waves begun so far, the open one closed at ``now``: what to write to ``PD Waves``.

    All of them are written, because the tab, once it holds a wave, holds every wave.
    """
    begun = (wave for wave in waves if wave.opens < now)
    return tuple(wave if wave.closed(now) else replace(wave, closes=now) for wave in begun)


def same_season(wave: Wave, earlier: Sequence[Wave]) -> Wave | None:
    """The wave that lies nearest to one year before ``wave``, if one lies within 45 days."""
    target = middle(wave) - timedelta(days=365)
    near = [other for other in earlier if abs(middle(other) - target) <= _SEASON]
    return min(near, key=lambda other: abs(middle(other) - target), default=None)


def middle(wave: Wave) -> datetime:
    """The middle of a wave, where it stands on a time axis; of an open one, its beginning."""
    return wave.opens if wave.closes is None else wave.opens + (wave.closes - wave.opens) / 2


def beside_waves(sessions: Iterable[date], waves: Sequence[date]) -> tuple[date, ...]:
    """The days of PD sessions that belong on a chart of ``waves`` (days, oldest first).

    Not before the first wave, and at most 300 days after the last: a day further away would press
    the waves together.
    """
    return tuple(day for day in sessions if waves[0] <= day <= waves[-1] + _AHEAD)


def band(count: int) -> str:
    """How many have answered an open wave, as a band: "fewer than 10", "25 to 49"."""
    above = next((i for i, edge in enumerate(_BANDS) if count < edge), len(_BANDS))
    if above == 0:
        return f"fewer than {_BANDS[0]}"
    if above == len(_BANDS):
        return f"{_BANDS[-1]:,} or more"
    return f"{_BANDS[above - 1]:,} to {_BANDS[above] - 1:,}"


def _from_records(records: Mapping[str, Record]) -> tuple[list[Wave], tuple[str, ...]]:
    waves, notes = [], []
    for record_id, record in records.items():
        label = record.fields.get("label", "").strip() or "A wave without a name"
        closes_text = record.fields.get("closes", "").strip()
        opens = _moment(record.fields.get("opens", ""))
        closes = _moment(closes_text)
        if opens is None or (closes_text and closes is None):
            notes.append(f"{label} is left out: its dates in PD Waves cannot be read.")
        elif closes is not None and closes <= opens:
            notes.append(f"{label} is left out: in PD Waves it closes before it opens.")
        else:
            waves.append(Wave(record_id, label, opens, closes))
    return sorted(waves, key=lambda wave: (wave.opens, wave.wave_id)), tuple(notes)


def _moment(text: str) -> datetime | None:
    if (typed := from_serial(text.strip())) is not None:
        return typed
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _without_overlap(waves: Sequence[Wave]) -> tuple[tuple[Wave, ...], tuple[str, ...]]:
    """Let each wave end where the next one opens, at the latest."""
    kept: list[Wave] = []
    notes = []
    for wave, following in zip(waves, (*waves[1:], None), strict=True):
        if following is None or (wave.closes and wave.closes <= following.opens):
            kept.append(wave)
            continue
        if following.opens == wave.opens:
            notes.append(f"{wave.label} is left out: {following.label} opens at the same moment.")
            continue
        if wave.closes:
            notes.append(
                f"{wave.label} and {following.label} overlap: answers from "
                f"{_day(following.opens)} on count for {following.label}."
            )
        kept.append(replace(wave, closes=following.opens))
    return tuple(kept), tuple(notes)


def _after(last: Wave, opens: datetime) -> Wave:
    return Wave(f"after-{last.wave_id}", f"Since {_day(opens)}", opens, None)


def _any_from(known: NDArray[np.datetime64], moment: datetime) -> bool:
    return bool((known >= np.datetime64(moment, "s")).any())


def _unplaced(at: NDArray[np.datetime64], waves: Sequence[Wave]) -> tuple[str, ...]:
    """Sentences about responses that belong to no wave."""
    without_time = int(np.isnat(at).sum())
    outside = int((assign(at, waves) == NO_WAVE).sum()) - without_time
    notes = []
    if 0 < without_time < len(at):
        notes.append(_not_counted("no time that can be read"))
    if outside > 0:
        notes.append(_not_counted("a time outside every wave"))
    return tuple(notes)


def _not_counted(what: str) -> str:
    """Without their number: it would tick with each answer that comes in."""
    return f"Some answers have {what}, so they are not counted."


def _join_small(bursts: list[NDArray[np.datetime64]]) -> list[NDArray[np.datetime64]]:
    bursts = list(bursts)
    while (
        len(bursts) > 1
        and (small := next((i for i, b in enumerate(bursts) if len(b) < _SMALL_BURST), None))
        is not None
    ):
        before = bursts[small][0] - bursts[small - 1][-1] if small else None
        after = bursts[small + 1][0] - bursts[small][-1] if small + 1 < len(bursts) else None
        left = small if before is None or (after is not None and after < before) else small - 1
        bursts[left : left + 2] = [np.concatenate(bursts[left : left + 2])]
    return bursts


def _distinct(waves: Sequence[Wave]) -> tuple[Wave, ...]:
    """Number the labels that occur twice."""
    labels = [wave.label for wave in waves]
    return tuple(
        replace(wave, label=f"{wave.label}, {labels[: place + 1].count(wave.label)}")
        if labels.count(wave.label) > 1
        else wave
        for place, wave in enumerate(waves)
    )


def _span(first: datetime, last: datetime) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"


def _midnight(day: np.datetime64) -> datetime:
    return datetime.fromisoformat(str(day))


def _day(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"
