"""The sample school: made the same every time, in the form's shape, with its stories in it."""

import hashlib
import json
import math
from collections import Counter
from datetime import datetime
from pathlib import Path
from statistics import NormalDist, fmean, variance
from zoneinfo import ZoneInfo

import pytest

from lib.catalogue import BY_ID, FORM
from lib.workbook import tabs
from sample_data import make_sample, planted, school, stories
from sample_data.decisions import enrollment
from tests.unit.sample_facts import FOLDER, IDS, WAVE_IDS, answers, favorable, latest, of, table

FILES = ("responses.csv", "decisions.json", "school.json")


def z_of_change(practice: str, before: str, after: str) -> float:
    """How many standard errors the share favorable moved between two waves."""
    (p, n), (q, m) = favorable(practice, of(before)), favorable(practice, of(after))
    return (q - p) / math.sqrt(p * (1 - p) / n + q * (1 - q) / m)


def z_of_contrast(practice: str, before: str, after: str) -> float:
    """The same for the person's point on this practice minus the mean of the others."""

    def contrasts(wave: str) -> list[float]:
        return [
            a.points[practice] - fmean(p for i, p in a.points.items() if i != practice)
            for a in of(wave)
            if practice in a.points and len(a.points) > 1
        ]

    x, y = contrasts(before), contrasts(after)
    return (fmean(y) - fmean(x)) / math.sqrt(variance(x) / len(x) + variance(y) / len(y))


def discoveries(before: str, after: str) -> dict[str, str]:
    """Practices that changed: Benjamini-Hochberg at 0.05 over all practices."""
    z = {practice: z_of_change(practice, before, after) for practice in IDS}
    p = {practice: 2 * (1 - NormalDist().cdf(abs(value))) for practice, value in z.items()}
    ordered = sorted(p, key=p.__getitem__)
    ranks = [r for r, name in enumerate(ordered, 1) if p[name] <= 0.05 * r / len(ordered)]
    return {n: "better" if z[n] > 0 else "worse" for n in ordered[: max(ranks, default=0)]}


def picked(title: str, practice: str, wave: str) -> float:
    return fmean(BY_ID[practice].name in a.cells[title].split(", ") for a in of(wave))


# How it is made


def test_making_the_sample_again_gives_the_same_bytes(tmp_path: Path) -> None:
    make_sample.write(tmp_path)
    for name in FILES:
        made, kept = ((folder / name).read_bytes() for folder in (tmp_path, FOLDER))
        assert hashlib.sha256(made).hexdigest() == hashlib.sha256(kept).hexdigest(), name


def test_the_sample_stays_small() -> None:
    assert (FOLDER / "responses.csv").stat().st_size < 1_500_000


def test_the_school_file_says_when_and_where_it_is() -> None:
    facts = json.loads((FOLDER / "school.json").read_text(encoding="utf-8"))
    assert facts == {
        "clock": "2027-01-28T10:15:00",
        "time_zone": "America/Chicago",
        "form_title": "Form Responses 1",
    }
    assert ZoneInfo(facts["time_zone"])


# The form's tab


def test_the_header_is_that_of_the_form() -> None:
    header, rows = table()
    assert header == FORM.headers(school.FOLLOW_UPS)
    assert {len(row) for row in rows} == {len(header)}


def test_every_cell_is_an_answer_the_form_allows() -> None:
    allowed = {
        **{question.title: {*question.options} for question in FORM.groups},
        **{
            FORM.grid.header(row): {*FORM.grid.points, FORM.grid.not_applicable, ""}
            for row in FORM.grid.rows
        },
        **{question.title: {*question.options, ""} for question in FORM.trust},
        **{
            FORM.followup.title(promise): {*FORM.followup.options, ""}
            for promise in school.FOLLOW_UPS
        },
    }
    for title, options in allowed.items():
        assert {answer.cells[title] for answer in answers()} == options
    for pick_list in FORM.pick_lists:
        for answer in answers():
            picks = [pick for pick in answer.cells[pick_list.title].split(", ") if pick]
            assert len(picks) == len(set(picks)) <= pick_list.at_most
            assert [pick for pick in pick_list.options if pick in picks] == picks


def test_each_wave_has_its_answers_in_order_of_arrival_and_none_after_now() -> None:
    times = [
        datetime.strptime(answer.cells["Timestamp"], "%m/%d/%Y %H:%M:%S") for answer in answers()
    ]
    assert times == sorted(times)
    assert times[-1] < school.CLOCK
    assert Counter(answer.wave for answer in answers()) == {
        "2024-spring": 294,
        "2024-fall": 301,
        "2025-winter": 288,
        "2025-spring": 328,
        "2025-fall": 334,
        "2026-winter": 305,
        "2026-spring": 309,
        "2026-fall": 307,
        "2027-winter": 146,
    }
    for wave, after in zip(school.WAVES, school.WAVES[1:], strict=False):
        assert wave.closes is not None
        assert wave.closes <= after.opens
        inside = [t for t in times if wave.opens <= t.date() < after.opens]
        assert len(inside) == wave.answers
        assert max(inside).date() < wave.closes


def test_timestamps_are_written_the_us_way_without_zeros_in_front() -> None:
    assert answers()[0].cells["Timestamp"].startswith("4/22/2024 8:")


def test_about_six_in_ten_leave_both_prompts_empty() -> None:
    empty = [not any(a.cells[prompt.title] for prompt in FORM.prompts) for a in answers()]
    assert 0.5 < fmean(empty) < 0.65


# The stories


def test_a_practice_rose_after_its_session_and_the_others_did_not() -> None:
    story = stories.ROSE
    assert discoveries(story.baseline, story.after) == {story.practice: "better"}
    assert z_of_contrast(story.practice, story.baseline, story.after) > 4


def test_a_practice_rose_no_more_than_everything_else() -> None:
    story = stories.ROSE_WITH_THE_REST
    assert story.after == stories.MOOD_WAVE
    changed = discoveries(story.baseline, story.after)
    assert changed[story.practice] == "better"
    assert set(changed.values()) == {"better"}
    assert len(changed) >= 12
    assert abs(z_of_contrast(story.practice, story.baseline, story.after)) < 1


def test_a_session_that_moved_nothing() -> None:
    story = stories.NOT_MOVED
    assert abs(z_of_contrast(story.practice, story.baseline, story.after)) < 1.5


def test_a_practice_fell_and_nothing_else_changed() -> None:
    assert stories.FELL_IN == stories.LATEST_CLOSED == WAVE_IDS[-2]
    assert discoveries(WAVE_IDS[-3], stories.FELL_IN) == {stories.FELL: "worse"}
    assert discoveries("2025-fall", stories.FELL_IN) == {stories.FELL: "worse"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2024-spring", "2024-fall"),
        ("2024-fall", "2025-winter"),
        ("2025-fall", "2026-winter"),
        ("2026-winter", "2026-spring"),
    ],
)
def test_chance_adds_no_story(before: str, after: str) -> None:
    assert discoveries(before, after) == {}


@pytest.mark.parametrize("wave", WAVE_IDS[4:8])
def test_a_practice_is_low_only_for_the_youngest(wave: str) -> None:
    others = tuple(set(FORM.groups[0].options) - set(stories.LOW_GRADES))
    low, _ = favorable(stories.LOW_FOR_SOME, of(wave, grades=stories.LOW_GRADES))
    high, _ = favorable(stories.LOW_FOR_SOME, of(wave, grades=others))
    assert high - low > 0.2
    assert favorable(stories.LOW_FOR_SOME, of(wave))[0] > 0.55
    for practice in set(IDS) - {stories.LOW_FOR_SOME}:
        gap = favorable(practice, of(wave, grades=others))[0]
        gap -= favorable(practice, of(wave, grades=stories.LOW_GRADES))[0]
        assert abs(gap) < 0.2


def test_each_low_grade_is_below_each_other_grade_in_the_latest_wave() -> None:
    shares = {
        grade: favorable(stories.LOW_FOR_SOME, of(stories.LATEST_CLOSED, grades=(grade,)))[0]
        for grade in FORM.groups[0].options
    }
    low = [shares.pop(grade) for grade in stories.LOW_GRADES]
    assert max(low) + 0.2 < min(shares.values())


@pytest.mark.parametrize("wave", WAVE_IDS[4:8])
def test_many_say_that_one_practice_used_to_work(wave: str) -> None:
    title = FORM.pick_lists[2].title
    shares = {practice: picked(title, practice, wave) for practice in IDS}
    assert shares.pop(stories.USED_TO_WORK) > 0.18
    assert max(shares.values()) < 0.12


def test_it_was_not_so_before() -> None:
    assert WAVE_IDS[4] == stories.USED_TO_WORK_SINCE
    for wave in WAVE_IDS[:4]:
        assert picked(FORM.pick_lists[2].title, stories.USED_TO_WORK, wave) < 0.15


def test_one_practice_is_lowest_beyond_chance_and_no_focus_yet() -> None:
    said = of(stories.LATEST_CLOSED)
    shares = {practice: favorable(practice, said) for practice in IDS}
    lowest, n = shares.pop(stories.CLEAR_PRIORITY)
    third = sorted(share for share, _ in shares.values())[2]
    # It would have to pass the third of the others to leave the lowest three.
    assert (third - lowest) / math.sqrt(2 * third * (1 - third) / n) > 3
    chosen = {fields["practice"] for fields in latest(tabs.FOCUS).values()}
    assert stories.CLEAR_PRIORITY not in chosen


def test_the_tiny_program_never_reaches_a_floor() -> None:
    grouping, label = stories.HIDDEN_GROUP
    for wave, number in zip(WAVE_IDS, school.TINY_ANSWERS, strict=True):
        assert sum(a.cells[grouping] == label for a in of(wave)) == number
        assert number in (3, 4)


def test_every_other_group_reaches_the_public_floor_in_closed_waves() -> None:
    for wave in WAVE_IDS[:-1]:
        for question in FORM.groups:
            sizes = Counter(answer.cells[question.title] for answer in of(wave))
            sizes.pop(stories.HIDDEN_GROUP[1], None)
            assert min(sizes.values()) >= 10


def test_the_oldest_are_not_heard_enough() -> None:
    said = of(stories.LATEST_CLOSED)
    numbers = Counter(answer.cells["Grade"] for answer in said)
    for grouping, label, enrolled in enrollment():
        if grouping == "Grade":
            ratio = numbers[label] / enrolled / (len(said) / 600)
            assert (ratio < 0.8) == (label in stories.NOT_HEARD), label


def test_trust_rises_once_promises_are_kept() -> None:
    def agree(title: str, wave: str) -> float:
        said = [a.cells[title] for a in of(wave) if a.cells[title]]
        return fmean(word in ("Agree", "Strongly agree") for word in said)

    honest, used = (question.title for question in FORM.trust)
    assert agree(used, "2024-spring") < 0.4
    assert agree(used, stories.LATEST_CLOSED) > 0.55
    assert agree(honest, "2024-spring") < agree(honest, stories.LATEST_CLOSED)


def test_follow_ups_are_asked_in_their_waves_and_say_what_the_story_says() -> None:
    promises = latest(tabs.PROMISES)
    for promise, asked in school.FOLLOW_UPS.items():
        title = FORM.followup.title(promise)
        waves = {answer.wave for answer in answers() if answer.cells[title]}
        assert waves == {WAVE_IDS[index] for index in asked}
    for promise_id, (wave, most) in stories.STUDENTS_SAY.items():
        title = FORM.followup.title(promises[promise_id]["follow_up"])
        said = Counter(a.cells[title] for a in of(wave) if a.cells[title])
        assert said.most_common(1)[0][0] == most


# Comments


def test_planted_comments_stand_where_the_stories_say() -> None:
    _, rows = table()
    header = table()[0]
    for comment in planted.PLANTED:
        column = header.index(FORM.prompts[comment.prompt].title)
        assert rows[stories.sheet_row(comment) - 2][column] == comment.text
        assert all(name in comment.text for name in comment.names)
    assert [*stories.COUNSELOR_ROWS] == [2332, 2565]


def test_no_planted_comment_overwrites_another() -> None:
    places = {(c.wave, c.answer, c.prompt) for c in planted.PLANTED}
    assert len(places) == len(planted.PLANTED)


def test_names_of_people_stand_in_planted_comments_only() -> None:
    surnames = {name.split()[-1].lower() for name, _ in planted.ROSTER}
    known = {comment.text for comment in planted.PLANTED}
    for answer in answers():
        for prompt in FORM.prompts:
            text = answer.cells[prompt.title]
            assert text in known or not any(name in text.lower() for name in surnames)


def test_comments_come_in_english_and_spanish_and_vary() -> None:
    texts = [a.cells[prompt.title] for a in answers() for prompt in FORM.prompts]
    texts = [text for text in texts if text]
    assert len(set(texts)) > 700
    assert sum(any(word in text.lower() for word in ("ñ", "ó", "é", "á")) for text in texts) > 40
