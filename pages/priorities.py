"""Priorities: the practices by percent not favorable, with how sure the order is."""

import streamlit as st

from lib import charts, frame, live
from lib.evidence.summary import TIER_MEANS, answers, by_tier, place_in_words, priorities_title
from lib.plan import focus
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("priorities")
school = live.school()
latest = frame.latest_or_stop(school)
chosen = focus.focuses(school.of(tabs.FOCUS))
running = {own.practice for own in focus.running(chosen)}

st.title(plain(priorities_title(latest, school.names)))
st.markdown(
    f"Where most answers were **not favorable** comes first: {plain(latest.wave.label)}, "
    f"{answers(latest)}. The band is where the true share likely lies; where bands overlap, the "
    "order could be the other way round."
)

_, axis, _ = st.columns([4, 4, 2], gap="medium")
with axis, st.container(key="row-axis"):
    frame.draw(charts.scale())
for tier, rows in by_tier(latest):
    st.header(tier.value.capitalize())
    st.caption(TIER_MEANS[tier])
    for row in rows:
        name = school.name(row.practice)
        with st.container(key=f"row-{row.practice}"):
            what, drawing, act = st.columns([4, 4, 2], vertical_alignment="center", gap="medium")
        with what:
            frame.link("practice", f"**{plain(name)}**", key=row.practice, practice=row.practice)
            for reason in (place_in_words(row), *(beside.sentence for beside in row.beside)):
                if reason:
                    st.caption(plain(reason))
        with drawing:
            frame.draw(charts.interval(row.unfavorable, f"{name}, not favorable"))
        with act:
            if row.practice in running:
                frame.link("plan", "A focus now", key=f"plan-{row.practice}")
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
