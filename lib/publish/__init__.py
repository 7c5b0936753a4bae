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
from lib.publish.json_form import PublishProblem, from_json, to_json
from lib.publish.page import PublicFollowUp, PublicPage, PublicPoint, PublicPromise, compose
from lib.publish.school import UNKNOWN, Contact, School, read_school
from lib.publish.sparkline import TrendMark, TrendPoint, describe, trend_svg
from lib.publish.standing import (
    before_publishing,
    history_lines,
    standing,
    waits_for_approval,
)
from lib.publish.students import Instead, etag, render, render_instead
from lib.publish.verdict import Answer, Verdict, verdicts
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

__all__ = [
    "CHANGED_MEANWHILE",
    "PROPOSAL_ID",
    "RECORD_ID",
    "UNCHECKED",
    "UNKNOWN",
    "Answer",
    "Contact",
    "Instead",
    "Proposal",
    "PublicFollowUp",
    "PublicPage",
    "PublicPoint",
    "PublicPromise",
    "PublishProblem",
    "School",
    "TrendMark",
    "TrendPoint",
    "Verdict",
    "Version",
    "approve",
    "before_publishing",
    "compose",
    "describe",
    "differences",
    "etag",
    "from_json",
    "history_lines",
    "mark_of",
    "needs_second",
    "next_version",
    "proposal",
    "propose",
    "publish",
    "publish_alone",
    "published",
    "read_school",
    "render",
    "render_instead",
    "served",
    "standing",
    "take_back",
    "to_json",
    "trend_svg",
    "verdicts",
    "versions",
    "waits_for_approval",
    "why_not",
    "why_not_approve",
    "withdraw",
]
