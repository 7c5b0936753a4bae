"""The students' page as the server sends it."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lib.publish.languages import SOURCE
from lib.publish.students import etag


@dataclass(frozen=True)
class StudentsPage:
    """The students' page as it is sent: plain and packed by gzip, each with its own tag.

    ``others`` are the same page in other languages, by their codes.
    """

    body: bytes
    etag: str
    packed: bytes
    packed_etag: str
    others: tuple[tuple[str, "StudentsPage"], ...] = ()

    def in_language(self, code: str) -> "StudentsPage":
        """The page in one of the other languages; itself where it has none by this code."""
        return dict(self.others).get(code, self)


@lru_cache(maxsize=16)
def ready(body: bytes) -> StudentsPage:
    """Pack a page once for everybody. ``mtime=0``: every copy of the app sends the same bytes."""
    packed = gzip.compress(body, 9, mtime=0)
    return StudentsPage(body, etag(body), packed, etag(packed))


def in_all(bodies: Mapping[str, bytes]) -> StudentsPage:
    """The page in every language, from its bodies by their codes; English is one of them."""
    others = tuple((code, ready(body)) for code, body in bodies.items() if code != SOURCE)
    return replace(ready(bodies[SOURCE]), others=others)
