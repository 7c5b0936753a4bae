"""Blocks of rows that look pasted again: reported, and left out only where a person says so.

A block is named by what stands in it and never by where: people sort, insert and delete. Its
fingerprint holds 24 bits of a hash for each of its rows, enough to know the row among those that
stand in the sheet twice, and too little to be its answers (docs/decisions/0010).
"""

import base64
import binascii
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from lib.intake.answers import Answers
from lib.intake.feedback import Block
from lib.intake.text import clean
from lib.workbook.protocol import Cell

LONGEST = 9_000
"""Rows of the longest block that a fingerprint can name: it has to fit into one cell."""

_SHORTEST = 3
_SHORTEST_UNTIMED = 6
_BYTES = 3


def repeated_blocks(answers: Answers, rows: NDArray[np.bool_], *, timed: bool) -> tuple[Block, ...]:
    """Runs of rows that repeat an earlier run exactly, in the sheet's order.

    ``rows`` (bool [n]) are those that count. ``timed``: the form has timestamps, so that a few
    equal rows in a row cannot be chance. A block of more than LONGEST rows has an empty name.
    """
    shortest = _SHORTEST if timed else _SHORTEST_UNTIMED
    indices = np.flatnonzero(rows)
    if len(indices) < 2 * shortest:
        return ()
    prints = _prints(answers)[indices]
    taken = np.zeros(len(indices), bool)
    found: list[Block] = []
    for offset in _likely_offsets(prints, shortest):
        same = np.zeros(len(indices), bool)
        same[offset:] = (prints[offset:] == prints[:-offset]) & ~taken[offset:]
        for start, stop in _runs(same):
            if stop - start < shortest or len(np.unique(prints[start:stop])) < shortest:
                continue
            taken[start:stop] = True
            first, last, source = answers.row[indices[[start, stop - 1, start - offset]]]
            name = _fingerprint(answers, indices[start:stop])
            found.append(Block(int(first), int(last), int(source), name))
    return _of_first_copies(sorted(found, key=lambda block: block.first))


def length(fingerprint: str) -> int:
    """How many rows a fingerprint names; 0 where it is none."""
    return sum(_marks_in(fingerprint).values())


def later_copies(
    answers: Answers, rows: NDArray[np.bool_], fingerprints: Sequence[str]
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """The rows (bool [n]) that blocks with these fingerprints name, and the ones that are lost.

    ``rows`` (bool [n]) are those that count without them.
    Of each row the last copies are taken and the first is never. A block of which any row has no
    such copy left is lost, and none of its rows is taken.
    """
    taken = np.zeros(len(answers), bool)
    if not fingerprints:
        return taken, ()
    copies, lost = _copies(answers, np.flatnonzero(rows)), []
    for fingerprint in fingerprints:
        found = _take(copies, _marks_in(fingerprint))
        taken[found] = True
        if not found:
            lost.append(fingerprint)
    return taken, tuple(lost)


def _copies(answers: Answers, rows: NDArray[np.intp]) -> dict[int, list[list[int]]]:
    """The rows that stand in the sheet more than once, all copies together, by their mark."""
    prints = _prints(answers)[rows]
    _, group, size = np.unique(prints, return_inverse=True, return_counts=True)
    often = np.flatnonzero(size[group] > 1)
    order = often[np.argsort(group[often], kind="stable")]
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    marks = _marks(answers, rows[order[starts]])
    found: dict[int, list[list[int]]] = {}
    for mark, same in zip(marks.tolist(), np.split(rows[order], starts[1:]), strict=False):
        found.setdefault(mark, []).append(same.tolist())
    return found


def _take(copies: dict[int, list[list[int]]], wanted: Counter[int]) -> list[int]:
    """Take the last copies of each marked row out of ``copies``; none if one has too few.

    As many as are taken have to stay: else they were no copies.
    """
    found = [
        next((same for same in copies.get(mark, []) if len(same) >= 2 * times), None)
        for mark, times in wanted.items()
    ]
    taken: list[int] = []
    if all(same is not None for same in found):
        for same, times in zip(found, wanted.values(), strict=True):
            if same is not None:
                taken += same[-times:]
                del same[-times:]
    return taken


def _fingerprint(answers: Answers, rows: NDArray[np.intp]) -> str:
    if len(rows) > LONGEST:
        return ""
    marks = sorted(_marks(answers, rows).tolist())
    packed = b"".join(mark.to_bytes(_BYTES, "big") for mark in marks)
    return base64.urlsafe_b64encode(packed).decode()


def _marks_in(fingerprint: str) -> Counter[int]:
    """The marks of a fingerprint, and how often each stands in it; none where it is damaged."""
    try:
        packed = base64.b64decode(fingerprint.strip(), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return Counter()
    if len(packed) % _BYTES:
        return Counter()
    pieces = (packed[at : at + _BYTES] for at in range(0, len(packed), _BYTES))
    return Counter(int.from_bytes(piece, "big") for piece in pieces)


def _marks(answers: Answers, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """24 bits for what stands in each of the rows, whatever the order of the columns."""
    total = np.zeros(len(rows), np.int64)
    for column in answers.columns:
        codes = column.codes[rows]
        used, at = np.unique(codes[codes >= 0], return_inverse=True)
        total[codes >= 0] += np.array([_mark(column.shared[c]) for c in used], np.int64)[at]
    return total % (1 << 8 * _BYTES)


def _mark(cell: Cell) -> int:
    # A store that has met 1 before TRUE holds the one for both.
    text = clean(int(cell) if isinstance(cell, bool) else cell)
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=_BYTES).digest())


def _of_first_copies(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks, each as a copy of the rows that were there first."""
    traced: list[Block] = []
    for block in blocks:
        earlier = next((b for b in traced if b.first <= block.copy_of <= b.last), None)
        source = block.copy_of - earlier.first + earlier.copy_of if earlier else block.copy_of
        traced.append(Block(block.first, block.last, source, block.fingerprint))
    return tuple(traced)


def _prints(answers: Answers) -> NDArray[np.uint64]:
    """A number for each row; rows that are the same cell for cell have the same one."""
    prints = np.zeros(len(answers), np.uint64)
    for column in answers.columns:
        prints = prints * np.uint64(0x9E3779B97F4A7C15) + (column.codes + 2).astype(np.uint64)
        prints ^= prints >> np.uint64(29)
    return prints


def _likely_offsets(prints: NDArray[np.uint64], shortest: int) -> list[int]:
    """Distances at which many rows find their like, largest first agreement first."""
    order = np.argsort(prints, kind="stable")
    alike = prints[order][1:] == prints[order][:-1]
    distances = np.diff(order)[alike]
    if not len(distances):
        return []
    values, votes = np.unique(distances, return_counts=True)
    best = np.argsort(-votes, kind="stable")[:20]
    return [int(values[i]) for i in best if votes[i] >= shortest]


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(starts.tolist(), stops.tolist(), strict=True))
