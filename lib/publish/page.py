"""The students' page as data: what is said in public, and nothing else.

A page is composed from promises and from the public cells of the protected table, frozen as one
version in the tab PD Published, and rendered from there: the renderer can reach nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lib.catalogue import FORM, Practice, last_name
from lib.evidence.floors import Floors
from lib.evidence.since import since
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Band,
    Cell,
    Change,
    Evidence,
    Figure,
    Hidden,
    WaveTable,
)
from lib.intake.text import fold
from lib.plan.focus import Focus, running
from lib.plan.promises import Promise, PromiseState, came_of_it, missing
from lib.plan.words import fitted
from lib.publish.languages import offered
from lib.publish.school import Contact, Meeting, PublicSchool, privacy

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
class PublicFollowUp:
    """What students answered when they were asked whether a promise changed anything.

    ``question`` is the form's and ``wave`` the label of the wave that asked it. ``said`` goes from
    most to least change, in the labels and whole percents of the protected table.
    """

    question: str
    wave: str
    said: tuple[Band, ...]


@dataclass(frozen=True)
class PublicPromise:
    """One answer to students.

    ``practice`` is its name and ``statement`` the sentence students rated; ``wave`` is the label
    of the wave it comes from. ``change`` is the word of the newest wave against ``since``, that
    same wave, and None when students have not been asked again. ``followup`` is None where they
    were not asked about this promise, or too few answered.
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
    followup: PublicFollowUp | None = None


@dataclass(frozen=True)
class Translation:
    """What a text of the page is called in another language (its code)."""

    language: str
    text: str
    said: str


@dataclass(frozen=True)
class PublicPage:
    """One version of the students' page. ``collecting`` is the open wave's label, else "".

    ``floors`` are those of its day, ``translations`` the staff's, of texts that stand on the page.
    """

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
    floors: Floors = field(default_factory=Floors)
    panels: tuple[Meeting, ...] = ()
    translations: tuple[Translation, ...] = ()


def compose(
    *,
    school: PublicSchool,
    promises: Sequence[Promise],
    focuses: Sequence[Focus],
    evidence: Evidence,
    practices: Mapping[str, Practice],
    names: Mapping[str, str],
    version: int,
    on: date,
    translated: Mapping[str, Mapping[str, str]] | None = None,
) -> PublicPage:
    """Put the page together from what may be said in public.

    A promise that still misses something (``lib.plan.promises.missing``) is left out. ``names``
    are all practices' names by id, ``practices`` those with a student's statement. Running focus
    practices without an answer on the page are listed as being listened to. ``translated`` is what
    staff wrote, by language and text (``lib.plan.translations.translated``); a language in which
    students cannot read the page is left out, and so is English, where the texts say it themselves.
    """
    ready = [promise for promise in promises if not missing(promise)]
    answered = {promise.practice for promise in ready}
    waves = [_public_wave(table, school.floors.public) for table in evidence.waves]
    read = {language.code for language in offered() if not language.is_source}
    page = PublicPage(
        school=school.name,
        version=version,
        published_on=on,
        promises=tuple(_public(promise, waves, practices, names) for promise in ready),
        listening=tuple(
            public_name(focus.practice, names)
            for focus in running(focuses)
            if focus.practice not in answered
        ),
        collecting=fitted("wave", evidence.collecting.label) if evidence.collecting else "",
        form_url=school.form_url,
        contacts=school.contacts,
        help_lines=school.help_lines,
        privacy=privacy(school.floors),
        floors=school.floors,
        panels=school.panels,
        translations=tuple(
            Translation(language, text, said)
            for language, known in sorted((translated or {}).items())
            if language in read
            for text, said in known.items()
        ),
    )
    return still_ahead(page, on)


def still_ahead(page: PublicPage, on: date) -> PublicPage:
    """The page without the panel days before ``on``, and no translation of what is not on it.

    Two pages that differ in passed days alone are the same to students.
    """
    left = replace(page, panels=tuple(panel for panel in page.panels if panel.on >= on))
    wanted = set(texts(left))
    kept = tuple(each for each in page.translations if each.text in wanted)
    return replace(left, translations=kept)


def texts(page: PublicPage) -> tuple[str, ...]:
    """The page's texts that are not our own, each once, in the order students meet them."""
    found: list[str] = []
    for promise in page.promises:
        found += [promise.practice, promise.you_said, promise.we_did, promise.statement]
        found += [promise.wave, *(point.wave for point in promise.trend)]
        found += [promise.followup.question] if promise.followup else []
    found += [*page.listening, page.collecting]
    for contact in (*page.contacts, *page.help_lines):
        found += [contact.who, contact.how]
    found += [panel.where for panel in page.panels]
    return tuple(dict.fromkeys(text for text in found if any(c.isalpha() for c in text)))


@dataclass(frozen=True)
class _PublicWave:
    """A closed wave; ``cell`` holds everybody where that may be shown to everyone, else None."""

    table: WaveTable
    label: str
    cell: Cell | None


def _public_wave(table: WaveTable, floor: int) -> _PublicWave:
    cell = next(
        (c for c in table.cells if c.grouping == EVERYBODY and c.audience is Audience.PUBLIC), None
    )
    shown = cell if cell and cell.n >= floor else None
    return _PublicWave(table, fitted("wave", table.wave.label), shown)


def _public(
    promise: Promise,
    waves: Sequence[_PublicWave],
    practices: Mapping[str, Practice],
    names: Mapping[str, str],
) -> PublicPromise:
    trend = [_point(wave, promise.practice) for wave in waves]
    while trend and trend[0].figure is None:
        del trend[0]
    known = practices.get(promise.practice)
    place = next((i for i, w in enumerate(waves) if w.table.wave.wave_id == promise.wave), None)
    origin = None if place is None else waves[place]
    later = waves if place is None else waves[place + 1 :]
    change = _change(promise.practice, origin, later[-1]) if origin and later else None
    return PublicPromise(
        practice=public_name(promise.practice, names),
        statement=fitted("practice", known.statement) if known else "",
        you_said=promise.you_said,
        state=promise.state,
        we_did=came_of_it(promise),
        wave=origin.label if origin else "",
        answers=origin.cell.n if origin and origin.cell else 0,
        trend=tuple(trend[-TREND_WAVES:]),
        change=change,
        since=origin.label if origin and change else "",
        revisit=promise.revisit,
        followup=_followup(promise, later),
    )


def public_name(practice: str, names: Mapping[str, str]) -> str:
    """What a practice (its id) is called on the page; ``names`` are those of today by id."""
    return fitted("practice", names.get(practice) or last_name(practice))


def _point(wave: _PublicWave, practice: str) -> PublicPoint:
    printed = wave.cell.favorable.get(practice) if wave.cell else None
    if wave.cell is None or printed is None or isinstance(printed, Hidden):
        return PublicPoint(wave.label, None, 0)
    return PublicPoint(wave.label, printed, wave.cell.n)


def _change(practice: str, origin: _PublicWave, newest: _PublicWave) -> Change:
    """The word between two waves, worked out as everywhere else: all practices are one family."""
    if origin.cell is None or newest.cell is None:
        return Change.TOO_FEW
    before = replace(origin.table, cells=(origin.cell,))
    comparison = since(
        newest.table.wave, (newest.cell,), newest.table.rules, (before,), {}
    ).last.get(practice)
    return comparison.change if comparison else Change.TOO_FEW


def _followup(promise: Promise, later: Sequence[_PublicWave]) -> PublicFollowUp | None:
    """What students answered last when a wave after the promise's own asked about it."""
    asked = {fold(FORM.followup.title(words)) for words in promise.asked_as}
    for wave in reversed(later):
        for header, bands in wave.table.followup.items():
            if wave.cell and bands and fold(header) in asked:
                return PublicFollowUp(fitted("question", header), wave.label, bands[::-1])
    return None
