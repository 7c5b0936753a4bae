"""The brief: what a PD team holds in its hands, made of printed figures and passed words alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lib.catalogue import Practice, called
from lib.decided import day_words
from lib.evidence.effect import Reach
from lib.evidence.summary import by_chance, change_lines, history
from lib.evidence.types import Audience, Evidence, Figure, Printed, Wave
from lib.intake.feedback import Standing
from lib.plan import agenda, choosing, details
from lib.plan.focus import Focus, public_words
from lib.plan.sessions import Session, dated, next_session
from lib.students_part import PART_WORDS, StudentPart
from lib.text import count, join_words
from lib.voices.bring_back import BringBack, bring_back, most_named
from lib.voices.by_practice import TITLES
from lib.voices.shown import Shown

MOST_QUOTES = 3
"""Students' sentences."""

MOST_BACK = 2
"""Other practices that students want back."""

_FILE_NAME = 60
"""Characters: some systems count bytes, and a letter may have four."""

_LONG = 240
"""Characters of a quote that a room still reads."""

_ORDER = (Standing.ISNT_WORKING, Standing.USED_TO_WORK, Standing.WORKS, None)
"""Which words come first when nobody has chosen some: what to mend, then what was good."""


@dataclass(frozen=True)
class Quote:
    """A student's words that a person has passed, and what they are about: "Works for me"."""

    about: str
    words: str


@dataclass(frozen=True)
class Brief:
    """All that the document holds; every text is for people to read.

    ``waves`` are everybody's printed figures, oldest first, and ``marks`` the days of PD sessions.
    ``session`` and ``know`` are rows of a name and what it says. ``agenda_note`` says how the
    minutes add up, or that nobody has kept an agenda yet.
    """

    school: str
    made_on: str
    practice: str
    statement: str
    moved: tuple[str, ...]
    waves: tuple[tuple[Wave, Printed], ...]
    marks: tuple[date, ...]
    why: tuple[str, ...]
    quotes: tuple[Quote, ...]
    quotes_note: str
    used_to_work: tuple[str, ...]
    session: tuple[tuple[str, str], ...]
    agenda: tuple[agenda.Item, ...]
    agenda_note: str
    know: tuple[tuple[str, str], ...]


def file_name(practice: str) -> str:
    """What the brief of a practice is called, without its ending: "brief-clear-goals"."""
    words = "".join(char if char.isalnum() else " " for char in practice.lower()).split()
    return f"brief-{'-'.join(words)}"[:_FILE_NAME].rstrip("-")


def brief(
    focus: Focus,
    *,
    school: str,
    evidence: Evidence,
    practices: Mapping[str, Practice],
    names: Mapping[str, str],
    planned: Sequence[Session],
    reached: Mapping[str, Reach],
    words: Sequence[Shown] | None,
    mentions: Mapping[str, Mapping[Standing, int]],
    today: date,
) -> Brief:
    """Make the brief of a focus for its next session, or where none is planned for its last one.

    ``words`` are the passed words that this reader may see, None while they are still being read;
    ``planned``, ``reached`` and ``mentions`` as their own rooms return them.
    """
    known, latest = practices.get(focus.practice), evidence.latest
    own = dated(planned, {focus.record_id})
    session = next_session(focus.record_id, planned, today) or (own[-1] if own else None)
    kept, length = session.agenda if session else (), details.length(session)
    part = session.student_part if session else StudentPart.AT_THE_TABLE
    parts = kept or agenda.draft(
        focus,
        known,
        opening=public_words(focus, evidence),
        minutes=length,
        student_part=part,
    )
    quotes = chosen_quotes(focus, words or ())
    return Brief(
        school=school,
        made_on=day_words(today),
        practice=called(focus.practice, names),
        statement=known.statement if known else "",
        moved=tuple(said for said, _ in change_lines(latest, focus.practice)) if latest else (),
        waves=history(evidence, focus.practice),
        marks=tuple(each.on for each in own if each.on),
        why=tuple(said for said in (focus.evidence, focus.students_order) if said),
        quotes=quotes,
        quotes_note=_quotes_note(words, quotes),
        used_to_work=_used_to_work(
            focus.practice, bring_back(evidence, Audience.PUBLIC, mentions), names
        ),
        session=_session_rows(focus, session),
        agenda=parts,
        agenda_note=agenda.minutes_words(parts, length)
        if kept
        else "A suggestion: nobody has kept an agenda for this session yet.",
        know=_know_rows(focus, session, evidence, reached),
    )


def chosen_quotes(focus: Focus, words: Sequence[Shown]) -> tuple[Quote, ...]:
    """Two or three students' sentences: those seen with the choice, if they still stand.

    Else one of each standing, and then whatever comes first; what is long comes last, and no
    student's words are ever cut.
    """
    about = [each for each in words if focus.practice in each.practices]
    seen = choosing.quotes(focus, words)
    short_first = sorted(about, key=lambda each: len(each.words) > _LONG)
    by_standing = [next((w for w in short_first if w.standing is s), None) for s in _ORDER]
    wanted = [*seen, *(each for each in by_standing if each), *short_first]
    first = {each.words: each for each in wanted}
    return tuple(
        Quote(TITLES[each.standing] if each.standing else "", each.words)
        for each in list(first.values())[:MOST_QUOTES]
    )


def _quotes_note(words: Sequence[Shown] | None, quotes: Sequence[Quote]) -> str:
    if words is None:
        return "Students' words are still being read. Make the brief again in a moment."
    if not quotes:
        return "No student's words on this practice have been passed yet."
    return "Read and passed by a person; no names, no classes."


def _used_to_work(
    practice: str, found: Sequence[BringBack], names: Mapping[str, str]
) -> tuple[str, ...]:
    said = []
    mine = next((each for each in found if each.practice == practice), None)
    if mine and mine.figure:
        since = f", 10% or more since {mine.since}" if mine.since else ""
        share = f"{mine.figure.text[:1].upper()}{mine.figure.text[1:]} of answers"
        said.append(f"{share} say that this used to work and we stopped{since}.")
    if mine and mine.talks:
        said.append(f"Students said so in {count(mine.talks, 'conversation')}, too.")
    others = [each for each in most_named(found) if each.practice != practice and each.figure]
    if others:
        named = [
            f"{called(each.practice, names)} ({each.figure.text})"
            for each in others[:MOST_BACK]
            if each.figure
        ]
        said.append(f"What else students want back: {join_words(named)}.")
    return tuple(said)


def _session_rows(focus: Focus, session: Session | None) -> tuple[tuple[str, str], ...]:
    """What is known of the session; what nobody said is left out."""
    if session is None:
        rows = [("When", "No PD session is planned yet")]
    else:
        minutes = details.told_minutes(session)
        length = f", {minutes} minutes" if minutes else ""
        number = f" ({session.students.value})" if session.students else ""
        rows = [
            ("When", f"{day_words(session.on)}{length}" if session.on else ""),
            ("What", session.format.value.capitalize()),
            ("Students' part", f"{PART_WORDS[session.student_part]}{number}"),
            ("Led by", session.led_by),
            ("Materials", session.materials),
        ]
    rows += [("Owner", focus.owner), ("How students would like it", focus.prefer)]
    return tuple((name, says) for name, says in rows if says)


def _know_rows(
    focus: Focus,
    session: Session | None,
    evidence: Evidence,
    reached: Mapping[str, Reach],
) -> tuple[tuple[str, str], ...]:
    reach = reached.get(session.record_id) if session else None
    again = (
        f"{day_words(focus.recheck)}."
        if focus.recheck
        else "No day is set yet. Set it on the card under Plan."
    )
    return (
        ("We are done when", focus.done_when or "Not said yet. Say it on the card under Plan."),
        ("Smallest change we could see", _smallest(reach, evidence)),
        ("We look again", again),
    )


def _smallest(reach: Reach | None, evidence: Evidence) -> str:
    """The smallest move that would be seen with this many answers, or what chance alone can do."""
    if reach and reach.seeable:
        return (
            f"{reach.seeable} points of 100 more than the other practices, with as many answers "
            f"as in {reach.before}. A smaller move nobody could tell from chance."
        )
    chance = by_chance(evidence.latest) if evidence.latest else ""
    return chance or "Nobody can say before two waves have closed with enough answers."


def figures(waves: Sequence[tuple[Wave, Printed]]) -> str:
    """Every wave's figure in words: what the chart shows, for those who do not see it."""
    return "; ".join(
        f"{wave.label}: {printed.text if isinstance(printed, Figure) else 'not shown'}"
        for wave, printed in waves
    )
