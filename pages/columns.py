"""Questions: what each column of the form's tab is, and what a person says it is."""

import streamlit as st

from lib import frame

frame.require("columns")
st.title("Questions")
