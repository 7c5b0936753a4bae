"""The students' page as the server sends it."""

import gzip
from dataclasses import dataclass
from functools import lru_cache

from lib.publish.students import etag


@dataclass(frozen=True)
class StudentsPage:
    """The students' page as it is sent: plain and packed by gzip, each with its own tag."""

    body: bytes
    etag: str
    packed: bytes
    packed_etag: str


@lru_cache(maxsize=1)
def ready(body: bytes) -> StudentsPage:
    """Pack a page once for everybody. ``mtime=0``: every copy of the app sends the same bytes."""
    packed = gzip.compress(body, 9, mtime=0)
    return StudentsPage(body, etag(body), packed, etag(packed))
