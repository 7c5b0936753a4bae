"""Pages are tested on the frame, as Streamlit runs them, on a workbook of the test's own."""

import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from lib import intake, live
from lib.intake.feedback import Feedback
from lib.reader import Live
from lib.voices import desk
from lib.voices.identity import Roster
from lib.voices.readings import Reading, Readings
from lib.voices.sayings import Saying
from lib.voices.themes import Lists
from lib.workbook import sample, tabs
from lib.workbook.connect import SAMPLE_FOLDER
from lib.workbook.sqlite import Seed, SqliteWorkbook

FRAME = Path(__file__).parents[2] / "lib" / "frame.py"
TIMEOUT_S = 60

OpenApp = Callable[..., AppTest]
DocumentsOf = Callable[[ModuleType], dict[str, Callable[[], Any]]]


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


@pytest.fixture(scope="session", autouse=True)
def _components_once() -> Iterator[None]:
    """Look once for components among the installed packages: AppTest does it for every app it
    opens, and that takes five times as long as a page. None is installed meanwhile.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


_ANSWERS: dict[bytes, Feedback] = {}
_COMMENTS: dict[tuple[object, ...], dict[str, Reading]] = {}


@pytest.fixture(autouse=True)
def _read_once() -> Iterator[None]:
    """Read the same answers and the same comment once, however many tests open a school.

    Both readings are pure, and tests/unit has their tests; here they take most of the time.
    """
    understand, read = intake.understand, desk.read

    def understand_once(*asked: object) -> Feedback:
        key = sha256(pickle.dumps(asked)).digest()
        if key not in _ANSWERS:
            _ANSWERS[key] = understand(*asked)  # type: ignore[arg-type]
        return _ANSWERS[key]

    def read_once(
        sayings: Sequence[Saying], roster: Roster, lists: Lists, known: Readings | None = None
    ) -> Readings:
        of = (roster, lists.entries, lists.languages, lists.practices)
        by_text = _COMMENTS.setdefault(of, {})
        mine = {each.saying_id: by_text[each.text] for each in sayings if each.text in by_text}
        done = read(sayings, roster, lists, {**mine, **(known or {})})
        by_text.update({each.text: done[each.saying_id] for each in sayings})
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "understand", understand_once)
        patch.setattr(desk, "read", read_once)
        yield


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


@pytest.fixture
def documents_of(monkeypatch: pytest.MonkeyPatch) -> DocumentsOf:
    """What makes each document that a module places from now on, by the button's key."""

    def placed_by(module: ModuleType) -> dict[str, Callable[[], Any]]:
        placed: dict[str, Callable[[], Any]] = {}
        monkeypatch.setattr(
            module, "document", lambda label, make, *_, key: placed.setdefault(key, make)
        )
        return placed

    return placed_by


def words(app: AppTest) -> str:
    """All that the page says, in one text."""
    parts = [app.title, app.header, app.subheader, app.markdown, app.caption, app.warning]
    parts += [app.error, app.info, app.success]
    return "\n".join(element.value for kind in parts for element in kind)
