"""What the app remembers of rows it has read: keyed hashes, never the rows.

The key is made anew in each process, so that the hashes say nothing to anybody else.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from lib.workbook.layout import cells_of
from lib.workbook.protocol import Cell

OVERLAP = 20
"""How many known rows a tail reading reads again, to see that nothing has moved."""

LAST_COLUMN = "ZZZ"
"""Google clips a range's end to the grid; this is the last column a sheet can have."""

KEY = secrets.token_bytes(32)
"""Of this process alone: without it nobody can try which answers a hash stands for."""

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Trace:
    """A tab as it was read: its header, how many rows it has below, the last ones, all of them.

    ``header``, ``last`` (at most OVERLAP) and ``whole`` are hashes.
    """

    header: bytes
    count: int
    last: tuple[bytes, ...]
    whole: bytes

    @property
    def start(self) -> int:
        """The sheet row from which a tail reading reads; 1 where the whole tab is as short."""
        return 1 if self.count <= OVERLAP else self.count + 2 - OVERLAP


def trace(header: Sequence[Cell], rows: Rows) -> Trace:
    """Remember a tab that was read in full."""
    return extend(Trace(_print(header), 0, (), b""), rows)


def extend(known: Trace, rows: Rows) -> Trace:
    """Remember further rows at the end."""
    whole = known.whole
    prints = list(known.last)
    for row in rows:
        printed = _print(row)
        whole = _hash(whole + printed)
        prints.append(printed)
        if len(prints) > 2 * OVERLAP:
            del prints[:OVERLAP]
    return Trace(known.header, known.count + len(rows), tuple(prints[-OVERLAP:]), whole)


def tail_areas(title: str, known: Trace) -> list[str]:
    """The two areas to read: the header, and the overlap with all that follows."""
    return [cells_of(title, "1:1"), cells_of(title, f"A{known.start}:{LAST_COLUMN}")]


def news(known: Trace, header: Rows, tail: Rows) -> Rows | None:
    """The rows that follow the known ones; None when something known has changed.

    ``header`` and ``tail`` are what the areas of ``tail_areas`` held.
    """
    rows = tail[1:] if known.start == 1 else tail
    overlap = min(known.count, OVERLAP)
    if _print(header[0] if header else ()) != known.header:
        return None
    if tuple(_print(row) for row in rows[:overlap]) != known.last:
        return None
    return rows[overlap:]


def _print(row: Sequence[Cell]) -> bytes:
    cells = list(row)
    while cells and cells[-1] in ("", None):
        cells.pop()
    return _hash(json.dumps(cells, separators=(",", ":")).encode())


def _hash(data: bytes) -> bytes:
    return blake2b(data, key=KEY, digest_size=16).digest()
