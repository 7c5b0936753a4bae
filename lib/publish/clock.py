"""The loop clock: how long students have waited for an answer, and what became of promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from lib.catalogue import called
from lib.decided import span
from lib.evidence.types import Change, Evidence, Figure, Hidden, Printed, Tier, Wave, WaveTable
from lib.plan.promises import Promise, PromiseState, Sentences, in_words, late, missing
from lib.publish.page import PublicPromise, public_name
from lib.text import count, join_words
from lib.voices.bring_back import BringBack, says_so

_LOWEST = 3
"""How many of the lowest practices count as asked for where too few answered to rank them."""


@dataclass(frozen=True)
class Unanswered:
    """A practice that students asked for, in ``wave`` (its label) first since the last answer.

    ``days`` since that wave closed. ``back``: they say it used to work. ``written``: an answer is
    written down, and students cannot read it yet.
    """

    practice: str
    wave: str
    days: int
    back: bool
    written: bool


@dataclass(frozen=True)
class Kept:
    """What became of promises since the wave before the last closed: practices by outcome.

    Each promise counts once: ``late`` (``lib.plan.promises.late``), whenever it was made, is
    neither declined nor going on.
    """

    since: str
    kept: tuple[str, ...]
    declined: tuple[str, ...]
    late: tuple[str, ...]
    going: tuple[str, ...]


def unanswered(
    evidence: Evidence,
    told: Sequence[Promise],
    read: Sequence[tuple[PublicPromise, date]],
    missed: Sequence[BringBack],
    *,
    names: Mapping[str, str],
    now: datetime,
) -> tuple[Unanswered, ...]:
    """What the newest wave asks for and nobody has answered, the longest wait first.

    Asked for are the priorities (the three lowest where too few answered to rank), what fell, and
    what students say used to work (``missed``). It is answered by what students ``read`` on the
    page and since when (``lib.publish.versions.readable``): an answer that came since, or one whose
    day to look again is to come. Whatever stands in ``told`` and not there is no answer yet.
    ``now`` is the school's local time, ``names`` the practices'.
    """
    latest = evidence.latest
    if latest is None:
        return ()
    back = {each.practice for each in missed if each.since or each.talks}
    found = []
    for practice in dict.fromkeys([*_asked_for(latest), *back]):
        name = public_name(practice, names)
        answers = [(promise, day) for promise, day in read if promise.practice == name]
        if any(_holds(promise, now.date()) for promise, _ in answers):
            continue
        last = max((day for _, day in answers), default=None)
        public = {in_words(promise) for promise, _ in answers}
        wave = _since(evidence, practice, last, back=practice in back)
        if wave is None or wave.closes is None:
            continue
        found.append(
            Unanswered(
                practice,
                wave.label,
                max((now - wave.closes).days, 0),
                practice in back,
                written=any(
                    p.practice == practice and not missing(p) and in_words(p) not in public
                    for p in told
                ),
            )
        )
    return tuple(sorted(found, key=lambda each: -each.days))


def kept(evidence: Evidence, told: Sequence[Promise], *, now: datetime, zone: tzinfo) -> Kept:
    """What became of promises in the last term; only those that are ready for students count."""
    closed = [table.wave for table in evidence.waves if table.wave.closes]
    start = closed[-2:][0] if closed else None
    begin = start.closes.date() if start and start.closes else date.min
    ready = [promise for promise in told if not missing(promise)]
    behind = [p for p in ready if late(p, now.date())]

    def lately(state: PromiseState) -> tuple[str, ...]:
        return tuple(
            p.practice
            for p in ready
            if p.state is state
            and p not in behind
            and p.state_since.astimezone(zone).date() >= begin
        )

    going = [
        p
        for p in ready
        if p not in behind and p.state not in {PromiseState.DONE, PromiseState.NOT_THIS_TIME}
    ]
    return Kept(
        since=start.label if start else "",
        kept=lately(PromiseState.DONE),
        declined=lately(PromiseState.NOT_THIS_TIME),
        late=tuple(p.practice for p in behind),
        going=tuple(p.practice for p in going),
    )


def waits(each: Unanswered) -> str:
    """One line of the clock, after the practice's name: how long, since when, and why."""
    why = "students say it used to work" if each.back else "students asked for it"
    written = " An answer is written, and not published." if each.written else ""
    return f"{span(each.days)} without an answer: {why} in {each.wave}.{written}"


def headline(found: Sequence[Unanswered], names: Mapping[str, str]) -> str:
    """The clock in one sentence."""
    if not found:
        return "Everything students asked for has an answer."
    longest = found[0]
    name = called(longest.practice, names)
    them = count(len(found), "practice")
    return f"Students wait for an answer on {them}, the longest on “{name}”: {span(longest.days)}."


def title(found: Kept, waiting: int) -> str:
    """The finding in a few words: "5 promises kept, 1 late". ``waiting``: practices without answer.

    "Kept" is what adults say; whether it changed anything stands beside each promise.
    """
    parts = [
        (len(found.kept), "kept"),
        (len(found.late), "late"),
        (len(found.going), "going on"),
        (len(found.declined), "declined with a reason"),
    ]
    told = [(many, said) for many, said in parts if many]
    if told:
        (first, said), *others = told[:2]
        return ", ".join([f"{count(first, 'promise')} {said}", *(f"{n} {s}" for n, s in others)])
    if waiting:
        return f"{count(waiting, 'practice')} without an answer".capitalize()
    return "No promise is made yet"


def kept_words(found: Kept, names: Mapping[str, str]) -> str:
    """The last term's promises in one sentence: "1 kept: Clear goals; 1 late: Calm; ..."."""
    parts = [
        f"{len(which)} {said}: {join_words([called(p, names) for p in which])}"
        if which
        else f"none {said}"
        for said, which in (
            ("kept", found.kept),
            ("late", found.late),
            ("declined with a reason", found.declined),
            ("going on", found.going),
        )
    ]
    said = "; ".join(parts)
    if found.since:
        return f"Since {found.since} closed, {said}."
    return f"{said[:1].upper()}{said[1:]}."


def trust(evidence: Evidence) -> tuple[tuple[str, tuple[tuple[Wave, Printed], ...]], ...]:
    """The trust questions of the latest wave, each with its share who agree, wave by wave."""
    latest = evidence.latest
    return tuple(
        (
            question,
            tuple(
                (table.wave, table.trust.get(question, Hidden("Not asked in this wave.")))
                for table in evidence.waves
            ),
        )
        for question in (latest.trust if latest else ())
    )


def trust_words(waves: Sequence[tuple[Wave, Printed]]) -> str:
    """A trust question's trend in one sentence: "61% agree in Fall 2026, 34% in Fall 2024."."""
    shown = [(wave.label, p) for wave, p in waves if isinstance(p, Figure)]
    if not shown:
        return "Too few answered this, or nearly all agree or disagree: no figure is shown."
    (first, then), (last, now) = shown[0], shown[-1]
    before = "" if len(shown) < 2 else f", {then.text} in {first}"
    return f"{now.text} agree in {last}{before}."


def _asked_for(table: WaveTable) -> list[str]:
    ranked = [p.practice for p in table.priorities if p.tier in {Tier.CLEAR, Tier.POSSIBLE}]
    unranked = table.priorities and all(p.tier is Tier.TOO_FEW for p in table.priorities)
    lowest = [p.practice for p in table.priorities[:_LOWEST]] if unranked else []
    fell = [p for p, said in table.since_last.items() if said.change is Change.WORSE]
    return [*ranked, *lowest, *fell]


def _says_back(table: WaveTable, practice: str) -> bool:
    return table.everybody is not None and says_so(table.everybody.used_to_work.get(practice))


def _holds(promise: Sentences, today: date) -> bool:
    """Whether the adults are still by their word: it is not done, and its day is to come."""
    dated = promise.state is not PromiseState.DONE and promise.revisit is not None
    return dated and not late(promise, today)


def _since(evidence: Evidence, practice: str, last: date | None, *, back: bool) -> Wave | None:
    """The first of the waves in a row, up to now, that asked for it after the last answer."""
    found = None
    for table in reversed(evidence.waves):
        if not table.everybody or table.wave.closes is None:
            continue
        asked = practice in _asked_for(table) or (back and _says_back(table, practice))
        if last is not None and table.wave.closes.date() <= last:
            break
        if not asked and found is not None:
            break
        found = table.wave
    return found
