"""PD Settings, as every room reads it."""

from datetime import UTC, datetime

from lib.workbook import Event, fold, tabs
from lib.workbook.settings import newest, values


def row(number: int, name: str, value: str) -> Event:
    at = datetime(2026, 9, 1, 8, number, tzinfo=UTC)
    fields = {"name": name, "value": value}
    return Event(tabs.SETTINGS, f"e{number}", f"r{number}", 1, at, "sheet", fields)


def test_a_name_may_stand_twice_and_be_spelled_anyhow_and_no_value_says_nothing() -> None:
    rows = (row(3, "CONTACT", "Ana"), row(1, " Contact ", "Kim  Lee"), row(2, "contact", "  "))
    settings = fold(rows)[tabs.SETTINGS]
    assert values(settings) == {"contact": ("Kim Lee", "Ana")}
    assert newest(settings) == {"contact": "Ana"}
