"""Conversations: a talk with students, written down in under a minute; what all of them say."""

import streamlit as st

from lib import first_day, frame, live, talking
from lib.plan.history import conflict_note
from lib.plan.merge import CHANGED_MEANWHILE, merged
from lib.text import count, plain
from lib.voices import log_form, panel, told
from lib.voices.conversations import conversations, withdraw
from lib.workbook import tabs

viewer = frame.require("conversations")
school = live.school(viewer)
heard = live.voices(viewer)
talks = conversations(school.of(tabs.CONVERSATIONS))
rooms, today = panel.panels(school.of(tabs.PANELS)), school.now.date()
came_up = school.came_up
stamp = {"who": viewer.who, "at": live.moment()}
FIRST = 8

st.title(plain(told.talks_title(came_up, school.names)))
st.markdown(
    "Every conversation with a student is a professional learning opportunity. What is written "
    "down here stands beside the form’s figures and is never mixed into a percentage."
)
first_day.note(school)
begin, written = st.columns([3, 2], gap="large")
with begin:
    st.header("Log a conversation")
    new, fresh = frame.drawn_form("talk", log_form.empty(today), "practices")
    typed = talking.talk_form(new, fresh, school)
    if st.button("Save", type="primary", key="log"):
        then = "Saved. What was heard waits for a person to read it."
        then = then if typed.heard.strip() else "Saved."
        frame.attempt(
            log_form.save, typed, None, school.names, today=today, **stamp, form="talk", then=then
        )
with written:
    st.header("A seat at the table")
    st.markdown(
        "Students read the charts with you: they guess first, say what is strong and what worries "
        "them, and put the practices in order."
    )
    frame.link("panel", "Hold a panel, or a staff meeting", key="panel")
    if came_up:
        st.header("What came up")
        for practice in told.most_mentioned(came_up, school.names):
            with st.container(key=f"row-{practice}", gap=None):
                name = f"**{plain(school.name(practice))}**"
                frame.link("practice", name, key=f"about-{practice}", practice=practice)
                st.caption(plain(told.came_up(came_up[practice])))

st.header(plain(count(len(talks), "conversation").capitalize()))
every = len(talks) > FIRST and st.toggle(f"Show all {len(talks)}", key="every")
for talk in talks if every else talks[:FIRST]:
    key = talk.record_id
    with st.container(key=f"talk-{key}", gap="xsmall"):
        st.markdown(f"**{plain(told.talk_head(talk))}**")
        if says := told.talk_says(talk, school.names):
            st.markdown("\n".join(f"- {plain(line)}" for line in says))
        if words := heard.note(talk) if heard else "":
            st.markdown(f"“{plain(words)}”")
        elif talk.heard:
            st.caption(told.UNREAD)
        st.caption(f"Students’ part. {told.TALK_PART_WORDS[talk.student_part]}.")
        if note := conflict_note(talk.record):
            st.warning(note)
        with st.container(horizontal=True):
            put_right = st.button("Correct", type="tertiary", key=f"correct-{key}")
            talking.may_withdraw("conversation", talk, withdraw, **stamp)
        if frame.opened(key, "correct" if put_right else None):
            now = log_form.shown(talk, today)
            drawn, fresh = frame.drawn_form(key, now, "practices")
            if drawn != now:
                st.warning(CHANGED_MEANWHILE)
            right = merged(drawn, talking.talk_form(drawn, fresh, school, words=talk.heard), now)
            if st.button("Save the correction", type="primary", key=f"save-{key}"):
                about = (right, talk, school.names)
                then = "The conversation is put right."
                frame.attempt(log_form.save, *about, today=today, **stamp, form=key, then=then)
if not talks:
    st.markdown("None is written down yet. A talk in the corridor counts.")

if rooms:
    st.header(plain(count(len(rooms), "panel").capitalize()))
for room in rooms:
    with st.container(key=f"panel-{room.record_id}", gap="xsmall"):
        st.markdown(f"**{plain(told.panel_head(room))}**")
        talking.kept_panel(room, heard, school)
        talking.may_withdraw("panel", room, panel.withdraw, **stamp)
