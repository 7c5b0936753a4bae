"""What leaves the building: the students' page, its versions, and its small pictures."""

from lib.publish.json_form import PublishProblem, from_json, to_json
from lib.publish.page import PublicPage, PublicPoint, PublicPromise, compose
from lib.publish.school import Contact, School, read_school
from lib.publish.sparkline import TrendMark, TrendPoint, describe, trend_svg
from lib.publish.standing import standing
from lib.publish.students import etag, render
from lib.publish.versions import (
    RECORD_ID,
    Version,
    next_version,
    publish,
    published,
    versions,
    withdraw,
)

__all__ = [
    "RECORD_ID",
    "Contact",
    "PublicPage",
    "PublicPoint",
    "PublicPromise",
    "PublishProblem",
    "School",
    "TrendMark",
    "TrendPoint",
    "Version",
    "compose",
    "describe",
    "etag",
    "from_json",
    "next_version",
    "publish",
    "published",
    "read_school",
    "render",
    "standing",
    "to_json",
    "trend_svg",
    "versions",
    "withdraw",
]
