"""Who belongs to which group, without anybody's answers.

An atom is a set of people who are in the same category of every declared grouping. Everything
the planner does, it does on atoms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.evidence.types import EVERYBODY
from lib.intake.feedback import MISSING, Group
from lib.text import natural

Grouping = tuple[str, ...]
"""The headers of one group question, or of a declared pair of them."""

Label = tuple[str, ...]
"""One category of a grouping: a label for each of its headers; "" is no answer."""

NO_ANSWER = ""

_DENSE = 1 << 22


@dataclass(frozen=True)
class Members:
    """Memberships of n responses in A atoms.

    ``atom``: int32 [n]; ``people``: int64 [A], how many are in each atom, none of them empty.
    ``labels``: by grouping, its categories that have people, in natural order; ``category``: by
    grouping, int32 [A], the place in ``labels`` of each atom's category.
    """

    atom: NDArray[np.int32]
    people: NDArray[np.int64]
    labels: Mapping[Grouping, tuple[Label, ...]]
    category: Mapping[Grouping, NDArray[np.int32]]

    def mask(self, grouping: Grouping, labels: Sequence[Label]) -> NDArray[np.bool_]:
        """The atoms, bool [A], of the people whose category is one of ``labels``.

        Of everybody, whatever the labels, where ``grouping`` divides nobody.
        """
        if grouping == EVERYBODY:
            return np.ones(len(self.people), bool)
        wanted = set(labels)
        chosen = np.array([label in wanted for label in self.labels[grouping]], bool)
        return chosen[self.category[grouping]]


def members_of(groups: Mapping[str, Group], groupings: Sequence[Grouping], n: int) -> Members:
    """Work out the atoms of ``n`` responses for the declared ``groupings``.

    People without an answer to a group question form a category of their own. The result does
    not depend on the order of the responses or of the labels, apart from ``atom`` itself.
    """
    headers = tuple(dict.fromkeys(header for grouping in groupings for header in grouping))
    ordered = {header: _ordered(groups[header]) for header in headers}
    code, sizes = np.zeros(n, np.int64), 1
    for header in headers:
        labels, codes = ordered[header]
        if sizes * len(labels) > _DENSE:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
            sizes = int(code.max(initial=0)) + 1
        code = code * len(labels) + codes
        sizes *= len(labels)
    atom, people, first = _compressed(code, sizes)
    of_header = {header: ordered[header][1][first] for header in headers}
    labels_of, category_of = {}, {}
    for grouping in groupings:
        found = list(zip(*(of_header[header].tolist() for header in grouping), strict=True))
        present = sorted(set(found))
        place = {codes: i for i, codes in enumerate(present)}
        labels_of[grouping] = tuple(
            tuple(ordered[header][0][c] for header, c in zip(grouping, codes, strict=True))
            for codes in present
        )
        category_of[grouping] = np.array([place[codes] for codes in found], np.int32)
    return Members(atom, people, labels_of, category_of)


def _ordered(group: Group) -> tuple[list[str], NDArray[np.int32]]:
    """Labels in natural order, no answer last, and each response's place among them."""
    labels = group.labels
    order = sorted(range(len(labels)), key=lambda i: (natural(labels[i]), labels[i]))
    place = np.empty(len(order) + 1, np.int32)
    place[order] = np.arange(len(order))
    place[-1] = len(order)
    codes = np.where(group.codes == MISSING, len(order), group.codes)
    return [*(labels[i] for i in order), NO_ANSWER], place[codes]


def _compressed(
    code: NDArray[np.int64], sizes: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.intp]]:
    """Number the codes that occur: atom of each response, people in each, one response of each."""
    if sizes > _DENSE:
        _, first, atom, people = np.unique(
            code, return_index=True, return_inverse=True, return_counts=True
        )
        return atom.astype(np.int32), people.astype(np.int64), first
    counts = np.bincount(code, minlength=sizes)
    found = np.flatnonzero(counts)
    number = np.zeros(sizes, np.int32)
    number[found] = np.arange(len(found), dtype=np.int32)
    first = np.zeros(sizes, np.intp)
    first[code] = np.arange(len(code))
    return number[code], counts[found].astype(np.int64), first[found]
