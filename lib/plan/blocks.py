"""Leaving out a block of rows that was pasted again, and counting it again.

``PD Settings`` holds one record a block, which names it by what stands in it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lib.decided import DecisionProblem, Records, one_line
from lib.intake.blocks import LONGEST, length
from lib.intake.feedback import Block
from lib.text import count
from lib.workbook import tabs
from lib.workbook.records import Event, Record, new_event

NAME = "block left out"
OUT, COUNTED = "left out", "counted again"

THEN = "They are left out. A wave that has closed keeps the figures it was closed with."
"""What to say once a block is left out."""

_SHOWN = 10
"""Blocks that are offered: more are one mistake, which the first ones show."""


@dataclass(frozen=True)
class Offer:
    """A block that can be left out; ``record`` is what was once said of it."""

    block: Block
    record_id: str
    record: Record | None

    @property
    def says(self) -> str:
        """Where it stands now."""
        return (
            f"Rows {self.block.first:,} to {self.block.last:,} are the same as the rows from "
            f"{self.block.copy_of:,} on."
        )


@dataclass(frozen=True)
class Left:
    """A block that a person leaves out. ``lost``: it is found no more, so all rows count."""

    record: Record
    lost: bool

    @property
    def says(self) -> str:
        """What is so because of it."""
        rows = count(length(_fingerprint(self.record)), "row")
        if self.lost:
            return f"A pasted block of {rows} is found no more, so nothing is left out for it."
        return f"A pasted block of {rows} is left out."


def fingerprints(records: Records) -> tuple[str, ...]:
    """The blocks that people leave out. ``records``: those of PD Settings, as everywhere here."""
    return tuple(map(_fingerprint, _in_force(records)))


def offers(blocks: Sequence[Block], records: Records) -> tuple[Offer, ...]:
    """The blocks that can be left out, the first ten."""
    taken = {record.record_id for record in _in_force(records)}
    found = []
    for block in blocks[:_SHOWN]:
        # The same copy gets the same record from everybody, so that it counts once whoever clicks.
        record_id = next(i for i in _ids(block.fingerprint) if i not in taken)
        taken.add(record_id)
        found.append(Offer(block, record_id, records.get(record_id)))
    return tuple(found)


def left(records: Records, lost: Iterable[str]) -> tuple[Left, ...]:
    """The blocks that people leave out; ``lost``: the fingerprints of those found no more."""
    gone = Counter(lost)
    found = []
    for record in reversed(_in_force(records)):
        fingerprint = _fingerprint(record)
        found.append(Left(record, gone[fingerprint] > 0))
        gone[fingerprint] -= 1
    return tuple(reversed(found))


def leave_out(offer: Offer, *, who: str, at: datetime) -> Event:
    """Leave a block out from now on. Raises DecisionProblem where it is too long to be named."""
    if not offer.block.fingerprint:
        raise DecisionProblem(
            f"A block of more than {LONGEST:,} rows cannot be left out here.",
            "Delete the copy in the sheet; the form's own rows stay where they are.",
        )
    fields = {
        "name": NAME,
        "value": OUT,
        "rows": str(length(offer.block.fingerprint)),
        "fingerprint": offer.block.fingerprint,
    }
    return new_event(
        tabs.SETTINGS, fields, who=who, at=at, record_id=offer.record_id, previous=offer.record
    )


def count_again(kept: Left, *, who: str, at: datetime) -> Event:
    """Take it back: the block's rows count."""
    return new_event(tabs.SETTINGS, {"value": COUNTED}, who=who, at=at, previous=kept.record)


def _in_force(records: Records) -> list[Record]:
    """The records of blocks left out, the latest decision last."""
    kept = [record for record in records.values() if _is_out(record)]
    return sorted(kept, key=lambda record: (record.latest.at, record.record_id))


def _is_out(record: Record) -> bool:
    said = (one_line(record.fields.get(name, "")).lower() for name in ("name", "value"))
    return tuple(said) == (NAME, OUT)


def _fingerprint(record: Record) -> str:
    return record.fields.get("fingerprint", "").strip()


def _ids(fingerprint: str) -> Iterable[str]:
    """The records of a block: of its first copy, of its second copy, and so on."""
    number = 0
    while True:
        number += 1
        yield f"block-{sha256(f'{number} {fingerprint}'.encode()).hexdigest()[:12]}"
