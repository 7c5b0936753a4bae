"""Closing the open wave by hand: the one decision that makes results appear today."""

from collections.abc import Mapping
from datetime import datetime

from lib.decided import DecisionProblem
from lib.evidence.types import Evidence, Wave
from lib.evidence.waves import close_now
from lib.workbook import Event, Record, new_event, tabs


def close_open_wave(
    evidence: Evidence,
    records: Mapping[str, Record],
    *,
    now: datetime,
    who: str,
    at: datetime,
) -> tuple[Event, ...]:
    """End the open wave at ``now`` (school's local time); later answers go to the next one.

    ``records`` are those of PD Waves. Where the school keeps no waves yet, the calendar months
    seen so far are written down with it, so that they stay what they were. Raises DecisionProblem
    when no wave is open.
    """
    if evidence.collecting is None:
        raise DecisionProblem("No wave is open.", "There is nothing to close.")
    return tuple(
        new_event(
            tabs.WAVES,
            wave_fields(wave),
            who=who,
            at=at,
            record_id=wave.wave_id,
            previous=records.get(wave.wave_id),
        )
        for wave in close_now(evidence.all_waves, now=now)
        if wave.wave_id not in records or wave.wave_id == evidence.collecting.wave_id
    )


def wave_fields(wave: Wave) -> dict[str, str]:
    """A wave as the readable columns of PD Waves."""
    return {
        "label": wave.label,
        "opens": wave.opens.isoformat(timespec="seconds"),
        "closes": wave.closes.isoformat(timespec="seconds") if wave.closes else "",
    }
