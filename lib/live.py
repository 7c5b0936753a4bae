"""What pages ask: the school of this process, its students' page, its health, its decisions.

One ``Live`` a connection serves the whole process.
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from lib import intake, lastgood
from lib.access import Data, Viewer, decide, see
from lib.admission import Ended, doubts, gaps
from lib.behind import Tested
from lib.digest import StudentsPage
from lib.evidence.again import Remake
from lib.plan import again
from lib.reader import Health, Live
from lib.school import Understanding
from lib.view import View
from lib.workbook import Event, WorkbookProblem
from lib.workbook.connect import Connection, connection, open_workbook

_LOOK_EVERY_S = 1.0

logger = logging.getLogger(__name__)


class _Slot:
    """The one school of this process; a changed configuration takes the place of the old one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[tuple[Connection | None, str], Live] | None = None

    def get(self, where: Connection | None, sample_file: str) -> Live:
        with self._lock:
            if self._held is None or self._held[0] != (where, sample_file):
                workbook = open_workbook(where, sample_file)
                copy = lastgood.place(where.key, sample_file) if where and where.key else None
                self._held = ((where, sample_file), Live(workbook, workbook.clock, copy))
            return self._held[1]

    def empty(self) -> None:
        with self._lock:
            self._held = None


_slot = _Slot()
ended = Ended()
"""The sign-ins that were ended. Here, because the frame is a script that is run from the top."""


def secrets() -> Mapping[str, object]:
    """The secrets file as a plain mapping; empty when there is none.

    Raises WorkbookProblem when the file is there and cannot be read.
    """
    try:
        return st.secrets.to_dict()
    except (StreamlitSecretNotFoundError, UnicodeDecodeError, OSError) as error:
        if getattr(error, "error_id", "") == "no-secrets-found":
            return {}
        # Not chained: what a parser says of this file may quote a key.
        raise WorkbookProblem(
            "The file .streamlit/secrets.toml cannot be read.",
            "Compare it with .streamlit/secrets.example.toml: each text needs quotes around it, "
            "and the file must be saved as plain UTF-8, without a byte order mark.",
        ) from None


def live() -> Live:
    """The school this app is connected to. Raises WorkbookProblem."""
    return _slot.get(connection(secrets()), os.environ.get("SEAT_WORKBOOK", ""))


def school(viewer: Viewer) -> View:
    """What this viewer may know now. Raises WorkbookProblem when there is no copy at all."""
    see(viewer, Data.STATUS)
    return View(live().school(), viewer)


def students_page() -> StudentsPage | None:
    """The students' page from memory; None while there is no copy of the workbook at all."""
    try:
        return live().students_page()
    except WorkbookProblem:
        return None


def record(events: Sequence[Event], viewer: Viewer) -> None:
    """Save this viewer's decisions and show them from now on. Raises WorkbookProblem, Denied."""
    decide(viewer, events)
    live().record(events)


def preview(corrections: Sequence[intake.Correction], viewer: Viewer) -> Understanding:
    """How the form would be read with these corrections on top. Saves nothing."""
    see(viewer, Data.READING)
    return live().preview(corrections)


def remakes(viewer: Viewer) -> tuple[Remake, ...]:
    """The frozen waves that would be printed otherwise as the form is read now; no figure."""
    see(viewer, Data.READING)
    return tuple(replace(remake, made=None) for remake in live().behind.remakes())


def make_again(viewer: Viewer, *, who: str, at: datetime) -> Sequence[Event]:
    """The next edition of each wave that may be made again. Raises Denied, PlanProblem."""
    rows = again.make_again(live().behind.remakes(), who=who, at=at)
    decide(viewer, rows)
    return rows


def self_test(viewer: Viewer, note: Callable[[float, str], object]) -> None:
    """Attack what is published now, and tell ``note`` how far it is (a share of 1, and what).

    Raises WorkbookProblem where there are no answers to check against.
    """
    see(viewer, Data.SELF_TEST)
    live().behind.self_test(note)


def tested(viewer: Viewer) -> Tested | None:
    """The last self-test's report, if it is of what is published now."""
    see(viewer, Data.SELF_TEST)
    return live().behind.tested


def service_account(viewer: Viewer) -> str:
    """The address that the spreadsheet must be shared with; "" on the sample."""
    see(viewer, Data.FORM)
    where = connection(secrets())
    return where.client_email if where else ""


def moment() -> datetime:
    """Now as events are stamped: aware, UTC."""
    return live().moment()


def refresh(viewer: Viewer) -> None:
    """Read the workbook again, whatever its age. Raises WorkbookProblem when setup is broken."""
    see(viewer, Data.READING)
    live().refresh()


def lacking() -> tuple[str, ...]:
    """What is missing or in doubt in the settings of sign-in, a sentence each; no value in them."""
    try:
        found = secrets()
    except WorkbookProblem as problem:
        return (problem.says,)
    return (*gaps(found), *doubts(found))


def first_reading() -> tuple[int, int] | None:
    """As ``Live.first_reading``. Raises WorkbookProblem when setup is broken."""
    return live().first_reading()


def on_sample() -> bool:
    """Whether the fictional school is shown. Raises WorkbookProblem when setup is broken."""
    return connection(secrets()) is None


def health() -> Health:
    """Whether reading works. Never raises."""
    try:
        return live().health()
    except WorkbookProblem:
        return Health("failing", "none", None)


def forget() -> None:
    """Drop every copy: the next look reads the workbook anew. For a changed configuration."""
    _slot.empty()


def keep_in_step() -> Callable[[], None]:
    """Look every few seconds while the server runs; returns what stops it.

    So a withdrawn students' page is gone from every copy of the app within 30 seconds, even if
    nobody looked.
    """
    stopped = threading.Event()

    def turn() -> None:
        while not stopped.wait(_LOOK_EVERY_S):
            try:
                live().look()
            except WorkbookProblem:
                continue  # said on every page and in /healthz
            except Exception as error:  # noqa: BLE001  (it has to look again, whatever happens)
                logger.warning("keeping in step failed: %s", type(error).__name__)

    threading.Thread(target=turn, name="keep-in-step", daemon=True).start()
    return stopped.set
