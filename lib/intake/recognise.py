"""What each column holds, and why: a role, a sentence and a confidence, from header and answers.

Ratings are settled in ``lib.intake.families``; here a column is only said to look like one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.intake.dates import Parts, parse
from lib.intake.feedback import Role, Standing
from lib.intake.headers import Header, hinted_range
from lib.intake.lexicon import lexicon
from lib.intake.practices import Practices, texts_of
from lib.intake.profile import Profile
from lib.intake.scales import NUMBERS, Candidate, candidates, doesnt_apply, place_in
from lib.intake.text import contains, fold, length_in_words

_FEW_LABELS = 12
_MANY_LABELS = 40
_NOTE_FILL = 0.6
_STANDING_HEADERS = (
    (Standing.USED_TO_WORK, "used_to_work"),
    (Standing.ISNT_WORKING, "isnt_working"),
    (Standing.WORKS, "works"),
)


@dataclass(frozen=True)
class Decision:
    """What a column was taken for. ``doubt`` is a sentence for the list of problems, or empty."""

    role: Role
    reason: str
    confidence: float
    standing: Standing | None = None
    candidate: Candidate | None = None
    doubt: str = ""


def find_timestamp(profiles: Sequence[Profile]) -> int | None:
    """The position of the column that says when each answer was given."""
    shares = {p.position: _time_share(p) for p in profiles if p.filled and not p.dropped}
    named = [
        p.position
        for p in profiles
        if shares.get(p.position, 0) >= 0.5 and lexicon().header_says(p.header.folded, "timestamp")
    ]
    if named:
        return named[0]
    likely = [p.position for p in profiles if shares.get(p.position, 0) >= 0.8 and _clocked(p)]
    return likely[0] if likely else None


def decide(profile: Profile, practices: Practices, *, right_of_form: bool) -> Decision:
    """The role of a column that is not the timestamp.

    ``right_of_form``: every question of the form stands to its left.
    """
    folded, words = profile.header.folded, lexicon()
    if profile.dropped:
        return Decision(Role.IDENTITY, "the header asks who somebody is; nothing is kept", 0.95)
    if profile.filled == 0:
        return Decision(Role.EMPTY, "nobody answered", 1.0)
    if profile.hidden_share >= 0.5:
        return Decision(
            Role.IDENTITY, "most cells are e-mail addresses or long numbers; nothing is kept", 0.9
        )
    if words.header_says(folded, "consent") and (consent := _consent(profile)) is not None:
        return consent
    if right_of_form and _is_note(profile):
        return Decision(Role.NOTE, "a sparse column to the right of the form's own", 0.75)
    found = _scale_of(profile, practices)
    if words.header_says(folded, "trust") and found is not None:
        return Decision(Role.TRUST, "asks whether the form itself is trusted", 0.9, None, found)
    if words.header_says(folded, "followup") and found is not None:
        return Decision(Role.FOLLOWUP, "asks what became of a promise", 0.9, None, found)
    if (standing := _pick_list(profile, practices)) is not None:
        return standing
    if found is not None:
        return Decision(Role.RATING, "", 0.9, None, found)
    return _words_or_choices(profile)


def standing_of(folded: str) -> Standing | None:
    """The standing a question asks about, where it asks about one only."""
    words = lexicon()
    found = [standing for standing, kind in _STANDING_HEADERS if words.header_says(folded, kind)]
    if Standing.USED_TO_WORK in found:
        return Standing.USED_TO_WORK
    return found[0] if len(found) == 1 else None


def consents(answer: str) -> bool | None:
    """Whether an answer to a consent question is a yes; None when it cannot be told."""
    folded, words = fold(answer), lexicon()
    if any(contains(folded, phrase) for phrase in words.refusals):
        return False
    if any(contains(folded, phrase) for phrase in words.agreements):
        return True
    yesno = next(kind for kind in words.kinds if kind.name == "yesno")
    for text in (answer, answer.split(",")[0], answer.split(".")[0], folded.split(" ")[0]):
        place = place_in(yesno, text)
        if place is not None and place != 50:
            return place > 50
    return None


def _time_share(profile: Profile) -> float:
    counts = profile.counts_of_cells
    total = sum(n for _, n in counts)
    return sum(n for cell, n in counts if parse(cell) is not None) / max(1, total)


def _clocked(profile: Profile) -> bool:
    """Whether most moments have a time of day: a birthday or a day of class has none."""
    cells = profile.counts_of_cells
    moments = [parse(cell) for cell, _ in cells]
    timed = [m for m in moments if (isinstance(m, Parts) and m.seconds) or isinstance(m, float)]
    whole = [m for m in timed if isinstance(m, float) and m == int(m)]
    return (len(timed) - len(whole)) * 2 >= len(cells)


def _consent(profile: Profile) -> Decision | None:
    told = sum(n for answer, n in profile.counts.items() if consents(answer) is not None)
    if len(profile.counts) > 6 or told * 2 < profile.filled:
        return None
    return Decision(Role.CONSENT, "asks for consent and is answered yes or no", 0.9)


def _is_note(profile: Profile) -> bool:
    return lexicon().header_says(profile.header.folded, "note") and (
        profile.filled <= _NOTE_FILL * profile.rows or set(profile.counts) <= {"TRUE", "FALSE"}
    )


def _scale_of(profile: Profile, practices: Practices) -> Candidate | None:
    """The reading of a column's answers as ratings, unless it holds facts and not judgments."""
    header, words = profile.header, lexicon()
    found = candidates(profile.counts)
    known = practices.exact(texts_of(header)) is not None or header.row is not None
    if not known and hinted_range(header.shown) is None:
        if words.header_says(header.folded, "group") and _short(header):
            return None
        found = [c for c in found if c.kind != NUMBERS or not _is_count(header)]
        found = [c for c in found if c.kind != "yesno" or _judges(header)]
    return found[0] if found else None


def _short(header: Header) -> bool:
    return length_in_words(header.shown) <= 14


def _is_count(header: Header) -> bool:
    words = lexicon()
    last = header.folded.rsplit(" ", 1)[-1]
    return (
        words.header_says(header.folded, "count")
        or words.header_says(header.folded, "code")
        or any(last.endswith(ending) for ending in words.code_endings)
    )


def _judges(header: Header) -> bool:
    """Whether a yes-or-no question judges teaching, and is no fact about the person."""
    return lexicon().header_says(header.folded, "teacher")


def _pick_list(profile: Profile, practices: Practices) -> Decision | None:
    standing = standing_of(profile.header.folded)
    if standing is None:
        return None
    understood = sum(n for answer, n in profile.counts.items() if practices.in_list(answer)[0])
    if understood * 2 < profile.filled:
        return None
    reason = f"lists practices under the standing “{standing.value}”"
    return Decision(Role.STANDING, reason, 0.9, standing)


def _words_or_choices(profile: Profile) -> Decision:
    """Free text, one choice out of a few, several choices, or something else."""
    header, words = profile.header, lexicon()
    counts = {a: n for a, n in profile.counts.items() if not doesnt_apply(a)}
    if not counts:
        return Decision(Role.OTHER, "every answer says that the question does not apply", 0.8)
    labels = len({fold(answer) for answer in counts})
    repeated = profile.repetition >= 2 and labels <= _MANY_LABELS
    prompt = words.header_says(header.folded, "comment")
    group = words.header_says(header.folded, "group") and _short(header)
    standing = standing_of(header.folded)
    numeric = _numeric_share(counts)
    if numeric >= 0.8:
        return _numbers(profile, group=group, labels=labels)
    if _time_share(profile) >= 0.8:
        return Decision(Role.OTHER, "dates that are not the answers' timestamps", 0.8)
    if sum(answer[:1] in ("{", "[") for answer in counts) * 2 > len(counts):
        return Decision(Role.OTHER, "data written by a program", 0.8)
    long_text = profile.median_words >= 5 and profile.repetition < 2
    if prompt and not (repeated and labels <= _FEW_LABELS and profile.median_words < 5):
        reason = "the header asks for words and the answers differ"
        return Decision(Role.COMMENT, reason, 0.95 if long_text else 0.75, standing)
    if group and labels > _MANY_LABELS and not repeated:
        return Decision(Role.OTHER, f"{labels} different labels, too many for a group", 0.7)
    if group and not long_text:
        reason = f"{labels} short labels under a header that names a group"
        return Decision(Role.GROUP, reason, 0.9 if repeated else 0.7)
    if long_text:
        reason = "long answers, hardly two alike"
        return Decision(Role.COMMENT, reason, 0.9, standing)
    if _is_multiple(counts, profile.filled):
        return Decision(Role.OTHER, "several choices in one cell", 0.8)
    if repeated or (labels <= 5 and profile.filled >= labels + 2):
        return _choices(labels, counts)
    if profile.median_words <= 3 and profile.filled >= 5:
        return Decision(Role.OTHER, "short answers, hardly two alike", 0.5)
    return Decision(
        Role.COMMENT,
        "answers in words, too few to be sure",
        0.5,
        standing,
        doubt="This column was taken for comments, with little to go by. Please check it.",
    )


def _numeric_share(counts: Mapping[str, int]) -> float:
    total = sum(counts.values())
    numeric = sum(n for answer, n in counts.items() if _is_number(answer))
    return numeric / max(1, total)


def _is_number(answer: str) -> bool:
    text = answer.replace("%", "").replace(",", ".").strip()
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers(profile: Profile, *, group: bool, labels: int) -> Decision:
    if group and labels <= _MANY_LABELS:
        return Decision(Role.GROUP, "numbers under a header that names a group", 0.85)
    if _is_count(profile.header):
        return Decision(Role.OTHER, "numbers that count or name something, no ratings", 0.8)
    return Decision(Role.OTHER, "numbers that lie on no rating scale", 0.7)


def _is_multiple(counts: Mapping[str, int], filled: int) -> bool:
    parts: dict[str, int] = {}
    joined = 0
    for answer, n in counts.items():
        pieces = [fold(piece) for piece in answer.replace(";", ",").split(",") if piece.strip()]
        joined += n * (len(pieces) > 1)
        for piece in pieces:
            parts[piece] = parts.get(piece, 0) + n
    often = sum(n for n in parts.values() if n >= 3)
    return joined * 5 >= filled and often * 10 >= 7 * sum(parts.values())


def _choices(labels: int, counts: Mapping[str, int]) -> Decision:
    yesno = next(kind for kind in lexicon().kinds if kind.name == "yesno")
    if all(place_in(yesno, answer) is not None for answer in counts):
        return Decision(
            Role.OTHER,
            "answered yes or no, which is as often a fact about a person as a judgment",
            0.6,
        )
    if labels <= _FEW_LABELS:
        return Decision(Role.GROUP, f"{labels} short labels, each given several times", 0.7)
    return Decision(Role.OTHER, f"{labels} different labels, too many for a group", 0.6)
