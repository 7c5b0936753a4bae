"""Setup: connected? understood? in step? Each with its sentence and its repair."""

import streamlit as st

from lib import check, first_day, frame, live, place
from lib.intake import tables
from lib.plan import blocks, drift, mapping, waves
from lib.tables import plain_table
from lib.text import count, plain
from lib.workbook import WorkbookProblem, tabs

viewer = frame.require("setup")
what = "file" if live.on_sample() else "sheet"

try:
    school = live.school(viewer)
except WorkbookProblem as problem:
    st.title(tables.broken_title(what, passing=problem.temporary))
    st.header("Connected?")
    st.error(f"**{plain(problem.says)}** {plain(problem.do)}")
    if not problem.temporary:
        st.markdown("Nothing is lost. Mend this, then try again.")
    place.try_again(viewer)
    st.stop()
form = school.has_form
stamp = {"who": viewer.who, "at": live.moment()}
account = live.service_account(viewer)
seen, kept, settings = school.understanding, school.of(tabs.COLUMNS), school.of(tabs.SETTINGS)
asked = mapping.questions(seen.columns, kept)
found = drift.changes(asked, kept)
unrated = [tables.NO_RATING] if school.rates_nothing else []
things = [*unrated, *school.notes, *seen.problems, *found.lookalikes, *found.gone]

st.caption("Setup")
if trouble := school.trouble:
    st.title(tables.broken_title(what, passing=trouble.temporary))
else:
    st.title(tables.setup_title(len(things), answered=seen.responses > 0, form=form))

if first := not (form or trouble):
    st.header("Make a form")
    first_day.script_of_the_form(viewer, school)

st.header("Connected?")
for finding in check.now():
    st.warning(f"**{plain(finding.says)}** {plain(finding.do)}")
if school.source == "sample":
    st.markdown(
        "The app runs on the **fictional sample school**. To connect your own form, follow "
        "“Connect your own form” in the README."
    )
elif form and trouble is None:
    st.markdown(
        f"Connected to your spreadsheet. Answers come from the tab **{plain(school.form_title)}**."
    )
elif trouble is None:
    st.markdown("Connected to your spreadsheet, into which no form writes yet.")
if trouble:
    st.warning(f"**{plain(trouble.says)}** {plain(trouble.do)}")
    place.try_again(viewer)
for note in school.notes:
    st.warning(plain(note))
if school.source != "sample":
    st.markdown(
        "Whoever opens the spreadsheet can read the raw answers. Share it with two people and the "
        f"service account {plain(account)}, nobody else."
    )

if first:
    st.stop()

st.header("Understood?")
closed = waves.answers_in_closed(school.waves)
read = plain(tables.read_words(closed, seen.responses, seen.left_out, seen.columns))
if seen.columns:
    st.markdown(f"{read} {tables.doubt_words(seen.columns)}")
else:
    st.markdown(tables.NOT_IN_THE_COPY if trouble else read)
for says in unrated:
    st.warning(says)
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
elif not unrated and not trouble:
    st.markdown("Nothing in the sheet needs a look.")
for number, offer in enumerate(blocks.offers(seen.blocks, settings)):
    with st.container(border=True, key=f"pasted-{number}"):
        st.markdown(f"**Was this pasted again?** {offer.says}")
        if st.button("Leave the copy out", key=f"leave-out-{number}"):
            frame.attempt(blocks.leave_out, offer, **stamp, then=blocks.THEN)
for number, block in enumerate(blocks.left(settings, seen.lost_blocks)):
    with st.container(horizontal=True, vertical_alignment="center", key=f"left-{number}"):
        st.markdown(block.says, width="content")
        if st.button("Undo", key=f"count-again-{number}", help="Every row counts again"):
            frame.attempt(blocks.count_again, block, **stamp, then="Its rows count again.")
        place.history(block.record, school)

st.header("Up to date?")
if school.source == "sample":
    st.markdown("The sample school stands still. A real sheet is looked at every 20 seconds.")
else:
    st.markdown(f"{school.age_in_words} The app looks for new answers every 20 seconds.")

st.header("Waves")
st.markdown(plain(waves.closed_words(school.waves, given=school.waves_given)))
if school.waves.collecting:
    place.collecting(school)
frame.link("waves", "Name waves, and close the open one", key="waves")

st.header("A form of your own")
first_day.script_of_the_form(viewer, school)
