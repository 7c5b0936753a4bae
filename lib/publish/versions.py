"""The versions of the students' page: published, replaced, withdrawn.

All of them are revisions of one record in the tab PD Published, so that two people who publish
at once replace each other visibly instead of standing side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from lib.decided import DecisionProblem, one_line, signed
from lib.plan.promises import in_words
from lib.publish.json_form import UnreadablePage, from_json, to_json
from lib.publish.languages import ENGLISH, Language, offered
from lib.publish.page import PublicPage, PublicPromise, still_ahead
from lib.publish.school import PublicSchool
from lib.publish.students import Instead, render, render_instead
from lib.workbook import tabs
from lib.workbook.records import Event, Record, moment_after, new_event

RECORD_ID = "students-page"
"""The one record of the page in PD Published."""

PAGE_CHANGED = (
    "Somebody changed this page since you last saw it. Read it as it is now, then publish."
)
"""What staff read who saw another page than the one that would be published now."""

PUBLISHED = "published"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Version:
    """One line of the page's history: what happened to which version, when (UTC), by whom.

    ``problem`` says what is wrong with its content, "" when nothing is.
    """

    number: str
    state: str
    at: datetime
    who: str
    problem: str


def published(records: Mapping[str, Record]) -> PublicPage | None:
    """The page that students see now; None when there is none, it was withdrawn or is damaged.

    An older version never comes back by itself: it may hold what was withdrawn. ``records`` are
    those of the tab PD Published; ``versions`` says what is wrong with a damaged one.
    """
    record = records.get(RECORD_ID)
    if record is None or _withdrawal(record):
        return None
    try:
        return from_json(record.fields.get("content", ""))
    except UnreadablePage:
        return None


def served(
    records: Mapping[str, Record],
    school: PublicSchool,
    *,
    today: date,
    language: Language = ENGLISH,
) -> bytes:
    """What students read at /students now, as UTF-8; ``today`` is the school's."""
    page = published(records)
    if page is not None:
        return render(page, today=today, language=language, switch=offered())
    record = records.get(RECORD_ID)
    if record is None:
        instead = Instead.NOT_YET
    else:
        instead = Instead.CHANGING if _withdrawal(record) else Instead.BROKEN
    return render_instead(instead, school, language=language, switch=offered())


def readable(records: Mapping[str, Record]) -> tuple[tuple[PublicPromise, date], ...]:
    """The answers that students can read now, each with the day on which they first could.

    A new version with the same answer, a withdrawal between them, and newer numbers beside it
    leave that day as it is. ``records`` are those of the tab PD Published.
    """
    page = published(records)
    if page is None:
        return ()
    first: dict[tuple[object, ...], date] = {}
    for event in records[RECORD_ID].history:
        try:
            version = from_json(event.fields.get("content", ""))
        except UnreadablePage:
            continue
        for each in version.promises:
            answer, day = (each.practice, *in_words(each)), version.published_on
            first[answer] = min(first.get(answer, day), day)
    return tuple((each, first[each.practice, *in_words(each)]) for each in page.promises)


def next_version(records: Mapping[str, Record]) -> int:
    """The number that the next published version gets."""
    record = records.get(RECORD_ID)
    events = record.history if record else ()
    return 1 + sum(event.fields.get("state") == PUBLISHED for event in events)


def why_not(page: PublicPage, previous: Record | None) -> DecisionProblem | None:
    """Why this page is not to be published now; None when it may be. ``previous`` as below."""
    if not page.promises:
        return DecisionProblem(
            "No answer is ready to publish.", "Write one, with everything it needs, and save it."
        )
    now = published({RECORD_ID: previous} if previous else {})
    on = page.published_on
    if now and still_ahead(now, on) == still_ahead(
        replace(page, version=now.version, published_on=now.published_on), on
    ):
        return DecisionProblem("Students already see exactly this.", "Change something first.")
    return None


def mark_of(page: PublicPage) -> str:
    """What tells one page from another, its version and date included.

    The button that publishes bears it: a press is for the page it was drawn with, and no other.
    """
    return sha256(repr(page).encode()).hexdigest()[:32]


def publish(page: PublicPage, *, who: str, at: datetime, previous: Record | None) -> Event:
    """Freeze a page as the version students see.

    ``previous`` is the record ``RECORD_ID`` of the tab PD Published, None for the first version.
    Raises DecisionProblem when it is too long, holds no answer or is what students see already.
    """
    if (problem := why_not(page, previous)) is not None:
        raise problem
    fields = {"version": str(page.version), "state": PUBLISHED, "content": to_json(page)}
    return made(RECORD_ID, fields, who, at, previous)


def withdraw(previous: Record, *known: Record, who: str, at: datetime) -> Event:
    """Take the page down until something is published again. Raises DecisionProblem.

    ``known``: what else stood in the tab; whatever waits for approval there waits no longer.
    """
    if _withdrawal(previous):
        raise DecisionProblem("The students' page is withdrawn already.", "There is nothing to do.")
    at = moment_after(at, *known)
    return made(RECORD_ID, {"state": WITHDRAWN, "content": ""}, who, at, previous)


def versions(records: Mapping[str, Record]) -> tuple[Version, ...]:
    """Everything that happened to the students' page, newest first."""
    record = records.get(RECORD_ID)
    return tuple(_version(event) for event in reversed(record.history)) if record else ()


def withdrawal(records: Mapping[str, Record]) -> Version | None:
    """The withdrawal that keeps the page down now; None when nothing was withdrawn."""
    record = records.get(RECORD_ID)
    event = _withdrawal(record) if record else None
    return _version(event) if event else None


def made(
    record_id: str, fields: Mapping[str, str], who: str, at: datetime, previous: Record | None
) -> Event:
    """The next event of a record of the tab PD Published, or the first."""
    return new_event(
        tabs.PUBLISHED,
        fields,
        who=signed(who),
        at=at,
        record_id=record_id,
        previous=previous,
    )


def _withdrawal(record: Record) -> Event | None:
    """The withdrawal that keeps the page down; None when the page is up.

    It holds against every version whose publisher cannot have known of it: one made from something
    older, one from the same state, one decided before it. Better a page that is down by mistake.
    """
    newest = record.latest
    known = record.history.index(before) if (before := record.before(newest)) else -1
    held = [
        event
        for place, event in enumerate(record.history)
        if event.fields.get("state") != PUBLISHED
        and (place > known or event.revision == newest.revision or event.at > newest.at)
    ]
    return held[-1] if held else None


def _version(event: Event) -> Version:
    problem = ""
    if event.fields.get("state") == PUBLISHED:
        try:
            from_json(event.fields.get("content", ""))
        except UnreadablePage as error:
            problem = f"{error.says} {error.do}"
    return Version(
        number=one_line(event.fields.get("version", "")),
        state=one_line(event.fields.get("state", "")),
        at=event.at,
        who=one_line(event.who),
        problem=problem,
    )
