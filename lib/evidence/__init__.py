"""Numbers worth trusting: waves and their protected tables. Pure functions."""

from lib.evidence.floors import Floors, floors_from
from lib.evidence.history import build
from lib.evidence.waves import Windows, close_now, suggest, windows

__all__ = ["Floors", "Windows", "build", "close_now", "floors_from", "suggest", "windows"]
