"""Setup: connected? understood? in step? Each with its sentence and its repair."""

import streamlit as st

from lib import frame, live
from lib.intake import tables
from lib.plan.closing import close_open_wave
from lib.text import count, plain
from lib.workbook import WorkbookProblem, tabs

viewer = frame.require("setup")

st.title("Setup")
try:
    school = live.school()
except WorkbookProblem as problem:
    st.header("Connected?")
    st.error(f"**{plain(problem.says)}** {plain(problem.do)}")
    st.markdown("Nothing is lost. Mend this and reload the page; no restart is needed.")
    if st.button("Try again now", key="retry"):
        live.refresh()
        st.rerun()
    st.stop()

st.header("Connected?")
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
        "service account, nobody else."
    )

st.header("Understood?")
seen = school.understanding
st.markdown(
    f"{count(seen.responses, 'response').capitalize()} read"
    + f", {tables.left_out_words(seen.left_out)}."
)
if seen.problems:
    st.markdown(f"{count(len(seen.problems), 'thing')} to look at in the sheet:")
    st.table(tables.problem_table(seen.problems), hide_index=True, alt="Problems by row and column")
else:
    st.markdown("Nothing in the sheet needs a look.")
with st.expander(f"How each of the {len(seen.columns)} columns was understood"):
    st.table(
        tables.column_table(seen.columns, school.names),
        hide_index=True,
        alt="Each column, what it holds and why the app thinks so",
    )

st.header("Waves")
wave = school.evidence.collecting
closed = len(school.evidence.waves)
st.markdown(
    f"{count(closed, 'wave').capitalize()} closed. "
    + ("" if school.waves_given else "No waves are set, so each calendar month counts as one.")
)
if wave:
    frame.collecting(school)
    st.markdown(
        "You can close it now: results appear at once, and later answers go to the next wave."
    )
    if st.button("Close this wave now", key="close-wave"):
        frame.attempt(
            close_open_wave,
            school.evidence,
            school.of(tabs.WAVES),
            now=school.now,
            who=viewer.who,
            at=live.moment(),
            then=f"{wave.label} is closed. Its results are in Trends.",
        )
else:
    st.markdown("No wave is open.")

st.header("In step?")
st.markdown(f"{live.age_in_words()} The app looks for new answers every 15 seconds.")
