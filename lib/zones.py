"""Time zones as spreadsheets name them."""

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2}):?(\d{2})?")


def time_zone(name: str) -> tzinfo | None:
    """A time zone by its IANA name, or as an offset, "GMT-05:00"; None where it is neither."""
    offset = _OFFSET.fullmatch(name.strip())
    try:
        if offset:
            sign, hours, minutes = offset.groups()
            ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
            return timezone(ahead if sign == "+" else -ahead)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
