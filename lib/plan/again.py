"""Making frozen waves again after a remapping: a person's decision, and the editions it leaves.

Somebody says in February that a question of last fall rates another practice. Fall and spring were
frozen as they were read then; Setup asks whether to make them again::

    before_making_again(offered)   "It changes 12 figures of Spring 2026, and the words ..."
    refusals(offered)              "Fall 2026 stays as it was frozen. 2 answers would ..."
    make_again(offered, ...)       the rows of edition 2 of Spring 2026, beside those of edition 1
    editions(records, zone)        "Spring 2026, edition 2: Feb 3, 2027, Ana."
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from lib.decided import DecisionProblem, day_words, one_line
from lib.evidence import as_events
from lib.evidence.again import Remake
from lib.text import count, join_words
from lib.workbook import Event, Record

_EDITION = re.compile(r"\d{1,6}")


def make_again(offered: Sequence[Remake], *, who: str, at: datetime) -> tuple[Event, ...]:
    """The next edition of each wave that may be made again, as rows of PD Evidence.

    ``offered`` as ``lib.evidence.again.remakes`` finds them; ``at`` is aware. Two people who decide
    it at once write the same rows, which count once. Raises DecisionProblem where there is none.
    """
    made = [remake.made for remake in offered if remake.made]
    if not made:
        raise DecisionProblem(
            "No closed wave can be made again now.",
            "Reload this page: somebody may have done it in the meantime.",
        )
    return tuple(row for frozen in made for row in as_events(frozen, who=who, at=at))


def before_making_again(offered: Sequence[Remake]) -> str:
    """What would change, before it is decided: how many figures of which waves."""
    changes = [
        f"{count(remake.figures, 'figure')} of {remake.wave.label}"
        for remake in offered
        if not remake.refused
    ]
    return (
        f"It changes {join_words(changes)}, and the words that come from them, on every page. "
        "The groups stay as they are. The earlier figures stay in PD Evidence."
    )


def refusals(offered: Sequence[Remake]) -> tuple[str, ...]:
    """Why waves stay as they were frozen, a sentence or more for each."""
    return tuple(
        f"{remake.wave.label} stays as it was frozen. {says}"
        for remake in offered
        for says in [" ".join(remake.refused)]
        if remake.refused
    )


def editions(records: Mapping[str, Record], zone: tzinfo) -> tuple[str, ...]:
    """Every edition that PD Evidence keeps of a wave that was made again, oldest first.

    "Fall 2026, edition 2: Jan 28, 2027, Ana". ``records`` are those of PD Evidence.
    """
    first = {
        (fields.get("wave", ""), int(fields["edition"])): record.history[0]
        for record in records.values()
        for fields in [record.history[0].fields]
        if fields.get("part") == "1" and _EDITION.fullmatch(fields.get("edition", ""))
    }
    again = {wave for wave, edition in first if edition > 1}
    return tuple(
        f"{one_line(event.fields.get('label', ''))}, edition {edition}: "
        f"{day_words(event.at.astimezone(zone).date())}, {one_line(event.who)}."
        for (wave, edition), event in sorted(first.items())
        if wave in again
    )
