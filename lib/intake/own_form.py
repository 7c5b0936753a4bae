"""What is known beforehand of the questions of our own form, so that reading it leaves no doubt."""

from collections.abc import Mapping

from lib.catalogue import FORM
from lib.intake.feedback import Standing
from lib.intake.headers import Header
from lib.intake.labels import Candidate, doesnt_apply, place_in
from lib.intake.lexicon import lexicon
from lib.intake.text import fold


def labels_of(header: Header) -> tuple[str, ...]:
    """The labels of one of our own scales, lowest first, by the question; empty for any other."""
    if header.row is not None and fold(header.question) == fold(FORM.grid.title):
        return FORM.grid.points
    folded = fold(header.shown)
    for question in FORM.trust:
        if folded == fold(question.title):
            return question.options
    before, after = (fold(part) for part in FORM.followup.pattern.split("{promise}"))
    if folded.startswith(before) and folded.endswith(after):
        return FORM.followup.options
    return ()


def candidate_of(header: Header, counts: Mapping[str, int]) -> Candidate | None:
    """The answers to one of our own questions on its own scale; None for any other question.

    ``counts``: the different answers and how often each was given.
    """
    labels = labels_of(header)
    applying = {answer: n for answer, n in counts.items() if not doesnt_apply(answer)}
    for kind in lexicon().kinds:
        places = {fold(label): place_in(kind, label) for label in labels}
        if not places or None in places.values():
            continue
        found = {a: p for a in applying if (p := places.get(fold(a))) is not None}
        weights = {answer: applying[answer] for answer in found}
        total = sum(applying.values())
        share = sum(weights.values()) / total if total else 1.0
        return Candidate(kind.name, found, sum(weights.values()), share, weights, labels)
    return None


def prompt_standing(header: Header) -> tuple[bool, Standing | None]:
    """Whether a header is one of our open prompts, and the standing it asks about."""
    for prompt in FORM.prompts:
        if fold(header.shown) == fold(prompt.title):
            return True, Standing(prompt.standing)
    return False, None
