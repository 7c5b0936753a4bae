"""Placing the brief of a focus: two buttons, whose documents are made when they are pressed."""

from collections.abc import Sequence
from functools import partial
from types import ModuleType

import streamlit as st

from lib.hearing import Hearing
from lib.plan.brief import Brief, brief
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
        mentions=heard.mentions if heard else {},
        today=school.now.date(),
    )
    with st.container(horizontal=True):
        for label, kind in (("Word", brief_docx), ("PDF", brief_pdf)):
            st.download_button(
                f"Brief ({label})",
                partial(_document, kind, made),
                file_name=f"{made.file_name}.{kind.ENDING}",
                mime=kind.MIME,
                on_click="ignore",
                icon=":material/download:",
                key=f"brief-{label}-{focus.record_id}",
            )


def _document(kind: ModuleType, made: Brief) -> bytes:
    """Make the document; what goes wrong is logged by Streamlit, so it quotes nobody's words."""
    try:
        data: bytes = kind.made(made)
    except Exception as error:  # noqa: BLE001  (no message of any library may reach the log)
        raise RuntimeError(f"no brief could be made: {type(error).__name__}") from None
    return data
