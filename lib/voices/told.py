"""Conversations and panels in sentences for the screen: beside the form's figures, in none."""

from collections import Counter
from collections.abc import Mapping, Sequence

from lib.catalogue import called
from lib.decided import day_words
from lib.evidence.types import Figure
from lib.intake.feedback import Standing
from lib.students_part import StudentPart
from lib.text import count, join_words
from lib.voices.conversations import Conversation, HowMany, Kind
from lib.voices.half_held import HalfHeld
from lib.voices.panel import LONGEST_LINE, Gap, Panel, Part, Room, StudentsOrder

KIND_WORDS: Mapping[Kind, str] = {
    Kind.INFORMAL_TALK: "Informal talk",
    Kind.STUDENT_PANEL: "Student panel",
    Kind.SHADOWING_DAY: "Shadowing day",
    Kind.STUDENT_LED_PD: "Student-led PD",
}
"""What each kind of conversation is called on screen."""

STUDENTS_WORDS: Mapping[HowMany, str] = {
    HowMany.A_FEW: "A few",
    HowMany.FIVE_TO_NINE: "5 to 9",
    HowMany.TEN_OR_MORE: "10 or more",
}
"""How many students, as it is asked and shown: never the number."""

TALK_PART_WORDS: Mapping[StudentPart, str] = {
    StudentPart.TOLD: "Told: we talked, they listened",
    StudentPart.ASKED: "Asked: they answered our questions",
    StudentPart.AT_THE_TABLE: "At the table: we talked it over",
    StudentPart.CO_DESIGNING: "Co-designing: we worked out an idea together",
    StudentPart.LEADING: "Leading: they chose what we talked about",
}
"""The students' part in a conversation, from least to most."""

ROOM_WORDS: Mapping[Room, str] = {
    Room.STUDENTS: "Students at the table",
    Room.STAFF: "Staff meeting",
}
"""Who sits in the room, as it is asked."""

PART_ASKS: Mapping[Part, str] = {
    Part.STRENGTH: "What is strong here?",
    Part.CONCERN: "What worries us?",
    Part.IDEA: "A first idea",
}
"""What the room is asked about each practice."""

PART_TITLES: Mapping[Part, str] = {
    Part.STRENGTH: "Strong",
    Part.CONCERN: "Worries",
    Part.IDEA: "First idea",
}
"""What stands before a room's line once it may be read."""

HOW_A_PANEL_GOES = (
    "For each practice the room makes one guess before it sees what students answered; then it "
    "names what is strong, what worries it and a first idea. At the end it puts the practices in "
    "order. Skip what you like. Guesses and words are the room’s: no name is kept."
)
"""What a room is told before it begins."""

NOT_SAVED_YET = (
    "Nothing is in the spreadsheet before “Save the panel”. Until then it is kept in the app’s "
    "memory, for you alone: a reload finds it again, a restart of the app does not."
)
"""What becomes of a half-held panel."""

GONE = (
    "The panel of this address is no longer here: it was dropped or withdrawn, or before it was "
    "saved the app was started again or many others were begun."
)
"""Said where somebody comes back to a panel that nobody holds any more."""

UNREAD = "What was heard is shown here once a person has read and passed it."
WHAT_COMES_OF_IT = (
    "A person reads every line before anybody else sees it. What comes of it will stand on "
    "[the students' page](/students)."
)
UNREAD_LINES = "Lines of a panel are shown here once a person has read and passed them."
"""Said of words whatever became of them: that they were held or referred is not for this page."""


def most_mentioned(
    mentions: Mapping[str, Counter[Standing]], names: Mapping[str, str]
) -> tuple[str, ...]:
    """The practices that came up, most often first; of equals as the school orders them."""
    order = {practice: place for place, practice in enumerate(names)}
    return tuple(
        sorted(mentions, key=lambda p: (-mentions[p].total(), order.get(p, len(order)), p))
    )


def talks_title(mentions: Mapping[str, Counter[Standing]], names: Mapping[str, str]) -> str:
    """The finding of the Conversations page: what comes up most, with a practice's name."""
    if not mentions:
        return "Every talk with a student teaches us something"
    most = most_mentioned(mentions, names)[0]
    return f"{called(most, names)} comes up most when we talk with students"


def came_up(said: Mapping[Standing, int]) -> str:
    """In how many conversations a practice came up, and as what; "" for none."""
    named = [standing for standing in Standing if said.get(standing)]
    if not named:
        return ""
    talks = count(sum(said.values()), "conversation")
    parts = [f"{standing.value} in {said[standing]}" for standing in named]
    if len(named) == 1:
        parts = [named[0].value + (" each time" if said[named[0]] > 1 else "")]
    return f"Came up in {talks}: {join_words(parts)}."


def talk_head(talk: Conversation) -> str:
    """When, what and with how many: "November 2026: student panel, 10 or more students"."""
    students = STUDENTS_WORDS[talk.students].lower()
    return f"{talk.month or 'No date'}: {KIND_WORDS[talk.kind]}, {students} students"


def talk_says(talk: Conversation, names: Mapping[str, str]) -> tuple[str, ...]:
    """What was said of each practice: "Hands-on learning: used to work"."""
    return tuple(
        f"{called(practice, names)}: {standing.value}"
        for practice, standing in talk.standings.items()
    )


def open_words(held: HalfHeld) -> str:
    """How far a half-held panel has come."""
    at = f"practice {held.place + 1} of {len(held.practices)}" if held.practice else "the order"
    return f"Not saved yet: {ROOM_WORDS[held.room].lower()}, {day_words(held.on)}, at {at}"


def too_long(practices: Sequence[str], names: Mapping[str, str]) -> str:
    """What to shorten before a panel can be saved."""
    which = join_words([f"“{called(practice, names)}”" for practice in practices])
    return f"A line on {which} has more than {LONGEST_LINE} characters. Shorten it before saving."


def panel_head(panel: Panel) -> str:
    """When a panel was held, and by whom: "November 2026: student panel, 10 or more students"."""
    if panel.room is Room.STAFF:
        return f"{panel.month or 'No date'}: staff meeting"
    students = STUDENTS_WORDS[panel.students].lower()
    return f"{panel.month or 'No date'}: student panel, {students} students"


def gap_words(guess: int, printed: Figure) -> str:
    """How far the room was off: "The room guessed 60%, and it is 48%: 12 points too high"."""
    points = guess - printed.percent
    off = f"{count(abs(points), 'point')} too {'high' if points > 0 else 'low'}"
    inside = printed.low <= guess <= printed.high
    near = " (within what is likely)" if inside and points else ""
    right = "exactly right" if not points else f"{off}{near}"
    return f"The room guessed {guess}%, and it is {printed.text}: {right}."


def guesses_words(found: Sequence[Gap], names: Mapping[str, str]) -> str:
    """Where the room was furthest off, and how often it was right; "" without a guess."""
    if not found:
        return ""
    right = sum(gap.printed.low <= gap.guess <= gap.printed.high for gap in found)
    guessed = count(len(found), "practice")
    said = f"The room guessed {guessed}, {right or 'none'} within what is likely."
    widest = found[0]
    if not widest.points:
        return said
    off = f"guessed {widest.guess}%, it was {widest.printed.text}"
    return f"{said} Furthest off: {called(widest.practice, names)} ({off})."


def order_title(order: StudentsOrder) -> str:
    """Whose order it is: "A student panel in November 2026, 10 or more students"."""
    when = f" in {order.month}" if order.month else ""
    return f"A student panel{when}, {STUDENTS_WORDS[order.students].lower()} students"


def order_words(order: StudentsOrder | None, names: Mapping[str, str]) -> str:
    """The students' order in one sentence; "" where no panel gave one."""
    if order is None:
        return ""
    listed = [
        f"{place} {called(practice, names)}" for place, practice in enumerate(order.practices, 1)
    ]
    return f"{order_title(order)}, put first what matters most: {', '.join(listed)}."


def place_words(order: StudentsOrder | None, practice: str) -> str:
    """Where students put one practice; "" where they did not."""
    if order is None or practice not in order.practices:
        return ""
    when = f" of {order.month}" if order.month else ""
    place = order.practices.index(practice) + 1
    return f"The student panel{when} put it at place {place} of {len(order.practices)}."


def beside(
    mentions: Mapping[str, Mapping[Standing, int]], order: StudentsOrder | None, practice: str
) -> tuple[str, ...]:
    """What conversations and the students' order say of a practice, to stand beside its figures."""
    said = (came_up(mentions.get(practice, {})), place_words(order, practice))
    return tuple(sentence for sentence in said if sentence)
