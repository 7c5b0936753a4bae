"""Closed waves' tables, frozen in ``PD Evidence``; a wave that is frozen is not made again."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import cattrs
import numpy as np
from numpy.typing import NDArray

from lib.evidence.codec import CodecProblem, from_json, to_json
from lib.evidence.floors import Floors
from lib.evidence.seals import Seal, changed_too_little, seal
from lib.evidence.table import empty, why_not_offered
from lib.evidence.types import EVERYBODY, Cell, Flag, Hidden, Wave, WaveTable
from lib.intake.feedback import Feedback, Role, Scale
from lib.workbook import tabs
from lib.workbook.records import Event, Record

_PART = 39_000

_SAYS_NOTHING = frozenset({Role.COMMENT, Role.IDENTITY, Role.NOTE, Role.OTHER, Role.EMPTY})
"""Roles of questions that no figure comes from."""


@dataclass(frozen=True)
class Frozen:
    """A closed wave's table, the seals of its cells, and how often it was made.

    ``reading`` is a fingerprint of how the form's questions were read when it was made.
    """

    table: WaveTable
    seals: tuple[Seal, ...]
    edition: int = 1
    reading: str = ""


def freeze(
    table: WaveTable, feedback: Feedback, rows: NDArray[np.intp], *, edition: int = 1
) -> Frozen:
    """Freeze the table that was made of the responses at the places ``rows`` of ``feedback``."""
    return Frozen(table, seal(feedback, rows, table.cells), edition, reading(feedback))


def reading(feedback: Feedback) -> str:
    """A fingerprint of how the form's questions are read: which is what, on which scale.

    No answer is in it. A question that moved to another column is read as before.
    """
    read = sorted(
        (c.header, c.role, c.practice or "", c.standing or "", _points(c.scale))
        for c in feedback.columns
        if c.role not in _SAYS_NOTHING
    )
    return sha256(json.dumps([read, _scales(feedback)]).encode()).hexdigest()[:32]


def as_events(frozen: Frozen, *, who: str, at: datetime) -> tuple[Event, ...]:
    """The rows of ``PD Evidence`` that keep a table, each content under 40,000 characters.

    Two copies of the app that freeze the same table write the same event ids, which count once.
    """
    content = _packed(frozen)
    digest = sha256(content.encode()).hexdigest()[:32]
    wave = frozen.table.wave
    parts = [content[i : i + _PART] for i in range(0, len(content), _PART)]
    return tuple(
        Event(
            tab=tabs.EVIDENCE,
            event_id=sha256(f"{record_id} {digest}".encode()).hexdigest()[:32],
            record_id=record_id,
            revision=1,
            at=at,
            who=who,
            fields={
                "wave": wave.wave_id,
                "label": wave.label,
                "edition": str(frozen.edition),
                "part": str(number),
                "parts": str(len(parts)),
                "digest": digest,
                "content": part,
            },
        )
        for number, part in enumerate(parts, start=1)
        for record_id in [f"{wave.wave_id}.{frozen.edition}.{number}"]
    )


def thaw(records: Mapping[str, Record]) -> dict[str, Frozen | Hidden]:
    """The tables that ``PD Evidence`` keeps, by wave id.

    The latest whole edition holds; of two that were written at once, the first. A wave of which
    no edition is whole is Hidden, with a sentence that says what to do.
    """
    rows = [event for record in records.values() for event in record.history]
    found: dict[str, Frozen | Hidden] = {}
    for wave in dict.fromkeys(row.fields.get("wave", "") for row in rows):
        mine = [row for row in rows if row.fields.get("wave", "") == wave]
        whole = [frozen for frozen in map(_whole, _copies(mine)) if frozen]
        found[wave] = max(whole, key=lambda f: f.edition, default=_damaged(mine))
    return found


def shown(kept: Frozen, wave: Wave, floors: Floors) -> WaveTable:
    """A frozen table as the floors of today let it be seen, under the wave's label of today.

    A grouping with a cell below its audience's floor is hidden whole, for raised floors hold for
    what was printed before, too; with everybody below it nothing is shown. Nothing is added.
    """
    table = replace(kept.table, wave=replace(kept.table.wave, label=wave.label))
    small = {one.grouping for one in kept.seals if one.count < floors.of(one.audience)}
    if EVERYBODY in small:
        return empty(table.wave, "Everybody: hidden to protect a small group.")
    if not small:
        return table
    return replace(
        table,
        cells=tuple(cell for cell in table.cells if cell.grouping not in small),
        priorities=tuple(
            replace(one, beside=tuple(b for b in one.beside if b.flag is not Flag.GAP))
            for one in table.priorities
        ),
        not_offered={**table.not_offered, **{g: why_not_offered(g) for g in sorted(small)}},
    )


def refusals(
    old: Frozen, feedback: Feedback, rows: NDArray[np.intp], floors: Floors
) -> tuple[str, ...]:
    """Why the cells of a frozen table must not be printed again; empty where they may be.

    ``rows`` are the places in ``feedback`` of the responses that they would be printed of.

    Cells of a question that is no longer read as a group question are not printed again at all.
    """
    sealed = [s for s in old.seals if set(s.grouping) <= set(feedback.groups)]
    cells = [Cell(s.audience, s.grouping, s.members, 0, {}) for s in sealed]
    return tuple(
        f"{cell.name[0].upper()}{cell.name[1:]}: the answers behind these figures have changed, "
        "and too few of them to print the figures again."
        for before, cell, now in zip(sealed, cells, seal(feedback, rows, cells), strict=True)
        if changed_too_little(before, now, floors)
    )


def _points(scale: Scale | None) -> list[int]:
    return [scale.low, scale.high, scale.favorable_from] if scale else []


def _scales(feedback: Feedback) -> list[list[object]]:
    return [[practice, _points(feedback.scales[practice])] for practice in feedback.practices]


def _packed(frozen: Frozen) -> str:
    whole = {
        "table": to_json(frozen.table),
        "seals": cattrs.unstructure(frozen.seals),
        "edition": frozen.edition,
        "reading": frozen.reading,
    }
    return base64.b64encode(zlib.compress(json.dumps(whole).encode(), 9)).decode()


def _copies(rows: Sequence[Event]) -> list[list[Event]]:
    """Rows that were written together, the first written first."""
    of: dict[tuple[str, str], list[Event]] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.event_id)):
        of.setdefault((row.fields.get("edition", ""), row.fields.get("digest", "")), []).append(row)
    return list(of.values())


def _whole(copy: Sequence[Event]) -> Frozen | None:
    """The table that these rows keep; None where one is missing or was changed."""
    parts = {row.fields.get("part", ""): row.fields.get("content", "") for row in copy}
    content = "".join(parts.get(str(number), "") for number in range(1, len(parts) + 1))
    if sha256(content.encode()).hexdigest()[:32] != copy[0].fields.get("digest"):
        return None
    try:
        whole = json.loads(zlib.decompress(base64.b64decode(content)))
        seals = cattrs.structure(whole["seals"], tuple[Seal, ...])
        table = from_json(whole["table"])
        return Frozen(table, seals, int(whole["edition"]), str(whole.get("reading", "")))
    except (ValueError, KeyError, TypeError, zlib.error, CodecProblem, cattrs.BaseValidationError):
        return None


def _damaged(rows: Sequence[Event]) -> Hidden:
    label = rows[0].fields.get("label") or "One wave"
    return Hidden(
        f"{label} is not shown: a row of its table in PD Evidence was changed or deleted. "
        "Bring the row back with the spreadsheet's version history."
    )
