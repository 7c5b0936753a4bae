"""What leaves the building: the students' page, its versions, and its small pictures."""

from lib.publish.differences import differences
from lib.publish.json_form import PublishProblem, from_json, to_json
from lib.publish.languages import ENGLISH, Language, offered
from lib.publish.page import (
    PublicFollowUp,
    PublicPage,
    PublicPoint,
    PublicPromise,
    Translation,
    compose,
    texts,
)
from lib.publish.school import UNKNOWN, Contact, Meeting, School, read_school
from lib.publish.sparkline import TrendMark, TrendPoint, describe, trend_svg
from lib.publish.standing import before_publishing, standing
from lib.publish.students import PATH, Instead, address, etag, render, render_instead
from lib.publish.versions import (
    CHANGED_MEANWHILE,
    RECORD_ID,
    Version,
    mark_of,
    next_version,
    publish,
    published,
    served,
    versions,
    why_not,
    withdraw,
)
from lib.publish.wording import untranslated

__all__ = [
    "CHANGED_MEANWHILE",
    "ENGLISH",
    "PATH",
    "RECORD_ID",
    "UNKNOWN",
    "Contact",
    "Instead",
    "Language",
    "Meeting",
    "PublicFollowUp",
    "PublicPage",
    "PublicPoint",
    "PublicPromise",
    "PublishProblem",
    "School",
    "Translation",
    "TrendMark",
    "TrendPoint",
    "Version",
    "address",
    "before_publishing",
    "compose",
    "describe",
    "differences",
    "etag",
    "from_json",
    "mark_of",
    "next_version",
    "offered",
    "publish",
    "published",
    "read_school",
    "render",
    "render_instead",
    "served",
    "standing",
    "texts",
    "to_json",
    "trend_svg",
    "untranslated",
    "versions",
    "why_not",
    "withdraw",
]
