"""What the page You said, we did places: the students' page as it would be, and publishing it."""

from collections.abc import Mapping

import streamlit as st

from lib import frame, live, publish
from lib.access import Viewer
from lib.evidence import Floors
from lib.publish import PROPOSAL_ID, RECORD_ID, Proposal, PublicPage
from lib.text import plain
from lib.view import View
from lib.workbook import Record, tabs

_OPEN = "Open what students see now"


def panel(preview: PublicPage, notes: tuple[str, ...], school: View, viewer: Viewer) -> None:
    """Place where the page stands, its buttons, its history, and the page itself.

    ``preview`` is composed of what is written now; ``notes`` are what to know before publishing.
    """
    record = school.of(tabs.PUBLISHED)
    second = publish.needs_second(school.of(tabs.SETTINGS))
    waiting = publish.proposal(record) if second else None
    st.markdown(f"{plain(publish.students_see(record, school.zone))} [{_OPEN}](/students)")
    if second and viewer.came != "signed in":
        st.info(publish.UNCHECKED)
    shown = waiting.page if waiting else preview
    mark = publish.mark_of(shown)
    if frame.changed_meanwhile("preview", mark):
        st.warning(publish.PAGE_CHANGED)
    if waiting:
        st.warning(plain(publish.waits_for_approval(waiting, school.zone)))
        if publish.differences(waiting.page, preview):
            st.caption("Something was written since: to show it too, take this back and ask again.")
    else:
        for note in notes:
            st.markdown(plain(note))
    with st.container(horizontal=True, vertical_alignment="center"):
        if waiting:
            _approve(waiting, mark, preview.floors, school, viewer)
        else:
            _publish(preview, mark, school, viewer, second=second)
        _withdraw_and_history(record, school, viewer)
    now = publish.published(record)
    if now and (changes := publish.differences(now, shown)):
        st.caption(plain(changes))
    languages = {language.code: language for language in publish.offered()}
    # Not a segmented control: in the dark theme the chosen word is too faint to read.
    code = st.radio(
        "Language of the preview",
        list(languages),
        format_func=lambda each: languages[each].name,
        horizontal=True,
        key="preview-language",
        label_visibility="collapsed",
    )
    with st.container(border=True):
        today = school.now.date()
        html = publish.render(shown, today=today, language=languages[code]).decode()
        st.iframe(html, height=720, alt="Preview of the students' page")


def _publish(preview: PublicPage, mark: str, school: View, viewer: Viewer, *, second: bool) -> None:
    """The button that publishes, or asks a second person to."""
    record = school.of(tabs.PUBLISHED)
    refused = publish.why_not(preview, record.get(RECORD_ID))
    # A press is for the button that was drawn, whatever the school decides meanwhile.
    label, key = (
        ("Ask for approval", f"ask-{mark}") if second else ("Publish this page", f"publish-{mark}")
    )
    pressed = st.button(label, type="primary", key=key, disabled=bool(refused))
    if refused:
        st.markdown(plain(refused.says))
    stamp = {"who": viewer.who, "at": live.moment()}
    if pressed and second:
        then = "Somebody else can approve it now: ask them to open this page."
        frame.attempt(publish.propose, preview, record, **stamp, then=then)
    elif pressed:
        frame.attempt(
            publish.publish_alone,
            preview,
            record,
            school.of(tabs.SETTINGS),
            **stamp,
            then="Published. Students see it at /students.",
        )


def _approve(waiting: Proposal, mark: str, floors: Floors, school: View, viewer: Viewer) -> None:
    """The buttons about a version that waits: a second person approves exactly what is shown.

    ``floors`` are those that hold now.
    """
    record, stamp = school.of(tabs.PUBLISHED), {"who": viewer.who, "at": live.moment()}
    signed_in = viewer.came == "signed in"
    refused = publish.why_not_approve(waiting, who=viewer.who, signed_in=signed_in, floors=floors)
    label = "Approve and publish"
    if st.button(label, type="primary", key=f"approve-{mark}", disabled=bool(refused)):
        frame.attempt(
            publish.approve,
            record,
            on=school.now.date(),
            signed_in=signed_in,
            floors=floors,
            **stamp,
            then="Approved and published. Students see it at /students.",
        )
    if st.button("Take it back", key=f"take-back-{mark}"):
        then = "Taken back. Nothing waits for approval."
        frame.attempt(publish.take_back, record, **stamp, then=then)
    if refused:
        st.markdown(plain(f"{refused.says} {refused.do}"))


def _withdraw_and_history(record: Mapping[str, Record], school: View, viewer: Viewer) -> None:
    lines = publish.history_lines(record, school.zone)
    if not lines:
        return
    if publish.published(record) and st.button("Withdraw", key="withdraw"):
        known = [record[i] for i in (RECORD_ID, PROPOSAL_ID) if i in record]
        frame.attempt(
            publish.withdraw,
            *known,
            who=viewer.who,
            at=live.moment(),
            then="Withdrawn. Students no longer see it.",
        )
    with st.popover("Versions", key="versions"):
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
