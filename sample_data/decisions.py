"""What the school has decided so far, as the events its tabs would hold.

Who decided is always a role; days and sentences are invented.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from lib.catalogue import CATALOGUE
from lib.publish.versions import PUBLISHED, RECORD_ID
from lib.workbook import tabs
from sample_data import school
from sample_data.planted import ROSTER
from sample_data.reviews import write_reviews
from sample_data.spanish import PANEL_DAYS, TRANSLATIONS
from sample_data.story_plan import FOCUSES, LEAD, PROMISES, SESSIONS, SETTINGS
from sample_data.voice_plan import CONVERSATIONS, PANEL_STEPS

COORDINATOR = "Technology coordinator"
FIRST_DAY = datetime.fromisoformat("2024-04-15T09:00")
"""When the school set the app up, school's local time."""

STUDENTS_PAGE = Path(__file__).resolve().parent / "students_page.json"

Fields = Mapping[str, str]


class Book:
    """The events so far. Each new one carries a record's other columns along, as the app does."""

    def __init__(self) -> None:
        self._events: list[dict[str, object]] = []
        self._state: dict[tuple[str, str], tuple[int, Fields]] = {}

    def write(self, tab: str, record_id: str, at: datetime, who: str, fields: Fields) -> None:
        """Add the next revision of a record; ``at`` is the school's local time."""
        revision, before = self._state.get((tab, record_id), (0, {}))
        revision, now = revision + 1, {**before, **fields}
        self._state[tab, record_id] = revision, now
        moment = at.replace(tzinfo=ZoneInfo(school.TIME_ZONE)).astimezone(UTC)
        self._events.append(
            {
                "tab": tab,
                "event_id": uuid5(NAMESPACE_URL, f"{tab}/{record_id}/{revision}").hex,
                "record_id": record_id,
                "revision": revision,
                "at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
                "who": who,
                "fields": {column: now.get(column, "") for column in tabs.TABS[tab].columns},
            }
        )

    def events(self) -> list[dict[str, object]]:
        """Every event, oldest first."""
        return sorted(self._events, key=lambda event: str(event["at"]))


def decisions(header: list[str], rows: list[list[str]]) -> list[dict[str, object]]:
    """Every event up to the school's now, oldest first; ``rows`` are the answers they are about."""
    book = Book()
    _set_up(book)
    _waves(book)
    for tab, steps in (
        (tabs.FOCUS, FOCUSES),
        (tabs.SESSIONS, SESSIONS),
        (tabs.PROMISES, PROMISES),
        (tabs.CONVERSATIONS, CONVERSATIONS),
        (tabs.PANELS, PANEL_STEPS),
        (tabs.SETTINGS, PANEL_DAYS),
        (tabs.TRANSLATIONS, TRANSLATIONS),
    ):
        for step in steps:
            at = datetime.fromisoformat(step.at)
            book.write(tab, step.record_id, at, step.who, step.fields)
    write_reviews(book, header, rows)
    _publish(book)
    return book.events()


def _publish(book: Book) -> None:
    """The students' page as it was published; ``publish_page`` makes the file."""
    content = STUDENTS_PAGE.read_text(encoding="utf-8").strip()
    fields = {"version": "1", "state": PUBLISHED, "content": content}
    book.write(tabs.PUBLISHED, RECORD_ID, school.PUBLISHED_AT, LEAD, fields)


def _set_up(book: Book) -> None:
    """Settings, practices, enrollment and the staff's names, a second apart to keep their order."""
    rows: list[tuple[str, str, Fields]] = [
        *(
            (tabs.SETTINGS, record_id, {"name": name, "value": value})
            for record_id, name, value in SETTINGS
        ),
        *(
            (
                tabs.PRACTICES,
                practice.practice_id,
                {
                    "name": practice.name,
                    "statement": practice.statement,
                    "looks_like": "\n".join(practice.looks_like),
                    "monday_move": practice.monday_move,
                },
            )
            for practice in CATALOGUE
        ),
        *(
            (
                tabs.GROUPS,
                f"{grouping}: {label}".lower().replace(" ", "-").replace(":", ""),
                {"grouping": grouping, "label": label, "enrolled": str(enrolled)},
            )
            for grouping, label, enrolled in enrollment()
        ),
        *(
            (
                tabs.ROSTER,
                name.lower().replace(" ", "-"),
                {"name": name, "also_called": also_called},
            )
            for name, also_called in ROSTER
        ),
    ]
    for second, (tab, record_id, fields) in enumerate(rows):
        book.write(tab, record_id, FIRST_DAY + timedelta(seconds=second), COORDINATOR, fields)


def enrollment() -> list[tuple[str, str, int]]:
    """How many students each group has: (group question, label, number)."""
    by_grade = [
        ("Grade", f"Grade {grade}", sum(numbers[place] for numbers in school.ENROLLED.values()))
        for place, grade in enumerate(school.GRADES)
    ]
    by_program = [("Program", label, sum(each)) for label, each in school.ENROLLED.items()]
    return by_grade + by_program


def _waves(book: Book) -> None:
    """Each wave is opened on its first morning and its end is set on its last afternoon."""
    for wave in school.WAVES:
        opened = datetime.combine(wave.opens, time(7, 30))
        opens = {"label": wave.label, "opens": f"{wave.opens}T00:00:00", "closes": ""}
        book.write(tabs.WAVES, wave.wave_id, opened, COORDINATOR, opens)
        if wave.closes:
            last = datetime.combine(wave.closes - timedelta(days=1), time(15, 30))
            closes = {"closes": f"{wave.closes}T00:00:00"}
            book.write(tabs.WAVES, wave.wave_id, last, COORDINATOR, closes)
