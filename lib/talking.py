"""Placing conversations and panels: the form of a talk, and what a room guessed and left."""

from collections.abc import Callable

import streamlit as st

from lib.charts import interval, scale, small_trend
from lib.decided import EARLIEST
from lib.evidence.summary import history
from lib.evidence.types import Evidence, Hidden
from lib.frame import attempt, palette
from lib.hearing import Hearing
from lib.intake.feedback import Standing
from lib.place import draw, share, standings
from lib.students_part import StudentPart
from lib.text import plain
from lib.view import View
from lib.voices import told
from lib.voices.conversations import LONGEST_NOTE, Conversation, HowMany, Kind
from lib.voices.half_held import HalfHeld
from lib.voices.log_form import Talk
from lib.voices.panel import Panel, Part, gaps
from lib.workbook import Event


def talk_form(shown: Talk, fresh: str, school: View, *, words: str = "") -> Talk:
    """Place the fields of a conversation, filled with ``shown``; returns what stands in them.

    No form of Streamlit's: each chosen practice asks for its standing at once. ``words``: what was
    heard before, which is not shown here.
    """
    names = school.names
    picked = st.pills(
        "Which practices came up?",
        list(names),
        selection_mode="multi",
        wrap=True,
        default=[practice for practice in shown.standings if practice in names],
        format_func=lambda practice: plain(names[practice]),
        key=f"practices-{fresh}",
    )
    standings = {
        practice: st.radio(
            plain(names[practice]),
            list(Standing),
            index=list(Standing).index(said) if (said := shown.standings.get(practice)) else None,
            format_func=lambda each: each.value.capitalize(),
            horizontal=True,
            key=f"standing-{practice}-{fresh}",
        )
        for practice in picked
    }
    gone = {p: said for p, said in shown.standings.items() if p not in names}
    students = how_many(f"students-{fresh}", shown.students)
    kind = st.radio(
        "What kind of conversation?",
        list(Kind),
        index=list(Kind).index(shown.kind),
        format_func=told.KIND_WORDS.__getitem__,
        horizontal=True,
        key=f"kind-{fresh}",
    )
    part = st.selectbox(
        "The students’ part in it",
        list(StudentPart),
        index=list(StudentPart).index(shown.student_part),
        format_func=told.TALK_PART_WORDS.__getitem__,
        key=f"part-{fresh}",
    )
    said_words = st.text_area(
        "What did you hear? No names, please",
        max_chars=LONGEST_NOTE,
        height=100,
        key=f"heard-{fresh}",
        placeholder="Leave this empty to keep the words as they are" if words else None,
    )
    on = st.date_input(
        "When?",
        shown.on,
        min_value=EARLIEST,
        max_value=max(school.now.date(), shown.on),
        format="MM/DD/YYYY",
        key=f"on-{fresh}",
        width=160,
    )
    return Talk(
        on=on,
        kind=kind or shown.kind,
        students=students,
        standings={**gone, **standings},
        student_part=part or shown.student_part,
        heard=said_words,
    )


def how_many(key: str, chosen: HowMany = HowMany.A_FEW, *, disabled: bool = False) -> HowMany:
    """Place the question how many students took part; ``chosen`` stands until it is answered."""
    picked = st.radio(
        "How many students?",
        list(HowMany),
        index=list(HowMany).index(chosen),
        format_func=told.STUDENTS_WORDS.__getitem__,
        horizontal=True,
        key=key,
        disabled=disabled,
    )
    return picked or chosen


def may_withdraw(
    what: str, kept: Conversation | Panel, take_back: Callable[..., Event], **stamp: object
) -> None:
    """Place a way to take a conversation or a panel back, which asks once more.

    ``stamp``: who does it, and at what moment.
    """
    with st.popover("Withdraw", type="tertiary", key=f"withdrawing-{kept.record_id}"):
        st.markdown(f"Take this {what} back? Its row stays in the sheet’s history.")
        if st.button("Yes, withdraw it", key=f"withdraw-{kept.record_id}"):
            attempt(take_back, kept, **stamp, then=f"The {what} is withdrawn.")


def shown_to_the_room(held: HalfHeld, evidence: Evidence, name: str) -> None:
    """Place what students answered on the practice on the screen, which the room has guessed.

    ``evidence``: what may be public, for students may sit in the room.
    """
    table = next((t for t in evidence.waves if t.wave.wave_id == held.wave), None)
    cell = table.everybody if table else None
    printed = cell.favorable.get(held.practice) if cell else None
    if cell is None or printed is None:
        st.markdown("This wave has no figure for it.")
        return
    if isinstance(printed, Hidden):
        share(printed, name)
        return
    guess = held.guesses.get(held.practice)
    if guess is not None:
        st.markdown(f"**{plain(told.gap_words(guess, printed))}**")
    draw(scale("Share of favorable answers"))
    draw(interval(printed, f"{name}, favorable", palette(), guess=guess))
    st.caption("Diamond: the room’s guess. Dot: students’ answers. Band: what is likely.")
    draw(small_trend(history(evidence, held.practice), name))
    standings(cell, held.practice, widths=(4, 9))


def kept_panel(panel: Panel, heard: Hearing | None, school: View) -> None:
    """Place what a room left: how well it guessed, its order, and its lines that were passed.

    ``heard`` is None while words are read for the first time: then no line is shown yet.
    """
    table = next((t for t in school.evidence.waves if t.wave.wave_id == panel.wave), None)
    off = gaps(panel, table) if table else ()
    if off:
        st.markdown(plain(told.guesses_words(off, school.names)))
        with st.expander("Every guess", key=f"guesses-{panel.record_id}"):
            for gap in off:
                name = school.name(gap.practice)
                st.markdown(f"- **{plain(name)}.** {plain(told.gap_words(gap.guess, gap.printed))}")
    if panel.order:
        st.markdown("What matters most, first:")
        st.markdown("\n".join(f"1. {plain(school.name(each))}" for each in panel.order))
    said = {part: list(panel.said[part]) for part in Part if panel.said[part]}
    for practice in dict.fromkeys(p for own in said.values() for p in own):
        passed = {part: heard.line(panel, part, practice) if heard else "" for part in said}
        lines = {part: line for part, line in passed.items() if line}
        if lines:
            st.markdown(f"**{plain(school.name(practice))}**")
            st.markdown(
                "\n".join(f"- {told.PART_TITLES[p]}: “{plain(x)}”" for p, x in lines.items())
            )
    if said:
        st.caption(told.UNREAD_LINES)
