"""Placing what the school can take away from the published page: files and words to read aloud."""

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from lib import live, publish
from lib.access import Viewer
from lib.place import document
from lib.publish import PublicPage, poster, poster_words
from lib.publish.poster import Paper
from lib.text import plain
from lib.view import View
from lib.workbook import tabs


def take_away(page: PublicPage | None, school: View, viewer: Viewer) -> None:
    """Place the poster, the slide, the page as a file, and the announcement.

    ``page`` is what students see now; nothing that nobody published goes on a wall. Where it was
    withdrawn before somebody pressed, the file says so instead.
    """
    st.subheader("Put it up and read it out")
    if page is None:
        st.markdown("Publish the page first. Then a poster, a slide and a file are made of it.")
        return
    languages = {language.code: language for language in publish.offered()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            "Language",
            list(languages),
            format_func=lambda each: languages[each].english_name,
            key="away-language",
        )
        paper = Paper(st.selectbox("Paper", [each.value for each in Paper], key="away-paper"))
    language = languages[code]
    settings = publish.read_school(school.of(tabs.SETTINGS))
    link = poster_words.address(settings, st.context.url or "", language)
    today = school.now.date()
    makes: tuple[tuple[str, str, str, Callable[[PublicPage], bytes]], ...] = (
        (
            "Poster",
            "pdf",
            poster.MIME,
            partial(poster.poster, language=language, link=link, paper=paper),
        ),
        ("Slide", "pdf", poster.MIME, partial(poster.slide, language=language, link=link)),
        ("Page", "html", "text/html", partial(publish.render, today=today, language=language)),
    )
    with st.container(horizontal=True):
        for name, ending, mime, make in makes:
            file_name = f"you-said-we-did-{name.lower()}-{language.code}.{ending}"
            label = f"{name} ({ending.upper()})"
            made = partial(_made, make, poster.note if mime == poster.MIME else _note, viewer)
            document(label, made, file_name, mime, key=f"away-{name}")
    if poster_words.only_here(link):
        st.caption(
            "The code on the poster leads to this computer alone. Type the page's public address "
            "into the settings, as “students' page link”."
        )
    else:
        st.caption(f"The code on the poster leads to {plain(link)}.")
    with st.expander("To read aloud", key="away-aloud"):
        st.code(poster_words.announcement(page, language, link), language=None, wrap_lines=True)


GONE = (
    "This page was withdrawn after you opened “You said, we did”, so there is nothing to hand out. "
    "Load “You said, we did” again: it says what students see now."
)


def _made(
    make: Callable[[PublicPage], bytes], note: Callable[[str], bytes], viewer: Viewer
) -> bytes:
    """A file of what students see now, or a ``note`` of the same kind where it was withdrawn."""
    page = publish.published(live.school(viewer).of(tabs.PUBLISHED))
    return note(GONE) if page is None else make(page)


def _note(says: str) -> bytes:
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><p>{escape(says)}</p>'.encode()
