"""The protected table of one closed wave, made from its responses."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lib.evidence import change, printing, priorities
from lib.evidence.counts import Counts, favorable, tally
from lib.evidence.floors import DIFFER_FLOOR, RANKING_FLOOR, Floors
from lib.evidence.members import members_of
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Band,
    Cell,
    Coding,
    Comparison,
    Figure,
    Hidden,
    Printed,
    Priority,
    Tier,
    Wave,
    WaveTable,
)
from lib.evidence.waves import same_season
from lib.intake.feedback import Feedback, Scale, Standing

NOT_ASKED = Hidden("Not asked in this wave.")
TOO_FEW = Hidden("Too few answers to show.")
FEW_SAID_SO = Hidden("Too few said so, or too few did not, to show how many.")

_RANKED_FROM = 4


def close(
    feedback: Feedback,
    rows: NDArray[np.intp],
    wave: Wave,
    *,
    earlier: Sequence[WaveTable],
    names: Mapping[str, str],
    floors: Floors,
) -> WaveTable:
    """Make the table of ``wave`` from the responses ``rows``; ``earlier`` tables, oldest first."""
    n = len(rows)
    if n < floors.staff:
        note = f"Fewer than {floors.staff} answers came in, so nothing is shown."
        return WaveTable(wave, (), {}, {}, {}, (), (note,))
    counts = tally(feedback, rows, members_of({}, (), n))
    audience = Audience.PUBLIC if n >= floors.public else Audience.STAFF
    floor = floors.of(audience)
    answers = {practice: found.sum(axis=0) for practice, found in counts.answers.items()}
    said = {
        standing: {
            practice: two_sided(int(count), n, floor)
            for practice, count in zip(
                feedback.practices, counts.standings[standing].sum(axis=1), strict=True
            )
        }
        if standing in counts.standings
        else {}
        for standing in Standing
    }
    everybody = Cell(
        audience=audience,
        grouping=EVERYBODY,
        members=((),),
        n=printing.printed_n(n),
        favorable={
            practice: _favorable(found, feedback.scales[practice], n, floor)
            for practice, found in answers.items()
        },
        answered={
            practice: printing.printed_n(int(found.sum()))
            for practice, found in answers.items()
            if floor <= found.sum() <= n - floor
        },
        works=said[Standing.WORKS],
        isnt_working=said[Standing.ISNT_WORKING],
        used_to_work=said[Standing.USED_TO_WORK],
    )
    since_last, since_last_year, notes = _changes(wave, everybody, earlier, names)
    return WaveTable(
        wave=wave,
        cells=(everybody,),
        distributions={
            practice: spread(found, feedback.scales[practice], DIFFER_FLOOR)
            for practice, found in answers.items()
            if found.sum() >= RANKING_FLOOR
        },
        since_last=since_last,
        since_last_year=since_last_year,
        priorities=_priorities(feedback, rows, everybody, names),
        notes=notes,
        trust={
            header: two_sided(
                int(favorable(found, feedback.trust[header][0])), int(found.sum()), floor
            )
            for header, found in counts.trust.items()
            if found.any()
        },
        followup={
            header: spread(found, feedback.followup[header][0], floor)
            for header, found in counts.followup.items()
            if found.any()
        },
    )


def two_sided(count: int, base: int, floor: int) -> Printed:
    """A share that prints only when at least the floor said so and at least the floor did not."""
    if count < floor or base - count < floor:
        return FEW_SAID_SO
    percent = printing.nearest(count, base, printing.EVERYBODY_STEP)
    return printing.with_interval(percent, Coding.EXACT, printing.printed_n(base))


def spread(counts: Counts, scale: Scale, floor: int) -> tuple[Band, ...]:
    """How the answers spread, adjacent ones merged until each band holds the floor.

    Empty when all would be one band.
    """
    runs = printing.runs_of(counts, floor)
    if len(runs) == 1:
        return ()
    base = int(counts.sum())
    return tuple(
        Band(
            _band_label(scale, first, last),
            printing.nearest(int(counts[first : last + 1].sum()), base, printing.EVERYBODY_STEP),
        )
        for first, last in runs
    )


def _band_label(scale: Scale, first: int, last: int) -> str:
    ends = [
        scale.labels[i] if scale.labels else str(scale.low + i)
        for i in ((first,) if first == last else (first, last))
    ]
    return " to ".join(ends)


def _favorable(counts: Counts, scale: Scale, n: int, floor: int) -> Printed:
    answered = int(counts.sum())
    if not answered:
        return NOT_ASKED
    if answered < floor:
        return TOO_FEW
    behind = printing.printed_n(answered if answered <= n - floor else n)
    yes = int(favorable(counts, scale))
    return printing.figure(yes, answered, printing.EVERYBODY_STEP, behind)


def _changes(
    wave: Wave, cell: Cell, earlier: Sequence[WaveTable], names: Mapping[str, str]
) -> tuple[dict[str, Comparison], dict[str, Comparison], tuple[str, ...]]:
    """Words since the last wave and since the same season a year ago."""
    seen = [table for table in earlier if table.everybody]
    if not seen:
        return {}, {}, ()
    last = seen[-1]
    words = _compare(cell, last, names)
    notes = () if words else (f"This wave and {last.wave.label} have no question in common.",)
    year_ago = same_season(wave, [table.wave for table in seen])
    before = next((table for table in seen if table.wave is year_ago), None)
    return words, _compare(cell, before, names) if before else {}, notes


def _compare(cell: Cell, before: WaveTable, names: Mapping[str, str]) -> dict[str, Comparison]:
    then = before.everybody
    family = {}
    for practice, now in cell.favorable.items():
        old = then.favorable.get(practice) if then else None
        if then and isinstance(now, Figure) and isinstance(old, Figure):
            family[practice] = change.Pair(
                names.get(practice, practice),
                now,
                cell.n_of(practice),
                old,
                then.n_of(practice),
            )
    words = change.compare(
        tuple(family.values()), since=before.wave.label, step=printing.EVERYBODY_STEP
    )
    return dict(zip(family, words, strict=True))


def _priorities(
    feedback: Feedback, rows: NDArray[np.intp], everybody: Cell, names: Mapping[str, str]
) -> tuple[Priority, ...]:
    """Practices by percent not favorable, the lowest first."""
    ratings = feedback.ratings[rows]
    printed = {p: f for p, f in everybody.favorable.items() if isinstance(f, Figure)}
    columns = [
        (p, j)
        for j, p in enumerate(feedback.practices)
        if p in printed and (ratings[:, j] >= feedback.scales[p].low).sum() >= RANKING_FLOOR
    ]
    placed: dict[str, tuple[float, int, int]] = {}
    if len(columns) >= _RANKED_FROM:
        low = np.array([feedback.scales[p].low for p, _ in columns])
        enough = np.array([feedback.scales[p].favorable_from for p, _ in columns])
        asked = ratings[:, [j for _, j in columns]]
        found = priorities.placing(asked >= enough, asked >= low)
        for (p, _), probability, first, last in zip(
            columns, found.probability, found.rank_low, found.rank_high, strict=True
        ):
            placed[p] = (round(float(probability), 2), int(first), int(last))
    rows_of = [
        _priority(names.get(p, p), p, figure, placed.get(p)) for p, figure in printed.items()
    ]
    return tuple(
        sorted(rows_of, key=lambda r: (-r.unfavorable.percent, -r.probability, r.practice))
    )


def _priority(
    name: str, practice: str, favorable: Figure, placed: tuple[float, int, int] | None
) -> Priority:
    unfavorable = opposite(favorable)
    if placed is None:
        sentence = (
            f"{unfavorable.text} of answers on {name} are not favorable; "
            "there are too few answers to rank it."
        )
        return Priority(practice, unfavorable, 0.0, Tier.TOO_FEW, sentence)
    probability, first, last = placed
    return Priority(
        practice=practice,
        unfavorable=unfavorable,
        probability=probability,
        tier=priorities.tier(probability),
        sentence=(
            f"{unfavorable.text} of answers on {name} are not favorable. If the same school "
            f"answered again, it would be among the three lowest {_times(probability)}."
        ),
        rank_low=first,
        rank_high=last,
    )


def _times(probability: float) -> str:
    hundredths = round(100 * probability)
    if hundredths >= 100:
        return "nearly always"
    return "hardly ever" if hundredths <= 0 else f"about {hundredths} times in 100"


def opposite(figure: Figure) -> Figure:
    """The share of everybody else: 62% favorable is 38% not favorable."""
    turned = {Coding.AT_LEAST: Coding.AT_MOST, Coding.AT_MOST: Coding.AT_LEAST}
    return Figure(
        percent=100 - figure.percent,
        low=100 - figure.high,
        high=100 - figure.low,
        coding=turned.get(figure.coding, Coding.EXACT),
    )
