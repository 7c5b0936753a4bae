"""The script of the next form: the school's practices, its last promises, whom to turn to."""

from collections.abc import Mapping, Sequence

from lib.catalogue import FORM, Practice
from lib.decided import RecordsByTab, one_line, stored_state
from lib.intake.form_script import form_script
from lib.plan.promises import PromiseState
from lib.publish.school import HELP_LINES
from lib.workbook import tabs
from lib.workbook.records import Record
from lib.workbook.settings import values

STEPS = (
    "Download the script and open [script.google.com](https://script.google.com), signed in as the "
    "account that shall own the answers.",
    "Make a new project, put the script in place of what is there, choose `makeForm` and press "
    "Run.",
    "Google asks whether the script may make forms and spreadsheets for you: allow it.",
    "The log shows the form's address for students, and the spreadsheet's for `secrets.toml`.",
    "After each wave, put the newest script in place of the old one and run it again: only the "
    "questions about your promises change.",
)
"""How a technology coordinator uses the script, in five sentences of Markdown."""

FIRST_STEPS = (
    "Download the script and open [script.google.com](https://script.google.com), signed in as the "
    "account that owns the connected spreadsheet.",
    *STEPS[1:3],
    "The log shows the form's address for students. Answers come into the connected spreadsheet; "
    "if the log names another one, put its address into `secrets.toml`.",
    "Come back and press “Look again”.",
)
"""The same on the day when a spreadsheet is connected and no form writes into it."""

HAVE_A_FORM = (
    "**You have a form already?** In Google Forms open Responses, choose Link to Sheets and select "
    "this spreadsheet."
)
"""What stands below them, in Markdown: the script is not the only way."""

_KEPT = frozenset({PromiseState.DOING, PromiseState.HALF_DONE, PromiseState.DONE})
_AT_MOST = 3
"""Promises that one form asks about: each costs every student a tap."""


def next_form(
    records: RecordsByTab,
    practices: Sequence[Practice],
    *,
    service_account: str = "",
    spreadsheet: str = "",
) -> str:
    """The script that makes the form, or renews its questions about promises.

    ``records`` are the decisions by tab and record id; the others as in ``form_script``.
    """
    return form_script(
        FORM,
        practices,
        service_account=service_account,
        spreadsheet=spreadsheet,
        promises=follow_ups(records.get(tabs.PROMISES, {})),
        contacts=contact_lines(records.get(tabs.SETTINGS, {})),
    )


def follow_ups(promises: Mapping[str, Record]) -> tuple[str, ...]:
    """What students are asked about next: the promises that were worked on last, three at most.

    Words to follow "We said we would", as the tab PD Promises has them.
    """
    worked_on = [
        record
        for record in promises.values()
        if one_line(record.fields.get("follow_up", ""))
        and stored_state(record, "state", PromiseState, PromiseState.LISTENING) in _KEPT
    ]
    worked_on.sort(key=lambda record: (record.latest.at, record.record_id), reverse=True)
    return tuple(one_line(record.fields["follow_up"]) for record in worked_on[:_AT_MOST])


def contact_lines(settings: Mapping[str, Record]) -> tuple[str, ...]:
    """Whom a student can turn to: the school's contacts, then the help lines, as it wrote them."""
    given = values(settings)
    lines = given.get("help line") or [f"{line.who} | {line.how}" for line in HELP_LINES]
    return tuple(_line(one_line(value)) for value in (*given.get("contact", ()), *lines))


def _line(value: str) -> str:
    """ "who | how or when | phone number" as a line; the number once where it is said already."""
    who, *rest = (part.strip() for part in value.split("|"))
    how = ", ".join(dict.fromkeys(part for part in rest if part and part != who))
    return f"{who}: {how}" if how else who
