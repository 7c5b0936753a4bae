"""The privacy self-test: attack our own results, and read what was tried and what was found."""

import streamlit as st

from lib import first_day, frame, live, tables
from lib.text import plain

viewer = frame.require("self_test")
school = live.school(viewer)
first_day.latest_or_stop(viewer, school)

st.title("Can anybody be singled out?")
with st.container(width=760):
    st.markdown(
        "This page attacks everything that this app publishes, as somebody would who wants to know "
        "what one student said. The attacker is given more than anybody has: who is in which "
        "group, and who answered which question. Then it checks each guess against the answers, "
        "which never leave the app."
    )
    if st.button("Attack our own results", type="primary", key="attack"):
        bar = st.progress(0.0, "Starting")
        live.self_test(viewer, lambda share, what: bar.progress(share, f"{what} …"))
        bar.empty()
    if (tested := live.tested(viewer)) is None:
        st.caption("It takes a minute or two. Others can go on reading meanwhile.")
        st.stop()
    report = tested.report
    st.header(plain(tables.self_test_title(report)))
    st.caption(plain(tables.tested_words(tested, school.title)))
    st.table(
        tables.attempt_table(report),
        border="horizontal",
        hide_index=True,
        alt="What was tried, how often, and what was found",
    )
    for sentence in tables.findings(report):
        st.markdown(f"- {plain(sentence)}")
    if report.leaks:
        st.error(
            "Tell the people who look after this app, and publish nothing new until it is mended."
        )
    st.header("What this does not show")
    st.markdown(
        "Somebody who knows what nine of ten people answered knows the tenth's answer, too. No "
        "rule of counting can change that. What students write in their own words is not part of "
        "this test: a person reads each comment before anybody else sees it."
    )
    frame.link("methods", "How small groups are protected", key="how")
