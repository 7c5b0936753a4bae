"""Whether the labels of a question are people, whom no result may be shown for."""

import re
from collections.abc import Collection, Mapping

from lib.intake.decision import names_group
from lib.intake.headers import Header
from lib.intake.identity import STAND_INS, names_somebody
from lib.intake.labels import doesnt_apply, place_in
from lib.intake.lexicon import lexicon
from lib.intake.text import fold

_INITIAL = r"[^\W\d_a-z]\."
_WORD = r"(?:[^\W\d_a-z]['’])?[^\W\d_a-z][^\W\d_]+"
_PART = rf"(?:{_WORD}(?:[-'’]{_WORD})*|{_INITIAL})"
_SMALL = r"(?:(?:de|del|de la|da|do|dos|das|di|van|von|bin|al|el|la|le)\s)?"
_NAME = re.compile(rf"{_PART},?(?:\s{_SMALL}{_PART}){{1,3}}")
_ASIDE = re.compile(r"\s*\([^)]*\)$")
_CODE = re.compile(r"[a-z]{0,3}[- ]?\d{5,}|[a-z]{2,}[._][a-z]{2,}\d{0,3}", re.IGNORECASE)
_OF_A_GROUP = 5
"""How often a code is given, on average, that is a section's and nobody's own."""


def mostly_titled(counts: Mapping[str, int]) -> bool:
    """Whether most labels, or most answers, hold a title with a name ("Ms. Lee")."""
    applying = _applying(counts)
    titled = {label: n for label, n in applying.items() if names_somebody(label)}
    return len(titled) * 2 > len(applying) or sum(titled.values()) * 2 > sum(applying.values())


def may_hold_people(header: Header) -> bool:
    """Whether people may answer with a name here.

    Where a header asks for a city, a school or a program, labels have the shape of names too;
    there only a title tells a person.
    """
    return not names_group(header) or lexicon().header_says(header.folded, "loose")


def look_like_people(counts: Mapping[str, int]) -> bool:
    """Whether most labels look like names: two to four capitalized words."""
    applying = _applying(counts)
    names = sum(is_bare_name(label) or names_somebody(label) for label in applying)
    return names * 2 > len(applying)


def look_like_codes(counts: Mapping[str, int]) -> bool:
    """Whether most labels are long numbers or account names ("s20441", "ana.ruiz"), each rare."""
    applying = _applying(counts)
    codes = sum(_CODE.fullmatch(label) is not None for label in applying)
    return codes * 2 > len(applying) and sum(applying.values()) < _OF_A_GROUP * len(applying)


def mostly_staff(counts: Mapping[str, int], staff: Collection[str]) -> bool:
    """Whether most labels hold a name of ``staff`` (folded words of the school's own roster)."""
    applying = _applying(counts)
    named = sum(any(word in staff for word in fold(label).split()) for label in applying)
    return named * 2 > len(applying)


def is_staff(label: str, staff: Collection[str]) -> bool:
    """Whether a label names one of ``staff`` beside words that labels of schools are made of.

    "9B Okonkwo", "Okonkwo's class" and "Team Okonkwo" do, "Jane Austen Club" does not. A house
    "Green House" does where a Green is on the roster: shown less, rather than one teacher's group.
    """
    words = [word for word in fold(label).split() if not any(map(str.isdecimal, word))]
    others = [word for word in words if word not in staff]
    plain = lexicon().label_words | {"s"}
    return len(others) < len(words) and all(word in plain for word in others)


def is_bare_name(label: str) -> bool:
    """Whether a label has the shape of a name and no word that labels of schools are made of."""
    bare = _ASIDE.sub("", label)
    if _NAME.fullmatch(bare) is None:
        return False
    words, folded = lexicon(), fold(bare)
    if folded in words.same_group or folded in words.adults | words.students:
        return False
    if any(place_in(kind, bare) is not None for kind in words.kinds):
        return False
    return not any(word in words.label_words for word in folded.split())


def _applying(counts: Mapping[str, int]) -> dict[str, int]:
    return {a: n for a, n in counts.items() if a not in STAND_INS and not doesnt_apply(a)}
