"""The last good copy on disk: protected tables and decisions. No answer, no comment.

It is read only when the app starts and the spreadsheet cannot be reached.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from lib.evidence.codec import CodecProblem, from_json, to_json
from lib.evidence.types import WaveTable
from lib.workbook import Event
from lib.workbook.connect import sample_path

VERSION = 1
"""A copy of another version is not read."""


@dataclass(frozen=True)
class Saved:
    """What is kept: all decisions, the tables of closed waves, the practices' names by id.

    ``at`` is when it was written, in seconds since 1970; two copies that differ in it alone are
    the same.
    """

    events: tuple[Event, ...]
    tables: tuple[WaveTable, ...]
    names: Mapping[str, str]
    form_title: str
    time_zone: str
    at: float = field(default=0.0, compare=False)


def place(key: str, sample_file: str) -> Path:
    """Where the copy of one spreadsheet is kept: beside the sample's file, under no name of it."""
    name = f"last-good-{sha256(key.encode()).hexdigest()[:16]}.json"
    return sample_path(sample_file).with_name(name)


def write(path: Path, saved: Saved) -> None:
    """Replace the copy in one step. Raises OSError."""
    whole = {
        "version": VERSION,
        "at": time.time(),
        "events": [_event_out(event) for event in saved.events],
        "tables": [to_json(table) for table in saved.tables],
        "names": dict(saved.names),
        "form_title": saved.form_title,
        "time_zone": saved.time_zone,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    # It names staff: nobody but the app's own user may read it.
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123
        json.dump(whole, file)
    fresh.replace(path)


def read(path: Path) -> Saved | None:
    """The copy; None where there is none, or none that can be read."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        if whole["version"] != VERSION:
            return None
        return Saved(
            events=tuple(_event_in(event) for event in whole["events"]),
            tables=tuple(from_json(text) for text in whole["tables"]),
            names=whole["names"],
            form_title=whole["form_title"],
            time_zone=whole["time_zone"],
            at=float(whole["at"]),
        )
    except (OSError, ValueError, KeyError, TypeError, CodecProblem):
        return None


def _event_out(event: Event) -> dict[str, Any]:
    return {**vars(event), "at": event.at.isoformat(), "fields": dict(event.fields)}


def _event_in(kept: Mapping[str, Any]) -> Event:
    return Event(**{**kept, "at": datetime.fromisoformat(kept["at"])})
