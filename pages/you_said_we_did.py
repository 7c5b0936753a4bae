"""You said, we did: the answer to each focus, the page students will see, and publishing it."""

import streamlit as st

from lib import frame, live, publish
from lib.access import screen
from lib.plan import drafts, focus, promises
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("you_said_we_did")
school = live.school(viewer)
chosen = focus.focuses(school.of(tabs.FOCUS))
told = promises.promises(school.of(tabs.PROMISES))
stamp = {"who": viewer.who, "at": live.moment()}
STATES = list(promises.PromiseState)

st.title("You said, we did")
st.markdown(
    "One sentence on what students said, one on what came of it. Be specific and give a date; "
    "“not this time, because” is an honest answer too. Students say whether it changed anything."
)
editor, page = st.columns(2, gap="large")

with editor:
    st.header("What we tell students")
    open_drafts = drafts.drafts(chosen, told)
    if not open_drafts:
        st.markdown("Choose a focus practice first; its answer to students is written here.")
        st.page_link(screen("priorities").file, label="Go to Priorities")
    for draft in open_drafts:
        key, name, text = draft.key, school.name(draft.practice), draft.text
        where = text.state.value if draft.promise else "no answer yet"
        with st.expander(f"**{plain(name)}**: {where}", expanded=draft.promise is None):
            with st.form(f"form-{key}", border=False):
                you_said = st.text_area("You said", text.you_said, height=80, key=f"said-{key}")
                state = st.selectbox(
                    "Where it stands", STATES, index=STATES.index(text.state), key=f"state-{key}"
                )
                we_did = st.text_area(
                    "We did, we are doing, or why not this time",
                    text.we_did,
                    height=80,
                    key=f"did-{key}",
                )
                owner = st.text_input("Owner", text.owner, key=f"owner-{key}")
                revisit = st.date_input(
                    "Look again on", text.revisit, format="MM/DD/YYYY", key=f"revisit-{key}"
                )
                saved = st.form_submit_button("Save", type="primary", key=f"save-{key}")
            if saved:
                typed = drafts.Text(you_said, state, we_did, owner, revisit)
                frame.attempt(drafts.save, draft, typed, **stamp, then=f"“{name}” is saved.")
            if draft.promise:
                for need in promises.missing(draft.promise):
                    st.caption(f"Before students can read it: {plain(need)}")
                with st.container(horizontal=True):
                    if st.button("Undo", key=f"undo-{key}"):
                        frame.attempt(
                            promises.undo, draft.promise, **stamp, then="The last change is undone."
                        )
                    frame.history(draft.promise.record, school)

with page:
    st.header("What students will see")
    record = school.of(tabs.PUBLISHED)
    preview = publish.compose(
        school=publish.read_school(school.of(tabs.SETTINGS)),
        promises=told,
        focuses=chosen,
        evidence=school.evidence,
        practices=school.practices,
        names=school.names,
        version=publish.next_version(record),
        on=school.now.date(),
    )
    st.markdown(plain(publish.standing(record)))
    with st.container(horizontal=True):
        if st.button("Publish this page", type="primary", key="publish"):
            frame.attempt(
                publish.publish,
                preview,
                previous=record.get(publish.RECORD_ID),
                **stamp,
                then="Published. Students see it at /students.",
            )
        if publish.published(record) and st.button("Withdraw", key="withdraw"):
            frame.attempt(
                publish.withdraw,
                record[publish.RECORD_ID],
                **stamp,
                then="Withdrawn. Students no longer see it.",
            )
    st.iframe(publish.render(preview).decode(), height=720, alt="Preview of the students' page")
