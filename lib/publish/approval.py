"""A second person reads the students' page before it is published, where the school wants that.

What is proposed is kept as it is, in a record of its own beside the page's: what is approved is
exactly what was read, whatever is written meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from lib.decided import DecisionProblem
from lib.evidence.floors import Floors
from lib.publish.json_form import UnreadablePage, from_json, to_json
from lib.publish.page import PublicPage
from lib.publish.versions import RECORD_ID, made, next_version, publish, why_not
from lib.workbook.records import Event, Record, moment_after
from lib.workbook.settings import newest

PROPOSAL_ID = "students-page-proposal"
SETTING = "second approver"
"""The setting's name in PD Settings; its value is yes or no."""

PROPOSED = "proposed"
APPROVED = "approved"
TAKEN_BACK = "taken back"

UNCHECKED = (
    "A second person is to approve this page. This app is open to everybody here, so it cannot "
    "check who presses the button. With sign-in it does."
)
"""What is said where nobody is signed in."""

_YES = frozenset({"yes", "y", "true", "on", "1", "required"})
_NO = frozenset({"", "no", "n", "false", "off", "0"})


@dataclass(frozen=True)
class Proposal:
    """A version that waits for approval: what students would read, who asked for it, and when."""

    page: PublicPage
    who: str
    at: datetime


def needs_second(settings: Mapping[str, Record]) -> bool:
    """Whether a second person must approve; ``settings`` are the records of PD Settings.

    A value that cannot be read asks for one: whoever wrote it wanted something.
    """
    return _second(settings) not in _NO


def second_unclear(settings: Mapping[str, Record]) -> bool:
    """Whether the setting holds something that is neither yes nor no."""
    return _second(settings) not in _YES | _NO


def proposal(records: Mapping[str, Record]) -> Proposal | None:
    """The version that waits for approval; None where none does.

    One that was proposed before the page last changed waits no longer: it may hold what was
    withdrawn since. ``records`` are those of the tab PD Published.
    """
    record, page = records.get(PROPOSAL_ID), records.get(RECORD_ID)
    if record is None or record.fields.get("state") != PROPOSED:
        return None
    asked = record.latest
    if page is not None and any(event.at >= asked.at for event in page.history):
        return None
    try:
        content = from_json(asked.fields.get("content", ""))
    except UnreadablePage:
        return None
    return (
        Proposal(content, asked.who, asked.at) if content.version == next_version(records) else None
    )


def publish_alone(
    page: PublicPage,
    records: Mapping[str, Record],
    settings: Mapping[str, Record],
    *,
    who: str,
    at: datetime,
) -> Event:
    """Publish a page without anybody else. Raises DecisionProblem where the school forbids it."""
    if needs_second(settings):
        raise DecisionProblem(
            "A second person must approve this page before students see it.",
            "Ask for approval instead.",
        )
    return publish(page, who=who, at=at, previous=records.get(RECORD_ID))


def propose(page: PublicPage, records: Mapping[str, Record], *, who: str, at: datetime) -> Event:
    """Ask for approval of a version. Raises DecisionProblem as publishing it would."""
    if (problem := why_not(page, records.get(RECORD_ID))) is not None:
        raise problem
    known = [record for i in (RECORD_ID, PROPOSAL_ID) if (record := records.get(i))]
    fields = {"version": str(page.version), "state": PROPOSED, "content": to_json(page)}
    # After all that happened to the page, by whichever clock: older ones do not count.
    return made(PROPOSAL_ID, fields, who, moment_after(at, *known), records.get(PROPOSAL_ID))


def take_back(records: Mapping[str, Record], *, who: str, at: datetime) -> Event:
    """Let a version wait no longer. Raises DecisionProblem where none waits."""
    if proposal(records) is None:
        raise _nothing_waits()
    fields = {"state": TAKEN_BACK, "content": ""}
    return made(PROPOSAL_ID, fields, who, at, records[PROPOSAL_ID])


def why_not_approve(
    waiting: Proposal, *, who: str, signed_in: bool, floors: Floors
) -> DecisionProblem | None:
    """Why this person cannot approve a version; None where they can.

    Nobody approves what they asked for themselves. Without sign-in nobody is known, so nothing is
    checked, and pages say ``UNCHECKED``. ``floors`` are those that hold now: what was composed
    under lower ones may hold what nobody is to see any more.
    """
    then = waiting.page.floors
    if floors.staff > then.staff or floors.public > then.public:
        return DecisionProblem("The floor was raised since.", "Take this back and ask again.")
    if signed_in and _person(who) == _person(waiting.who):
        return DecisionProblem(
            "You asked for this approval, so it takes somebody else to give it.",
            "Ask the principal or another member of the PD team to open this page.",
        )
    return None


def approve(
    records: Mapping[str, Record],
    *,
    who: str,
    at: datetime,
    on: date,
    signed_in: bool,
    floors: Floors,
) -> tuple[Event, Event]:
    """Publish the version that waits, as of ``on``, where the ``floors`` of now let it.

    Raises DecisionProblem where it may not be.
    """
    waiting = proposal(records)
    if waiting is None:
        raise _nothing_waits()
    refused = why_not_approve(waiting, who=who, signed_in=signed_in, floors=floors)
    if refused is not None:
        raise refused
    at = moment_after(at, *records.values())
    page = replace(waiting.page, published_on=on)
    asked = records[PROPOSAL_ID]
    return (
        publish(page, who=who, at=at, previous=records.get(RECORD_ID)),
        made(PROPOSAL_ID, {"state": APPROVED, "content": ""}, who, at, asked),
    )


def _second(settings: Mapping[str, Record]) -> str:
    return newest(settings).get(SETTING, "").casefold()


def _person(who: str) -> str:
    return who.strip().casefold()


def _nothing_waits() -> DecisionProblem:
    return DecisionProblem(
        "No version waits for approval any more.", "Read this page as it is now, then ask again."
    )
