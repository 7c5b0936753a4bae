"""Safety: what was referred, for the counselor alone; the school's protocol beside it."""

import streamlit as st

from lib import first_day, frame, live, place
from lib.text import plain
from lib.voices import sentences
from lib.voices.drills import start_drill
from lib.voices.safety_queue import GONE, Step, move

viewer = frame.require("safety")
school = live.school(viewer)
heard = place.hearing(viewer)
cases, zone = heard.cases, school.zone
stamp = {"who": viewer.who, "at": live.moment()}

st.title(sentences.safety_title(cases, read=not heard.lacks_words))
st.markdown(f"{sentences.NOT_WATCHED} What cannot wait goes the way the school has always gone:")
st.markdown("\n".join(f"- {plain(contact.words)}" for contact in heard.contacts))

first_day.note(school)
queue, beside = st.columns([3, 2], gap="large")
with queue:
    by_id = {case.case_id: case for case in cases}
    if not by_id:
        st.markdown("No comment has ever been referred. A drill, below, shows how it would come.")
    else:
        chosen = st.selectbox(
            "Case",
            by_id,
            format_func=lambda case_id: sentences.case_label(by_id[case_id], zone),
            key="case",
        )
        case = by_id[chosen]
        with st.container(border=True, key=f"item-{chosen}"):
            says = sentences.clock(case, zone)
            (st.error if case.overdue else st.markdown)(f"**{plain(says)}**")
            if case.saying is None:
                st.warning(GONE)
            else:
                with st.container(key=f"said-{chosen}"):
                    st.markdown(f"“{plain(case.saying.text)}”")
                st.caption(plain(sentences.case_about(case)))
            if case.contested:
                st.warning("Somebody decided otherwise at the same moment. The referral stays.")
            with st.container(horizontal=True):
                for step in Step:
                    if step is case.step:
                        continue
                    first = step is sentences.NEXT.get(case.step)
                    if st.button(
                        sentences.STEP_WORDS[step],
                        type="primary" if first else "secondary",
                        key=f"{step.name}-{chosen}",
                    ):
                        then = f"Marked “{step.value}”."
                        frame.attempt(move, case, step, **stamp, then=then)
            for line in sentences.case_lines(case, zone):
                st.caption(plain(line))
        st.caption(
            "There is no field for notes: what you learn belongs in the school's own system. "
            "Nothing here closes by itself."
        )
        st.download_button(
            "Download the log, without the words",
            heard.safety_log,
            file_name="safety-log.csv",
            mime="text/csv",
            on_click="ignore",
            key="log",
        )
with beside:
    st.header("The school's protocol")
    if heard.protocol:
        st.markdown("\n".join(f"1. {plain(line)}" for line in heard.protocol))
    else:
        st.markdown(
            "None is written down here yet. Ask whoever keeps the spreadsheet to add a row to PD "
            "Settings: name “safety protocol”, value the school's own steps, a line each."
        )
    hours = heard.hours
    st.caption(plain(sentences.hours_words(hours)))

    st.header("Drill")
    st.markdown("A made-up comment goes the whole way. It counts nowhere, and says that it is one.")
    with st.popover("Begin a drill", key="ask-drill"):
        st.markdown("Tell whoever reviews comments that a drill is on: they will find it there.")
        if st.button("Begin it", type="primary", key="drill"):
            then = "The drill waits in the review queue now."
            frame.attempt(start_drill, **stamp, then=then)
    for drill in heard.drills[:3]:
        st.caption(plain(sentences.drill_line(drill, zone)))
