"""What a column was taken for, and what its header alone tells."""

from dataclasses import dataclass

from lib.intake.feedback import Role, Standing
from lib.intake.headers import Header
from lib.intake.labels import Candidate
from lib.intake.lexicon import lexicon
from lib.intake.moments import parse
from lib.intake.profile import Profile
from lib.intake.text import length_in_words

_SHORT_QUESTION = 14
_STANDING_HEADERS = (
    (Standing.USED_TO_WORK, "used_to_work"),
    (Standing.ISNT_WORKING, "isnt_working"),
    (Standing.WORKS, "works"),
)


@dataclass(frozen=True)
class Decision:
    """What a column was taken for. ``doubt`` is a sentence for the list of problems, or empty.

    ``weak``: a rating only if the columns beside it are. ``by_labels``: a group only for its few
    labels, whatever its header. ``recognized``: the role it would have without a person's word.
    """

    role: Role
    reason: str
    confidence: float
    standing: Standing | None = None
    candidate: Candidate | None = None
    doubt: str = ""
    weak: bool = False
    by_labels: bool = False
    recognized: Role | None = None


def standing_of(folded: str) -> Standing | None:
    """The standing a question asks about, where it asks about one only."""
    words = lexicon()
    found = [standing for standing, kind in _STANDING_HEADERS if words.header_says(folded, kind)]
    if Standing.USED_TO_WORK in found:
        return Standing.USED_TO_WORK
    return found[0] if len(found) == 1 else None


def names_group(header: Header) -> bool:
    """Whether a header asks which group somebody belongs to."""
    return length_in_words(header.shown) <= _SHORT_QUESTION and lexicon().header_says(
        header.folded, "group"
    )


def asks_count(header: Header) -> bool:
    """Whether a header asks for a number of something, or for a code."""
    words = lexicon()
    last = header.folded.rsplit(" ", 1)[-1]
    return words.header_says(header.folded, "count") or any(
        last.endswith(ending) for ending in words.code_endings
    )


def time_share(profile: Profile) -> float:
    """The part of a column's answers that are dates."""
    counts = profile.counts_of_cells
    total = sum(n for _, n in counts)
    return sum(n for cell, n in counts if parse(cell) is not None) / max(1, total)
