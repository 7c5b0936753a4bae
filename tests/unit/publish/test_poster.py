"""The poster, the slide and the announcement: what they say, on one page, and where it leads."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from lib.plan.promises import PromiseState
from lib.publish import Contact, PublicPage, offered
from lib.publish.languages import ENGLISH
from lib.publish.page import Translation
from lib.publish.poster import Paper, note, poster, slide
from lib.publish.poster_words import address, announcement, chosen, only_here
from lib.publish.wording import wording
from tests.unit.publish.catalogues import pseudo_arabic
from tests.unit.publish.pages import SCHOOL, public_page, public_promise

SPANISH = {lang.code: lang for lang in offered()}["es"]
LINK = "https://seat.school.example/students"


def page(*states: PromiseState) -> PublicPage:
    told = (
        replace(public_promise(n), state=state, you_said=f"Said {n}.", we_did=f"Did {n}.")
        for n, state in enumerate(states)
    )
    return public_page(*told)


DONE, DOING, HALF, LISTENING, NOT = (
    PromiseState.DONE,
    PromiseState.DOING,
    PromiseState.HALF_DONE,
    PromiseState.LISTENING,
    PromiseState.NOT_THIS_TIME,
)


def words(pdf: bytes) -> str:
    (sheet,) = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(sheet.extract_text().split())


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ((DONE,), ["Said 0."]),
        ((NOT, DONE), ["Said 1.", "Said 0."]),
        ((DONE, DONE, DONE, DONE), ["Said 0.", "Said 1.", "Said 2."]),
        ((DONE, DONE, DOING, LISTENING), ["Said 0.", "Said 2.", "Said 3."]),
        ((DONE, HALF, DOING, LISTENING, NOT), ["Said 0.", "Said 1.", "Said 4."]),
        ((DONE, DONE, DONE, NOT), ["Said 0.", "Said 1.", "Said 3."]),
        ((), []),
    ],
)
def test_one_of_each_state_and_never_without_what_was_refused(
    states: tuple[PromiseState, ...], shown: list[str]
) -> None:
    told = page(*states)
    assert [line.you_said for line in chosen(told, wording(ENGLISH, told))] == shown


@pytest.mark.parametrize("paper", list(Paper))
def test_a_poster_is_one_sheet_of_its_paper(paper: Paper) -> None:
    made = poster(page(DONE, DOING, NOT, LISTENING), ENGLISH, LINK, paper)
    box = PdfReader(io.BytesIO(made)).pages[0].mediabox
    size = [round(float(side) * 25.4 / 72) for side in (box.width, box.height)]
    assert size == {Paper.LETTER: [216, 279], Paper.A4: [210, 297]}[paper]
    said = words(made)
    for text in (
        "Harbor Hill School",
        "You said,",
        "we did",
        "Said 0.",
        "We did Did 0.",
        "Not this time, because Did 2.",
        "And 1 more answer on the page.",
        "Or go to seat.school.example/students",
        "or call 988.",
        "Version 3, last changed on October 12, 2026.",
    ):
        assert text in said, text
    assert "Said 3." not in said


def test_the_longest_sentences_fit_on_one_sheet_and_one_slide() -> None:
    long = " ".join(["Comments"] * 31)
    told = public_page(*(replace(public_promise(i), you_said=long, we_did=long) for i in range(5)))
    for made in (poster(told, ENGLISH, LINK, Paper.A4), slide(told, ENGLISH, LINK)):
        assert words(made).count(long) == 6


def test_a_slide_has_the_shape_of_a_screen() -> None:
    box = PdfReader(io.BytesIO(slide(page(DONE), ENGLISH, LINK))).pages[0].mediabox
    assert float(box.width / box.height) == pytest.approx(16 / 9, 0.001)


def test_it_is_made_in_the_language_of_its_readers(tmp_path: Path) -> None:
    said = replace(page(DONE), translations=(Translation("es", "Said 0.", "Dijeron cero."),))
    spanish = words(poster(said, SPANISH, f"{LINK}/es", Paper.LETTER))
    assert "Ustedes dijeron, nosotros hicimos Dijeron cero. Hicimos" in spanish
    assert PdfReader(io.BytesIO(slide(said, SPANISH, LINK))).root_object["/Lang"] == "es"
    assert "كلمة" in words(slide(said, pseudo_arabic(tmp_path / "locale"), LINK)).replace("ـ", "")


def test_letters_that_no_font_has_are_left_out_whole() -> None:
    told = replace(page(DONE, DOING), school="学校")
    strange = replace(told.promises[0], we_did="我们做了")
    told = replace(told, promises=(strange, told.promises[1]))
    said = words(poster(told, ENGLISH, LINK, Paper.A4))
    assert "Said 0." not in said
    assert "Said 1." in said
    assert "And 1 more answer on the page." in said
    assert "cannot draw" not in said


def test_the_announcement_is_read_aloud_in_half_a_minute() -> None:
    told = page(DONE, NOT)
    assert announcement(told, ENGLISH, LINK).splitlines() == [
        "You told us how class works for you. Here is what came of it.",
        "You said: Said 0.",
        "We did: Did 0.",
        "You said: Said 1.",
        "Not this time, because Did 1.",
        "Read all our answers at seat.school.example/students",
        "Not safe? Tell an adult you trust today, or call 988.",
    ]
    several = replace(told, help_lines=(Contact("911", "", "911"), Contact("988", "", "988")))
    assert announcement(several, SPANISH, "").splitlines()[-1].endswith("llama al 911 o 988.")
    assert announcement(replace(told, help_lines=()), ENGLISH, "").endswith("because Did 1.")


@pytest.mark.parametrize(
    ("own", "here", "found"),
    [
        ("", "https://seat.school.example/you-said-we-did?x=1", f"{LINK}/es"),
        (
            "https://school.example/voice",
            "https://seat.school.example/",
            "https://school.example/voice",
        ),
        (LINK, "http://localhost:8501/", f"{LINK}/es"),
        (f"{LINK}/?from=wall", "", f"{LINK}/es?from=wall"),
        ("https://school.example/our/students", "", "https://school.example/our/students"),
        ("https://school.example/students.html", "", "https://school.example/students.html"),
        ("", "", ""),
        ("", "http://[", ""),
    ],
)
def test_the_code_leads_to_the_page(own: str, here: str, found: str) -> None:
    assert address(replace(SCHOOL, page_url=own), here, SPANISH) == found


def test_the_code_of_each_language_leads_to_the_page_in_it() -> None:
    for typed in (LINK, f"{LINK}/es"):
        assert address(replace(SCHOOL, page_url=typed), "", ENGLISH) == LINK
        assert address(replace(SCHOOL, page_url=typed), "", SPANISH) == f"{LINK}/es"


@pytest.mark.parametrize(
    ("link", "alone"),
    [
        (LINK, False),
        ("http://localhost:8501/students", True),
        ("http://127.0.0.1/", True),
        ("", True),
    ],
)
def test_an_address_of_this_computer_alone_is_known(link: str, alone: bool) -> None:
    assert only_here(link) is alone


def test_without_an_address_a_poster_invites_nobody_to_scan_what_is_not_there() -> None:
    told = page(DONE)
    for made in (poster(told, ENGLISH, "", Paper.A4), slide(told, ENGLISH, "")):
        assert "Said 0." in words(made)
        assert "Scan" not in words(made)
        assert "Or go to" not in words(made)
        assert "call 988" in words(made)


def test_a_poster_that_cannot_be_made_says_why_on_a_sheet() -> None:
    assert words(note("This page was withdrawn.")) == "This page was withdrawn."
