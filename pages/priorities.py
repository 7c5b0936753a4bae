"""Priorities: the practices by percent not favorable, with how sure the order is."""

import streamlit as st

from lib import charts, frame, live
from lib.access import screen
from lib.evidence.summary import answers, priorities_title
from lib.plan import focus
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("priorities")
school = live.school()
latest = frame.latest_or_stop(school)
chosen = focus.focuses(school.of(tabs.FOCUS))
running = {f.practice for f in focus.running(chosen)}

st.title(plain(priorities_title(latest, school.names)))
st.markdown(
    f"Where most answers were **not favorable** comes first: {plain(latest.wave.label)}, "
    f"{answers(latest)}. The band is where the true share likely lies; where bands overlap, the "
    "order could be the other way round."
)

for row in latest.priorities:
    name = school.name(row.practice)
    with st.container(key=f"row-{row.practice}"):
        what, drawing, act = st.columns([5, 4, 2], vertical_alignment="center", gap="medium")
        with what:
            st.page_link(
                screen("practice").file,
                label=f"**{plain(name)}**",
                query_params={"practice": row.practice},
            )
            st.caption(f"**{row.tier.value.capitalize()}.** {plain(row.sentence)}")
        with drawing:
            frame.draw(charts.interval(row.unfavorable, f"{name}, not favorable"))
        with act:
            if row.practice in running:
                st.page_link(screen("plan").file, label="A focus now")
            elif st.button("Choose as focus", key=f"choose-{row.practice}"):
                frame.attempt(
                    focus.choose,
                    row.practice,
                    wave=latest.wave.wave_id,
                    evidence=focus.evidence_words(latest, row.practice),
                    chosen=chosen,
                    names=school.names,
                    who=viewer.who,
                    at=live.moment(),
                    then=f"“{name}” is a focus now. You find it under Plan.",
                )
if not latest.priorities:
    st.markdown("No practice has enough answers to be shown.")
