"""Setup: connected? understood? in step? Each with its sentence and its repair."""

from functools import partial

import streamlit as st

from lib import check, frame, live
from lib.intake import tables
from lib.plan import drift, mapping, waves
from lib.plan.closing import close_open_wave
from lib.publish.next_form import STEPS, next_form
from lib.tables import plain_table
from lib.text import count, plain
from lib.workbook import WorkbookProblem, tabs

viewer = frame.require("setup")

try:
    school = live.school()
except WorkbookProblem as problem:
    st.title("The sheet cannot be read")
    st.header("Connected?")
    st.error(f"**{plain(problem.says)}** {plain(problem.do)}")
    st.markdown("Nothing is lost. Mend this and reload the page; no restart is needed.")
    if st.button("Try again now", key="retry"):
        live.refresh()
        st.rerun()
    st.stop()
stamp = {"who": viewer.who, "at": live.moment()}
account = live.service_account()
seen, kept = school.understanding, school.of(tabs.COLUMNS)
asked = mapping.questions(seen.columns, kept)
found = drift.changes(asked, kept)
things = [*school.notes, *seen.problems, *found.lookalikes, *found.gone]

st.caption("Setup")
st.title(tables.setup_title(connected=school.trouble is None, things=len(things)))

st.header("Connected?")
for finding in check.now():
    st.warning(f"**{plain(finding.says)}** {plain(finding.do)}")
if school.source == "sample":
    st.markdown(
        "The app runs on the **fictional sample school**. To connect your own form, follow "
        "“Connect your own form” in the README."
    )
else:
    st.markdown(
        f"Connected to your spreadsheet. Answers come from the tab **{plain(school.form_title)}**."
    )
if school.trouble:
    st.warning(f"**{plain(school.trouble.says)}** {plain(school.trouble.do)}")
for note in school.notes:
    st.warning(plain(note))
if school.source != "sample":
    st.markdown(
        "Whoever opens the spreadsheet can read the raw answers. Share it with two people and the "
        f"service account {plain(account)}, nobody else."
    )

st.header("Understood?")
st.markdown(plain(tables.read_words(seen.responses, seen.left_out, seen.columns)))
for note in drift.summary(found, asked):
    st.markdown(plain(note))
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    fresh = mapping.unaccepted(asked) and not found.lookalikes
    if fresh and st.button("This is right", type="primary", key="accept"):
        frame.attempt(mapping.accept, asked, **stamp, then="Every question is written down.")
    frame.link("columns", "See and correct every question", key="columns")
if seen.problems:
    st.markdown(f"{count(len(seen.problems), 'thing').capitalize()} to look at in the sheet:")
    st.table(
        plain_table(tables.problem_table(seen.problems)),
        border="horizontal",
        hide_index=True,
        alt="Problems by row and column",
    )
    if more := tables.more_problems(seen.problems):
        st.caption(more)
else:
    st.markdown("Nothing in the sheet needs a look.")

st.header("Up to date?")
if school.source == "sample":
    st.markdown("The sample school stands still. A real sheet is looked at every 20 seconds.")
else:
    st.markdown(f"{live.age_in_words()} The app looks for new answers every 20 seconds.")

st.header("Waves")
wave = school.evidence.collecting
closed = len(school.evidence.waves)
st.markdown(
    f"{count(closed, 'wave').capitalize()} closed. "
    + ("" if school.waves_given else "No waves are set, so each calendar month counts as one.")
)
if school.suggested_waves:
    st.markdown("Answers came in these bursts. Name them, and each counts as a wave from then on.")
    with st.form("waves", width=480):
        labels = [
            st.text_input(waves.days(burst), burst.label, max_chars=120, key=f"wave-{place}")
            for place, burst in enumerate(school.suggested_waves)
        ]
        accepted = st.form_submit_button("Use these waves", type="primary", key="use-waves")
    if accepted:
        frame.attempt(
            waves.accept,
            school.suggested_waves,
            labels,
            school.of(tabs.WAVES),
            **stamp,
            then="These are the waves from now on.",
        )
if wave:
    frame.collecting(school)
    with st.popover("Close this wave now", key="ask-close"):
        st.markdown(plain(waves.before_closing(school.evidence)))
        if st.button("Close it", key="close-wave", type="primary"):
            frame.attempt(
                close_open_wave,
                school.evidence,
                school.of(tabs.WAVES),
                now=school.now,
                **stamp,
                then=f"{wave.label} is closed. Its results are in Trends.",
            )
else:
    st.markdown("No wave is open.")

st.header("A form of your own")
st.markdown("\n".join(f"1. {step}" for step in STEPS))
practices = tuple(school.practices.values())
st.download_button(
    "Download the script",
    partial(next_form, school.records, practices, service_account=account),
    file_name="make-form.gs.txt",
    mime="text/plain",
    on_click="ignore",
    key="script",
)
