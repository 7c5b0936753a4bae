"""Review: one comment at a time, read by a person before anybody else sees it."""

import streamlit as st

from lib import first_day, frame, live, place
from lib.text import plain
from lib.voices import sentences
from lib.voices.review import State
from lib.voices.settle import LONGEST_WORDS, add_word, retagged, settle, tag, undo
from lib.workbook import tabs

viewer = frame.require("review")
school = live.school(viewer)
heard = place.hearing(viewer)
backlog, counts, last = heard.backlog, heard.places, heard.last
stamp = {"who": viewer.who, "at": live.moment()}

frame.link("voices", "Voices", key="back")
st.title(sentences.waits(backlog, flags=False, read=not heard.lacks_words).removesuffix("."))
st.caption(
    f"{sentences.flagged(backlog)} {sentences.new_since(backlog)} Flags put what may not wait "
    "first; without a flag a comment is not safe, only unread. Nothing is shown to anybody else "
    "until it is passed."
)

first_day.note(school)
bar = st.container(horizontal=True, gap="large", vertical_alignment="bottom")
where = bar.radio(
    "Show",
    list(counts),
    format_func=lambda state: f"{sentences.PLACES[state]} ({counts[state]})",
    horizontal=True,
    key="where",
    width="content",
)
queue = heard.queue(where)
if last:
    said = f"Take back: {last.state.value} “{sentences.beginning(last)}”"
    if st.button(f"Undo ({plain(said)})", key=f"undo-{last.saying_id}", shortcut="U"):
        frame.attempt(undo, last, **stamp, then="Taken back. It waits where it was before.")
if not queue:
    st.markdown(sentences.EMPTY[where])
    st.stop()

at = bar.number_input("Which one", 1, len(queue), 1, key=f"at-{where}", width=160)
item = queue[at - 1]
key = item.saying_id
with st.container(border=True, key=f"item-{key}"):
    if flagged := sentences.flag(item):
        st.markdown(f"**{flagged}**")
    if item.reading.other_language:
        st.markdown("**Other language, please read.** No list and no flag knows it.")
    st.caption(plain(sentences.about(item)))
    hides = len(item.reading.masked.spans)
    shown = bool(hides) and st.toggle(f"Show the names and contacts ({hides})", key=f"names-{key}")
    with st.container(key=f"said-{key}"):
        st.markdown(f"“{plain(item.saying.text if shown else item.reading.masked.text)}”")
    if item.review and item.review.words:
        st.markdown(f"Shown instead: “{plain(item.review.words)}”")
    if item.review and item.review.contested:
        st.warning("Somebody else decided otherwise at the same moment. What you choose now holds.")
    frame.choices_in_step(f"about-{key}", item.practices)
    practices = st.multiselect(
        "About",
        # With those that are asked no longer: to decide again must not forget them.
        list(dict.fromkeys((*school.names, *item.practices))),
        format_func=school.name,
        key=f"about-{key}",
        placeholder="No practice: choose any",
    )
    about = {"practices": practices, "themes": school.of(tabs.THEMES), **stamp}

    with st.container(horizontal=True, key=f"acts-{key}"):
        acts = {
            act: st.button(
                label,
                type="primary" if act == sentences.likely_act(item) else "secondary",
                key=f"{act}-{key}",
                shortcut=shortcut,
            )
            for act, label, shortcut in sentences.ACTS
        }
        if where is not State.UNREVIEWED and retagged(item, practices):
            acts["tag"] = st.button("Save what it is about", key=f"tags-{key}")
    for act, state in (("pass", State.PASSED), ("hold", State.HELD)):
        if acts[act]:
            frame.attempt(settle, item, state, **about, then=sentences.DONE[state])

    if acts.get("tag"):
        frame.attempt(tag, item, **about, then="Saved what it is about.")
    opened = frame.opened(key, next((a for a in ("edit", "refer") if acts[a]), None))
    if opened == "edit":
        with st.form(f"words-{key}", border=False):
            text = item.review.words if item.review else ""
            words = st.text_area(
                "Words to show; what was written stays in the form's sheet alone",
                text or item.reading.masked.text,
                max_chars=LONGEST_WORDS,
                key=f"words-{key}-text",
            )
            if st.form_submit_button("Pass these words", type="primary", key=f"redact-{key}"):
                then = sentences.DONE[State.REDACTED]
                frame.attempt(settle, item, State.REDACTED, words=words, **about, then=then)
    if opened == "refer":
        st.warning(
            "**Refer it?** It goes to the counselor at once and leaves every other queue. This "
            "cannot be undone here."
        )
        with st.container(horizontal=True):
            if st.button("Yes, refer it", type="primary", key=f"yes-{key}", shortcut="Y"):
                then, about["twins"] = sentences.DONE[State.REFERRED], heard.twins(item)
                frame.attempt(settle, item, State.REFERRED, **about, then=then)
            if st.button("No", key=f"no-{key}", shortcut="N"):
                frame.opened(key, "")
                st.rerun()
st.caption(sentences.NOT_WATCHED)

if suggestions := heard.suggestions:
    st.header("Words for the lists")
    st.markdown("Comments that people put right share these words. Add those that fit.")
    for each in suggestions:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(sentences.suggested(each, school.names)), width="content")
            if st.button("Add", key=f"add-{each.practice}-{each.word}"):
                frame.attempt(add_word, each, school.of(tabs.THEMES), **stamp, then="Added.")
