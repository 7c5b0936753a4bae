"""What several pages place alike: cards of practices, histories, charts with their tables."""

import contextlib
import json
import time
from collections.abc import Callable, Sequence

import streamlit as st

from lib import live
from lib.access import Data, Viewer
from lib.charts import Picture, hidden, interval, scale, small_trend
from lib.evidence.effect import Reach
from lib.evidence.groups import cells_of, group_lines, grouping_name, groupings, over_waves
from lib.evidence.summary import change_lines
from lib.evidence.summary import history as waves_of
from lib.evidence.types import Cell, Figure, Hidden, Printed, WaveTable
from lib.frame import link, palette
from lib.hearing import Hearing
from lib.plan import outcomes
from lib.plan.history import conflict_note, lines
from lib.plan.sessions import Session
from lib.tables import drawn_card, drawn_table, group_table, standing_table
from lib.text import plain, plain_drawing
from lib.view import View
from lib.voices.by_practice import TITLES, said_of
from lib.voices.shown import Shown
from lib.workbook import Record, WorkbookProblem


def try_again(viewer: Viewer, label: str = "Try again now", *, key: str = "retry") -> None:
    """Place a button that reads the sheet now; by itself the app waits longer after each fault."""
    if st.button(label, key=key):
        with contextlib.suppress(WorkbookProblem):  # the page says it, in its own place
            live.refresh(viewer)
        st.rerun()


def collecting(school: View) -> None:
    """Say that a wave is open, and in a band how many have answered. No results."""
    wave = school.waves.collecting
    if wave:
        band = school.waves.collecting_band
        st.caption(
            f"{plain(wave.label)} is open and collecting: {band} so far. "
            "Its results appear when it closes."
        )


def hearing(viewer: Viewer) -> Hearing:
    """What is said in words; while it is read for the first time, say so and wait."""
    place = st.empty()
    while (found := live.voices(viewer)) is None:
        place.info("The comments are being read for the first time. A thousand take some seconds.")
        time.sleep(_LOOK_AGAIN_S)
    place.empty()
    if found.lacks_words:
        st.warning(NO_WORDS)
    return found


NO_WORDS = (
    "**The sheet cannot be read now, and the copy of it keeps no student's words.** Nothing is "
    "lost: they are here again once it can be read. Until then something may wait that nobody sees."
)


def heard_if_mine(viewer: Viewer) -> Hearing | None:
    """What is said in words, for those for whom something may wait in it; None for the others.

    While comments are read for the first time it says so: nobody is to think that nothing waits.
    """
    if not (viewer.may_see(Data.REFERRED) or viewer.may_see(Data.REVIEW)):
        return None
    found = live.voices(viewer)
    if found is None:
        st.info("The comments are being read. Reload in a moment to see what waits for you.")
    elif found.lacks_words:
        st.warning(NO_WORDS)
    return found


def quotes(words: Sequence[Shown], *, first: int, key: str) -> None:
    """Place students' words, the ``first`` of them at once and the others on request."""
    for each in words[:first]:
        st.markdown(f"“{plain(each.words)}”")
    if rest := words[first:]:
        label = f"{len(rest)} more" if first else f"Read all {len(rest)}"
        with st.expander(label, key=f"more-{key}"):
            for wave in dict.fromkeys(each.wave_label for each in rest):
                st.caption(plain(wave))
                mine = (each for each in rest if each.wave_label == wave)
                st.markdown("\n".join(f"- “{plain(each.words)}”" for each in mine))


def history(record: Record, school: View) -> None:
    """Place everything that happened to a decision, and a warning when two people collided."""
    if note := conflict_note(record):
        st.warning(plain(note))
    with st.popover("History", key=f"history-{record.record_id}"):
        for line in lines(record, names=school.words, zone=school.zone):
            st.markdown(f"- {plain(line)}")


def choose_grouping(latest: WaveTable) -> tuple[str, ...]:
    """Let the viewer pick one grouping; () for everybody, and where none is published."""
    offered = {grouping_name(g): g for g in groupings(latest)}
    if not offered:
        return ()
    # Not a segmented control: in the dark theme the chosen word is too faint to read.
    picked = st.radio(
        "Show by",
        ["Everybody", *offered],
        format_func=plain,
        horizontal=True,
        key="by",
        bind="query-params",
    )
    return offered.get(picked or "", ())


def practice_card(school: View, latest: WaveTable, practice: str, *, since: str = "") -> None:
    """Place one practice in small: its name as a link, its trend, and what became of it.

    ``since`` is the wave that the heading above it names.
    """
    name = school.name(practice)
    with st.container(key=f"card-{practice}", gap="xsmall"):
        link("practice", f"**{plain(name)}**", key=practice, practice=practice)
        waves = waves_of(school.evidence, practice)
        last = waves[-1][1]
        why = hidden(last.reason) if isinstance(last, Hidden) else ""
        said = change_lines(latest, practice, since=since)
        draw(drawn_card(small_trend(waves, name) + why, said))


def group_cards(school: View, latest: WaveTable, by: tuple[str, ...], practice: str) -> None:
    """Place one practice group by group: each group's trend, and everybody's beside it."""
    known, name, cells = school.evidence, school.name(practice), cells_of(latest, by)
    everybody = waves_of(known, practice)
    st.caption("The dashed line is everybody. A line breaks where groups were counted otherwise.")
    with st.grid(min_column_width=280, gap="medium"):
        for cell in cells:
            with st.container(key=f"card-{cell.name}", gap="xsmall"):
                st.markdown(f"**{plain(cell.name)}**, about {cell.n} answers")
                trend = small_trend(
                    over_waves(known, cell, practice), f"{name}, {cell.name}", behind=everybody
                )
                said = [(line, False) for line in group_lines(known, cell, practice)]
                draw(drawn_card(trend, said))
    with st.expander("Every group and wave as a table"):
        draw(drawn_table(group_table(known, cells, practice), f"{name} by group"))


def share(printed: Printed, of: str) -> None:
    """Place one share as its interval, or hatched with the reason why it is not shown."""
    draw(
        interval(printed, of, palette()) if isinstance(printed, Figure) else hidden(printed.reason)
    )


def axis(widths: Sequence[int], of: str, *, key: str) -> None:
    """Place the one axis, named ``of``, that the intervals of the rows below it stand on.

    ``widths`` are those of a row's columns; its interval is in the second.
    """
    with st.container(key=f"head-{key}"):
        _, second, *_ = st.columns(widths, gap="medium")
    with second:
        draw(scale(of))


def standings(cell: Cell, practice: str, *, widths: Sequence[int] = (4, 7, 5)) -> None:
    """Place the shares who say it works, isn't working, used to work; nothing where none is known.

    All stand on one axis, with the same figures as a table behind them. ``widths``: of a row's
    name, its drawing and what is left free.
    """
    said = said_of(cell, practice)
    if not said:
        return
    axis(widths, "Share of all who answered", key="standing")
    for standing, printed in said.items():
        with st.container(key=f"row-{standing.name}"):
            name, drawing, *_ = st.columns(widths, vertical_alignment="center", gap="medium")
        name.markdown(TITLES[standing])
        with drawing:
            share(printed, TITLES[standing])
    with st.expander("These shares as a table"):
        draw(drawn_table(standing_table(said), "What students say of it"))


def verdict(session: Session, reach: Reach) -> None:
    """Place what may be said of a PD session, and what it cannot say."""
    day = f"{session.on:%B} {session.on.day}, {session.on.year}" if session.on else ""
    st.markdown(
        f"**Did the PD session of {day} reach students?** {plain(reach.verdict.capitalize())}."
    )
    st.caption(plain(outcomes.sentence(reach)))


_LOOK_AGAIN_S = 0.2

# Signs that Markdown would read inside a drawing's words, as HTML spells them.
_NO_MARKDOWN = str.maketrans({sign: f"&#{ord(sign)};" for sign in "*_`[]~$\\"})


def document(label: str, make: Callable[[], bytes], file_name: str, mime: str, *, key: str) -> None:
    """Place a button for a file that is made when it is pressed, not before.

    What goes wrong then is logged by Streamlit, so it quotes nobody's words.
    """

    def made() -> bytes:
        try:
            return make()
        except Exception as error:  # noqa: BLE001  (no message of any library may reach the log)
            raise RuntimeError(f"no file could be made: {type(error).__name__}") from None

    st.download_button(
        label,
        made,
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )


def draw(svg: str) -> None:
    """Place a drawing of ours in the page, in the page's own colors and type.

    Markup is allowed for this one kind of text: lib made it, and escaped every word in it.
    """
    st.markdown(plain_drawing(svg).translate(_NO_MARKDOWN), unsafe_allow_html=True)


def show(picture: Picture, *, key: str) -> None:
    """Place a chart, and behind it the same numbers as a table."""
    st.vega_lite_chart(spec=json.loads(picture.spec), alt=picture.alt, key=key)
    with st.expander("Show as a table"):
        draw(drawn_table(picture.table, picture.alt))
