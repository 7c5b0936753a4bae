"""Themes: lists that the school changes, corrections that stay, counts that obey the floor."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalogue import BY_ID
from lib.decided import DecisionProblem
from lib.voices.suggest import suggest
from lib.voices.themes import (
    change_word,
    correct,
    corrections,
    count_themes,
    lists_from,
    other_language,
)
from lib.workbook import Record, fold, new_event, tabs
from sample_data import words_en, words_es
from tests.unit.voices.people import at, decided, passed, readings, saying

IDS = tuple(BY_ID)
LISTS = lists_from({}, IDS)


def themes(*events) -> dict[str, Record]:
    return fold(events).get(tabs.THEMES, {})


@pytest.mark.parametrize(
    ("text", "practices"),
    [
        ("it goes too fast and we never do labs", {"pace", "handson"}),
        ("Va muy rápido", {"pace"}),
        ("ça va trop vite", {"pace"}),
        ("é muito rápido", {"pace"}),
        ("idk", set()),
        ("", set()),
    ],
)
def test_a_comment_may_be_about_several_practices_or_none(text: str, practices: set) -> None:
    assert set(LISTS.practices_of(text)) == practices


def test_practices_come_in_the_schools_order() -> None:
    assert lists_from({}, ("handson", "pace")).practices_of("too fast, no labs") == (
        "handson",
        "pace",
    )
    assert lists_from({}, ("pace",)).practices_of("no labs") == ()


@pytest.mark.parametrize("bank", [words_en.NOT_WORKING, words_es.NOT_WORKING])
def test_most_comments_of_the_sample_find_their_practice(bank) -> None:
    hits = [practice in LISTS.practices_of(t) for practice, texts in bank.items() for t in texts]
    assert sum(hits) >= 0.6 * len(hits)


def test_a_school_adds_and_removes_words() -> None:
    added = change_word("calm", "en", "Vuvuzelas", {}, add=True, who="Lee", at=at(1))
    lists = lists_from(themes(added), IDS)
    assert lists.practices_of("the vuvuzelas!") == ("calm",)
    assert [e.phrase for e in lists.of("calm", "en") if e.own] == ["vuvuzelas"]
    gone = change_word("calm", "en", "vuvuzelas", themes(added), add=False, who="Lee", at=at(2))
    assert gone.revision == 2
    assert lists_from(themes(added, gone), IDS).practices_of("the vuvuzelas!") == ()
    given_word = change_word("handson", "en", "lab/labs", {}, add=False, who="Lee", at=at(1))
    assert lists_from(themes(given_word), IDS).practices_of("more labs") == ()


@pytest.mark.parametrize("phrase", ["", " ", "a", "..", "x? y?", "<who> ran", "w" * 61])
def test_a_phrase_that_cannot_be_looked_for_is_refused(phrase: str) -> None:
    with pytest.raises(DecisionProblem):
        change_word("calm", "en", phrase, {}, add=True, who="Lee", at=at(1))


def test_the_same_word_twice_is_no_change() -> None:
    added = change_word("calm", "en", "drums", {}, add=True, who="Lee", at=at(1))
    with pytest.raises(DecisionProblem, match="Nothing was changed"):
        change_word("calm", "en", "drums", themes(added), add=True, who="Lee", at=at(2))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60), st.sampled_from(["word", "comment", "x"]))
def test_what_people_type_into_the_tab_breaks_nothing(text: str, kind: str) -> None:
    typed = {"kind": kind, "practice": "calm", "language": "en", "phrase": text, "state": "added"}
    event = new_event(tabs.THEMES, typed, who="x", at=at(1), record_id="r")
    assert lists_from(themes(event), IDS).practices == IDS
    assert set(corrections(themes(event))) <= {"r"}


def test_a_correction_stays_and_none_is_an_answer() -> None:
    one = correct("s1", ("calm", "pace"), {}, who="Lee", at=at(1))
    two = correct("s2", (), {}, who="Lee", at=at(1))
    assert corrections(themes(one, two)) == {"s1": ("calm", "pace"), "s2": ()}
    assert set(one.fields) == set(tabs.TABS[tabs.THEMES].columns)
    again = correct("s1", ("calm",), themes(one), who="Kim", at=at(2))
    assert corrections(themes(one, again)) == {"s1": ("calm",)}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Em muốn có thêm thời gian để thực hành.", True),
        ("我们想做更多实验", True),
        ("Ich möchte mehr Experimente machen", True),
        ("more labs please", False),
        ("me gustan los laboratorios", False),
        ("plus de projets s'il vous plaît", False),
        ("idk", False),
        ("", False),
        ("\n \x00", False),
    ],
)
def test_another_language_is_known(text: str, other: bool) -> None:
    assert other_language(text, LISTS) is other


def test_counts_under_the_floor_are_summed_or_hidden() -> None:
    each = [("calm",)] * 12 + [("pace",)] * 6 + [("choice",)] * 5 + [()] * 10
    counts = count_themes(each, 10)
    assert counts is not None
    assert (counts.of, counts.counts, counts.rest, counts.unassigned) == (33, {"calm": 12}, 11, 10)


def test_a_small_rest_hides_the_other_part_too() -> None:
    counts = count_themes([("calm",)] * 12 + [("pace",)] * 3 + [()] * 10, 10)
    assert counts is not None
    assert (counts.rest, counts.unassigned) == (None, None)
    full = count_themes([("calm",)] * 12 + [()] * 10, 10)
    assert full is not None
    assert (full.rest, full.unassigned) == (0, 10)


def test_nine_comments_have_no_counts() -> None:
    assert count_themes([("calm",)] * 9, 10) is None


@given(st.lists(st.lists(st.sampled_from(IDS[:4]), max_size=3), max_size=60))
def test_no_printed_count_is_small(each) -> None:
    counts = count_themes(each, 10)
    if counts is None:
        assert len(each) < 10
        return
    assert all(number >= 10 for number in counts.counts.values())
    assert all(number is None or number == 0 or number >= 10 for number in (counts.rest,))
    assert counts.unassigned is None or counts.unassigned == 0 or counts.unassigned >= 10


def test_corrections_become_suggested_words() -> None:
    said = [saying(f"the {word} were so good", n) for n, word in enumerate(["terrariums"] * 3)]
    said += [saying(f"nothing about that {n}", n) for n in range(5, 9)]
    done = decided(*(passed(each) for each in said))
    fixed = {"s0": ("handson",), "s1": ("handson",), "s2": ("handson",), "s5": ("calm",)}
    found = suggest(said, done, readings(said), LISTS, fixed)
    assert [(s.practice, s.word, s.comments) for s in found] == [("handson", "terrariums", 3)]


def test_no_word_is_suggested_from_fewer_than_three_or_from_what_was_not_passed() -> None:
    said = [saying("the terrariums were so good", n) for n in range(3)]
    fixed = dict.fromkeys(("s0", "s1", "s2"), ("handson",))
    two = decided(passed(said[0]), passed(said[1]))
    assert suggest(said, two, readings(said), LISTS, fixed) == ()
    assert suggest(said, {}, readings(said), LISTS, fixed) == ()


def test_names_are_never_suggested() -> None:
    said = [saying("with Mr. Zander it works", n) for n in range(3)]
    fixed = dict.fromkeys(("s0", "s1", "s2"), ("handson",))
    done = decided(*(passed(each) for each in said))
    words = {s.word for s in suggest(said, done, readings(said), LISTS, fixed)}
    assert "zander" not in words
