"""What the renderer of the students' page can reach: a published version, and nothing behind it."""

import ast
import dataclasses
import typing
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

import lib.publish
from lib.evidence.floors import Floors
from lib.evidence.types import Band, Figure
from lib.publish import PublicPage

ROOM = Path(lib.publish.__file__).parent
BEHIND = {
    *("Cell", "Evidence", "WaveTable", "Priority", "Comparison", "Feedback", "Comment", "Comments"),
    *("Promise", "Focus", "Session", "Record", "Event", "Saying", "Conversation", "Panel"),
}
"""What answers, drafts and decisions are kept in: none of it may come near a template."""

RENDERERS = [
    module for module in ROOM.glob("*.py") if "jinja2" in module.read_text(encoding="utf-8")
]


def names_taken(source: str) -> Iterator[str]:
    """Every name that a module imports, and every module it imports whole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.ImportFrom, ast.Import)):
            yield from (alias.name for alias in node.names)


def held(kind: object, seen: set[object]) -> set[object]:
    """Every type that can stand in a value of this type, dataclasses taken apart."""
    for part in typing.get_args(kind):
        held(part, seen)
    if isinstance(kind, type) and kind not in seen and not typing.get_args(kind):
        seen.add(kind)
        if dataclasses.is_dataclass(kind):
            for hint in typing.get_type_hints(kind).values():
                held(hint, seen)
    return seen


def test_a_version_holds_sentences_days_and_printed_figures_only() -> None:
    found = held(PublicPage, set()) - {type(None), type(...)}
    plain = {kind for kind in found if not dataclasses.is_dataclass(kind)}
    assert {kind for kind in plain if not issubclass(kind, Enum)} <= {str, int, date, bool}
    taken = {kind for kind in found if dataclasses.is_dataclass(kind)}
    assert {Figure, Band, PublicPage} <= taken
    assert not {kind.__name__ for kind in taken} & BEHIND
    assert {kind.__module__ for kind in taken - {Figure, Band, Floors}} <= {
        f"lib.publish.{module.stem}" for module in ROOM.glob("*.py")
    }


@pytest.mark.parametrize("module", RENDERERS, ids=lambda m: m.stem)
def test_who_fills_a_template_imports_nothing_behind_a_version(module: Path) -> None:
    assert not set(names_taken(module.read_text(encoding="utf-8"))) & BEHIND
    reached = {name.split(".")[0] for name in names_taken(module.read_text(encoding="utf-8"))}
    assert "lib" not in reached, "a module imported whole brings everything along"


def test_there_is_a_renderer_to_look_at() -> None:
    assert "students" in [module.stem for module in RENDERERS]
    assert set(names_taken("from lib.evidence.types import Cell, Figure")) & BEHIND == {"Cell"}
