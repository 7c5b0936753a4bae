"""Reading a whole tab of any size, page by page."""

from collections.abc import Callable, Sequence

from lib.workbook.google_problem import Fault, GoogleProblem
from lib.workbook.layout import Sheet, cells_of
from lib.workbook.protocol import Cell, Progress
from lib.workbook.tail import LAST_COLUMN, OVERLAP

PAGE_CELLS = 400_000
"""Cells asked for in one request: about 10 MB of JSON; 10 million cells make 25 requests."""

SHARED_LENGTH = 60
"""Texts up to this length are kept once however many cells hold them (answers repeat)."""

Rows = list[list[Cell]]
Fetch = Callable[[Sequence[str]], list[Rows]]


def page_rows(sheet: Sheet) -> int:
    """How many rows of a tab make one page."""
    return max(10 * OVERLAP, PAGE_CELLS // max(1, sheet.columns))


def page_count(sheet: Sheet) -> int:
    """How many requests a tab takes, empty rows of its grid and all."""
    return max(1, -(-sheet.rows // page_rows(sheet)))


def read_sheet(
    fetch: Fetch, sheet: Sheet, others: Sequence[str], progress: Progress | None = None
) -> tuple[Rows, list[Rows]]:
    """All rows of a tab, ragged, its header first, and what the areas in ``others`` (A1) hold.

    Rows that people or the form move between two pages would be lost or doubled, so each page
    begins with the last rows of the one before. Raises GoogleProblem; with Fault.PAST_THE_GRID
    when rows did move, and everything must be read again.
    """
    size = page_rows(sheet)
    texts: dict[str, str] = {}
    (page, *rest) = fetch([_page(sheet, 1, size), *others])
    rows = _share(page, texts)
    for start in range(size + 1, sheet.rows + 1, size):
        _tell(progress, len(rows), sheet.rows)
        rows += [[] for _ in range(start - 1 - len(rows))]
        (page,) = fetch([_page(sheet, start - OVERLAP, size + OVERLAP)])
        page += [[] for _ in range(OVERLAP - len(page))]
        if page[:OVERLAP] != rows[-OVERLAP:]:
            raise _moving()
        rows += _share(page[OVERLAP:], texts)
    while rows and not any(cell not in ("", None) for cell in rows[-1]):
        rows.pop()
    _tell(progress, len(rows), len(rows))
    return rows, rest


def _page(sheet: Sheet, start: int, size: int) -> str:
    """The area of a page; the last one is open at its end, for rows that arrive meanwhile."""
    end = start + size - 1
    open_end = end >= sheet.rows
    return cells_of(sheet.title, f"A{start}:{LAST_COLUMN}{'' if open_end else end}")


def _share(rows: Rows, texts: dict[str, str]) -> Rows:
    return [
        [
            texts.setdefault(cell, cell)
            if isinstance(cell, str) and len(cell) <= SHARED_LENGTH
            else cell
            for cell in row
        ]
        for row in rows
    ]


def _tell(progress: Progress | None, rows: int, of: int) -> None:
    """Tell how far it is, without the header."""
    if progress:
        progress(max(0, rows - 1), max(0, of - 1))


def _moving() -> GoogleProblem:
    return GoogleProblem(
        "The sheet was changed again and again while the app was reading it.",
        "Wait until nobody sorts or deletes rows; the app reads it again by itself.",
        temporary=True,
        fault=Fault.PAST_THE_GRID,
    )
