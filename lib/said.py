"""What was said in words, kept in step with the answers and decisions, in memory alone.

Reading many comments for the first time takes seconds or, where there are thousands, minutes: that
happens behind the scenes, and no decision waits for it. A decision shows at once.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace

from lib.faults import kind_and_place
from lib.voices.desk import Desk, Material, desk
from lib.voices.themes import WORD
from lib.workbook import Record, WorkbookProblem, tabs

logger = logging.getLogger(__name__)

NOT_READ = WorkbookProblem(
    "The comments were read, but the app could not make sense of them.",
    "This is a fault of the app. Tell the person who looks after it; the log says where.",
)


class Said:
    """Keeps the newest ``Desk``. ``_lock`` is held for a moment only, never while reading."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: Material | None = None
        self._desk: Desk | None = None
        self._reading = False
        self._failed = False

    @property
    def begun(self) -> bool:
        """Whether anybody has asked for the comments yet."""
        return self._wanted is not None

    @property
    def desk(self) -> Desk | None:
        """What there is; None while comments are read for the first time.

        Raises WorkbookProblem where that failed.
        """
        if self._desk is None and self._failed:
            raise NOT_READ
        return self._desk

    def renew(self, material: Material) -> None:
        """Take a reading in, behind the scenes."""
        with self._lock:
            self._want(material)
            if self._reading:
                return
            self._reading = True
        threading.Thread(target=self._work, name="read-comments", daemon=True).start()

    def decided(self, material: Material) -> None:
        """Show decisions at once, on the answers as far as they have been read.

        By the names and words of the lists that they were read with. Where those or the answers
        are others now, all is taken in anew behind the scenes, and no referral waits for that.
        """
        with self._lock:
            before = self._desk
            if before is not None:
                self._want(material)
        if before is None:
            if self.begun:
                self.renew(material)
            return
        old = before.made_of
        shown = self._made(_as_read(old, material), before)
        if shown:
            self._keep(shown)
        read = material.feedback is old.feedback and material.windows == old.windows
        if not (shown and read) or _other_lists(old, material):
            self.renew(material)

    def _want(self, material: Material) -> None:
        if self._wanted is None or material.turn > self._wanted.turn:
            self._wanted = material

    def _work(self) -> None:
        done: Material | None = None
        mine: Desk | None = None
        while True:
            with self._lock:
                wanted = self._wanted
                if wanted is None or wanted is done:
                    self._reading = False
                    return
            if made := self._made(wanted, mine or self._desk):
                mine = made
                self._keep(made)
            self._failed = made is None
            done = wanted

    def _made(self, material: Material, before: Desk | None) -> Desk | None:
        """A desk of this material; None where that failed, which the log says."""
        try:
            return desk(material, before)
        except Exception as error:  # noqa: BLE001  (whatever it is, the next reading is tried)
            logger.error("comments: %s", kind_and_place(error))
            return None

    def _keep(self, fresh: Desk) -> None:
        """Put a desk in place, unless a decision came meanwhile: the next one will have both."""
        with self._lock:
            if self._desk is None or fresh.made_of.turn >= self._desk.made_of.turn:
                self._desk = fresh


def _as_read(old: Material, new: Material) -> Material:
    """The decisions of ``new`` on the answers of ``old``, which were read with its lists."""
    lists = {tab: old.of(tab) for tab in (tabs.ROSTER, tabs.THEMES)}
    if not _other_lists(old, new):
        lists = {}
    return replace(
        new,
        feedback=old.feedback,
        windows=old.windows,
        records={**new.records, **lists},
        practices=old.practices,
    )


def _other_lists(old: Material, new: Material) -> bool:
    """Whether every comment is to be read anew: by other names or other words."""
    return (old.of(tabs.ROSTER), _words(old), old.practices) != (
        new.of(tabs.ROSTER),
        _words(new),
        new.practices,
    )


def _words(material: Material) -> Mapping[str, Record]:
    return {i: r for i, r in material.of(tabs.THEMES).items() if r.fields.get("kind") == WORD}
