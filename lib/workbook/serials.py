"""Days as Google keeps them: what a person types as a date into a cell comes back as a number."""

from datetime import datetime, timedelta

SERIALS = (25_569, 73_051)
"""Serial days of 1970 and 2100."""

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001
"""The day that is number 0. The school's local time has no zone."""


def from_serial(text: str) -> datetime | None:
    """The moment (school's local time) that a number such as "46428.375" stands for.

    None where the text is no number, or none of a day between 1970 and 2100: to the second.
    """
    if not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    days = float(text)
    if not SERIALS[0] <= days <= SERIALS[1]:
        return None
    return DAY_ZERO + timedelta(seconds=round(days * 86_400))
