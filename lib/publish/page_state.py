"""Where the students' page stands, in sentences for staff."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo

from lib.catalogue import called
from lib.decided import day_words, one_line
from lib.plan.history import page_words
from lib.plan.promises import Promise, PromiseState, came_of_it, late, missing
from lib.publish.approval import APPROVED, PROPOSAL_ID, Proposal
from lib.publish.versions import RECORD_ID, WITHDRAWN, published, versions, withdrawal
from lib.text import join_words
from lib.workbook.records import Record


def students_see(records: Mapping[str, Record], zone: tzinfo = UTC) -> str:
    """Say what students see now; ``records`` are those of the tab PD Published.

    ``zone`` is the school's time zone, in which days are said.
    """
    happened = versions(records)
    if not happened:
        return "Nothing is published yet: students read that your answers will stand here."
    newest, down = happened[0], withdrawal(records)
    when = day_words((down or newest).at.astimezone(zone).date())
    if down:
        said = f"Withdrawn on {when}: students read that the school is changing this page."
        unaware = f" Version {newest.number}, published without knowing of it, does not count."
        return said if newest.state == WITHDRAWN else said + unaware
    page = published(records)
    if page is None:
        return f"The published version is damaged, so students do not see it. {newest.problem}"
    return f"Students see version {page.version}, published on {when}. Below is what comes next."


def waits_for_approval(waiting: Proposal, zone: tzinfo = UTC) -> str:
    """Say that a version waits for approval, and since when."""
    when = day_words(waiting.at.astimezone(zone).date())
    asked = f"{waiting.who} asked for approval of version {waiting.page.version} on {when}"
    return f"{asked}. Students do not see it yet. Below is what they would read."


def history_lines(records: Mapping[str, Record], zone: tzinfo = UTC) -> tuple[str, ...]:
    """Everything that happened to the page, newest first, a line each.

    "Jan 28, 2027: Ana published version 2." ``zone`` is the school's time zone.
    """
    events = [
        event
        for record_id in (PROPOSAL_ID, RECORD_ID)
        if record_id in records
        for event in records[record_id].history
    ]
    events.sort(key=lambda event: (event.at, event.fields.get("state") != APPROVED))
    return tuple(
        f"{day_words(event.at.astimezone(zone).date())}: {one_line(event.who) or 'Somebody'} "
        f"{page_words(event.fields)}."
        for event in reversed(events)
    )


def before_publishing(
    told: Sequence[Promise], names: Mapping[str, str], *, today: date
) -> tuple[str, ...]:
    """What staff should know before they publish; ``names`` are the practices' names by id."""
    said = []
    short = [promise for promise in told if missing(promise)]
    if short:
        one = "answer is" if len(short) == 1 else "answers are"
        listed = join_words([called(promise.practice, names) for promise in short])
        said.append(
            f"{len(short)} {one} missing {_what(short)} and will not be published: {listed}."
        )
    behind = [p for p in told if p not in short and late(p, today)]
    if behind:
        a_day = "a new day" if len(behind) == 1 else "new days"
        listed = join_words([f"“{called(p.practice, names)}”" for p in behind])
        said.append(f"Set {a_day} for {listed}. Until then students read that you are late.")
    return tuple(said)


def _what(short: Sequence[Promise]) -> str:
    no_sentence = [not (p.you_said and came_of_it(p)) for p in short]
    no_day = [p.state is PromiseState.NOT_THIS_TIME and p.revisit is None for p in short]
    if not any(no_day):
        return "a sentence"
    return "a sentence or a day" if any(no_sentence) else "a day to look again"
