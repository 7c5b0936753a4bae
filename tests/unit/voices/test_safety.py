"""Safety flags: what they find, what a saying softens, and that they never clear or fail."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.voices import safety
from lib.voices.drills import DRILL_TEXT
from lib.voices.identity import NOBODY, Roster, mask
from lib.voices.phrases import Phrases
from lib.voices.safety import CALM, Category, Concern, Level, assess
from sample_data import planted, words_en, words_es

STAFF = Roster(frozenset({"quince"}), frozenset({("ms", "q")}))
FILES = sorted(Path(safety.__file__).with_name("safety").glob("*.toml"))


def read(text: str, roster: Roster = NOBODY) -> Concern:
    return assess(mask(text, roster))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("i dont really want to be alive", Category.SELF_HARM),
        ("i wanna die", Category.SELF_HARM),
        ("k1ll myself", Category.SELF_HARM),
        ("s u i c i d e", Category.SELF_HARM),
        ("nobody would notice if im gone", Category.SELF_HARM),
        ("no quiero vivir más", Category.SELF_HARM),
        ("j'ai envie de mourir", Category.SELF_HARM),
        ("não quero mais viver", Category.SELF_HARM),
        ("my moms boyfriend hits me", Category.ABUSE),
        ("im scared to go home", Category.ABUSE),
        ("mi padrastro me pega", Category.ABUSE),
        ("meu pai me bate", Category.ABUSE),
        ("mon père me frappe", Category.ABUSE),
        ("he has a gun in his locker", Category.THREAT),
        ("voy a matar a todos", Category.THREAT),
        ("they bully me at lunch", Category.BULLYING),
        ("se burlan de mi", Category.BULLYING),
        ("somebody sells pills in the bathroom", Category.SUBSTANCES),
        ("venden drogas en el baño", Category.SUBSTANCES),
    ],
)
def test_what_cannot_wait_is_red(text: str, category: Category) -> None:
    found = read(text)
    assert found.level is Level.RED
    assert category in found.categories


@pytest.mark.parametrize("comment", planted.FOR_THE_COUNSELOR)
def test_the_two_comments_of_the_sample_that_cannot_wait_are_red(
    comment: planted.Planted,
) -> None:
    assert read(comment.text).level is Level.RED


@pytest.mark.parametrize("comment", planted.IDIOMS)
def test_a_saying_moves_a_comment_back_and_never_clears_it(comment: planted.Planted) -> None:
    assert read(comment.text).level is Level.AMBER


def test_a_saying_does_not_soften_what_stands_beside_it() -> None:
    assert read("this homework is killing me and i want to die").level is Level.RED


def test_a_saying_softens_nobody_who_does_harm() -> None:
    assert read("my dad pushes me").level is Level.RED
    assert read("they made fun of me").level is Level.RED
    assert read("he threw a chair at me").level is Level.RED


def test_an_accusation_about_somebody_named_is_red() -> None:
    assert read("Ms. Quince grabbed his arm").level is Level.RED
    by_roster = read("quince grabs people", STAFF)
    assert Category.ACCUSATION in by_roster.categories
    assert read("ms q is always yelling", STAFF) == Concern(Level.AMBER, (Category.ACCUSATION,))
    assert read("we were touched by how Ms. Quince reads", STAFF).level is Level.RED


def test_praise_with_a_name_is_no_accusation() -> None:
    assert read("Ms. Quince explains it twice") == CALM


def test_categories_are_those_of_the_highest_level() -> None:
    assert read("i want to die, im so lonely and there is a fight").categories == (
        Category.SELF_HARM,
    )
    assert read("they hit me").words == "abuse, bullying"


def test_the_drill_is_red() -> None:
    assert read(DRILL_TEXT).level is Level.RED


def test_ordinary_comments_of_the_sample_are_seldom_red() -> None:
    texts = [text for bank in words_en.NOT_WORKING.values() for text in bank]
    texts += [text for bank in words_es.NOT_WORKING.values() for text in bank]
    red = [text for text in texts if read(text).level is Level.RED]
    assert len(red) <= 0.05 * len(texts), red


@settings(deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert read(text).level in Level


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_lists_hold_known_categories_and_readable_phrases(file: Path) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {category.value.replace("-", "_") for category in Category}
    for level in ("red", "amber"):
        assert set(data[level]) <= known
        for phrases in data[level].values():
            for phrase in phrases:
                Phrases().add("x", phrase, data.get("sets", {}))
                assert phrase == phrase.strip()


@pytest.mark.parametrize("language", ["en", "es"])
def test_english_and_spanish_know_every_category(language: str) -> None:
    data = tomllib.loads(FILES[0].with_name(f"{language}.toml").read_text(encoding="utf-8"))
    assert set(data["red"]) == {"self_harm", "abuse", "threat", "bullying", "substances"}
