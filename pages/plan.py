"""Plan: the running focus practices, each with its next session, and the sessions of the year."""

import streamlit as st

from lib import briefing, first_day, frame, live, place, planning
from lib.plan import calendar, card, choosing, focus, history, sessions, waiting
from lib.plan.merge import CHANGED_MEANWHILE, merged
from lib.strip import strip
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("plan")
school = live.school(viewer)
heard = live.voices(viewer)
today = school.now.date()
chosen = focus.focuses(school.of(tabs.FOCUS))
planned = sessions.sessions(school.of(tabs.SESSIONS))
running = focus.running(chosen)

st.title(plain(waiting.headline(running, school.names)))
if not first_day.note(school) and not running:
    st.markdown("Choose a practice under Priorities. It appears here with its evidence.")
    frame.link("priorities", "Go to Priorities", key="priorities")

for column, own in zip(st.columns(len(running) or 1, gap="medium"), running, strict=False):
    key, name = own.record_id, school.name(own.practice)
    session = sessions.next_session(key, planned, today)
    stamp = {"who": viewer.who, "at": card.after(live.moment(), own, planned)}
    among = {"chosen": chosen, "names": school.names, **stamp}
    records = card.records(own, planned)
    told = history.lines(*records, names=school.words, zone=school.zone)
    with column, st.container(border=True, height="stretch", key=f"focus-{key}"):
        # What differs in length stands here, so that the fields of all cards stand in line.
        with st.container(height="stretch", gap="xsmall"):
            frame.link("practice", f"**{plain(name)}**", key=f"title-{key}", practice=own.practice)
            st.markdown(plain(own.evidence))
            for line in choosing.lines(own, school.words):
                st.caption(plain(line))
            for note in sessions.notes(
                key, planned, chosen_on=own.chosen_at.astimezone(school.zone).date(), today=today
            ):
                st.caption(plain(note))
            if session:
                label = f"{calendar.title(session)}: agenda, who leads"
                frame.link("session", label, key=f"session-{key}", session=session.record_id)
            with st.container(horizontal=True):
                with st.popover("History", type="tertiary", key=f"history-{key}"):
                    for line in told:
                        st.markdown(f"- {plain(line)}")
                if words := choosing.quotes(own, heard.approved if heard else ()):
                    with st.popover("Students' words", type="tertiary", key=f"quotes-{key}"):
                        place.quotes(words, first=len(words), key=f"quotes-{key}")
            if any(history.conflict_note(record) for record in records):
                st.warning(history.CONFLICT)
        forms = (key, f"next-{key}")
        drawn, keys = planning.drawn_card(*forms, card.shown(own, session))
        on_card = card.about(drawn, session, planned)
        now = card.shown(own, on_card)
        if drawn != now or on_card != session:
            st.warning(CHANGED_MEANWHILE)
        typed = planning.card_form(drawn, key, keys)
        if typed:
            both, then = merged(drawn, typed, now), f"“{name}” is saved."
            about = {"planned": planned, **stamp}
            frame.attempt(card.save, both, own, on_card, **about, form=forms, then=then)
        briefing.buttons(viewer, school, own)
        with st.container(horizontal=True):
            if last := card.last_change(own, planned, today=today, zone=school.zone):
                with st.popover("Undo", key=f"undoing-{key}"):
                    st.markdown("Take this back?")
                    for line in card.said(last, names=school.words, zone=school.zone):
                        st.markdown(f"- {plain(line)}")
                    seen = " ".join(each.record.latest.event_id for each in last)
                    if frame.as_seen("Yes, take it back", seen, key=f"undo-{key}"):
                        then = card.undone(last, school.words)
                        about = {"planned": planned, **among}
                        frame.attempt(card.undo, last, **about, form=forms, then=then)
            with st.popover("Finish", key=f"finishing-{key}"):
                st.markdown("Finish it? It makes room for another focus, and can be reopened.")
                if st.button("Yes, finish", key=f"finish-{key}"):
                    frame.attempt(focus.finish, own, **stamp, then=f"“{name}” is finished.")
            with st.popover("Drop", key=f"drop-{key}"):
                gone = f"“{name}” is no longer a focus."
                why = st.text_input("Why is it dropped?", key=f"reason-{key}")
                if st.button("Drop it", key=f"dropit-{key}"):
                    frame.attempt(focus.drop, own, reason=why, **stamp, then=gone)
                if len(own.record.chain) == 1:
                    st.markdown("Chosen by mistake? Take the choice back; you need not say why.")
                    if st.button("Undo the choice", key=f"unchoose-{key}"):
                        frame.attempt(focus.undo, own, **among, then=gone)

if running:
    with st.popover("Plan another session", key="another"):
        of = st.selectbox(
            "Focus",
            running,
            format_func=lambda own: plain(school.name(own.practice)),
            key="another-focus",
        )
        st.caption("Save its card first: a day typed there and not saved gives way to this one.")
        _, fresh = frame.drawn_form("another", None, "day")
        on = planning.day("Day", None, key=f"day-{fresh}")
        if st.button("Plan it", key="another-plan") and of:
            stamp = {"who": viewer.who, "at": card.after(live.moment(), of, planned)}
            about = {"on": on, "planned": planned, **stamp}
            # It may be the next session now: its focus's card shows it, as nobody else's change.
            shown = ("another", f"next-{of.record_id}")
            frame.attempt(sessions.add, of.record_id, **about, form=shown, then="It is planned.")

if calendar.years(planned):
    st.header("The year's sessions")
    when, how = st.columns([3, 2], gap="large")
    with when:
        planning.year(viewer, school, chosen, planned)
    if told_steps := calendar.steps(planned):
        with how:
            st.markdown(plain(calendar.steps_words(told_steps)))
            place.draw(strip(told_steps, frame.palette()))
with st.container(horizontal=True, gap="medium"):
    frame.link("so_far", "Did it reach students? All PD so far", key="so-far")
    frame.link("record", "Decision record", key="record")

past = [own for own in reversed(chosen) if own not in running]
if past:
    st.header("Before")
for own in past:
    with st.expander(f"**{plain(school.name(own.practice))}**, {own.state.value}"):
        st.markdown(plain(own.reason or own.evidence))
        if st.button("Reopen", key=f"reopen-{own.record_id}"):
            frame.attempt(
                focus.reopen,
                own,
                chosen=chosen,
                names=school.names,
                who=viewer.who,
                at=card.after(live.moment(), own, planned),
                then=f"“{school.name(own.practice)}” is a focus again.",
            )
        place.history(own.record, school)
