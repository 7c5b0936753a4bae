"""What pages ask: the school of this process, its students' page, its health, its decisions.

One ``Live`` a connection serves the whole process. Whatever takes a ``Viewer`` raises ``Denied``
where it is not theirs (``lib.access``).
"""

import os
import threading
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import secrets_singleton

from lib import intake, lastgood
from lib.access import Data, Denied, Viewer, decide, see
from lib.admission import Ended, on_trial
from lib.behind import Tested
from lib.evidence.again import Remake
from lib.hearing import Hearing
from lib.plan import again
from lib.publish.sent import StudentsPage
from lib.reader import Health, Live
from lib.school import Understanding
from lib.view import View
from lib.voices.half_held import Own
from lib.voices.review import referral
from lib.workbook import Event, WorkbookProblem, tabs
from lib.workbook.connect import Connection, connection, open_workbook


class _Presses:
    """What the last presses of buttons did, by the token that was drawn with them.

    A second press ends the run of the first one before it can say that it was done.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: dict[str, str] = {}

    def add(self, token: str, then: str) -> None:
        with self._lock:
            self._done[token] = then
            while len(self._done) > _PRESSES:
                del self._done[next(iter(self._done))]

    def get(self, token: str) -> str | None:
        with self._lock:
            return self._done.get(token)


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

    @property
    def held(self) -> Live | None:
        held = self._held
        return held[1] if held else None

    def empty(self) -> None:
        with self._lock:
            self._held = None


_PRESSES = 500

_slot = _Slot()
presses = _Presses()
"""Here, and not in the frame: see ``ended``."""
ended = Ended()
"""The sign-ins that were ended. Here, because the frame is a script that is run from the top."""


def secrets() -> Mapping[str, object]:
    """The secrets file as a plain mapping; empty when there is none.

    Read here and not by Streamlit, whose watcher ends with the first broken file: a door that is
    closed in the file must close at once. Raises WorkbookProblem when the file is there and cannot
    be read.
    """
    places = [Path(name) for name in config.get_option("secrets.files")]
    try:
        if st.secrets is not secrets_singleton or any(place.is_dir() for place in places):
            return st.secrets.to_dict()
        found = _parsed(
            tuple((f, f.stat().st_mtime_ns, f.stat().st_size) for f in places if f.exists())
        )
    except (
        StreamlitSecretNotFoundError,
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        OSError,
    ) as e:
        if getattr(e, "error_id", "") == "no-secrets-found":
            return {}
        # Not chained: what a parser says of this file may quote a key.
        raise WorkbookProblem(
            "The file .streamlit/secrets.toml cannot be read.",
            "Compare it with .streamlit/secrets.example.toml: each text needs quotes around it, "
            "and the file must be saved as plain UTF-8, without a byte order mark.",
        ) from None
    _doors.hold(found)
    return found


class _Doors:
    """What this process has once read of the secrets file and does not let go by itself.

    A file that is just being saved is empty for a moment: no door may open on that.
    """

    def __init__(self) -> None:
        self._closed: set[str] = set()

    def hold(self, found: Mapping[str, object]) -> None:
        for name in ("connections", "auth"):
            if name in found:
                self._closed.add(name)
            elif name in self._closed:
                raise WorkbookProblem(
                    f"The secrets file holds no [{name}] any more.",
                    "Put it back. To run the app without it, start the app again.",
                )

    def forget(self) -> None:
        self._closed.clear()


_doors = _Doors()


@lru_cache(maxsize=4)
def _parsed(files: tuple[tuple[Path, int, int], ...]) -> Mapping[str, object]:
    """The files' settings, the later file's in place of the earlier one's; anew when one changes.

    ``files``: each with the time of its last change (ns) and its size (bytes).
    """
    found: dict[str, object] = {}
    for path, _, _ in files:
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def live() -> Live:
    """The school this app is connected to. Raises WorkbookProblem."""
    return _slot.get(connection(secrets()), os.environ.get("SEAT_WORKBOOK", ""))


def _for(viewer: Viewer) -> Live:
    """The school for somebody who was let in, by one reading of the settings. Raises Denied.

    Settings may have changed since a trial's visitor was let in: then they are in no longer.
    """
    found = secrets()
    where = connection(found)
    if viewer.came == "on trial" and not on_trial(found, on_sample=where is None):
        raise Denied("The app's settings have just changed.")
    return _slot.get(where, os.environ.get("SEAT_WORKBOOK", ""))


def held() -> Live | None:
    """The school this process has looked at last, if any. Takes no lock and reads no file."""
    return _slot.held


def school(viewer: Viewer) -> View:
    """What this viewer may know now. Raises WorkbookProblem when there is no copy at all."""
    see(viewer, Data.STATUS)
    return View(_for(viewer).school(), viewer)


def voices(viewer: Viewer) -> Hearing | None:
    """What this viewer may know of what is said in words.

    None while comments are read for the first time. Raises WorkbookProblem.
    """
    see(viewer, Data.STATUS)
    own = _for(viewer)
    desk = own.listen()
    return Hearing(desk, own.school(), viewer, own.moment()) if desk else None


def half_held(viewer: Viewer) -> Own:
    """The panels that this viewer is holding: a reload must not lose what a room has said."""
    see(viewer, Data.CONVERSATIONS)
    return _for(viewer).half_held.own(viewer.who)


def students_page() -> StudentsPage | None:
    """The students' page from memory, at once; None while there is no copy of the workbook.

    ``lib.step`` renews it.
    """
    school = held()
    return school.students_page() if school else None


def record(events: Sequence[Event], viewer: Viewer) -> None:
    """Save this viewer's decisions and show them from now on. Raises WorkbookProblem, Denied."""
    decide(viewer, events)
    own = _for(viewer)
    if any(event.tab == tabs.REVIEWS for event in events):
        reviewed = own.school().of(tabs.REVIEWS)
        decide(viewer, events, {i for i, record in reviewed.items() if referral(record)})
    own.record(events)


def preview(corrections: Sequence[intake.Correction], viewer: Viewer) -> Understanding:
    """How the form would be read with these corrections on top. Saves nothing."""
    see(viewer, Data.READING)
    return _for(viewer).preview(corrections)


def remakes(viewer: Viewer) -> tuple[Remake, ...]:
    """The frozen waves that would be printed otherwise as the form is read now; no figure."""
    see(viewer, Data.READING)
    return tuple(replace(remake, made=None) for remake in _for(viewer).behind.remakes())


def make_again(viewer: Viewer, *, who: str, at: datetime) -> Sequence[Event]:
    """The next edition of each wave that may be made again. Raises Denied, DecisionProblem."""
    rows = again.make_again(_for(viewer).behind.remakes(), who=who, at=at)
    decide(viewer, rows)
    return rows


def self_test(viewer: Viewer, note: Callable[[float, str], object]) -> None:
    """Attack what is published now, and tell ``note`` how far it is (a share of 1, and what).

    Raises WorkbookProblem where there are no answers to check against.
    """
    see(viewer, Data.SELF_TEST)
    _for(viewer).behind.self_test(note)


def tested(viewer: Viewer) -> Tested | None:
    """The last self-test's report, if it is of what is published now."""
    see(viewer, Data.SELF_TEST)
    return _for(viewer).behind.tested


def service_account(viewer: Viewer) -> str:
    """The address that the spreadsheet must be shared with; "" on the sample."""
    see(viewer, Data.FORM)
    where = connection(secrets())
    return where.client_email if where else ""


def spreadsheet(viewer: Viewer) -> str:
    """The key of the spreadsheet that is read; "" on the sample."""
    see(viewer, Data.FORM)
    where = connection(secrets())
    return (where.key or "") if where else ""


def moment() -> datetime:
    """Now as events are stamped: aware, UTC."""
    return live().moment()


def refresh(viewer: Viewer) -> None:
    """Read the workbook again, whatever its age. Raises WorkbookProblem when setup is broken."""
    see(viewer, Data.READING)
    _for(viewer).refresh()


def first_reading() -> tuple[int, int] | None:
    """As ``Live.first_reading``. Raises WorkbookProblem when setup is broken."""
    return live().first_reading()


def on_sample(settings: Mapping[str, object] | None = None) -> bool:
    """Whether the fictional school is shown under these settings; under those of now by default.

    Raises WorkbookProblem when setup is broken.
    """
    return connection(secrets() if settings is None else settings) is None


def health() -> Health:
    """Whether reading works, as the last look left it: from memory, at once."""
    school = held()
    return school.health() if school else Health("failing", "none", None)


def forget() -> None:
    """Drop every copy: the next look reads the workbook anew. For a changed configuration."""
    _slot.empty()
    _doors.forget()
