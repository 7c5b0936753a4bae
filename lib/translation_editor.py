"""Placing the school's sentences side by side with what they are in another language."""

from collections.abc import Mapping

import streamlit as st

from lib import frame, live, publish
from lib.access import Viewer
from lib.plan import translations
from lib.plan.words import LIMITS
from lib.publish import Language, PublicPage
from lib.text import count, plain
from lib.view import View
from lib.workbook import tabs


def translation_editor(preview: PublicPage, school: View, viewer: Viewer) -> None:
    """Place an editor for each language but English.

    ``preview`` is composed of what is written now, translations too.
    """
    known = translations.translated(school.of(tabs.TRANSLATIONS))
    texts = publish.texts(preview)
    for language in publish.offered():
        # What the catalogue says by itself (practices, seasons) is nobody's work.
        wanted = [text for text in texts if language.knows(text) is None]
        if wanted:
            _editor(language, wanted, known.get(language.code, {}), school, viewer)


def _editor(
    language: Language, wanted: list[str], known: Mapping[str, str], school: View, viewer: Viewer
) -> None:
    name, key = language.english_name, f"translate-{language.code}"
    missing = [text for text in wanted if text not in known]
    in_order = [*missing, *(text for text in wanted if text in known)]
    fields = {text: translations.record_id_of(language.code, text) for text in in_order}
    says = f"{count(len(missing), 'sentence')} missing" if missing else "every sentence is there"
    with st.expander(f"In {name}: {says}", key=f"open-{key}"):
        st.markdown(
            f"Students who read {name} see what is missing here in English. A sentence that you "
            "change in English needs its translation again. Publish the page when you are done."
        )
        # Sentences come and go, so each field has its own: what it showed when it was first drawn.
        drawn = {
            text: frame.drawn_form(key, known.get(text, ""), field)
            for text, field in fields.items()
        }
        with st.form(key, border=False):
            typed = {
                text: _pair(text, drawn[text][0], f"{field}-{drawn[text][1]}", name)
                for text, field in fields.items()
            }
            saved = st.form_submit_button(f"Save the {name}", type="primary", key=f"save-{key}")
        if saved:
            frame.attempt(
                translations.save,
                school.of(tabs.TRANSLATIONS),
                language.code,
                # What nobody touched must not take back what somebody else saved meanwhile.
                {text: said for text, said in typed.items() if said != drawn[text][0]},
                who=viewer.who,
                at=live.moment(),
                form=key,
                then=f"The {name} is saved. Students see it once the page is published.",
            )


def _pair(text: str, said: str, key: str, name: str) -> str:
    """One sentence in English, and beside it the box for the other language."""
    english, other = st.columns(2)
    with english:
        st.markdown(plain(text) if said else f"{plain(text)}  \n:material/translate: *Missing*")
    with other:
        typed: str = st.text_area(
            f"{name} for: {plain(text)}",
            said,
            height="content",
            max_chars=LIMITS["translation"],
            key=key,
            label_visibility="collapsed",
        )
    return typed
