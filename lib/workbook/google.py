"""The workbook as a Google spreadsheet that the school owns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Literal

from lib.workbook.account import Connection
from lib.workbook.event_rows import default_header, doubled_note, note, read_rows, read_tab
from lib.workbook.form_tab import (
    NoForm,
    choose_form,
    empty_form,
    has_form_title,
    named_form,
    no_form,
)
from lib.workbook.google_problem import Fault, GoogleProblem
from lib.workbook.layout import Layout, Sheet, cells_of
from lib.workbook.ledger import Ledger
from lib.workbook.pace import Pace
from lib.workbook.pages import page_count, read_sheet
from lib.workbook.protocol import Cell, Contents, FormTab, Progress
from lib.workbook.records import Event
from lib.workbook.service import Service
from lib.workbook.tabs import COLUMNS, EVIDENCE, REVIEWS, TABS
from lib.workbook.tail import Rows, Trace, extend, news, tail_areas, trace

LOOK_EVERY = 60.0
"""Seconds until the app looks again what tabs there are: another copy of it may have made one. With
three readings a minute that makes four requests.
"""

FULL_EVERY = 300.0
"""Seconds until the app reads everything again, for each page that this takes."""

PREFIX = "PD "
"""Tabs with such titles are about PD, the app's own and people's; none is taken for the form's."""

TOP_ROWS = 6
"""How many rows of a tab are looked at to see whether it is the form's."""

MOVED = (Fault.NO_SUCH_TAB, Fault.PAST_THE_GRID)
"""Faults that say that people changed the tabs or rows since the app looked."""

TRIES = 3
"""Readings of everything before it is said that people change the sheet all the time."""


@dataclass(frozen=True)
class _OurTab:
    """One of our tabs as read. ``trace`` is None where only reading it whole will do.

    So it is where people type rows themselves: they change them in place, and anywhere.
    """

    trace: Trace | None
    header: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    unreadable: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    lost_header: bool = False


@dataclass(frozen=True)
class _Known:
    """What was read so far. Of the form's rows only hashes (``form``)."""

    sheet: Sheet
    form: Trace
    header: tuple[Cell, ...]
    read_at: float
    ours: dict[str, _OurTab]


class GoogleWorkbook:
    """A spreadsheet through gspread, safe for threads; Google is first asked by ``read``.

    The paces are shared by the whole process unless given (tests bring their own).
    """

    kind: Literal["google_sheet", "sample"] = "google_sheet"

    def __init__(
        self, where: Connection, reads: Pace | None = None, writes: Pace | None = None
    ) -> None:
        self._where = where
        self._service = Service(where, reads, writes)
        self._clock = self._service.reads.clock
        self._ledger = Ledger(self._service, self._find)
        self._reading = Lock()
        self._known: _Known | None = None
        self._layout: Layout | None = None
        self._looked_at = 0.0
        self._formless = False
        self._ids: dict[str, int] = {}

    @property
    def clock(self) -> datetime | None:
        """A real school lives in real time."""
        return None

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """Nothing waits here: ``append`` has saved it or has raised."""
        return ()

    def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
        """Read what is new, in one request; everything at first, now and then, or on demand."""
        with self._reading:
            known = self._known
            if full or (self._is_due(known) if known else not self._formless):
                return self._read_all(progress, skip_same=not full)
            try:
                return self._read_news(known, progress) if known else self._read_formless(progress)
            except GoogleProblem as problem:
                if problem.fault not in MOVED:
                    raise
            return self._read_all(progress)

    def append(self, events: Sequence[Event]) -> None:
        """Append events, RAW and INSERT_ROWS, after looking which of them are there already."""
        self._ledger.append(events)

    def _is_due(self, known: _Known) -> bool:
        return self._clock() - known.read_at > FULL_EVERY * page_count(known.sheet)

    def _look(self) -> Layout:
        """Read what tabs there are, and note our tabs' ids."""
        layout = self._service.layout()
        self._layout, self._looked_at = layout, self._clock()
        ours = layout.ours(self._ids).items()
        self._ids = {**self._ids, **{tab: sheet.sheet_id for tab, sheet in ours}}
        return layout

    def _fresh_layout(self) -> Layout:
        """What tabs there are, as of a minute ago at most."""
        layout = self._layout
        if layout is None or self._clock() - self._looked_at > LOOK_EVERY:
            return self._look()
        return layout

    def _find(self, tab: str, again: bool) -> Sheet | None:  # noqa: FBT001
        """The sheet that is ours under a name, for the ledger."""
        layout = self._layout
        if layout is None or again:
            layout = self._look()
        sheet = layout.ours(self._ids).get(tab) or layout.titled(tab)
        if sheet is not None:
            self._ids = {**self._ids, tab: sheet.sheet_id}
        return sheet

    def _read_all(self, progress: Progress | None, *, skip_same: bool = True) -> Contents:
        """Read everything; the form's rows are handed on unless they are just as known."""
        for _ in range(TRIES - 1):
            try:
                return self._read_all_once(progress, skip_same=skip_same)
            except GoogleProblem as problem:
                if problem.fault not in MOVED:
                    raise
        return self._read_all_once(progress, skip_same=skip_same)

    def _read_all_once(self, progress: Progress | None, *, skip_same: bool) -> Contents:
        known = self._known
        layout = self._look()
        ours = layout.ours(self._ids)
        areas = [cells_of(sheet.title) for sheet in ours.values()]
        try:
            sheet = self._form_sheet(layout)
            rows, answers = read_sheet(self._service.values, sheet, areas, progress)
            if not rows and sheet.title == self._where.worksheet:
                empty_form(sheet, self._tops(self._theirs(layout)))
            if not rows:
                raise no_form([sheet])
        except NoForm as problem:
            answers = self._service.values(areas)
            return self._without_form(problem, layout, dict(zip(ours, answers, strict=True)))
        header = tuple(rows[0])
        self._known = fresh = _Known(
            sheet=sheet,
            form=trace(header, rows[1:]),
            header=header,
            read_at=self._clock(),
            ours={tab: _whole(tab, part) for tab, part in zip(ours, answers, strict=True)},
        )
        same = skip_same and known is not None and known.form == fresh.form
        form = None if same else FormTab(sheet.title, header, rows[1:])
        return self._contents(fresh.ours, layout, form)

    def _without_form(self, problem: NoForm, layout: Layout, rows: Mapping[str, Rows]) -> Contents:
        """Our tabs alone, on the days before the school's form. Raises ``problem`` where a form
        wrote here once: then its answers are gone, and what is known of them must stay.
        """
        read = {tab: _whole(tab, part) for tab, part in rows.items()}
        events = [event for tab in read.values() for event in tab.events]
        self._formless = self._known is None and not any(map(_tells_of_a_form, events))
        if not self._formless:
            raise problem
        return self._contents(read, layout, None)

    def _read_formless(self, progress: Progress | None) -> Contents:
        """Read our tabs while no form writes here, and whether one does by now: in one request."""
        layout = self._fresh_layout()
        ours, theirs = layout.ours(self._ids), self._theirs(layout)
        tops = [cells_of(sheet.title, f"1:{TOP_ROWS}") for sheet in theirs]
        read = self._service.values([*(cells_of(sheet.title) for sheet in ours.values()), *tops])
        if any(map(any, read[len(ours) :])):
            return self._read_all(progress)
        return self._without_form(no_form(theirs), layout, dict(zip(ours, read, strict=False)))

    def _read_news(self, known: _Known, progress: Progress | None) -> Contents:
        """Read the ends of all tabs, in one request; everything if something known changed."""
        layout = self._fresh_layout()
        sheet = layout.numbered(known.sheet.sheet_id)
        if sheet is None or self._may_be_another(known, layout):
            return self._read_all(progress)
        ours = layout.ours(self._ids)
        areas = tail_areas(sheet.title, known.form)
        for tab, ours_sheet in ours.items():
            areas += _areas(ours_sheet.title, known.ours.get(tab))
        answers = iter(self._service.values(areas))
        rows = news(known.form, next(answers), next(answers))
        if rows is None:
            return self._read_all(progress)
        form = None
        if rows:
            first_row = known.form.count + 2
            form = FormTab(sheet.title, known.header, rows, first_row, continues=True)
        self._known = fresh = replace(
            known,
            sheet=sheet,
            form=extend(known.form, rows),
            ours=self._our_news(known, ours, answers),
        )
        return self._contents(fresh.ours, layout, form)

    def _our_news(
        self, known: _Known, ours: Mapping[str, Sheet], answers: Iterator[Rows]
    ) -> dict[str, _OurTab]:
        """Our tabs after a tail reading; those that people changed are read again in full."""
        read, changed = {}, []
        for tab in ours:
            before = known.ours.get(tab)
            if before is None or before.trace is None:
                read[tab] = _whole(tab, next(answers))
                continue
            after = _more(tab, before, before.trace, next(answers), next(answers))
            if after is None:
                changed.append(tab)
            else:
                read[tab] = after
        whole = self._service.values([cells_of(ours[tab].title) for tab in changed])
        return read | {tab: _whole(tab, part) for tab, part in zip(changed, whole, strict=True)}

    def _form_sheet(self, layout: Layout) -> Sheet:
        """The form's tab: the one it was, the one the secrets name, or the one that looks so."""
        others = list(layout.others(self._ids))
        if self._known is not None and not self._may_be_another(self._known, layout):
            sheet = layout.numbered(self._known.sheet.sheet_id)
            if sheet is not None:
                return sheet
        wanted = self._where.worksheet
        if wanted and any(sheet.title == wanted for sheet in others):
            return named_form(others, wanted)
        theirs = self._theirs(layout)
        if not wanted and len(theirs) == 1:
            return theirs[0]
        titled = [sheet for sheet in theirs if has_form_title(sheet.title)]
        if not wanted and len(titled) == 1:
            return titled[0]
        tops = self._tops(theirs)
        if wanted and any(map(any, tops.values())):
            return named_form(others, wanted)
        return choose_form(theirs, {sheet.sheet_id: rows for sheet, rows in tops.items()})

    def _may_be_another(self, known: _Known, layout: Layout) -> bool:
        """Whether the tab taken for the form's holds no answer, and one has come that is titled so.

        A note above an empty sheet looks like a form's header until the school makes its form.
        """
        title = known.sheet.title
        if known.form.count or title == self._where.worksheet or has_form_title(title):
            return False
        return any(has_form_title(sheet.title) for sheet in self._theirs(layout))

    def _other_forms(self, layout: Layout) -> list[str]:
        """What to say of a form's tab that has come beside the one that is read."""
        known = self._known
        if known is None or known.sheet.title == self._where.worksheet:
            return []
        return [
            f"Another form writes into the spreadsheet, into the tab “{sheet.title}”: none of its "
            f"answers is read, only those of “{known.sheet.title}”. Write the title of the right "
            "one into secrets.toml, under [connections.gsheets], as worksheet."
            for sheet in self._theirs(layout)
            if sheet.sheet_id != known.sheet.sheet_id and has_form_title(sheet.title)
        ]

    def _theirs(self, layout: Layout) -> list[Sheet]:
        """The tabs that could be the form's, for all that their titles say."""
        others = layout.others(self._ids)
        named = self._where.worksheet
        return [s for s in others if s.title == named or not s.title.startswith(PREFIX)]

    def _tops(self, sheets: Sequence[Sheet]) -> dict[Sheet, Rows]:
        """The first rows of tabs."""
        rows = self._service.values([cells_of(s.title, f"1:{TOP_ROWS}") for s in sheets])
        return dict(zip(sheets, rows, strict=True))

    def _contents(
        self, ours: Mapping[str, _OurTab], layout: Layout, form: FormTab | None
    ) -> Contents:
        notes = self._other_forms(layout)
        for tab, sheet in layout.ours(self._ids).items():
            read = ours[tab]
            if read.unreadable:
                notes.append(note(tab, read.unreadable))
            if read.doubled:
                notes.append(doubled_note(tab, read.doubled))
            if read.lost_header and tab in TABS:
                notes.append(
                    f"The tab {tab} has lost its header row, so nothing in it can be read. Put "
                    "these headers back into its first row: " + ", ".join(default_header(tab))
                )
            if sheet.closed:
                notes.append(
                    f"The tab {tab} is protected, and the app may not write to it. In Google "
                    "Sheets choose Data, Protect sheets and ranges, and add "
                    f"{self._where.client_email} to those who may edit."
                )
        events = tuple(event for read in ours.values() for event in read.events)
        return Contents(form, events, layout.time_zone, tuple(notes))


def _tells_of_a_form(event: Event) -> bool:
    """Whether an event can only be where somebody had answered a form."""
    a_comment = event.tab == REVIEWS and event.fields.get("source") == "comment"
    return a_comment or event.tab in (COLUMNS, EVIDENCE)


def _areas(title: str, known: _OurTab | None) -> list[str]:
    if known is None or known.trace is None:
        return [cells_of(title)]
    return tail_areas(title, known.trace)


def _whole(tab: str, rows: Rows) -> _OurTab:
    """One of our tabs, read in full."""
    reading = read_tab(tab, rows)
    if reading.header_row is None:
        return _OurTab(None, lost_header=any(rows))
    return _OurTab(
        trace(rows[0], rows[1:]) if reading.header_row == 1 and not reading.typed else None,
        reading.header,
        reading.events,
        reading.unreadable,
        reading.doubled,
    )


def _more(tab: str, known: _OurTab, past: Trace, header: Rows, tail: Rows) -> _OurTab | None:
    """One of our tabs after a tail reading; None when it must be read in full."""
    rows = news(past, header, tail)
    if rows is None:
        return None
    reading = read_rows(tab, known.header, rows, past.count + 2)
    if reading.typed:
        return None
    return replace(
        known,
        trace=extend(past, rows),
        events=known.events + reading.events,
        unreadable=known.unreadable + reading.unreadable,
    )
