"""Tables made before, so that a table of the same answers by the same rules is not made again.

In memory alone: what stands for the answers is a digest, and the answers are in memory anyway.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from lib.evidence.floors import Floors
from lib.evidence.members import Grouping
from lib.evidence.types import Wave, WaveTable
from lib.intake.feedback import MISSING, Feedback, Group

_NOT_IN_A_TABLE = frozenset(
    {"columns", "row", "at", "comments", "left_out", "problems", "dates", "blocks", "lost_blocks"}
)
"""What of ``Feedback`` no figure comes from; a field that is new counts as one that figures do."""


@dataclass(frozen=True)
class Of:
    """All that a table is made of; ``answers`` is their digest, ``earlier`` the older tables."""

    wave: Wave
    answers: bytes
    groupings: tuple[Grouping, ...]
    names: Mapping[str, str]
    floors: Floors
    earlier: tuple[WaveTable, ...]


class Memory:
    """The last table made of each wave, by wave id. Not safe for threads."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Of, WaveTable]] = {}

    def recall(self, of: Of) -> WaveTable | None:
        """The table that was made of exactly this, if it is still known."""
        made = self._made.get(of.wave.wave_id)
        return made[1] if made and made[0] == of else None

    def keep(self, of: Of, table: WaveTable) -> None:
        """Remember a table, in the place of the one made of its wave before."""
        self._made[of.wave.wave_id] = (of, table)

    def forget_others(self, wave_ids: Collection[str]) -> None:
        """Forget the tables of all waves but these."""
        self._made = {i: made for i, made in self._made.items() if i in wave_ids}


def digest(responses: Feedback) -> bytes:
    """A digest of all answers in ``responses`` that figures come from, and how they are read.

    A group's labels count by name and only where somebody chose them: one that only another
    wave's answers hold, or another order of them, changes no table.
    """
    found = blake2b(digest_size=32)
    for one in fields(responses):
        if one.name not in _NOT_IN_A_TABLE:
            _add(found, getattr(responses, one.name))
    return found.digest()


def _add(found: blake2b, value: object) -> None:
    """Add a value so that no two different ones add the same bytes."""
    if isinstance(value, np.ndarray):
        found.update(f"array {value.dtype} {value.shape} ".encode())
        found.update(np.ascontiguousarray(value).data)
    elif isinstance(value, Group):
        labels, codes = _recoded(value)
        _add(found, labels)
        _add(found, codes)
    elif isinstance(value, Mapping):
        found.update(f"mapping {len(value)} ".encode())
        for name, each in value.items():
            _add(found, name)
            _add(found, each)
    elif isinstance(value, tuple):
        found.update(f"tuple {len(value)} ".encode())
        for each in value:
            _add(found, each)
    else:
        said = repr(sorted(value) if isinstance(value, frozenset) else value).encode()
        found.update(f"{type(value).__name__} {len(said)} ".encode() + said)


def _recoded(group: Group) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The labels that occur, in alphabetical order, and each response's place among them."""
    chosen = np.bincount(group.codes + 1, minlength=len(group.labels) + 1)[1:]
    present = sorted(np.flatnonzero(chosen).tolist(), key=lambda code: group.labels[code])
    place = np.full(len(group.labels) + 1, MISSING, np.int32)
    place[present] = np.arange(len(present))
    return tuple(group.labels[code] for code in present), place[group.codes]
