"""What a review has passed, as everybody with Voices may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lib.intake.feedback import Standing
from lib.intake.text import fold
from lib.voices.identity import Roster, mask
from lib.voices.readings import Readings
from lib.voices.review import Reviews, State, places
from lib.voices.sayings import Saying, Source
from lib.voices.themes import Corrected, ThemeCounts, count_themes

SHOWN = frozenset({State.PASSED, State.REDACTED})
"""The states in which words may be read by others than their reviewer."""


@dataclass(frozen=True)
class Shown:
    """Words that may be read, names masked: no time but the wave, no group, no row.

    ``shown_id`` tells one from another on a page and says nothing about its place in the sheet.
    """

    shown_id: str
    words: str
    standing: Standing | None
    practices: tuple[str, ...]
    other_language: bool
    wave_id: str
    wave_label: str


def approved(
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    roster: Roster,
    *,
    now: datetime,
    floor: int,
    corrected: Corrected | None = None,
) -> tuple[Shown, ...]:
    """The form's comments that were passed, of closed waves in which enough people wrote one.

    ``floor``: how many must have written in the wave, passed or not. Newest wave first; within a
    wave shuffled, the same way every time, by nothing that tells the order of the sheet.
    """
    said = [saying for saying in sayings if saying.source is Source.COMMENT]
    at = places(said, decided, readings)
    wrote: dict[str, set[int | None]] = {}
    for saying in said:
        wrote.setdefault(saying.wave_id, set()).add(saying.writer)
    found = []
    for saying in said:
        wave = saying.wave
        if at[saying.saying_id] not in SHOWN or wave is None or not wave.closed(now):
            continue
        if len(wrote[saying.wave_id]) >= floor:
            shown = _shown(saying, decided, readings, roster, corrected or {})
            found.append((wave.opens, shown))
    found.sort(key=lambda pair: pair[1].shown_id)
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(shown for _, shown in found)


def words_of(saying: Saying, decided: Reviews, readings: Readings, roster: Roster) -> str:
    """The words of a saying that was passed, names masked; "" where it was not."""
    review = decided.get(saying.saying_id)
    if review is None or review.state not in SHOWN:
        return ""
    if review.state is State.REDACTED:
        return mask(review.words, roster).text
    return readings[saying.saying_id].masked.text


def search(shown: Iterable[Shown], wanted: str) -> tuple[Shown, ...]:
    """The passed words that hold every word looked for, as part of a word; all for no words."""
    words = fold(wanted).split()
    return tuple(each for each in shown if all(word in fold(each.words) for word in words))


def unassigned(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """Words that no list ties to a practice."""
    return tuple(each for each in shown if not each.practices and not each.other_language)


def foreign(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """Words in a language that no list is written in."""
    return tuple(each for each in shown if each.other_language)


def themes_of(shown: Iterable[Shown], wave_id: str, floor: int) -> ThemeCounts | None:
    """How many of a wave's passed comments speak of each practice. None under the floor."""
    return count_themes([each.practices for each in shown if each.wave_id == wave_id], floor)


def _shown(
    saying: Saying,
    decided: Reviews,
    readings: Readings,
    roster: Roster,
    corrected: Corrected,
) -> Shown:
    reading = readings[saying.saying_id]
    return Shown(
        shown_id=sha256(f"shown {saying.saying_id}".encode()).hexdigest()[:12],
        words=words_of(saying, decided, readings, roster),
        standing=saying.standing,
        practices=corrected.get(saying.saying_id, reading.practices),
        other_language=reading.other_language,
        wave_id=saying.wave_id,
        wave_label=saying.wave.label if saying.wave else "",
    )
