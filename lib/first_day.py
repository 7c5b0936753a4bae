"""What pages say before there are results, to each as far as they can do something about it."""

from functools import partial

import streamlit as st

from lib import live, place
from lib.access import Viewer, screen
from lib.evidence.types import WaveTable
from lib.frame import link
from lib.intake import tables
from lib.publish.next_form import FIRST_STEPS, HAVE_A_FORM, STEPS
from lib.view import View

NO_FORM = "No answers yet: connect a form"
NO_ANSWERS = "No answers yet: share the form"
_ASK = "Whoever looks after this app, or the principal, does that on Setup."


def latest_or_stop(viewer: Viewer, school: View) -> WaveTable:
    """The newest closed wave with enough answers; before there is one, say so and stop."""
    latest = school.evidence.latest
    unrated = school.rates_nothing and not any(
        cell.favorable for cell in (latest.cells if latest else ())
    )
    if latest is not None and not unrated:
        return latest
    can = viewer.may_open(screen("setup"))
    if unrated:
        st.title("No results yet")
        st.markdown(tables.NO_RATING)
        link("columns", "See every question", key="columns")
    elif school.lacks_words:
        st.title("No results in the copy of the sheet")
        st.markdown(
            "The sheet cannot be read now, and the last good copy holds no closed wave. Nothing is "
            "lost: what there is stands here again as soon as the sheet can be read."
        )
    elif school.waves.collecting and school.answered:
        st.title("No results yet")
        place.collecting(school)
        st.markdown(
            "No figure is shown while a wave is open. It can be closed at any moment: answers that "
            f"come later count for the next one. {'' if can else _ASK}"
        )
        link("waves", "Close the wave", key="waves")
    elif school.answered:
        st.title("No results yet")
        st.markdown(
            "Too few have answered to show results without pointing at somebody. Share the form "
            "again: a few more answers in one wave are enough."
        )
    else:
        st.title(NO_ANSWERS if school.has_form else NO_FORM)
        st.markdown(_next(school, can=can))
    first = not (school.has_form or school.lacks_words)
    link("setup", "Connect a form" if first else "See Setup", key="setup")
    st.stop()


def note(school: View) -> bool:
    """Place one line on a page that works without answers, as long as there are none.

    True where it was placed.
    """
    if school.answered or school.lacks_words:
        return False
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="first-day"):
        st.markdown(f"**{NO_ANSWERS if school.has_form else NO_FORM}.**", width="content")
        link("setup", "Open Setup", key="setup")
    return True


def script_of_the_form(viewer: Viewer, school: View) -> None:
    """Place how a form is made by a script, a sentence a step, and the script below them.

    Before there is a form, also a button that reads the sheet now: somebody has just made one.
    """
    first = not school.has_form
    st.markdown("\n".join(f"1. {step}" for step in (FIRST_STEPS if first else STEPS)))
    account, spreadsheet = live.service_account(viewer), live.spreadsheet(viewer)
    with st.container(horizontal=True):
        st.download_button(
            "Download the script",
            partial(school.form_script, account, spreadsheet),
            file_name="make-form.gs.txt",
            mime="text/plain",
            on_click="ignore",
            type="primary" if first else "secondary",
            key="script",
        )
        if first:
            place.try_again(viewer, "Look again", key="look-again")
    if first:
        st.markdown(HAVE_A_FORM)


def _next(school: View, *, can: bool) -> str:
    """What comes before the first results, in Markdown."""
    if school.has_form:
        return (
            "The form is connected, and nobody has answered it yet. **Share its address with "
            "students.** A minute later Setup says how each question is read; results appear here "
            "when the wave is closed, and nobody sees a figure before."
        )
    steps = (
        "**Connect a form.** A script makes one, or use the form you have."
        + ("" if can else f" {_ASK}"),
        "**Share it with students**, for a week or two.",
        "**Close the wave.** Results appear here at once, and nobody sees a figure before.",
    )
    return "\n".join(f"1. {step}" for step in steps)
