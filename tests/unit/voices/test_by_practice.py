"""What students say of one practice beside how they rate it: hand-made cells."""

import pytest

from lib.evidence.types import EVERYBODY, Audience, Cell, Figure, Hidden
from lib.intake.feedback import Standing
from lib.tables import standing_table
from lib.voices.by_practice import (
    compare,
    most_said,
    other_words,
    parts,
    said_of,
    standing_title,
)
from lib.voices.shown import Shown

FEW = Hidden("Too few said so, or too few did not, to show how many.")


def figure(percent: int) -> Figure:
    return Figure(percent, max(percent - 5, 0), min(percent + 5, 100))


def cell(favorable: dict[str, int], isnt: dict[str, int | None]) -> Cell:
    return Cell(
        audience=Audience.PUBLIC,
        grouping=EVERYBODY,
        members=(),
        n=100,
        favorable={p: figure(n) for p, n in favorable.items()},
        isnt_working={p: FEW if n is None else figure(n) for p, n in isnt.items()},
    )


RATED = {"a": 30, "b": 40, "c": 50, "d": 60, "e": 70, "f": 80}
PICKED = {"a": 20, "b": None, "c": 5, "d": 4, "e": 25, "f": 3}


@pytest.mark.parametrize(
    ("practice", "begins"),
    [
        ("a", "The ratings agree: it is rated 30% favorable, among the lowest"),
        ("b", "The ratings say more: it is rated 40% favorable"),
        ("e", "The ratings say less: it is rated 70% favorable"),
        ("f", "The ratings agree: it is rated 80% favorable, and neither stands out"),
        ("z", "There is no rating"),
    ],
)
def test_words_and_ratings_are_compared_by_thirds(practice: str, begins: str) -> None:
    # Six ratings: a and b are the lowest third. Six printed shares with g: e and a said the most.
    picked = {**PICKED, "g": 2}
    assert compare(cell(RATED, picked), practice).startswith(begins)


def test_a_form_that_does_not_ask_says_so() -> None:
    assert compare(cell(RATED, {}), "a").endswith("the form does not ask what isn't working.")


def test_what_most_say_comes_first_and_the_others_keep_their_order() -> None:
    assert most_said(cell(RATED, PICKED), ["b", "a", "z", "e"]) == ("e", "a", "b", "z")


def shown(number: int, standing: Standing | None, *practices: str) -> Shown:
    return Shown(f"i{number}", f"words {number}", standing, practices, False, "w1", "Fall")


def test_words_stand_under_what_they_answer() -> None:
    words = (
        shown(1, Standing.ISNT_WORKING, "a", "b"),
        shown(2, Standing.USED_TO_WORK, "a"),
        shown(3, None, "a"),
        shown(4, Standing.ISNT_WORKING, "b"),
    )
    works, isnt, used = parts(cell(RATED, PICKED), "a", words)
    assert (works.share, works.words) == (None, ())
    assert (isnt.share, [w.shown_id for w in isnt.words]) == (figure(20), ["i1"])
    assert [w.shown_id for w in used.words] == ["i2"]
    assert [w.shown_id for w in other_words("a", words)] == ["i3"]


def test_standing_shows_only_what_is_printed() -> None:
    own = Cell(
        Audience.PUBLIC,
        (),
        (),
        300,
        favorable={},
        works={"goals": Figure(30, 25, 36)},
        used_to_work={"goals": Hidden("Fewer than 5 said so.")},
    )
    said = said_of(own, "goals")
    assert list(said) == [Standing.WORKS, Standing.USED_TO_WORK]
    assert standing_table(said).to_numpy().tolist() == [
        ["Works for me", "30%", "25% to 36%"],
        ["Used to work, we stopped", "Fewer than 5 said so.", ""],
    ]
    assert standing_title(said) == "30% say it works"
    assert said_of(own, "choice") == {}
