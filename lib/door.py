"""What stands at the door: signing in and out, whose eyes one sees with on trial, refusals."""

from collections.abc import Callable

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from lib.access import ROLE_WORDS, Refusal, Viewer
from lib.admission import TRIAL_ROLES

VIEW_AS = "view_as"
"""The key of the trial's switch. With ``[auth]`` nobody reads it."""


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
        else:
            st.button("Sign out", type="tertiary", key="sign-out", on_click=on_sign_out)
