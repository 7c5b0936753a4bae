"""What one card of the plan holds, and how it is saved in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lib.plan import focus as focus_room
from lib.plan import sessions as session_room
from lib.plan.focus import Focus
from lib.plan.sessions import Session, StudentPart
from lib.plan.words import PlanProblem
from lib.workbook import Event


@dataclass(frozen=True)
class Card:
    """The texts of a focus and its next session as they stand in the form."""

    owner: str
    done_when: str
    on: date | None
    student_part: StudentPart


def save(
    card: Card, focus: Focus, session: Session | None, *, who: str, at: datetime
) -> Sequence[Event]:
    """Make the events of what changed, and of nothing else.

    Without a day no session is planned. Raises PlanProblem when a text is too long, or when
    nothing changed at all.
    """
    events: list[Event] = []
    if (card.owner.strip(), card.done_when.strip()) != (focus.owner, focus.done_when):
        events.append(
            focus_room.edit(focus, owner=card.owner, done_when=card.done_when, who=who, at=at)
        )
    if card.on is not None and session is None:
        events.append(
            session_room.make(
                focus.record_id, on=card.on, student_part=card.student_part, who=who, at=at
            )
        )
    elif (
        card.on is not None
        and session is not None
        and (card.on, card.student_part) != (session.on, session.student_part)
    ):
        events.append(
            session_room.edit(session, on=card.on, student_part=card.student_part, who=who, at=at)
        )
    elif card.on is None and session is not None:
        events.append(session_room.cancel(session, who=who, at=at))
    if not events:
        raise PlanProblem("Nothing was changed, so nothing was saved.", "Change something first.")
    return events
