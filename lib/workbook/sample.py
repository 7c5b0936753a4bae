"""The fictional school that the app shows when no spreadsheet is connected."""

import csv
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lib.workbook.protocol import WorkbookProblem
from lib.workbook.records import Event
from lib.workbook.sqlite import Seed


def load(folder: Path) -> Seed:
    """Read a school from a folder. Raises WorkbookProblem.

    ``responses.csv``: the form's header and rows, UTF-8, every cell as text.
    ``decisions.json``: a list of events, each {tab, event_id, record_id, revision, at (ISO 8601),
    who, fields}. ``school.json``: {clock: ISO local time, time_zone: IANA name, form_title}.
    """
    try:
        with (folder / "responses.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        decisions = json.loads((folder / "decisions.json").read_text(encoding="utf-8"))
        school = json.loads((folder / "school.json").read_text(encoding="utf-8"))
        return Seed(
            form_title=school["form_title"],
            header=header,
            rows=rows,
            events=[_event(decision) for decision in decisions],
            time_zone=school["time_zone"],
            clock=datetime.fromisoformat(school["clock"]),
        )
    except (OSError, ValueError, LookupError, TypeError, csv.Error) as error:
        raise WorkbookProblem(
            f"The sample school in the folder {folder.name} cannot be read.",
            "Get the app's files again: sample_data must hold responses.csv, decisions.json and "
            "school.json as they were delivered.",
        ) from error


def _event(decision: Mapping[str, Any]) -> Event:
    at = datetime.fromisoformat(decision["at"])
    return Event(
        tab=decision["tab"],
        event_id=decision["event_id"],
        record_id=decision["record_id"],
        revision=int(decision["revision"]),
        at=at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC),
        who=decision["who"],
        fields={name: str(value) for name, value in decision["fields"].items()},
    )
