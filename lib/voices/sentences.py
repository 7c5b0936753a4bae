"""What waits, what came back and what was counted, in sentences for the screen."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from lib.catalogue import called
from lib.decided import cut, day_words, span
from lib.evidence.beside import OFTEN
from lib.evidence.types import Wave
from lib.text import count, join_words
from lib.voices.bring_back import BringBack
from lib.voices.drills import Drill
from lib.voices.hours import HOURS_SETTING, WITHIN_SETTING, SchoolHours
from lib.voices.review import State
from lib.voices.review_queue import Backlog, Item
from lib.voices.safety import Level
from lib.voices.safety_queue import Case, Step, overdue
from lib.voices.sayings import Source
from lib.voices.shown import Shown
from lib.voices.suggest import Suggestion
from lib.voices.themes import ThemeCounts

KINDS: Mapping[Source, str] = {
    Source.COMMENT: "Comment",
    Source.CONVERSATION: "Note of a conversation",
    Source.PANEL: "Line of a panel",
    Source.DRILL: "Drill: made up to try the chain",
}

NOT_WATCHED = (
    "**This app does not watch.** A comment is seen when somebody looks here, not in real time, "
    "and nobody is paged or called."
)


def waits(backlog: Backlog, *, flags: bool = True, read: bool = True) -> str:
    """How many comments wait for a reviewer, how long the oldest has, how many are flagged.

    ``read``: whether there are comments to tell it from, and not a copy without them.
    """
    if not backlog.waiting:
        return "No comment waits for review." if read else "What waits for review is not known now."
    verb = "waits" if backlog.waiting == 1 else "wait"
    said = f"{count(backlog.waiting, 'comment')} {verb} for review"
    if backlog.oldest_days is not None:
        said += f", the oldest {_since(backlog.oldest_days)}"
    return f"{said}. {flagged(backlog)}".strip() if flags else f"{said}."


def flagged(backlog: Backlog) -> str:
    """How many of those that wait are flagged; "" for none."""
    levels = ((backlog.red, Level.RED.value), (backlog.amber, Level.AMBER.value))
    named = [f"{number} {word}" for number, word in levels if number]
    return f"Flagged: {join_words(named)}." if named else ""


def new_since(backlog: Backlog) -> str:
    """What came in since the reviewer last decided anything; "" where all of it did."""
    if backlog.new == backlog.waiting:
        return ""
    return f"{count(backlog.new, 'comment')} came in since you last decided.".capitalize()


def _since(days: int) -> str:
    return f"for {span(days)}" if days else "since today"


def about(item: Item) -> str:
    """Where a saying comes from: its kind, wave or month, and the question it answers."""
    saying = item.saying
    when = saying.wave.label if saying.wave else item.month
    return _sentences(KINDS[item.source], when, saying.question)


def flag(item: Item) -> str:
    """What the lists make of a saying; they order the reading and clear nothing."""
    concern = item.reading.concern
    if concern.level is Level.NONE:
        return ""
    return f"Flagged {concern.level.value}: {concern.words}"


ACTS = (
    ("pass", "Pass", "P"),
    ("edit", "Edit the words", "E"),
    ("hold", "Hold", "H"),
    ("refer", "Refer to the counselor", "F"),
)
"""What a reviewer can do with a saying: its name, what the button says, its key."""


def likely_act(item: Item) -> str:
    """The button that stands out: nobody should pass a red flag without a second look."""
    return "refer" if item.reading.concern.level is Level.RED else "pass"


DONE: Mapping[State, str] = {
    State.PASSED: "Passed. U takes it back.",
    State.REDACTED: "Passed with your words. U takes it back.",
    State.HELD: "Held: nobody else sees it. U takes it back.",
    State.REFERRED: "Referred: it is with the counselor, and in no other queue.",
}
"""What is said after each decision."""


PLACES: Mapping[State, str] = {
    State.UNREVIEWED: "Waiting",
    State.HELD: "Held",
    State.PASSED: "Passed",
    State.REDACTED: "Passed with other words",
}
"""What each place of the review is called."""

EMPTY: Mapping[State, str] = {
    State.UNREVIEWED: "**Every comment has been read.** New ones come here as soon as they arrive.",
    State.HELD: "Nothing is held.",
    State.PASSED: "Nothing has been passed yet.",
    State.REDACTED: "No words have been edited.",
}
"""What is said of an empty place."""

_BEGINNING = 40


def beginning(item: Item) -> str:
    """The first words of a saying, names masked."""
    return cut(item.reading.masked.text, _BEGINNING)


def suggested(each: Suggestion, names: Mapping[str, str]) -> str:
    """A word that may join a list."""
    name = called(each.practice, names)
    return f"“{each.word}” for {name}: in {count(each.comments, 'corrected comment')}"


def waiting_cases(cases: Sequence[Case]) -> str:
    """How many cases nobody has in hand; "" for none. Drills are not counted."""
    mine = [c for c in cases if c.open and not c.drill]
    if not mine:
        return ""
    late = overdue(cases)
    verb = "waits" if len(mine) == 1 else "wait"
    said = f"{count(len(mine), 'referred comment')} {verb} for you"
    return f"{said}, {late} overdue." if late else f"{said}."


def safety_title(cases: Sequence[Case], *, read: bool = True) -> str:
    """The state of the counselor's queue in one sentence; a drill is said where nothing else is.

    ``read`` as in ``waits``: who has the words of a referred comment is known by the words alone.
    """
    drill = any(c.drill and c.open for c in cases)
    rest = "Only a drill waits for you" if drill else "Nothing waits for you"
    rest = rest if read else "What waits for you is not known now"
    return (waiting_cases(cases) or rest).removesuffix(".")


def case_label(case: Case, zone: tzinfo) -> str:
    """One case in a list: how far it is, since when, and whether it is late."""
    late = ", overdue" if case.overdue else ""
    drill = ", drill" if case.drill else ""
    return f"{case.step.value.capitalize()}{late}{drill}, since {moment(case.since, zone)}"


def clock(case: Case, zone: tzinfo) -> str:
    """Until when somebody must have a case in hand, in the school's own hours."""
    gone = f"{_hours(case.waited)} of school time gone by"
    if not case.open:
        return f"{case.step.value.capitalize()}: the clock has stopped."
    if case.overdue:
        return f"Overdue since {moment(case.due, zone)}: {gone}."
    return f"To be in good hands by {moment(case.due, zone)}: {gone}."


def _hours(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    return count(minutes // 60, "hour") if minutes >= 60 else count(minutes, "minute")


def case_lines(case: Case, zone: tzinfo) -> tuple[str, ...]:
    """Everything done with a case: what, when, who; oldest first."""
    if case.alike:
        return (f"Came here {moment(case.since, zone)}: its words are those of a referred one.",)
    lines: list[str] = []
    for event in case.history:
        step = event.fields.get("step", "") or Step.NEW.value
        what = "Referred" if not lines else f"Marked “{step}”"
        lines.append(f"{what} {moment(event.at, zone)} by {event.who}.")
    return tuple(lines)


def drill_line(drill: Drill, zone: tzinfo) -> str:
    """How far one try of the chain got."""
    began, who = drill.started
    said = f"Begun {moment(began, zone)} by {who}"
    if drill.referred is None:
        return f"{said}. It waits in the review queue: whoever reviews must refer it."
    said += f"; referred {moment(drill.referred[0], zone)} by {drill.referred[1]}"
    if drill.seen is None:
        return f"{said}. It is in this queue: mark it as seen."
    return f"{said}; seen {moment(drill.seen[0], zone)} by {drill.seen[1]}. The chain works."


def moment(at: datetime, zone: tzinfo) -> str:
    """A moment in the school's time: "Oct 12, 2026, 9:18 AM"."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())}, {local.hour % 12 or 12}:{local:%M %p}"


def bring_back_line(found: BringBack) -> str:
    """Who says that a practice used to work, and since when: printed figures only."""
    said = []
    if found.figure:
        said.append(f"{found.figure.text} of all who answered")
    if found.groups:
        named = [f"{each.group} ({each.figure.text})" for each in found.groups[:3]]
        said.append(f"most in {join_words(named)}")
    line = "; ".join(said)
    if found.since:
        line += f". Said by {OFTEN}% or more since {found.since}"
    if found.talks:
        line += f"{'. ' if line else ''}Came up in {count(found.talks, 'conversation')}"
    return f"{line}."


def voices_title(missed: Sequence[BringBack], names: Mapping[str, str]) -> str:
    """The finding of the Voices page: what students miss most, by its printed share."""
    first = next((each for each in missed if each.figure), None)
    if first is None:
        return "What students say"
    return f"{called(first.practice, names)} is what students miss most"


def themes_words(counted: ThemeCounts | None, shown: Sequence[Shown], wave: Wave) -> str:
    """How many of a wave's passed comments the lists know, and how many somebody must read."""
    if counted is None:
        return f"Too few passed comments in {wave.label} to count what they are about."
    said = [f"{wave.label}: {counted.of} passed comments. One may be about several practices."]
    if counted.rest is None:
        said.append("The others, and those that no list knows, are too few to count apart.")
    else:
        said.append(f"{counted.rest} are about other practices alone.")
        said.append(f"{counted.unassigned} are about none that a list knows: please read those.")
    other = sum(each.other_language for each in shown if each.wave_id == wave.wave_id)
    if other:
        verb = "is" if other == 1 else "are"
        said.append(f"{other} {verb} in a language without a list: please read.")
    return " ".join(said)


STEP_WORDS: Mapping[Step, str] = {
    Step.NEW: "Back to new",
    Step.SEEN: "I have seen it",
    Step.HANDED_OVER: "Handed over",
    Step.CLOSED: "Close it",
}
"""What a counselor says of a case by pressing a button."""

NEXT: Mapping[Step, Step] = {
    Step.NEW: Step.SEEN,
    Step.SEEN: Step.HANDED_OVER,
    Step.HANDED_OVER: Step.CLOSED,
}
"""The step that usually comes next."""


def case_about(case: Case) -> str:
    """Where a case comes from, and where its words stand in the form's sheet."""
    saying = case.saying
    if saying is None:
        return KINDS[case.source]
    when = saying.wave.label if saying.wave else ""
    row = f"Row {saying.row} of the form's sheet, as last read" if saying.row else ""
    return _sentences(KINDS[case.source], when, saying.question, row)


def _sentences(*parts: str) -> str:
    """The parts that say something, each with a sign at its end."""
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


def hours_words(hours: SchoolHours) -> str:
    """When the clock runs, and for how long."""
    return (
        f"The clock runs in the school's own hours, {hours.words}, and allows "
        f"{count(hours.within, 'hour')}. Holidays are not known to it. PD Settings changes both: "
        f"“{HOURS_SETTING}” and “{WITHIN_SETTING}”."
    )
