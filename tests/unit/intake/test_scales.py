"""Scales by themselves: where favorable begins, which labels are known, which points are there."""

import tomllib

import pytest

from lib.intake.labels import candidates, doesnt_apply, place_in, whole_number
from lib.intake.lexicon import _FOLDER, Kind, lexicon
from lib.intake.scales import favorable_from, kind_named, number_ends, word_points
from lib.intake.text import fold


@pytest.mark.parametrize(
    ("low", "high", "start"),
    [
        (1, 5, 4),
        (0, 4, 3),
        (1, 7, 5),
        (1, 10, 7),
        (0, 10, 7),
        (1, 4, 3),
        (1, 2, 2),
        (1, 3, 3),
        (0, 5, 4),
    ],
)
def test_favorable_is_more_than_six_tenths_of_the_way(low: int, high: int, start: int) -> None:
    assert favorable_from(low, high) == start


@pytest.mark.parametrize(
    ("seen", "answers", "zeros", "ends", "doubtful"),
    [
        ({1, 2, 3, 4, 5}, 9, 0, (1, 5), False),
        ({4, 5}, 9, 0, (1, 5), False),
        ({2, 3}, 9, 0, (1, 5), True),
        ({0, 1, 4}, 9, 3, (0, 4), False),
        ({0, 2, 3}, 9, 3, (0, 4), True),
        ({0, 3, 5}, 90, 1, (0, 5), True),
        ({0, 3, 5}, 90, 20, (0, 5), False),
        ({1, 6}, 9, 0, (1, 7), True),
        ({1, 2, 3, 4}, 200, 0, (1, 4), True),
        ({1, 2, 3}, 100, 0, (1, 3), True),
        ({2, 9}, 9, 0, (1, 10), True),
        ({5, 10}, 9, 0, (1, 10), True),
        ({-2, 0, 2}, 9, 3, (-2, 2), False),
        ({-1, 2}, 9, 0, (-2, 2), True),
    ],
)
def test_the_ends_of_a_number_scale(
    seen: set[int], answers: int, zeros: int, ends: tuple[int, int], doubtful: bool
) -> None:
    low, high, doubt = number_ends(frozenset(seen), answers, zeros)
    assert (low, high) == ends
    assert bool(doubt) is doubtful


def _kind(name: str) -> Kind:
    kind = kind_named(name)
    assert kind is not None
    return kind


@pytest.mark.parametrize(
    ("kind", "seen", "answers", "places", "doubtful"),
    [
        ("agreement", {0, 25, 50, 75, 100}, 5, (0, 25, 50, 75, 100), False),
        ("agreement", {0, 25, 75, 100}, 5, (0, 25, 75, 100), False),
        ("agreement", {50, 75, 100}, 5, (0, 25, 50, 75, 100), True),
        ("agreement", {25, 50, 75}, 50, (25, 50, 75), False),
        ("agreement", {25, 50, 75, 100}, 400, (0, 25, 50, 75, 100), True),
        ("frequency", {10, 50, 90}, 5, (10, 25, 50, 75, 90), True),
        ("frequency", {0, 15, 40, 80, 95}, 50, (0, 15, 40, 80, 95), True),
        ("yesno", {0, 50, 100}, 5, (0, 50, 100), False),
    ],
)
def test_the_points_of_a_word_scale(
    kind: str, seen: set[int], answers: int, places: tuple[int, ...], doubtful: bool
) -> None:
    points = word_points(_kind(kind), frozenset(seen), answers)
    assert points.places == places
    assert bool(points.doubt) is doubtful


@pytest.mark.parametrize(
    ("kind", "answer", "place"),
    [
        ("agreement", "STRONGLY  agree.", 100),
        ("agreement", "2 - Disagree", 25),
        ("agreement", "Disagree (2)", 25),
        ("agreement", "Agree / De acuerdo", 75),
        ("agreement", "D'accord", 75),
        ("agreement", "Katilmiyorum", 25),
        ("agreement", "work more hours (s) in (s) jobs (es)", None),
        ("frequency", "Très souvent", 75),
        ("frequency", "أحياناً", 50),
    ],
)
def test_a_label_on_its_kind(kind: str, answer: str, place: int | None) -> None:
    assert place_in(_kind(kind), answer) == place


@pytest.mark.parametrize(
    "answers", [["S", "N", "A"], ["3 times a week", "2 times a week", "daily sport"]]
)
def test_what_lies_on_no_scale(answers: list[str]) -> None:
    assert candidates(dict.fromkeys(answers, 5), {}) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", 4),
        ("4.0", 4),
        ("4,0", 4),
        ("٤", 4),
        ("-2", -2),
        ("4.5", None),
        ("4th", None),
        ("", None),
    ],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["Doesn't apply", "N/A", "-", "no aplica", "Sans objet", "não se aplica", "لا ينطبق", "不适用"],
)
def test_what_does_not_apply(text: str) -> None:
    assert doesnt_apply(text)


def test_no_label_has_two_places_in_one_kind() -> None:
    """Languages share labels; where they do they must mean the same."""
    files = [
        tomllib.loads(p.read_text("utf-8")) for p in _FOLDER.glob("*.toml") if p.stem != "kinds"
    ]
    assert len(files) >= 9
    for kind in lexicon().kinds:
        places: dict[str, set[str]] = {}
        for file in files:
            for place, labels in file.get("scales", {}).get(kind.name, {}).items():
                for label in labels:
                    places.setdefault(fold(label), set()).add(place)
        assert {label: at for label, at in places.items() if len(at) > 1} == {}
