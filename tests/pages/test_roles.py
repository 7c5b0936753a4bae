"""Every page, role by role, signed in and on trial, compared with the tables of lib.access."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import access, live
from lib.access import SCREENS, Data, Role, Viewer, screen
from lib.admission import STAYS_S, TRIAL_ROLES
from lib.door import WELCOME
from lib.workbook import tabs
from tests.pages.conftest import OpenApp, words
from tests.unit.people import AUTH
from tests.unit.said_people import read_all

ADDRESS = "someone@school.example"


@pytest.fixture(autouse=True, scope="module")
def _one_workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """These tests decide nothing that another would see: one sample school for all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEAT_WORKBOOK", str(tmp_path_factory.mktemp("roles") / "workbook.sqlite"))
        live.forget()
        read_all(live.live())
        yield
    live.forget()


@pytest.fixture(autouse=True)
def _own_workbook(_one_workbook: None) -> None:
    """In place of a new one for each test."""


def secrets(**access: object) -> dict[str, object]:
    return {"auth": AUTH, "access": access}


def person(**other: object) -> dict[str, object]:
    at = int(datetime.now(UTC).timestamp()) - 60
    said = {"is_logged_in": True, "email": ADDRESS, "email_verified": True, "iat": at}
    return {**said, **other}


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


def links(app: AppTest) -> set[str]:
    return {link.proto.page for link in app.get("page_link")}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[Data]:
    """The kinds of data that were asked for, whether given or refused."""
    kinds: set[Data] = set()
    real = Viewer.may_see

    def may_see(viewer: Viewer, kind: Data) -> bool:
        kinds.add(kind)
        return real(viewer, kind)

    monkeypatch.setattr(Viewer, "may_see", may_see)
    return kinds


# Asked for when a question has a history, when there is no result yet, when a focus has one: on
# the sample nobody has corrected a question, and a wave has closed.
NOT_ON_THE_SAMPLE = {
    *("columns", "practice", "priorities", "panel", "self_test", "you_said_we_did"),
}

WAITS = "69 comments wait for review, the oldest for 8 days"


def go(app: AppTest, name: str) -> AppTest:
    app.query_params["practice"] = "calm"
    app.query_params["session"] = "session-pace"
    return app.switch_page(f"../pages/{name}.py").run()


@pytest.mark.parametrize("role", list(Role))
def test_pages_open_for_the_roles_of_their_line_and_ask_for_what_it_says(
    role: Role, open_app: OpenApp, asked: set[Data]
) -> None:
    listed = secrets(**{"reviewer": [], role.value: [ADDRESS]})
    app = open_app(secrets=listed, user=person())
    for target in SCREENS:
        asked.clear()
        go(app, target.name)
        assert not app.exception
        assert app.error == []
        assert len(app.title) == 1
        if role in target.roles:
            assert "not yours" not in titles(app)[0], target.name
            never = {Data.WINDOWS} if target.name in NOT_ON_THE_SAMPLE else set()
            never |= set(target.also)
            assert asked | never == {*target.shows, Data.STATUS} | never, target.name
        elif target.name == "home":
            # Who has no Home is led to their own first page.
            own = {Role.COORDINATOR: "Connected, understood and in step", Role.REVIEWER: WAITS}
            assert titles(app) == [own[role]]
        else:
            assert titles(app) == ["This page is not yours to open"], target.name
            assert asked == {Data.STATUS}, target.name
            assert not app.get("vega_lite_chart")
            assert "%" not in words(app)


def test_on_trial_one_sees_with_the_eyes_one_chooses(open_app: OpenApp) -> None:
    app = open_app()
    assert list(app.radio(key="view_as").options) == ["Principal", "PD team", "Counselor"]
    assert app.radio(key="view_as").value == Role.PRINCIPAL
    for role in (Role.PD_TEAM, Role.COUNSELOR, Role.PRINCIPAL):
        app.radio(key="view_as").set_value(role)
        app.run()
        assert [r for r in TRIAL_ROLES if WELCOME[r][0] in words(app)] == [role]
        for target in (screen(name) for name in ("home", "priorities", "setup")):
            go(app, target.name)
            assert "fictional school" in words(app)
            assert app.radio(key="view_as").value == role
            assert ("not yours" in titles(app)[0]) == (role not in target.roles)


def test_links_lead_only_where_the_role_may_go(open_app: OpenApp) -> None:
    app = open_app("home", state={"view_as": Role.COUNSELOR})
    assert not app.exception
    said = words(app)
    assert "What waits for you" in said
    assert "under Priorities" not in said
    shown = str(links(app))
    assert "plan" not in shown
    assert "setup" not in shown
    assert "practice" in shown


def test_a_counselor_reads_what_was_tried_and_decides_nothing(open_app: OpenApp) -> None:
    app = open_app("practice", state={"view_as": Role.COUNSELOR}, practice="pace")
    assert "What was tried" in words(app)
    assert not app.button


def test_signed_in_there_is_no_switch_and_a_planted_one_is_not_read(open_app: OpenApp) -> None:
    listed = secrets(coordinator=[ADDRESS])
    app = open_app(
        "trends",
        secrets=listed,
        user=person(),
        state={"view_as": Role.PRINCIPAL, "viewer": "principal", "in_frame": True},
        view_as="principal",
        role="principal",
    )
    assert titles(app) == ["This page is not yours to open"]
    assert not app.radio
    assert f"Signed in as `{ADDRESS}`: Coordinator." in words(app)


def test_a_revoked_role_ends_with_the_next_run(open_app: OpenApp) -> None:
    app = open_app("trends", secrets=secrets(principal=[ADDRESS]), user=person())
    assert "%" in words(app)
    app.secrets["access"] = {"principal": ["other@school.example"]}
    app.run()
    assert titles(app) == ["This app is not open to you yet"]
    assert "%" not in words(app)


def test_twelve_hours_later_it_asks_again(open_app: OpenApp) -> None:
    at = datetime.now(UTC).timestamp()
    listed = secrets(principal=[ADDRESS])
    app = open_app("trends", secrets=listed, user=person(iat=at - STAYS_S - 1))
    assert titles(app) == ["Please sign in again"]
    assert [button.label for button in app.button] == ["Sign in"]
    assert "%" not in words(app)


def test_signing_out_ends_this_window_and_every_other_of_the_same_sign_in(
    open_app: OpenApp,
) -> None:
    listed, same = secrets(principal=[ADDRESS]), person(sub="1")
    here = open_app("trends", secrets=listed, user=same)
    there = open_app("trends", secrets=listed, user=same)
    here.button(key="sign-out").click()
    here.run()
    assert titles(here) == ["Sign in to see this school"]
    there.run()
    assert titles(there) == ["Sign in to see this school"]
    assert "%" not in words(there)
    again = open_app("trends", secrets=listed, user=person(sub="1", iat=same["iat"] + 1))
    assert "%" in words(again)


def test_setup_says_which_entries_let_nobody_in(open_app: OpenApp) -> None:
    head = ["head@school.example"]
    listed = secrets(coordinator=[ADDRESS], principal=head, pd_team=["*@school.example"])
    said = [warning.value for warning in open_app("setup", secrets=listed, user=person()).warning]
    assert len(said) == 2
    assert "the app shows its fictional school" in said[0]
    assert "`pd_team` holds something that is not one exact address" in said[1].replace("\\", "")


def test_a_stranger_can_sign_out(open_app: OpenApp) -> None:
    app = open_app(
        "home", secrets=secrets(principal=["other@school.example"]), user=person(sub="a stranger")
    )
    assert titles(app) == ["This app is not open to you yet"]
    app.button(key="sign-out").click()
    app.run()
    assert titles(app) == ["Sign in to see this school"]


def test_a_decision_is_signed_with_the_address(open_app: OpenApp) -> None:
    app = open_app("priorities", secrets=secrets(pd_team=[ADDRESS]), user=person())
    app.button(key="choose-choice").click()
    app.run()
    rows = live.live().school().of(tabs.FOCUS).values()
    (chosen,) = (row for row in rows if row.fields["practice"] == "choice")
    assert chosen.latest.who == ADDRESS


def test_a_page_that_asks_for_more_says_so_and_shows_nothing(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for target in SCREENS:
        (tmp_path / f"{target.name}.py").write_text("", encoding="utf-8")
    (tmp_path / "home.py").write_text(
        "import streamlit as st\n"
        "from lib import frame, live\n"
        "viewer = frame.require('home')\n"
        "st.write(str(live.school(viewer).understanding))\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(access, "PAGES_FOLDER", tmp_path)
    app = open_app(state={"view_as": Role.PRINCIPAL})
    assert "Understanding(" in words(app)
    app = open_app(state={"view_as": Role.COUNSELOR})
    assert not app.exception
    assert titles(app) == ["This is not yours to see"]
    assert "Understanding(" not in words(app)
