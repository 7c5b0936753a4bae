"""The sample school as plain rows, read without the app, for the tests that check it."""

import csv
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import fmean

from lib.catalogue import BY_ID, CATALOGUE, FORM
from sample_data import make_sample, school

FOLDER = Path(make_sample.__file__).parent
IDS = tuple(BY_ID)
WAVE_IDS = tuple(wave.wave_id for wave in school.WAVES)


@dataclass(frozen=True)
class Answer:
    wave: str
    cells: dict[str, str]
    points: dict[str, int]


@cache
def table() -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    with (FOLDER / "responses.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return tuple(header), tuple(tuple(row) for row in rows)


@cache
def answers() -> tuple[Answer, ...]:
    header, rows = table()
    said = []
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        points = {
            practice.practice_id: FORM.grid.points.index(cell) + 1
            for practice in CATALOGUE
            if (cell := cells[FORM.grid.header(practice.statement)]) in FORM.grid.points
        }
        said.append(Answer(wave_of(cells["Timestamp"]), cells, points))
    return tuple(said)


def wave_of(timestamp: str) -> str:
    day = datetime.strptime(timestamp, "%m/%d/%Y %H:%M:%S").date()
    return next(w.wave_id for w in reversed(school.WAVES) if w.opens <= day)


def of(wave: str, **only: object) -> list[Answer]:
    grades = only.get("grades")
    return [a for a in answers() if a.wave == wave and (not grades or a.cells["Grade"] in grades)]


def favorable(practice: str, said: list[Answer]) -> tuple[float, int]:
    """The share who answered in the top two points, and of how many."""
    points = [answer.points[practice] for answer in said if practice in answer.points]
    return fmean(point >= 4 for point in points), len(points)


@cache
def events() -> tuple[dict, ...]:
    return tuple(json.loads((FOLDER / "decisions.json").read_text(encoding="utf-8")))


def latest(tab: str) -> dict[str, dict[str, str]]:
    found = sorted((e for e in events() if e["tab"] == tab), key=lambda e: e["revision"])
    return {event["record_id"]: event["fields"] for event in found}
