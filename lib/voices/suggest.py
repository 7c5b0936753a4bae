"""Words for the lists, learned from comments that people put right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lib.voices.identity import is_name
from lib.voices.phrases import tokens
from lib.voices.readings import Readings
from lib.voices.review import Reviews, places
from lib.voices.sayings import Saying
from lib.voices.shown import SHOWN
from lib.voices.themes import Corrected, Lists

ENOUGH = 3
"""How many corrected comments must hold a word."""
SHARE = 0.5
"""The part (0 to 1) of all passed comments with the word that must be about the practice."""
SHORTEST = 4
"""Letters of a word that is suggested."""
MOST = 10
"""How many words are suggested at once."""


@dataclass(frozen=True)
class Suggestion:
    """A word to add to a practice's list: it stands in ``comments`` corrected ones."""

    practice: str
    word: str
    comments: int


def suggest(
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    lists: Lists,
    corrected: Corrected,
) -> tuple[Suggestion, ...]:
    """Words that the corrected comments of a practice share and its list does not know.

    Out of comments that were passed alone, with names masked; the best first, MOST of them.
    """
    said = tuple(sayings)
    where = places(said, decided, readings)
    words = {
        saying.saying_id: _words(readings[saying.saying_id].masked.text)
        for saying in said
        if where[saying.saying_id] in SHOWN
    }
    about = {i: corrected.get(i, readings[i].practices) for i in words}
    everywhere = Counter(word for found in words.values() for word in found)
    found = []
    for practice in lists.practices:
        missed = [
            i
            for i in words
            if practice in corrected.get(i, ()) and practice not in readings[i].practices
        ]
        tally = Counter(word for i in missed for word in words[i])
        for word, number in tally.items():
            right = sum(word in words[i] and practice in about[i] for i in words)
            if number >= ENOUGH and right >= SHARE * everywhere[word]:
                found.append(Suggestion(practice, word, number))
    found.sort(key=lambda each: (-each.comments, each.practice, each.word))
    return tuple(found[:MOST])


def _words(text: str) -> frozenset[str]:
    """The words of a text that may be a sign of something."""
    forms = (form for token in tokens(text) for form in token.forms)
    return frozenset(f for f in forms if len(f) >= SHORTEST and f.isalpha() and is_name(f))
