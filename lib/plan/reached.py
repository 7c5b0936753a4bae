"""Whether each PD session reached students, as the evidence says."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from lib.catalogue import called
from lib.evidence import Windows
from lib.evidence.effect import Reach, reach
from lib.intake.feedback import Feedback
from lib.plan.focus import Focus, FocusState
from lib.plan.sessions import Session, stands


def judged(
    feedback: Feedback,
    windows: Windows,
    chosen: Sequence[Focus],
    planned: Sequence[Session],
    *,
    names: Mapping[str, str],
    now: datetime,
    zone: tzinfo,
) -> dict[str, Reach]:
    """The verdict on each session that has a day and a focus, by the session's record id.

    ``now`` is the school's local time, ``zone`` its zone. Practices that were in focus on the day
    of the session are not counted among the others: PD may have moved them, too.
    """
    return {
        session.record_id: reach(
            feedback,
            windows,
            focus.practice,
            session=session.on,
            chosen_on={f.wave for f in chosen if f.practice == focus.practice},
            now=now,
            name=called(focus.practice, names),
            alongside={f.practice for f in chosen if ran_on(f, session.on, zone)}
            - {focus.practice},
        )
        for focus in chosen
        for session in planned
        if session.focus == focus.record_id and session.on and stands(session)
    }


def ran_on(focus: Focus, day: date, zone: tzinfo) -> bool:
    """Whether a focus ran on a day of the school's, at its end."""
    known = [e for e in focus.record.chain if e.at.astimezone(zone).date() <= day]
    over = (FocusState.FINISHED.value, FocusState.DROPPED.value)
    return bool(known) and known[-1].fields.get("state") not in over
