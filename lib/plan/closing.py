"""Closing the open wave by hand: the one decision that makes results appear today."""

from collections.abc import Mapping
from datetime import datetime

from lib.evidence.types import Evidence, Wave
from lib.workbook import Event, Record, new_event, tabs


def close_now(
    evidence: Evidence,
    records: Mapping[str, Record],
    *,
    now: datetime,
    who: str,
    at: datetime,
) -> tuple[Event, ...]:
    """End the open wave at ``now`` (school's local time); later answers go to the next one.

    ``records`` are those of PD Waves. Where the school keeps no waves yet, the calendar months
    seen so far are written down first, so that they stay what they were. Raises ValueError when
    no wave is open.
    """
    open_wave = evidence.collecting
    if open_wave is None:
        raise ValueError("No wave is open, so there is none to close.")
    kept = [table.wave for table in evidence.waves if table.wave.wave_id not in records]
    following = Wave(f"from-{now:%Y-%m-%d-%H%M}", f"From {now:%B} {now.day}, {now.year}", now, None)
    closed = Wave(open_wave.wave_id, open_wave.label, open_wave.opens, now)
    return tuple(
        new_event(
            tabs.WAVES,
            {
                "label": wave.label,
                "opens": wave.opens.isoformat(timespec="seconds"),
                "closes": wave.closes.isoformat(timespec="seconds") if wave.closes else "",
            },
            who=who,
            at=at,
            record_id=wave.wave_id,
            previous=records.get(wave.wave_id),
        )
        for wave in (*kept, closed, following)
    )
