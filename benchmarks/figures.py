"""What a benchmark found, and the table of it: each figure beside its baseline of the same run."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

KEPT_IN = "BENCH_FIGURES"
"""The variable that names the file in which figures are kept for ``python -m benchmarks``."""

_HEAD = ("figure", "ours", "baseline", "ratio", "target", "met")


@dataclass(frozen=True)
class Figure:
    """One figure of ours and its baseline, in the same ``unit``.

    ``most``, ``least``: what the ratio of the two may be; without both nothing was promised.
    """

    what: str
    against: str
    ours: float
    baseline: float
    unit: str = "s"
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float:
        """Ours to the baseline; infinite where that is nothing."""
        return self.ours / self.baseline if self.baseline else float("inf")

    @property
    def target(self) -> str:
        """What was promised, in words; "" where nothing was."""
        bounds = (("at most", self.most), ("at least", self.least))
        return " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)

    @property
    def met(self) -> str:
        """Whether the promise is kept: "yes" or "NO"; "" where nothing was promised."""
        if not self.target:
            return ""
        below = self.most is None or self.ratio <= self.most
        above = self.least is None or self.ratio >= self.least
        return "yes" if below and above else "NO"  # a figure that is no number keeps no promise


def keep(figure: Figure) -> None:
    """Keep a figure for the table, where somebody gathers one."""
    if file := os.environ.get(KEPT_IN):
        with Path(file).open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(asdict(figure)) + "\n")


def kept(file: Path) -> list[Figure]:
    """The figures that are kept in a file, in the order in which they were found."""
    if not file.exists():
        return []
    return [Figure(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table in Markdown."""
    rows = [
        (
            figure.what,
            _amount(figure.ours, figure.unit),
            f"{_amount(figure.baseline, figure.unit)}, {figure.against}",
            f"{figure.ratio:.3g}",
            figure.target,
            figure.met,
        )
        for figure in figures
    ]
    lines = (_HEAD, ("---",) * len(_HEAD), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _amount(value: float, unit: str) -> str:
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{shown} {unit}"
