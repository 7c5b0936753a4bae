"""The reviews of the sample school's comments, as events of PD Reviews."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Protocol

from lib import intake
from lib.catalogue import CATALOGUE
from lib.evidence.types import Wave
from lib.evidence.waves import Windows
from lib.voices.sayings import Saying, Source, comments, saying_id, wording
from lib.workbook import tabs
from sample_data import school
from sample_data.voice_plan import (
    CONVERSATIONS,
    COUNSELOR,
    DRILL,
    DRILL_STEPS,
    NOTES_WAITING,
    PANEL_STEPS,
    READ_AT,
    SECONDS_EACH,
    SINCE_REFERRED,
    read,
)

PANEL_PARTS = ("strengths", "concerns", "ideas")


class Book(Protocol):
    """Where events are written."""

    def write(
        self, tab: str, record_id: str, at: datetime, who: str, fields: Mapping[str, str]
    ) -> None:
        """Add the next revision of a record; ``at`` is the school's local time."""


def windows() -> Windows:
    """The school's waves as the app sees them."""
    return Windows(
        tuple(
            Wave(
                wave.wave_id,
                wave.label,
                datetime.combine(wave.opens, time()),
                datetime.combine(wave.closes, time()) if wave.closes else None,
            )
            for wave in school.WAVES
        )
    )


def write_reviews(book: Book, header: list[str], rows: list[list[str]]) -> None:
    """Everything that was read, and the drill; ``rows`` are the form's tab without its header."""
    feedback = intake.understand(intake.encode(header, rows, 2), CATALOGUE)
    by_wave: dict[str, list[Saying]] = {}
    for saying in comments(feedback, windows()):
        by_wave.setdefault(saying.wave_id, []).append(saying)
    for wave in school.WAVES:
        if wave.closes:
            monday = wave.closes + timedelta(days=-wave.closes.weekday() % 7)
            begin = datetime.combine(monday, time.fromisoformat(READ_AT))
            _read_wave(book, by_wave[wave.wave_id], begin)
    for record_id, at, fields in _passed():
        book.write(tabs.REVIEWS, record_id, at, COUNSELOR, fields)
    for moment, changed in DRILL_STEPS:
        book.write(tabs.REVIEWS, DRILL, datetime.fromisoformat(moment), COUNSELOR, changed)


def _read_wave(book: Book, said: list[Saying], begin: datetime) -> None:
    for number, saying in enumerate(said):
        decided = read(saying.text)
        referred = decided.state == "referred"
        fields = {
            "source": saying.source.value,
            "state": decided.state,
            "words": decided.words,
            "wave": saying.wave_id,
            "month": saying.year_month,
            "step": "new" if referred else "",
        }
        at = begin + timedelta(seconds=SECONDS_EACH * number)
        book.write(tabs.REVIEWS, saying.saying_id, at, COUNSELOR, fields)
        for moment, step in SINCE_REFERRED if referred else ():
            done = datetime.fromisoformat(moment)
            book.write(tabs.REVIEWS, saying.saying_id, done, COUNSELOR, {"step": step})


def _passed() -> Iterator[tuple[str, datetime, Mapping[str, str]]]:
    """What was heard in conversations and said by the panel, read on the afternoon of the day."""
    for step in CONVERSATIONS:
        if step.record_id not in NOTES_WAITING:
            note = saying_id(Source.CONVERSATION, step.record_id, wording(step.fields["heard"]))
            yield _pass(note, Source.CONVERSATION, step.at)
    for step in PANEL_STEPS:
        for part in PANEL_PARTS:
            for line in step.fields.get(part, "").splitlines():
                practice, _, text = line.partition(": ")
                one = saying_id(Source.PANEL, step.record_id, part, practice, text)
                yield _pass(one, Source.PANEL, step.at)


def _pass(record_id: str, source: Source, said: str) -> tuple[str, datetime, Mapping[str, str]]:
    at = datetime.fromisoformat(said)
    fields = {"source": source.value, "state": "passed", "month": f"{at:%Y-%m}"}
    return record_id, at + timedelta(hours=1), fields
