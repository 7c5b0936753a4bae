"""Where rows live. A Google spreadsheet or a local SQLite file, behind one protocol."""

from lib.workbook.protocol import Contents, FormTab, Workbook, WorkbookProblem
from lib.workbook.records import Event, Record, fold, moment_after, new_event, one_press

__all__ = [
    "Contents",
    "Event",
    "FormTab",
    "Record",
    "Workbook",
    "WorkbookProblem",
    "fold",
    "moment_after",
    "new_event",
    "one_press",
]
