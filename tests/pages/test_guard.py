"""Nothing opens without the guard: in the code, in the frame, and on a page run by itself."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import SCREENS, Refusal, Role, Viewer, admit, screen
from tests.pages.conftest import TIMEOUT_S, OpenApp, words

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.py"))
DENIED = {"auth": {"redirect_uri": "http://localhost:8501/oauth2callback"}}
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


def test_default_deny() -> None:
    nobody = Viewer(frozenset(), "nobody", "")
    assert not any(nobody.may_open(s) for s in SCREENS)
    assert isinstance(admit({}, on_sample=False), Refusal)
    assert isinstance(admit({"access": {"open": "true"}}, on_sample=False), Refusal)
    assert isinstance(admit({**DENIED, "access": {"open": True}}, on_sample=False), Refusal)
    assert isinstance(admit(DENIED, on_sample=True), Refusal)


def test_open_trial_and_sample_let_one_person_try_everything() -> None:
    trial = admit({"access": {"open": True}}, on_sample=False)
    sample = admit({}, on_sample=True)
    assert isinstance(trial, Viewer)
    assert isinstance(sample, Viewer)
    assert all(trial.may_open(s) and sample.may_open(s) for s in SCREENS)
    assert "Open to everybody" in trial.notice
    assert "fictional" in sample.notice


def test_a_coordinator_has_setup_and_no_results() -> None:
    coordinator = Viewer(frozenset({Role.COORDINATOR}), "it", "")
    assert [s.name for s in SCREENS if coordinator.may_open(s)] == ["setup", "columns", "methods"]
    assert coordinator.may_open(screen("setup"))


@pytest.mark.parametrize("name", [s.name for s in SCREENS])
def test_with_auth_every_staff_page_is_denied(name: str, open_app: OpenApp) -> None:
    app = open_app(name, secrets=DENIED)
    assert not app.exception
    assert app.title[0].value == "Sign-in is not ready yet"
    assert not app.button
    assert not app.get("vega_lite_chart")
    assert "%" not in words(app)


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
    assert app.title[0].value == "Sign-in is not ready yet"
    assert not app.button
