"""What each column holds, and why: a role, a sentence and a confidence, from header and answers.

Ratings are settled in ``lib.intake.families``; here a column is only said to look like one.
"""

from collections.abc import Mapping, Sequence

from lib.intake.decision import Decision, asks_count, names_group, standing_of, time_share
from lib.intake.feedback import Role
from lib.intake.headers import Header, hinted_range, legend
from lib.intake.identity import Guard, guard_of
from lib.intake.labels import NUMBERS, Candidate, candidates, of_one_column, place_in
from lib.intake.lexicon import lexicon
from lib.intake.moments import Parts, parse
from lib.intake.own_form import candidate_of
from lib.intake.practices import Practices, texts_of
from lib.intake.profile import Profile
from lib.intake.text import contains, fold
from lib.intake.wording import is_number, words_or_choices

_MOST = 0.5
_STRAYS = 0.03
_JUDGED = 500
"""Different lists among which the share of those that name practices is taken."""
_FACTS = frozenset({NUMBERS, "yesno", "level", "worded"})
"""Kinds of answers that are facts, and no judgments, under a header that names a group."""


def find_timestamp(profiles: Sequence[Profile]) -> int | None:
    """The position of the column that says when each answer was given."""
    shares = {p.position: time_share(p) for p in profiles if p.filled and not p.dropped}
    named = [
        p
        for p in profiles
        if shares.get(p.position, 0) >= 0.5 and lexicon().header_says(p.header.folded, "timestamp")
    ]
    if named:
        return next((p for p in named if _clocked(p)), named[0]).position
    likely = [p.position for p in profiles if shares.get(p.position, 0) >= 0.8 and _clocked(p)]
    return likely[0] if likely else None


def decide(
    profile: Profile, practices: Practices, grid: Mapping[str, int] | None, *, right_of_form: bool
) -> Decision:
    """The role of a column that is not the timestamp.

    ``grid``: the answers of all columns of its grid, which are read as one. ``right_of_form``:
    every question of the form stands to its left.
    """
    header, folded, words = profile.header, profile.header.folded, lexicon()
    if profile.dropped:
        if guard_of(header.shown) is Guard.OPEN:
            return Decision(Role.IDENTITY, "its answers told who people are; nothing is kept", 0.7)
        return Decision(Role.IDENTITY, "the header asks who somebody is; nothing is kept", 0.95)
    if profile.filled == 0:
        return Decision(Role.EMPTY, "nobody answered", 1.0)
    if profile.hidden_share >= 0.5:
        return Decision(
            Role.IDENTITY,
            "most cells are e-mail addresses, long numbers or links; nothing is kept",
            0.9,
        )
    if words.header_says(folded, "consent") and (consent := _consent(profile)) is not None:
        return consent
    if right_of_form:
        return Decision(
            Role.NOTE,
            "a sparse column to the right of the form's own, as leaders add for themselves",
            0.75 if header.shown else 0.6,
        )
    found = _scale_of(profile, practices, grid)
    if words.header_says(folded, "trust") and found is not None:
        return Decision(Role.TRUST, "asks whether the form itself is trusted", 0.9, None, found)
    if words.header_says(folded, "followup") and found is not None:
        return Decision(Role.FOLLOWUP, "asks what became of a promise", 0.9, None, found)
    if found is not None:
        weak = found.kind == NUMBERS and not _states_ends(header, practices) and asks_count(header)
        return Decision(Role.RATING, "", 0.9, None, found, weak=weak)
    return words_or_choices(profile)


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


def _scale_of(
    profile: Profile, practices: Practices, grid: Mapping[str, int] | None
) -> Candidate | None:
    """The reading of a column's answers as ratings, unless it holds facts and not judgments."""
    header = profile.header
    own = candidate_of(header, profile.counts)
    if own is not None and own.share >= _MOST:
        return own
    if grid is not None:
        shared = candidates(grid, legend(header.shown))
        return of_one_column(shared[0], profile.counts) if shared else None
    found = candidates(profile.counts, legend(header.shown))
    if not _states_a_scale(header, practices):
        found = [c for c in found if c.kind != NUMBERS or _mostly_on_it(c, profile)]
        if names_group(header):
            found = [c for c in found if c.kind.split()[0] not in _FACTS]
        if asks_count(header):
            found = [c for c in found if c.kind != "level"]
        if not _judges(header):
            found = [c for c in found if c.kind != "yesno"]
    return found[0] if found else None


def _states_a_scale(header: Header, practices: Practices) -> bool:
    """Whether the header alone tells that its answers are ratings."""
    return header.row is not None or _states_ends(header, practices)


def _states_ends(header: Header, practices: Practices) -> bool:
    """Whether the header tells the ends of a scale, in words or as a practice of the catalogue."""
    return practices.exact(texts_of(header)) is not None or hinted_range(header.shown) is not None


def _mostly_on_it(candidate: Candidate, profile: Profile) -> bool:
    """Whether hardly a number lies off a number scale; where several do, they count something."""
    off = [n for a, n in profile.counts.items() if is_number(a) and a not in candidate.places]
    return sum(off) <= max(1, _STRAYS * profile.filled)


def _judges(header: Header) -> bool:
    """Whether a yes-or-no question judges teaching, and is no fact about the person."""
    return lexicon().header_says(header.folded, "teacher")


def pick_list(profile: Profile, practices: Practices) -> Decision | None:
    """Whether a column lists practices under one standing; the form's own are in ``practices``."""
    standing = standing_of(profile.header.folded)
    if standing is None:
        return None
    # Some of many distinct lists tell as much as all; the step takes them from the whole column.
    step = -(-len(profile.counts) // _JUDGED)
    judged = list(profile.counts.items())[:: step or 1]
    understood = sum(n for answer, n in judged if practices.in_list(answer)[0])
    if understood * 2 < sum(n for _, n in judged):
        return None
    reason = f"lists practices under the standing “{standing.value}”"
    return Decision(Role.STANDING, reason, 0.9, standing)
