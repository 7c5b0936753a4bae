"""How many people must stand behind a figure. A school can raise the floors, never lower them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.evidence.types import Audience

STAFF_FLOOR = 5
"""Answers that must stand behind what staff see."""

PUBLIC_FLOOR = 10
"""Answers that must stand behind what everybody sees, and behind comments and theme counts."""

RANKING_FLOOR = 30
"""Answers below which practices are not ranked, effects not judged, distributions not shown."""

DIFFER_FLOOR = 3
"""Fewer people than this who differ from all the others never show."""

_LONGEST = 6
"""Digits of a count: no school is larger, and longer numbers no computer counts with."""


@dataclass(frozen=True)
class Floors:
    """The smallest group whose figures each audience may see, in answers.

    Values below the design's floors are raised to them; the public floor is never the lower one.
    """

    staff: int = STAFF_FLOOR
    public: int = PUBLIC_FLOOR

    def __post_init__(self) -> None:
        staff = max(self.staff, STAFF_FLOOR)
        object.__setattr__(self, "staff", staff)
        object.__setattr__(self, "public", max(self.public, PUBLIC_FLOOR, staff))

    def of(self, audience: Audience) -> int:
        """The floor that holds for one audience."""
        return self.public if audience is Audience.PUBLIC else self.staff


def floors_from(settings: Mapping[str, Sequence[str]]) -> Floors:
    """The floors as a school's settings raise them ("floor staff", "floor public").

    Of several values the highest holds. One that is not a whole number is ignored: the design's
    floor holds.
    """

    def number(name: str) -> int:
        return max((int(t) for t in settings.get(name, ()) if is_whole(t)), default=0)

    return Floors(staff=number("floor staff"), public=number("floor public"))


def is_whole(text: str) -> bool:
    """Whether a count of people can be read: a whole number in plain digits, six at most."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST
