"""The practices: what a teacher does that a student can observe."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Practice:
    """One practice. ``looks_like`` is two short lines; all texts are for people to read."""

    practice_id: str
    name: str
    statement: str
    looks_like: tuple[str, str]
    monday_move: str
