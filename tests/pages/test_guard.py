"""Nothing opens without the guard: in the code, in the frame, and on a page run by itself."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.access import SCREENS
from tests.pages.conftest import TIMEOUT_S, OpenApp, words
from tests.unit.people import AUTH

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.py"))
DENIED = {"auth": AUTH}
SHEET = {"connections": {"gsheets": {"spreadsheet": "x" * 44}}}


def first_statement(source: str) -> str:
    """The first line of code after the docstring and the imports."""
    for node in ast.parse(source).body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_docstring and not isinstance(node, ast.Import | ast.ImportFrom):
            return ast.unparse(node)
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_asks_first(page: Path) -> None:
    assert (
        first_statement(page.read_text(encoding="utf-8")).removeprefix("viewer = ")
        == f"frame.require('{page.stem}')"
    )


def test_every_page_is_registered_and_every_screen_has_a_page() -> None:
    assert {page.stem for page in PAGES} == {screen.name for screen in SCREENS}


def test_first_statement_sees_through_a_late_guard() -> None:
    assert first_statement("import a\nsecret()\nframe.require('x')") == "secret()"


@pytest.mark.parametrize("name", [s.name for s in SCREENS])
def test_with_auth_every_staff_page_is_denied(name: str, open_app: OpenApp) -> None:
    app = open_app(name, secrets=DENIED)
    assert not app.exception
    assert app.title[0].value == "Sign in to see this school"
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.get("vega_lite_chart")
    assert "%" not in words(app)


MISTYPED: dict[str, dict[str, object]] = {
    "[connections.gsheet]": {"connections": {"gsheet": SHEET["connections"]["gsheets"]}},
    "`connections`": {"connections": [1, 2]},
    "`gsheets`": {"connections": {"gsheets": "abc"}},
    "[access]": {"access": {"principal": ["head@school.example"]}},
}


@pytest.mark.parametrize("line", list(MISTYPED))
def test_a_mistyped_secrets_block_names_its_line_and_opens_no_school(
    line: str, open_app: OpenApp
) -> None:
    for name in ("home", "setup"):
        app = open_app(name, secrets=MISTYPED[line])
        assert not app.exception
        assert app.title[0].value == "The app is not set up right"
        said = words(app)
        assert line in said
        assert "[connections.gsheets]" in said
        assert "%" not in said
    assert live.students_page() is None


@pytest.mark.parametrize("name", list(AUTH))
def test_a_block_that_is_half_filled_in_says_what_it_lacks(name: str, open_app: OpenApp) -> None:
    half = {key: value for key, value in AUTH.items() if key != name}
    app = open_app("trends", secrets={"auth": half, "access": {"open": True}})
    assert not app.exception
    assert app.title[0].value == "Sign-in is not set up yet"
    said = words(app)
    assert f"- `{name}`:" in said
    assert not any(f"- `{other}`:" in said for other in half)
    assert not app.button


@pytest.mark.parametrize("name", [s.name for s in SCREENS])
def test_a_connected_sheet_without_sign_in_opens_nothing(name: str, open_app: OpenApp) -> None:
    app = open_app(name, secrets=SHEET)
    assert not app.exception
    assert app.title[0].value == "Nobody can sign in yet"
    assert not app.button


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_run_by_itself_shows_nothing_protected(page: Path) -> None:
    app = AppTest.from_file(str(page), default_timeout=TIMEOUT_S)
    app.secrets["auth"] = DENIED["auth"]
    app.run()
    assert not app.exception
    assert app.title[0].value == "Sign in to see this school"
    assert [button.label for button in app.button] == ["Sign in"]
