"""From readings to what the app knows, where a reading says nothing of the form."""

from datetime import UTC, datetime

import pytest

from lib.digest import Digest
from lib.lastgood import Saved
from lib.workbook import Contents, FormTab, WorkbookProblem

NOW = datetime(2026, 3, 20, 9, 0)
TAB = "Form Responses 1"
HEADER = ("Timestamp", "The teacher explains well [1-5]")
NOTHING_NEW = Contents(None, (), "UTC", ())


def test_a_form_that_a_copy_on_disk_knows_and_the_sheet_has_no_more_is_a_fault() -> None:
    digest = Digest()
    saved = Saved((), (), {}, TAB, "UTC")
    assert digest.restore(saved, (), datetime(2026, 3, 20, tzinfo=UTC)).form_title == TAB
    with pytest.raises(WorkbookProblem, match=f"its tab “{TAB}” is gone or empty"):
        digest.take(NOTHING_NEW)


def test_a_reading_without_news_says_nothing_of_the_form() -> None:
    digest = Digest()
    digest.take(Contents(FormTab(TAB, HEADER, ()), (), "UTC", ()))
    assert digest.work_out(NOW).form_title == TAB
    digest.take(NOTHING_NEW)
    assert digest.work_out(NOW).form_title == TAB
