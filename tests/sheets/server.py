"""A stand-in for Google: token endpoint and Sheets API v4 behind a TLS-ending proxy.

gspread and google-auth run unmodified, in this process or another: the environment variables of
``environment()`` lead them here. State lives in memory; use ``spreadsheet(key)`` to look at it
and to do what people and the form do.
"""

import json
import ssl
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import trustme

from tests.sheets import api, errors
from tests.sheets.errors import ApiError
from tests.sheets.grid import LOCK, Cell, Spreadsheet
from tests.sheets.oauth import Account, Token, TokenEndpoint, make_account
from tests.sheets.proxy import HOSTS, Answer, Proxy, Request

EMAIL = "seat@a-school.iam.gserviceaccount.com"
SCOPE = "https://www.googleapis.com/auth/spreadsheets"
JSON = {"Content-Type": "application/json; charset=UTF-8"}


@dataclass
class Fault:
    """Something that goes wrong with the next ``times`` requests of an operation.

    ``on``: get, values, batchGet, append, update, batchUpdate, token, or "" for any call of the
    API. ``status`` answers with that status and ``body`` (None: Google's own error body; text: an
    HTML page). ``breaks`` as in ``Answer``. With ``applied`` the request is carried out first.
    ``run`` is called before anything else; alone, the request then goes on as usual.
    """

    on: str = ""
    status: int = 0
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks: str = ""
    seconds: float = 60.0
    applied: bool = False
    run: Callable[[], object] | None = None
    times: int = 1
    after: int = 0


@dataclass(frozen=True)
class Entry:
    """One request in the log; ``bytes`` is the size of the answer's body."""

    operation: str
    method: str
    path: str
    query: str
    status: int
    bytes: int
    at: float


class SheetsServer:
    def __init__(self) -> None:
        authority = trustme.CA()
        contexts = {}
        for host in HOSTS:
            contexts[host] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(host).configure_cert(contexts[host])
        self._folder = tempfile.TemporaryDirectory(prefix="sheets-")
        self.ca_file = Path(self._folder.name) / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca_file))
        self._proxy = Proxy(contexts, self._answer)
        self._thread = threading.Thread(
            target=self._proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.account: Account = make_account(EMAIL)
        self.reset()

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._proxy.stopping = True
        self._proxy.shutdown()
        self._proxy.server_close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def reset(self) -> None:
        """Forget everything, so that one server can serve many tests."""
        with LOCK:
            self.tokens = TokenEndpoint()
            self.tokens.accounts[self.account.email] = self.account
            self._sheets: dict[str, Spreadsheet] = {}
            self._faults: list[Fault] = []
            self.log: list[Entry] = []
            self.elsewhere: list[Entry] = []
            self.api_enabled = True
            self.reads_per_minute = 0
            self.writes_per_minute = 0
            self._calls: dict[str, deque[float]] = {"Read": deque(), "Write": deque()}

    # What tests set up

    def add_spreadsheet(
        self, key: str, tabs: Mapping[str, Sequence[Sequence[Any]]], *, shared: bool = True
    ) -> Spreadsheet:
        """Make a spreadsheet; ``tabs`` maps titles to rows, headers included."""
        sheet = Spreadsheet(key, [])
        for number, (title, rows) in enumerate(tabs.items()):
            sheet.add_tab(title, rows, sheet_id=0 if number == 0 else None)
        if shared:
            sheet.share(self.account.email)
        self._sheets[key] = sheet
        return sheet

    def spreadsheet(self, key: str) -> Spreadsheet:
        return self._sheets[key]

    def fault(self, fault: Fault) -> None:
        """Let something go wrong from the next fitting request on; faults come in order."""
        with LOCK:
            self._faults.append(fault)

    def clear_faults(self) -> None:
        with LOCK:
            self._faults.clear()

    def expire_tokens(self) -> None:
        """All tokens given out so far stop working."""
        with LOCK:
            self.tokens.tokens.clear()

    def secrets(self, key: str, **more: str) -> dict[str, Any]:
        """What st.secrets holds for a spreadsheet; ``more`` adds or replaces fields."""
        block = {"spreadsheet": key, **self.account.fields(), **more}
        return {"connections": {"gsheets": block}}

    def secrets_toml(self, key: str, **more: str) -> str:
        """The [connections.gsheets] block of a secrets.toml."""
        block = self.secrets(key, **more)["connections"]["gsheets"]
        lines = [f"{name} = {json.dumps(value)}" for name, value in block.items()]
        return "\n".join(["[connections.gsheets]", *lines, ""])

    def environment(self) -> dict[str, str]:
        """What leads requests, and all that is built on it, to this server and nowhere else."""
        proxy = f"http://127.0.0.1:{self._proxy.server_address[1]}"
        local = "127.0.0.1,localhost"
        return {
            "HTTPS_PROXY": proxy,
            "https_proxy": proxy,
            "NO_PROXY": local,
            "no_proxy": local,
            "REQUESTS_CA_BUNDLE": str(self.ca_file),
        }

    # What tests look at

    def operations(self) -> list[str]:
        """The calls of the API so far, in order, without sign-ins."""
        return [entry.operation for entry in self.log if entry.operation != "token"]

    def count(self, *operations: str) -> int:
        return sum(entry.operation in operations for entry in self.log)

    @property
    def reads(self) -> int:
        return self.count(*api.READS)

    @property
    def writes(self) -> int:
        return self.count(*api.WRITES)

    @property
    def bytes(self) -> int:
        """The size of all answers' bodies."""
        return sum(entry.bytes for entry in self.log)

    # How requests are answered

    def _answer(self, request: Request) -> Answer:
        operation, arguments = _operation(request)
        with LOCK:
            fault = self._next_fault(operation)
            if fault is not None and fault.run is not None:
                fault.run()
            plain = fault is None or not (fault.status or fault.breaks)
            if plain or (fault is not None and fault.applied):
                status, body = self._carry_out(operation, arguments, request)
            else:
                status, body = 200, {}
        answer = Answer(status, json.dumps(body).encode(), JSON)
        if fault is not None and not plain:
            answer = _spoilt(fault, answer)
        with LOCK:
            log = self.elsewhere if operation == "other" else self.log
            log.append(
                Entry(
                    operation,
                    request.method,
                    request.path,
                    request.query,
                    answer.status,
                    len(answer.body),
                    time.monotonic(),
                )
            )
        return answer

    def _next_fault(self, operation: str) -> Fault | None:
        for fault in self._faults:
            any_call = not fault.on and operation in api.READS | api.WRITES
            if fault.times and (any_call or fault.on == operation):
                if fault.after:
                    fault.after -= 1
                    return None
                fault.times -= 1
                return fault
        return None

    def _carry_out(
        self, operation: str, arguments: tuple[str, ...], request: Request
    ) -> tuple[int, Any]:
        if operation == "token":
            return self.tokens.answer(request.body)
        try:
            return 200, self._call(operation, arguments, request)
        except ApiError as error:
            return error.code, error.body

    def _call(self, operation: str, arguments: tuple[str, ...], request: Request) -> Any:
        token = self._token(request)
        if operation not in api.READS | api.WRITES:
            raise ApiError(404, errors.NOT_FOUND)
        if not self.api_enabled:
            raise errors.disabled()
        if SCOPE not in token.scopes:
            raise errors.narrow_scope()
        self._count_quota("Read" if operation in api.READS else "Write")
        key, *rest = arguments
        sheet = self._sheets.get(key)
        if sheet is None:
            raise ApiError(404, errors.NOT_FOUND)
        role = sheet.shared_with.get(token.email)
        if role is None or (role == "reader" and operation in api.WRITES):
            raise ApiError(403, errors.PERMISSION_DENIED)
        return api.perform(operation, sheet, tuple(rest), request.query, request.body)

    def _token(self, request: Request) -> Token:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if "authorization" not in headers:
            raise errors.no_token()
        token = self.tokens.owner(headers["authorization"])
        if token is None:
            raise errors.bad_token()
        return token

    def _count_quota(self, kind: str) -> None:
        limit = self.reads_per_minute if kind == "Read" else self.writes_per_minute
        calls, now = self._calls[kind], time.monotonic()
        while calls and calls[0] < now - 60:
            calls.popleft()
        if limit and len(calls) >= limit:
            raise errors.quota(kind, limit)
        calls.append(now)


def _operation(request: Request) -> tuple[str, tuple[str, ...]]:
    if request.host == "oauth2.googleapis.com" and request.path == "/token":
        return "token", ()
    if request.host == "sheets.googleapis.com":
        found = api.route(request.method, request.path)
        if found:
            return found
    return "other", ()


def _spoilt(fault: Fault, answer: Answer) -> Answer:
    """The answer that a fault makes of a good one."""
    if fault.breaks:
        return Answer(
            answer.status, answer.body, answer.headers, breaks=fault.breaks, seconds=fault.seconds
        )
    if fault.body is not None:
        headers = {"Content-Type": "text/html; charset=UTF-8", **fault.headers}
        return Answer(fault.status, fault.body.encode(), headers)
    if fault.status == 429:
        body = errors.quota("Read", 60).body
    else:
        body = errors.body(fault.status, "Internal error encountered.")
    return Answer(fault.status, json.dumps(body).encode(), {**JSON, **fault.headers})


def answers(count: int, columns: Sequence[Cell], first: float = 46_000.0) -> list[list[Cell]]:
    """``count`` response rows: a timestamp a minute apart, then the given cells."""
    return [[first + number / 1440, *columns] for number in range(count)]
