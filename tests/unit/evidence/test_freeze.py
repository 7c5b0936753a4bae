"""Frozen tables: what comes back is what was written, and a few answers never change one."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from lib.evidence import Frozen, as_events, build, newly_closed, thaw
from lib.evidence.codec import CodecProblem, from_json, to_json
from lib.evidence.floors import Floors
from lib.evidence.history import Refused, recompute
from lib.evidence.types import EVERYBODY, Audience, Beside, Evidence, Flag, Hidden, Wave, WaveTable
from lib.evidence.waves import Windows
from lib.intake.feedback import Feedback, Scale
from lib.workbook.records import Event, Record, fold
from lib.workbook.tabs import EVIDENCE, TABS
from tests.unit.evidence.schools import FIRST_DAY, NOW, School, answers, feedback, schools, windows

AT = datetime(2025, 1, 1, tzinfo=UTC)
CLOSED = windows((FIRST_DAY, FIRST_DAY + timedelta(days=14)))
GRADES = ["Grade 6"] * 40 + ["Grade 7"] * 30


def school(extra: int = 0, *, grade: str = "Grade 6") -> Feedback:
    """Seventy answers, one a minute, and so many more of one grade."""
    n = 70 + extra
    return feedback(
        {f"p{i}": answers(30 + 5 * i, n) for i in range(4)},
        groups={"Grade": [*GRADES, *[grade] * extra]},
        at=[FIRST_DAY + timedelta(minutes=i) for i in range(n)],
    )


def frozen_of(responses: Feedback) -> tuple[Evidence, Frozen]:
    evidence = build(responses, CLOSED, now=NOW)
    (frozen,) = newly_closed(evidence, responses, CLOSED, {})
    return evidence, frozen


def kept(*frozen: Frozen, at: datetime = AT) -> dict[str, Record]:
    return fold(e for f in frozen for e in as_events(f, who="app", at=at))[EVIDENCE]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schools())
def test_what_is_read_back_is_what_was_written(school: School) -> None:
    evidence = build(school.feedback, school.windows, now=school.now, groupings=school.groupings)
    frozen = newly_closed(evidence, school.feedback, school.windows, {})
    assert all(from_json(to_json(table)) == table for table in evidence.waves)
    if frozen:
        assert thaw(kept(*frozen)) == {f.table.wave.wave_id: f for f in frozen}


def test_a_table_kept_by_an_older_edition_of_the_app_is_read() -> None:
    """It said of each group why its line breaks; that is worked out from the waves now."""
    evidence, _ = frozen_of(school())
    kept = json.loads(to_json(evidence.waves[0]))
    for cell in kept["cells"]:
        cell["breaks"] = "In Fall 2024 nobody answered for this group."
    assert from_json(json.dumps(kept)) == evidence.waves[0]


def test_the_rows_fit_their_tab_and_their_cells() -> None:
    _, frozen = frozen_of(school())
    (event,) = as_events(frozen, who="app", at=AT)
    assert set(event.fields) == set(TABS[EVIDENCE].columns)
    assert event.fields["label"] == "Wave 1"
    assert all(0 < len(value) < 40_000 for value in event.fields.values())


def test_a_long_table_is_split_and_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.evidence.freeze._PART", 300)
    _, frozen = frozen_of(school())
    rows = as_events(frozen, who="app", at=AT)
    assert len(rows) > 3
    assert thaw(fold(reversed(rows))[EVIDENCE]) == {"w1": frozen}


def test_two_copies_of_the_app_that_freeze_at_once_write_one_table() -> None:
    _, frozen = frozen_of(school())
    first = as_events(frozen, who="app", at=AT)
    second = as_events(frozen, who="app", at=AT + timedelta(seconds=1))
    assert [e.event_id for e in first] == [e.event_id for e in second]


def test_of_two_tables_frozen_at_once_the_first_holds() -> None:
    _, first = frozen_of(school())
    _, second = frozen_of(school(extra=20))
    rows = [
        *as_events(second, who="b", at=AT + timedelta(seconds=1)),
        *as_events(first, who="a", at=AT),
    ]
    assert thaw(fold(rows)[EVIDENCE]) == {"w1": first}


def test_a_later_edition_holds() -> None:
    _, frozen = frozen_of(school())
    again = replace(frozen, edition=2)
    assert thaw(kept(again, frozen)) == {"w1": again}


@pytest.mark.parametrize(
    "harm",
    [
        lambda fields: {**fields, "content": fields["content"][:-4] + "AAA="},
        lambda fields: {**fields, "content": ""},
        lambda fields: {**fields, "content": "not a table", "digest": "0"},
        lambda fields: {**fields, "digest": ""},
    ],
)
def test_a_damaged_table_is_not_made_anew_in_silence(harm) -> None:  # type: ignore[no-untyped-def]
    responses = school()
    _, frozen = frozen_of(responses)
    (event,) = as_events(frozen, who="app", at=AT)
    found = thaw(fold([replace(event, fields=harm(event.fields))])[EVIDENCE])
    assert isinstance(found["w1"], Hidden)
    (table,) = build(responses, CLOSED, now=NOW, frozen=found).waves
    assert table.cells == ()
    assert table.notes == (
        "Wave 1 is not shown: a row of its table in PD Evidence was changed or deleted. Bring "
        "the row back with the spreadsheet's version history.",
    )


def test_a_missing_part_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.evidence.freeze._PART", 300)
    _, frozen = frozen_of(school())
    rows: list[Event] = list(as_events(frozen, who="app", at=AT))
    assert isinstance(thaw(fold(rows[:-1])[EVIDENCE])["w1"], Hidden)


def test_a_text_that_is_no_table_is_a_problem() -> None:
    for text in ("", "[]", "{}", '{"wave": 3}'):
        with pytest.raises(CodecProblem):
            from_json(text)


def test_a_frozen_wave_does_not_follow_late_answers() -> None:
    evidence, frozen = frozen_of(school())
    assert build(school(extra=3), CLOSED, now=NOW, frozen={"w1": frozen}).waves == evidence.waves


def remapped(responses: Feedback) -> Feedback:
    return replace(responses, scales=dict.fromkeys(responses.practices, Scale(1, 5, 5)))


def test_a_remapping_fills_the_same_cells_anew() -> None:
    evidence, frozen = frozen_of(school())
    stricter = replace(
        school(), ratings=np.where(school().ratings == 5, 4, school().ratings).astype(np.int8)
    )
    again = recompute(evidence, frozen, remapped(stricter), CLOSED, names={})
    assert again.edition == 2
    assert again.seals == frozen.seals
    assert [c.members for c in again.table.cells] == [c.members for c in frozen.table.cells]
    everybody = again.table.everybody
    assert everybody is not None
    assert everybody.favorable["p0"].text == "at most 3%"  # type: ignore[union-attr]


@pytest.mark.parametrize("extra", [1, 9])
def test_a_recompute_for_a_few_answers_is_refused(extra: int) -> None:
    evidence, frozen = frozen_of(school())
    with pytest.raises(Refused) as refused:
        recompute(evidence, frozen, school(extra), CLOSED, names={})
    assert refused.value.says == (
        "Everybody: the answers behind these figures have changed, and too few of them to print "
        "the figures again.",
        "Grade 6: the answers behind these figures have changed, and too few of them to print "
        "the figures again.",
    )


def test_a_recompute_for_many_answers_is_allowed() -> None:
    evidence, frozen = frozen_of(school())
    again = recompute(evidence, frozen, school(extra=10), CLOSED, names={})
    assert [cell.n for cell in again.table.cells] == [80, 50, 30]


def test_a_recompute_that_exchanges_answers_is_refused() -> None:
    """Ten go and ten come: the seals cannot tell that it is not one for one."""
    evidence, frozen = frozen_of(school())
    moved = school()
    at = moved.at.copy()
    at[:10] += np.timedelta64(1, "D")
    with pytest.raises(Refused):
        recompute(evidence, frozen, replace(moved, at=at), CLOSED, names={})


def test_a_sort_of_the_sheet_changes_no_seal() -> None:
    evidence, frozen = frozen_of(school())
    fb, order = school(), np.random.default_rng(1).permutation(70)
    grades = fb.groups["Grade"]
    by_row = replace(
        fb,
        at=fb.at[order],
        ratings=fb.ratings[order],
        groups={"Grade": replace(grades, codes=grades.codes[order])},
    )
    assert recompute(evidence, frozen, by_row, CLOSED, names={}).table == frozen.table


def test_a_group_question_that_is_gone_takes_its_cells_with_it() -> None:
    evidence, frozen = frozen_of(school())
    again = recompute(evidence, frozen, replace(school(), groups={}), CLOSED, names={})
    assert [cell.name for cell in again.table.cells] == ["everybody"]


def test_a_group_that_became_too_small_is_refused() -> None:
    evidence, frozen = frozen_of(school())
    grades = ["Grade 6"] * 65 + ["Grade 7"] * 5
    fewer = feedback(
        {f"p{i}": answers(30, 70) for i in range(4)},
        groups={"Grade": grades},
        at=[FIRST_DAY + timedelta(minutes=i) for i in range(70)],
    )
    with pytest.raises(Refused, match="too small"):
        recompute(evidence, frozen, fewer, CLOSED, names={})


def test_a_wave_redrawn_around_a_frozen_one_is_not_shown() -> None:
    """The same window but for three answers, under another name, would give the three away."""
    responses = school()
    _, frozen = frozen_of(responses)
    later = FIRST_DAY + timedelta(minutes=3)
    redrawn = Windows((Wave("other", "Fall", later, CLOSED.waves[0].closes),))
    (table,) = build(responses, redrawn, now=NOW, frozen={"w1": frozen}).waves
    assert table.cells == ()
    assert table.notes == (
        "Fall is not shown: it holds nearly the same answers as Wave 1, which was published "
        "before.",
    )
    far = Windows(
        (Wave("other", "Fall", FIRST_DAY + timedelta(minutes=20), CLOSED.waves[0].closes),)
    )
    assert build(responses, far, now=NOW, frozen={"w1": frozen}).waves[0].cells


def under(floors: Floors) -> WaveTable:
    """The frozen table of seventy answers, thirty of them of Grade 7, as these floors show it."""
    _, frozen = frozen_of(school())
    (table,) = build(school(), CLOSED, now=NOW, frozen={"w1": frozen}, floors=floors).waves
    return table


def test_a_raised_floor_hides_a_frozen_grouping_whole() -> None:
    evidence, _ = frozen_of(school())
    assert under(Floors(5, 30)) == evidence.waves[0]
    raised = under(Floors(5, 31))
    assert [cell.grouping for cell in raised.cells] == [EVERYBODY]
    assert raised.cells[0] == evidence.waves[0].everybody
    assert raised.not_offered == {("Grade",): "By Grade: hidden to protect a small group."}


def test_a_hidden_grouping_is_not_named_beside_a_priority_either() -> None:
    evidence, frozen = frozen_of(school())
    gap = Beside(Flag.GAP, 20, "Grade 7: about 20 points lower.", Audience.PUBLIC)
    fall = Beside(Flag.FALL, 12, "Fell by 12 points since Wave 0.", Audience.PUBLIC)
    named = replace(evidence.waves[0].priorities[0], beside=(gap, fall))
    kept_so = replace(frozen, table=replace(frozen.table, priorities=(named,)))
    for floors, beside in ((Floors(5, 30), (gap, fall)), (Floors(5, 31), (fall,))):
        (table,) = build(school(), CLOSED, now=NOW, frozen={"w1": kept_so}, floors=floors).waves
        assert table.priorities[0].beside == beside


def test_a_raised_floor_above_everybody_shows_nothing_of_a_frozen_table() -> None:
    assert under(Floors(5, 70)).everybody is not None
    raised = under(Floors(5, 71))
    assert raised.cells == ()
    assert raised.priorities == ()
    assert raised.notes == ("Everybody: hidden to protect a small group.",)


def test_a_frozen_wave_carries_the_name_it_has_now() -> None:
    evidence, frozen = frozen_of(school())
    renamed = Windows((replace(CLOSED.waves[0], label="Fall"),))
    (table,) = build(school(), renamed, now=NOW, frozen={"w1": frozen}).waves
    assert table.wave.label == "Fall"
    assert table.cells == evidence.waves[0].cells
