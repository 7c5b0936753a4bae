"""All columns of a tab together: roles, scales and practices, with a person's word on top."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lib.intake.corrections import Correction
from lib.intake.decision import Decision, standing_of
from lib.intake.families import read_scales
from lib.intake.feedback import Column, Problem, Role, Scale
from lib.intake.headers import legend
from lib.intake.identity import Guard, guard_of
from lib.intake.labels import candidates
from lib.intake.lexicon import lexicon
from lib.intake.naming import name_ratings
from lib.intake.people import (
    look_like_codes,
    look_like_people,
    may_hold_people,
    mostly_staff,
    mostly_titled,
)
from lib.intake.practices import Practices
from lib.intake.profile import Profile
from lib.intake.readings import Rated, Reading, reading_by_person
from lib.intake.recognise import decide, find_timestamp, pick_list
from lib.intake.scales import favorable_from
from lib.intake.text import fold
from lib.intake.understood import Understood
from lib.intake.wording import COUNT

_ON_A_SCALE = frozenset({Role.RATING, Role.TRUST, Role.FOLLOWUP})
_SPARSE = 0.6
_BY_A_PERSON = "a person said so"
_ON_NO_SCALE = (
    "This column was set as a rating, but its answers lie on no scale that is known. Give its "
    "lowest and highest number, or choose another role."
)
_NO_STANDING = (
    "This column was set as a list of practices, but its header does not say whether they work, "
    "do not work or used to work. Write that into the header."
)
_MOST_LABELS = 10
_PEOPLE = Decision(Role.IDENTITY, "its answers look like people's names; nothing is kept", 0.7)
_TITLED = Decision(
    Role.IDENTITY, "its answers are people's names with titles; nothing is kept", 0.95
)
_STAFF = Decision(
    Role.IDENTITY, "its answers are names on the school's own roster; nothing is kept", 0.95
)
_ASKED_WHO = Decision(
    Role.IDENTITY, "it asks who somebody is, and its answers look like names; nothing is kept", 0.95
)
_CODES = Decision(
    Role.IDENTITY, "its answers look like numbers or accounts of people; nothing is kept", 0.7
)
_UNKNOWN_LABELS = Decision(
    Role.OTHER,
    "several questions share these labels, whose order is not known",
    0.5,
    doubt=(
        "Several questions share one set of labels that no known scale has, so they were not "
        "taken for ratings. If they are, put numbers in front of the labels in the form."
    ),
)
_CODE = Decision(
    Role.OTHER,
    "one or two different numbers, which may be a code",
    0.5,
    doubt=(
        "This column holds one or two different numbers, which may be a code or part of a scale. "
        "It was not taken for a rating; say so if it is one."
    ),
)


def understand_columns(
    profiles: Sequence[Profile],
    practices: Practices,
    corrections: Sequence[Correction],
    staff: frozenset[str] = frozenset(),
) -> list[Understood]:
    """Decide what every column holds. ``staff``: folded words of names that make no group."""
    corrected = {p.position: c for p in profiles for c in corrections if c.fits(p.header)}
    decisions = _decisions(profiles, practices, corrected)
    readings = _readings(profiles, decisions, corrected)
    found = [_understood(p, decisions[p.position], readings.get(p.position)) for p in profiles]
    found = [
        replace(item, date_order=corrected[item.column.position].date_order)
        if item.column.position in corrected
        else item
        for item in found
    ]
    rated = name_ratings(found, practices, corrected)
    listed = [
        _as_pick_list(item, practices) if item.column.position not in corrected else item
        for item in rated
    ]
    return [_unless_people(item, corrected.get(item.column.position), staff) for item in listed]


def _unless_people(item: Understood, said: Correction | None, staff: frozenset[str]) -> Understood:
    """A group is none where its labels are people; of bare names a person may say it is."""
    if item.role is not Role.GROUP:
        return item
    profile, by_person = item.profile, said is not None and said.role is Role.GROUP
    people = _surely_people(profile, staff) or (None if by_person else _likely_people(profile))
    if people is not None:
        return _understood(profile, people, None)
    hides_names = not by_person and may_hold_people(profile.header)
    return replace(item, hides_names=hides_names, staff=staff)


def _surely_people(profile: Profile, staff: frozenset[str]) -> Decision | None:
    """What nobody can make a group of: no teacher's result may exist."""
    if mostly_titled(profile.counts):
        return _TITLED
    if mostly_staff(profile.counts, staff):
        return _STAFF
    asks_who = guard_of(profile.header.shown) is not Guard.OPEN
    return _ASKED_WHO if asks_who and look_like_people(profile.counts) else None


def _likely_people(profile: Profile) -> Decision | None:
    if may_hold_people(profile.header) and look_like_people(profile.counts):
        return _PEOPLE
    return _CODES if look_like_codes(profile.counts) else None


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
    grids = _answers_of_grids(profiles)
    decisions: dict[int, Decision] = {}
    for p in profiles:
        if p.position == timed and (timed not in said or find_timestamp([p])):
            decision = Decision(Role.TIMESTAMP, "dates with a time of day", 0.95)
        else:
            grid = grids[p.header.question] if p.header.row is not None else None
            decision = decide(p, practices, grid, right_of_form=p.position in right)
        if p.position in said:
            decision = _as_said(p, said[p.position], decision)
        decisions[p.position] = decision
    return _questions_apart_from_groups(decisions, _sharing_labels(profiles))


def _answers_of_grids(profiles: Sequence[Profile]) -> dict[str, Counter[str]]:
    """The answers of all columns of each grid together, by the grid's question."""
    grids: dict[str, Counter[str]] = {}
    for p in profiles:
        if p.header.row is not None:
            grids.setdefault(p.header.question, Counter()).update(p.counts)
    return grids


def _questions_apart_from_groups(
    decisions: dict[int, Decision], shared: frozenset[int]
) -> dict[int, Decision]:
    """A few labels alone tell who one is only before the first rating, and in one column."""
    rated = [at for at, decision in decisions.items() if decision.role is Role.RATING]
    first = min(rated, default=0)
    found = dict(decisions)
    for at, decision in decisions.items():
        if decision.by_labels and at in shared:
            found[at] = _UNKNOWN_LABELS
        elif decision.by_labels and 0 < first < at:
            reason = f"one choice; {decision.reason}"
            found[at] = replace(decision, role=Role.OTHER, reason=reason)
    return found


def _sharing_labels(profiles: Sequence[Profile]) -> frozenset[int]:
    """Positions of columns answered in the same three or more labels as two others."""
    by_labels: dict[frozenset[str], list[int]] = {}
    for p in profiles:
        if 3 <= p.different <= _MOST_LABELS:
            by_labels.setdefault(frozenset(map(fold, p.counts)), []).append(p.position)
    return frozenset(at for alike in by_labels.values() if len(alike) >= 3 for at in alike)


def _as_said(profile: Profile, role: Role, recognized: Decision) -> Decision:
    """A person's word on top of what was recognized, whose doubts it settles."""
    if profile.dropped and role is not Role.IDENTITY:
        reason = "a person says this is no identity; its answers come with the next full reading"
        return Decision(Role.IDENTITY, reason, 1.0)
    candidate, doubt = None, ""
    if role in _ON_A_SCALE:
        fallback = candidates(profile.counts, legend(profile.header.shown))
        candidate = recognized.candidate or (fallback[0] if fallback else None)
        doubt = "" if candidate else _ON_NO_SCALE
    standing = recognized.standing or standing_of(profile.header.folded)
    if role is Role.STANDING and standing is None:
        doubt = _NO_STANDING
    own = recognized.role
    return Decision(role, _BY_A_PERSON, 1.0, standing, candidate, doubt, recognized=own)


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
        if at in corrected:
            readings[at] = _as_scaled(column, readings.get(at), corrected[at])
    return readings


def _as_scaled(column: Rated, reading: Reading | None, said: Correction) -> Reading:
    """A person's scale on top of the recognized one; what makes no scale is not heeded."""
    scale = reading.scale if reading else Scale(1, 5, 4)
    low = scale.low if said.low is None else said.low
    high = scale.high if said.high is None else said.high
    start = said.favorable_from
    if not 0 <= low < high <= 100:
        low, high, start = scale.low, scale.high, None
    if start is None or not low < start <= high:
        start = favorable_from(low, high)
    if reading is None or (low, high) != (scale.low, scale.high):
        return reading_by_person(column.candidate, Scale(low, high, start))
    doubt = reading.doubt if (said.low, said.high) == (None, None) else ""
    return replace(reading, scale=replace(scale, favorable_from=start), doubt=doubt)


def _understood(profile: Profile, decision: Decision, reading: Reading | None) -> Understood:
    header = profile.header
    if decision.candidate is not None and reading is None:
        decision = COUNT if decision.weak else _CODE
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
        # Not after a person has said what it is: "please check" would never go away.
        confidence = confidence if decision.reason == _BY_A_PERSON else min(confidence, 0.6)
    column = Column(
        header.position,
        header.shown,
        decision.role,
        scale=reading.scale if reading else None,
        standing=decision.standing,
        reason=_sentence(reason),
        confidence=confidence,
        recognized=decision.recognized,
    )
    problems = tuple(Problem(None, header.position, says) for says in doubts if says)
    return Understood(profile, column, reading, problems)


def _favorable(scale: Scale) -> str:
    """Where favorable begins, without a label: somebody may have had to choose it to be known."""
    if scale.labels:
        return f"point {scale.favorable_from - scale.low + 1} of {len(scale.labels)}"
    return str(scale.favorable_from)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""
