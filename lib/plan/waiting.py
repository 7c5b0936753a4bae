"""What waits for the people who decide: said as sentences, the most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lib.catalogue import called
from lib.decided import RecordsByTab, day_words, span
from lib.evidence.types import Change, Tier, WaveTable
from lib.plan.focus import Focus, focuses, running
from lib.plan.promises import Promise, PromiseState, answered, late, missing, promises
from lib.plan.sessions import Session, next_session, sessions, stands
from lib.text import count, join_words
from lib.workbook import tabs

_NAMED = 3
"""Practices that a sentence names; more are counted."""

_SOON = timedelta(days=14)
"""So long before its day a session without an agenda is urgent."""

_LATELY = timedelta(days=60)
"""After that nobody remembers what was committed to."""


@dataclass(frozen=True)
class Waiting:
    """One thing that needs doing, and the name of the screen (``lib.access``) that settles it."""

    sentence: str
    screen: str


def waiting(
    records: RecordsByTab,
    names: Mapping[str, str],
    *,
    today: date,
    latest: WaveTable | None,
) -> tuple[Waiting, ...]:
    """Say what needs doing, the most urgent first.

    ``records`` are all records by tab, ``names`` the practices' names by id and ``latest`` the
    newest closed wave in which enough people answered.
    """
    chosen = running(focuses(records.get(tabs.FOCUS, {})))
    planned = sessions(records.get(tabs.SESSIONS, {}))
    told = promises(records.get(tabs.PROMISES, {}))
    said = [
        Waiting(
            f"{_quoted(p.practice, names)}: we told students we would look again by "
            f"{day_words(p.revisit)}. {_ago((today - p.revisit).days)}",
            "you_said_we_did",
        )
        for p in told
        if p.revisit and (p.revisit == today or late(p, today))
    ]
    said += [
        Waiting(
            f"{_quoted(f.practice, names)}: the day to check was set for {day_words(f.recheck)}. "
            f"{_ago((today - f.recheck).days)}",
            "plan",
        )
        for f in chosen
        if f.recheck and f.recheck <= today
    ]
    if latest:
        said += _untaken(latest, chosen, told, names)
    if not chosen:
        said.append(Waiting("Choose the focus of the next PD under Priorities.", "priorities"))
    for focus in chosen:
        said += _of_focus(focus, _quoted(focus.practice, names), told, planned, today)
    drafts = [p for p in told if missing(p)]
    if drafts:
        sentence = f"{count(len(drafts), 'promise').capitalize()} cannot be published yet."
        said.append(Waiting(sentence, "you_said_we_did"))
    return tuple(said)


def next_date(records: RecordsByTab, names: Mapping[str, str], *, today: date) -> str:
    """Say when the next PD session is, or that none is planned."""
    planned = sessions(records.get(tabs.SESSIONS, {}))
    coming = [
        (session.on, _quoted(focus.practice, names), session.student_part.value)
        for focus in running(focuses(records.get(tabs.FOCUS, {})))
        if (session := next_session(focus.record_id, planned, today)) and session.on
    ]
    if not coming:
        return "No PD session is planned."
    on, name, part = min(coming)
    return f"{day_words(on)}, {_in_words((on - today).days)}: {name}. Students: {part}."


def headline(chosen: Sequence[Focus], names: Mapping[str, str]) -> str:
    """The plan in one sentence: what the running focus practices are."""
    if not chosen:
        return "No focus is chosen yet"
    words = join_words([called(focus.practice, names) for focus in chosen])
    return f"{words} {'is' if len(chosen) == 1 else 'are'} the focus now"


def _in_words(days: int) -> str:
    return f"in {span(days)}" if days else "today"


def _ago(days: int) -> str:
    return f"That was {span(days)} ago." if days else "That is today."


def _untaken(
    latest: WaveTable,
    chosen: Sequence[Focus],
    told: Sequence[Promise],
    names: Mapping[str, str],
) -> list[Waiting]:
    """What the newest wave asks for and nobody has decided about.

    Decided is what is a focus now, and what students were told is not for this time since then.
    """
    decided = {focus.practice for focus in chosen} | {
        p.practice
        for p in told
        if p.state is PromiseState.NOT_THIS_TIME and p.wave == latest.wave.wave_id
    }
    clear = [
        p.practice for p in latest.priorities if p.tier is Tier.CLEAR and p.practice not in decided
    ]
    fell = [
        practice
        for practice, comparison in latest.since_last.items()
        if comparison.change is Change.WORSE and practice not in {*decided, *clear}
    ]
    said = []
    if clear:
        one = "is a clear priority and nobody has taken it up."
        more = "are clear priorities and nobody has taken them up."
        sentence = f"{_listed(clear, names)} {one if len(clear) == 1 else more}"
        said.append(Waiting(sentence, "priorities"))
    if fell:
        them = "it" if len(fell) == 1 else "them"
        sentence = f"{_listed(fell, names)} fell. Decide what to do about {them}."
        said.append(Waiting(sentence, "priorities"))
    return said


def _of_focus(
    focus: Focus,
    name: str,
    told: Sequence[Promise],
    planned: Sequence[Session],
    today: date,
) -> list[Waiting]:
    said = []
    if not focus.owner:
        said.append(Waiting(f"{name} has no owner yet.", "plan"))
    if not answered(told, focus=focus.record_id, practice=focus.practice):
        said.append(Waiting(f"Tell students what becomes of {name}.", "you_said_we_did"))
    coming = next_session(focus.record_id, planned, today)
    if coming is None:
        said.append(Waiting(f"Set a PD session for {name}.", "plan"))
    elif coming.on and coming.on - today <= _SOON and not coming.agenda:
        when = _in_words((coming.on - today).days)
        said.append(Waiting(f"The PD session on {name} is {when} and has no agenda.", "plan"))
    said += [
        Waiting(f"Write down what staff committed to for {name} on {day_words(s.on)}.", "plan")
        for s in planned
        if s.focus == focus.record_id and stands(s) and not s.committed
        if s.on and today - _LATELY <= s.on < today
    ]
    if any(s.focus == focus.record_id and stands(s) and s.on is None for s in planned):
        said.append(Waiting(f"A PD session for {name} has a day that cannot be read.", "plan"))
    return said


def _listed(practices: Sequence[str], names: Mapping[str, str]) -> str:
    if len(practices) > _NAMED:
        return count(len(practices), "practice").capitalize()
    return join_words([_quoted(practice, names) for practice in practices])


def _quoted(practice: str, names: Mapping[str, str]) -> str:
    return f"“{called(practice, names)}”"
