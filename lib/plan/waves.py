"""Taking over the waves that the bursts of answers suggest, under names of the school's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from lib.decided import DecisionProblem, day_words
from lib.evidence.types import Evidence, Wave
from lib.evidence.waves import band
from lib.plan.closing import wave_fields
from lib.plan.words import written
from lib.text import count, join_words
from lib.workbook import Event, Record, new_event, tabs


def accept(
    suggested: Sequence[Wave],
    labels: Sequence[str],
    records: Mapping[str, Record],
    *,
    who: str,
    at: datetime,
) -> tuple[Event, ...]:
    """Write suggested waves down in one go, each under the label a person gave it.

    ``records`` are those of PD Waves. Raises DecisionProblem when somebody has set waves meanwhile,
    or when a label is empty, too long or given twice.
    """
    if records:
        raise DecisionProblem(
            "Waves have been set in the meantime.", "Reload this page to see which they are."
        )
    named = [written("wave", label) for label in labels]
    if not all(named):
        raise DecisionProblem("A wave has no name.", "Give each wave a name, such as “Fall 2026”.")
    if len({label.casefold() for label in named}) < len(named):
        raise DecisionProblem("Two waves have the same name.", "Give each wave a name of its own.")
    return tuple(
        new_event(
            tabs.WAVES,
            wave_fields(replace(wave, label=label)),
            who=who,
            at=at,
            record_id=wave.wave_id,
        )
        for wave, label in zip(suggested, named, strict=True)
    )


def same_as_months(suggested: Sequence[Wave]) -> str:
    """Why suggested waves have the days of a calendar month; "" where none has."""
    alike = [wave.label for wave in suggested if _is_month(wave)]
    if not alike:
        return ""
    return (
        f"The days of {join_words(alike)} are those of the calendar month: its results were shown "
        "before, and a few answers more or less would tell what these few said."
    )


def title(evidence: Evidence) -> str:
    """How the waves stand, as the title of their page."""
    wave = evidence.collecting
    return f"{wave.label} is open" if wave else "No wave is open"


def closed_words(evidence: Evidence, *, given: bool) -> str:
    """How many waves have closed; ``given``: whether the school has set its waves."""
    closed = f"{count(len(evidence.waves), 'wave').capitalize()} closed."
    return closed if given else f"{closed} No waves are set, so each calendar month counts as one."


def answers_in_closed(evidence: Evidence) -> int:
    """How many answers the closed waves print, together; a wave too small to print adds none."""
    return sum(table.everybody.n for table in evidence.waves if table.everybody)


def days(wave: Wave) -> str:
    """The first and the last day of a wave: "Sep 30, 2026 to Oct 12, 2026"."""
    if wave.closes is None:
        return f"since {day_words(wave.opens.date())}"
    last = wave.closes - timedelta(seconds=1)
    return f"{day_words(wave.opens.date())} to {day_words(last.date())}"


def _is_month(wave: Wave) -> bool:
    first = wave.opens == datetime.combine(wave.opens.date().replace(day=1), time())
    following = (wave.opens.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first and wave.closes == following


def before_closing(evidence: Evidence) -> str:
    """What to know before the open wave is closed: how many came in, and what follows."""
    wave, latest = evidence.collecting, evidence.latest
    if wave is None:
        return "No wave is open."
    said = f"{wave.label} has {evidence.collecting_band} so far"
    if latest and latest.everybody:
        said += f"; {latest.wave.label} had about {latest.everybody.n}"
    if evidence.collecting_band.startswith(band(0)):
        said += ". So few show little or nothing: wait for more if you can"
    return (
        f"{said}. Closing shows its results at once, and later answers go to the next wave. "
        "A closed wave stays closed."
    )
