"""Trends: one small drawing a practice, sorted by what needs attention; or one grouping."""

import streamlit as st

from lib import first_day, frame, heat, live, place, tables
from lib.evidence import groups, summary
from lib.text import plain

viewer = frame.require("trends")
school = live.school(viewer)
latest = first_day.latest_or_stop(viewer, school)
first = summary.moved(latest)
ordered = summary.by_attention(latest)

st.title(plain(summary.trends_title(latest, school.names)))
st.markdown(
    f"The share of answers that were favorable, wave by wave, up to **{plain(latest.wave.label)}** "
    f"({summary.answers(latest)}). The band is where the true share likely lies. "
    f"{summary.by_chance(latest)}"
)
place.collecting(school)

by = place.choose_grouping(latest)
if by:
    cells = groups.cells_of(latest, by)
    st.header(plain(groups.gap_title(cells, school.names)))
    title = f"Percent favorable by {groups.grouping_name(by)}, {latest.wave.label}"
    st.caption(plain(f"{title}. Below each share: where it likely lies, in percent."))
    place.draw(heat.heat_table(cells, ordered, school.names, title))
    most = groups.most_apart(cells)
    st.header("Wave by wave")
    practice = st.selectbox(
        "Practice",
        ordered,
        index=ordered.index(most) if most else 0,
        format_func=school.name,
        key="by-wave",
        width=320,
    )
    place.group_cards(school, latest, by, practice)
for note in (*latest.notes, *latest.not_offered.values()):
    st.caption(plain(note))

rest = [practice for practice in ordered if practice not in first]
since = summary.since_last(latest)
moved = f"What moved since {plain(since)}"
others = "The others, least favorable first" if first else "All practices, least favorable first"
for heading, practices in ((moved, first), (others, rest)):
    if practices and not by:
        st.header(heading)
        with st.grid(min_column_width=280, gap="medium"):
            for practice in practices:
                place.practice_card(school, latest, practice, since=since)

turnout = school.turnout
if turnout and not by:
    st.header("Whom we have heard")
    for sentence in turnout.coverage.sentences:
        st.markdown(plain(sentence))
    with st.expander("Answers by group, against enrollment"):
        place.draw(
            tables.drawn_table(tables.coverage_table(turnout.coverage), "Answer rates by group")
        )
        st.caption(plain(turnout.weighting))
    st.caption(plain(turnout.coverage.warning))
