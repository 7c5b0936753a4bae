"""The students' page as data: what is said in public, and nothing else.

A page is composed from promises and from the public cells of the protected table, frozen as one
version in the tab PD Published, and rendered from there: the renderer can reach nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lib.catalogue import Practice
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Cell,
    Change,
    Evidence,
    Figure,
    Hidden,
    WaveTable,
)
from lib.plan.focus import Focus, running
from lib.plan.promises import Promise, PromiseState, because, missing
from lib.plan.words import fitted
from lib.publish.school import PRIVACY, PUBLIC_FLOOR, Contact, School

TREND_WAVES = 8
"""The newest waves that a small trend can show and a reader can tell apart."""


@dataclass(frozen=True)
class PublicPoint:
    """One closed wave on a trend; ``figure`` is None where nothing may be printed.

    ``answers`` is the printed number of answers in that wave, rounded to 5; 0 where not printed.
    """

    wave: str
    figure: Figure | None
    answers: int


@dataclass(frozen=True)
class PublicPromise:
    """One answer to students.

    ``practice`` is its name and ``statement`` the sentence students rated; ``wave`` is the label
    of the wave it comes from. ``change`` is the word of the newest wave against ``since``, and
    None when students have not been asked again since ``wave``.
    """

    practice: str
    statement: str
    you_said: str
    state: PromiseState
    we_did: str
    wave: str
    answers: int
    trend: tuple[PublicPoint, ...]
    change: Change | None
    since: str
    revisit: date | None


@dataclass(frozen=True)
class PublicPage:
    """One version of the students' page. ``collecting`` is the open wave's label, else ""."""

    school: str
    version: int
    published_on: date
    promises: tuple[PublicPromise, ...]
    listening: tuple[str, ...]
    collecting: str
    form_url: str
    contacts: tuple[Contact, ...]
    help_lines: tuple[Contact, ...]
    privacy: tuple[str, ...]


def compose(
    *,
    school: School,
    promises: Sequence[Promise],
    focuses: Sequence[Focus],
    evidence: Evidence,
    practices: Mapping[str, Practice],
    names: Mapping[str, str],
    version: int,
    on: date,
) -> PublicPage:
    """Put the page together from what may be said in public.

    A promise that still misses something (``lib.plan.promises.missing``) is left out. ``names``
    are all practices' names by id, ``practices`` those with a student's statement. Running focus
    practices without an answer on the page are listed as being listened to.
    """
    ready = [promise for promise in promises if not missing(promise)]
    answered = {promise.practice for promise in ready}
    return PublicPage(
        school=school.name,
        version=version,
        published_on=on,
        promises=tuple(_public(promise, evidence, practices, names) for promise in ready),
        listening=tuple(
            _name(focus.practice, names)
            for focus in running(focuses)
            if focus.practice not in answered
        ),
        collecting=fitted("wave", evidence.collecting.label) if evidence.collecting else "",
        form_url=school.form_url,
        contacts=school.contacts,
        help_lines=school.help_lines,
        privacy=PRIVACY,
    )


def _public(
    promise: Promise,
    evidence: Evidence,
    practices: Mapping[str, Practice],
    names: Mapping[str, str],
) -> PublicPromise:
    trend = [_point(table, promise.practice) for table in evidence.waves]
    while trend and trend[0].figure is None:
        del trend[0]
    known = practices.get(promise.practice)
    origin = next((t for t in evidence.waves if t.wave.wave_id == promise.wave), None)
    cell = _public_cell(origin) if origin else None
    change, since = _change(promise, evidence)
    refused = promise.state is PromiseState.NOT_THIS_TIME
    return PublicPromise(
        practice=_name(promise.practice, names),
        statement=fitted("practice", known.statement) if known else "",
        you_said=promise.you_said,
        state=promise.state,
        we_did=because(promise.we_did) if refused else promise.we_did,
        wave=_label(origin) if origin else "",
        answers=cell.n if cell else 0,
        trend=tuple(trend[-TREND_WAVES:]),
        change=change,
        since=since,
        revisit=promise.revisit,
    )


def _name(practice: str, names: Mapping[str, str]) -> str:
    return fitted("practice", names.get(practice) or practice)


def _label(table: WaveTable) -> str:
    return fitted("wave", table.wave.label)


def _public_cell(table: WaveTable) -> Cell | None:
    """The cell of everybody that may be shown to everyone."""
    for cell in table.cells:
        if cell.grouping == EVERYBODY and cell.audience is Audience.PUBLIC:
            return cell if cell.n >= PUBLIC_FLOOR else None
    return None


def _point(table: WaveTable, practice: str) -> PublicPoint:
    cell = _public_cell(table)
    printed = cell.favorable.get(practice) if cell else None
    if cell is None or printed is None or isinstance(printed, Hidden):
        return PublicPoint(_label(table), None, 0)
    return PublicPoint(_label(table), printed, cell.n)


def _change(promise: Promise, evidence: Evidence) -> tuple[Change | None, str]:
    """The newest wave's own word, once students have been asked again after the promise's wave.

    Said only between two waves whose figures are both public; otherwise "too few to tell".
    """
    if promise.wave not in {table.wave.wave_id for table in evidence.waves[:-1]}:
        return None, ""
    comparison = evidence.waves[-1].since_last.get(promise.practice)
    ends = [_point(table, promise.practice).figure for table in evidence.waves[-2:]]
    if comparison is None or None in ends:
        return Change.TOO_FEW, _label(evidence.waves[-2])
    return comparison.change, fitted("wave", comparison.since)
