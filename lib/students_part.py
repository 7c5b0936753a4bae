"""The students' part in what the adults do, in plain words: the same ladder everywhere."""

from collections.abc import Mapping
from enum import StrEnum


class StudentPart(StrEnum):
    """The students' part in a session or a conversation, from least to most."""

    TOLD = "told"
    ASKED = "asked"
    AT_THE_TABLE = "at the table"
    CO_DESIGNING = "co-designing"
    LEADING = "leading"


PART_WORDS: Mapping[StudentPart, str] = {
    StudentPart.TOLD: "Told what was decided",
    StudentPart.ASKED: "Asked beforehand",
    StudentPart.AT_THE_TABLE: "At the table with us",
    StudentPart.CO_DESIGNING: "Designing it with us",
    StudentPart.LEADING: "Leading it",
}
"""The students' part as somebody would say it who plans a session."""
