"""Labels of group questions: one label in several spellings or languages becomes one."""

import re
from collections.abc import Mapping

from lib.intake.headers import without_names
from lib.intake.lexicon import lexicon
from lib.intake.people import is_bare_name, is_staff
from lib.intake.text import fold, has_marks

_PARTS = re.compile(r"\s*[/|]\s*|\s+[-–—]\s+|\s*\(([^)]*)\)\s*")


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
