"""Priorities: the practices by percent not favorable, with how sure the order is."""

import streamlit as st

from lib import charts, frame, live
from lib.evidence import summary
from lib.plan import focus
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("priorities")
school = live.school(viewer)
latest = frame.latest_or_stop(school)
chosen = focus.focuses(school.of(tabs.FOCUS))
running = {own.practice for own in focus.running(chosen)}
full = len(running) >= focus.RUNNING_LIMIT

st.title(plain(summary.priorities_title(latest, school.names)))
st.markdown(
    f"Where most answers were **not favorable** comes first: {plain(latest.wave.label)}, "
    f"{summary.answers(latest)}. The band is where the true share likely lies; where bands "
    "overlap, the order could be the other way around."
)
if full:
    st.markdown(
        f"**{focus.RUNNING_LIMIT} focus practices are running, the most a school does well.** "
        "Finish one on the Plan page to choose another."
    )
    frame.link("plan", "Go to the plan", key="full")

for tier, rows in summary.by_tier(latest):
    heading, axis, _ = st.columns([4, 4, 2], vertical_alignment="bottom", gap="medium")
    with heading:
        st.header(tier.value.capitalize())
    with axis, st.container(key=f"axis-{tier.name}"):
        frame.draw(charts.scale("Share of answers not favorable"))
    st.caption(summary.TIER_MEANS[tier])
    for row in rows:
        name = school.name(row.practice)
        with st.container(key=f"row-{row.practice}"):
            what, drawing, act = st.columns([4, 4, 2], vertical_alignment="center", gap="medium")
        with what:
            frame.link("practice", f"**{plain(name)}**", key=row.practice, practice=row.practice)
            for beside in row.beside:
                st.markdown(plain(beside.sentence))
            if place := summary.place_in_words(row):
                st.caption(place)
        with drawing:
            frame.draw(charts.interval(row.unfavorable, f"{name}, not favorable", frame.palette()))
        with act:
            pressed = False
            if row.practice in running:
                frame.link("plan", "A focus now: see the plan", key=f"plan-{row.practice}")
            else:
                pressed = st.button("Choose as focus", key=f"choose-{row.practice}", disabled=full)
        if pressed:
            frame.attempt(
                focus.choose,
                row.practice,
                wave=latest.wave.wave_id,
                evidence=focus.evidence_words(latest, row.practice),
                chosen=chosen,
                names=school.names,
                who=viewer.who,
                at=live.moment(),
                then=f"“{name}” is a focus now. It is on the Plan page.",
            )
if not latest.priorities:
    st.markdown("No practice has enough answers to be shown.")
