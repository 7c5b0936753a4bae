"""What stands at the door: signing in and out, whose eyes one sees with on trial, refusals."""

from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from lib.access import ROLE_WORDS, Refusal, Role, Viewer
from lib.admission import TRIAL_ROLES

VIEW_AS = "view_as"
"""The key of the trial's switch. With ``[auth]`` nobody reads it."""

WELCOME: Mapping[Role, tuple[str, str, str]] = {
    Role.PRINCIPAL: (
        "**Home** says in three sentences what moved for students, and what waits for you.",
        "**Trends** has a line for each practice: open one to see who says so, and in what words.",
        "**You said, we did** is your answer to students. Nothing is public until you publish it.",
    ),
    Role.PD_TEAM: (
        "**Priorities** lists the practices by how many students they do not work for yet.",
        "Choose one as a focus, and **Plan** makes the session, the agenda and the brief with it.",
        "After the next wave **Plan** says whether students noticed, as far as answers can tell.",
    ),
    Role.COUNSELOR: (
        "**Safety** holds the comments that cannot wait: look there before anything else.",
        "Mark each as seen, handed over or closed. Your own notes stay in your own system.",
        "The app pages nobody and does not watch in real time. The drill proves the chain works.",
    ),
    Role.COORDINATOR: (
        "**Setup** says in words whether the sheet is connected, and how each question was read.",
        "What was read wrong is put right there, and waves are opened and closed there.",
        "Nothing is ever written to the form's own tab.",
    ),
    Role.REVIEWER: (
        "**Review** shows one comment at a time, the worrying ones first; nobody else sees it yet.",
        "Pass it, change its words, hold it back, or refer it to the counselor: a key for each.",
        "Names are covered until you ask. All but a referral can be taken back.",
    ),
}
"""What somebody who is here for the first time should know, for each role."""


def refuse(refusal: Refusal, on_sign_out: Callable[[], None]) -> None:
    """Place a refusal, and the button that helps, where one does."""
    st.title(refusal.title)
    st.markdown(refusal.says)
    if refusal.offer == "sign in" and st.button("Sign in", type="primary", key="sign-in"):
        _start()
    st.markdown(refusal.do)
    if refusal.offer == "sign out":
        st.button("Sign out", type="primary", key="sign-out", on_click=on_sign_out)


def _start() -> None:
    """Go to the provider; it sends the visitor back to Home."""
    try:
        st.login()
    except (StreamlitAuthError, StreamlitMissingAuthlibError):
        st.error(
            "Sign-in could not be started: something in the block `[auth]` is not as Streamlit "
            "needs it. Tell your school's technology coordinator."
        )


def who(viewer: Viewer, on_sign_out: Callable[[], None]) -> None:
    """Place one line above every page: who is here, and how to be somebody else."""
    with st.container(key="banner", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(viewer.notice, width="stretch")
        if viewer.came == "on trial":
            _whose_eyes()
        _welcome(viewer)
        if viewer.came != "on trial":
            st.button("Sign out", type="tertiary", key="sign-out", on_click=on_sign_out)


def _whose_eyes() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.markdown("View as", width="content")
        st.radio(
            "View as",
            TRIAL_ROLES,
            format_func=ROLE_WORDS.__getitem__,
            horizontal=True,
            key=VIEW_AS,
            label_visibility="collapsed",
            width="content",
        )


def _welcome(viewer: Viewer) -> None:
    """Place what a newcomer should know, one press away on every page: nobody's visits are kept."""
    with st.popover("New here?", type="tertiary"):
        for role in (each for each in ROLE_WORDS if each in viewer.roles):
            st.markdown(f"**{ROLE_WORDS[role]}**")
            st.markdown("\n".join(f"- {line}" for line in WELCOME[role]))
