"""The decision record: who decided what, when, and what they saw."""

import streamlit as st

from lib import frame, live
from lib.decided import day_words
from lib.plan import record
from lib.text import count, plain

viewer = frame.require("record")
school = live.school(viewer)
mine = {tab: school.of(tab) for tab in record.TABS if viewer.may_see_tab(tab)}
made = record.choices(mine, school.words, school.evidence, school.zone)

st.title(f"{count(len(made), 'decision').capitalize()} so far")
st.markdown("Who decided what, when, and what the figures said then: for next year's team.")
if not made:
    st.stop()
about = sorted({choice.practice for choice in made if choice.practice})
which = st.selectbox("Practice", about, None, key="about", placeholder="All practices", width=360)
shown = [choice for choice in made if which in (None, choice.practice)]
st.download_button(
    "Download as CSV",
    record.to_csv(shown).encode("utf-8-sig"),
    "decision-record.csv",
    "text/csv",
    key="csv",
)
for index, (year, those) in enumerate(record.by_year(shown)):
    label = f"**{year}**, {count(len(those), 'decision')}"
    with st.expander(label, expanded=index == 0, key=f"year-{year}"):
        for choice in those:
            with st.container(gap=None):
                on = f", **{plain(choice.practice)}**" if choice.practice else ""
                said = plain(record.sentence(choice))
                st.markdown(f"{day_words(choice.at.date())}{on}: {said}")
                if choice.saw:
                    st.caption(f"Seen then: {plain(choice.saw)}")
