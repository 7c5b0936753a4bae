"""PD so far: what moved, what did not, and what cannot be told."""

import streamlit as st

from lib import frame, live
from lib.access import screen
from lib.plan import calendar, details, focus, outcomes, sessions
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("so_far")
school = live.school(viewer)
planned = sessions.sessions(school.of(tabs.SESSIONS))
chosen = focus.focuses(school.of(tabs.FOCUS))
found = outcomes.outcomes(chosen, planned, school.reached, today=school.now.date())

frame.link("plan", "The plan", key="back")
st.title(plain(outcomes.headline(found)))
st.markdown(
    "Each session's practice against the other practices, in the wave before and the first wave "
    "after. **Moved does not mean because of the session**, and who did not answer may think "
    "differently."
)
for kind, those in found.items():
    st.header(kind.value)
    for outcome in those:
        session = outcome.session
        with st.container(gap="xsmall"):
            name = f"**{plain(school.name(outcome.practice))}**"
            key = session.record_id
            frame.link("practice", name, key=key, practice=outcome.practice)
            day = calendar.title(session)
            if viewer.may_open(screen("session")):
                frame.link("session", day, key=f"s-{key}", session=key)
            else:
                st.markdown(plain(day))
            st.caption(plain(details.summary(session)))
            seen, committed = st.columns([3, 2], gap="medium")
            seen.markdown(plain(outcome.sentence))
            said = plain(session.committed) or "Not written down."
            committed.markdown(f"**Staff committed to:** {said}")
