"""How long half a million answers take to store and to understand, and how much memory.

    python -m benchmarks.intake [ROWS]

A form of ours, 20 columns wide, is made up page by page, as a long reading brings it (500,000
answers unless given). The last line is what ten new answers cost.
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from lib.catalogue import CATALOGUE, FORM
from lib.intake import Answers, encode, extend, understand
from lib.workbook.protocol import Cell

PAGE = 20_000
WORDS = [f"word{number}" for number in range(2_000)]
HEADER = (
    FORM.headers()[:17]
    + tuple(prompt.title for prompt in FORM.prompts)
    + ("Adults here will use this",)
)

T = TypeVar("T")


def pages(rows: int) -> Iterator[list[list[Cell]]]:
    """Made-up answers, a page at a time."""
    chance = random.Random(7)
    points = [*FORM.grid.points, FORM.grid.not_applicable]

    def comment() -> str | None:
        return " ".join(chance.choices(WORDS, k=12)) if chance.random() < 0.5 else None

    for start in range(0, rows, PAGE):
        yield [
            [
                45_000 + number * 0.0007 + chance.random() * 1e-4,
                chance.choice(FORM.groups[0].options),
                chance.choice(FORM.groups[1].options),
                *chance.choices(points, k=14),
                comment(),
                comment(),
                chance.choice(FORM.trust[1].options),
            ]
            for number in range(start, min(rows, start + PAGE))
        ]


def timed(what: Callable[[], T]) -> tuple[T, float]:
    """What a call gives, and the seconds it takes."""
    start = time.perf_counter()
    return what(), time.perf_counter() - start


def main(rows: int) -> None:
    """Print the table."""
    answers: Answers = encode(HEADER, [])
    storing = 0.0
    for page in pages(rows):
        answers, seconds = timed(lambda page=page, so_far=answers: extend(so_far, page))
        storing += seconds
    feedback, understanding = timed(lambda: understand(answers, CATALOGUE))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (ten,) = pages(10)
    longer, added = timed(lambda: extend(answers, ten))
    _, again = timed(lambda: understand(longer, CATALOGUE))
    print(f"{len(feedback):,} responses x {len(HEADER)} columns")
    print(f"store        {storing:6.1f} s")
    print(f"understand   {understanding:6.1f} s")
    print(f"peak memory  {memory:6.0f} MB")
    print(f"ten more     {added:6.3f} s to store, {again:.1f} s to understand all again")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
