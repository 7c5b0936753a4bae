"""Methods: where each number comes from, as docs/methods.md says it."""

import streamlit as st

from lib import frame, methods

frame.require("methods")
text = methods.document()

st.title(text.title)
with st.container(width=760):
    st.markdown(text.opening)
    titles = [section.title for section in text.sections]
    wanted = st.selectbox("Go to", titles, index=None, placeholder="All of it", key="section")
    for section in text.sections:
        if wanted in (None, section.title):
            st.header(section.title)
            st.markdown(section.words)
            if section.more:
                with st.expander("Formula, sources and checks", expanded=wanted is not None):
                    st.markdown(section.more)
