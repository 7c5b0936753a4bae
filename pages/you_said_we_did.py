"""You said, we did: the answer to each focus, the page students will see, and publishing it."""

import streamlit as st

from lib import first_day, frame, live, publish
from lib.evidence.types import Audience
from lib.plan import drafts, focus, promises, translations
from lib.promise_editor import editor, loop_clock
from lib.publish import clock
from lib.publish_panel import panel
from lib.take_away import take_away
from lib.text import plain
from lib.translation_editor import translation_editor
from lib.voices.bring_back import bring_back
from lib.workbook import tabs

viewer = frame.require("you_said_we_did")
school = live.school(viewer)
heard = live.voices(viewer)
chosen = focus.focuses(school.of(tabs.FOCUS))
told = promises.promises(school.of(tabs.PROMISES))
record = school.of(tabs.PUBLISHED)
today = school.now.date()
preview = publish.compose(
    school=publish.read_school(school.of(tabs.SETTINGS)),
    promises=told,
    focuses=chosen,
    evidence=school.evidence,
    practices=school.practices,
    names=school.names,
    version=publish.next_version(record),
    on=today,
    translated=translations.translated(school.of(tabs.TRANSLATIONS)),
)
verdicts = publish.verdicts(told, preview, school.evidence, school.zone)
missed = bring_back(school.evidence, Audience.STAFF, school.came_up)

waiting = clock.unanswered(
    school.evidence,
    told,
    publish.readable(record),
    missed,
    names=school.names,
    now=school.now,
)
kept = clock.kept(school.evidence, told, now=school.now, zone=school.zone)

st.title(plain(clock.title(kept, len(waiting))))
st.markdown(
    "One sentence on what students said, one on what came of it. “Not this time, because” is an "
    "honest answer too. Whether it changed anything, students say."
)
first_day.note(school)
if school.evidence.latest or told:
    loop_clock(school, waiting, kept)
left, right = st.columns(2, gap="large")

with left:
    st.header("What we tell students")
    open_drafts = drafts.drafts(chosen, told)
    if not open_drafts:
        st.markdown("Choose a focus practice first; its answer to students is written here.")
        frame.link("priorities", "Go to Priorities", key="priorities")
    for draft in open_drafts:
        editor(draft, verdicts.get(draft.key), school, viewer)
    if latest := school.evidence.latest:
        wave = latest.wave.wave_id
        listed = (*(each.practice for each in waiting), *school.names)
        practice = st.selectbox(
            "Answer another practice",
            drafts.unanswered(listed, open_drafts, wave),
            index=None,
            format_func=school.name,
            placeholder="Longest wait first",
            key="another",
        )
        if practice:
            editor(drafts.fresh(practice, wave), None, school, viewer)
    translation_editor(preview, school, viewer)

with right:
    st.header("What students will see")
    notes = publish.before_publishing(told, school.names, today=today)
    panel(preview, notes, school, viewer)
    take_away(publish.published(record), school, viewer)
