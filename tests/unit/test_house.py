"""The rules of the house that no linter knows."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
LIB = sorted((ROOT / "lib").rglob("*.py"))
MAY_HOLD_STATE = {"live.py", "frame.py"}


def imported(source: str) -> Iterator[str]:
    """The modules a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def held(source: str) -> set[str]:
    """Streamlit's caches and session state, where a source touches them."""
    names = {n.attr for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Attribute)}
    return {name for name in names if name.startswith("cache_") or name == "session_state"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_pages_import_streamlit_and_lib_alone(page: Path) -> None:
    names = imported(page.read_text(encoding="utf-8"))
    rooms = {name.split(".")[0] for name in names} - sys.stdlib_module_names
    assert rooms <= {"streamlit", "lib"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_pages_are_short(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("module", LIB, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_can_be_read_in_one_sitting(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_module_of_lib_has_its_place_in_the_contracts() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (loop,) = (each for each in contracts if each["type"] == "layers")
    placed = {name.strip() for layer in loop["layers"] for name in layer.split("|")}
    there = {f"lib.{file.stem}" for file in (ROOT / "lib").glob("*.py")} - {"lib.__init__"}
    there |= {f"lib.{file.parent.name}" for file in (ROOT / "lib").glob("*/__init__.py")}
    assert placed == there
    (alone,) = (each for each in contracts if "sqlite3" in each.get("forbidden_modules", ()))
    assert set(alone["source_modules"]) == there - {"lib.workbook"}


def test_only_live_and_frame_hold_state() -> None:
    holders = {p.name for p in (*PAGES, *LIB) if held(p.read_text(encoding="utf-8"))}
    assert holders <= MAY_HOLD_STATE


def test_the_check_on_state_sees_it() -> None:
    assert held("import streamlit as st\nst.session_state['a'] = 1\n@st.cache_data\ndef f(): ...")


def test_lib_is_delivered() -> None:
    listed = subprocess.run(
        ["git", "check-ignore", "lib/frame.py"], cwd=ROOT, capture_output=True, check=False
    )
    assert listed.returncode == 1  # 128 would mean that git could not tell


def test_the_server_keeps_to_this_computer_and_asks_nobody_for_an_address() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "localhost"
    assert config["server"]["showEmailPrompt"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["runner"]["magicEnabled"] is False


def test_every_requirement_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
        assert all("==" in line for line in wanted), name


def test_no_folder_of_tests_is_forgotten() -> None:
    """``make test`` runs every folder but tests/system, which ``make check-system`` runs."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = {
        str(file.relative_to(ROOT).parent.parts[1]) for file in ROOT.glob("tests/*/**/test_*.py")
    }
    run = {Path(path).name for path in config["tool"]["pytest"]["ini_options"]["testpaths"]}
    assert there == run | {"system"}
    assert "pytest tests/system" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "make check-system" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
