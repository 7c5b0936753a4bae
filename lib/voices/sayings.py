"""What students say in words, whatever it was written on: each saying with an id that lasts."""

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import numpy as np

from lib.evidence.types import Wave
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback, Standing


class Source(StrEnum):
    """Where a saying was written down."""

    COMMENT = "comment"
    CONVERSATION = "conversation"
    PANEL = "panel"
    DRILL = "drill"


@dataclass(frozen=True)
class Saying:
    """One thing said. Nobody but a reviewer sees it until the review has passed it.

    ``at`` is the school's local time, None where not known; people are told the month at most.
    ``writer`` is the place of the response among all, ``row`` its row in the form's tab, both for
    comments alone. ``question`` is what it answers.
    """

    saying_id: str
    source: Source
    text: str
    standing: Standing | None = None
    question: str = ""
    wave: Wave | None = None
    at: datetime | None = None
    writer: int | None = None
    row: int | None = None

    @property
    def year_month(self) -> str:
        """The month it was written in, as PD Reviews keeps it: "2027-01"; "" where not known."""
        return f"{self.at:%Y-%m}" if self.at else ""

    @property
    def wave_id(self) -> str:
        """The wave it was written in, "" for none."""
        return self.wave.wave_id if self.wave else ""


def comments(feedback: Feedback, windows: Windows) -> tuple[Saying, ...]:
    """Every free-text answer of the form, with its wave.

    A comment keeps its id when rows or columns are moved, inserted or sorted, and when a question
    is reworded: the id is made of its words and its time. Changed words are another comment.
    Of exact twins (same words, same second) the first in the sheet is the first.
    """
    header = {column.position: column.header for column in feedback.columns}
    index = assign(feedback.at, windows.waves)
    twins: Counter[str] = Counter()
    found = []
    for comment in feedback.comments:
        moment = feedback.at[comment.response]
        at = None if np.isnat(moment) else moment.astype("datetime64[s]").item()
        wave = int(index[comment.response])
        words = unicodedata.normalize("NFC", comment.text)
        key = f"{at.isoformat() if at else ''}\n{wording(words)}"
        twins[key] += 1
        found.append(
            Saying(
                saying_id=saying_id(Source.COMMENT, key, str(twins[key])),
                source=Source.COMMENT,
                text=words,
                standing=comment.standing,
                question=header.get(comment.column, ""),
                wave=windows.waves[wave] if wave >= 0 else None,
                at=at,
                writer=comment.response,
                row=int(feedback.row[comment.response]),
            )
        )
    return tuple(found)


def saying_id(source: Source, *parts: str) -> str:
    """The id of a saying, from what does not change about it: 16 hexadecimal digits."""
    text = "\n".join((source.value, *parts))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def wording(text: str) -> str:
    """A text's words alone: spaces and the way accents are typed do not matter."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def month_words(day: date | None) -> str:
    """The month of a day or moment for people to read, "January 2027"; "" where not known."""
    return f"{day:%B %Y}" if day else ""
