"""Texts of the plan that people type: how long they may be and what they are called on screen."""

from collections.abc import Mapping

from lib.decided import cut, within
from lib.workbook.records import Record

LIMITS: Mapping[str, int] = {
    "practice": 300,
    "wave": 120,
    "evidence": 900,
    "owner": 80,
    "done_when": 300,
    "reason": 300,
    "baseline": 120,
    "students_order": 200,
    "prefer": 300,
    "led_by": 120,
    "materials": 500,
    "committed": 600,
    "you_said": 280,
    "we_did": 400,
    "text": 600,
    "translation": 600,
    "follow_up": 120,
}
"""How many characters fit in each text, chosen so that a card or a phone can show all of it."""

_USUAL = 300
"""Characters of a text read back that has no line in ``LIMITS``: nobody types one here."""

_LABELS: Mapping[str, str] = {
    "done_when": "How we will know",
    "you_said": "What students said",
    "we_did": "What came of it",
    "follow_up": "What we said we would do",
    "state": "Where it stands",
    "date": "Day",
    "student_part": "Students' part",
    "revisit": "Day to look again",
    "translation": "The translation",
    "baseline": "Compared with",
    "students_order": "Students' order",
    "prefer": "How students would like it",
    "recheck": "Day to check",
    "led_by": "Who leads",
    "minutes": "Length in minutes",
    "students": "How many students",
    "attended": "Staff who came",
    "committed": "What staff committed to",
    "materials": "Link to materials",
}


def label(column: str) -> str:
    """What a column of our tabs is called on screen: "How we will know", "Owner"."""
    return _LABELS.get(column) or column.replace("_", " ").capitalize()


def written(column: str, text: str) -> str:
    """Clean a text that somebody typed for this column.

    Raises DecisionProblem when it is longer than ``LIMITS`` has it.
    """
    return within(label(column), text, LIMITS[column])


def fitted(column: str, text: str) -> str:
    """Clean a text that nobody is there to shorten, and cut it to fit this column."""
    return cut(text, LIMITS.get(column, _USUAL))


def stored(record: Record, column: str) -> str:
    """Read a text back: people can type anything into a sheet."""
    return fitted(column, record.fields.get(column, ""))
