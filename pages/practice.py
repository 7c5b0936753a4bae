"""One practice in full: its trend with PD sessions, how answers spread, what was tried."""

import streamlit as st

from lib import charts, first_day, frame, live, place
from lib.evidence.groups import grouping_name
from lib.evidence.summary import asked, by_chance, change_lines, history, spread_title
from lib.evidence.types import Figure
from lib.evidence.waves import middle
from lib.plan import focus, promises, sessions
from lib.text import plain
from lib.voices import by_practice, told
from lib.workbook import tabs

viewer = frame.require("practice")
school = live.school(viewer)
latest = first_day.latest_or_stop(viewer, school)
practice = st.query_params.get("practice", "")
everybody = latest.everybody

frame.link("trends", "All practices", key="back")
if everybody is None or practice not in asked(school.evidence):
    st.title("There is no such practice here")
    st.markdown("The form does not ask about it. Choose one under Trends.")
    st.stop()

known = school.practices.get(practice)
st.title(plain(school.name(practice)))
if known and known.statement:
    st.markdown(f"Students rated: *{plain(known.statement)}*")
changes = change_lines(latest, practice)
for sentence, _ in changes[:1]:
    st.header(plain(sentence.removesuffix(".")))
for sentence, moved in changes[1:]:
    st.markdown(f"**{plain(sentence)}**" if moved else plain(sentence))
if by_chance(latest):
    st.caption(by_chance(latest))

points = tuple(
    charts.Point(wave.label, middle(wave).date(), printed)
    for wave, printed in history(school.evidence, practice)
)
own = [f for f in focus.focuses(school.of(tabs.FOCUS)) if f.practice == practice]
ids = {f.record_id for f in own}
held = sessions.dated(sessions.sessions(school.of(tabs.SESSIONS)), ids)
marks = tuple(charts.Mark(session.on, "PD session") for session in held if session.on)
if any(isinstance(p.printed, Figure) for p in points):
    place.show(charts.trend(points, marks, frame.palette()), key="trend")
else:
    st.markdown("Too few students have answered this in any closed wave to show a figure.")

for session in held:
    if session.record_id in school.reached:
        place.verdict(session, school.reached[session.record_id])

spread = tuple(
    (t.wave.label, tuple(t.distributions[practice]))
    for t in school.evidence.waves
    if practice in t.distributions
)
if spread:
    st.header(plain(spread_title(school.evidence, practice)))
    place.draw(charts.color_key(spread))
    place.show(charts.distribution(spread, frame.palette()), key="spread")

by = place.choose_grouping(latest)
if by:
    st.header(f"By {plain(grouping_name(by))}")
    place.group_cards(school, latest, by, practice)

if shares := by_practice.said_of(everybody, practice):
    st.header(plain(by_practice.standing_title(shares)))
    place.standings(everybody, practice)

heard = live.voices(viewer)
words = heard.approved if heard else ()
parts = [part for part in by_practice.parts(everybody, practice, words) if part.words]
talks = told.came_up(school.came_up.get(practice, {}))
if talks:
    st.header("In conversations")
    st.markdown(f"{plain(talks)} They stand beside the form and are in no percent.")
    frame.link("conversations", "All conversations", key="talks")
if heard is None:
    st.caption("Students' words are being read. Reload in a moment to see them.")
if parts:
    st.header("In students' words")
    st.caption("Read and passed by a person, shuffled, newest wave first.")
    for column, part in zip(st.columns(len(parts), gap="large"), parts, strict=True):
        with column:
            st.subheader(part.title)
            place.quotes(part.words, first=3, key=part.standing.name)

if known and known.monday_move:
    st.header("What it looks like")
    st.markdown("\n".join(f"- {plain(line)}" for line in known.looks_like))
    st.markdown(f"**A move for Monday.** {plain(known.monday_move)}")

said = [p for p in promises.promises(school.of(tabs.PROMISES)) if p.practice == practice]
if own or said:
    st.header("What was tried")
    for tried in own:
        st.markdown(f"- Focus, {tried.state.value}. {plain(tried.evidence)}")
    for promise in said:
        st.markdown(
            f"- Promise, {promise.state.value}. {plain(promise.we_did or promise.you_said)}"
        )
