"""What the sample school has decided: every kind of record, in step with its answers."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from lib.catalogue import CATALOGUE, FORM
from lib.publish.json_form import from_json
from lib.workbook import tabs
from sample_data import school, stories
from tests.unit.sample_facts import IDS, WAVE_IDS, events, favorable, latest, of


def test_event_ids_are_unique_and_revisions_follow_each_other() -> None:
    assert len({event["event_id"] for event in events()}) == len(events())
    seen: Counter[tuple[str, str]] = Counter()
    for event in events():
        key = event["tab"], event["record_id"]
        seen[key] += 1
        assert event["revision"] == seen[key]
        assert set(event["fields"]) == set(tabs.TABS[event["tab"]].columns)
        assert all(isinstance(value, str) for value in event["fields"].values())


def test_nothing_was_decided_after_now() -> None:
    now = school.CLOCK.replace(tzinfo=ZoneInfo(school.TIME_ZONE))
    assert all(datetime.fromisoformat(event["at"]) < now for event in events())
    assert all(event["at"].endswith("Z") for event in events())


def test_deciders_are_roles() -> None:
    assert {event["who"] for event in events()} == {
        *("PD team lead", "Principal", "Student council advisor", "Technology coordinator"),
        "Counselor",
    }


def test_the_waves_tab_holds_eight_closed_waves_and_an_open_one() -> None:
    waves = latest(tabs.WAVES)
    assert tuple(waves) == WAVE_IDS
    closes = [fields["closes"] for fields in waves.values()]
    assert closes[0] == "2024-05-04T00:00:00"
    assert [bool(end) for end in closes] == [True] * 8 + [False]


def test_the_practices_tab_is_seeded_from_the_catalogue_in_its_order() -> None:
    kept = latest(tabs.PRACTICES)
    assert tuple(kept) == IDS
    for practice in CATALOGUE:
        assert kept[practice.practice_id]["looks_like"].splitlines() == [*practice.looks_like]


def test_promises_stand_in_every_state() -> None:
    promises = latest(tabs.PROMISES)
    states = {record_id: fields["state"] for record_id, fields in promises.items()}
    assert states == stories.PROMISE_STATES
    assert {*states.values()} == {"listening", "doing", "half done", "done", "not this time"}
    late = [
        record_id
        for record_id, fields in promises.items()
        if fields["revisit"] and fields["revisit"] < f"{school.CLOCK:%Y-%m-%d}"
    ]
    assert late == [stories.LATE_PROMISE]


def test_focuses_run_finish_and_drop() -> None:
    focuses = latest(tabs.FOCUS)
    assert Counter(fields["state"] for fields in focuses.values()) == {
        "running": 2,
        "finished": 2,
        "dropped": 1,
    }
    assert {i for i, f in focuses.items() if f["state"] == "running"} == {*stories.RUNNING}
    assert focuses["focus-reallife"]["reason"]


def test_the_frozen_evidence_says_what_the_answers_say() -> None:
    for fields in latest(tabs.FOCUS).values():
        said = of(fields["wave"])
        share, _ = favorable(fields["practice"], said)
        label = next(w.label for w in school.WAVES if w.wave_id == fields["wave"])
        about = 5 * round(len(said) / 5)
        assert fields["evidence"].startswith(
            f"{label}: {round(100 * (1 - share))}% not favorable, about {about} answers."
        )


def test_sessions_lie_between_their_baseline_and_the_wave_after() -> None:
    sessions = latest(tabs.SESSIONS)
    by_id = {wave.wave_id: wave for wave in school.WAVES}
    for story in (stories.ROSE, stories.ROSE_WITH_THE_REST, stories.NOT_MOVED):
        day = datetime.fromisoformat(sessions[story.session]["date"]).date()
        before = by_id[story.baseline].closes
        assert before is not None
        assert before <= day < by_id[story.after].opens
        assert sessions[story.session]["focus"] == story.focus
    assert {fields["student_part"] for fields in sessions.values()} == {
        *("told", "asked", "at the table", "co-designing", "leading"),
    }
    coming = [i for i, f in sessions.items() if f["date"] > f"{school.CLOCK:%Y-%m-%d}"]
    assert coming == [stories.NEXT_SESSION]


def test_enrollment_adds_up_for_each_group_question() -> None:
    kept = latest(tabs.GROUPS).values()
    for question in FORM.groups:
        rows = {f["label"]: int(f["enrolled"]) for f in kept if f["grouping"] == question.title}
        assert tuple(rows) == question.options
        assert sum(rows.values()) == 600


def test_one_version_of_the_students_page_is_published() -> None:
    (event,) = [event for event in events() if event["tab"] == tabs.PUBLISHED]
    page = from_json(event["fields"]["content"])
    assert (page.version, page.published_on.isoformat()) == (1, "2026-11-20")
    assert event["at"] == "2026-11-20T21:30:00Z"
    assert len(page.promises) == len(stories.PROMISE_STATES)
    assert {promise.state.value for promise in page.promises} == {*stories.PROMISE_STATES.values()}


def test_the_published_page_says_what_the_answers_say() -> None:
    (fields,) = latest(tabs.PUBLISHED).values()
    ids = {practice.name: practice.practice_id for practice in CATALOGUE}
    for promise in from_json(fields["content"]).promises:
        assert [point.wave for point in promise.trend] == [w.label for w in school.WAVES[:-1]]
        for point, wave in zip(promise.trend, WAVE_IDS, strict=False):
            share, _ = favorable(ids[promise.practice], of(wave))
            assert point.figure is not None
            assert point.figure.percent == round(100 * share)
