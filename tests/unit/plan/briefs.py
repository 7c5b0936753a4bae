"""A small school's brief, made by hand, for the tests of the brief and of its documents."""

from dataclasses import replace
from datetime import date, datetime

from lib.evidence.effect import Reach, Verdict
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Cell,
    Change,
    Comparison,
    Evidence,
    Figure,
    Hidden,
    Wave,
    WaveTable,
)
from lib.intake.feedback import Standing
from lib.plan import agenda, focus, sessions
from lib.plan.agenda import Item
from lib.plan.brief import Brief, Quote, brief
from lib.plan.focus import Focus
from lib.plan.sessions import Session
from lib.voices.shown import Shown
from lib.workbook import new_event, tabs
from tests.unit.plan.people import NAMES, at, records

TODAY = date(2026, 11, 1)


def wave(number: int, month: int) -> Wave:
    opens = datetime(2026, month, 1)
    return Wave(f"w{number}", f"Wave {number}", opens, opens.replace(day=14))


def table(of: Wave, favorable: Figure | Hidden, used: Figure | Hidden) -> WaveTable:
    cell = Cell(
        Audience.PUBLIC,
        EVERYBODY,
        (),
        120,
        {"goals": favorable, "talk": Figure(70, 62, 77)},
        used_to_work={"goals": used, "talk": Figure(30, 22, 38)},
    )
    moved = Comparison(Change.WORSE, "Wave 1", "", "fell from 62% to 47% since Wave 1", -15, 9)
    return WaveTable(of, (cell,), {}, {"goals": moved}, {}, ())


EVIDENCE = Evidence(
    (
        table(wave(1, 2), Figure(62, 54, 70), Figure(8, 4, 14)),
        table(wave(2, 5), Hidden("Too few answers."), Figure(12, 7, 19)),
        table(wave(3, 9), Figure(47, 39, 55), Figure(14, 9, 21)),
    ),
    None,
    "",
)


def focused(**fields: str) -> Focus:
    known = {
        "practice": "goals",
        "state": "running",
        "evidence": "Wave 3: 53% not favorable.",
        "owner": "Ann",
        "done_when": "Any student can say what the task is for.",
        "recheck": "2027-01-20",
    }
    event = new_event(tabs.FOCUS, {**known, **fields}, who="lead", at=at(1), record_id="f")
    (found,) = focus.focuses(records(event))
    return found


def planned(**fields: str) -> tuple[Session, ...]:
    known = {"focus": "f", "state": "planned", "date": "2026-11-20", "student_part": "leading"}
    event = new_event(tabs.SESSIONS, {**known, **fields}, who="lead", at=at(2), record_id="s")
    return sessions.sessions(records(event))


def word(number: int, words: str, standing: Standing | None, practice: str = "goals") -> Shown:
    return Shown(f"id{number}", words, standing, (practice,), False, "w3", "Wave 3")


WORDS = (
    word(1, "I know what it is for.", Standing.WORKS),
    word(2, "The goal used to be on the board.", Standing.USED_TO_WORK),
    word(3, "Nobody says why we do this.", Standing.ISNT_WORKING),
    word(4, "No idea what this is for.", Standing.ISNT_WORKING),
    word(5, "We talk.", Standing.WORKS, "talk"),
)

REACH = Reach("goals", Verdict.NOT_YET, "", "Wave 3", seeable=6)


def made(
    of: Focus | None = None,
    sessions: tuple[Session, ...] | None = None,
    words: tuple[Shown, ...] | None = WORDS,
    evidence: Evidence = EVIDENCE,
) -> Brief:
    return brief(
        of or focused(),
        school="Hill School",
        evidence=evidence,
        practices={},
        names=NAMES,
        planned=planned() if sessions is None else sessions,
        reached={"s": REACH},
        words=words,
        mentions={"goals": {Standing.USED_TO_WORK: 2}},
        today=TODAY,
    )


HOSTILE = (
    '=HYPERLINK("http://x","y") <b>bold</b> & **stars** [x](javascript:alert(1)) {nb} '
    "{{ 7*7 }} {% raw %} \\fldinst{PAGE} </w:t></w:r> %PDF-1.7 (x) Tj endstream \ue000"
)
ODD = "a\x00b\x0bc\u202ed\ud800e\ufffef"
ARABIC = "نريد وقتا أطول للأسئلة"
LONG = "Donaudampfschifffahrtsgesellschaft" * 12
EMOJI = "So good \U0001f600\u200d\U0001f525 really"
CHINESE = "我们想要更多时间"


def hostile() -> Brief:
    """A brief whose every text is something that some program might take for a command."""
    return replace(
        made(),
        school=HOSTILE,
        practice=HOSTILE,
        statement=ODD,
        moved=(HOSTILE, ARABIC),
        waves=tuple(
            (replace(wave, label=label), printed)
            for (wave, printed), label in zip(
                EVIDENCE_WAVES, (LONG, CHINESE, HOSTILE[:18]), strict=True
            )
        ),
        why=(LONG, EMOJI, CHINESE),
        quotes=(Quote(HOSTILE, ARABIC), Quote("", EMOJI), Quote(ODD, LONG)),
        used_to_work=(HOSTILE,),
        session=((HOSTILE, LONG), ("When", ARABIC)),
        agenda=(
            Item(HOSTILE, 999, LONG, (ARABIC, EMOJI)),
            Item("", 0, " ".join([EMOJI] * 400), ()),
        ),
        agenda_note=ODD,
        know=((ARABIC, HOSTILE), ("", "")),
    )


EVIDENCE_WAVES = made().waves

KEPT = agenda.text((Item("Students first", 20, "They speak.", ("A line",)), Item("Try it", 25, "")))
