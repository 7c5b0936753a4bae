"""You said, we did: the answer to each focus, the page students will see, and publishing it."""

import streamlit as st

from lib import frame, live, place, publish
from lib.access import screen
from lib.plan import drafts, focus, promises
from lib.plan.merge import CHANGED_MEANWHILE, merged
from lib.plan.words import EARLIEST, LATEST
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("you_said_we_did")
school = live.school(viewer)
chosen = focus.focuses(school.of(tabs.FOCUS))
told = promises.promises(school.of(tabs.PROMISES))
today = school.now.date()
stamp = {"who": viewer.who, "at": live.moment()}
STATES = list(promises.PromiseState)
OPEN = "Open what students see now"

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
        key, name = draft.key, school.name(draft.practice)
        label = f"**{plain(name)}**: {plain(drafts.stands(draft))}"
        with st.expander(label, expanded=draft.promise is None):
            text, fresh = frame.drawn_form(key, draft.text, "said")
            if text != draft.text:
                st.warning(CHANGED_MEANWHILE)
            with st.form(f"form-{key}", border=False):
                you_said = st.text_area("You said", text.you_said, height=80, key=f"said-{fresh}")
                state = st.selectbox(
                    "Where it stands", STATES, index=STATES.index(text.state), key=f"state-{fresh}"
                )
                we_did = st.text_area(
                    "We did, we are doing, or why not this time",
                    text.we_did,
                    height=80,
                    key=f"did-{fresh}",
                )
                owner = st.text_input("Owner", text.owner, key=f"owner-{fresh}")
                revisit = st.date_input(
                    "Look again by",
                    text.revisit,
                    min_value=EARLIEST,
                    max_value=LATEST,
                    format="MM/DD/YYYY",
                    key=f"revisit-{fresh}",
                )
                saved = st.form_submit_button("Save", type="primary", key=f"save-{fresh}")
            if saved:
                typed = drafts.Text(you_said, state, we_did, owner, revisit)
                whole = merged(text, typed, draft.text)
                then = drafts.saved_words(name, whole)
                frame.attempt(drafts.save, draft, whole, **stamp, form=key, then=then)
            if draft.promise:
                for need in promises.missing(draft.promise):
                    st.caption(f"Before students can read it: {plain(need)}")
                with st.container(horizontal=True):
                    if st.button("Undo", key=f"undo-{key}"):
                        then = "The last change is undone."
                        frame.attempt(promises.undo, draft.promise, **stamp, form=key, then=then)
                    place.history(draft.promise.record, school)

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
        on=today,
    )
    now = publish.published(record)
    st.markdown(f"{plain(publish.standing(record, school.zone))} [{OPEN}](/students)")
    for note in publish.before_publishing(told, school.names, today=today):
        st.markdown(plain(note))
    refused = publish.why_not(preview, record.get(publish.RECORD_ID))
    mark = publish.mark_of(preview)
    if frame.changed_meanwhile("preview", mark):
        st.warning(publish.CHANGED_MEANWHILE)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Publish this page", type="primary", key=f"publish-{mark}", disabled=bool(refused)
        ):
            frame.attempt(
                publish.publish,
                preview,
                previous=record.get(publish.RECORD_ID),
                **stamp,
                then="Published. Students see it at /students.",
            )
        if now and st.button("Withdraw", key="withdraw"):
            frame.attempt(
                publish.withdraw,
                record[publish.RECORD_ID],
                **stamp,
                then="Withdrawn. Students no longer see it.",
            )
        if refused:
            st.markdown(plain(refused.says))
    if now and (changes := publish.differences(now, preview)):
        st.caption(plain(changes))
    with st.container(border=True):
        html = publish.render(preview, today=today).decode()
        st.iframe(html, height=720, alt="Preview of the students' page")
