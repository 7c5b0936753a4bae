"""Trends: one small drawing a practice, sorted by what needs attention."""

import streamlit as st

from lib import frame, live
from lib.evidence.summary import answers, by_attention, by_chance, moved, trends_title
from lib.text import plain

frame.require("trends")
school = live.school()
latest = frame.latest_or_stop(school)
first = moved(latest)
rest = [practice for practice in by_attention(latest) if practice not in first]

st.title(plain(trends_title(latest, school.names)))
st.markdown(
    f"The share of answers that were favorable, wave by wave, up to **{plain(latest.wave.label)}** "
    f"({answers(latest)}). The band is where the true share likely lies. {by_chance(latest)}"
)
frame.collecting(school)

for heading, practices in (("What moved", first), ("The others, least favorable first", rest)):
    if practices:
        st.header(heading if first else "All practices, least favorable first")
        with st.grid(min_column_width=280, gap="medium"):
            for practice in practices:
                frame.practice_card(school, latest, practice)
