"""Which spreadsheet, and the service account that opens it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lib.workbook.protocol import WorkbookProblem

TOKEN_ENDPOINT = "https://oauth2.googleapis.com/token"  # noqa: S105  (an address)

ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?!e/)([A-Za-z0-9_-]+)")
"""The address of a spreadsheet; that of a page published from one (d/e/...) is something else."""

KEY = re.compile(r"[A-Za-z0-9_-]{20,}")
"""A spreadsheet's key alone, as the address holds it."""


@dataclass(frozen=True)
class Connection:
    """The ``[connections.gsheets]`` block of the secrets file, as it stands there.

    ``spreadsheet`` is an address or a bare key; ``worksheet`` the title of the form's tab, where
    given. ``account`` holds the service account's fields and never shows in a repr.
    """

    spreadsheet: str
    worksheet: str | None = None
    account: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def key(self) -> str | None:
        """The spreadsheet's key; None when ``spreadsheet`` is neither an address nor a key."""
        match = ADDRESS.search(self.spreadsheet)
        if match:
            return match.group(1)
        return self.spreadsheet if KEY.fullmatch(self.spreadsheet) else None

    @property
    def client_email(self) -> str:
        """The address that the spreadsheet must be shared with; empty when it is missing."""
        return dict(self.account).get("client_email", "")


def connection(secrets: Mapping[str, Any]) -> Connection | None:
    """The ``[connections.gsheets]`` block; None where nothing speaks of a school of one's own.

    Raises WorkbookProblem where a connection is named by another line or is no block, and where
    roles are given with neither connection nor sign-in: that is somebody's mistake, not a wish
    for the sample school. What is wrong within the block is said when the workbook is read.
    """
    if "connections" not in secrets:
        if "auth" not in secrets and _names_somebody(secrets.get("access", {})):
            raise _mistake("[access] gives roles, but there is no connection to a spreadsheet.")
        return None
    connections = secrets["connections"]
    if not isinstance(connections, Mapping):
        raise _mistake("`connections` stands in the file, but not as a block of lines.")
    if "gsheets" not in connections:
        blocks = [name for name, held in connections.items() if isinstance(held, Mapping)]
        named = f"[connections.{_shown(blocks[0])}]" if blocks else "[connections]"
        raise _mistake(f"{named} is not the connection that the app looks for.")
    block = connections["gsheets"]
    if not isinstance(block, Mapping):
        raise _mistake("`gsheets` stands under [connections], but not as a block of lines.")
    account = {
        str(name): str(value)
        for name, value in block.items()
        if name not in ("spreadsheet", "worksheet")
    }
    # A key that came through an environment variable or single quotes has its line ends spelled.
    account["private_key"] = account.get("private_key", "").replace("\\n", "\n")
    account.setdefault("token_uri", TOKEN_ENDPOINT)
    return Connection(
        spreadsheet=str(block.get("spreadsheet") or "").strip(),
        worksheet=str(block.get("worksheet") or "").strip() or None,
        account=tuple(sorted(account.items())),
    )


def _names_somebody(access: object) -> bool:
    """Whether ``[access]`` holds more than ``open = true``, with which one tries the sample."""
    return not isinstance(access, Mapping) or bool(set(access) - {"open"})


def _shown(name: object) -> str:
    """A name from the file, short enough to stand in a sentence."""
    return str(name)[:40]


def _mistake(says: str) -> WorkbookProblem:
    return WorkbookProblem(
        f"In .streamlit/secrets.toml {says}",
        "Write the line [connections.gsheets] into it, and under it spreadsheet and the service "
        "account's fields, a line each, as in .streamlit/secrets.example.toml.",
    )
