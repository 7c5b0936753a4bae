"""Where the students' page stands, in one sentence for staff."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

from lib.publish.versions import WITHDRAWN, published, versions
from lib.workbook.records import Record


def standing(records: Mapping[str, Record], zone: tzinfo = UTC) -> str:
    """Say what students see now; ``records`` are those of the tab PD Published.

    ``zone`` is the school's time zone, in which days are said.
    """
    happened = versions(records)
    if not happened:
        return "Nothing is published yet: students see a page that says so."
    newest = happened[0]
    at = newest.at.astimezone(zone)
    when = f"{at:%b} {at.day}, {at.year}"
    if newest.state == WITHDRAWN:
        return f"Withdrawn on {when}: students see a page that says nothing is published."
    page = published(records)
    if page is None:
        return f"The published version is damaged, so students do not see it. {newest.problem}"
    return f"Students see version {page.version}, published on {when}. Below is what comes next."
