"""Home: what moved, what waits, what comes next. One look."""

import streamlit as st

from lib import first_day, frame, live, place, publish
from lib.access import Data, screen
from lib.evidence import summary
from lib.plan import focus, record, waiting, week
from lib.text import plain
from lib.voices import sentences
from lib.workbook import tabs

viewer = frame.require("home")
school = live.school(viewer)
heard = place.heard_if_mine(viewer)
if heard and viewer.may_see(Data.REFERRED) and (cases := sentences.waiting_cases(heard.cases)):
    st.warning(f"**{cases}**")
    frame.link("safety", "Open Safety", key="safety")
latest = first_day.latest_or_stop(viewer, school)
said = summary.headlines(latest, school.names)
today = school.now.date()

st.title(plain(summary.trends_title(latest, school.names)))
st.caption(
    plain(
        f"{school.title}, {latest.wave.label}, {summary.answers(latest)}. Figures are shares of "
        "favorable answers."
    )
)
st.markdown(plain(" ".join(filter(None, (said.moved, said.steady, said.unknown)))))

mine = {tab: school.of(tab) for tab in record.TABS if viewer.may_see_tab(tab)}
last_week = school.now - week.WEEK
made = record.choices(mine, school.words, school.evidence, school.zone, since=last_week)
first = summary.first_look(latest)[:2]

# What waits stands first in the page, so that a phone shows it before any drawing.
todo, news = st.columns([2, 3], gap="large")
with todo:
    st.header("What waits for you")
    waits = waiting.waiting(school.records, school.names, today=today, latest=latest)
    own = [line for line in waits if viewer.may_open(screen(line.screen))]
    if own:
        st.markdown("\n".join(f"- {plain(line.sentence)}" for line in own))
    with st.container(horizontal=True, gap="medium"):
        for name in dict.fromkeys(line.screen for line in own if line.screen != "plan"):
            frame.link(name, f"Open {screen(name).title}", key=f"waits-{name}")
    to_read = heard.backlog if heard and viewer.may_see(Data.REVIEW) else None
    if to_read and to_read.waiting:
        st.markdown(f"- {sentences.waits(to_read)}")
        frame.link("review", "Open the review", key="review")
    decides = viewer.may_see(Data.PUBLISHED) and publish.needs_second(school.of(tabs.SETTINGS))
    asked = publish.proposal(school.of(tabs.PUBLISHED)) if decides else None
    to_approve = asked if asked and asked.who != viewer.who else None
    if to_approve:
        version = to_approve.page.version
        st.markdown(f"- Version {version} of the students' page waits for approval.")
        frame.link("you_said_we_did", "Read and approve it", key="approve")
    if not own and not to_approve and not (to_read and to_read.waiting):
        st.markdown("Nothing now.")
    st.header("Next PD")
    st.markdown(plain(waiting.next_date(school.records, school.names, today=today)))
    frame.link("plan", "Open the plan", key="plan")
with news:
    st.header(plain(summary.first_look_title(latest)))
    for practice in first:
        place.practice_card(school, latest, practice, since=summary.since_last(latest))
    frame.link("trends", "See every practice", key="trends")
    with st.container(gap="xsmall"):
        for sentence in summary.trust_lines(school.evidence):
            st.markdown(plain(sentence))
    place.collecting(school)

running = [own.practice for own in focus.running(focus.focuses(school.of(tabs.FOCUS)))]
shown = [p for p in running if p in school.names and p not in first]
if shown:
    st.header("What we are working on")
    with st.grid(min_column_width=280, gap="medium"):
        for practice in shown:
            place.practice_card(school, latest, practice)
if fresh := week.new(made, school.evidence, now=school.now):
    st.header("New this week")
    st.markdown("\n".join(f"- {plain(news_line)}" for news_line in fresh))
    frame.link("record", "The decision record", key="record")
