"""A failed call to Google, in words and in what the app can do about it."""

from enum import StrEnum

from lib.workbook.protocol import WorkbookProblem

STAYS = "Nothing is lost; the app tries again by itself."
"""What to do about a fault that goes by."""


class Fault(StrEnum):
    """The faults that the app itself does something about."""

    NO_SUCH_TAB = "no such tab"
    PAST_THE_GRID = "past the grid"
    TAB_EXISTS = "tab exists"
    LIMITED = "limited"
    OTHER = "other"


class GoogleProblem(WorkbookProblem):
    """A failed call to Google. ``wait`` is how many seconds Google asks to wait, if it does."""

    def __init__(
        self,
        says: str,
        do: str,
        *,
        temporary: bool = False,
        refused: bool = False,
        fault: Fault = Fault.OTHER,
        wait: float | None = None,
    ) -> None:
        super().__init__(says, do, temporary=temporary, refused=refused)
        self.fault = fault
        self.wait = wait
