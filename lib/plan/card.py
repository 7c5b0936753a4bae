"""What one card of the plan holds, and how it is saved in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from lib.catalogue import called
from lib.decided import DecisionProblem, day_words, fields_before, nothing_changed
from lib.plan import focus as focus_room
from lib.plan import sessions as session_room
from lib.plan.focus import Focus, FocusState
from lib.plan.history import changes, lines
from lib.plan.sessions import Session, SessionState
from lib.students_part import StudentPart
from lib.workbook import Event, Record, moment_after

_OF_THE_CARD = ("date", "student_part", "state")
"""What a card shows of a session."""


@dataclass(frozen=True)
class Card:
    """The texts of a focus and its next session as they stand in the form.

    ``session`` is the record id of that session, "" where none is planned.
    """

    owner: str
    done_when: str
    on: date | None
    student_part: StudentPart
    prefer: str = ""
    recheck: date | None = None
    session: str = ""


def about(drawn: Card, session: Session | None, planned: Sequence[Session]) -> Session | None:
    """The session that a card was drawn with; ``session``, the next one now, where it had none.

    Whoever moves a session must not move another that has become the next one meanwhile.
    """
    return next((each for each in planned if each.record_id == drawn.session), session)


def shown(focus: Focus, session: Session | None) -> Card:
    """The card as it stands: the next session's day and part, if one is planned."""
    part = session.student_part if session else StudentPart.AT_THE_TABLE
    on, which = (session.on, session.record_id) if session else (None, "")
    return Card(focus.owner, focus.done_when, on, part, focus.prefer, focus.recheck, which)


def save(
    card: Card,
    focus: Focus,
    session: Session | None,
    *,
    planned: Sequence[Session],
    who: str,
    at: datetime,
) -> Sequence[Event]:
    """Make the events of what changed, and of nothing else.

    Without a day no session is planned. Raises DecisionProblem when the focus runs no more, when a
    text is too long, when it has another session among ``planned`` on that day, or when nothing
    changed at all.
    """
    if focus.state is not FocusState.RUNNING:
        raise DecisionProblem(
            f"Not saved: somebody has marked this focus as {focus.state.value} since you opened "
            "its card.",
            "Reopen it under Before, and type your changes again.",
        )
    events: list[Event] = []
    typed = (card.owner.strip(), card.done_when.strip(), card.prefer.strip(), card.recheck)
    if typed != (focus.owner, focus.done_when, focus.prefer, focus.recheck):
        about = {"owner": card.owner, "done_when": card.done_when, "prefer": card.prefer}
        events.append(focus_room.edit(focus, **about, recheck=card.recheck, who=who, at=at))
    if card.on is not None and session is None:
        events.append(
            session_room.add(
                focus.record_id,
                on=card.on,
                student_part=card.student_part,
                planned=planned,
                who=who,
                at=at,
            )
        )
    elif (
        card.on is not None
        and session is not None
        and (card.on, card.student_part) != (session.on, session.student_part)
    ):
        events.append(
            session_room.edit(
                session,
                on=card.on,
                student_part=card.student_part,
                planned=planned,
                who=who,
                at=at,
            )
        )
    elif card.on is None and session is not None:
        events.append(session_room.cancel(session, who=who, at=at))
    if not events:
        raise nothing_changed()
    return events


def records(focus: Focus, planned: Sequence[Session]) -> tuple[Record, ...]:
    """All that a card stands for: the focus, and each of its sessions."""
    return tuple(each.record for each in _on_card(focus, planned))


def after(at: datetime, focus: Focus, planned: Sequence[Session]) -> datetime:
    """Return ``at``, or the first moment after all that happened on this card.

    So that what is saved here in one go has one time, and is known as what changed last.
    """
    return moment_after(at, *records(focus, planned))


def last_change(
    focus: Focus, planned: Sequence[Session], *, today: date, zone: tzinfo
) -> tuple[Focus | Session, ...]:
    """What of a card changed last, in one go, and can be taken back; ``zone`` is the school's.

    Undoing the choice itself has a name and a place of its own, so it is none of it. Nor is a
    session that took place since its last change. Empty when nothing can be taken back.
    """
    found = [each for each in _on_card(focus, planned) if _undoable(each, today, zone)]
    newest = max((each.record.latest.at for each in found), default=None)
    return tuple(each for each in found if each.record.latest.at == newest)


def undo(
    last: Sequence[Focus | Session],
    *,
    chosen: Sequence[Focus],
    planned: Sequence[Session],
    names: Mapping[str, str],
    who: str,
    at: datetime,
) -> Sequence[Event]:
    """Take back what changed last, of all focuses ``chosen`` and sessions ``planned``.

    Raises DecisionProblem as ``lib.plan.focus.undo`` and ``lib.plan.sessions.undo`` do.
    """
    return [
        session_room.undo(each, planned=planned, who=who, at=at)
        if isinstance(each, Session)
        else focus_room.undo(each, chosen=chosen, names=names, who=who, at=at)
        for each in last
    ]


def undone(last: Sequence[Focus | Session], names: Mapping[str, str]) -> str:
    """Say what stands once the last change is taken back."""
    return " ".join(
        _session_again(each) if isinstance(each, Session) else _focus_again(each, names)
        for each in last
    )


def said(
    last: Sequence[Focus | Session], *, names: Mapping[str, str], zone: tzinfo
) -> tuple[str, ...]:
    """Say the last change itself, as the history does."""
    return tuple(lines(each.record, names=names, zone=zone)[-1] for each in last)


def _on_card(focus: Focus, planned: Sequence[Session]) -> list[Focus | Session]:
    return [focus, *(session for session in planned if session.focus == focus.record_id)]


def _undoable(each: Focus | Session, today: date, zone: tzinfo) -> bool:
    if isinstance(each, Focus):
        return each.record.before(each.record.latest) is not None
    # Its agenda and what came of it are the session's own page's, which has an Undo of its own.
    before = fields_before(each.record)
    if before and all(before.get(c) == each.record.fields.get(c) for c in _OF_THE_CARD):
        return False
    # A day that was in the past when it was set is a slip, or was written down afterwards.
    took_place = each.on and each.record.latest.at.astimezone(zone).date() <= each.on < today
    return not (took_place and session_room.stands(each))


def _focus_again(focus: Focus, names: Mapping[str, str]) -> str:
    before = fields_before(focus.record) or {}
    name = called(focus.practice, names)
    if before.get("state") != focus.record.fields.get("state"):
        runs = before.get("state") == FocusState.RUNNING.value
        return f"“{name}” is {'a focus again' if runs else 'no longer a focus'}."
    return _changed_back(focus.record, before, names)


def _session_again(session: Session) -> str:
    before = fields_before(session.record) or {"state": SessionState.CANCELLED.value}
    if before.get("state") != session.record.fields.get("state"):
        of = f" of {day_words(session.on)}" if session.on else ""
        off = before.get("state") == SessionState.CANCELLED.value
        return f"The PD session{of} is {'called off' if off else 'planned again'}."
    return _changed_back(session.record, before, {})


def _changed_back(record: Record, before: Mapping[str, str], names: Mapping[str, str]) -> str:
    return f"Taken back: {'; '.join(changes(before, record.fields, names))}."
