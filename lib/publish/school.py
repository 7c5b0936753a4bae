"""What the students' page says of the school itself, from the tab PD Settings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from lib.decided import as_date, one_line
from lib.evidence.floors import Floors, floors_from
from lib.publish.languages import ENGLISH, Language, message
from lib.workbook.records import Record
from lib.workbook.settings import values


@dataclass(frozen=True)
class Contact:
    """Somebody to turn to: who, and how or when. ``phone`` is digits to call, else ""."""

    who: str
    how: str
    phone: str = ""

    @property
    def words(self) -> str:
        """In one line: who, how or when, and the number to call."""
        number = self.phone if self.phone not in self.who else ""
        if len(number) in (7, 10):  # as numbers are written in the US
            number = re.sub(r"^(\d{3})?(\d{3})(\d{4})$", r"\1-\2-\3", number).lstrip("-")
        return ", ".join(part for part in (self.who, self.how, number) if part)


@dataclass(frozen=True)
class Meeting:
    """A day on which students can say it in person, and where or how."""

    on: date
    where: str


@dataclass(frozen=True)
class PublicSchool:
    """The school in public: its name, its form, the adults to turn to, the help lines, its floors.

    ``name`` is "" where not even the workbook can be read. ``panels`` are by day.
    """

    name: str
    form_url: str
    contacts: tuple[Contact, ...]
    help_lines: tuple[Contact, ...]
    floors: Floors = field(default_factory=Floors)
    panels: tuple[Meeting, ...] = ()
    page_url: str = ""


HELP_LINES = (
    Contact("911", message("if anyone is in danger right now"), "911"),
    Contact("988", message("Suicide and Crisis Lifeline: call or text, day and night"), "988"),
)
"""Shown until the school names its own: what cannot wait is never without a number."""

UNKNOWN = PublicSchool("", "", (), HELP_LINES)
"""What is known of a school whose workbook cannot be read."""


_PRIVACY = (
    message(
        "Adults see numbers only for groups of %(staff)s answers or more. "
        "On this page it is %(public)s."
    ),
    message("Nobody sees any results while the form is open."),
    message("No student and no teacher is named here or in any chart."),
    message("What you write in your own words is not on this page."),
    message(
        "The answers are in a spreadsheet the school owns. The few adults who run it can open it."
    ),
)


def privacy(floors: Floors, language: Language = ENGLISH) -> tuple[str, ...]:
    """What adults can see about a student, in five short lines."""
    values = {"staff": language.whole(floors.staff), "public": language.whole(floors.public)}
    return tuple(language.say(line, **values) for line in _PRIVACY)


def read_school(settings: Mapping[str, Record]) -> PublicSchool:
    """Read the school from the tab PD Settings; every line may be missing.

    Names of settings: "school name", "form link", "students' page link", the floors, any number of
    "contact" and "help line", whose value is "who | how or when | phone number" (the last two may
    be left out), and of "student panel": "2027-02-10 | where and when". A panel without a day that
    can be read is left out.
    """
    given = values(settings)
    return PublicSchool(
        name=one_line(given.get("school name", ("Our school",))[-1])[:120],
        form_url=web_address(given.get("form link", ("",))[-1]),
        contacts=tuple(_contact(one_line(value)) for value in given.get("contact", ())),
        help_lines=tuple(_contact(one_line(value)) for value in given.get("help line", ()))
        or HELP_LINES,
        floors=floors_from(given),
        panels=_panels(given.get("student panel", ())),
        page_url=web_address(given.get("students' page link", ("",))[-1]),
    )


def web_address(text: str) -> str:
    """Return the address if a browser may be sent there (https or http), else ""."""
    clean = one_line(text)
    try:
        parts = urlsplit(clean)
    except ValueError:
        return ""
    safe = parts.scheme in {"http", "https"} and parts.netloc and " " not in clean
    return clean if safe and len(clean) <= 500 else ""


def dialable(text: str) -> str:
    """Return the digits of a phone number, with its leading plus; "" when there are none."""
    digits = "".join(char for char in text if char in "0123456789")
    return f"+{digits}" if digits and text.strip().startswith("+") else digits


def _contact(value: str) -> Contact:
    who, how, phone = (*(part.strip()[:160] for part in value.split("|")), "", "")[:3]
    return Contact(who, how, dialable(phone)[:20])


def _panels(values: Sequence[str]) -> tuple[Meeting, ...]:
    parts = [(*one_line(value).split("|", 1), "")[:2] for value in values]
    found = [Meeting(on, where.strip()[:160]) for day, where in parts if (on := as_date(day))]
    return tuple(sorted(found, key=lambda meeting: meeting.on))
