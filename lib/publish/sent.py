"""The students' page as the server sends it."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lib.publish.languages import SOURCE, offered
from lib.publish.school import PublicSchool
from lib.publish.students import etag
from lib.publish.versions import served
from lib.workbook.records import Record


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


def in_all(records: Mapping[str, Record], school: PublicSchool, *, today: date) -> StudentsPage:
    """What students read now, in every language. ``records``: those of ``PD Published``."""
    found = {
        language.code: ready(served(records, school, today=today, language=language))
        for language in offered()
    }
    others = tuple((code, page) for code, page in found.items() if code != SOURCE)
    return replace(found[SOURCE], others=others)
