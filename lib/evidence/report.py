"""What would be published of a form's answers: as data for programs and as text for people."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from lib.evidence.types import Cell, Evidence, Hidden, Priority, Wave, WaveTable


class CellReport(TypedDict):
    """One cell; ``grouping`` is [] for everybody, ``results`` by practice id, null if hidden."""

    audience: str
    grouping: list[str]
    members: list[list[str]]
    n: str
    results: dict[str, str | None]


class PriorityReport(TypedDict):
    """One practice's place in the order; ``unfavorable`` in percent as printed."""

    practice: str
    unfavorable: float
    probability: float
    tier: str


class WaveReport(TypedDict):
    """One wave; an open one has no cells."""

    wave: str
    closed: bool
    cells: list[CellReport]
    priorities: list[PriorityReport]


class FormReport(TypedDict):
    """All waves, oldest first."""

    waves: list[WaveReport]


def as_json(evidence: Evidence, waves: Sequence[Wave]) -> FormReport:
    """Everything that would be published, as data; ``waves`` are all there are, open ones too."""
    tables = {table.wave.wave_id: table for table in evidence.waves}
    return {"waves": [_wave(wave, tables.get(wave.wave_id)) for wave in waves]}


def as_text(evidence: Evidence, names: Mapping[str, str]) -> str:
    """The same for a person to read, with the reasons for what is hidden."""
    lines: list[str] = []
    for table in evidence.waves:
        lines += [table.wave.label, *(f"  {note}" for note in table.notes)]
        for cell in table.cells:
            lines.append(f"  {cell.name}, about {cell.n} answers ({cell.audience})")
            lines += [
                f"    {names.get(practice, practice)}: "
                f"{printed.reason if isinstance(printed, Hidden) else printed.text + ' favorable'}"
                for practice, printed in cell.favorable.items()
            ]
        lines += [f"  {reason}" for reason in table.not_offered.values()]
        lines += [f"  {place}. {p.tier}: {p.sentence}" for place, p in _numbered(table.priorities)]
    if evidence.collecting:
        band = evidence.collecting_band
        lines.append(f"{evidence.collecting.label} is open and collecting: {band} so far.")
    return "\n".join([*lines, *evidence.notes] or ["There are no answers in this file."])


def _wave(wave: Wave, table: WaveTable | None) -> WaveReport:
    return {
        "wave": wave.label,
        "closed": table is not None,
        "cells": [_cell(cell) for cell in table.cells] if table else [],
        "priorities": [_priority(one) for one in table.priorities] if table else [],
    }


def _cell(cell: Cell) -> CellReport:
    return {
        "audience": cell.audience.value,
        "grouping": list(cell.grouping),
        "members": [list(member) for member in cell.members],
        "n": str(cell.n),
        "results": {
            practice: None if isinstance(printed, Hidden) else printed.text
            for practice, printed in cell.favorable.items()
        },
    }


def _priority(priority: Priority) -> PriorityReport:
    return {
        "practice": priority.practice,
        "unfavorable": float(priority.unfavorable.percent),
        "probability": priority.probability,
        "tier": priority.tier.value,
    }


def _numbered(priorities: Sequence[Priority]) -> Sequence[tuple[int, Priority]]:
    return list(enumerate(priorities, start=1))
