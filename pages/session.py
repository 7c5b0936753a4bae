"""One PD session: how it is held, its agenda, what came of it."""

from dataclasses import replace

import streamlit as st

from lib import frame, live, place, planning
from lib.decided import span
from lib.plan import agenda, calendar, details, focus, history, sessions
from lib.plan.merge import CHANGED_MEANWHILE, merged
from lib.text import plain
from lib.voices.conversations import HowMany
from lib.workbook import moment_after, tabs

viewer = frame.require("session")
school = live.school(viewer)
planned = sessions.sessions(school.of(tabs.SESSIONS))
chosen = focus.focuses(school.of(tabs.FOCUS))
wanted = st.query_params.get("session", "")
session = next((each for each in planned if each.record_id == wanted), None)

frame.link("plan", "The plan", key="back")
if session is None:
    st.title("There is no such session here")
    st.markdown("Choose one on the Plan page.")
    st.stop()

own = next((each for each in chosen if each.record_id == session.focus), None)
stamp = {"who": viewer.who, "at": moment_after(live.moment(), session.record)}
key, off = session.record_id, not sessions.stands(session)
MANY, FORMATS = [None, *HowMany], list(sessions.Format)

st.title(plain(calendar.title(session)))
if own:
    name = plain(school.name(own.practice))
    frame.link("practice", f"**{name}**", key="practice", practice=own.practice)
days = (session.on - school.now.date()).days if session.on else 0
when = f"In {span(days)}. " if days > 0 else ""
st.markdown(f"{when}{plain(details.summary(session))}")
if session.materials:
    st.link_button("Open the materials", session.materials)
if off:
    st.warning("This session is called off. It stays in the record.")
if note := history.conflict_note(session.record):
    st.warning(note)
if days < 0 and session.record_id in school.reached:
    place.verdict(session, school.reached[session.record_id])
    if session.committed:
        st.markdown(f"**What staff committed to.** {plain(session.committed)}")

now = details.details(session)
drawn, fresh = frame.drawn_form(f"held-{key}", now, "on")
if not session.minutes:
    # A length that follows from the agenda alone is nobody's change to this form.
    now = replace(now, minutes=drawn.minutes)
if drawn != now:
    st.warning(CHANGED_MEANWHILE)
if not off:
    how = "Day, format, who leads, how many students"
    with (
        st.expander(how, expanded=days >= 0 and not session.minutes, key="how"),
        st.form(f"held-{key}", border=False),
    ):
        left, right = st.columns(2, gap="medium")
        with left:
            on = planning.day("Day", drawn.on, key=f"on-{fresh}")
            least, most, length = agenda.LEAST_MINUTES, agenda.MOST_MINUTES, drawn.minutes
            minutes = st.number_input("Length in minutes", least, most, length, 5, key=f"m-{fresh}")
            kind = st.selectbox(
                "Format",
                FORMATS,
                index=FORMATS.index(drawn.format),
                format_func=str.capitalize,
                key=f"format-{fresh}",
            )
            led_by = st.text_input("Who leads", drawn.led_by, key=f"led-{fresh}")
        with right:
            many = st.selectbox(
                "How many students take part",
                MANY,
                index=MANY.index(drawn.students),
                format_func=lambda each: each.value.capitalize() if each else "Not said",
                key=f"many-{fresh}",
            )
            part = planning.student_part(drawn.student_part, key=f"part-{fresh}")
            link = st.text_input("Link to materials", drawn.materials, key=f"link-{fresh}")
        if st.form_submit_button("Save", type="primary", key=f"save-{fresh}"):
            typed = details.Details(on, minutes, kind, led_by, many, part, link)
            typed = merged(drawn, typed, now)
            form = f"held-{key}"
            about = {"planned": planned, **stamp}
            frame.attempt(details.save, session, typed, **about, form=form, then="Saved.")

st.header("Agenda")
planning.agenda(session, own, school, viewer)

if not off and days <= 0:
    st.header("Afterwards")
    noted = details.afterwards(session)
    before, fresh = frame.drawn_form(f"after-{key}", noted, "attended")
    with st.form(f"after-{key}", border=False):
        came = st.number_input("Staff who came", 0, 9999, before.attended, key=f"attended-{fresh}")
        said = st.text_area(
            "What staff committed to", before.committed, height=100, key=f"committed-{fresh}"
        )
        if st.form_submit_button("Write it down", key=f"after-save-{fresh}"):
            both = merged(before, details.Afterwards(came, said), noted)
            form = f"after-{key}"
            frame.attempt(details.write_down, session, both, **stamp, form=form, then="Kept.")

with st.container(horizontal=True):
    if session.on:
        planning.to_calendar(
            "Add it to a calendar (.ics)",
            viewer,
            lambda each: each.record_id == wanted,
            calendar.file_name(session),
        )
    with st.popover("Undo", key="undoing"):
        st.markdown("Take this back?")
        (*_, last) = history.lines(session.record, names=school.words, zone=school.zone)
        st.markdown(f"- {plain(last)}")
        if frame.as_seen("Yes, take it back", session.record.latest.event_id, key="undo"):
            about = {"planned": planned, **stamp}
            frame.attempt(sessions.undo, session, **about, then="Taken back.")
    if not off:
        with st.popover("Call it off", key="calling-off"):
            st.markdown("Call it off? It stays in the record, and Undo plans it again.")
            if st.button("Yes, call it off", key="cancel"):
                frame.attempt(sessions.cancel, session, **stamp, then="It is called off.")
    place.history(session.record, school)
