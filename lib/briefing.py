"""Placing the brief of a focus: two buttons, whose documents are made when they are pressed."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib import live
from lib.access import Viewer
from lib.place import document
from lib.plan.brief import Brief, brief, file_name
from lib.plan.focus import Focus, focuses
from lib.plan.sessions import sessions
from lib.publish import brief_docx, brief_pdf
from lib.view import View
from lib.workbook import tabs


def buttons(viewer: Viewer, school: View, focus: Focus) -> None:
    """Place one button a kind of document."""
    name = file_name(school.name(focus.practice))
    with st.container(horizontal=True):
        for label, kind in (("Word", brief_docx), ("PDF", brief_pdf)):
            document(
                f"Brief ({label})",
                partial(_made, kind.made, viewer, focus),
                f"{name}.{kind.ENDING}",
                kind.MIME,
                key=f"brief-{label}-{focus.record_id}",
            )


def _made(make: Callable[[Brief], bytes], viewer: Viewer, drawn: Focus) -> bytes:
    """The document as of now: what was held back since the page was drawn is not in it."""
    school, heard = live.school(viewer), live.voices(viewer)
    chosen = focuses(school.of(tabs.FOCUS))
    return make(
        brief(
            next((each for each in chosen if each.record_id == drawn.record_id), drawn),
            school=school.title,
            evidence=school.evidence,
            practices=school.practices,
            names=school.names,
            planned=sessions(school.of(tabs.SESSIONS)),
            reached=school.reached,
            words=heard.approved if heard else None,
            mentions=school.came_up,
            today=school.now.date(),
        )
    )
