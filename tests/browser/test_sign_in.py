"""Signing in with a real provider and a real browser, and all that must not let anybody in."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lib.admission import STAYS_S
from tests.browser.app import free_port, running_app
from tests.browser.conftest import Visit, settle
from tests.browser.provider import Provider, running_provider

pytestmark = pytest.mark.browser

HEAD = "head.of.school@school.example"
REVOKED = "was.on.the.team@school.example"
COOKIE_SECRET = "a secret of thirty-two signs and more"
NOW = time.time()
# Streamlit looks at the secrets file five times a second.
NOTICES_S = 1.5


def person(email: str, **other: object) -> dict[str, object]:
    return {"email": email, "email_verified": True, **other}


PEOPLE = {
    "head": person(HEAD.upper()),
    "coordinator": person("it@school.example", view_as="principal", roles=["principal"]),
    "revoked": person(REVOKED),
    "stranger": person("stranger@school.example"),
    "elsewhere": person(HEAD, aud="another app"),
    "expired": person(HEAD, exp=int(NOW) - 3600),
    "unverified": person(HEAD, email_verified=False),
    "unsaid": {"email": HEAD},
    "yesterday": person(HEAD, iat=int(NOW) - STAYS_S),
    "timeless": person(HEAD, iat="yesterday"),
}
ACCESS = {
    "principal": [HEAD],
    "pd_team": [REVOKED],
    "coordinator": ["it@school.example"],
    "open": True,
}


@dataclass(frozen=True)
class School:
    """The app with sign-in, its provider, and the file that says who has which role."""

    address: str
    provider: Provider
    folder: Path

    def give(self, **access: object) -> None:
        """Change ``[access]`` while the app runs, and wait until Streamlit has noticed."""
        new = self.folder / "new.toml"
        text = secrets(self.address, self.provider, {**ACCESS, **access})
        new.write_text(text, encoding="utf-8")
        new.replace(self.folder / "secrets.toml")
        time.sleep(NOTICES_S)


def secrets(address: str, provider: Provider, access: dict[str, object]) -> str:
    auth = {
        "redirect_uri": f"{address}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": "seat",
        "client_secret": "not a real one",
        "server_metadata_url": provider.metadata_url,
    }
    blocks = {"auth": auth, "access": access}
    return "\n".join(
        f"[{name}]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in block.items())
        for name, block in blocks.items()
    )


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    address = f"http://127.0.0.1:{port}"
    with running_provider(PEOPLE) as provider:
        text = secrets(address, provider, ACCESS)
        with running_app(folder, secrets=text, port=port):
            yield School(address, provider, folder)
    log = (folder / "app.log").read_text(encoding="utf-8")
    assert "Something went wrong" not in log
    assert [said for said in ("@school.example", "@SCHOOL.EXAMPLE") if said in log] == []


def sign_in(page: Page, name: str) -> Page:
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize", exact=True).click()
    settle(page)
    return page


def title(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1, name=said)).to_be_visible(timeout=30_000)


def test_signing_in_and_out(school: School, visit: Visit) -> None:
    page = visit(f"{school.address}/trends")
    title(page, "Sign in to see this school")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert page.get_by_text("View as").count() == 0
    sign_in(page, "head")
    expect(
        page.get_by_text("Signed in as HEAD.OF.SCHOOL@SCHOOL.EXAMPLE: Principal.")
    ).to_be_visible()
    expect(page.get_by_text("What waits for you")).to_be_visible()
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    other = page.context.new_page()
    other.goto(f"{school.address}/trends")
    settle(other)

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{school.provider.address}/**")
    page.goto(school.address)
    title(page, "Sign in to see this school")
    # The other window was left open: its next touch ends there too.
    other.get_by_test_id("stRadio").get_by_text("Grade", exact=True).click()
    title(other, "Sign in to see this school")
    page.goto(f"{school.address}/trends")
    title(page, "Sign in to see this school")
    asked = school.provider.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert asked["nonce"]
    assert asked["state"]
    assert asked["scope"] == "openid email profile"
    page.close()


@pytest.mark.parametrize(
    ("name", "met"),
    [
        ("elsewhere", "Sign in to see this school"),
        ("expired", "Sign in to see this school"),
        ("timeless", "Sign in to see this school"),
        ("unverified", "Your e-mail address is not verified"),
        ("unsaid", "Nobody vouches for your e-mail address"),
        ("stranger", "This app is not open to you yet"),
        ("yesterday", "Please sign in again"),
    ],
)
def test_who_is_not_let_in_is_told_why(name: str, met: str, school: School, visit: Visit) -> None:
    page = visit("about:blank")
    frames: list[str] = []
    page.on("websocket", lambda s: s.on("framereceived", lambda data: frames.append(repr(data))))
    page.goto(school.address)
    before = school.provider.exchanged
    sign_in(page, name)
    title(page, met)
    assert school.provider.exchanged == before + 1
    page.goto(f"{school.address}/trends")
    title(page, met)
    assert frames
    assert "favorable" not in "".join(frames)
    page.close()


def test_who_says_no_at_the_provider_is_where_they_were(school: School, visit: Visit) -> None:
    page = visit(school.address)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Deny").click()
    title(page, "Sign in to see this school")
    page.close()


def test_after_twelve_hours_one_signs_in_again(school: School, visit: Visit) -> None:
    page = sign_in(visit(school.address), "yesterday")
    title(page, "Please sign in again")
    sign_in(page, "head")
    expect(page.get_by_text("What waits for you")).to_be_visible()
    page.close()


def test_nothing_that_a_browser_sends_switches_a_role(school: School, visit: Visit) -> None:
    page = sign_in(visit(school.address), "coordinator")
    title(page, "Connected, understood and in step")
    page.context.set_extra_http_headers(
        {
            **dict.fromkeys(
                ("X-Forwarded-Email", "X-Forwarded-User", "X-Auth-Request-Email"), HEAD
            ),
            **dict.fromkeys(("X-Goog-Authenticated-User-Email", "Remote-User", "From"), HEAD),
            **dict.fromkeys(("View-As", "X-Role", "view_as", "role"), "principal"),
        }
    )
    page.context.add_cookies(
        [
            {"name": name, "value": "principal", "url": school.address}
            for name in ("view_as", "role", "roles", "viewer", "_streamlit_user_1")
        ]
    )
    for path in ("practice", "trends", "priorities"):
        page.goto(f"{school.address}/{path}?view_as=principal&role=principal&viewer=principal")
        title(page, "This page is not yours to open")
        assert page.get_by_role("radio").count() == 0
    page.context.add_cookies(
        [{"name": "_streamlit_user", "value": "forged", "url": school.address}]
    )
    page.goto(f"{school.address}/trends")
    title(page, "Sign in to see this school")
    # What it sends with each request is kept by the context.
    page.context.close()


def test_a_role_that_is_taken_away_is_gone_with_the_next_touch(
    school: School, visit: Visit
) -> None:
    page = sign_in(visit(school.address), "revoked")
    expect(page.get_by_text("What waits for you")).to_be_visible()
    page.goto(f"{school.address}/trends")
    settle(page)
    try:
        school.give(pd_team=[])
        page.get_by_test_id("stRadio").get_by_text("Grade", exact=True).click()
        title(page, "This app is not open to you yet")
    finally:
        school.give()
    page.close()


def test_trust_in_a_provider_that_says_nothing_is_a_setting(school: School, visit: Visit) -> None:
    page = sign_in(visit(school.address), "unsaid")
    title(page, "Nobody vouches for your e-mail address")
    try:
        school.give(trust_email=True)
        page.reload()
        expect(page.get_by_text("What waits for you")).to_be_visible(timeout=30_000)
    finally:
        school.give()
    page.close()


def test_a_half_filled_block_is_named_setting_by_setting_at_the_start_and_on_the_page(
    tmp_path: Path, visit: Visit
) -> None:
    half = f'[auth]\nclient_id = "seat"\ncookie_secret = "{COOKIE_SECRET[:9]}"\n'
    with running_app(tmp_path, secrets=half) as address:
        page = visit(f"{address}/plan")
        title(page, "Sign-in is not set up yet")
        said = page.inner_text("main")
        page.close()
    log = (tmp_path / "app.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert COOKIE_SECRET[:9] not in log + said
    for name in ("redirect_uri", "cookie_secret", "client_secret", "server_metadata_url"):
        assert f"to mend: [auth] lacks `{name}`" in log
        assert name in said
    assert "client_id" not in said
