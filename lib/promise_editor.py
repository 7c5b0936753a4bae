"""What the page You said, we did places: the loop clock, and the editor of one answer."""

from collections.abc import Mapping

import streamlit as st

from lib import frame, place
from lib.access import Viewer
from lib.charts import small_trend
from lib.decided import EARLIEST, LATEST
from lib.live import moment
from lib.plan import drafts, plain_words, promises
from lib.plan.drafts import Draft, Text
from lib.plan.merge import CHANGED_MEANWHILE, merged
from lib.plan.promises import Promise
from lib.publish import Answer, Verdict, clock
from lib.publish.clock import Kept, Unanswered
from lib.text import plain
from lib.view import View

_STATES = list(promises.PromiseState)
_WOULD = "For the next form: “We said we would …”"


def loop_clock(school: View, waiting: tuple[Unanswered, ...], kept: Kept) -> None:
    """Place who waits for an answer and how long, the last term's promises, and the trust."""
    st.markdown(f"**{plain(clock.headline(waiting, school.names))}**")
    with st.expander("The loop clock", key="clock"):
        for each in waiting:
            st.markdown(f"- **{plain(school.name(each.practice))}**: {plain(clock.waits(each))}")
        st.markdown(plain(clock.kept_words(kept, school.names)))
        with st.grid(min_column_width=280, gap="medium"):
            for question, waves in clock.trust(school.evidence):
                with st.container(key=f"card-{question}", gap="xsmall"):
                    st.markdown(f"**“{plain(question)}”**: {plain(clock.trust_words(waves))}")
                    place.draw(small_trend(waves, question))
        st.caption("The clock stops when an answer is published, not when it is written.")


def editor(draft: Draft, verdict: Verdict | None, school: View, viewer: Viewer) -> None:
    """Place one answer to edit, with what students say of it beside what adults say."""
    name = school.name(draft.practice)
    spoke = verdict is not None and verdict.answer not in {Answer.NOT_ASKED, Answer.CANNOT_TELL}
    students = f"; {verdict.answer.value.lower()}" if verdict and spoke else ""
    label = f"**{plain(name)}**: {plain(drafts.stands(draft) + students)}"
    with st.expander(label, expanded=draft.promise is None, key=f"promise-{draft.key}"):
        if draft.promise and verdict:
            _both_sides(draft.promise, verdict, school, viewer)
        _form(draft, name, viewer)
        if draft.promise:
            for need in promises.missing(draft.promise):
                st.caption(f"Before students can read it: {plain(need)}")
            for line in plain_words.advice(draft.text):
                st.caption(f"Worth a look: {plain(line)}")
            with st.container(horizontal=True):
                seen = draft.promise.record.latest.event_id
                if frame.as_seen("Undo", seen, key=f"undo-{draft.key}"):
                    frame.attempt(
                        promises.undo,
                        draft.promise,
                        **_stamp(viewer),
                        form=draft.key,
                        then="The last change is undone.",
                    )
                place.history(draft.promise.record, school)


def _both_sides(promise: Promise, verdict: Verdict, school: View, viewer: Viewer) -> None:
    """What adults say and what students answer; only the first can be written here."""
    adults, students = st.columns(2, gap="small")
    with adults:
        st.caption("Adults say")
        st.markdown(f"**{plain(verdict.adults.value.capitalize())}**")
        if promise.reopened:
            st.caption(f"Opened again. {plain(promise.reopened)}")
    with students:
        st.caption("Students say")
        st.markdown(f"**{plain(verdict.answer.value)}**")
        st.caption(plain(verdict.students))
    if verdict.opens:
        pressed = st.button(
            f"Open it again as “{verdict.opens.value}”", key=f"reopen-{promise.record_id}"
        )
        if pressed:
            frame.attempt(
                promises.reopen,
                promise,
                to=verdict.opens,
                heard=verdict.heard,
                today=school.now.date(),
                **_stamp(viewer),
                form=promise.record_id,
                then="It is open again. Say what happens now, and set a day.",
            )


def _form(draft: Draft, name: str, viewer: Viewer) -> None:
    key = draft.key
    text, fresh = frame.drawn_form(key, draft.text, "yousaid")
    if text != draft.text:
        st.warning(CHANGED_MEANWHILE)
    with st.form(f"form-{key}", border=False):
        st.caption(plain_words.GUIDANCE)
        you_said = st.text_area("You said", text.you_said, height=80, key=f"yousaid-{fresh}")
        state = st.selectbox(
            "Where it stands", _STATES, index=_STATES.index(text.state), key=f"state-{fresh}"
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
        follow_up = st.text_input(
            _WOULD,
            text.follow_up,
            placeholder="give comments before the grade",
            help="The next form asks students: “We said we would …: did it change?” Their answer "
            "stands beside yours. Empty: the wave's own word stands there.",
            key=f"follow-{fresh}",
        )
        saved = st.form_submit_button("Save", type="primary", key=f"save-{fresh}")
    if saved:
        typed = Text(you_said, state, we_did, owner, revisit, follow_up)
        whole = merged(text, typed, draft.text)
        then = drafts.saved_words(name, whole)
        frame.attempt(drafts.save, draft, whole, **_stamp(viewer), form=key, then=then)


def _stamp(viewer: Viewer) -> Mapping[str, object]:
    return {"who": viewer.who, "at": moment()}
