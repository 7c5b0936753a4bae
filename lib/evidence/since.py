"""What changed since another wave, cell by cell, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lib.evidence import change
from lib.evidence.printing import EVERYBODY_STEP, GROUP_STEP
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Cell,
    Change,
    Comparison,
    Figure,
    Hidden,
    Wave,
    WaveTable,
)
from lib.evidence.waves import same_season
from lib.text import join_words

MOVED = (Change.WORSE, Change.BETTER)
"""Words for a move that chance is an unlikely reason for."""

OTHER_RULE = Hidden("Other answers counted as favorable in this wave.")


@dataclass(frozen=True)
class Since:
    """The words for everybody, the groups with theirs, and what a person should know."""

    last: Mapping[str, Comparison]
    last_year: Mapping[str, Comparison]
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


def since(
    wave: Wave,
    cells: tuple[Cell, ...],
    rules: Mapping[str, str],
    earlier: Sequence[WaveTable],
    names: Mapping[str, str],
) -> Since:
    """Compare ``cells`` with the last wave and with the same season a year ago.

    Groups are compared with cells of identical members only, and only with cells that everyone
    who sees the group may see. Figures by another rule than ``rules`` are not compared.
    """
    seen = [table for table in earlier if table.everybody]
    if not cells or not seen:
        return Since({}, {}, cells, ())
    last = seen[-1]
    season = same_season(wave, [table.wave for table in seen])
    year_ago = next((table for table in seen if table.wave is season), None)
    words = _words(cells, rules, last, names)
    year_words = _words(cells, rules, year_ago, names) if year_ago else [{} for _ in cells]
    notes = [*_by_another_rule(cells[0], rules, last, names)]
    if not any(_both(cells[0], then) for then in last.cells[:1]):
        notes.append(f"This wave and {last.wave.label} have no question in common.")
    return Since(
        last=words[0],
        last_year=year_words[0],
        cells=(
            cells[0],
            *(
                replace(cell, since_last=words[i], since_last_year=year_words[i])
                for i, cell in enumerate(cells)
                if cell.grouping != EVERYBODY
            ),
        ),
        notes=tuple(notes),
    )


def _words(
    cells: Sequence[Cell], rules: Mapping[str, str], before: WaveTable, names: Mapping[str, str]
) -> list[dict[str, Comparison]]:
    """Each cell's words by practice; the cells of one grouping are one family."""
    words: list[dict[str, Comparison]] = [{} for _ in cells]
    found = {
        grouping: [
            (i, practice, pair)
            for i, cell in enumerate(cells)
            if cell.grouping == grouping and (then := same_cell(cell, before))
            for practice, pair in _pairs(cell, then, names)
            if same_rule(rules, before, practice)
        ]
        for grouping in dict.fromkeys(cell.grouping for cell in cells)
    }
    families = [
        change.Family(
            [pair for _, _, pair in mine],
            EVERYBODY_STEP if grouping == EVERYBODY else GROUP_STEP,
        )
        for grouping, mine in found.items()
    ]
    said = change.compare(families, since=before.wave.label)
    for mine, comparisons in zip(found.values(), said, strict=True):
        for (i, practice, _), comparison in zip(mine, comparisons, strict=True):
            words[i][practice] = comparison
    return words


def only_over_a_year(
    since_last: Mapping[str, Comparison], since_last_year: Mapping[str, Comparison]
) -> Mapping[str, Comparison]:
    """Practices that moved since the same season a year ago, but not since the last wave.

    A practice that is not compared with the last wave is left out.
    """
    return {
        practice: comparison
        for practice, comparison in since_last_year.items()
        if comparison.change in MOVED
        and (last := since_last.get(practice)) is not None
        and last.change is not comparison.change
        and last.since != comparison.since
    }


def same_rule(rules: Mapping[str, str], before: WaveTable, practice: str) -> bool:
    """Whether the same answers counted as favorable in ``before``, as far as it says."""
    then = before.rules.get(practice)
    return then is None or then == rules.get(practice, then)


def _by_another_rule(
    everybody: Cell, rules: Mapping[str, str], before: WaveTable, names: Mapping[str, str]
) -> list[str]:
    changed = [
        names.get(practice, practice)
        for practice in everybody.favorable
        if not same_rule(rules, before, practice)
    ]
    if not changed:
        return []
    return [
        f"{join_words(changed)}: not compared with {before.wave.label}, where other answers "
        "counted as favorable."
    ]


def same_cell(cell: Cell, before: WaveTable) -> Cell | None:
    """The cell of identical members that everyone who sees ``cell`` may see."""
    return next(
        (
            then
            for then in before.cells
            if (then.grouping, then.members) == (cell.grouping, cell.members)
            and (then.audience is Audience.PUBLIC or cell.audience is Audience.STAFF)
        ),
        None,
    )


def _pairs(cell: Cell, then: Cell, names: Mapping[str, str]) -> list[tuple[str, change.Pair]]:
    found = []
    for practice in _both(cell, then):
        now, old = cell.favorable[practice], then.favorable[practice]
        if isinstance(now, Figure) and isinstance(old, Figure):
            name = names.get(practice, practice)
            pair = change.Pair(name, now, cell.n_of(practice), old, then.n_of(practice))
            found.append((practice, pair))
    return found


def _both(cell: Cell, then: Cell) -> list[str]:
    """Practices that have a figure in both."""
    return [
        practice
        for practice, now in cell.favorable.items()
        if isinstance(now, Figure) and isinstance(then.favorable.get(practice), Figure)
    ]


def why_apart(cell: Cell, before: WaveTable) -> str:
    """Why ``before`` has no cell of identical members; the end of a sentence."""
    labels = set(cell.members)
    of_grouping = [then for then in before.cells if then.grouping == cell.grouping]
    if any(labels & set(then.members) for then in of_grouping):
        return "this group was counted with other members"
    if of_grouping:
        return "nobody answered for this group"
    return "this was hidden to protect a small group"


def broken(before: Sequence[WaveTable], why: str) -> str:
    """Say of waves why a group's line has no point there."""
    return f"In {join_words([table.wave.label for table in before])} {why}."
