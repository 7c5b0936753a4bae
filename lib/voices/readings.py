"""What the lists make of each saying, worked out once and kept while its words stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.voices.identity import Masked, Roster, mask
from lib.voices.safety import Concern, assess
from lib.voices.sayings import Saying
from lib.voices.themes import Lists, other_language


@dataclass(frozen=True)
class Reading:
    """One saying as the lists read it: flags, masked words, practices. A person decides."""

    concern: Concern
    masked: Masked
    practices: tuple[str, ...]
    other_language: bool


Readings = Mapping[str, Reading]
"""By saying id."""


def read(
    sayings: Iterable[Saying], roster: Roster, lists: Lists, known: Readings | None = None
) -> dict[str, Reading]:
    """Read every saying; those in ``known``, read with the same lists, are not read again.

    What is no longer said is dropped.
    """
    before = known or {}
    return {
        saying.saying_id: before.get(saying.saying_id) or _read(saying.text, roster, lists)
        for saying in sayings
    }


def _read(text: str, roster: Roster, lists: Lists) -> Reading:
    masked = mask(text, roster)
    return Reading(
        concern=assess(masked),
        masked=masked,
        practices=lists.practices_of(text),
        other_language=other_language(text, lists),
    )
