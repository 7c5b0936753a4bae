"""Columns on no scale: free text, one choice of a few, several choices, plain numbers."""

import re
from collections.abc import Mapping

from lib.intake.decision import Decision, asks_count, names_group, standing_of, time_share
from lib.intake.feedback import Role
from lib.intake.headers import Header
from lib.intake.identity import names_somebody
from lib.intake.labels import doesnt_apply, place_in
from lib.intake.lexicon import lexicon
from lib.intake.own_form import prompt_standing
from lib.intake.profile import Profile
from lib.intake.text import fold, length_in_words

_FEW_LABELS = 12
_MANY_LABELS = 40
_MOST_GROUPS = 100
_LONG = 5
_SHORT_HEADER = 7
_SHORT_LABEL = 5
_ONCE = 1 / 3
_CHOSEN = 0.9
_QUESTION = 4
_LONGEST_NAME = 60
_NAME = re.compile(r"[^\W\d_a-z]\w+(?:[ '’\-]\w\.?\w*){0,3}")


COUNT = Decision(Role.OTHER, "numbers that count or name something, no ratings", 0.8)


def words_or_choices(profile: Profile) -> Decision:
    """Free text, one choice out of a few, several choices, or something else."""
    header = profile.header
    ours, standing = prompt_standing(header)
    if ours:
        return Decision(Role.COMMENT, "one of the open questions of our own form", 1.0, standing)
    counts = {a: n for a, n in profile.counts.items() if not doesnt_apply(a)}
    if not counts:
        return Decision(Role.OTHER, "every answer says that the question does not apply", 0.8)
    labels = len({fold(answer) for answer in counts})
    # "Do you know the other departments?" names a group and asks something else.
    fact = _yes_or_no(counts) and length_in_words(header.shown) > _QUESTION
    group = names_group(header) and not fact
    if _numeric_share(counts) >= 0.8:
        return _numbers(profile, group=group, labels=labels)
    if time_share(profile) >= 0.8:
        return Decision(Role.OTHER, "dates that are not the answers' timestamps", 0.8)
    if sum(answer[:1] in ("{", "[") for answer in counts) * 2 > len(counts):
        return Decision(Role.OTHER, "data written by a program", 0.8)
    if _are_people(header, counts):
        return Decision(Role.IDENTITY, "most answers look like people's names", 0.7)
    if _is_multiple(counts, profile.filled):
        return Decision(Role.OTHER, "several choices in one cell", 0.8)
    return _free_text(profile, labels, group=group) or _choices(profile, counts, labels)


def _free_text(profile: Profile, labels: int, *, group: bool) -> Decision | None:
    """Comments, where the answers or the header show it; a group where its header names one."""
    folded = profile.header.folded
    repeated = profile.repetition >= 2
    few = repeated and labels <= _FEW_LABELS
    closed = few and (profile.given_once < _ONCE or profile.chosen_share >= _CHOSEN)
    standing = standing_of(folded)
    long_text = profile.median_words >= _LONG and (profile.repetition < 2 or not closed)
    asks = standing is not None and not _yes_or_no(profile.counts)
    prompt = asks or lexicon().header_says(folded, "comment")
    if prompt and (not closed or profile.median_words >= 12):
        reason = "the header asks for words and the answers differ"
        return Decision(Role.COMMENT, reason, 0.95 if long_text else 0.75, standing)
    if group and labels > (_MOST_GROUPS if repeated else _MANY_LABELS):
        return _too_many(labels, 0.7)
    if group and not long_text:
        return Decision(Role.GROUP, f"{_labels(labels)} under a header that names a group", 0.9)
    if long_text:
        return Decision(Role.COMMENT, "long answers, hardly two alike", 0.9, standing)
    if labels > _MANY_LABELS and repeated:
        return _too_many(labels, 0.6)
    return None


def _too_many(labels: int, confidence: float) -> Decision:
    return Decision(Role.OTHER, f"{labels} different labels, too many for a group", confidence)


def _numeric_share(counts: Mapping[str, int]) -> float:
    total = sum(counts.values())
    numeric = sum(n for answer, n in counts.items() if is_number(answer))
    return numeric / max(1, total)


def is_number(answer: str) -> bool:
    """Whether an answer is a number, whole or not, or points out of so many ("3 / 5")."""
    text = answer.replace("%", "").replace(",", ".").split(" / ")[0].strip()
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers(profile: Profile, *, group: bool, labels: int) -> Decision:
    if group and labels <= _MANY_LABELS:
        return Decision(Role.GROUP, "numbers under a header that names a group", 0.85)
    if asks_count(profile.header):
        return COUNT
    return Decision(Role.OTHER, "numbers that lie on no rating scale", 0.7)


def _is_multiple(counts: Mapping[str, int], filled: int) -> bool:
    """Whether most cells join entries of a short list; comments hold commas too, but not these.

    Newer forms join with a semicolon, and then an entry may hold commas of its own.
    """
    mark = ";" if sum(n for a, n in counts.items() if ";" in a) * 5 >= filled else ","
    parts: dict[str, int] = {}
    joined = 0
    for answer, n in counts.items():
        pieces = [fold(piece) for piece in answer.split(mark) if piece.strip()]
        joined += n * (len(pieces) > 1)
        for piece in pieces:
            parts[piece] = parts.get(piece, 0) + n
    often = {piece: n for piece, n in parts.items() if n >= 3}
    return (
        joined * 5 >= filled
        and len(often) <= _MANY_LABELS
        and sum(often.values()) * 10 >= 7 * sum(parts.values())
    )


def _choices(profile: Profile, counts: Mapping[str, int], labels: int) -> Decision:
    """A question with a few labels, or short answers that tell little."""
    if _yes_or_no(counts):
        return Decision(
            Role.OTHER,
            "answered yes or no, which is as often a fact about a person as a judgment",
            0.6,
            doubt=(
                "Questions answered yes or no were not taken for ratings. Where one judges a "
                "practice, set it as a rating; yes is then favorable."
            ),
        )
    if profile.repetition >= 2 or (labels <= 5 and profile.filled >= labels + 2):
        if labels <= _FEW_LABELS:
            reason = f"{_labels(labels)}, each given several times"
            short = (
                length_in_words(profile.header.shown) <= _SHORT_HEADER
                and profile.median_words <= _SHORT_LABEL
                and not lexicon().header_says(profile.header.folded, "comment")
            )
            return Decision(Role.GROUP if short else Role.OTHER, reason, 0.7, by_labels=True)
        return _too_many(labels, 0.6)
    if profile.median_words <= 3 and profile.filled >= 5:
        return Decision(Role.OTHER, "short answers, hardly two alike", 0.5)
    return Decision(
        Role.COMMENT,
        "answers in words, with little else to go by",
        0.5,
        standing_of(profile.header.folded),
        doubt="This column was taken for comments, with little to go by. Please check it.",
    )


def _yes_or_no(counts: Mapping[str, int]) -> bool:
    """Whether every answer is a yes, a no or something between."""
    yesno = next(kind for kind in lexicon().kinds if kind.name == "yesno")
    return all(place_in(yesno, answer) is not None for answer in counts)


def _labels(count: int) -> str:
    """How many labels there are, as one may say it: that all gave the same would be a result."""
    return "a few short labels" if count <= _FEW_LABELS else f"{count} short labels"


def _known(answer: str) -> bool:
    """Whether an answer says in words of a form who somebody is ("Parent"), and is no name."""
    words, folded = lexicon(), fold(answer)
    known = folded in words.adults | words.students or folded in words.same_group
    return known or any(words.knows(word) for word in folded.split())


def _are_people(header: Header, counts: Mapping[str, int]) -> bool:
    """Whether most answers are people: titles with names, or names where a person is asked for."""
    titled = sum(
        n for answer, n in counts.items() if len(answer) <= _LONGEST_NAME and names_somebody(answer)
    )
    if titled * 2 > sum(counts.values()):
        return True
    if lexicon().header_says(header.folded, "comment") or not lexicon().header_says(
        header.folded, "person"
    ):
        return False
    named = sum(n for answer, n in counts.items() if _NAME.fullmatch(answer) and not _known(answer))
    return named * 10 >= 7 * sum(counts.values())
