"""The cells of one wave: the plan, filled with printed figures."""

from collections.abc import Mapping, Sequence

from lib.evidence import printing
from lib.evidence.counts import Counts, Tally, favorable
from lib.evidence.floors import Floors
from lib.evidence.planner import Planned
from lib.evidence.shares import Printer, Rule
from lib.evidence.types import Cell, Hidden, Printed
from lib.intake.feedback import Scale, Standing


def fill(
    planned: Sequence[Planned],
    people: Counts,
    counts: Tally,
    scales: Mapping[str, Scale],
    floors: Floors,
) -> tuple[Cell, ...]:
    """Make the cells of a plan; ``people`` [A] are all who are in each atom."""
    if not planned:
        return ()
    printer = Printer(planned, people, floors)
    ns = [printing.printed_n(int(people[cell.atoms].sum())) for cell in planned]
    shares: dict[str, tuple[Printed, ...]] = {}
    answered: list[dict[str, int]] = [{} for _ in planned]
    for practice, points in counts.answers.items():
        base = points.sum(axis=1)
        behind = _behind(ns, base, people, floors.of(planned[0].audience))
        said = favorable(points, scales[practice])
        shares[practice] = printer.shares(said, base, Rule.CODED_ENDS, behind)
        for i, n in enumerate(behind):
            if n != ns[i] and not isinstance(shares[practice][i], Hidden):
                answered[i][practice] = n
    practices = list(counts.answers)
    said_of = {
        standing: {
            practice: printer.shares(said, people, Rule.BOTH_SIDES, ns)
            for practice, said in zip(practices, found, strict=True)
        }
        for standing, found in counts.standings.items()
    }
    return tuple(
        Cell(
            audience=cell.audience,
            grouping=cell.grouping,
            members=cell.members,
            n=ns[i],
            favorable=_of(i, shares),
            works=_of(i, said_of.get(Standing.WORKS, {})),
            isnt_working=_of(i, said_of.get(Standing.ISNT_WORKING, {})),
            used_to_work=_of(i, said_of.get(Standing.USED_TO_WORK, {})),
            answered=answered[i],
        )
        for i, cell in enumerate(planned)
    )


def _of(i: int, shares: Mapping[str, tuple[Printed, ...]]) -> dict[str, Printed]:
    return {practice: printed[i] for practice, printed in shares.items()}


def _behind(ns: Sequence[int], base: Counts, people: Counts, floor: int) -> list[int]:
    """The printed n behind each cell's share of one practice.

    Where at least the floor did not answer it, everybody's n is of those who did, and a group's
    is scaled down as everybody's is: what one group skipped is not printed.
    """
    n, answered = int(people.sum()), int(base.sum())
    if not floor <= answered <= n - floor:
        return list(ns)
    printed = printing.printed_n(answered)
    return [printed, *(max(floor, round(each * printed / ns[0])) for each in ns[1:])]
