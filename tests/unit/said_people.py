"""Wait until all comments have been read, as a page does."""

import time

from lib.reader import Live
from lib.voices.desk import Desk

LIMIT_S = 120


def read_all(school: Live) -> Desk:
    end = time.monotonic() + LIMIT_S
    while (desk := school.listen()) is None:
        assert time.monotonic() < end, "the comments were never read"
        time.sleep(0.05)
    return desk
