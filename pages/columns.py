"""Questions: what each column of the form's tab is, and what a person says it is."""

import streamlit as st

from lib import frame, live, place
from lib.intake import tables
from lib.intake.feedback import Role
from lib.plan import drift, mapping
from lib.tables import plain_table
from lib.text import plain
from lib.workbook import tabs

viewer = frame.require("columns")
school = live.school(viewer)
seen = school.understanding
records = school.of(tabs.COLUMNS)
asked = mapping.questions(seen.columns, records)
found = drift.changes(asked, records)
stamp = {"who": viewer.who, "at": live.moment()}

frame.link("setup", "Setup", key="back")
st.title(plain(tables.title(seen.columns)))
if not asked:
    st.markdown("When the form has its first answers, each of its questions is listed here.")
    st.stop()
st.markdown(
    f"{tables.opening(seen.columns)} What you say here always wins over what the app sees. It is "
    "kept in the tab PD Columns and can be undone."
)

if found != drift.Changes():
    st.header("What changed in the form")
    for note in drift.notes(found):
        st.markdown(plain(note))
for look in found.lookalikes:
    with st.container(border=True, key=f"alike-{look.question.letter}"):
        st.markdown(f"**{plain(drift.ask(look))}**")
        st.caption(plain(drift.why(look)))
        with st.container(horizontal=True):
            if st.button("Yes, the same", type="primary", key=f"same-{look.question.letter}"):
                frame.attempt(drift.same, look, **stamp, then="They go on as one question.")
            if st.button("No, another", key=f"other-{look.question.letter}"):
                frame.attempt(drift.different, look, **stamp, then="They are two questions.")
for lost in found.gone:
    with st.container(border=True, key=f"gone-{lost.record.record_id}"):
        st.markdown(f"**{plain(drift.says_gone(lost))}**")
        st.caption(drift.IF_A_MISTAKE)
        if st.button("It was taken out on purpose", key=f"out-{lost.record.record_id}"):
            frame.attempt(drift.taken_out, lost, **stamp, then="Noted. It is asked no longer.")
if mapping.unaccepted(asked) and not found.lookalikes:
    st.markdown("Is all of this read as you meant it? Then a later change will be noticed.")
    if st.button("This is right", key="accept"):
        frame.attempt(mapping.accept, asked, **stamp, then="Every question is written down.")

st.header("Look at one question")
by_letter = {question.letter: question for question in asked}
chosen = st.selectbox(
    "Question",
    by_letter,
    index=mapping.to_look_at_first(asked),
    format_func=lambda at: tables.choice_words(by_letter[at].column),
    key="question",
)
question = by_letter[chosen]
column, labels = question.column, seen.samples.get(question.column.position, ())
# What was typed for a question starts afresh once the question is saved.
key = f"{chosen}-{question.record.latest.revision if question.record else 0}"

facts, choices = st.columns(2, gap="large")
with facts:
    st.subheader(plain(column.header or "No question stands above this column"))
    st.markdown(f"**Taken for:** {plain(tables.holds(column, school.names))}.")
    st.markdown(f"**Why:** {plain(column.reason)} *({column.sureness})*")
    st.markdown(f"**Answers:** {plain(tables.answers_words(column, labels))}.")
    st.caption("A group is named once 30 answered and five or more chose it. Words never are.")
with choices:
    roles = [role for role in tables.ROLE_WORDS if role is not Role.EMPTY or column.role is role]
    role = st.selectbox(
        "It holds", roles, roles.index(column.role), tables.ROLE_WORDS.__getitem__, f"role-{key}"
    )
    practice, ends, start, order = None, None, None, ""
    if role is Role.RATING:
        listed = mapping.practice_choices(question, asked, school.practices, school.names)
        now = column.practice if column.practice in listed else mapping.OWN
        picked = st.selectbox(
            "Practice", listed, list(listed).index(now), listed.__getitem__, f"practice-{key}"
        )
        practice = mapping.practice_chosen(question, picked, set(listed))
    if role is Role.TIMESTAMP:
        held = seen if column.role is role else live.preview([mapping.said(question, role)], viewer)
        if tables.order_question(held.totals, column):
            orders, order = list(tables.ORDER_WORDS), mapping.as_read(question).date_order
            words = tables.ORDER_WORDS.__getitem__
            order = st.radio(
                "How are these dates written?", orders, orders.index(order), words, f"order-{key}"
            )
    if role in mapping.ON_A_SCALE:
        # Where the column has no scale yet, its answers may show one.
        tried = (
            None if column.scale else live.preview([mapping.said(question, role, practice)], viewer)
        )
        scale = column.scale or mapping.scale_at(tried.columns if tried else (), column.position)
        low, high = scale.low, scale.high
        if not scale.labels:
            lowest, highest = st.columns(2)
            low = lowest.number_input("Lowest point", -100, 99, low, key=f"low-{key}")
            high = highest.number_input(
                "Highest point", low + 1, 100, max(high, low + 1), key=f"high-{key}-{low}"
            )
        ends, (points, at) = (low, high), tables.favorable_choices(scale, low, high)
        start = st.selectbox(
            "Favorable from", points, at, points.__getitem__, f"favorable-{key}-{low}-{high}"
        )
    change = mapping.said(question, role, practice, ends, start, order)
    changed = change != mapping.as_read(question)
    then = live.preview([change], viewer) if changed else None
    st.table(
        plain_table(
            tables.outcome_table(
                seen.totals, then.totals if then else None, dated=role is Role.TIMESTAMP
            )
        ),
        border="horizontal",
        hide_index=True,
        alt="What comes out of the form now, and with this change",
    )
    if then:
        after = then.columns[column.position - 1]
        st.markdown(f"**With this change:** {plain(tables.holds(after, school.names))}.")
        for problem in then.problems:
            if problem.column == column.position and problem.row is None:
                st.warning(plain(problem.says))
    with st.container(horizontal=True):
        if st.button("Save", type="primary", disabled=not changed, key="save"):
            frame.attempt(
                mapping.save, question, change, **stamp, then=f"Column {chosen} is saved."
            )
        if question.record:
            if st.button("Undo", key="undo", help="Take the last change of this question back"):
                frame.attempt(mapping.undo, question, **stamp, then="The last change is undone.")
            place.history(question.record, school)

st.header("Every question")
st.table(
    plain_table(tables.column_table(seen.columns, school.names)),
    border="horizontal",
    hide_index=True,
    alt="Each column of the sheet: what it asks, and what it was taken for",
)
