"""Placing the brief of a focus: two buttons, whose documents are made when they are pressed."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib.hearing import Hearing
from lib.place import document
from lib.plan.brief import brief
from lib.plan.focus import Focus
from lib.plan.sessions import Session
from lib.publish import brief_docx, brief_pdf
from lib.view import View


def buttons(school: View, focus: Focus, planned: Sequence[Session], heard: Hearing | None) -> None:
    """Place one button a kind of document. ``heard`` is None while comments are being read."""
    made = brief(
        focus,
        school=school.title,
        evidence=school.evidence,
        practices=school.practices,
        names=school.names,
        planned=planned,
        reached=school.reached,
        words=heard.approved if heard else None,
        mentions=school.came_up,
        today=school.now.date(),
    )
    with st.container(horizontal=True):
        for label, kind in (("Word", brief_docx), ("PDF", brief_pdf)):
            file_name = f"{made.file_name}.{kind.ENDING}"
            key = f"brief-{label}-{focus.record_id}"
            document(f"Brief ({label})", partial(kind.made, made), file_name, kind.MIME, key=key)
