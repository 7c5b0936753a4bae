"""Every page, role by role: cold, directly and by navigation, against the table of lib.access.

Something of each protected kind is planted in the workbook, and searched for in every WebSocket
frame that the role's browser received.
"""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lib import live
from lib.access import SCREENS, Data, Role, Screen, Viewer
from lib.workbook import new_event, tabs
from lib.workbook.connect import open_workbook
from tests.browser.app import free_port, running_app
from tests.browser.conftest import Visit, settle

pytestmark = pytest.mark.browser

NOT_YOURS = "This page is not yours to open"
SECRET = "a secret of thirty-two signs and more"
CANARIES = {
    Data.RESULTS: "fell from 74",
    Data.STAFF_GROUPS: "Percent favorable by Grade",
    Data.PLAN: "CanaryOfThePlan",
    Data.PROMISES: "CanaryOfAPromise",
    Data.SETTINGS: "CanaryOfTheSettings",
    Data.CONVERSATIONS: "CanaryOfATalk",
    Data.READING: "answers of closed waves read",
    Data.ROSTER: "CanaryOfTheRoster",
}
# A staff name is on no page: masking needs it, people do not.
ON_NO_PAGE = {Data.ROSTER}
# Setup looks in the settings for blocks that were left out, and says nothing else of them.
READ_NOT_SAID = {Data.SETTINGS: ("setup",)}
# Where each role goes first on a server that has just started: a page that is not theirs.
COLD = {
    Role.PRINCIPAL: "practice",
    Role.PD_TEAM: "setup",
    Role.COUNSELOR: "plan",
    Role.COORDINATOR: "trends",
    Role.REVIEWER: "columns",
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample school, with something planted in each tab."""
    file = tmp_path_factory.mktemp("planted") / "workbook.sqlite"
    opened = open_workbook(None, str(file))
    school = live.Live(opened, opened.clock)
    focus = school.school().of(tabs.FOCUS)["focus-pace"]
    stamp = {"who": "PD team lead", "at": school.moment()}
    evidence = {"evidence": f"{CANARIES[Data.PLAN]}."}
    said = {"practice": "pace", "you_said": CANARIES[Data.PROMISES], "state": "listening"}
    talk = {"date": "2027-01-20", "standings": f"{CANARIES[Data.CONVERSATIONS]}: works"}
    # Not a help line: those are the counselor's to read on Safety, too.
    setting = {"name": "form link", "value": f"https://forms.example/{CANARIES[Data.SETTINGS]}"}
    school.record(
        [
            new_event(tabs.FOCUS, evidence, previous=focus, **stamp),
            new_event(tabs.PROMISES, {**said, "focus": "focus-pace"}, **stamp),
            new_event(tabs.SETTINGS, setting, **stamp),
            new_event(tabs.CONVERSATIONS, talk, **stamp),
            new_event(tabs.ROSTER, {"name": CANARIES[Data.ROSTER]}, **stamp),
        ]
    )
    return file


def secrets(address: str) -> str:
    people = "\n".join(f'{role.value} = ["{role.value}@school.example"]' for role in Role)
    return f"""[access]
{people}
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "seat"
client_secret = "not a real one"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


def cookie(address: str, role: Role) -> str:
    """What Streamlit keeps in a browser after a sign-in (tests/browser/test_sign_in.py does it)."""
    said = {
        "email": f"{role.value}@school.example",
        "email_verified": True,
        "iat": int(time.time()),
        "origin": address,
        "is_logged_in": True,
        "provider": "default",
    }
    return create_signed_value(SECRET, "_streamlit_user", json.dumps(said)).decode()


def check(page: Page, target: Screen, role: Role) -> None:
    """The page opens, or says that it is not theirs. Home may lead to a page of their own."""
    settle(page)
    own = Viewer(frozenset({role}), "").first_screen
    if target.name == "home" and own and own.name != "home":
        expect(page).to_have_url(re.compile(f"/{own.path}$"))
        target = own
    not_yours = page.get_by_role("heading", level=1, name=NOT_YOURS).count()
    assert bool(not_yours) == (role not in target.roles), target.name
    assert "Page not found" not in page.inner_text("body")


@pytest.fixture(scope="module")
def port() -> int:
    """One port for the servers of all roles: the browser need not read the front end for each."""
    return free_port()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_pages_and_receives_nothing_else(
    role: Role, port: int, workbook: Path, tmp_path: Path, visit: Visit
) -> None:
    address = f"http://127.0.0.1:{port}"
    own = Viewer(frozenset({role}), "")
    first = next(target for target in SCREENS if target.name == COLD[role])
    frames: list[str] = []
    here = {"SEAT_WORKBOOK": str(workbook)}
    with running_app(tmp_path, secrets=secrets(address), port=port, environment=here):
        page = visit("about:blank")
        page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda data: frames.append(repr(data))),
        )
        value = cookie(address, role)
        page.context.add_cookies([{"name": "_streamlit_user", "value": value, "url": address}])
        for target in (first, *SCREENS):
            page.goto(f"{address}/{target.path}?practice=pace&by=Grade")
            check(page, target, role)
        shown = page.get_by_role("navigation", name="App pages").get_by_role("link")
        tops = [target for target in SCREENS if target.place == "top" and role in target.roles]
        assert shown.all_inner_texts() == [target.title for target in tops]
        for target in tops:
            shown.filter(has_text=target.title).first.click()
            expect(page).to_have_url(f"{address}/{target.path}")
            check(page, target, role)
        page.close()
    received = "".join(frames)
    assert f"{role.value}@school.example" in received.replace("\\", "")
    for kind, canary in CANARIES.items():
        said_on = [
            s for s in SCREENS if kind in s.shows and s.name not in READ_NOT_SAID.get(kind, ())
        ]
        seen = any(own.may_open(s) for s in said_on) and own.may_see(kind)
        assert (canary in received) == (seen and kind not in ON_NO_PAGE), kind.name
