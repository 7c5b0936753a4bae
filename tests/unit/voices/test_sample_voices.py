"""The sample school's comments: read, referred and waiting as its stories say."""

from collections import Counter
from functools import cache
from pathlib import Path

from lib import intake
from lib.catalogue import BY_ID, CATALOGUE
from lib.voices.desk import Desk, Material, desk
from lib.voices.drills import drills
from lib.voices.hours import hours_from
from lib.voices.panel import panels, students_order
from lib.voices.review import State, places
from lib.voices.safety import Level
from lib.voices.safety_queue import Step
from lib.voices.shown import Shown, themes_of
from lib.workbook import fold, tabs
from lib.workbook.sample import load
from sample_data import make_sample, planted, school, stories
from sample_data.reviews import windows
from sample_data.voice_plan import COUNSELOR, HELD, REDACTED
from tests.unit.voices.people import ZONE

SEED = load(Path(make_sample.__file__).parent)
RECORDS = fold(SEED.events)
FEEDBACK = intake.understand(intake.encode(SEED.header, SEED.rows, 2), CATALOGUE)


@cache
def everything() -> Desk:
    return desk(Material(FEEDBACK, windows(), RECORDS, tuple(BY_ID), ZONE))


def shown() -> tuple[Shown, ...]:
    return everything().approved(school.CLOCK, 10)


def places_now() -> dict[str, State]:
    all_of = everything()
    return places(all_of.sayings, all_of.decided, all_of.readings)


def test_every_decision_is_about_something_that_was_said() -> None:
    said = {each.saying_id for each in everything().sayings}
    assert set(everything().decided) <= said


def test_closed_waves_are_read_and_the_open_one_waits() -> None:
    said, where = everything().sayings, places_now()
    states = Counter((each.wave_id == stories.OPEN, where[each.saying_id]) for each in said)
    assert states[True, State.UNREVIEWED] == sum(each.wave_id == stories.OPEN for each in said)
    assert states[False, State.UNREVIEWED] == 1  # one conversation
    assert states[False, State.REDACTED] == len(REDACTED)
    assert states[False, State.HELD] == len(HELD)
    assert states[False, State.REFERRED] == 2  # the disclosure and the drill


def test_the_comment_that_cannot_wait_stands_first_in_the_queue() -> None:
    first = [
        each.saying.row for each in everything().queue() if each.reading.concern.level is Level.RED
    ]
    assert stories.WAITING_ROW in first
    assert len(first) <= 3


def test_the_counselor_has_the_disclosure_and_the_drill_worked() -> None:
    hours, _ = hours_from({}, ZONE)
    now = school.CLOCK.replace(tzinfo=ZONE)
    found = everything().referred(hours, now)
    real = [case for case in found if not case.drill]
    assert [(case.saying.row, case.step) for case in real if case.saying] == [
        (stories.REFERRED_ROW, Step.HANDED_OVER)
    ]
    assert [drill.seen is not None for drill in drills(everything().decided)] == [True]


def test_nobody_reads_what_was_not_passed() -> None:
    words = {each.words for each in shown()}
    assert not words & {*HELD, *REDACTED, planted.DISCLOSURE.text, planted.DISTRESS.text}
    assert set(REDACTED.values()) <= words
    for comment in (*planted.NAMED, *planted.CONTACTS):
        assert not any(name in text for text in words for name in comment.names)


def test_every_closed_wave_has_words_and_none_of_the_open_one() -> None:
    waves = {each.wave_id for each in shown()}
    assert waves == {wave.wave_id for wave in school.WAVES if wave.closes}


def test_hands_on_learning_leads_what_students_write() -> None:
    counts = themes_of(shown(), stories.LATEST_CLOSED, 10)
    assert counts is not None
    assert stories.USED_TO_WORK in counts.counts
    assert min(counts.counts.values()) >= 10


def test_other_languages_are_seen() -> None:
    texts = {comment.text for comment in planted.OTHER_LANGUAGE}
    said, readings = everything().sayings, everything().readings
    found = {each.text for each in said if readings[each.saying_id].other_language}
    assert texts <= found
    assert len(found) <= len(texts) + 0.01 * len(said)


def test_the_students_gave_their_order() -> None:
    order = students_order(panels(RECORDS[tabs.PANELS]))
    assert order is not None
    assert order.practices == stories.STUDENTS_ORDER


def test_what_was_read_is_not_read_again_until_a_list_changes() -> None:
    first = everything()
    again = desk(Material(FEEDBACK, windows(), RECORDS, tuple(BY_ID), ZONE), first)
    some = first.sayings[0].saying_id
    assert again.readings[some] is first.readings[some]
    fewer = desk(Material(FEEDBACK, windows(), RECORDS, tuple(BY_ID)[:3], ZONE), first)
    assert fewer.readings[some] is not first.readings[some]


def test_a_school_without_a_form_has_an_empty_desk() -> None:
    nothing = desk(Material(None, windows(), {}, tuple(BY_ID), ZONE))
    assert (nothing.queue(), nothing.approved(school.CLOCK, 10), nothing.suggestions()) == (
        *((), (), ()),
    )
    assert nothing.backlog("Lee", school.CLOCK).waiting == 0


def test_the_backlog_is_the_open_waves_and_one_note() -> None:
    now = everything().backlog(COUNSELOR, school.CLOCK)
    waiting = [s for s, state in places_now().items() if state is State.UNREVIEWED]
    assert now.waiting == now.new == len(waiting)
    assert now.red >= 1
    assert now.oldest_days == 8  # the note of January 20
