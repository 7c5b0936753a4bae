"""Both sides of a promise: what the adults say of it, and what students answered.

Nobody can write the students' side: it is read from the form's follow-up question, else from the
word of the newest wave against the one in which students spoke.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from lib.catalogue import FORM
from lib.evidence.types import Band, Change, Evidence
from lib.plan.promises import Promise, PromiseState, missing
from lib.plan.words import fitted
from lib.publish.page import PublicPage, PublicPromise

_HALF = 50
"""Percent; more of the answers than this decide."""


class Answer(StrEnum):
    """What the students' side comes to."""

    SEEN = "Students see the change"
    SAME = "Students see no clear change"
    NOT_YET = "Students do not see it yet"
    DIVIDED = "Students are divided"
    CANNOT_TELL = "Too few answers to tell"
    NOT_ASKED = "Students have not been asked since"


@dataclass(frozen=True)
class Verdict:
    """One promise from both sides, in words; ``opens`` is the state it may be opened again to.

    ``students`` says what ``answer`` is read from. ``opens`` is None where students said nothing
    since the adults chose its state, or nothing against it.
    """

    adults: PromiseState
    answer: Answer
    students: str
    opens: PromiseState | None

    @property
    def heard(self) -> str:
        """The students' side in one sentence, as it is kept with a promise that it opens."""
        return f"{self.answer.value}: {self.students}"


def verdicts(
    told: Sequence[Promise], page: PublicPage, evidence: Evidence, zone: tzinfo
) -> Mapping[str, Verdict]:
    """Both sides of each promise that is ready for students, by record id.

    ``page`` is composed of ``told`` and ``evidence``; ``zone`` is the school's time zone.
    """
    ready = [promise for promise in told if not missing(promise)]
    closed = {
        fitted("wave", table.wave.label): table.wave.closes
        for table in evidence.waves
        if table.wave.closes
    }
    newest = fitted("wave", evidence.waves[-1].wave.label) if evidence.waves else ""
    return {
        promise.record_id: _verdict(promise, public, closed, newest, zone)
        for promise, public in zip(ready, page.promises, strict=True)
    }


def _verdict(
    promise: Promise,
    public: PublicPromise,
    closed: Mapping[str, datetime],
    newest: str,
    zone: tzinfo,
) -> Verdict:
    asked = public.followup
    if asked:
        students, spoken = f"{_shares(asked.said)}, {asked.wave}", asked.wave
        answer = _of(asked.said)
    elif public.change:
        answer, students, spoken = _word(public.change, public.since, newest)
    else:
        since = f"since {public.wave}" if public.wave else "in any wave"
        answer, students, spoken = Answer.NOT_ASKED, f"no wave has closed {since}", ""
    chosen = promise.state_since.astimezone(zone).replace(tzinfo=None)
    heard_since = spoken in closed and closed[spoken] > chosen
    opens = _opens(promise.state, answer, public) if heard_since else None
    return Verdict(promise.state, answer, students, opens)


def _word(change: Change, since: str, newest: str) -> tuple[Answer, str, str]:
    if change is Change.TOO_FEW:
        return Answer.CANNOT_TELL, f"{newest}, against {since}", newest
    answer, than = {
        Change.BETTER: (Answer.SEEN, "better than"),
        Change.SAME: (Answer.SAME, "about the same as"),
        Change.WORSE: (Answer.NOT_YET, "worse than"),
    }[change]
    return answer, f"{newest} was {than} {since}", newest


def _of(said: Sequence[Band]) -> Answer:
    """What the follow-up's answers come to: more than half decide.

    Answers that few gave share a band with the next: what holds "not yet" says nothing for sure.
    """
    not_yet = FORM.followup.options[-1].casefold()
    against = sum(band.percent for band in said if band.label.casefold() == not_yet)
    seen = sum(band.percent for band in said if not_yet not in band.label.casefold())
    if against > _HALF:
        return Answer.NOT_YET
    return Answer.SEEN if seen > _HALF else Answer.DIVIDED


def _shares(said: Sequence[Band]) -> str:
    return ", ".join(f"{band.label.lower()} {band.percent}%" for band in said)


def _opens(state: PromiseState, answer: Answer, public: PublicPromise) -> PromiseState | None:
    """What an answer against the adults' word opens: done is half done then, a no is heard anew."""
    if state is PromiseState.DONE and answer in {Answer.NOT_YET, Answer.SAME}:
        return PromiseState.HALF_DONE
    worse = public.followup is None and public.change is Change.WORSE
    return PromiseState.LISTENING if state is PromiseState.NOT_THIS_TIME and worse else None
