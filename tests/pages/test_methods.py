"""Methods: the document in the app, and that it explains each number that is on screen."""

import re

import pytest

from lib.methods import document
from tests.pages.conftest import OpenApp, words

PAGES = (
    ("home", {}),
    ("trends", {}),
    ("trends", {"by": "Grade"}),
    ("priorities", {}),
    ("practice", {"practice": "pace", "by": "Grade"}),
    ("practice", {"practice": "handson"}),
)

EXPLAINED: dict[str, tuple[str, str]] = {
    # What is on screen: the section that explains it, and words that stand there.
    r"([Ff]ell|[Rr]ose|[Ss]tayed about the same|too few answers to tell) .*\d+%": (
        "Better, worse, about the same, too few to tell",
        "says *better* or *worse*",
    ),
    r"\d+ practices?: no clear change\.": (
        "Better, worse, about the same, too few to tell",
        "*about the same*",
    ),
    r"a move of \d+ points? can happen by chance": (
        "Better, worse, about the same, too few to tell",
        "how far chance alone can move the figure",
    ),
    r"[Aa] move of \d+ points (of 100 )?or more would": (
        "Did the PD reach students?",
        "the smallest move we could see",
    ),
    r"about \d+ answers": ("Small groups: what is printed, and what never is", "the nearest 5"),
    r"\d+ to \d+ answers so far": ("Waves", "gives a band"),
    r"\d+% agree now": ("What students say of a practice; trust; follow-up", "trust questions"),
    r"\d+% say it works, \d+% that it isn't working": (
        "What students say of a practice; trust; follow-up",
        "Shares of everyone who answered in the wave that say a practice works",
    ),
    r"\d+% favorable in": ("Favorable", "share of answers in the upper part"),
    r"\d+% not favorable": ("Priorities", "percent **not** favorable"),
    r"place \d+( to \d+)? of \d+": ("Priorities", "place 2 to 5 of 14"),
    r"Fell by \d+ points": ("Priorities", "a fall since the last wave"),
    r"\d+% say it used to help": ("Priorities", "used to work"),
    r"about \d+ points lower than the others": ("Priorities", "furthest below the others"),
    r"ikely between \d+% and \d+%": ("How sure: the interval", "likely between"),
    r"differs most: .*\d+%": ("Groups, side by side and over the waves", "differs most"),
    r"as many answers as enrolled": ("Whom we have not heard", "to the nearest 5 %"),
    r"is heard less than the others": ("Whom we have not heard", "0.8 times as much"),
    r"\*\*The students’ order\.\*\* .* 1 ": (
        "Conversations and panels",
        "the newest student panel's order",
    ),
    r"Came up in \d+ conversations?:": ("Conversations and panels", "counts conversations"),
    r"no practice would move by more than \d+ point": ("Whom we have not heard", "**Weighting**"),
}
DATES = r"(Spring|Fall|Winter) \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}|\d+ (days|weeks) ?|[Gg]rades? \d+"
DRAWINGS = re.compile(r"<(svg|div|ul|style).*", re.DOTALL)
ENTERED_BY_PEOPLE = ("- ", "Feb 10")


def numbers(text: str) -> list[str]:
    """The lines that show a number which is neither a date, a name nor a person's own words."""
    lines = [DRAWINGS.sub("", line) for line in text.replace("\\", "").split("\n")]
    mine = [line for line in lines if not line.startswith(ENTERED_BY_PEOPLE)]
    return [line for line in mine if re.search(r"\d", re.sub(DATES, "", line))]


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_each_number_on_screen_is_explained(
    page: str, query: dict[str, str], open_app: OpenApp
) -> None:
    app = open_app(page, **query)
    assert not app.exception
    lines = numbers(words(app))
    assert lines
    for line in lines:
        assert any(re.search(pattern, line) for pattern in EXPLAINED), line


@pytest.mark.parametrize("pattern", EXPLAINED)
def test_the_explanation_is_there(pattern: str) -> None:
    title, phrase = EXPLAINED[pattern]
    (section,) = [s for s in document().sections if s.title == title]
    assert phrase in " ".join(f"{section.words} {section.more}".split())


def test_every_kind_of_number_is_on_some_page(open_app: OpenApp) -> None:
    shown = "\n".join(words(open_app(page, **query)) for page, query in PAGES).replace("\\", "")
    unseen = [pattern for pattern in EXPLAINED if not re.search(pattern, shown, re.MULTILINE)]
    assert unseen == []


def test_one_section_can_be_chosen(open_app: OpenApp) -> None:
    app = open_app("methods")
    titles = [section.title for section in document().sections]
    assert [header.value for header in app.header] == titles
    app.selectbox(key="section").select("Priorities").run()
    assert [header.value for header in app.header] == ["Priorities"]
    assert "The ten dots" in words(app)


def test_numbers_sees_a_figure_that_nobody_explains() -> None:
    assert numbers("In Fall 2026 calm is 12 zogs\nSince Fall 2026 nothing\n- 3 days") == [
        "In Fall 2026 calm is 12 zogs"
    ]
