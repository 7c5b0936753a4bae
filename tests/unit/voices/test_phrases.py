"""Phrases: how they are written, and what they find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.voices.phrases import CloseWords, Phrases, loose_tokens, tokens

NONE = CloseWords([])


def finds(phrase: str, text: str, **sets: str) -> bool:
    phrases = Phrases()
    phrases.add("x", phrase, sets)
    return any(phrases.find(tokens(text)))


def loose(phrase: str, text: str, expand: dict[str, list[str]] | None = None) -> bool:
    phrases = Phrases()
    phrases.add("x", phrase, {})
    return any(phrases.find(loose_tokens(text, expand or {}, CloseWords(["suicide"]))))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("too fast", "It goes TOO fast."),
        ("too/so fast", "so fast!"),
        ("explain*", "no explanation, he explains"),
        ("want to? die", "want die"),
        ("want .. die", "want to just die"),
        ("want .. die", "want die"),
        ("experimento*", "los experiméntos"),
        ("dont know", "I don’t know"),
        ("very? loud", "it is loud"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert finds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("too fast", "too. fast"),
        ("fast", "breakfast"),
        ("want .. die", "want one two three four die"),
        ("want die", "want to die"),
        ("too fast", ""),
    ],
)
def test_a_phrase_is_not_found(phrase: str, text: str) -> None:
    assert not finds(phrase, text)


def test_a_set_stands_for_its_words() -> None:
    assert finds("<who> left", "my aunt left", who="uncle/aunt")
    with pytest.raises(ValueError, match="no set"):
        Phrases().add("x", "<who> left", {})


def test_a_phrase_needs_a_word() -> None:
    with pytest.raises(ValueError, match="no word"):
        Phrases().add("x", ".. maybe?", {})


@pytest.mark.parametrize(
    "text",
    ["k1ll", "k!ll", "killlll", "k i l l", "K*ll", "k.i.l.l", "KİLL"],
)
def test_spellings_that_hide_a_word(text: str) -> None:
    assert loose("kill", text)


def test_one_slip_of_the_pen_in_a_known_word() -> None:
    assert all(loose("suicide", t) for t in ("sucide", "suicidde", "suicdie", "suicode"))
    assert not loose("suicide", "decide")


def test_short_forms_stand_for_more_words() -> None:
    assert loose("want to die", "wanna die", {"wanna": ["want", "to"]})


def test_letters_apart_keep_the_i_in_front() -> None:
    assert loose("kms", "i k m s")


def test_numbers_are_no_hidden_words() -> None:
    assert not loose("ooo", "000")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for token in loose_tokens(text, {}, NONE):
        assert text[token.start : token.end]
        assert token.forms
