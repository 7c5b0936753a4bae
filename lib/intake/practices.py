"""Which practice a question is about, and lists of practices in one cell."""

import difflib
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence

from lib.catalogue import Practice, last_name
from lib.intake.feedback import Feedback, Role
from lib.intake.headers import Header, without_numbering
from lib.intake.text import fold

_ALIKE = 0.86
_LONG_ENOUGH = 12


class Practices:
    """The practices a form can speak of: the catalogue's and those its own questions add."""

    def __init__(self, catalogue: Sequence[Practice]) -> None:
        self._by_text: dict[str, str] = {}
        for practice in catalogue:
            for text in (practice.statement, practice.name):
                self._by_text.setdefault(fold(text), practice.practice_id)
        self._of_catalogue = dict(self._by_text)
        self._sorted = sorted(self._by_text)
        self._ids = {practice.practice_id for practice in catalogue}

    def exact(self, texts: Iterable[str]) -> str | None:
        """The practice one of these texts names word for word (case and accents aside)."""
        found = (self._by_text.get(fold(text)) for text in texts)
        return next((practice for practice in found if practice is not None), None)

    def alike(self, text: str) -> str | None:
        """The catalogue's practice whose words are nearly these; never use it without saying so."""
        folded = fold(text)
        if len(folded) < _LONG_ENOUGH:
            return None
        near = difflib.get_close_matches(folded, self._of_catalogue, n=1, cutoff=_ALIKE)
        return self._of_catalogue[near[0]] if near else None

    def add(self, text: str, position: int) -> str:
        """A new practice named by a question's own words; its id is new."""
        stem = "-".join(fold(text).split())[:60].strip("-") or f"column-{position}"
        practice, number = stem, 2
        while practice in self._ids:
            practice, number = f"{stem}-{number}", number + 1
        self._ids.add(practice)
        folded = fold(text)
        if folded not in self._by_text:
            self._by_text[folded] = practice
            insort(self._sorted, folded)
        return practice

    def in_list(self, cell: str) -> tuple[frozenset[str], int]:
        """The practices a list such as "Real choices, A pace that fits" names, and how many
        entries of the list name none. Labels may hold commas themselves.
        """
        entries = self._entries(cell)
        named = frozenset(practice for _, practice in entries if practice is not None)
        return named, sum(practice is None for _, practice in entries)

    def unknown_entries(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Entries of lists (given with how often) that name no practice, and how often."""
        unknown: dict[str, int] = {}
        for cell, times in counts.items():
            for entry, practice in self._entries(cell):
                if practice is None:
                    unknown[entry] = unknown.get(entry, 0) + times
        return unknown

    def _entries(self, cell: str) -> list[tuple[str, str | None]]:
        """The entries of a list, longest known labels first, with the practice each names."""
        pieces = [piece.strip() for piece in cell.replace(";", ",").split(",") if fold(piece)]
        folded = [fold(piece) for piece in pieces]
        entries: list[tuple[str, str | None]] = []
        start = 0
        while start < len(pieces):
            stop, practice = self._longest(folded, start)
            entries.append((", ".join(pieces[start:stop]), practice))
            start = stop
        return entries

    def _longest(self, folded: Sequence[str], start: int) -> tuple[int, str | None]:
        """Where the longest known label that begins at ``start`` stops, and its practice; the next
        piece and None where no label begins. Looks no farther than a label goes on.
        """
        longest: tuple[int, str | None] = start + 1, None
        text = ""
        for at in range(start, len(folded)):
            text = f"{text} {folded[at]}".lstrip()
            if text in self._by_text:
                longest = at + 1, self._by_text[text]
            after = bisect_left(self._sorted, text)
            if after == len(self._sorted) or not self._sorted[after].startswith(text):
                break
        return longest


def practice_names(feedback: Feedback, catalogue: Sequence[Practice]) -> Mapping[str, str]:
    """The name to show for each practice of ``feedback``: the catalogue's, else its question."""
    names = {practice.practice_id: practice.name for practice in catalogue}
    shown: dict[str, str] = {}
    taken: set[str] = set()
    for practice in feedback.practices:
        name = names.get(practice) or _question(feedback, practice)
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name} ({number})", number + 1
        taken.add(unique)
        shown[practice] = unique
    return shown


def _question(feedback: Feedback, practice: str) -> str:
    rating = next(
        (c for c in feedback.columns if c.role is Role.RATING and c.practice == practice), None
    )
    if rating is None:
        return last_name(practice)
    header = rating.header
    if header.endswith("]") and "[" in header:
        before, _, row = header[:-1].rpartition("[")
        # A grid's row says what is rated; "[1-5]" only says how.
        header = row if any(char.isalpha() for char in row) else before
    return without_numbering(header) or f"Column {rating.position}"


def texts_of(header: Header) -> tuple[str, ...]:
    """The texts of a header that may name a practice."""
    return (header.asks, header.question, header.shown)
