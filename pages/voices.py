"""Voices: what students say works, doesn't and used to, in words that a person has passed."""

import streamlit as st

from lib import charts, first_day, frame, live, place, planning
from lib.access import Data
from lib.evidence.types import Audience
from lib.plan import focus
from lib.tables import drawn_table, theme_table
from lib.text import count, plain
from lib.voices import by_practice, sentences
from lib.voices.bring_back import bring_back, most_named
from lib.voices.shown import foreign, search, unassigned
from lib.workbook import tabs

viewer = frame.require("voices")
school = live.school(viewer)
missed = bring_back(school.evidence, Audience.STAFF, school.came_up)
latest = school.evidence.latest
everybody = latest.everybody if latest else None

st.title(plain(sentences.voices_title(missed, school.names)))
st.markdown(
    "Students' own words, each read and passed by a person first: from closed waves with ten or "
    "more comments, names masked, shuffled, without groups."
)
first_day.note(school)
heard = place.hearing(viewer)
words = heard.approved
if viewer.may_see(Data.REVIEW):
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        waits = sentences.waits(heard.backlog, read=not heard.lacks_words)
        st.markdown(f"**{waits}**", width="content")
        frame.link("review", "Open the review", key="review")

if everybody and latest:
    st.header("By practice")
    listed = by_practice.most_said(everybody, [p for p in school.names if p in everybody.favorable])
    practice = st.selectbox(
        "Practice",
        listed,
        format_func=school.name,
        key="practice",
        bind="query-params",
        width=360,
    )
    compared = by_practice.compare(everybody, practice)
    st.markdown(plain(compared))
    for column, part in zip(
        st.columns(3, gap="large"), by_practice.parts(everybody, practice, words), strict=True
    ):
        with column, st.container(key=f"row-{part.standing.name}"):
            st.subheader(part.title)
            if part.share:
                with st.container(gap=None):
                    place.draw(charts.scale("Share of all who answered"))
                    place.share(part.share, f"{part.title}, {latest.wave.label}")
            place.quotes(part.words, first=5, key=part.standing.name)
            if not part.words:
                st.caption("No passed words on this yet.")
    if others := by_practice.other_words(practice, words):
        st.subheader("Also said")
        place.quotes(others, first=5, key="other")
    st.caption(
        plain(
            f"Shares: of all who answered in {latest.wave.label}, with the band where the true "
            "share likely lies. Words: newest wave first. Which practice a comment is about is "
            "told by lists of words that miss some: a place to start reading."
        )
    )

st.header("Bring back")
st.markdown("What students say used to work and has stopped, most named first.")
chosen = focus.focuses(school.of(tabs.FOCUS))
running = {own.practice for own in focus.running(chosen)}
first = most_named(missed)
named = st.container()
few = tuple(each for each in missed if each not in first)
rest = st.expander(f"{len(few)} more, each named by few", key="fewer") if few else named
# Of a row: what it is, its share, what one can do.
WIDTHS = [8, 7, 4]
for where, those in ((named, first), (rest, few)):
    if any(found.figure for found in those):
        with where:
            place.axis(WIDTHS, "Share of all who answered", key=f"back-{those[0].practice}")
for found in (*first, *few):
    name = school.name(found.practice)
    with named if found in first else rest, st.container(key=f"row-{found.practice}"):
        what, drawing, act = st.columns(WIDTHS, vertical_alignment="center", gap="medium")
    with what:
        frame.link("practice", f"**{plain(name)}**", key=found.practice, practice=found.practice)
        st.caption(plain(sentences.bring_back_line(found)))
    if found.figure:
        with drawing:
            place.share(found.figure, f"{name}, used to work")
    with act:
        if latest and viewer.may_decide(Data.PLAN):
            planning.choose_focus(viewer, school, found.practice, chosen)
        elif found.practice in running:
            frame.link("plan", "A focus now: see the plan", key=f"plan-{found.practice}")
if not missed:
    st.markdown("Too few have said so in the latest wave, and no conversation mentions it.")

if latest:
    st.header("What the comments are about")
    themes = heard.themes(latest.wave.wave_id)
    st.markdown(plain(sentences.themes_words(themes, words, latest.wave)))
    if themes and themes.counts:
        alt = f"Comments of {latest.wave.label} by practice"
        with st.container(width=480):
            place.draw(drawn_table(theme_table(themes, school.names), alt))
for title, unread in (
    ("About no practice that a list knows", unassigned(words)),
    ("Other language, please read", foreign(words)),
):
    if unread:
        with st.container(key=f"row-{title[:5]}"):
            st.markdown(f"**{title}** ({len(unread)})")
            place.quotes(unread, first=0, key=title[:5])

st.header("Search")
wanted = st.text_input("Words to look for", key="search", max_chars=100, width=360)
if wanted.strip():
    hits = search(words, wanted)
    st.markdown(f"{count(len(hits), 'passed comment').capitalize()}.")
    place.quotes(hits, first=20, key="hits")
