"""What the brief says, and that it says nothing but printed figures and passed words."""

from dataclasses import replace
from datetime import date

from lib.evidence.types import Audience, Beside, Evidence, Figure, Flag, Priority, Tier
from lib.intake.feedback import Standing
from lib.plan.agenda import Item, text
from lib.plan.brief import Quote, figures, file_name
from lib.plan.focus import evidence_words
from tests.unit.plan.briefs import (
    EVIDENCE,
    KEPT,
    WORDS,
    focused,
    made,
    planned,
    word,
)


def test_it_says_why_this_practice_with_the_figures_of_the_screen() -> None:
    brief = made()
    assert brief.practice == "Clear goals"
    assert brief.moved == ("Fell from 62% to 47% since Wave 1.",)
    assert figures(brief.waves) == "Wave 1: 62%; Wave 2: not shown; Wave 3: 47%"
    assert brief.why == ("Wave 3: 53% not favorable.",)
    assert brief.marks == (date(2026, 11, 20),)


def test_the_students_order_stands_beside_the_evidence() -> None:
    order = "The student panel put it at place 1 of 5."
    assert made(focused(students_order=order)).why[-1] == order


def test_each_standing_speaks_once_before_any_speaks_twice() -> None:
    assert made().quotes == (
        Quote("Isn't working for me", "Nobody says why we do this."),
        Quote("Used to work, we stopped", "The goal used to be on the board."),
        Quote("Works for me", "I know what it is for."),
    )


def test_words_that_were_seen_with_the_choice_come_first_if_they_still_stand() -> None:
    kept = focused(quotes="id4; id99")
    assert [quote.words for quote in made(kept).quotes][:2] == [
        "No idea what this is for.",
        "Nobody says why we do this.",
    ]
    assert made(kept, words=WORDS[:2]).quotes[0].words == "The goal used to be on the board."


def test_long_words_come_last_and_are_never_cut() -> None:
    long = word(6, "It is " + "very " * 60 + "long.", Standing.ISNT_WORKING)
    brief = made(words=(long, WORDS[3]))
    assert [quote.words for quote in brief.quotes] == [WORDS[3].words, long.words]


def test_without_words_it_says_why_there_are_none() -> None:
    assert made(words=()).quotes_note.startswith("No student's words on this practice")
    assert made(words=None).quotes_note.startswith("Students' words are still being read")


def test_it_says_what_used_to_work() -> None:
    assert made().used_to_work == (
        "14% of answers say that this used to work and we stopped, 10% or more since Wave 2.",
        "Students said so in 2 conversations, too.",
        "What else students want back: Talking (30%).",
    )


def test_the_session_and_its_own_agenda() -> None:
    session = planned(minutes="45", format="panel", led_by="Ben", students="a few", agenda=KEPT)
    brief = made(sessions=session)
    assert brief.session == (
        ("When", "Nov 20, 2026, 45 minutes"),
        ("What", "Panel"),
        ("Students' part", "Leading it (a few)"),
        ("Led by", "Ben"),
        ("Owner", "Ann"),
    )
    assert brief.agenda == (
        Item("Students first", 20, "They speak.", ("A line",)),
        Item("Try it", 25, ""),
    )
    assert brief.agenda_note == "45 of 45 minutes."


def test_without_an_agenda_it_suggests_one_and_says_so() -> None:
    brief = made(sessions=planned(minutes="90"))
    assert sum(item.minutes for item in brief.agenda) == 90
    assert brief.agenda_note.startswith("A suggestion")


def test_what_only_staff_may_see_is_under_why_and_not_in_the_agenda() -> None:
    gap = Beside(Flag.GAP, 17, "Grade 6: about 17 points lower.", Audience.STAFF)
    seen = Priority("goals", Figure(53, 45, 61), 0.9, Tier.CLEAR, "", beside=(gap,))
    last = replace(EVIDENCE.waves[-1], priorities=(seen,))
    evidence = Evidence((last,), None, "")
    frozen = evidence_words(last, "goals")
    brief = made(focused(wave="w3", evidence=frozen), evidence=evidence)
    assert brief.why == (frozen,)
    assert gap.sentence in frozen
    assert brief.agenda[0].lines == (
        "Wave 3: 53% not favorable (likely 45% to 61%), about 120 answers. Clear priority. "
        "Favorable answers fell from 62% to 47% since Wave 1.",
    )
    assert gap.sentence not in text(brief.agenda)


def test_without_a_session_it_says_so_and_is_whole() -> None:
    brief = made(sessions=())
    assert brief.session[0] == ("When", "No PD session is planned yet")
    assert brief.agenda
    assert dict(brief.know)["Smallest change we could see"] == (
        "With this many answers, a move of 9 points can happen by chance."
    )


def test_a_session_that_took_place_is_told_where_none_is_planned() -> None:
    assert made(sessions=planned(date="2026-10-05")).session[0] == ("When", "Oct 5, 2026")


def test_how_we_will_know() -> None:
    assert made().know == (
        ("We are done when", "Any student can say what the task is for."),
        (
            "Smallest change we could see",
            "6 points of 100 more than the other practices, with as many answers as in Wave 3. "
            "A smaller move nobody could tell from chance.",
        ),
        ("We look again", "Jan 20, 2027."),
    )
    open_ends = dict(made(focused(done_when="", recheck="")).know)
    assert "Say it on the card" in open_ends["We are done when"]
    assert "Set it on the card" in open_ends["We look again"]


def test_before_any_wave_it_is_whole() -> None:
    brief = made(evidence=Evidence((), None, ""), sessions=(), words=None)
    assert (brief.waves, brief.moved) == ((), ())
    assert "before two waves" in dict(brief.know)["Smallest change we could see"]


def test_a_share_that_is_coded_begins_as_a_sentence_does() -> None:
    cell = EVIDENCE.waves[-1].cells[0]
    coded = replace(cell, used_to_work={"goals": Figure(5, 0, 9, "at most")})  # type: ignore[arg-type]
    last = replace(EVIDENCE.waves[-1], cells=(coded,))
    brief = made(evidence=Evidence((last,), None, ""))
    assert brief.used_to_work[0].startswith("At most 5% of answers say")


def test_the_file_is_named_after_the_practice() -> None:
    assert file_name("Clear goals") == "brief-clear-goals"
    assert file_name("../../Über: <x>?") == "brief-über-x"
    assert file_name("") == "brief"
