"""Plan: the running focus practices, each with its owner, session and the students' part."""

import streamlit as st

from lib import frame, live
from lib.access import screen
from lib.plan import card, focus, sessions, waiting
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("plan")
school = live.school()
chosen = focus.focuses(school.of(tabs.FOCUS))
planned = sessions.sessions(school.of(tabs.SESSIONS))
running = focus.running(chosen)
stamp = {"who": viewer.who, "at": live.moment()}
among = {"chosen": chosen, "names": school.names, **stamp}
PARTS = list(sessions.StudentPart)

st.title(plain(waiting.headline(running, school.names)))
if not running:
    st.markdown("Choose a practice under Priorities. It appears here with its evidence.")
    st.page_link(screen("priorities").file, label="Go to Priorities")

for column, own in zip(st.columns(len(running) or 1, gap="medium"), running, strict=False):
    key, name = own.record_id, school.name(own.practice)
    session = sessions.next_session(key, planned, school.now.date())
    with column, st.container(border=True, key=f"focus-{key}"):
        st.header(plain(name))
        st.caption(plain(own.evidence))
        with st.form(f"edit-{key}", border=False):
            owner = st.text_input("Owner", own.owner, key=f"owner-{key}")
            done_when = st.text_area(
                "How we will know", own.done_when, height=80, key=f"done-{key}"
            )
            on = st.date_input(
                "Next PD session",
                session.on if session else None,
                format="MM/DD/YYYY",
                key=f"on-{key}",
            )
            part = st.selectbox(
                "Students' part in it",
                PARTS,
                index=PARTS.index(session.student_part) if session else 2,
                key=f"part-{key}",
            )
            saved = st.form_submit_button("Save", type="primary", key=f"save-{key}")
        if saved:
            typed = card.Card(owner, done_when, on, part)
            frame.attempt(card.save, typed, own, session, **stamp, then=f"“{name}” is saved.")
        with st.container(horizontal=True):
            if st.button("Undo", key=f"undo-{key}", help="Take the last change of it back"):
                frame.attempt(focus.undo, own, **among, then="The last change is undone.")
            if st.button("Finish", key=f"finish-{key}"):
                frame.attempt(focus.finish, own, **stamp, then=f"“{name}” is finished.")
            with st.popover("Drop", key=f"drop-{key}"):
                why = st.text_input("Why is it dropped?", key=f"reason-{key}")
                if st.button("Drop it", key=f"dropit-{key}"):
                    frame.attempt(
                        focus.drop, own, reason=why, **stamp, then=f"“{name}” is dropped."
                    )
            frame.history(own.record, school)

past = [own for own in reversed(chosen) if own not in running]
if past:
    st.header("Before")
for own in past:
    with st.expander(f"**{plain(school.name(own.practice))}**, {own.state.value}"):
        st.markdown(plain(own.reason or own.evidence))
        if st.button("Reopen", key=f"reopen-{own.record_id}"):
            again = f"“{school.name(own.practice)}” runs again."
            frame.attempt(focus.reopen, own, **among, then=again)
        frame.history(own.record, school)
