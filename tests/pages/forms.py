"""A school's own form, as messy as they come, in a workbook of the test's own."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from lib import live
from lib.workbook.sqlite import Seed, SqliteWorkbook

HEADER = (
    "Marca temporal",
    "Email Address",
    "What grade are you in?",
    "Rate your classes [I get real choices]",
    "Rate your classes [I get feedback in time]",
    "Anything else?",
    "",
)
SECRET = "somebody hurts me at home"


def rows(per_wave: int = 40) -> list[list[str]]:
    """Three bursts of answers: September, December, March."""
    return [
        [
            f"{13 + i % 14}/{month:02}/{year} 10:{i % 60:02}:00",
            f"kid{i}@school.example",
            f"Grade {6 + i % 3}",
            str(1 + i % 5),
            "x" if i == 3 else str(1 + (i + 2) % 5),
            f"{SECRET} {month}.{i}" if i % 4 == 0 else "",
            "ok" if i % 9 == 0 else "",
        ]
        for month, year in ((9, 2025), (12, 2025), (3, 2026))
        for i in range(per_wave)
    ]


def late(day: int) -> list[str]:
    """An answer that came in October, after the first burst."""
    return [f"{day}/10/2025 10:00:00", f"late{day}@school.example", "Grade 6", "1", "1", "", ""]


def write(
    folder: Path, header: Sequence[str] = HEADER, table: Sequence[Sequence[str]] = ()
) -> None:
    """Make the workbook that the pages of this test read."""
    now = datetime(2026, 5, 1, 9)
    seed = Seed("Respuestas 1", header, table or rows(), (), "America/Chicago", now)
    SqliteWorkbook(folder / "workbook.sqlite", lambda: seed).read()


def change(folder: Path, edit: Callable[[list[str], list[list[str]]], None]) -> None:
    """Change the form's tab behind the app's back, as people do, and let the app read it anew."""
    with sqlite3.connect(folder / "workbook.sqlite") as database:
        (text,) = database.execute("SELECT value FROM about WHERE key = 'header'").fetchone()
        header = json.loads(text)
        found = database.execute("SELECT position, cells FROM form_row").fetchall()
        table = [json.loads(cells) for _, cells in found]
        edit(header, table)
        database.execute("UPDATE about SET value = ? WHERE key = 'header'", (json.dumps(header),))
        database.executemany(
            "UPDATE form_row SET cells = ? WHERE position = ?",
            [(json.dumps(row), at) for row, (at, _) in zip(table, found, strict=True)],
        )
    live.forget()
