"""Waves: name them, close the open one, and make closed ones again after a correction."""

import streamlit as st

from lib import frame, live, place
from lib.plan import again, waves
from lib.plan.closing import close_open_wave
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("waves")
school = live.school(viewer)
stamp = {"who": viewer.who, "at": live.moment()}
wave = school.waves.collecting
offered = live.remakes(viewer)

frame.link("setup", "Setup", key="back")
st.title(plain(waves.title(school.waves)))
st.markdown(plain(waves.closed_words(school.waves, given=school.waves_given)))
if wave:
    place.collecting(school)
    with st.popover("Close this wave now", key="ask-close"):
        st.markdown(plain(waves.before_closing(school.waves)))
        if st.button("Close it", key="close-wave", type="primary"):
            frame.attempt(
                close_open_wave,
                school.waves,
                school.of(tabs.WAVES),
                now=school.now,
                **stamp,
                then=f"{wave.label} is closed. Its results are in Trends.",
            )

if school.suggested_waves:
    st.header("Name the waves")
    st.markdown("Answers came in these bursts. Name them, and each counts as a wave from then on.")
    if why := waves.same_as_months(school.suggested_waves):
        st.markdown(plain(why))
    with st.form("waves", width=480):
        labels = [
            st.text_input(waves.days(burst), burst.label, max_chars=120, key=f"wave-{place}")
            for place, burst in enumerate(school.suggested_waves)
        ]
        accepted = st.form_submit_button("Use these waves", type="primary", key="use-waves")
    if accepted:
        frame.attempt(
            waves.accept,
            school.suggested_waves,
            labels,
            school.of(tabs.WAVES),
            **stamp,
            then="These are the waves from now on.",
        )

if offered or school.editions:
    st.header("Closed waves, made again")
if any(not remake.refused for remake in offered):
    st.markdown("**Closed waves were frozen before the form was read as it is now.**")
    with st.popover("Make them again", key="ask-again"):
        st.markdown(plain(again.before_making_again(offered)))
        if st.button("Make them again", key="make-again", type="primary"):
            then = "Made again, as the form is read now."
            frame.attempt(live.make_again, viewer, **stamp, then=then)
for sentence in again.refusals(offered):
    st.warning(plain(sentence))
if made := school.editions:
    with st.popover("Editions", key="editions"):
        st.markdown("\n".join(f"- {plain(line)}" for line in made))
