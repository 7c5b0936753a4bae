"""What a workbook is, wherever it lives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from lib.workbook.records import Event

Cell = str | int | float | bool | None
"""A cell as Google's UNFORMATTED_VALUE gives it, or as a CSV file does (text only)."""

Progress = Callable[[int, int], None]
"""Called with rows read and rows in all, while a long read goes on."""


class WorkbookProblem(Exception):
    """Something is wrong with the workbook; both sentences are for a person to read.

    ``says`` is what is wrong, ``do`` is what to do about it. ``temporary`` is true when waiting
    alone may mend it, ``refused`` when one of the events cannot be written as it is, whatever
    becomes of the others.
    """

    def __init__(
        self,
        says: str,
        do: str,
        *,
        temporary: bool = False,
        refused: bool = False,
    ) -> None:
        super().__init__(f"{says} {do}")
        self.says = says
        self.do = do
        self.temporary = temporary
        self.refused = refused


@dataclass(frozen=True)
class FormTab:
    """The answers as they stand in the form's tab. Lives only as long as it takes to read them.

    ``rows`` holds every row below the header, ragged as it came; the first of them is sheet row
    ``first_row``. ``continues`` is true when these rows follow those of the last reading instead
    of replacing them.
    """

    title: str
    header: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    first_row: int = 2
    continues: bool = False


@dataclass(frozen=True)
class Contents:
    """One reading of the whole workbook.

    ``form`` is None when nothing new can have arrived since the last reading, and while no form
    has written into the workbook at all.
    ``time_zone`` is the IANA name in which the form's timestamps are written, where known.
    ``notes`` are sentences about our own tabs that a person should read (a damaged row, say).
    """

    form: FormTab | None
    events: tuple[Event, ...]
    time_zone: str | None = None
    notes: tuple[str, ...] = field(default=())


class Workbook(Protocol):
    """Where rows live: the form's tab, which is read only to us, and our own append-only tabs."""

    kind: Literal["google_sheet", "sample"]

    @property
    def clock(self) -> datetime | None:
        """The sample's fixed now, naive, in the school's local time; None means the real time.

        Raises WorkbookProblem.
        """
        ...

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """Decisions that are safe on this computer but not in the spreadsheet yet, oldest first.

        Raises WorkbookProblem.
        """
        ...

    def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
        """Read what is new since this object's last reading; everything where that is not known.

        ``full`` asks for everything whatever was read before: for a reader that has lost what
        it had. ``progress`` is called while a long reading goes on. Raises WorkbookProblem, and
        then the next reading gives everything that this one would have given.
        """
        ...

    def append(self, events: Sequence[Event]) -> None:
        """Append events; an event that is there already is not written twice.

        May return before the spreadsheet has them: see ``unsaved``. Raises WorkbookProblem; then
        none, some or all may have been applied, and trying again with the same events is always
        safe.
        """
        ...
