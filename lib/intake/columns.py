"""All columns of a tab together: roles, scales and practices, with a person's word on top."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lib.intake.corrections import Correction
from lib.intake.decision import Decision, standing_of
from lib.intake.families import read_scales
from lib.intake.feedback import Column, Problem, Role, Scale
from lib.intake.headers import legend
from lib.intake.labels import candidates
from lib.intake.lexicon import lexicon
from lib.intake.practices import Practices, texts_of
from lib.intake.profile import Profile
from lib.intake.readings import Rated, Reading, reading_by_person
from lib.intake.recognise import decide, find_timestamp, pick_list
from lib.intake.scales import favorable_from
from lib.intake.text import letter

_ON_A_SCALE = frozenset({Role.RATING, Role.TRUST, Role.FOLLOWUP})
_SPARSE = 0.6
_COUNT = Decision(Role.OTHER, "numbers that count or name something, no ratings", 0.8)
_CODE = Decision(
    Role.OTHER,
    "one or two different numbers, which may be a code",
    0.5,
    doubt=(
        "This column holds one or two different numbers, which may be a code or part of a scale. "
        "It was not taken for a rating; say so if it is one."
    ),
)


@dataclass(frozen=True)
class Understood:
    """One column, its distinct answers, and how they were understood.

    ``reading`` is set for ratings, trust and follow-up questions.
    """

    profile: Profile
    column: Column
    reading: Reading | None = None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def role(self) -> Role:
        """What the column holds."""
        return self.column.role


def understand_columns(
    profiles: Sequence[Profile], practices: Practices, corrections: Sequence[Correction]
) -> list[Understood]:
    """Decide what every column holds."""
    corrected = {p.position: c for p in profiles for c in corrections if c.fits(p.header)}
    decisions = _decisions(profiles, practices, corrected)
    readings = _readings(profiles, decisions, corrected)
    found = [_understood(p, decisions[p.position], readings.get(p.position)) for p in profiles]
    rated = _with_practices(found, practices, corrected)
    return [
        _as_pick_list(item, practices) if item.column.position not in corrected else item
        for item in rated
    ]


def _as_pick_list(item: Understood, practices: Practices) -> Understood:
    """A column of words as a list of practices, where it names those of the form."""
    if item.role not in (Role.OTHER, Role.GROUP, Role.COMMENT):
        return item
    decision = pick_list(item.profile, practices)
    return item if decision is None else _understood(item.profile, decision, None)


def _decisions(
    profiles: Sequence[Profile],
    practices: Practices,
    corrected: dict[int, Correction],
) -> dict[int, Decision]:
    said = {at: c.role for at, c in corrected.items() if c.role is not None}
    timed = next((at for at, role in said.items() if role is Role.TIMESTAMP), None)
    if timed is None:
        timed = find_timestamp([p for p in profiles if p.position not in said])
    right = _right_of_form(profiles)
    decisions: dict[int, Decision] = {}
    for p in profiles:
        if p.position in said:
            decisions[p.position] = _as_said(p, said[p.position])
        elif p.position == timed:
            decisions[p.position] = Decision(Role.TIMESTAMP, "dates with a time of day", 0.95)
        else:
            decisions[p.position] = decide(p, practices, right_of_form=p.position in right)
    return _questions_apart_from_groups(decisions)


def _questions_apart_from_groups(decisions: dict[int, Decision]) -> dict[int, Decision]:
    """After the first rating a few labels alone are a question like others, not who one is."""
    rated = [at for at, decision in decisions.items() if decision.role is Role.RATING]
    first = min(rated, default=0)
    return {
        at: replace(decision, role=Role.OTHER, reason=f"one choice; {decision.reason}")
        if decision.by_labels and 0 < first < at
        else decision
        for at, decision in decisions.items()
    }


def _as_said(profile: Profile, role: Role) -> Decision:
    found = (
        candidates(profile.counts, legend(profile.header.shown))
        if role in _ON_A_SCALE and not profile.dropped
        else []
    )
    standing = standing_of(profile.header.folded)
    if profile.dropped and role is not Role.IDENTITY:
        return Decision(
            Role.IDENTITY,
            "a person says this is no identity; its answers come with the next full reading",
            1.0,
        )
    doubt = ""
    if role in _ON_A_SCALE and not found:
        doubt = (
            "This column was set as a rating, but its answers lie on no scale that is known. "
            "Give its lowest and highest number, or choose another role."
        )
    candidate = found[0] if found else None
    return Decision(role, "a person said so", 1.0, standing, candidate, doubt)


def _right_of_form(profiles: Sequence[Profile]) -> frozenset[int]:
    """The columns at the right edge that are empty or look like somebody's own notes."""
    right: set[int] = set()
    for p in reversed(profiles):
        own = lexicon().header_says(p.header.folded, "note") or not p.header.shown
        sparse = p.filled <= _SPARSE * p.rows or set(p.counts) <= {"TRUE", "FALSE"}
        if p.filled and not (own and sparse):
            break
        right.add(p.position)
    return frozenset(right)


def _readings(
    profiles: Sequence[Profile],
    decisions: dict[int, Decision],
    corrected: dict[int, Correction],
) -> dict[int, Reading]:
    rated = [
        Rated(p.header, candidate, decisions[p.position].weak)
        for p in profiles
        if (candidate := decisions[p.position].candidate) is not None
        and decisions[p.position].role in _ON_A_SCALE
    ]
    readings = read_scales(rated)
    for column in rated:
        at = column.header.position
        if at in corrected and (scale := _scale_said(corrected[at], readings.get(at))):
            readings[at] = reading_by_person(column.candidate, scale)
    return readings


def _scale_said(correction: Correction, reading: Reading | None) -> Scale | None:
    """The scale with a person's changes, or None where there are none or they make no scale."""
    scale = reading.scale if reading else Scale(1, 5, 4)
    low = scale.low if correction.low is None else correction.low
    high = scale.high if correction.high is None else correction.high
    if not 0 <= low < high <= 100:
        return None
    start = correction.favorable_from
    if start is None:
        start = favorable_from(low, high)
    said = (correction.low, correction.high, correction.favorable_from)
    if not low < start <= high or (reading is not None and said == (None, None, None)):
        return None
    return Scale(low, high, start, scale.labels)


def _understood(profile: Profile, decision: Decision, reading: Reading | None) -> Understood:
    header = profile.header
    if decision.candidate is not None and reading is None:
        decision = _COUNT if decision.weak else _CODE
    reason, confidence = decision.reason, decision.confidence
    doubts = [decision.doubt, f"{reading.doubt}." if reading and reading.doubt else ""]
    if reading is not None:
        reason = f"{reason}; {reading.reason}" if reason else reading.reason
        reason += f"; favorable from {_favorable(reading.scale)}"
        confidence = min(confidence, reading.confidence)
    if not header.shown and profile.filled:
        doubts.append(
            "This column has answers but no header. Write the question above it, so that it can "
            "be told apart."
        )
        confidence = min(confidence, 0.6)
    column = Column(
        header.position,
        header.shown,
        decision.role,
        scale=reading.scale if reading else None,
        standing=decision.standing,
        reason=_sentence(reason),
        confidence=confidence,
    )
    problems = tuple(Problem(None, header.position, says) for says in doubts if says)
    return Understood(profile, column, reading, problems)


def _favorable(scale: Scale) -> str:
    if scale.labels:
        return f"“{scale.labels[scale.favorable_from - scale.low]}”"
    return str(scale.favorable_from)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def _with_practices(
    columns: list[Understood], practices: Practices, corrected: dict[int, Correction]
) -> list[Understood]:
    """Name the practice of each rating; one question standing twice is one practice where nobody
    answered both.
    """
    rated_by: dict[str, list[Understood]] = {}
    found: list[Understood] = []
    for item in columns:
        if item.role is Role.RATING and item.reading is not None:
            said = corrected.get(item.column.position)
            item = _rating(item, practices, rated_by, said.practice if said else None)
        found.append(item)
    return found


def _rating(
    item: Understood,
    practices: Practices,
    rated_by: dict[str, list[Understood]],
    said: str | None,
) -> Understood:
    header = item.profile.header
    practice = said or practices.exact(texts_of(header))
    says = ""
    if practice is None:
        practice = practices.alike(header.asks)
        if practice is not None:
            says = (
                "The question is worded almost like a practice of the catalogue and was taken "
                "for it. If it asks something else, change its practice."
            )
    if practice is None:
        practice = practices.add(header.asks, header.position)
    earlier = rated_by.get(practice, [])
    if earlier:
        first = letter(earlier[0].column.position)
        if _can_join(item, earlier):
            says = (
                f"The same question stands in column {first} and nobody answered both, so their "
                "answers were put together."
            )
        else:
            practice = practices.add(header.shown, header.position)
            says = (
                f"The same question stands in column {first}; the same people answered both, or "
                "on another scale, so the two are kept apart. Give each its own header."
            )
    problems = (*item.problems, Problem(None, header.position, says)) if says else item.problems
    named = replace(item, column=replace(item.column, practice=practice), problems=problems)
    rated_by.setdefault(practice, []).append(named)
    return named


def _can_join(item: Understood, earlier: list[Understood]) -> bool:
    if item.column.scale != earlier[0].column.scale:
        return False
    mine = item.profile.codes >= 0
    return not any(bool((mine & (other.profile.codes >= 0)).any()) for other in earlier)


def over(item: Understood, rows: NDArray[np.bool_]) -> Understood:
    """The same column over fewer rows (bool, one a row of the profile)."""
    profile = item.profile
    codes = profile.codes[rows]
    times = np.bincount(codes[codes >= 0], minlength=len(profile.times))
    return replace(item, profile=replace(profile, codes=codes, times=times))
