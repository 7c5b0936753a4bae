"""Home: what moved, what waits, what comes next. One look."""

import streamlit as st

from lib import frame, live
from lib.access import screen
from lib.evidence.summary import answers, headlines
from lib.plan import waiting
from lib.text import plain

frame.require("home")
school = live.school()
latest = frame.latest_or_stop(school)
said = headlines(latest, school.names)

st.title(plain(school.title))
st.markdown(f"{plain(latest.wave.label)}, {answers(latest)}.")
frame.collecting(school)

news, todo = st.columns([3, 2], gap="large")
with news:
    st.header("What moved")
    for sentence in (said.moved, said.steady, said.unknown):
        if sentence:
            st.markdown(plain(sentence))
    st.page_link(screen("trends").file, label="See every practice")
with todo:
    st.header("What waits for you")
    for line in waiting.waiting(school.records, school.names, today=school.now.date()):
        st.markdown(f"- {plain(line)}")
    st.header("Next PD")
    st.markdown(plain(waiting.next_date(school.records, school.names, today=school.now.date())))
    st.page_link(screen("plan").file, label="Open the plan")
