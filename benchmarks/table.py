"""How long the protected table takes, against DuckDB counting the same in the same run.

    python -m benchmarks.table [--rows 1000000] [--repeats 5]

Both start from columns in memory. DuckDB counts with GROUPING SETS, in the faster of two ways:
one query for each practice, or one query over all answers made long. Ours is the whole table:
plan, counts, printing rules, change, ranks. The median of the repeats counts.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import duckdb
import numpy as np
import pandas as pd

from benchmarks.figures import Figure, keep
from lib.evidence.counts import tally
from lib.evidence.floors import Floors
from lib.evidence.history import build
from lib.evidence.members import members_of
from lib.evidence.types import Wave
from lib.evidence.waves import Windows
from lib.intake.feedback import Comments, Feedback, Group, Scale

TARGET = 1.5
PRACTICES = 14
GROUPS = {"grade": 7, "program": 5, "house": 4}
OPENS = datetime(2025, 3, 3)
WINDOWS = Windows((Wave("w", "March", OPENS, OPENS + timedelta(days=14)),))
NOW = OPENS + timedelta(days=30)


def responses(n: int) -> Feedback:
    """Random answers, one in twenty of them skipped."""
    rng = np.random.default_rng(n)
    ratings = rng.choice(
        np.array([-1, 1, 2, 3, 4, 5], np.int8), (n, PRACTICES), p=[0.05, 0.1, 0.2, 0.2, 0.3, 0.15]
    )
    practices = tuple(f"p{i}" for i in range(PRACTICES))
    return Feedback(
        columns=(),
        practices=practices,
        scales=dict.fromkeys(practices, Scale(1, 5, 4)),
        row=np.arange(2, n + 2, dtype=np.int32),
        at=np.full(n, OPENS, "datetime64[s]"),
        ratings=ratings,
        standings=np.zeros((n, PRACTICES), np.uint8),
        standing_asked=frozenset(),
        groups={
            name: Group(
                tuple(f"{name} {i}" for i in range(size)), rng.integers(0, size, n, dtype=np.int32)
            )
            for name, size in GROUPS.items()
        },
        trust={},
        followup={},
        comments=Comments(np.zeros(0, np.int32), np.zeros(0, np.int16), (), {}),
        left_out={},
        problems=(),
    )


def our_counts(feedback: Feedback) -> dict[tuple[str, str, int, int], int]:
    """Counts by practice, grouping, group and answer, as DuckDB gives them."""
    groupings = [(name,) for name in GROUPS]
    members = members_of(feedback.groups, groupings, len(feedback))
    found = tally(feedback, members)
    counts = {}
    for practice, points in found.answers.items():
        for name, size in GROUPS.items():
            by_group = np.zeros((size, points.shape[1]), np.int64)
            np.add.at(by_group, members.category[(name,)], points)
            for (group, answer), count in np.ndenumerate(by_group):
                counts[practice, name, int(group), int(answer) + 1] = int(count)
    return counts


class Duck:
    """The same answers as a DuckDB table, counted in two ways."""

    def __init__(self, feedback: Feedback) -> None:
        columns = {name: group.codes for name, group in feedback.groups.items()}
        ratings = {p: feedback.ratings[:, i] for i, p in enumerate(feedback.practices)}
        frame = pd.DataFrame({**columns, **ratings})  # noqa: F841 - DuckDB finds it by name
        self._practices = feedback.practices
        self._at = duckdb.connect()
        self._at.execute("CREATE TABLE answers AS SELECT * FROM frame")

    def by_practice(self) -> list[tuple[object, ...]]:
        """One query for each practice."""
        sets = ", ".join(f"({name}, r)" for name in GROUPS)
        return [
            (practice, *row)
            for practice in self._practices
            for row in self._at.execute(
                f"SELECT {', '.join(GROUPS)}, {practice} AS r, count(*) FROM answers "
                f"WHERE {practice} > 0 GROUP BY GROUPING SETS ({sets}, (r))"
            ).fetchall()
        ]

    def made_long(self) -> list[tuple[object, ...]]:
        """One query over all answers, one row each."""
        sets = ", ".join(f"(p, {name}, r)" for name in GROUPS)
        return self._at.execute(
            f"SELECT p, {', '.join(GROUPS)}, r, count(*) FROM "
            f"(UNPIVOT answers ON {', '.join(self._practices)} INTO NAME p VALUE r) "
            f"WHERE r > 0 GROUP BY GROUPING SETS ({sets}, (p, r))"
        ).fetchall()

    def counts(self) -> dict[tuple[str, str, int, int], int]:
        """What ``our_counts`` gives."""
        found = {}
        for practice, *groups, answer, count in self.by_practice():
            for name, group in zip(GROUPS, groups, strict=True):
                if group is not None:
                    found[practice, name, group, answer] = count
        return found


def median(repeats: int, work: Callable[[], object]) -> float:
    """Seconds, the median of so many runs after a first one that does not count."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the table of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args()
    feedback = responses(chosen.rows)
    duck = Duck(feedback)
    if our_counts(feedback) != duck.counts():
        raise SystemExit("The counts differ: the benchmark says nothing.")
    groupings = [(name,) for name in GROUPS]

    def count() -> object:
        members = members_of(feedback.groups, groupings, len(feedback))
        return tally(feedback, members)

    def table() -> object:
        return build(feedback, WINDOWS, now=NOW, floors=Floors())

    baseline = min(median(chosen.repeats, work) for work in (duck.by_practice, duck.made_long))
    print(f"{chosen.rows:,} responses, {PRACTICES} practices, {len(GROUPS)} groupings")
    print(f"  DuckDB, the counts:    {baseline:6.3f} s   1.00")
    for name, work in (("ours, the counts:   ", count), ("ours, the whole table:", table)):
        seconds = median(chosen.repeats, work)
        print(f"  {name:<22} {seconds:6.3f} s   {seconds / baseline:.2f}")
    keep(Figure("the whole protected table", "DuckDB’s counts", seconds, baseline, most=TARGET))


if __name__ == "__main__":
    main()
