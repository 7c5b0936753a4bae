"""What leaves the building: the students' page, its versions, and its small pictures."""

from lib.publish.approval import (
    PROPOSAL_ID,
    UNCHECKED,
    Proposal,
    approve,
    needs_second,
    proposal,
    propose,
    publish_alone,
    take_back,
    why_not_approve,
)
from lib.publish.differences import differences
from lib.publish.json_form import to_json
from lib.publish.languages import Language, offered
from lib.publish.page import PublicPage, compose, texts
from lib.publish.page_state import (
    before_publishing,
    history_lines,
    students_see,
    waits_for_approval,
)
from lib.publish.school import UNKNOWN, Contact, read_school
from lib.publish.sparkline import TrendPoint, describe, trend_svg
from lib.publish.students import PATH, Instead, address, render, render_instead
from lib.publish.verdict import Answer, Verdict, verdicts
from lib.publish.versions import (
    PAGE_CHANGED,
    RECORD_ID,
    mark_of,
    next_version,
    published,
    readable,
    why_not,
    withdraw,
)

__all__ = [
    "PAGE_CHANGED",
    "PATH",
    "PROPOSAL_ID",
    "RECORD_ID",
    "UNCHECKED",
    "UNKNOWN",
    "Answer",
    "Contact",
    "Instead",
    "Language",
    "Proposal",
    "PublicPage",
    "TrendPoint",
    "Verdict",
    "address",
    "approve",
    "before_publishing",
    "compose",
    "describe",
    "differences",
    "history_lines",
    "mark_of",
    "needs_second",
    "next_version",
    "offered",
    "proposal",
    "propose",
    "publish_alone",
    "published",
    "read_school",
    "readable",
    "render",
    "render_instead",
    "students_see",
    "take_back",
    "texts",
    "to_json",
    "trend_svg",
    "verdicts",
    "waits_for_approval",
    "why_not",
    "why_not_approve",
    "withdraw",
]
