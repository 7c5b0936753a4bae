"""A form that changes after somebody accepted it: what is noticed, and what a person decides."""

from collections.abc import Mapping, Sequence

from lib import intake
from lib.catalogue import CATALOGUE
from lib.intake import Feedback, corrections_of
from lib.intake.feedback import Role, Scale
from lib.plan import drift, mapping
from lib.workbook import Event, Record, fold, tabs
from tests.unit.plan.people import at

STAMP = {"who": "Ana", "at": at(1)}
HEADER = ("Timestamp", "Grade", "I get real choices", "How is the pace? (1-10)", "Anything else?")

Table = tuple[list[str], list[list[str]]]


def form(count: int = 60) -> Table:
    table = [
        [
            f"3/{1 + i % 28}/2026 10:00:{i % 60:02}",
            f"Grade {6 + i % 3}",
            str(1 + i % 5),
            str(1 + i % 10),
            f"We need more time for our work number {i}" if i % 3 == 0 else "",
        ]
        for i in range(count)
    ]
    return list(HEADER), table


def read(table: Table, records: Mapping[str, Record]) -> Feedback:
    answers = intake.encode(*table)
    return intake.understand(answers, CATALOGUE, corrections_of(records.values()))


def records_of(events: Sequence[Event]) -> Mapping[str, Record]:
    return fold(events).get(tabs.COLUMNS, {})


def asked(table: Table, events: Sequence[Event] = ()) -> tuple[mapping.Question, ...]:
    records = records_of(events)
    return mapping.questions(read(table, records).columns, records)


def changes(table: Table, events: Sequence[Event]) -> drift.Changes:
    return drift.changes(asked(table, events), records_of(events))


def accepted() -> list[Event]:
    return list(mapping.accept(asked(form()), **STAMP))


def with_header(place: int, text: str) -> Table:
    header, table = form()
    header[place] = text
    return header, table


def with_column(text: str, answers: Sequence[str]) -> Table:
    """The form with one more column at its end; only the last answers are in it."""
    header, table = form()
    first = len(table) - len(answers)
    rest = [[*row, "" if i < first else answers[i - first]] for i, row in enumerate(table)]
    return [*header, text], rest


def without(place: int) -> Table:
    header, table = form()
    del header[place]
    for row in table:
        del row[place]
    return header, table


def test_before_anybody_accepted_nothing_is_a_change() -> None:
    assert changes(form(), []) == drift.Changes()
    only_one = mapping.save(asked(form())[2], mapping.said(asked(form())[2], Role.NOTE), **STAMP)
    assert changes(with_header(2, "I choose what I do"), [only_one]) == drift.Changes()


def test_a_form_that_stays_the_same_has_not_changed() -> None:
    assert changes(form(), accepted()) == drift.Changes()


def test_a_question_reworded_in_place_is_asked_about() -> None:
    (look,) = changes(with_header(2, "I can choose how I work"), accepted()).lookalikes
    assert drift.ask(look) == "This looks like “I get real choices”. Is it the same question?"
    assert drift.why(look) == (
        "Column C asks “I can choose how I work”. The earlier question stood in the same column "
        "and is gone."
    )


def test_yes_keeps_its_history_under_one_practice() -> None:
    events = accepted()
    practice = asked(form(), events)[2].column.practice
    table = with_header(2, "I can choose how I work")
    (look,) = changes(table, events).lookalikes
    events += drift.same(look, **STAMP)
    after = asked(table, events)
    assert after[2].column.practice == practice
    assert after[2].record is not None
    assert after[2].record.fields["same_as"] == "I get real choices"
    assert changes(table, events) == drift.Changes()
    assert mapping.unaccepted(after) == ()


def test_no_makes_it_a_question_of_its_own_and_the_other_is_gone() -> None:
    events = accepted()
    table = with_header(2, "I can choose how I work")
    (look,) = changes(table, events).lookalikes
    events.append(drift.different(look, **STAMP))
    found = changes(table, events)
    assert found.lookalikes == ()
    assert [m.correction.header for m in found.gone] == ["I get real choices"]
    assert asked(table, events)[2].column.practice == "i-can-choose-how-i-work"
    events.append(drift.taken_out(found.gone[0], **STAMP))
    assert changes(table, events) == drift.Changes()


def test_a_new_column_in_other_words_goes_on_where_the_old_one_stopped() -> None:
    header, table = with_column("I get to make real choices", ["4", "5", "2", "1", "3"] * 4)
    for row in table[-20:]:
        row[2] = ""
    events = accepted()
    (look,) = changes((header, table), events).lookalikes
    assert not look.replaced
    assert "still there" in drift.why(look)
    events += drift.same(look, **STAMP)
    found = read((header, table), records_of(events))
    one = found.practices.index("i-get-real-choices")
    assert int((found.ratings[:, one] > 0).sum()) == 60
    assert "i-get-to-make-real-choices" not in found.practices
    assert changes((header, table), events) == drift.Changes()


def test_the_scale_and_the_rule_of_the_earlier_question_are_kept_where_they_fit() -> None:
    events = accepted()
    strict = asked(form(), events)[2]
    rule = mapping.said(strict, Role.RATING, strict.column.practice, (1, 5), 5)
    events.append(mapping.save(strict, rule, **STAMP))
    table = with_header(2, "I can choose how I work")
    (look,) = changes(table, events).lookalikes
    events += drift.same(look, **STAMP)
    assert asked(table, events)[2].column.scale == Scale(1, 5, 5)

    header, rows = with_header(2, "I can choose how I work (0-10)")
    for i, row in enumerate(rows):
        row[2] = str(i % 11)
    (wider,) = changes((header, rows), events[:-2]).lookalikes
    events = [*events[:-2], *drift.same(wider, **STAMP)]
    scale = asked((header, rows), events)[2].column.scale
    assert scale is not None
    assert (scale.low, scale.high) == (0, 10)


def test_a_column_moved_to_another_place_is_said_and_changes_nothing() -> None:
    header, table = form()
    order = [0, 1, 4, 2, 3]
    moved = [header[i] for i in order], [[row[i] for i in order] for row in table]
    found = changes(moved, accepted())
    assert [q.letter for q in found.moved] == ["C", "D", "E"]
    assert drift.notes(found) == (
        "3 questions stand in another column than before. A question is known by its words, so "
        "nothing changes.",
    )
    again = [*accepted(), *mapping.accept(asked(moved, accepted()), **STAMP)]
    assert changes(moved, again) == drift.Changes()


def test_a_deleted_question_is_missed_and_can_be_let_go() -> None:
    events = accepted()
    (lost,) = changes(without(3), events).gone
    assert drift.says_gone(lost) == "“How is the pace? (1-10)” is gone from the sheet."
    events.append(drift.taken_out(lost, **STAMP))
    assert changes(without(3), events).gone == ()
    # Brought back, it is asked again once somebody says so.
    back = asked(form(), events)
    assert [q.letter for q in mapping.unaccepted(back)] == ["D"]


def test_a_question_added_again_counts_with_the_first() -> None:
    header, table = with_column("I get real choices", ["4", "5", "2", "1", "3"] * 4)
    for row in table[-20:]:
        row[2] = ""
    found = changes((header, table), accepted())
    assert [q.letter for q in found.again] == ["F"]
    assert found.lookalikes == ()
    assert drift.notes(found)[0].startswith(
        "“I get real choices” stands in the sheet again, in column F."
    )
    feedback = read((header, table), records_of(accepted()))
    assert int((feedback.ratings[:, 0] > 0).sum()) == 60


def test_a_question_added_again_that_is_read_otherwise_is_asked_about() -> None:
    table = with_column("Anything else?", ["ok", "fine"] * 10)
    (look,) = changes(table, accepted()).lookalikes
    assert (look.question.letter, look.earlier.letter) == ("F", "E")
    after = asked(table, [*accepted(), *drift.same(look, **STAMP)])
    assert after[5].column.role is Role.COMMENT


def test_new_questions_are_named_and_wait_to_be_accepted() -> None:
    table = with_column("The halls are clean", ["4", "5", "2", "1", "3"] * 6)
    found = changes(table, accepted())
    assert [q.letter for q in found.new] == ["F"]
    assert drift.notes(found) == ("1 question is new: F. Check what the app takes it for.",)


def test_the_summary_for_setup_says_all_of_it_or_that_nothing_changed() -> None:
    first = drift.summary(drift.Changes(), asked(form()))
    assert first == (
        "Is every question read as you meant it? Say so once, and the app notices when the form "
        "changes.",
    )
    same = asked(form(), accepted())
    assert drift.summary(drift.Changes(), same) == (
        "It is written down as you accepted it; a change in the form is noticed here.",
    )
    header, table = with_header(2, "I can choose how I work")
    del header[3]
    for row in table:
        del row[3]
    events = accepted()
    said = drift.summary(changes((header, table), events), asked((header, table), events))
    assert said[:2] == (
        "1 new question looks like an earlier one. Say whether it is the same.",
        "1 question is gone from the sheet.",
    )
    assert drift.summary(drift.Changes(), ()) == ()
    header, _ = form()
    assert drift.summary(drift.Changes(), asked((header, []))) == ()


def test_notes_and_columns_that_nothing_counts_in_are_not_missed() -> None:
    header, table = form()
    noted = (
        [*header, "Teacher notes"],
        [[*row, "see me" if i == 3 else ""] for i, row in enumerate(table)],
    )
    events = list(mapping.accept(asked(noted), **STAMP))
    assert changes((header, table), events).gone == ()
