"""What goes on the students' page, and above all what does not."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from lib.catalogue import FORM
from lib.evidence.types import Audience, Band, Change, Hidden, Wave, WaveTable
from lib.plan.focus import choose, focuses
from lib.plan.promises import Promise, PromiseState
from lib.publish import PublicPage, compose, texts
from lib.publish.page import TREND_WAVES, PublicFollowUp, PublicPoint, Translation
from lib.publish.school import Meeting
from lib.workbook import fold, tabs
from tests.unit.publish.pages import (
    NAMES,
    ON,
    PRACTICES,
    SCHOOL,
    cell,
    evidence,
    figure,
    promise,
    table,
)

COLLECTING = Wave("w9", "Wave 9", datetime(2026, 10, 1), None)
THREE = evidence(
    table(1, cell({"feedback": figure(40)})),
    table(2, cell({"feedback": figure(44)}, n=310), change=Change.SAME),
    table(3, cell({"feedback": figure(61)}, n=290), change=Change.BETTER),
    collecting=COLLECTING,
)


def page(*told: Promise, evidence=THREE, chosen=()) -> PublicPage:
    return compose(
        school=SCHOOL,
        promises=told,
        focuses=chosen,
        evidence=evidence,
        practices=PRACTICES,
        names=NAMES,
        version=3,
        on=ON,
    )


def test_a_promise_stands_with_its_evidence() -> None:
    made = page(promise(revisit=date(2027, 3, 1)))
    assert (made.school, made.version, made.published_on, made.collecting) == (
        "Harbor Hill School",
        3,
        ON,
        "Wave 9",
    )
    (told,) = made.promises
    assert (told.practice, told.statement, told.you_said, told.state, told.we_did) == (
        "Feedback in time",
        "I hear what to fix.",
        "Comments come too late.",
        PromiseState.DONE,
        "Drafts get a comment.",
    )
    assert (told.wave, told.answers, told.change, told.since, told.revisit) == (
        "Wave 1",
        300,
        Change.BETTER,
        "Wave 1",
        date(2027, 3, 1),
    )
    assert told.trend == (
        PublicPoint("Wave 1", figure(40), 300),
        PublicPoint("Wave 2", figure(44), 310),
        PublicPoint("Wave 3", figure(61), 290),
    )


def test_owners_staff_sentences_and_the_collecting_band_stay_inside() -> None:
    said = str(asdict(page(promise())))
    for inside in ("Owner Who Stays Inside", "A sentence for staff", "50 to 99", "lead"):
        assert inside not in said


def test_a_promise_that_is_not_ready_is_left_out() -> None:
    assert page(promise(we_did="")).promises == ()
    assert page(promise(state=PromiseState.NOT_THIS_TIME)).promises == ()


def test_not_this_time_keeps_its_reason_only() -> None:
    (told,) = page(
        promise(
            state=PromiseState.NOT_THIS_TIME,
            we_did="Not this time, because there is no room.",
            revisit=ON,
        )
    ).promises
    assert told.we_did == "there is no room."


def test_cells_of_staff_and_of_groups_never_leave() -> None:
    staff = cell({"feedback": figure(33)}, audience=Audience.STAFF)
    group = cell({"feedback": figure(34)}, grouping=("Grade",))
    (told,) = page(promise(), evidence=evidence(table(1, staff, group))).promises
    assert (told.trend, told.answers) == ((), 0)


def test_fewer_than_ten_answers_are_never_shown() -> None:
    small = evidence(table(1, cell({"feedback": figure(40)}, n=5)))
    (told,) = page(promise(), evidence=small).promises
    assert (told.trend, told.answers) == ((), 0)


def test_a_hidden_figure_is_a_gap_and_takes_its_word_along() -> None:
    holes = evidence(
        table(1, cell({"feedback": figure(40)})),
        table(2, cell({"feedback": Hidden("Small.")})),
        table(3, cell({"feedback": figure(61)}), change=Change.BETTER),
    )
    (told,) = page(promise(), evidence=holes).promises
    assert told.trend[1] == PublicPoint("Wave 2", None, 0)
    assert (told.change, told.since) == (Change.BETTER, "Wave 1")


def test_a_newest_figure_that_is_hidden_tells_nothing() -> None:
    hidden = evidence(
        table(1, cell({"feedback": figure(40)})), table(2, cell({"feedback": Hidden("Small.")}))
    )
    (told,) = page(promise(), evidence=hidden).promises
    assert (told.change, told.since) == (Change.TOO_FEW, "Wave 1")


def test_a_trend_starts_where_the_practice_was_first_asked() -> None:
    late = evidence(table(1, cell({})), table(2, cell({"feedback": figure(44)})))
    (told,) = page(promise(wave_id="w2"), evidence=late).promises
    assert [point.wave for point in told.trend] == ["Wave 2"]


def test_a_trend_holds_the_newest_waves() -> None:
    many = evidence(*(table(n, cell({"feedback": figure(40)})) for n in range(1, 12)))
    (told,) = page(promise(), evidence=many).promises
    assert len(told.trend) == TREND_WAVES
    assert told.trend[-1].wave == "Wave 11"


def test_students_who_were_not_asked_again_get_no_word() -> None:
    for wave_id in ("w3", "gone"):
        (told,) = page(promise(wave_id=wave_id)).promises
        assert (told.change, told.since) == (None, "")


def test_the_word_is_against_the_wave_the_promise_comes_from() -> None:
    # From 40 % to 44 % to 42 %: the newest wave says "about the same" as either.
    flat = evidence(
        *(table(n, cell({"feedback": figure(p)})) for n, p in enumerate((40, 70, 42), 1))
    )
    (old,) = page(promise(wave_id="w1"), evidence=flat).promises
    (new,) = page(promise(wave_id="w2"), evidence=flat).promises
    assert (old.change, old.since) == (Change.SAME, "Wave 1")
    assert (new.change, new.since) == (Change.WORSE, "Wave 2")


def asked(number: int, title: str, *bands: Band, n: int = 300) -> WaveTable:
    return replace(table(number, cell({"feedback": figure(50)}, n=n)), followup={title: bands})


def test_the_newest_answers_to_the_follow_up_stand_beside_the_promise() -> None:
    told = promise()
    told = replace(
        told,
        record=fold(
            [replace(told.record.latest, fields={**told.record.fields, "follow_up": "comment"})]
        )[tabs.PROMISES][told.record_id],
    )
    title = FORM.followup.title("comment")
    bands = (Band("Not yet", 20), Band("Changed a bit", 35), Band("Changed a lot", 45))
    other = FORM.followup.title("give real choices")
    made = page(
        told,
        evidence=evidence(
            asked(1, title, *bands),
            asked(2, title.upper(), *bands[:1], Band("Changed a bit to Changed a lot", 80)),
            asked(3, other, *bands),
        ),
    )
    # Wave 1 is the promise's own, and wave 3 asked about something else.
    assert made.promises[0].followup == PublicFollowUp(
        title.upper(), "Wave 2", (Band("Changed a bit to Changed a lot", 80), Band("Not yet", 20))
    )
    none = evidence(asked(1, title, *bands), asked(2, title), asked(3, title, *bands, n=5))
    assert page(told, evidence=none).promises[0].followup is None
    assert (
        page(promise(), evidence=evidence(asked(1, title), asked(2, title, *bands)))
        .promises[0]
        .followup
        is None
    )


def test_without_any_evidence_the_sentences_still_stand() -> None:
    (told,) = page(promise(practice="own"), evidence=evidence()).promises
    assert (told.practice, told.statement, told.trend, told.wave) == (
        "Our own practice",
        "",
        (),
        "",
    )


def test_a_running_focus_without_an_answer_is_being_listened_to() -> None:
    at = datetime(2026, 10, 1, tzinfo=UTC)
    events = [
        choose(p, wave="w3", evidence="", chosen=(), names=NAMES, who="lead", at=at)
        for p in ("feedback", "calm")
    ]
    chosen = focuses(fold(events)[tabs.FOCUS])
    assert page(promise(), chosen=chosen).listening == ("Calm",)


def test_only_translations_of_what_stands_on_the_page_go_with_it() -> None:
    spanish = {"Comments come too late.": "Llegan tarde.", "A draft nobody approved": "Borrador"}
    other = {"Comments come too late.": "Comments are always in time."}
    made = compose(
        school=replace(SCHOOL, panels=(Meeting(date(2026, 10, 11), "a"), Meeting(ON, "Library"))),
        promises=[promise()],
        focuses=(),
        evidence=THREE,
        practices=PRACTICES,
        names=NAMES,
        version=3,
        on=ON,
        translated={"en": other, "es": spanish, "ES": other, "xx": other, "": other},
    )
    assert made.translations == (Translation("es", "Comments come too late.", "Llegan tarde."),)
    assert [panel.where for panel in made.panels] == ["Library"]
    assert texts(made) == (
        "Feedback in time",
        "Comments come too late.",
        "Drafts get a comment.",
        "I hear what to fix.",
        "Wave 1",
        "Wave 2",
        "Wave 3",
        "Wave 9",
        "Ms. Rivera, counselor",
        "room 12",
        "call or text",
        "Library",
    )
