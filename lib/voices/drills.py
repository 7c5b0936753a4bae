"""Drills: a made-up comment goes the whole way to the counselor, and counts nowhere."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import uuid4

from lib.decided import signed
from lib.voices.review import Reviews, State
from lib.voices.safety_queue import Step, since_referral, step_of
from lib.voices.sayings import Saying, Source
from lib.workbook import tabs
from lib.workbook.records import Event, new_event

DRILL_TEXT = "This is a drill, no student wrote it: I want to die and I do not know who to tell."
"""What the made-up comment says; the lists must flag it red, which a test checks."""


def start_drill(*, who: str, at: datetime) -> Event:
    """Send a made-up comment through the chain."""
    fields = {
        "source": Source.DRILL.value,
        "state": State.UNREVIEWED.value,
        "words": "",
        "wave": "",
        "month": f"{at:%Y-%m}",
        "step": "",
    }
    record_id = f"drill-{uuid4().hex[:12]}"
    return new_event(tabs.REVIEWS, fields, who=signed(who), at=at, record_id=record_id)


def drill_sayings(decided: Reviews, zone: tzinfo) -> tuple[Saying, ...]:
    """The made-up comments, to stand in the queues among the others."""
    return tuple(
        Saying(
            saying_id=review.saying_id,
            source=Source.DRILL,
            text=DRILL_TEXT,
            at=review.record.history[0].at.astimezone(zone).replace(tzinfo=None),
        )
        for review in decided.values()
        if review.source is Source.DRILL
    )


@dataclass(frozen=True)
class Drill:
    """One try of the chain: who did what, and when (UTC), None where nobody has yet."""

    started: tuple[datetime, str]
    referred: tuple[datetime, str] | None
    seen: tuple[datetime, str] | None


def drills(decided: Reviews) -> tuple[Drill, ...]:
    """Every drill, newest first."""
    found = []
    for review in decided.values():
        if review.source is not Source.DRILL:
            continue
        events = since_referral(review.record)
        seen = next((e for e in events if step_of(e) is not Step.NEW), None)
        first = review.record.history[0]
        found.append(
            Drill(
                started=(first.at, first.who),
                referred=(events[0].at, events[0].who) if events else None,
                seen=(seen.at, seen.who) if seen else None,
            )
        )
    return tuple(sorted(found, key=lambda drill: drill.started, reverse=True))
