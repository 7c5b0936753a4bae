"""The frame around every page: identity, navigation, error boundary, footer.

It is also the script that ``app.py`` serves. Streamlit may run a page's file directly, without
the frame (a cold deep link beside a ``pages/`` folder): then ``require`` runs the frame instead.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from lib import door, live
from lib.access import SCREENS, Denied, Refusal, Screen, Viewer, screen
from lib.admission import admit
from lib.charts import DARK, LIGHT, Palette
from lib.decided import DecisionProblem
from lib.faults import kind_and_place
from lib.look import style
from lib.plan.merge import both_choices, both_texts
from lib.text import plain
from lib.workbook import Event, WorkbookProblem, one_press

logger = logging.getLogger(__name__)

_IN_FRAME = "in_frame"
_VIEWER = "viewer"
_FLASH = "flash"
_PRESS = "press"
_OPENED = "opened"
_LOOK_AGAIN_S = 0.2


def run_app() -> None:
    """Draw the frame and, inside it, the page the address names."""
    st.set_page_config(page_title="Seat at the Table", layout="wide")
    st.session_state[_IN_FRAME] = True
    st.session_state.setdefault(_PRESS, uuid4().hex)
    try:
        viewer = _identify()
        st.session_state[_VIEWER] = viewer
        st.html(style(palette()))
        page = st.navigation([_page(s, viewer) for s in SCREENS], position="top")
        body, foot = st.container(key="page"), st.container(key="foot")
        with body:
            _guarded(lambda: _head(viewer))
        # Before the page, which may stop the script: the way out is there in every state.
        with foot:
            _guarded(lambda: _footer(viewer))
        with body:
            _guarded(page.run)
    finally:
        st.session_state.pop(_IN_FRAME, None)
        st.session_state.pop(_VIEWER, None)


def require(name: str) -> Viewer:
    """Let the visitor pass if one of their roles has the screen; otherwise say why and stop.

    Every page calls this first. It fails closed: outside the frame it runs the frame instead.
    """
    if not st.session_state.get(_IN_FRAME):
        run_app()
        st.stop()
    viewer = st.session_state.get(_VIEWER)
    if isinstance(viewer, Viewer) and viewer.may_open(screen(name)):
        return viewer
    if isinstance(viewer, Refusal):
        door.refuse(viewer, _sign_out)
    elif viewer and name == SCREENS[0].name and (own := viewer.first_screen):
        # A sign-in ends on Home, which not everybody has.
        st.switch_page(own.file)
    else:
        st.title("This page is not yours to open")
        st.markdown("Your role does not have it. Yours are in the menu above or linked below.")
    st.stop()


Form = TypeVar("Form")


def drawn_form(key: str, now: Form, field: str) -> tuple[Form, str]:
    """What a form showed when this viewer first saw it, and the key for its fields.

    ``now`` is what stands now: the form shows it on first sight, after saving, and when the viewer
    comes back from another page. Streamlit knows a field by its key alone and keeps what was
    typed; whoever else decides meanwhile must not be overwritten by a field that nobody touched.
    ``field`` is the name of one of the fields, which are keyed "field-key": where fields come and
    go, each is asked about by itself, with what stands now in it.
    """
    turn = st.session_state.get(f"turn-{key}", 0)
    fresh = f"{key}-{turn}" if turn else key
    drawn_as = f"drawn-{field}-{key}"
    if f"{field}-{fresh}" not in st.session_state:
        st.session_state[drawn_as] = now
    drawn: Form = st.session_state[drawn_as]
    return drawn, fresh


def in_step(key: str, now: str) -> bool:
    """Bring a text field, before it is drawn, in step with ``now``: what is kept of it.

    Another screen may have changed it since this one drew it. True where both have: then the field
    holds both texts (``lib.plan.merge.both_texts``). The field takes its text from here alone.
    """
    typed: str = st.session_state.get(key, now)
    drawn: str = st.session_state.get(f"kept-{key}", now) if key in st.session_state else now
    whole = both_texts(drawn, typed, now)
    if key not in st.session_state or whole != typed:
        st.session_state[key] = whole
    st.session_state[f"kept-{key}"] = whole
    return whole not in (typed, now)


def choices_in_step(key: str, now: Sequence[str]) -> None:
    """Bring a field of several choices, before it is drawn, in step with ``now``: what stands.

    As ``in_step``: what nobody chose here must not take the place of what somebody else did.
    """
    typed: list[str] = st.session_state.get(key, list(now))
    drawn: Sequence[str] = now
    if key in st.session_state:
        drawn = st.session_state.get(f"kept-{key}", now)
    both = both_choices(drawn, typed, now)
    if key not in st.session_state or both != typed:
        st.session_state[key] = both
    st.session_state[f"kept-{key}"] = list(now)


def changed_meanwhile(key: str, now: str) -> bool:
    """Whether somebody else changed what a page shows since this viewer last had it drawn.

    ``now`` is a mark of what it shows; what the viewer decides themselves is no such change.
    """
    before = st.session_state.get(f"seen-{key}")
    turn = st.session_state[_PRESS]
    st.session_state[f"seen-{key}"] = (now, turn)
    return before is not None and before[0] != now and before[1] == turn


def as_seen(label: str, now: str, *, key: str) -> bool:
    """Place a button about what its viewer has read; ``now`` is a mark of that, see above.

    Where somebody else has changed it since, a press says so and counts for nothing.
    """
    changed = changed_meanwhile(key, now)
    pressed = st.button(label, key=key)
    if pressed and changed:
        st.warning("Somebody else changed this meanwhile. Read what it is now, then press again.")
    return pressed and not changed


def opened(about: str, pressed: str | None) -> str:
    """Which question is open about ``about``: one at a time; "" where none is.

    ``pressed`` opens one, "" closes it, None leaves it as it is.
    """
    if pressed is not None:
        st.session_state[_OPENED] = (about, pressed)
    which: tuple[str, str] = st.session_state.get(_OPENED, ("", ""))
    return which[1] if which[0] == about else ""


def noted(name: str, value: str | None = None) -> str:
    """What this visit has noted under a name, "" for nothing; ``value`` takes its place."""
    if value is not None:
        st.session_state[f"noted-{name}"] = value
    found: str = st.session_state.get(f"noted-{name}", "")
    return found


def attempt(
    decide: Callable[..., Event | Sequence[Event]],
    *about: object,
    then: str,
    form: object = None,
    **how: object,
) -> None:
    """Take a decision (``decide(*about, **how)``), save it, and start over saying ``then``.

    A decision that cannot be taken, and one that cannot be saved, say why instead. ``form`` is
    the key of the form whose fields show something else afterwards, or a tuple of such keys.
    """
    token: str = st.session_state[_PRESS]
    try:
        # A second press may find the first one done, with its run ended before it could say so.
        if live.presses.get(token) != then:
            with one_press(token):
                decided = decide(*about, **how)
            viewer: Viewer = st.session_state[_VIEWER]
            live.record([decided] if isinstance(decided, Event) else decided, viewer)
            live.presses.add(token, then)
    except (DecisionProblem, Denied) as problem:
        st.warning(f"{plain(problem.says)} {plain(problem.do)}")
        return
    except WorkbookProblem as problem:
        st.error(f"**Not saved.** {plain(problem.says)} {plain(problem.do)}")
        return
    st.session_state[_PRESS] = uuid4().hex
    for key in form if isinstance(form, tuple) else () if form is None else (form,):
        st.session_state[f"turn-{key}"] = st.session_state.get(f"turn-{key}", 0) + 1
    st.session_state[_FLASH] = then
    st.rerun()


def _identify() -> Viewer | Refusal:
    """Who is here: the one place that reads what the provider said of them."""
    try:
        secrets = live.secrets()
        return admit(
            secrets,
            on_sample="auth" not in secrets and live.on_sample(secrets),
            claims=_claims(),
            now=datetime.now(UTC),
            view_as=st.session_state.get(door.VIEW_AS),
        )
    except WorkbookProblem as problem:
        return Refusal("The app is not set up right", problem.says, problem.do)


def _claims() -> Mapping[str, object]:
    """What the provider said; nothing once the sign-in was ended, in whichever window."""
    claims: dict[str, object] = dict(st.user.to_dict())
    return {} if live.ended.has(claims) else claims


def _sign_out() -> None:
    live.ended.add(dict(st.user.to_dict()), datetime.now(UTC))
    st.logout()


def _page(target: Screen, viewer: Viewer | Refusal) -> st.Page:
    """Register a screen for everybody, so that a deep link never ends at "page not found"."""
    shown = isinstance(viewer, Viewer) and viewer.may_open(target) and target.place == "top"
    return st.Page(
        target.file,
        title=target.title,
        url_path=target.path,
        default=not target.path,
        visibility="visible" if shown else "hidden",
    )


def _head(viewer: Viewer | Refusal) -> None:
    """What stands above every page: the banner, what was just done, what is not saved yet."""
    if not isinstance(viewer, Viewer):
        return
    door.who(viewer, _sign_out)
    done = st.session_state.pop(_FLASH, None)
    if done:
        st.success(plain(done))
    _wait_for_first_copy()
    _unsaved(viewer)


def _unsaved(viewer: Viewer) -> None:
    """Say how old the copy is while the spreadsheet is out of reach, and how many decisions wait
    for it; they are safe on this computer.
    """
    try:
        school = live.school(viewer)
    except WorkbookProblem:
        return  # the page says it, in its own place
    if school.stale_in_words:
        st.info(school.stale_in_words)
    waiting = school.unsaved
    if waiting:
        is_are = "decision is" if waiting == 1 else "decisions are"
        st.warning(
            f"{waiting} {is_are} not saved to the sheet yet. Nothing is lost: they are kept here "
            "and sent as soon as the sheet can be reached. Setup says what is wrong."
        )


def _wait_for_first_copy() -> None:
    """Show how far the very first reading has come; a long sheet takes a while, once."""
    place = st.empty()
    try:
        while (progress := live.first_reading()) is not None:
            rows, of = progress
            said = f"Reading the sheet: {rows:,} of {of:,} rows" if of else "Reading the sheet"
            if of and rows == of:
                said = f"All {of:,} rows are read. Working them out"
            place.progress(rows / of if of else 0.0, said)
            time.sleep(_LOOK_AGAIN_S)
    except WorkbookProblem:
        pass  # the page says it, in its own place
    place.empty()


def _guarded(run: Callable[[], None]) -> None:
    """Run the page; whatever goes wrong in it becomes a sentence, never a traceback."""
    try:
        run()
    except WorkbookProblem as problem:
        st.title(f"The answers cannot be {'reached now' if problem.temporary else 'read'}")
        st.markdown(f"{plain(problem.says)} {plain(problem.do)}")
        link("setup", "See what Setup says", key="setup")
    except Denied as denied:
        st.title("This is not yours to see")
        st.markdown(f"{plain(denied.says)} {plain(denied.do)}")
    except Exception as error:  # noqa: BLE001  (the boundary: nothing may reach the screen raw)
        incident = uuid4().hex[:8]
        logger.error("incident %s: %s", incident, kind_and_place(error))
        st.title("Something went wrong on this page")
        st.markdown(
            "Nothing you saved is lost. Try again; if it stays, tell the person who looks after "
            f"this app: **incident {incident}**."
        )
        st.button("Try again", key=f"again-{incident}")


def _footer(viewer: Viewer | Refusal) -> None:
    st.space("medium")
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        for target in SCREENS:
            shown = isinstance(viewer, Viewer) and viewer.may_open(target)
            if shown and target.place == "footer":
                link(target.name, target.title, key=f"footer-{target.name}")
        with st.container(key="link-students", width="content"):
            st.markdown(":small[[The students' page](/students)]")
        if isinstance(viewer, Viewer):
            with contextlib.suppress(WorkbookProblem):
                st.caption(live.school(viewer).age_in_words)


def link(name: str, label: str, *, key: str, **query: str) -> None:
    """Place a link to another screen, flush with the text around it; not to one they have not."""
    viewer = st.session_state.get(_VIEWER)
    if not isinstance(viewer, Viewer) or not viewer.may_open(screen(name)):
        return
    with st.container(key=f"link-{key}", width="content"):
        st.page_link(screen(name).file, label=label, query_params=query or None)


def palette() -> Palette:
    """The colors of the theme that the viewer has."""
    return DARK if st.context.theme.type == "dark" else LIGHT


if __name__ == "__main__":
    run_app()
