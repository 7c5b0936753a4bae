"""Put the comments together: what each student writes in the two open prompts, if anything."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lib.catalogue import CATALOGUE
from sample_data import school, words_en, words_es
from sample_data.planted import PLANTED

SAYS_SOMETHING = (0.30, 0.19)
"""How many write in the first and in the second prompt; about 60 % leave both empty."""
SPANISH = 0.04
SPANISH_IN_ESL = 0.7

_IDS = tuple(practice.practice_id for practice in CATALOGUE)


def write_comments(
    index: int, programs: Sequence[str], points: NDArray[np.int64], rng: np.random.Generator
) -> list[tuple[str, str]]:
    """The two comments of each person of a wave; empty where nothing is written.

    ``points`` are the ratings [people, practices]: students write about what they rate low.
    """
    rows: list[list[str]] = []
    stopped = np.array(school.used_to_work(index))
    for program, rated in zip(programs, points, strict=True):
        spanish = rng.random() < (SPANISH_IN_ESL if program == "Newcomer ESL" else SPANISH)
        low = np.where(rated <= 1, 1.0, 0.06)
        # The one sentence students most want to write about: what changed, and what is lowest.
        low[_IDS.index("choice")] *= 2.0
        low[_IDS.index("calm")] *= 2.5
        first = second = ""
        if rng.random() < SAYS_SOMETHING[0]:
            first = _not_working(_IDS[_draw(low, rng)], spanish=bool(spanish), rng=rng)
        if rng.random() < SAYS_SOMETHING[1]:
            second = _used_to_work(index, _IDS[_draw(stopped, rng)], spanish=bool(spanish), rng=rng)
        rows.append([first, second])
    for planted in PLANTED:
        if planted.wave == index:
            rows[planted.answer][planted.prompt] = planted.text
    return [(first, second) for first, second in rows]


def _draw(weights: NDArray[np.float64], rng: np.random.Generator) -> int:
    return int(rng.choice(len(weights), p=weights / weights.sum()))


def _one(texts: Sequence[str], rng: np.random.Generator) -> str:
    return texts[int(rng.integers(len(texts)))]


def _not_working(practice: str, *, spanish: bool, rng: np.random.Generator) -> str:
    short = rng.random() < 0.14
    if spanish:
        bank = words_es.NOT_WORKING[practice]
        return _hurried(_one(words_es.SHORT_NOT_WORKING if short else bank, rng), rng)
    if short:
        return _one(words_en.SHORT_NOT_WORKING, rng)
    text = _opened(_one(words_en.NOT_WORKING[practice], rng), rng)
    if rng.random() < 0.4:
        text = f"{text} {_one(words_en.WOULD_HELP[practice], rng)}"
    return _hurried(_misspelled(_filled(text, rng), rng), rng)


def _used_to_work(index: int, practice: str, *, spanish: bool, rng: np.random.Generator) -> str:
    short = rng.random() < 0.16
    if spanish:
        known: Mapping[str, Sequence[str]] = words_es.USED_TO_WORK
        bank = known.get(practice, words_es.SHORT_USED_TO_WORK)
        return _hurried(_one(words_es.SHORT_USED_TO_WORK if short else bank, rng), rng)
    if short:
        return _one(words_en.SHORT_USED_TO_WORK, rng)
    bank = words_en.USED_TO_WORK[practice]
    if practice == "handson" and index >= school.LATER_START:
        bank = words_en.LABS_STOPPED + bank
    text = _filled(_one(bank, rng), rng)
    if rng.random() < 0.35:
        text = f"{text} {_one(words_en.LONGING, rng)}"
    return _hurried(_misspelled(text, rng), rng)


def _filled(text: str, rng: np.random.Generator) -> str:
    return text.replace("{subject}", _one(words_en.SUBJECTS, rng))


def _opened(text: str, rng: np.random.Generator) -> str:
    """Start with "Honestly" or the like, now and then."""
    if rng.random() >= 0.3:
        return text
    keep = text.startswith(("I ", "I'", "English"))
    return f"{_one(words_en.OPENERS, rng)} {text if keep else text[0].lower() + text[1:]}"


def _misspelled(text: str, rng: np.random.Generator) -> str:
    for right, wrong in words_en.SPELLINGS:
        if right in text and rng.random() < 0.3:
            text = text.replace(right, wrong)
    if rng.random() < 0.07:
        text = _two_letters_swapped(text, rng)
    return text


def _two_letters_swapped(text: str, rng: np.random.Generator) -> str:
    """A typing slip inside one of the longer words."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not long:
        return text
    at = long[int(rng.integers(len(long)))]
    word = words[at]
    place = int(rng.integers(1, len(word) - 2))
    words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def _hurried(text: str, rng: np.random.Generator) -> str:
    """No capitals, no apostrophes, no full stop: written on a phone."""
    if rng.random() < 0.35:
        text = text.lower().replace("'", "")
    if rng.random() < 0.3:
        text = text.removesuffix(".")
    return text
