"""The table of the benchmarks: ratios, targets, and whether every benchmark is in it."""

from pathlib import Path

import pytest

from benchmarks.__main__ import LEFT_OUT, SMALL
from benchmarks.figures import KEPT_IN, Figure, keep, kept, table

HELPERS = {"__main__", "figures", "visitors", "worlds"}


@pytest.mark.parametrize(
    ("figure", "ratio", "target", "met"),
    [
        (Figure("page", "bare", 3.0, 2.0, most=1.5), 1.5, "at most 1.5", "yes"),
        (Figure("page", "bare", 3.1, 2.0, most=1.5), 1.55, "at most 1.5", "NO"),
        (Figure("rate", "bare", 8.0, 10.0, "pages", least=0.8), 0.8, "at least 0.8", "yes"),
        (Figure("rate", "bare", 7.0, 10.0, "pages", least=0.8), 0.7, "at least 0.8", "NO"),
        (Figure("memory", "bare", 3.0, 2.0, "MB"), 1.5, "", ""),
        (Figure("memory", "bare", 3.0, 0.0, "MB", most=9.0), float("inf"), "at most 9", "NO"),
        (
            Figure("page", "nobody was served", float("nan"), 2.0, most=1.5),
            None,
            "at most 1.5",
            "NO",
        ),
    ],
)
def test_a_figure_is_judged_by_its_ratio(
    figure: Figure, ratio: float | None, target: str, met: str
) -> None:
    assert ratio is None or figure.ratio == pytest.approx(ratio)
    assert (figure.target, figure.met) == (target, met)


def test_figures_are_kept_and_come_back_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Figure("b", "bare", 1.0, 2.0), Figure("a", "bare", 3.0, 4.0, "MB", 1.5, 0.5)]
    monkeypatch.setenv(KEPT_IN, str(tmp_path / "found"))
    for figure in found:
        keep(figure)
    assert kept(tmp_path / "found") == found
    assert kept(tmp_path / "nothing") == []


def test_the_table_shows_each_figure_beside_its_baseline() -> None:
    lines = table(
        [
            Figure("a page", "a bare page", 3.0, 2.0, most=1.1),
            Figure("ten answers", "all", 1_234.0, 12_345_678.0, "bytes", most=0.01),
        ]
    ).splitlines()
    assert lines == [
        "| figure | ours | baseline | ratio | target | met |",
        "| --- | --- | --- | --- | --- | --- |",
        "| a page | 3 s | 2 s, a bare page | 1.5 | at most 1.1 | NO |",
        "| ten answers | 1,234 bytes | 12,345,678 bytes, all | 0.0001 | at most 0.01 | yes |",
    ]


def test_every_benchmark_is_run_or_said_to_be_left_out() -> None:
    files = {file.stem for file in (Path(__file__).parents[2] / "benchmarks").glob("*.py")}
    assert files - HELPERS == {*SMALL, *LEFT_OUT}
