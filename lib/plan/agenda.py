"""The agenda of a PD session: minutes, protocols that schools use, and the practice's own lines.

An agenda is kept, and edited, as text that anybody can read in the sheet::

    10 min: Look at the chart before opinions
    Everybody looks alone for a minute. Then one sentence each: "I see ...".
    - Fall 2026: 47% not favorable

A part begins with its minutes and a colon, a full stop or a dash; without one, the line belongs
to the part above it, as does one that begins with a dash.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lib.catalogue import Practice, last_name
from lib.decided import DecisionProblem, day_words, one_line
from lib.plan.focus import Focus
from lib.students_part import StudentPart

LONGEST = 6000
"""Characters of a whole agenda; a cell of a sheet takes 50,000."""

LEAST_MINUTES = 6
"""A minute for each part of the agenda to begin with."""

MOST_MINUTES = 480
"""A school day."""

_PART = re.compile(r"(\d{1,3})\s*(?:minutes|mins|min|m)\b\.?\s*[:.\-–—]\s*(.*)", re.IGNORECASE)
_DASH = re.compile(r"[-*•–]\s+")


@dataclass(frozen=True)
class Item:
    """One part of an agenda: its title, how long it takes, how it is done, and its own lines."""

    title: str
    minutes: int
    protocol: str
    lines: tuple[str, ...] = ()


def draft(
    focus: Focus,
    practice: Practice | None,
    *,
    opening: str,
    minutes: int,
    student_part: StudentPart,
) -> tuple[Item, ...]:
    """The agenda to begin with for a focus: six parts, of exactly ``minutes`` together.

    ``minutes`` are ``LEAST_MINUTES`` or more. ``practice`` is None where the school's list no
    longer has it. ``opening`` is what the figures say, of which a room with students may hear all
    (``lib.plan.focus.public_words``).
    """
    shares, items = zip(*_parts(focus, practice, opening, student_part), strict=True)
    return tuple(
        Item(item.title, own, item.protocol, tuple(line for line in item.lines if line))
        for item, own in zip(items, _spread(minutes, shares), strict=True)
    )


def minutes(items: Sequence[Item]) -> int:
    """How long the parts take together."""
    return sum(item.minutes for item in items)


def minutes_words(items: Sequence[Item], length: int) -> str:
    """The sum of the parts beside the session's length: "55 of 60 minutes, 5 are left"."""
    total = minutes(items)
    if total == length:
        return f"{total} of {length} minutes."
    left = abs(length - total)
    rest = f"{left} {'is' if left == 1 else 'are'} left" if total < length else f"{left} too many"
    return f"{total} of {length} minutes, {rest}."


def text(items: Sequence[Item]) -> str:
    """The agenda as it is kept and edited."""
    return "\n\n".join(
        "\n".join(
            (
                f"{item.minutes} min: {item.title}",
                *([item.protocol] if item.protocol else []),
                *(f"- {line}" for line in item.lines),
            )
        )
        for item in items
    )


def typed(agenda: str) -> tuple[Item, ...]:
    """Read an agenda that somebody typed. Raises DecisionProblem: it says what to put right."""
    if len(agenda) > LONGEST:
        raise DecisionProblem(
            f"The agenda has {len(agenda):,} characters, and {LONGEST:,} fit.",
            "Please say it shorter.",
        )
    written = [line for raw in agenda.splitlines() if (line := one_line(raw))]
    if written and not _PART.fullmatch(written[0]):
        raise DecisionProblem(
            "The agenda does not begin with a part.",
            "Begin each part with its minutes: “10 min: Students first”.",
        )
    items = read(agenda)
    if any(not item.title for item in items):
        raise DecisionProblem("A part has no title.", "Write it as “10 min: Students first”.")
    if minutes(items) > MOST_MINUTES:
        raise DecisionProblem(
            f"The parts take {minutes(items)} minutes together, more than a school day.",
            "Give them fewer minutes.",
        )
    return items


def read(agenda: str) -> tuple[Item, ...]:
    """Read an agenda back from the sheet, where anything may stand; lines before a part are lost.

    Of a part, lines that begin with a dash are its own lines, and all others its protocol.
    """
    found: list[Item] = []
    for raw in agenda[: 2 * LONGEST].splitlines():
        line = one_line(raw)
        if part := _PART.fullmatch(line):
            found.append(Item(one_line(part[2]), int(part[1]), ""))
        elif line and found:
            last = found[-1]
            if dash := _DASH.match(line):
                found[-1] = Item(
                    last.title, last.minutes, last.protocol, (*last.lines, line[dash.end() :])
                )
            else:
                protocol = f"{last.protocol} {line}".strip()
                found[-1] = Item(last.title, last.minutes, protocol, last.lines)
    return tuple(found)


def _parts(
    focus: Focus, practice: Practice | None, opening: str, student_part: StudentPart
) -> list[tuple[int, Item]]:
    """The parts, as many as ``LEAST_MINUTES``, each with its share of an hour in minutes."""
    name = practice.name if practice else last_name(focus.practice)
    present = student_part not in (StudentPart.TOLD, StudentPart.ASKED)
    students = (
        "Students speak before any adult does. Adults ask one thing only: “Tell me more.”"
        if present
        else "Read what students said aloud, in their words. Two minutes of silence before anyone "
        "answers."
    )
    would_notice = (
        "Plan it in pairs, and ask a student: “Would you notice?”"
        if present
        else "Plan it in pairs, and ask: “Would a student notice?”"
    )
    again = f"We look again on {day_words(focus.recheck)}." if focus.recheck else ""
    said = f"Students rated: “{practice.statement}”" if practice and practice.statement else ""
    return [
        (
            10,
            Item(
                "Look at the chart before opinions",
                0,
                "Everybody looks alone for a minute. Then one sentence each that begins “I see”. "
                "No reasons yet.",
                (opening,),
            ),
        ),
        (15, Item("Students first", 0, students, (said, focus.prefer))),
        (
            10,
            Item(
                f"What “{name}” looks like",
                0,
                "In threes: where did this happen last week, and where could it have?",
                practice.looks_like if practice else (),
            ),
        ),
        (
            15,
            Item(
                "One change to try on Monday",
                0,
                would_notice,
                (practice.monday_move if practice else "",),
            ),
        ),
        (
            5,
            Item(
                "Commitment",
                0,
                "Each writes one sentence and reads it aloud: “On Monday, in my second class, "
                "I will ...”",
            ),
        ),
        (
            5,
            Item(
                "When we look again",
                0,
                "Say aloud what students should notice by then, and who asks them.",
                (f"How we will know: {focus.done_when}" if focus.done_when else "", again),
            ),
        ),
    ]


def _spread(total: int, shares: Sequence[int]) -> list[int]:
    """Divide ``total`` minutes by ``shares``; the sum is exact and no part below a minute."""
    free = total - len(shares)
    exact = [free * share / sum(shares) for share in shares]
    whole = [1 + int(each) for each in exact]
    missing = free + len(shares) - sum(whole)
    by_rest = sorted(range(len(shares)), key=lambda i: (int(exact[i]) - exact[i], i))
    for index in by_rest[:missing]:
        whole[index] += 1
    return whole
