"""Viewers for tests: one of each role, and what a provider says of somebody."""

from datetime import UTC, datetime

from lib.access import Role, Viewer

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ADDRESS = "head@school.example"
AUTH = {
    "redirect_uri": "https://seat.school.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "seat",
    "client_secret": "not a real one",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}


def viewer(*roles: Role) -> Viewer:
    return Viewer(frozenset(roles), ADDRESS)


def claims(**other: object) -> dict[str, object]:
    """A fresh sign-in with a verified address; ``other`` on top, None to leave a claim out."""
    said: dict[str, object] = {
        "is_logged_in": True,
        "email": ADDRESS,
        "email_verified": True,
        "iat": int(NOW.timestamp()) - 60,
        **other,
    }
    return {name: value for name, value in said.items() if value is not None}


def secrets(**access: object) -> dict[str, object]:
    return {"auth": AUTH, "access": access}
