"""A seat at the table: a room guesses, reads the charts, says what it thinks and sets an order."""

import streamlit as st

from lib import first_day, frame, live, talking
from lib.plan.merge import ON_TWO_SCREENS
from lib.text import plain
from lib.voices import half_held, panel, told
from lib.workbook import tabs

viewer = frame.require("panel")
school = live.school(viewer)
today = school.now.date()
key = st.query_params.get("held", "")
kept = {room.record_id: room for room in panel.panels(school.of(tabs.PANELS))}
mine = live.half_held(viewer)
held = mine.get(key)
# Whoever sits in the room may be a student: what is shown is what may be public.
evidence = school.public_evidence


def on(now: half_held.HalfHeld) -> None:
    """Keep what the room has said so far, and show it."""
    mine.put(now)
    st.query_params["held"] = frame.noted("held", now.key)
    st.rerun()


frame.link("conversations", "Conversations", key="back")
if key in kept:
    mine.drop(key)
    with st.container(key="room-kept"):
        st.title("Thank you. What you said is kept")
        st.markdown(told.WHAT_COMES_OF_IT)
        talking.kept_panel(kept[key], live.voices(viewer), school)
    frame.link("priorities", "See the order beside ours, under Priorities", key="priorities")
    st.stop()

if held is None:
    first_day.latest_or_stop(viewer, school)
    st.title("Give students a seat at the table")
    if key:
        st.warning(told.GONE)
    for begun in mine.all():
        # On trial many people have one name: to each their own of this visit.
        if viewer.came == "on trial" and begun.key != frame.noted("held"):
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"open-{begun.key}"):
            st.markdown(f"**{told.open_words(begun)}**", width="content")
            if st.button("Go on with it", key=f"go-on-{begun.key}"):
                on(begun)
            if st.button("Drop it", type="tertiary", key=f"drop-{begun.key}"):
                mine.drop(begun.key)
                st.rerun()
    if evidence.latest is None:
        st.markdown("Too few answered any closed wave to show its figures to students.")
        st.stop()
    with st.container(key="room-begin"):
        st.markdown("Put this on the projector. " + told.HOW_A_PANEL_GOES)
        words = told.ROOM_WORDS
        room = st.radio("Who is in the room?", list(words), format_func=words.get, key="room")
        students = talking.how_many("students", disabled=room is panel.Room.STAFF)
        if st.button("Begin", type="primary", key="begin"):
            new = half_held.begin(
                evidence.latest,
                practices=list(school.names),
                room=room,
                students=students,
                today=today,
            )
            on(new)
    st.stop()

practice, last = held.practice, len(held.practices)
with st.container(key="room-held"):
    if practice:
        name = school.name(practice)
        # Lines and buttons stand beside the figures: nobody scrolls in front of a room.
        reads, says = st.columns(2, gap="large") if held.shown else (st.container(), st.container())
        with reads:
            st.caption(f"Practice {held.place + 1} of {last}")
            st.title(plain(name))
            if (known := school.practices.get(practice)) and known.statement:
                st.markdown(f"*{plain(known.statement)}*")
        if not held.shown:
            percent = reads.slider(
                "How many of a hundred students gave a favorable answer? Agree on one guess.",
                0,
                100,
                50,
                step=5,
                format="%d%%",
                key=f"guess-{practice}",
            )
            if reads.button(f"Our guess is {percent}%: show us", type="primary", key="show"):
                on(half_held.guess(held, percent))
        else:
            with reads:
                talking.shown_to_the_room(held, evidence, name)
            for part, asks in told.PART_ASKS.items():
                field = f"{part.name}-{practice}"
                both = frame.in_step(field, held.said.get(part, {}).get(practice, ""))
                # No max_chars: it would cut what two screens have said together, and say nothing.
                line = says.text_area(asks, height=68, key=field)
                if both:
                    says.warning(ON_TWO_SCREENS)
                held = half_held.say(held, part, line)
            mine.put(held)
    else:
        st.title("What matters most? Put the practices in order")
        says, left = st.columns(2, gap="large")
        with says:
            for spot, each in enumerate(held.order, 1):
                with st.container(horizontal=True, vertical_alignment="center", key=f"at-{each}"):
                    st.markdown(f"**{spot}. {plain(school.name(each))}**", width="stretch")
                    if spot > 1 and st.button("Up", key=f"up-{each}"):
                        on(half_held.up(held, each))
                    if st.button("Take out", type="tertiary", key=f"out-{each}"):
                        on(half_held.out(held, each))
            if not held.order:
                st.markdown("Nothing yet. Choose what matters most first; a few are enough.")
        # Side by side: a room must not scroll to find the last one.
        with left, st.container(horizontal=True):
            for each in held.left:
                if st.button(plain(school.name(each)), key=f"put-{each}"):
                    on(half_held.put(held, each))
    if long := [each for each in held.too_long if practice in (each, "")]:
        says.warning(plain(told.too_long(long, school.names)))
    with says, st.container(horizontal=True, key="move"):
        if held.place and st.button("Back", key="previous"):
            on(half_held.go(held, held.place - 1))
        if practice:
            if st.button("Next", type="primary" if held.shown else "secondary", key="next"):
                on(half_held.go(held, held.place + 1))
            if held.place + 1 < last and st.button("To the order", type="tertiary", key="end"):
                on(half_held.go(held, last))
        elif st.button("Save the panel", type="primary", key="save"):
            stamp = {"who": viewer.who, "at": live.moment()}
            frame.attempt(half_held.save, held, today=today, **stamp, then="Saved.")
st.caption(told.NOT_SAVED_YET)
