"""Who somebody is: from the secrets file, the provider's claims and the time. Nothing else.

No query parameter, header, cookie or session value is asked. Streamlit checks the provider's
token (signature, audience, expiry, nonce) when it is issued and keeps its claims in a signed
cookie for 30 days; what may be done with them is decided here, anew on every run of a page.
"""

import hashlib
import secrets as chance
import threading
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from lib.access import ROLE_WORDS, Refusal, Role, Viewer
from lib.text import join_words

STAYS_S = 12 * 60 * 60
"""How long a sign-in lasts, from the moment its token was issued."""

_CLOCKS_DIFFER_S = 5 * 60
"""How far a provider's clock may be ahead of ours."""

_SECRET_AT_LEAST = 32
"""Characters of a cookie secret."""

_PLACEHOLDER = "..."
_LOWER = str.maketrans({chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)})

TRIAL_ROLES = (Role.PRINCIPAL, Role.PD_TEAM, Role.COUNSELOR)
"""Whose eyes one can see with on trial; the first is where one starts."""

SAMPLE_NOTICE = "This is a fictional school. Try anything: what you decide stays on this computer."
OPEN_NOTICE = (
    "Open to everybody who can reach this address: `[access] open = true` is set. "
    "Use it on your own computer only."
)
WHOM_TO_ASK = "Ask your school's technology coordinator or principal"


def admit(
    secrets: Mapping[str, object],
    *,
    on_sample: bool,
    claims: Mapping[str, object],
    now: datetime,
    view_as: object = None,
) -> Viewer | Refusal:
    """Decide who the visitor is.

    With an ``[auth]`` block, whatever else is set, they are who the provider's ``claims`` say, at
    ``now`` (aware). Without one, the sample and ``[access] open = true`` let one person try every
    role of ``TRIAL_ROLES``: ``view_as`` is their choice, read on trial alone.
    """
    if "auth" in secrets:
        missing = gaps(secrets)
        return _not_set_up(missing) if missing else _signed_in(secrets, claims, now)
    if on_sample:
        return _on_trial(view_as, "sample visitor", SAMPLE_NOTICE)
    if _table(secrets, "access").get("open") is True:
        return _on_trial(view_as, "open trial", OPEN_NOTICE)
    return Refusal(
        "Nobody can sign in yet",
        "A spreadsheet is connected, but nothing says who may see its results.",
        "To try it on your own computer, add `open = true` under `[access]` in "
        "`.streamlit/secrets.toml`. For a school, see the guide to sign-in, `docs/sign-in.md`.",
    )


def on_trial(secrets: Mapping[str, object], *, on_sample: bool) -> bool:
    """Whether anybody who comes is let in to try things: never beside ``[auth]``."""
    access = _table(secrets, "access")
    return "auth" not in secrets and (on_sample or access.get("open") is True)


def _on_trial(view_as: object, who: str, notice: str) -> Viewer:
    chosen = next((role for role in TRIAL_ROLES if role == view_as), TRIAL_ROLES[0])
    # One person tries the whole chain: as by default, the counselor also reads comments first.
    reads = {Role.REVIEWER} if chosen is Role.COUNSELOR else frozenset()
    return Viewer(frozenset({chosen, *reads}), who, notice, "on trial")


def _signed_in(
    secrets: Mapping[str, object], claims: Mapping[str, object], now: datetime
) -> Viewer | Refusal:
    if claims.get("is_logged_in") is not True:
        return SIGN_IN
    if not _fresh(claims.get("iat"), now):
        return SIGN_IN_AGAIN
    address = claims.get("email")
    if not isinstance(address, str) or not address.strip():
        return _NO_ADDRESS
    access = _table(secrets, "access")
    verified = claims.get("email_verified")
    if "email_verified" not in claims and access.get("trust_email") is not True:
        return _NOT_SAID
    if "email_verified" in claims and verified is not True:
        return _NOT_VERIFIED
    roles = _roles(access, address)
    if not roles:
        return Refusal(
            "This app is not open to you yet",
            f"You are signed in as {_shown(address)}, and no role at this school is given to that "
            "address.",
            f"{WHOM_TO_ASK} to add you. Signed in with the wrong account? Sign out, then sign in "
            "with the other one.",
            "sign out",
        )
    named = join_words([words for role, words in ROLE_WORDS.items() if role in roles])
    return Viewer(roles, address.strip(), f"Signed in as {_shown(address)}: {named}.")


def _fresh(issued: object, now: datetime) -> bool:
    """Whether a token's ``iat`` (seconds since 1970) lies within the last 12 hours.

    Anything but a number fails, and so does a time to come: a provider's clock may be ahead by
    minutes, not more.
    """
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return False
    # Compared, not subtracted: a whole number may be too long for a float, and NaN is in no span.
    at = now.timestamp()
    return at - STAYS_S < issued <= at + _CLOCKS_DIFFER_S


def _roles(access: Mapping[str, object], address: str) -> frozenset[Role]:
    """The roles whose list holds exactly this address. Reviewers are the counselors by default."""
    lists = {role: access.get(role.value) for role in Role}
    if Role.REVIEWER.value not in access:
        lists[Role.REVIEWER] = lists[Role.COUNSELOR]
    own = _as_compared(address)
    return frozenset(
        role
        for role, listed in lists.items()
        if isinstance(listed, list)
        and own in {_as_compared(each) for each in listed if _is_address(each)}
    )


def _as_compared(address: str) -> str:
    """An address as it is compared: without edge spaces, its A to Z small.

    Only those letters: other alphabets fold into one another (the Kelvin sign into k, ß into ss),
    and two people must never share a role because their addresses look alike.
    """
    return address.strip().translate(_LOWER)


def _shown(address: str) -> str:
    """An address as Markdown's code: shown letter by letter, no link, no markup of its own."""
    return f"`{' '.join(address.replace('`', ' ').split())}`"


def _is_address(text: object) -> bool:
    """Whether an entry of ``[access]`` is one exact address: a pattern or a domain matches none."""
    if not isinstance(text, str):
        return False
    name, at, domain = text.strip().partition("@")
    plain = not any(sign in text.strip() for sign in "*?%, ;")
    return bool(name and at and domain) and "@" not in domain and plain


def gaps(secrets: Mapping[str, object]) -> tuple[str, ...]:
    """What is missing in ``[auth]``, a sentence for each setting; () without the block.

    Said on the page and in the log at the start; values are never repeated.
    """
    if "auth" not in secrets:
        return ()
    auth = _table(secrets, "auth")
    missing = [f"`{name}`: {what}" for name, what in _SETTINGS.items() if not _text(auth, name)]
    back = _text(auth, "redirect_uri")
    if back and not (_is_web(back) and urlsplit(back).path.endswith("/oauth2callback")):
        missing.append(f"`redirect_uri`: {_SETTINGS['redirect_uri']}")
    if 0 < len(_text(auth, "cookie_secret")) < _SECRET_AT_LEAST:
        missing.append(f"`cookie_secret`: {_SETTINGS['cookie_secret']}")
    if (found := _text(auth, "server_metadata_url")) and not _is_web(found):
        missing.append(f"`server_metadata_url`: {_SETTINGS['server_metadata_url']}")
    return tuple(missing)


def doubts(secrets: Mapping[str, object]) -> tuple[str, ...]:
    """What in ``[access]`` gives nobody a role, though somebody meant it to; a sentence each."""
    access = _table(secrets, "access")
    said = []
    for role in Role:
        listed = access.get(role.value, [])
        if not isinstance(listed, list):
            said.append(f"`{role.value}` must be a list: addresses in quotes, within brackets.")
        elif not all(_is_address(each) for each in listed):
            said.append(
                f"`{role.value}` holds something that is not one exact address. Patterns and "
                "whole domains let nobody in."
            )
    if "auth" in secrets and access.get("open") is True:
        said.append("`open = true` does nothing beside `[auth]`; take it out.")
    if "auth" in secrets and not any(access.get(role.value) for role in Role):
        said.append("No role has an address yet, so nobody who signs in sees anything.")
    return tuple(said)


_SETTINGS = {
    "redirect_uri": "the address of this app followed by `/oauth2callback`",
    "cookie_secret": f"a random text of at least {_SECRET_AT_LEAST} signs",
    "client_id": "as your provider shows it for this app",
    "client_secret": "as your provider shows it for this app",
    "server_metadata_url": "your provider's address, ending in `openid-configuration`",
}


def _not_set_up(missing: tuple[str, ...]) -> Refusal:
    return Refusal(
        "Sign-in is not set up yet",
        "The block `[auth]` in `.streamlit/secrets.toml` lacks:\n\n"
        + "\n".join(f"- {each}" for each in missing),
        "For the technology coordinator: `docs/sign-in.md` says where to find each. The "
        "students' page is not affected.",
    )


def _text(table: Mapping[str, object], name: str) -> str:
    """A setting that is filled in; "" for one that is not, or still holds the example's dots."""
    value = table.get(name)
    said = value.strip() if isinstance(value, str) else ""
    return "" if said == _PLACEHOLDER else said


def _is_web(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("https", "http") and bool(parts.netloc)


def _table(secrets: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = secrets.get(name)
    return found if isinstance(found, Mapping) else {}


SIGN_IN = Refusal(
    "Sign in to see this school",
    "Results and plans are for the staff whom this school has named.",
    "Should this page come back after you signed in, your account's answer was not accepted: "
    "tell your school's technology coordinator.",
    "sign in",
)
SIGN_IN_AGAIN = Refusal(
    "Please sign in again",
    "A sign-in lasts 12 hours, and yours is over.",
    "Nothing you saved is lost.",
    "sign in",
)
_NO_ADDRESS = Refusal(
    "Your account has no e-mail address",
    "Roles are given by e-mail address, and your sign-in came without one.",
    f"{WHOM_TO_ASK} which account to use.",
    "sign out",
)
_NOT_VERIFIED = Refusal(
    "Your e-mail address is not verified",
    "Your provider says that it has not checked whether the address is yours.",
    "Verify it with your provider, sign out here, and sign in again.",
    "sign out",
)
_NOT_SAID = Refusal(
    "Nobody vouches for your e-mail address",
    "Your provider does not say whether it has checked that the address is yours.",
    "For the technology coordinator: if your provider gives addresses to its own accounts only, "
    "add `trust_email = true` under `[access]`; `docs/sign-in.md` says when that is safe.",
    "sign out",
)


class Ended:
    """Sign-ins that were ended here, so that other windows of the same browser end with them.

    Streamlit forgets the person in one window only. Kept as keyed fingerprints, for as long as
    the sign-in would have lasted, in this process alone.
    """

    def __init__(self) -> None:
        self._key = chance.token_bytes(32)
        self._until: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def add(self, claims: Mapping[str, object], now: datetime) -> None:
        """Note that this sign-in is over."""
        at = now.timestamp()
        with self._lock:
            self._until = {mark: until for mark, until in self._until.items() if until > at}
            self._until[self._mark(claims)] = at + STAYS_S

    def has(self, claims: Mapping[str, object]) -> bool:
        """Whether this sign-in was ended."""
        return self._mark(claims) in self._until

    def _mark(self, claims: Mapping[str, object]) -> bytes:
        which = repr([claims.get(name) for name in ("iss", "sub", "email", "iat", "nonce")])
        return hashlib.blake2b(which.encode(), key=self._key, digest_size=16).digest()
