"""Lists of practices in one cell: the longest labels win, whatever a cell holds, and soon."""

from bisect import bisect_left
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.catalogue import CATALOGUE
from lib.intake import encode, understand
from lib.intake.practices import Practices
from lib.intake.text import fold
from lib.workbook.protocol import Cell

_LABELS = ["Tidy", "Tidy, fair", "Tidy, fair, and quick", "Fairness", "Real help, soon"]
_WORDS = ["tidy", "fair", "and", "quick", "fairness", "real", "help", "soon", "...", "Á"]


def _known() -> Practices:
    practices = Practices(CATALOGUE)
    for position, label in enumerate(_LABELS, start=2):
        practices.add(label, position)
    return practices


@pytest.mark.parametrize(
    ("cell", "named", "unknown"),
    [
        ("Tidy, fair, and quick", {"tidy-fair-and-quick"}, 0),
        ("tidy; FAIR; and; quick", {"tidy-fair-and-quick"}, 0),
        ("Tidy, fair, and slow", {"tidy-fair"}, 1),
        ("Tidy, Tidy, fair", {"tidy", "tidy-fair"}, 0),
        ("Tidy, fairness", {"tidy", "fairness"}, 0),
        ("Real, help, soon, Real choices", {"real-help-soon", "choice"}, 0),
        ("Real help, later", set(), 2),
        (" , ;; ", set(), 0),
    ],
)
def test_the_longest_label_wins(cell: str, named: set[str], unknown: int) -> None:
    assert _known().in_list(cell) == (frozenset(named), unknown)


@given(st.lists(st.sampled_from(_WORDS)))
def test_no_label_is_overlooked_wherever_it_stands(words: list[str]) -> None:
    cell, labels = ", ".join(words), {fold(label): label for label in _LABELS}
    pieces = [word for word in words if fold(word)]
    strange, start = 0, 0
    named: set[str] = set()
    while start < len(pieces):
        stops = range(len(pieces), start, -1)
        stop = next((s for s in stops if fold(" ".join(pieces[start:s])) in labels), None)
        if stop is None:
            strange, start = strange + 1, start + 1
        else:
            named.add("-".join(fold(" ".join(pieces[start:stop])).split()))
            start = stop
    assert _known().in_list(cell) == (frozenset(named), strange)


def test_each_piece_of_a_comment_full_of_commas_is_looked_up_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: list[str] = []

    def counted(labels: Sequence[str], text: str) -> int:
        looked_up.append(text)
        return bisect_left(labels, text)

    monkeypatch.setattr("lib.intake.practices.bisect_left", counted)
    header = ["Timestamp", "What works best for me? (choose up to three)", "I get choices"]
    rows: list[list[Cell]] = [
        ["2026-10-01 10:00:00", ", ".join(f"idea {i}-{j}" for j in range(200)), 3]
        for i in range(50)
    ]
    feedback = understand(encode(header, rows), CATALOGUE)
    assert feedback.columns[1].role == "comment"
    assert len(feedback.comments) == 50
    # Each of 10,000 pieces; with all that come after it in its cell it would be a million.
    assert 10_000 <= len(looked_up) <= 50_000


@pytest.mark.parametrize(
    ("entry", "times", "counted"),
    [("Free pizza", 4, False), ("Free pizza", 5, True), ("Ms. Featherstone", 6, False)],
)
def test_what_five_wrote_into_a_list_is_an_option_of_it_unless_it_is_somebody(
    entry: str, times: int, counted: bool
) -> None:
    header = ["Timestamp", "What works best for me?", "I get choices"]
    rows: list[list[Cell]] = [
        [f"2026-10-{1 + i} 10:00:00", f"Real choices, {entry}" if i < times else "Real choices", 3]
        for i in range(20)
    ]
    feedback = understand(encode(header, rows), CATALOGUE)
    assert feedback.columns[1].role == "standing"
    assert len(feedback.practices) == (3 if counted else 2)
    assert ("free-pizza" in feedback.practices) is counted


@pytest.mark.parametrize(("listed", "role"), [(600, "standing"), (400, "comment")])
def test_the_whole_column_is_heard_whether_it_lists_practices(listed: int, role: str) -> None:
    header = ["Timestamp", "What works best for you?", "I get choices"]
    lists = [f"Real choices, my idea {i} of what could be better" for i in range(listed)]
    other = [
        f"My idea {i}, which nobody else had in the whole school" for i in range(1_000 - listed)
    ]
    rows: list[list[Cell]] = [["2026-10-01 10:00:00", cell, 3] for cell in [*lists, *other]]
    assert understand(encode(header, rows), CATALOGUE).columns[1].role == role
