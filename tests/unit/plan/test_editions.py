"""The editions of frozen waves, whatever stands in the sheet."""

from datetime import UTC

from lib.plan.again import editions
from lib.workbook import Event, fold, new_event, tabs
from tests.unit.plan.people import at


def test_an_edition_that_is_no_number_of_ours_is_left_out() -> None:
    def part(edition: str) -> Event:
        fields = {"wave": "w", "label": "Fall", "edition": edition, "part": "1"}
        return new_event(tabs.EVIDENCE, fields, who="Ana", at=at(1))

    events = [part(edition) for edition in ("1", "2", "9" * 5000, "two", "²")]
    said = editions(fold(events)[tabs.EVIDENCE], UTC)
    assert [line.split(":")[0] for line in said] == ["Fall, edition 1", "Fall, edition 2"]
