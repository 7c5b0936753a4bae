"""Which spreadsheet, and the service account that opens it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN_ENDPOINT = "https://oauth2.googleapis.com/token"  # noqa: S105  (an address)

ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?!e/)([A-Za-z0-9_-]+)")
"""The address of a spreadsheet; that of a page published from one (d/e/...) is something else."""

KEY = re.compile(r"[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True)
class Connection:
    """The ``[connections.gsheets]`` block of the secrets file, as it stands there.

    ``spreadsheet`` is an address or a bare key; ``worksheet`` the title of the form's tab, where
    given. ``account`` holds the service account's fields and never shows in a repr.
    ``is_table`` is false where something else stands in the block's place.
    """

    spreadsheet: str
    worksheet: str | None = None
    account: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    is_table: bool = True

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
    """The ``[connections.gsheets]`` block; None only where there is none. Never raises.

    A block that names no spreadsheet, or that is none, is somebody's mistake, not a wish for the
    sample school: what is wrong with it is said when the workbook is read.
    """
    connections = secrets.get("connections", {})
    if not isinstance(connections, Mapping):
        return Connection(spreadsheet="", is_table=False)
    if "gsheets" not in connections:
        return None
    block = connections["gsheets"]
    if not isinstance(block, Mapping):
        return Connection(spreadsheet="", is_table=False)
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
