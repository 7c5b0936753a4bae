"""How the work grows with the answers, 1,000 to 1,000,000: ``python -m benchmarks.growth``.

Reading a form's rows (storing and understanding them), against pandas, which makes a frame of the
same rows and numbers what stands in each column; and the protected table, against DuckDB's counts.
"For each" falls or stays as a school grows, where nothing grows faster than the answers.
"""

import argparse

import pandas as pd

from benchmarks import intake, table
from benchmarks.figures import Figure, keep
from lib.catalogue import CATALOGUE
from lib.evidence.floors import Floors
from lib.evidence.history import build
from lib.intake import encode, extend, understand

SMALLEST, REPEATS = 1_000, 3


def reading(n: int) -> tuple[float, float]:
    """Seconds that so many rows take, page by page as they come from the sheet: ours, pandas'."""
    answers, frames = encode(intake.HEADER, []), []
    ours = theirs = 0.0
    for page in intake.pages(n):
        answers, took = intake.timed(lambda new=page, so_far=answers: extend(so_far, new))
        ours += took
        frame, took = intake.timed(lambda new=page: pd.DataFrame(new, columns=intake.HEADER))
        frames.append(frame)
        theirs += took
    _, took = intake.timed(lambda: understand(answers, CATALOGUE))
    ours += took
    _, took = intake.timed(
        lambda: [pd.factorize(column) for _, column in pd.concat(frames).items()]
    )
    return ours, theirs + took


def tables(n: int) -> tuple[float, float]:
    """Seconds of the protected table of so many answers, and of DuckDB's counts for it."""
    feedback = table.responses(n)
    duck = table.Duck(feedback)
    ours = table.median(
        REPEATS, lambda: build(feedback, table.WINDOWS, now=table.NOW, floors=Floors())
    )
    return ours, min(table.median(REPEATS, work) for work in (duck.by_practice, duck.made_long))


def main() -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1_000_000)
    most = parser.parse_args().most
    one = f"{'':>9} {'baseline':>9} {'ratio':>6} {'for each':>9}"
    print(f"{'':>10} {'reading'}{one[7:]} {'table'}{one[5:]}")
    reading(100)  # what is done once is not growth
    n = SMALLEST
    while n <= most:
        read, built = reading(n), tables(n)
        cells = (
            f"{ours:7.3f} s {bare:7.3f} s {ours / bare:6.2f} {1e6 * ours / n:6.1f} us"
            for ours, bare in (read, built)
        )
        print(f"{n:>10,} {' '.join(cells)}", flush=True)
        keep(Figure(f"{n:,} answers read and understood", "pandas", *read))
        keep(Figure(f"table of {n:,} answers", "DuckDB’s counts", *built))
        n *= 10


if __name__ == "__main__":
    main()
