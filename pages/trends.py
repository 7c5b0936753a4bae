"""Trends: one small drawing a practice, sorted by what needs attention."""

import streamlit as st

from lib import charts, frame, live
from lib.access import screen
from lib.evidence.summary import answers, by_attention, history, trends_title
from lib.text import plain

frame.require("trends")
school = live.school()
latest = frame.latest_or_stop(school)

st.title(plain(trends_title(latest, school.names)))
st.markdown(
    f"The share of answers that were favorable, wave by wave, up to **{plain(latest.wave.label)}** "
    f"({answers(latest)}). The band is where the true share likely lies."
)
frame.collecting(school)

with st.grid(min_column_width=280, gap="medium"):
    for practice in by_attention(latest):
        with st.container(key=f"card-{practice}", gap="xsmall"):
            st.page_link(
                screen("practice").file,
                label=f"**{plain(school.name(practice))}**",
                query_params={"practice": practice},
            )
            frame.draw(
                charts.small_trend(history(school.evidence, practice), school.name(practice))
            )
            comparison = latest.since_last.get(practice)
            if comparison:
                st.caption(plain(comparison.sentence))
