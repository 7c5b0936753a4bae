"""What the plan's pages place alike: choosing a focus, the year's sessions, an agenda."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import streamlit as st

from lib import live
from lib.access import Data, Viewer
from lib.decided import EARLIEST, LATEST
from lib.frame import attempt, drawn_form, link, opened
from lib.place import document
from lib.plan import agenda as parts
from lib.plan import calendar, choosing, details
from lib.plan.card import Card
from lib.plan.focus import RUNNING_LIMIT, Focus, focuses, public_words, running
from lib.plan.merge import CHANGED_MEANWHILE, merged
from lib.plan.sessions import Session, sessions, stands
from lib.students_part import PART_WORDS, StudentPart
from lib.text import plain
from lib.view import View
from lib.workbook import moment_after, tabs

_PARTS = list(StudentPart)


@dataclass(frozen=True)
class _Text:
    """An agenda as it stands in the editor."""

    text: str


def day(label: str, value: date | None, *, key: str) -> date | None:
    """Place a field for a day, which may stay empty."""
    return st.date_input(
        label, value, min_value=EARLIEST, max_value=LATEST, format="MM/DD/YYYY", key=key
    )


def student_part(value: StudentPart, *, key: str) -> StudentPart:
    """Place the choice of the students' part in a session."""
    return st.selectbox(
        "Students' part in it",
        _PARTS,
        index=_PARTS.index(value),
        format_func=PART_WORDS.__getitem__,
        key=key,
    )


def drawn_card(texts: str, following: str, now: Card) -> tuple[Card, tuple[str, str]]:
    """What a card showed when this viewer first saw it, and the keys for its two kinds of fields.

    As ``lib.frame.drawn_form``, once for its ``texts`` and once for the session that is
    ``following``: where the viewer plans one elsewhere, what they typed into the texts stays.
    """
    said, fresh = drawn_form(texts, now, "owner")
    due, fresh_due = drawn_form(following, now, "on")
    drawn = replace(said, on=due.on, student_part=due.student_part, session=due.session)
    return drawn, (fresh, fresh_due)


def card_form(drawn: Card, key: str, keys: tuple[str, str]) -> Card | None:
    """Place the fields of a focus's card; what was typed once it is saved, else None.

    ``keys`` as from ``drawn_card``.
    """
    fresh, fresh_due = keys
    with st.form(f"edit-{key}", border=False):
        owner = st.text_input("Owner", drawn.owner, key=f"owner-{fresh}")
        done_when = st.text_area(
            "How we will know", drawn.done_when, height=80, key=f"done-{fresh}"
        )
        on = day("Next PD session", drawn.on, key=f"on-{fresh_due}")
        part = student_part(drawn.student_part, key=f"part-{fresh_due}")
        with st.expander("What students prefer, and when to check", key=f"more-{key}"):
            prefer = st.text_area(
                "How students would like it", drawn.prefer, height=80, key=f"prefer-{fresh}"
            )
            recheck = day("Day to check", drawn.recheck, key=f"check-{fresh}")
        saved = st.form_submit_button("Save", type="primary", key=f"save-{fresh}")
    typed = Card(owner, done_when, on, part, prefer, recheck, drawn.session)
    return typed if saved else None


def choose_focus(viewer: Viewer, school: View, practice: str, chosen: Sequence[Focus]) -> None:
    """Place the button that makes a practice a focus, with what is seen of it now.

    Where as many run as a school does well, it asks which of them to finish first.
    """
    now = running(chosen)
    if any(focus.practice == practice for focus in now):
        link("plan", "A focus now: see the plan", key=f"plan-{practice}")
        return
    pressed = st.button("Choose as focus", key=f"choose-{practice}")
    if len(now) < RUNNING_LIMIT:
        if pressed:
            _choose(viewer, school, practice, chosen, None)
        return
    if not opened(f"choose {practice}", "instead" if pressed else None):
        return
    st.markdown(f"{len(now)} are running, the most a school does well. **Which one to finish?**")
    for focus in now:
        if st.button(
            plain(school.name(focus.practice)), key=f"instead-{practice}-{focus.record_id}"
        ):
            _choose(viewer, school, practice, chosen, focus)
    if st.button("None: keep these", key=f"keep-{practice}", type="tertiary"):
        opened(f"choose {practice}", "")
        st.rerun()


def _choose(
    viewer: Viewer, school: View, practice: str, chosen: Sequence[Focus], instead: Focus | None
) -> None:
    heard, name = live.voices(viewer), school.name(practice)
    saw = choosing.seen(
        school.evidence,
        practice,
        chosen=chosen,
        order=school.students_order,
        came_up=school.came_up,
        approved=heard.approved if heard else (),
    )
    if saw is None:
        st.warning("No wave with enough answers has closed, so there is nothing to choose on.")
        return
    ended = f" “{school.name(instead.practice)}” is finished." if instead else ""
    attempt(
        choosing.choose,
        practice,
        saw,
        chosen=chosen,
        names=school.names,
        who=viewer.who,
        at=live.moment(),
        instead_of=instead,
        then=f"“{name}” is a focus now. It is on the Plan page.{ended}",
    )


def agenda(session: Session, focus: Focus | None, school: View, viewer: Viewer) -> None:
    """Place a session's agenda with its minutes, and below it the text to edit."""
    length = details.length(session)
    items, key = session.agenda, session.record_id
    if items:
        st.markdown(f"**{plain(parts.minutes_words(items, length))}**")
    for item in items:
        with st.container(gap="xsmall"):
            st.markdown(f"**{item.minutes} min: {plain(item.title)}**")
            if item.protocol:
                st.markdown(plain(item.protocol))
            if item.lines:
                st.markdown("\n".join(f"- {plain(line)}" for line in item.lines))
    if not stands(session) or not viewer.may_decide(Data.PLAN):
        return
    at = moment_after(live.moment(), session.record)
    about = {"who": viewer.who, "at": at, "form": f"agenda-{key}"}
    if not items and focus:
        st.markdown("From the focus: the chart before opinions, students first, one change to try.")
        drafted = parts.text(
            parts.draft(
                focus,
                school.practices.get(focus.practice),
                opening=public_words(focus, school.public_evidence),
                minutes=length,
                student_part=session.student_part,
            )
        )
        if st.button("Make the agenda", type="primary", key=f"draft-{key}"):
            attempt(details.keep_agenda, session, drafted, **about, then="The agenda is made.")
    with st.expander("Edit the agenda" if items else "Write it yourself", key=f"editing-{key}"):
        now = _Text(parts.text(items))
        drawn, fresh = drawn_form(f"agenda-{key}", now, "agenda")
        if drawn != now:
            st.warning(CHANGED_MEANWHILE)
        st.caption("A part begins with its minutes, “10 min: Students first”; a line with a dash.")
        with st.form(f"agenda-{key}", border=False):
            typed = st.text_area(
                "Agenda", drawn.text, height=320, max_chars=parts.LONGEST, key=f"agenda-{fresh}"
            )
            if st.form_submit_button("Keep the agenda", key=f"agenda-save-{fresh}"):
                kept = merged(drawn, _Text(typed), now).text
                attempt(details.keep_agenda, session, kept, **about, then="The agenda is kept.")


def year(viewer: Viewer, school: View, chosen: Sequence[Focus], planned: Sequence[Session]) -> None:
    """Place the sessions of a school year by month, each a link, and their calendar file."""
    offered = calendar.years(planned)
    now = calendar.school_year(school.now.date())
    which = st.selectbox(
        "School year",
        offered,
        index=offered.index(now) if now in offered else 0,
        format_func=calendar.year_words,
        key="year",
        width=200,
    )
    practice = {focus.record_id: school.name(focus.practice) for focus in chosen}
    for month in calendar.months(planned, which):
        st.markdown(f"**{month.name}**")
        for session in month.sessions:
            label = f"{session.on:%b} {session.on.day}: " if session.on else ""
            label += plain(practice.get(session.focus, "no focus"))
            off = "" if stands(session) else ", called off"
            with st.container(gap=None):
                link(
                    "session",
                    f"{label}{off}",
                    key=f"year-{session.record_id}",
                    session=session.record_id,
                )
                if not off:
                    st.caption(plain(details.summary(session)))
    to_calendar(
        "Add them to a calendar (.ics)",
        viewer,
        lambda each: each.on is not None and calendar.school_year(each.on) == which,
        f"pd-sessions-{which}.ics",
    )


def to_calendar(
    label: str, viewer: Viewer, wanted: Callable[[Session], bool], file_name: str
) -> None:
    """Place a button for the sessions that are ``wanted``: a calendar file, made when pressed."""
    document(label, partial(_calendar, viewer, wanted), file_name, "text/calendar", key="ics")


def _calendar(viewer: Viewer, wanted: Callable[[Session], bool]) -> bytes:
    """The sessions as they stand now, not as they stood when the page was drawn."""
    school = live.school(viewer)
    return calendar.to_ics(
        [each for each in sessions(school.of(tabs.SESSIONS)) if wanted(each)],
        focuses(school.of(tabs.FOCUS)),
        school.names,
        school=school.title,
    )
