"""The hours in which the school can answer, and how many of them have gone by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

HOURS_SETTING, WITHIN_SETTING = "safety hours", "safety reply within"
"""The settings: when somebody is there, and in how many of those hours there is an answer."""
HOURS_DEFAULT, WITHIN_DEFAULT = "Mon-Fri 08:00-16:00", 4
"""What holds without them."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(
    r"([a-z]+)(?:\s*(?:-|–|to)\s*([a-z]+))?\s+(\d{1,2})[:.](\d\d)\s*(?:-|–|to)\s*(\d{1,2})[:.](\d\d)"
)
_WITHIN = re.compile(r"(\d{1,3})\s*(?:h|hour|hours)?")
_LONGEST_LOOK = 400
"""Days looked ahead for the end of the allowed hours."""


@dataclass(frozen=True)
class SchoolHours:
    """When somebody is there: by weekday (0 is Monday), from and to. ``within``: in how many
    such hours a referred saying is to be in good hands. Holidays are not known.
    """

    zone: tzinfo
    open: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    within: int = WITHIN_DEFAULT
    words: str = HOURS_DEFAULT

    def due(self, start: datetime) -> datetime:
        """The moment (UTC) when the allowed hours after ``start`` (aware) are over.

        As many hours by the clock where the school is never open in more than a year.
        """
        left = timedelta(hours=self.within)
        first = start.astimezone(self.zone).date()
        for ahead in range(_LONGEST_LOOK):
            for begin, end in self._windows(first + timedelta(days=ahead)):
                begin = max(begin, start.astimezone(UTC))
                if end <= begin:
                    continue
                if end - begin >= left:
                    return begin + left
                left -= end - begin
        return start.astimezone(UTC) + timedelta(hours=self.within)

    def gone_by(self, start: datetime, now: datetime) -> timedelta:
        """How much of the school's hours lies between two moments (aware)."""
        total = timedelta()
        day, last = start.astimezone(self.zone).date(), now.astimezone(self.zone).date()
        while day <= last:
            for begin, end in self._windows(day):
                begin, end = max(begin, start.astimezone(UTC)), min(end, now.astimezone(UTC))
                total += max(end - begin, timedelta())
            day += timedelta(days=1)
        return total

    def _windows(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (
                datetime.combine(day, begin, self.zone).astimezone(UTC),
                datetime.combine(day, end, self.zone).astimezone(UTC),
            )
            for begin, end in self.open.get(day.weekday(), ())
        ]


def hours_from(settings: Mapping[str, str], zone: tzinfo) -> tuple[SchoolHours, tuple[str, ...]]:
    """The school's hours as PD Settings gives them, and what a person should mend there.

    "Mon-Fri 08:00-16:00; Sat 09:00-12:00" and "4". What cannot be read is replaced by the
    default, and said.
    """
    notes = []
    text = settings.get(HOURS_SETTING, "").strip()
    found = _parse(text) if text else None
    if text and found is None:
        notes.append(
            f"PD Settings: “{HOURS_SETTING}” must look like “{HOURS_DEFAULT}”, with “; ” between "
            f"several. Until then {HOURS_DEFAULT} holds."
        )
    said = settings.get(WITHIN_SETTING, "").strip().lower()
    number = _WITHIN.fullmatch(said)
    allowed = int(number.group(1)) if number and number.group(1).isascii() else 0
    if said and not allowed:
        notes.append(
            f"PD Settings: “{WITHIN_SETTING}” must be a number of hours, such as "
            f"{WITHIN_DEFAULT}. Until then {WITHIN_DEFAULT} holds."
        )
    return (
        SchoolHours(
            zone=zone,
            open=found or _parse(HOURS_DEFAULT) or {},
            within=allowed or WITHIN_DEFAULT,
            words=text if found else HOURS_DEFAULT,
        ),
        tuple(notes),
    )


def _parse(text: str) -> Mapping[int, tuple[tuple[time, time], ...]] | None:
    """The hours by weekday; None where any part cannot be read."""
    found: dict[int, list[tuple[time, time]]] = {}
    for part in re.split(r"[;,\n]", text.lower()):
        match = _PART.fullmatch(part.strip())
        if match is None:
            return None
        first, last, *clock = match.groups()
        days, begin, end = _days(first, last or first), _time(*clock[:2]), _time(*clock[2:])
        if not days or begin is None or end is None or begin >= end:
            return None
        for day in days:
            found.setdefault(day, []).append((begin, end))
    return {day: _merged(spans) for day, spans in found.items()}


def _merged(spans: list[tuple[time, time]]) -> tuple[tuple[time, time], ...]:
    """Spans that do not overlap, so that no hour counts twice."""
    kept: list[tuple[time, time]] = []
    for begin, end in sorted(spans):
        if kept and begin <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((begin, end))
    return tuple(kept)


def _days(first: str, last: str) -> list[int]:
    """Weekdays from one to another, over the weekend where it must be; empty for no day."""
    if len(first) < 3 or len(last) < 3:
        return []
    try:
        begin, end = _DAYS.index(first[:3]), _DAYS.index(last[:3])
    except ValueError:
        return []
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _time(hour: str, minute: str) -> time | None:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None
