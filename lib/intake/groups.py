"""Labels of group questions: one label in several spellings or languages becomes one."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from lib.intake.feedback import MISSING, Group, Problem, Role
from lib.intake.headers import without_names
from lib.intake.identity import STAND_INS
from lib.intake.lexicon import lexicon
from lib.intake.people import is_bare_name, is_staff
from lib.intake.text import clean, fold, has_marks
from lib.intake.understood import Understood
from lib.text import count, natural

_PARTS = re.compile(r"\s*[/|]\s*|\s+[-–—]\s+|\s*\(([^)]*)\)\s*")
_SPELLINGS = (
    "Other spellings of the same labels (case, accents or language) were put together with the "
    "most usual one."
)
_NAMES = (
    "An answer that names a person is not kept; who gave it counts as having left this question "
    "empty."
)


def groups_of(columns: Sequence[Understood], found: list[Problem]) -> dict[str, Group]:
    """The group questions by header; what a person should look at is added to ``found``."""
    groups: dict[str, Group] = {}
    for item in columns:
        if item.role is not Role.GROUP:
            continue
        counts = {a: n for a, n in item.profile.counts.items() if a not in STAND_INS}
        shown = merge_labels(counts, hides_names=item.hides_names, staff=item.staff)
        merged = len(shown) - len(set(shown.values()))
        if merged:
            says = (
                f"{count(merged, 'other spelling')} of the same labels (case, accents or language) "
                "were put together with the most usual one."
            )
            found.append(Problem(None, item.column.position, says, _SPELLINGS))
        if len(shown) < len(counts):
            found.append(Problem(None, item.column.position, _NAMES, _NAMES))
        if says := people_problem(counts):
            found.append(Problem(None, item.column.position, says))
        labels = tuple(sorted(set(shown.values()), key=_in_order))
        index = {label: code for code, label in enumerate(labels)}
        lookup = np.array(
            [index.get(shown.get(clean(cell), ""), MISSING) for cell in item.profile.distinct]
            + [MISSING],
            np.int32,
        )
        _add_group(groups, item, Group(labels, lookup[item.profile.codes]))
    return groups


def _add_group(groups: dict[str, Group], item: Understood, group: Group) -> None:
    """Add a group question; one that was deleted and added again goes on under one header."""
    name = item.name
    before = groups.get(name)
    if before is not None and not ((before.codes >= 0) & (group.codes >= 0)).any():
        labels = tuple(sorted({*before.labels, *group.labels}, key=_in_order))
        index = {label: code for code, label in enumerate(labels)}
        codes = np.full(len(group.codes), MISSING, np.int32)
        for part in (before, group):
            own = np.array([index[label] for label in part.labels] + [MISSING], np.int32)
            codes = np.where(part.codes >= 0, own[part.codes], codes)
        groups[name] = Group(labels, codes)
        return
    groups[unique(name, groups)] = group


def merge_labels(
    counts: Mapping[str, int],
    *,
    hides_names: bool = False,
    staff: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """From each label to the one it is shown as: the spelling used most, first seen among equals.

    Case, edge spaces and punctuation never part two labels; accents only where both are written
    with them; two languages are one where a label holds both or the lexicon knows them. A
    person's name with a title is taken out of a label. A label is missing where nothing else is in
    it, with ``hides_names`` where it is a name without a title, and where it names one of the
    folded words ``staff``: who gave it would be one teacher's group under whatever name.
    """
    keys = {label: _key(label, counts) for label in counts}
    shown: dict[str, str] = {}
    for label, key in keys.items():
        best = shown.get(key)
        if best is None or counts[label] > counts[best]:
            shown[key] = label
    hidden = {
        key
        for key, label in shown.items()
        if (hides_names and is_bare_name(label)) or is_staff(label, staff)
    }
    return {
        label: kept
        for label, key in keys.items()
        if key not in hidden and (kept := without_names(shown[key]))
    }


def people_problem(counts: Mapping[str, int]) -> str:
    """A sentence where a group question says that adults and students answered; else empty."""
    words = lexicon()
    people = {fold(label) for label in counts}
    if not people & words.adults or not people & words.students:
        return ""
    return (
        "Adults and students both answered this form, and all of them are counted together. Look "
        "at the groups apart, or ask adults on a form of their own."
    )


def _key(label: str, counts: Mapping[str, int]) -> str:
    exact = _spelling(label)
    plain = fold(label)
    meaning = lexicon().same_group.get(plain)
    if meaning is not None:
        return f"={meaning}"
    for part in _PARTS.split(label):
        if part and (known := lexicon().same_group.get(fold(part))) is not None:
            return f"={known}"
    # An accent parts two labels only when both spellings carry accents of their own.
    if has_marks(label) and any(other != label and _spelling(other) == plain for other in counts):
        return plain
    return exact if has_marks(label) else plain


def _spelling(label: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", label.casefold()).split())


def unique(name: str, taken: Mapping[str, object]) -> str:
    """``name``, with a number behind it where it is ``taken``."""
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name} ({number})", number + 1
    return unique


def _in_order(label: str) -> tuple[object, ...]:
    """Natural order; of two labels that sort alike always the same first."""
    return natural(label), label
