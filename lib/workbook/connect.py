"""From the secrets file to a workbook."""

import os
from functools import partial
from hashlib import sha256
from pathlib import Path

from lib.workbook import sample
from lib.workbook.account import Connection, connection
from lib.workbook.google import GoogleWorkbook
from lib.workbook.protocol import Workbook
from lib.workbook.queue import Outbox, QueuedWorkbook
from lib.workbook.sqlite import SqliteWorkbook

__all__ = ["Connection", "connection", "open_workbook", "sample_path"]

HOME = Path(__file__).resolve().parents[2]
"""The folder of the app."""
SAMPLE_FOLDER = HOME / "sample_data"
"""Where the sample school is read from once."""
SAMPLE_FILE = HOME / ".data" / "workbook.sqlite"
"""Where it is kept from then on, unless something else is named."""


def sample_path(sample_file: str = "") -> Path:
    """Where the sample is kept; all else that the app puts on disk is in the same folder.

    That is ``sample_file`` where given, else what the environment variable SEAT_WORKBOOK says,
    else .data/workbook.sqlite beside the app.
    """
    return Path(sample_file or os.environ.get("SEAT_WORKBOOK") or SAMPLE_FILE)


def open_workbook(where: Connection | None, sample_file: str = "") -> Workbook:
    """The school's spreadsheet, or the sample school where none is named. Never raises.

    ``sample_file`` is as for ``sample_path``. Decisions that wait for the spreadsheet are kept
    beside it, in a file of their own for each spreadsheet.
    """
    path = sample_path(sample_file)
    if where is None:
        return SqliteWorkbook(path, partial(sample.load, SAMPLE_FOLDER))
    name = sha256((where.key or where.spreadsheet).encode()).hexdigest()[:16]
    return QueuedWorkbook(GoogleWorkbook(where), Outbox(path.with_name(f"unsaved-{name}.sqlite")))
