"""Leaving a pasted block out: one record a copy, undone, and never against what was published."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from lib import evidence
from lib.catalogue import CATALOGUE
from lib.decided import DecisionProblem
from lib.evidence.history import Refused, recompute
from lib.intake import Feedback, encode, understand
from lib.intake.blocks import LONGEST
from lib.intake.feedback import Block
from lib.plan import blocks
from lib.plan.history import lines
from lib.school import settings_of
from lib.workbook import Event, Record, fold, tabs
from tests.unit.plan.people import at

STAMP = {"who": "Ana", "at": at(1)}
LATER = {"who": "Ben", "at": at(2)}
HEADER = ["Timestamp", "Grade", "I get help", "Lessons are calm"]
NOW = datetime(2025, 4, 1)


def row(n: int) -> list[object]:
    moment = datetime(2025, 1, 6, 9) + timedelta(minutes=n)
    return [f"{moment:%Y-%m-%d %H:%M:%S}", f"Grade {6 + n % 2}", 1 + n % 5, 1 + n % 4]


def form(copied: int, *, copies: int = 1, answers: int = 60) -> Feedback:
    """A form's answers, so many of the first of them pasted below again."""
    return read(sheet(copied, copies=copies, answers=answers))


def sheet(copied: int, *, copies: int = 1, answers: int = 60) -> list[list[object]]:
    own = [row(n) for n in range(answers)]
    pasted = [own[:copied] for _ in range(copies)]
    # A row between two copies, as the form writes on below what was pasted.
    return [*own, *(each for n, block in enumerate(pasted) for each in (*block, row(900 + n)))]


def read(rows: list[list[object]], records: Mapping[str, Record] | None = None) -> Feedback:
    out = blocks.fingerprints(records or {})
    return understand(encode(HEADER, rows), CATALOGUE, left_out_blocks=out)  # type: ignore[arg-type]


def kept(*events: Event) -> Mapping[str, Record]:
    return fold(events)[tabs.SETTINGS]


def test_a_block_is_left_out_and_counted_again() -> None:
    (offer,) = blocks.offers(form(5).blocks, {})
    assert offer.says == "Rows 62 to 66 are the same as the rows from 2 on."
    out = blocks.leave_out(offer, **STAMP)
    assert set(out.fields) == set(tabs.TABS[tabs.SETTINGS].columns)
    assert (out.fields["value"], out.fields["rows"]) == ("left out", "5")
    feedback = read(sheet(5), kept(out))
    assert feedback.left_out == {"block left out by a person": 5}
    assert blocks.offers(feedback.blocks, kept(out)) == ()
    (left,) = blocks.left(kept(out), feedback.lost_blocks)
    assert left.says == "A pasted block of 5 rows is left out."
    back = blocks.count_again(left, **LATER)
    assert (back.revision, back.record_id) == (2, out.record_id)
    records = kept(out, back)
    assert len(read(sheet(5), records)) == 66
    assert blocks.left(records, ()) == ()
    # Left out once more, it is the same record's next revision.
    (again,) = blocks.offers(form(5).blocks, records)
    assert blocks.leave_out(again, **LATER).revision == 3


def test_the_history_says_who_did_it_and_spares_people_the_fingerprint() -> None:
    (offer,) = blocks.offers(form(5).blocks, {})
    out = blocks.leave_out(offer, **STAMP)
    back = blocks.count_again(blocks.left(kept(out), ())[0], **LATER)
    said = lines(kept(out, back)[out.record_id])
    assert said == (
        "Oct 1, 2026: Ana wrote it. Name: block left out. Value: left out. Rows: 5.",
        "Oct 2, 2026: Ben changed it: value is now “counted again” (was “left out”).",
    )


def test_two_people_who_click_at_once_leave_it_out_once() -> None:
    rows = sheet(5, copies=2)
    first, second = blocks.offers(read(rows).blocks, {})
    assert first.record_id != second.record_id
    ana, ben = blocks.leave_out(first, **STAMP), blocks.leave_out(first, **LATER)
    assert len(blocks.fingerprints(kept(ana, ben))) == 1
    both = kept(ana, ben, blocks.leave_out(second, **STAMP))
    assert read(rows, both).left_out == {"block left out by a person": 10}


def test_of_two_copies_one_is_found_no_more() -> None:
    first, second = blocks.offers(form(5, copies=2).blocks, {})
    records = kept(blocks.leave_out(first, **STAMP), blocks.leave_out(second, **LATER))
    feedback = read(sheet(5, copies=1), records)
    assert feedback.left_out == {"block left out by a person": 5}
    earlier, later = blocks.left(records, feedback.lost_blocks)
    assert (earlier.lost, later.lost) == (False, True)
    assert later.says == (
        "A pasted block of 5 rows is found no more, so nothing is left out for it."
    )


def test_what_people_type_into_the_tab_breaks_nothing() -> None:
    (offer,) = blocks.offers(form(5).blocks, {})
    out = blocks.leave_out(offer, **STAMP)
    typed = Event(**{**vars(out), "fields": {**out.fields, "name": " Block  left OUT "}})
    assert blocks.fingerprints(kept(typed)) == (offer.block.fingerprint,)
    damaged = Event(**{**vars(out), "fields": {**out.fields, "fingerprint": "?"}})
    feedback = read(sheet(5), kept(damaged))
    assert len(feedback) == 66
    assert blocks.left(kept(damaged), feedback.lost_blocks)[0].lost
    assert settings_of({tabs.SETTINGS: kept(out)}) == {"block left out": "left out"}


def test_a_block_too_long_is_said_with_what_to_do() -> None:
    (offer,) = blocks.offers([Block(9_100, 19_000, 2, "")], {})
    with pytest.raises(DecisionProblem, match=f"more than {LONGEST:,} rows"):
        blocks.leave_out(offer, **STAMP)


def test_ten_blocks_are_offered_at_most() -> None:
    many = [Block(10 * n, 10 * n + 3, 2, f"AAA{n:x}") for n in range(1, 15)]
    assert len(blocks.offers(many, {})) == 10


@pytest.mark.parametrize(("copied", "refused"), [(3, True), (4, True), (20, False)])
def test_a_frozen_wave_keeps_its_figures_and_is_made_again_only_beyond_the_floor(
    copied: int, refused: bool
) -> None:
    rows = sheet(copied)[:-1]
    windows = evidence.windows(read(rows).at, {}, now=NOW)
    before = evidence.build(read(rows), windows, now=NOW)
    (frozen,) = evidence.newly_closed(before, read(rows), windows, {})
    (offer,) = blocks.offers(read(rows).blocks, {})
    after = read(rows, kept(blocks.leave_out(offer, **STAMP)))
    assert len(after) == 60
    wave = frozen.table.wave.wave_id
    held = evidence.build(after, windows, now=NOW, frozen={wave: frozen})
    assert held.waves == before.waves
    if refused:
        with pytest.raises(Refused, match="too few of them to print"):
            recompute(before, frozen, after, windows, names={})
    else:
        again = recompute(before, frozen, after, windows, names={})
        assert again.table.everybody is not None
        assert again.table.everybody.n == 60
