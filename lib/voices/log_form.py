"""What stands in the form of a conversation, for a new one and for one that is put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lib.catalogue import called
from lib.decided import DecisionProblem
from lib.intake.feedback import Standing
from lib.students_part import StudentPart
from lib.text import join_words
from lib.voices.conversations import Conversation, HowMany, Kind, edit, log
from lib.workbook.records import Event


@dataclass(frozen=True)
class Talk:
    """The fields as they are typed; a standing is None until somebody has chosen it.

    ``heard`` starts empty for a conversation that is put right, too: what was heard may be read by
    its reviewer alone until it was passed. Left empty, it stays as it is.
    """

    on: date
    kind: Kind
    students: HowMany
    standings: Mapping[str, Standing | None]
    student_part: StudentPart
    heard: str = ""


def empty(today: date) -> Talk:
    """The form of a new conversation."""
    return Talk(today, Kind.INFORMAL_TALK, HowMany.A_FEW, {}, StudentPart.ASKED)


def shown(talk: Conversation, today: date) -> Talk:
    """The form of a conversation as it stands now."""
    return Talk(talk.on or today, talk.kind, talk.students, talk.standings, talk.student_part)


def save(
    typed: Talk,
    talk: Conversation | None,
    names: Mapping[str, str],
    *,
    today: date,
    who: str,
    at: datetime,
) -> Event:
    """Write a conversation down, or put ``talk`` right. Raises DecisionProblem: what is missing.

    ``names``: what practices are called.
    """
    standings = {practice: said for practice, said in typed.standings.items() if said}
    open_ones = [called(p, names) for p in typed.standings if p not in standings]
    if open_ones:
        raise DecisionProblem(
            f"What was said of {join_words(open_ones)}?",
            "Choose works, isn't working or used to work.",
        )
    if talk is None:
        return log(
            on=typed.on,
            kind=typed.kind,
            students=typed.students,
            standings=standings,
            student_part=typed.student_part,
            heard=typed.heard,
            today=today,
            who=who,
            at=at,
        )
    return edit(
        talk,
        on=typed.on,
        kind=typed.kind,
        students=typed.students,
        standings=standings,
        student_part=typed.student_part,
        heard=typed.heard.strip() or talk.heard,
        today=today,
        who=who,
        at=at,
    )
