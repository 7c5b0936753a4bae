"""Where the students' page stands, in one sentence for staff."""

from collections.abc import Mapping

from lib.publish.versions import WITHDRAWN, published, versions
from lib.workbook.records import Record


def standing(records: Mapping[str, Record]) -> str:
    """Say what students see now; ``records`` are those of the tab PD Published."""
    happened = versions(records)
    if not happened:
        return "Nothing is published yet: students see a page that says so."
    newest = happened[0]
    when = f"{newest.at:%b} {newest.at.day}, {newest.at.year}"
    if newest.state == WITHDRAWN:
        return f"Withdrawn on {when}: students see a page that says nothing is published."
    page = published(records)
    if page is None:
        return f"The published version is damaged, so students do not see it. {newest.problem}"
    return f"Students see version {page.version}, published on {when}. Below is what comes next."
