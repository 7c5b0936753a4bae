"""The students' page as one static HTML file: no script, nothing loaded from anywhere."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lib.plan.promises import PromiseState, late
from lib.publish.languages import ENGLISH, Language, message
from lib.publish.page import PublicPage, PublicPoint, PublicPromise, still_ahead, texts
from lib.publish.qr import qr_svg
from lib.publish.school import PublicSchool, privacy
from lib.publish.wording import LEADS, Theirs, Wording, untranslated, wording


class Instead(StrEnum):
    """What students read where no version of the page can be shown."""

    NOT_YET = message("Our answers to what you tell us will stand here.")
    CHANGING = message("Your school is changing this page. Come back soon.")
    BROKEN = message("This page cannot be shown right now. Try again later.")


PATH = "/students"


def address(language: Language) -> str:
    """Where the server has the page in a language, as a path."""
    return PATH if language.is_source else f"{PATH}/{language.code}"


def render(
    page: PublicPage,
    *,
    today: date,
    language: Language = ENGLISH,
    switch: Sequence[Language] = (),
) -> bytes:
    """Write a version of the students' page as UTF-8.

    Nothing but ``today`` (the school's) comes from outside the version: a day that has passed is
    never printed as one that is to come. ``switch`` are the languages the page links to; a file
    that stands alone has none.
    """
    page = still_ahead(page, today)
    words = wording(language, page)
    return _write(
        words,
        switch,
        page=page,
        school=page.school,
        lede="",
        form_url=page.form_url,
        contacts=page.contacts,
        help_lines=page.help_lines,
        panels=page.panels,
        privacy=words.privacy(page),
        partly=bool(untranslated(page, language, texts(page))),
        today=today,
    )


def render_instead(
    instead: Instead,
    school: PublicSchool,
    *,
    language: Language = ENGLISH,
    switch: Sequence[Language] = (),
) -> bytes:
    """Write, as UTF-8, the page for when there is no version to show: it still helps."""
    return _write(
        wording(language),
        switch,
        page=None,
        school=school.name,
        lede=instead.value,
        form_url=school.form_url,
        contacts=school.contacts,
        help_lines=school.help_lines,
        panels=[],
        privacy=[Theirs(line) for line in privacy(school.floors, language)],
        partly=False,
    )


def etag(body: bytes) -> str:
    """Return the entity tag of these bytes, quoted as HTTP wants it."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _write(words: Wording, switch: Sequence[Language], **content: object) -> bytes:
    html = _ENVIRONMENT.get_template("students.html").render(
        content, words=words, language=words.language, switch=switch, _=words.ours
    )
    # The template is indented for us; a phone need not carry that. No text here keeps its breaks.
    return re.sub(r"\n\s+", "\n", re.sub(r">\n\s*<", "><", html)).encode()


def in_order(page: PublicPage) -> list[PublicPromise]:
    """The answers in the order of their states, as the glance at the top has them."""
    states = list(LEADS)
    return sorted(page.promises, key=lambda promise: states.index(promise.state))


def _slug(state: PromiseState) -> str:
    return state.value.replace(" ", "-")


def _newest(promise: PublicPromise) -> PublicPoint | None:
    """The newest wave if it has a figure."""
    newest = promise.trend[-1] if promise.trend else None
    return newest if newest and newest.figure else None


_TEMPLATES = Path(__file__).parent / "templates"
# It is written for us to read; a phone need not carry the spaces.
_STYLE = re.sub(r"\s*([{};:,])\s+", r"\1", (_TEMPLATES / "students.css").read_text("utf-8"))

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.tests["late"] = late
_ENVIRONMENT.globals["style"] = Markup(_STYLE)  # noqa: S704  (our own)
_ENVIRONMENT.filters |= {
    "address": address,
    "first_id": lambda state: f"first-{_slug(state)}",
    "in_order": in_order,
    "newest": _newest,
    "qr": qr_svg,
    "slug": _slug,
}
