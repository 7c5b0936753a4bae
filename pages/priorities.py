"""Priorities: the practices by percent not favorable, with how sure the order is."""

import streamlit as st

from lib import charts, first_day, frame, live, place, planning
from lib.evidence import summary
from lib.evidence.types import Flag
from lib.plan import focus
from lib.text import plain
from lib.voices import told
from lib.workbook import tabs

viewer = frame.require("priorities")
school = live.school(viewer)
latest = first_day.latest_or_stop(viewer, school)
chosen = focus.focuses(school.of(tabs.FOCUS))
came_up, order = school.came_up, school.students_order

# Of a row: what it is, its share, how sure its place is, what one can do.
WIDTHS = [8, 7, 5, 4]
of = summary.ranked(latest)

st.title(plain(summary.priorities_title(latest, school.names)))
st.markdown(
    f"Where most answers were **not favorable** comes first: {plain(latest.wave.label)}, "
    f"{summary.answers(latest)}. The band is where the true share likely lies."
)
if of:
    st.markdown(
        "**The ten dots** say how sure the order is: if as many students answered ten times over, "
        "in how many of them would the practice be among the three lowest?"
    )

if order:
    st.markdown(f"**The students’ order.** {plain(told.order_words(order, school.names))}")
    frame.link("conversations", "What the panel said", key="panel")

for tier, rows in summary.by_tier(latest):
    with st.container(key=f"head-{tier.name}"):
        heading, axis, dots, _ = st.columns(WIDTHS, vertical_alignment="bottom", gap="medium")
    with heading, st.container(gap="xxsmall"):
        st.header(tier.value.capitalize())
        st.caption(summary.TIER_MEANS[tier])
    with axis:
        place.draw(charts.scale("Share of answers not favorable"))
    with dots:
        if any(summary.tenths(row.probability) for row in rows):
            place.draw(charts.times_head())
    for row in rows:
        name = school.name(row.practice)
        with st.container(key=f"row-{row.practice}"):
            what, drawing, sure, act = st.columns(WIDTHS, vertical_alignment="center", gap="medium")
        with what, st.container(gap="xsmall"):
            frame.link("practice", f"**{plain(name)}**", key=row.practice, practice=row.practice)
            for beside in row.beside:
                st.markdown(plain(beside.sentence))
                if beside.flag is Flag.USED_TO_WORK:
                    key = f"back-{row.practice}"
                    frame.link("voices", "Why it used to help", key=key, practice=row.practice)
            said = told.beside(came_up, order, row.practice)
            if said:
                st.markdown(plain(" ".join(said)))
            st.caption(plain(summary.why(row, of)))
        with drawing:
            place.draw(charts.interval(row.unfavorable, f"{name}, not favorable", frame.palette()))
        with sure:
            if summary.tenths(row.probability):
                place.draw(charts.times(row.probability, name, frame.palette()))
        with act:
            planning.choose_focus(viewer, school, row.practice, chosen)
if not latest.priorities:
    st.markdown("No practice has enough answers to be shown.")
