"""What a person says of a question: written down, taken back, and never a change by itself."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import intake
from lib.catalogue import BY_ID, CATALOGUE
from lib.decided import DecisionProblem
from lib.intake import Correction, Feedback, corrections_of
from lib.intake.feedback import Column, Role, Scale
from lib.plan import mapping
from lib.workbook import Event, Record, fold, tabs
from tests.unit.plan.people import at

STAMP = {"who": "Ana", "at": at(1)}
SAMPLE = Path(__file__).parents[3] / "sample_data" / "responses.csv"
HEADER = (
    "Timestamp",
    "E-mail",
    "Grade",
    "I get real choices",
    "I get real choices",
    "Lab notes",
    "",
)


def rows(count: int = 60) -> list[list[str]]:
    return [
        [
            f"3/{1 + i % 28}/2026 10:00:{i % 60:02}",
            f"kid{i}@school.example",
            f"Grade {6 + i % 3}",
            str(1 + i % 5),
            str(1 + i % 4) if i % 2 else "5",
            "",
            "",
        ]
        for i in range(count)
    ]


def read(
    header: Sequence[str] = HEADER,
    table: Sequence[Sequence[str]] = (),
    records: Mapping[str, Record] | None = None,
) -> Feedback:
    answers = intake.encode(header, table or rows())
    return intake.understand(answers, CATALOGUE, corrections_of((records or {}).values()))


def records_of(*events: Event) -> Mapping[str, Record]:
    return fold(events).get(tabs.COLUMNS, {})


def asked(records: Mapping[str, Record] | None = None) -> tuple[mapping.Question, ...]:
    return mapping.questions(read(records=records).columns, records or {})


def test_questions_of_one_text_are_told_apart_by_their_order() -> None:
    found = asked()
    assert [(q.letter, q.ordinal) for q in found] == [
        ("A", 1),
        ("B", 1),
        ("C", 1),
        ("D", 1),
        ("E", 2),
        ("F", 1),
        ("G", 1),
    ]
    second = Correction("I get real choices", 2, Role.IDENTITY)
    assert mapping.positions([q.column for q in found], [second]) == {5}


def test_a_question_is_saved_as_the_next_revision_of_its_own_record() -> None:
    choices = asked()[3]
    words = mapping.said(choices, Role.COMMENT)
    first = mapping.save(choices, words, **STAMP)
    assert first.fields == {
        "header": "I get real choices",
        "ordinal": "1",
        "role": "comment",
        "practice": "",
        "low": "",
        "high": "",
        "favorable_from": "",
        "date_order": "",
    }
    again = asked(records_of(first))[3]
    assert again.record is not None
    assert again.column.role is Role.COMMENT
    rating = mapping.said(again, Role.RATING, "choice", (1, 5), 5)
    second = mapping.save(again, rating, **STAMP)
    assert (second.record_id, second.revision) == (first.record_id, 2)
    now = asked(records_of(first, second))[3].column
    assert (now.practice, now.scale) == ("choice", Scale(1, 5, 5))


def test_two_people_who_save_the_same_question_at_once_are_seen_to() -> None:
    choices = asked()[3]
    one = mapping.save(choices, mapping.said(choices, Role.COMMENT), **STAMP)
    two = mapping.save(choices, mapping.said(choices, Role.NOTE), who="Ben", at=at(2))
    (record,) = records_of(one, two).values()
    assert len(record.overwritten) == 1


def test_what_is_read_that_way_already_is_not_saved() -> None:
    choices = asked()[3]
    with pytest.raises(DecisionProblem, match="Nothing was changed"):
        mapping.save(choices, mapping.as_read(choices), **STAMP)


def test_undo_goes_back_a_step_and_at_last_to_what_the_app_sees() -> None:
    seen = asked()[3]
    first = mapping.save(seen, mapping.said(seen, Role.COMMENT), **STAMP)
    then = asked(records_of(first))[3]
    second = mapping.save(then, mapping.said(then, Role.NOTE), **STAMP)
    events = [first, second]
    for role in (Role.COMMENT, Role.NOTE):  # undoing an undo brings the change back
        events.append(mapping.undo(asked(records_of(*events))[3], **STAMP))
        assert asked(records_of(*events))[3].column.role is role
    alone = mapping.undo(asked(records_of(first))[3], **STAMP)
    back = asked(records_of(first, alone))[3]
    assert (back.column.role, back.column.practice) == (Role.RATING, seen.column.practice)
    with pytest.raises(DecisionProblem, match="Nobody has changed"):
        mapping.undo(seen, **STAMP)


def test_accepting_writes_every_question_down_once() -> None:
    events = mapping.accept(asked(), **STAMP)
    # F and G are empty: they are left to recognition until somebody answers.
    assert [e.fields["letter"] for e in events] == ["A", "B", "C", "D", "E"]
    assert {e.fields["state"] for e in events} == {"asked"}
    assert [e.fields["role"] for e in events] == [
        "timestamp",
        "identity",
        "group",
        "rating",
        "rating",
    ]
    assert [e.fields["favorable_from"] for e in events] == ["", "", "", "4", "4"]
    accepted = asked(records_of(*events))
    assert mapping.unaccepted(accepted) == ()
    with pytest.raises(DecisionProblem, match="Every question is written down"):
        mapping.accept(accepted, **STAMP)


def test_before_the_first_answer_there_is_nothing_to_accept() -> None:
    columns = intake.understand(intake.encode(HEADER, []), CATALOGUE, ()).columns
    assert {column.role for column in columns} == {Role.EMPTY, Role.IDENTITY}
    assert mapping.unaccepted(mapping.questions(columns, {})) == ()


def test_accepting_after_one_change_writes_only_what_is_new() -> None:
    events = mapping.accept(asked(), **STAMP)
    grade = asked(records_of(*events))[2]
    changed = mapping.save(grade, mapping.said(grade, Role.NOTE), **STAMP)
    assert changed.fields["state"] == "asked"
    assert mapping.unaccepted(asked(records_of(*events, changed))) == ()


def test_accepting_changes_nothing_that_comes_out_of_the_sample() -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        header, *table = csv.reader(file)
    before = read(header, table)
    events = mapping.accept(mapping.questions(before.columns, {}), **STAMP)
    after = read(header, table, records_of(*events))
    assert [(c.role, c.practice, c.scale, c.standing) for c in after.columns] == [
        (c.role, c.practice, c.scale, c.standing) for c in before.columns
    ]
    assert np.array_equal(after.ratings, before.ratings)
    assert np.array_equal(after.standings, before.standings)
    assert np.array_equal(after.at, before.at)
    assert after.practices == before.practices
    assert after.comments.texts == before.comments.texts


CELLS = st.sampled_from(
    ["", "1", "2", "4", "5", "Yes", "No", "Often", "Never", "Grade 6", "ok", "9"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["When", "Choices", "Choices", "Pace 1-10", ""]), min_size=1).flatmap(
        lambda header: st.tuples(
            st.just(header),
            st.lists(
                st.lists(CELLS, min_size=len(header), max_size=len(header)),
                min_size=1,
                max_size=25,
            ),
        )
    )
)
def test_accepting_never_changes_what_any_column_holds(
    form: tuple[list[str], list[list[str]]],
) -> None:
    before = read(*form)
    questions = mapping.questions(before.columns, {})
    events = mapping.accept(questions, **STAMP) if mapping.unaccepted(questions) else ()
    after = read(*form, records_of(*events))
    assert [(c.role, c.practice) for c in after.columns] == [
        (c.role, c.practice) for c in before.columns
    ]
    assert np.array_equal(after.ratings, before.ratings)


def column(role: Role, practice: str | None = None, scale: Scale | None = None) -> Column:
    return Column(4, "Rate [We do labs]", role, practice, scale)


def test_a_practice_and_a_scale_are_said_only_where_they_mean_something() -> None:
    labs = mapping.Question(column(Role.OTHER), 1, None)
    rating = mapping.said(labs, Role.RATING, "labs", (0, 10), 8)
    assert (rating.practice, rating.low, rating.high, rating.favorable_from) == ("labs", 0, 10, 8)
    trust = mapping.said(labs, Role.TRUST, "labs", (1, 5), 4)
    assert (trust.practice, trust.low, trust.favorable_from) == (None, 1, 4)
    group = mapping.said(labs, Role.GROUP, "labs", (1, 5), 4)
    assert (group.practice, group.low, group.high, group.favorable_from) == (None,) * 4
    assert mapping.said(labs, Role.RATING, "labs", (1, 3), 5).favorable_from is None
    assert mapping.said(labs, Role.EMPTY).role is None
    with pytest.raises(DecisionProblem, match="lowest point must lie below"):
        mapping.said(labs, Role.RATING, "labs", (5, 5), 5)


def test_the_practices_to_choose_from_are_the_schools_and_those_of_other_questions() -> None:
    labs = mapping.Question(column(Role.RATING, "we-do-labs"), 1, None)
    snack = mapping.Question(Column(5, "Snacks", Role.RATING, "snacks"), 1, None)
    names = {"snacks": "Snacks", "we-do-labs": "We do labs"}
    choices = mapping.practice_choices(labs, [labs, snack], BY_ID, names)
    assert choices["snacks"] == "Snacks"
    assert choices["goals"] == "Clear goals"
    assert "we-do-labs" not in choices
    assert list(choices)[-1] == mapping.OWN
    assert mapping.practice_chosen(labs, "goals", choices) == "goals"
    assert mapping.practice_chosen(labs, mapping.OWN, choices) == "we-do-labs"


def test_a_practice_of_its_own_takes_nobody_elses_id() -> None:
    labs = mapping.Question(column(Role.RATING, "goals"), 1, None)
    assert mapping.practice_chosen(labs, mapping.OWN, ["goals"]) == "we-do-labs"
    taken = ["goals", "we-do-labs", "we-do-labs-2"]
    assert mapping.practice_chosen(labs, mapping.OWN, taken) == "we-do-labs-3"


def test_the_least_certain_question_is_looked_at_first() -> None:
    sure = Column(1, "A", Role.GROUP)
    rating = Column(2, "B", Role.RATING, "b")
    doubt = Column(3, "C", Role.OTHER, confidence=0.4)
    found = mapping.questions([sure, rating, doubt], {})
    assert mapping.to_look_at_first(found) == 2
    assert mapping.to_look_at_first(found[:2]) == 1
    assert mapping.to_look_at_first(found[:1]) == 0


def test_the_scale_of_a_column_is_what_its_answers_show() -> None:
    shown = column(Role.RATING, "labs", Scale(0, 10, 7))
    assert mapping.scale_at([column(Role.OTHER)] * 3 + [shown], 4) == Scale(0, 10, 7)
    assert mapping.scale_at([column(Role.OTHER)], 1) == Scale(1, 5, 4)
    assert mapping.scale_at((), 1) == Scale(1, 5, 4)


def test_the_order_of_dates_is_said_kept_and_taken_back() -> None:
    table = [[f"3/{1 + i % 9}/2026 10:00:{i:02}", *row[1:]] for i, row in enumerate(rows(30))]
    moment = mapping.questions(read(table=table).columns, {})[0]
    said = mapping.said(moment, Role.TIMESTAMP, date_order="day first")
    assert mapping.said(moment, Role.OTHER, date_order="day first").date_order == ""
    first = mapping.save(moment, said, **STAMP)
    assert first.fields["date_order"] == "day first"
    records = records_of(first)
    found = read(table=table, records=records)
    assert found.dates is not None
    assert (found.dates.order, found.dates.doubtful) == ("day first", 0)
    moment, *others = mapping.questions(found.columns, records)
    # Accepting everything keeps it, and never settles an order that nobody has looked at.
    accepted = mapping.accept([moment, *others], **STAMP)
    assert accepted[0].fields["date_order"] == "day first"
    fresh = mapping.accept(mapping.questions(read(table=table).columns, {}), **STAMP)
    assert fresh[0].fields["date_order"] == ""
    records = records_of(first, mapping.undo(moment, **STAMP))
    back = read(table=table, records=records)
    assert back.dates is not None
    assert (back.dates.order, back.dates.doubtful) == ("month first", 26)
