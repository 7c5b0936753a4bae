"""Suggested waves beside months that were shown: fitted to them, or the months themselves."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from lib.evidence import build, newly_closed, suggest
from lib.evidence.fitting import fitted
from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen
from lib.evidence.waves import Windows, months
from lib.intake.feedback import Feedback
from tests.unit.evidence.schools import answers, feedback

NOW = datetime(2026, 1, 15)


def came(*days: tuple[int, int, int]) -> Feedback:
    """So many answers on each day of 2025, given as month, day, number; one a minute."""
    at = [
        datetime(2025, month, day, 9) + timedelta(minutes=i)
        for month, day, number in days
        for i in range(number)
    ]
    return feedback({f"p{i}": answers(5 + i, len(at)) for i in range(4)}, at=at)


def kept(responses: Feedback) -> dict[str, Frozen]:
    """The months' tables, as they were frozen."""
    found = Windows(months(responses.at))
    made = newly_closed(build(responses, found, now=NOW), responses, found, {})
    return {one.table.wave.wave_id: one for one in made}


def test_nine_stragglers_are_left_to_nobody_and_ten_are_not() -> None:
    for late, opens in ((9, datetime(2025, 10, 1)), (10, datetime(2025, 9, 28))):
        responses = came((9, 28, late), (10, 1, 30))
        (wave,) = fitted(suggest(responses.at, now=NOW), responses, kept(responses), Floors())
        assert (wave.wave_id, wave.opens) == ("2025-09-28", opens)


def test_where_the_answers_changed_since_the_months_are_suggested_as_they_were_shown() -> None:
    whole = came((9, 20, 30), (11, 3, 30))
    frozen = kept(whole)
    fewer = replace(
        whole, at=np.where(np.arange(60) < 2, np.datetime64("NaT"), whole.at).astype(whole.at.dtype)
    )
    waves = fitted(suggest(fewer.at, now=NOW), fewer, frozen, Floors())
    assert [wave.wave_id for wave in waves] == ["2025-09", "2025-11"]
    shown = build(fewer, Windows(waves), now=NOW, frozen=frozen).waves
    assert [table.everybody for table in shown] == [f.table.everybody for f in frozen.values()]


def test_without_months_that_were_shown_the_bursts_stand() -> None:
    responses = came((9, 28, 2), (10, 1, 30))
    bursts = suggest(responses.at, now=NOW)
    assert fitted(bursts, responses, {}, Floors()) == bursts
