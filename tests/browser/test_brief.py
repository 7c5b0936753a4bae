"""From opening the app to a brief in everybody's hand, as a new PD team would on the sample."""

from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests.browser.app import running_app
from tests.browser.brief_walk import DONE_WHEN, OWNER, walk
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_from_opening_the_app_to_a_printed_brief(tmp_path: Path, visit: Visit) -> None:
    steps: list[str] = []
    with running_app(tmp_path) as address:
        page = visit(address)
        walked = walk(page, tmp_path, lambda step, _: steps.append(step))
        page.close()
    assert steps == ["home", "priorities", "plan", "saved", "agenda"]
    word = docx.Document(str(walked.word))
    said = [paragraph.text for paragraph in word.paragraphs]
    said += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    paper = PdfReader(walked.pdf)
    drawn = "".join("".join(page.extract_text() for page in paper.pages).split())
    # The same values as the card on the screen, and what was typed into it.
    for text in (walked.practice, walked.evidence, OWNER, DONE_WHEN):
        assert text in said
        assert "".join(text.split()) in drawn
    assert "Mar 3, 2027, 60 minutes" in said
    assert "Jun 9, 2027." in said
    assert "60 of 60 minutes." in said
    assert len(paper.pages) == 2
    assert len(word.inline_shapes) == 1
    log = (tmp_path / "app.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
