"""Numbers worth trusting: waves and their protected tables. Pure functions."""

from lib.evidence.floors import Floors, floors_from
from lib.evidence.freeze import Frozen, as_events, thaw
from lib.evidence.groupings import groupings_from
from lib.evidence.history import build, newly_closed
from lib.evidence.table import empty
from lib.evidence.waves import Windows, suggest, windows

__all__ = [
    "Floors",
    "Frozen",
    "Windows",
    "as_events",
    "build",
    "empty",
    "floors_from",
    "groupings_from",
    "newly_closed",
    "suggest",
    "thaw",
    "windows",
]
