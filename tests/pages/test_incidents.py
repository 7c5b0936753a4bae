"""What goes wrong is said with a number, and no word of an answer or a secret is logged."""

import ast
import logging
import re
from pathlib import Path

import pytest

from lib import live
from tests.pages.conftest import OpenApp, words

ROOT = Path(__file__).parents[2]
SOURCES = sorted([ROOT / "app.py", *(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").glob("*.py")])


def test_an_error_has_the_same_number_on_screen_and_in_the_log(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    open_app("home")

    def fail(*_: object, **__: object) -> None:
        raise ValueError("cannot read 'CANARY my teacher hits me' of canary@example.org")

    monkeypatch.setattr(live, "school", fail)
    with caplog.at_level(logging.DEBUG):
        app = open_app("home")
    said = words(app)
    number = re.search(r"incident ([0-9a-f]{8})", said)
    assert number
    assert app.title[0].value == "Something went wrong on this page"
    assert f"again-{number[1]}" in [button.key for button in app.button]
    assert f"incident {number[1]}: ValueError at" in caplog.text
    assert "test_incidents.py" in caplog.text
    assert not app.exception
    for told in (said, caplog.text):
        assert "CANARY" not in told
        assert "canary@" not in told
        assert "Traceback" not in told


def test_two_errors_have_two_numbers(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError

    open_app("home")
    monkeypatch.setattr(live, "school", fail)
    found = [re.findall(r"incident ([0-9a-f]{8})", words(open_app("home"))) for _ in range(2)]
    assert all(found)
    assert found[0] != found[1]


def logged(source: str) -> list[ast.expr]:
    """What is handed to the log, beside the sentence itself."""
    given: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id in LOGGERS):
            continue
        if node.func.attr in ("getLogger", "basicConfig"):
            continue
        assert node.func.attr not in ("exception",), ast.unparse(node)
        assert isinstance(node.args[0], ast.Constant), f"not a fixed sentence: {ast.unparse(node)}"
        assert not node.keywords, ast.unparse(node)
        given += node.args[1:]
    return given


LOGGERS = ("logger", "logging")
# The kind and place of an error (tests/unit/test_faults.py), a number of ours, or a sentence that
# lib.check made without a setting's value in it (tests/unit/test_check.py).
HARMLESS = re.compile(r"type\(\w+\)\.__name__|kind_and_place\(\w+\)|incident|finding\.(says|do)")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_log_gets_kinds_and_places_alone(source: Path) -> None:
    for given in logged(source.read_text(encoding="utf-8")):
        assert HARMLESS.fullmatch(ast.unparse(given)), ast.unparse(given)


@pytest.mark.parametrize(
    "line", ["logger.exception('x')", "logger.error(f'{e}')", "logger.error('x', exc_info=True)"]
)
def test_the_check_on_logs_sees_a_hole(line: str) -> None:
    with pytest.raises(AssertionError):
        logged(line)


def test_the_check_on_logs_hands_over_what_is_logged() -> None:
    (given,) = logged("logger.warning('it failed: %s', error)")
    assert not HARMLESS.fullmatch(ast.unparse(given))
