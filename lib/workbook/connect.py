"""From the secrets file to a workbook."""

import os
from functools import partial
from pathlib import Path

from lib.workbook import sample
from lib.workbook.account import Connection, connection
from lib.workbook.google import GoogleWorkbook
from lib.workbook.protocol import Workbook
from lib.workbook.sqlite import SqliteWorkbook

__all__ = ["Connection", "connection", "open_workbook"]

HOME = Path(__file__).resolve().parents[2]
SAMPLE_FOLDER = HOME / "sample_data"
SAMPLE_FILE = HOME / ".data" / "workbook.sqlite"


def open_workbook(where: Connection | None, sample_file: str = "") -> Workbook:
    """The school's spreadsheet, or the sample school where none is named. Never raises.

    ``sample_file`` is where the sample is kept: by default what the environment variable
    SEAT_WORKBOOK says, else .data/workbook.sqlite beside the app.
    """
    if where is not None:
        return GoogleWorkbook(where)
    path = Path(sample_file or os.environ.get("SEAT_WORKBOOK") or SAMPLE_FILE)
    return SqliteWorkbook(path, partial(sample.load, SAMPLE_FOLDER))
