"""Pages are tested on the frame, as Streamlit runs them, on a workbook of the test's own."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.reader import Live
from lib.workbook import sample, tabs
from lib.workbook.connect import SAMPLE_FOLDER
from lib.workbook.sqlite import Seed, SqliteWorkbook

FRAME = Path(__file__).parents[2] / "lib" / "frame.py"
TIMEOUT_S = 60

OpenApp = Callable[..., AppTest]


@cache
def _shown_before() -> Seed:
    """The sample school as its app has been opened before: the closed waves' tables are frozen.

    Making them takes most of a first look, and no page is about that.
    """
    seed = sample.load(SAMPLE_FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        workbook = SqliteWorkbook(Path(folder) / "workbook.sqlite", lambda: seed)
        Live(workbook, workbook.clock).school()
        frozen = [event for event in workbook.read().events if event.tab == tabs.EVIDENCE]
    return replace(seed, events=[*seed.events, *frozen])


@pytest.fixture(autouse=True)
def _own_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    seed = _shown_before()
    monkeypatch.setattr(sample, "load", lambda _: seed)
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "workbook.sqlite"))
    live.forget()
    yield
    live.forget()


@pytest.fixture
def open_app() -> OpenApp:
    """Open a page as a visitor with this secrets file, of whom the provider says ``user``.

    ``state`` is planted in the session; ``query`` sets the address's parameters.
    """

    def open_page(
        page: str = "home",
        *,
        secrets: dict[str, object] | None = None,
        user: dict[str, object] | None = None,
        state: dict[str, object] | None = None,
        **query: str,
    ) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=TIMEOUT_S)
        for name, value in (secrets or {}).items():
            app.secrets[name] = value
        for name, value in (state or {}).items():
            app.session_state[name] = value
        app.user = dict(user or {})
        app.run()
        for name, value in query.items():
            app.query_params[name] = value
        if page != "home":
            app.switch_page(f"../pages/{page}.py").run()
        return app

    return open_page


def words(app: AppTest) -> str:
    """All that the page says, in one text."""
    parts = [app.title, app.header, app.subheader, app.markdown, app.caption, app.warning]
    parts += [app.error, app.info, app.success]
    return "\n".join(element.value for kind in parts for element in kind)
