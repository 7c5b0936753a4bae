"""Keeping in step with the workbook while the server runs, whoever looks or does not."""

import logging
import threading
from collections.abc import Callable

from lib import live
from lib.workbook import WorkbookProblem

_LOOK_EVERY_S = 1.0

_looked = threading.Event()

logger = logging.getLogger(__name__)


def keep_in_step() -> Callable[[], None]:
    """Look every second while the server runs; returns what stops it.

    A look reads the workbook once the copy has come of age, and what has come in words is made
    ready for its reviewers. So a withdrawn students' page is gone from every copy of the app
    within 30 seconds, even if nobody looked.
    """
    stopped = threading.Event()

    def turn() -> None:
        while not stopped.is_set():
            try:
                live.live().listen()
            except WorkbookProblem:
                pass  # said on every page and in /healthz
            except Exception as error:  # noqa: BLE001  (it has to look again, whatever happens)
                logger.warning("keeping in step failed: %s", type(error).__name__)
            _looked.set()
            stopped.wait(_LOOK_EVERY_S)

    threading.Thread(target=turn, name="keep-in-step", daemon=True).start()
    return stopped.set


def starting() -> bool:
    """Whether the first copy is still on its way, and nothing has gone wrong with it."""
    held = live.held()
    return held.starting if held else not _looked.is_set()
