"""Who is let in: from secrets, claims and the time alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import Refusal, Role, Viewer
from lib.admission import STAYS_S, Ended, admit, doubts, gaps
from tests.unit.people import ADDRESS, AUTH, NOW, claims, secrets

HEAD = secrets(principal=[ADDRESS])


def enter(
    given_secrets: dict[str, object] = HEAD,
    said: dict[str, object] | None = None,
    *,
    on_sample: bool = False,
    view_as: object = None,
) -> Viewer | Refusal:
    said = claims() if said is None else said
    return admit(given_secrets, on_sample=on_sample, claims=said, now=NOW, view_as=view_as)


def title(met: Viewer | Refusal) -> str:
    assert isinstance(met, Refusal), met
    return met.title


def roles(met: Viewer | Refusal) -> set[Role]:
    assert isinstance(met, Viewer), met
    return set(met.roles)


def test_an_address_in_a_list_has_its_role_and_signs_its_decisions() -> None:
    met = enter()
    assert roles(met) == {Role.PRINCIPAL}
    assert isinstance(met, Viewer)
    assert (met.who, met.came) == (ADDRESS, "signed in")
    assert met.notice == f"Signed in as `{ADDRESS}`: Principal."


def test_one_address_may_have_several_roles() -> None:
    met = enter(secrets(principal=[ADDRESS], coordinator=["it@school.example", ADDRESS]))
    assert roles(met) == {Role.PRINCIPAL, Role.COORDINATOR}


@pytest.mark.parametrize(
    ("listed", "signed_in"),
    [
        ("Head@School.Example", ADDRESS),
        ("  head@school.example ", ADDRESS),
        (ADDRESS, "HEAD@school.example"),
        (ADDRESS, " head@school.example\n"),
        ("zoë@school.example", "zoë@SCHOOL.example"),
    ],
)
def test_capitals_and_edge_spaces_do_not_matter(listed: str, signed_in: str) -> None:
    assert roles(enter(secrets(principal=[listed]), claims(email=signed_in))) == {Role.PRINCIPAL}


@pytest.mark.parametrize(
    ("listed", "signed_in"),
    [
        ("*@school.example", ADDRESS),
        ("*@school.example", "*@school.example"),
        ("@school.example", ADDRESS),
        ("school.example", ADDRESS),
        ("*", "*"),
        ("", "head@school.example"),
        ("head@school.example.evil.example", ADDRESS),
        (ADDRESS, "head@school.example.evil.example"),
        (ADDRESS, "xhead@school.example"),
        (ADDRESS, "head+pd@school.example"),
        (ADDRESS, "h.ead@school.example"),
        ("kim@school.example", "\u212aim@school.example"),
        ("strasse@school.example", "straße@school.example"),
        ("head@school.example, other@school.example", ADDRESS),
        (7, ADDRESS),
        ([ADDRESS], ADDRESS),
    ],
)
def test_nothing_but_the_exact_address_has_a_role(listed: object, signed_in: str) -> None:
    met = enter(secrets(principal=[listed]), claims(email=signed_in))
    assert title(met) == "This app is not open to you yet"


@pytest.mark.parametrize("listed", [ADDRESS, {ADDRESS: True}, None, True])
def test_what_is_no_list_lets_nobody_in(listed: object) -> None:
    assert title(enter(secrets(principal=listed))) == "This app is not open to you yet"


def test_a_role_nobody_knows_opens_nothing() -> None:
    assert title(enter(secrets(superintendent=[ADDRESS]))) == "This app is not open to you yet"


def test_a_stranger_is_told_whom_to_ask_by_role_and_no_address_but_their_own() -> None:
    met = enter(secrets(principal=["other@school.example"], coordinator=["it@school.example"]))
    assert isinstance(met, Refusal)
    text = f"{met.title} {met.says} {met.do}"
    assert f"signed in as `{ADDRESS}`" in text
    assert "technology coordinator or principal" in text
    assert "other@" not in text
    assert "it@" not in text
    assert met.offer == "sign out"


def test_a_strangers_address_is_shown_as_text_never_as_markdown() -> None:
    met = enter(secrets(), claims(email="`[x](javascript:1)`\n# @school.example"))
    assert isinstance(met, Refusal)
    assert "as `[x](javascript:1) # @school.example`, and" in met.says


def test_reviewers_are_the_counselors_unless_the_school_names_them() -> None:
    assert roles(enter(secrets(counselor=[ADDRESS]))) == {Role.COUNSELOR, Role.REVIEWER}
    named = secrets(counselor=[ADDRESS], reviewer=["other@school.example"])
    assert roles(enter(named)) == {Role.COUNSELOR}
    assert roles(enter(secrets(counselor=[ADDRESS], reviewer=[]))) == {Role.COUNSELOR}
    assert roles(enter(secrets(counselor=[], reviewer=[ADDRESS]))) == {Role.REVIEWER}


@pytest.mark.parametrize("said", [None, False, 0, "true", 1, "True"])
def test_who_is_not_signed_in_is_asked_to(said: object) -> None:
    met = enter(said=claims(is_logged_in=said))
    assert isinstance(met, Refusal)
    assert met.offer == "sign in"
    assert met.title == "Sign in to see this school"


@pytest.mark.parametrize("said", [False, "false", "true", 1, 0, "", []])
@pytest.mark.parametrize("trust", [{}, {"trust_email": True}])
def test_an_address_that_is_not_verified_is_denied(said: object, trust: dict[str, object]) -> None:
    met = enter(secrets(principal=[ADDRESS], **trust), claims(email_verified=said))
    assert title(met) == "Your e-mail address is not verified"


def test_a_null_verified_claim_is_denied_too() -> None:
    said = {**claims(), "email_verified": None}
    met = enter(secrets(principal=[ADDRESS], trust_email=True), said)
    assert title(met) == "Your e-mail address is not verified"


@pytest.mark.parametrize("trust", [None, False, "true", 1])
def test_a_missing_verified_claim_needs_trust(trust: object) -> None:
    met = enter(secrets(principal=[ADDRESS], trust_email=trust), claims(email_verified=None))
    assert title(met) == "Nobody vouches for your e-mail address"


def test_a_missing_verified_claim_with_trust_lets_in() -> None:
    trusted = secrets(principal=[ADDRESS], trust_email=True)
    assert roles(enter(trusted, claims(email_verified=None))) == {Role.PRINCIPAL}


@pytest.mark.parametrize("address", [None, "", "  ", 7, [ADDRESS]])
def test_no_address_no_entry(address: object) -> None:
    assert title(enter(said=claims(email=address))) == "Your account has no e-mail address"


def test_a_sign_in_lasts_twelve_hours_to_the_second() -> None:
    at = int(NOW.timestamp())
    assert roles(enter(said=claims(iat=at - STAYS_S + 1))) == {Role.PRINCIPAL}
    met = enter(said=claims(iat=at - STAYS_S))
    assert isinstance(met, Refusal)
    assert (met.title, met.offer) == ("Please sign in again", "sign in")


def test_a_providers_clock_may_be_ahead_by_minutes() -> None:
    at = int(NOW.timestamp())
    assert roles(enter(said=claims(iat=at + 299))) == {Role.PRINCIPAL}
    assert title(enter(said=claims(iat=at + 301))) == "Please sign in again"


ODD_TIMES = [
    *(None, True, False, "now", "", [], {}),
    *(float("nan"), float("inf"), float("-inf"), 10**400, -(10**400), 0, -1),
    *(str(int(NOW.timestamp())), NOW.timestamp() * 1000),
]


@pytest.mark.parametrize("issued", ODD_TIMES, ids=lambda v: repr(v)[:20])
def test_a_missing_or_odd_moment_of_issue_fails_closed(issued: object) -> None:
    assert title(enter(said=claims(iat=issued))) == "Please sign in again"


def test_with_auth_nothing_else_opens_a_door() -> None:
    wide_open = {**secrets(open=True), "access": {"open": True, "principal": ["x@school.example"]}}
    for on_sample in (True, False):
        for role in (None, *Role, "principal"):
            met = enter(wide_open, {}, on_sample=on_sample, view_as=role)
            assert title(met) == "Sign in to see this school"
            met = enter(wide_open, claims(), on_sample=on_sample, view_as=role)
            assert title(met) == "This app is not open to you yet"


def test_with_auth_a_wish_to_see_as_somebody_else_changes_nothing() -> None:
    for role in Role:
        assert roles(enter(secrets(counselor=[ADDRESS]), view_as=role)) == {
            Role.COUNSELOR,
            Role.REVIEWER,
        }


@pytest.mark.parametrize("claim", ["role", "roles", "groups", "view_as", "principal", "access"])
def test_no_claim_but_the_address_gives_a_role(claim: str) -> None:
    met = enter(secrets(), claims(**{claim: ["principal", ADDRESS]}))
    assert title(met) == "This app is not open to you yet"


def test_on_the_sample_and_open_one_person_tries_every_role() -> None:
    for on_sample, given_secrets in ((True, {}), (False, {"access": {"open": True}})):
        assert roles(enter(given_secrets, {}, on_sample=on_sample)) == {Role.PRINCIPAL}
        for role in (Role.PRINCIPAL, Role.PD_TEAM, Role.COUNSELOR):
            met = enter(given_secrets, {}, on_sample=on_sample, view_as=role)
            reads = {Role.REVIEWER} if role is Role.COUNSELOR else set()
            assert roles(met) == {role} | reads
            assert isinstance(met, Viewer)
            assert met.came == "on trial"
        for role in (Role.COORDINATOR, "nobody", "", 7, ["principal"]):
            assert roles(enter(given_secrets, {}, on_sample=on_sample, view_as=role)) == {
                Role.PRINCIPAL
            }


@pytest.mark.parametrize("opened", [None, False, "true", 1, ["true"]])
def test_a_real_sheet_without_auth_opens_only_on_purpose(opened: object) -> None:
    met = enter({"access": {"open": opened}}, claims())
    assert title(met) == "Nobody can sign in yet"


@pytest.mark.parametrize("name", list(AUTH))
@pytest.mark.parametrize("value", [None, "", "  ", "...", 7, []])
def test_each_missing_setting_is_named_and_opens_nothing(name: str, value: object) -> None:
    auth = {key: text for key, text in AUTH.items() if key != name}
    if value is not None:
        auth[name] = value
    met = enter({"auth": auth, "access": {"principal": [ADDRESS]}})
    assert isinstance(met, Refusal)
    assert met.title == "Sign-in is not set up yet"
    assert met.says.count("\n- ") == 1
    assert f"`{name}`" in met.says
    assert met.offer == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("redirect_uri", "seat.school.example/oauth2callback"),
        ("redirect_uri", "https://seat.school.example"),
        ("redirect_uri", "https://seat.school.example/oauth2callback/x"),
        ("cookie_secret", "short"),
        ("server_metadata_url", "login.example"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named_and_not_repeated(name: str, value: str) -> None:
    (said,) = gaps({"auth": {**AUTH, name: value}})
    assert said.startswith(f"`{name}`")
    assert value not in said


def test_an_empty_block_lacks_all_and_is_no_open_door() -> None:
    for block in ({}, "", 7, []):
        assert len(gaps({"auth": block})) == len(AUTH)
        met = enter({"auth": block, "access": {"open": True}}, on_sample=True)
        assert title(met) == "Sign-in is not set up yet"
    assert gaps({}) == ()
    assert gaps({"auth": AUTH}) == ()


def test_entries_that_let_nobody_in_are_said() -> None:
    assert doubts(secrets(principal=[ADDRESS])) == ()
    (said,) = doubts(secrets(principal=ADDRESS))
    assert said.startswith("`principal` must be a list")
    (said,) = doubts(secrets(principal=[ADDRESS], pd_team=["*@school.example"]))
    assert said.startswith("`pd_team` holds something that is not one exact address")
    assert "school.example" not in said
    assert "does nothing beside" in doubts(secrets(principal=[ADDRESS], open=True))[0]
    assert "No role has an address yet" in doubts(secrets())[0]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(
    said=st.dictionaries(
        st.sampled_from(["is_logged_in", "email", "email_verified", "iat", "sub", "exp"]), anything
    ),
    access=st.dictionaries(
        st.sampled_from([*(role.value for role in Role), "open", "trust_email"]), anything
    ),
    view_as=anything,
)
def test_whatever_comes_nobody_gets_in_who_is_not_listed(
    said: dict[str, object], access: dict[str, object], view_as: object
) -> None:
    met = enter({"auth": AUTH, "access": access}, said, on_sample=True, view_as=view_as)
    if isinstance(met, Viewer):
        listed = [v for role in Role if isinstance(v := access.get(role.value), list)]
        assert met.who.lower() in [
            each.strip().lower() for v in listed for each in v if isinstance(each, str)
        ]
        assert said["is_logged_in"] is True


def test_a_sign_in_that_was_ended_is_over_in_every_window_and_no_other() -> None:
    ended = Ended()
    first, again = claims(sub="1"), claims(sub="1", iat=int(NOW.timestamp()))
    assert not ended.has(first)
    ended.add(first, NOW)
    assert ended.has(dict(first))
    assert not ended.has(again)
    assert not ended.has({})


def test_what_was_ended_is_forgotten_when_it_would_be_over_anyway() -> None:
    ended = Ended()
    ended.add(claims(sub="1"), NOW)
    ended.add(claims(sub="2"), NOW + timedelta(seconds=STAYS_S))
    assert not ended.has(claims(sub="1"))
    assert ADDRESS not in repr(vars(ended))
