"""What a wave says in a few sentences, and the order in which to look at its practices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.evidence.types import (
    Cell,
    Change,
    Comparison,
    Evidence,
    Figure,
    Hidden,
    Printed,
    Priority,
    Tier,
    Wave,
    WaveTable,
)
from lib.text import count, join_words


@dataclass(frozen=True)
class Headlines:
    """Three sentences: what moved, what held steady, what nobody can tell yet."""

    moved: str
    steady: str
    unknown: str


def headlines(table: WaveTable, names: Mapping[str, str]) -> Headlines:
    """Say what changed since the wave before, in three sentences; "" where there is nothing."""
    words = table.since_last
    if not words:
        return Headlines("", "", "This is the first wave: there is nothing to compare it with yet.")
    since = next(iter(words.values())).since
    better = _named(words, Change.BETTER, names)
    worse = _named(words, Change.WORSE, names)
    parts = []
    if better:
        parts.append(f"{join_words(better)} got better")
    if worse:
        parts.append(f"{join_words(worse)} got worse")
    same = len(_named(words, Change.SAME, names))
    few = _named(words, Change.TOO_FEW, names)
    moved = f"Since {since}, {' and '.join(parts)}." if parts else ""
    if same and not parts:
        moved = f"Since {since}, no practice moved more than chance could explain."
    return Headlines(
        moved=moved,
        steady=f"{count(same, 'practice').capitalize()} stayed about the same." if same else "",
        unknown=(f"Nobody can tell yet for {_few(few)}: too few answers." if few else ""),
    )


def trends_title(table: WaveTable, names: Mapping[str, str]) -> str:
    """The finding of the Trends page in one sentence."""
    better = _named(table.since_last, Change.BETTER, names)
    worse = _named(table.since_last, Change.WORSE, names)
    if better and worse:
        return f"{_few(better)} rose and {_few(worse)} fell"
    if better or worse:
        return f"{_few(better or worse)} {'rose' if better else 'fell'}"
    words = [comparison.change for comparison in table.since_last.values()]
    if words and all(word is Change.TOO_FEW for word in words):
        return "Too few answers to tell what moved"
    if words:
        return "No practice moved more than chance could explain"
    return "Where students stand"


def moved(table: WaveTable) -> tuple[str, ...]:
    """The practices that got better or worse since the wave before, what fell first."""
    return tuple(
        practice
        for practice in by_attention(table)
        if practice in table.since_last
        and table.since_last[practice].change in (Change.WORSE, Change.BETTER)
    )


def by_chance(table: WaveTable) -> str:
    """Say how far a figure can move by chance in this wave; "" where nothing is compared."""
    moves = [comparison.by_chance for comparison in table.since_last.values()]
    if not moves:
        return ""
    return f"With this many answers, a move of {max(moves)} points can happen by chance."


def answers(table: WaveTable) -> str:
    """How many answered, as it may be printed: "about 300 answers"."""
    return f"about {table.everybody.n} answers" if table.everybody else "too few answers to show"


def by_attention(table: WaveTable) -> tuple[str, ...]:
    """Practices in the order to look at them: what fell, what rose, then the least favorable."""
    everybody = table.everybody
    if everybody is None:
        return ()
    moved = {Change.WORSE: 0, Change.BETTER: 1}

    def rank(practice: str) -> tuple[int, float]:
        comparison = table.since_last.get(practice)
        printed = everybody.favorable[practice]
        share = printed.percent if isinstance(printed, Figure) else 101
        return (moved.get(comparison.change, 2) if comparison else 2, share)

    return tuple(sorted(everybody.favorable, key=rank))


def priorities_title(table: WaveTable, names: Mapping[str, str]) -> str:
    """The finding of the Priorities page in one sentence."""
    clear = [names.get(p.practice, p.practice) for p in table.priorities if p.tier is Tier.CLEAR]
    if clear:
        noun = "is a clear priority" if len(clear) == 1 else "are clear priorities"
        return f"{join_words(clear)} {noun}"
    if table.priorities and table.priorities[0].tier is Tier.TOO_FEW:
        return "Too few answers to rank: choose by what you know"
    return "No practice stands out as the clear priority"


def groupings(table: WaveTable) -> tuple[tuple[str, ...], ...]:
    """The groupings of which cells are published in this wave, in their declared order."""
    return tuple(dict.fromkeys(cell.grouping for cell in table.cells if cell.grouping))


def grouping_name(grouping: Sequence[str]) -> str:
    """What a grouping is called: "Grade", "Grade and Program"."""
    return join_words(list(grouping)) or "everybody"


def cells_of(table: WaveTable, grouping: tuple[str, ...]) -> tuple[Cell, ...]:
    """The published cells of one grouping."""
    return tuple(cell for cell in table.cells if cell.grouping == grouping)


def gap_title(cells: Sequence[Cell], names: Mapping[str, str]) -> str:
    """The practice whose cells lie furthest apart, where their intervals do not meet."""
    apart = []
    for practice in dict.fromkeys(p for cell in cells for p in cell.favorable):
        printed = [cell.favorable.get(practice) for cell in cells]
        known = [p for p in printed if isinstance(p, Figure)]
        if len(known) < 2:
            continue
        low, high = min(known, key=_percent), max(known, key=_percent)
        if low.high < high.low:
            apart.append((high.percent - low.percent, names.get(practice, practice)))
    if not apart:
        return "The groups do not differ more than chance could explain"
    return f"{max(apart)[1]} differs most between groups"


def _percent(figure: Figure) -> int:
    return figure.percent


TIER_MEANS: Mapping[Tier, str] = {
    Tier.CLEAR: "Almost surely among the three lowest: the numbers alone would choose it.",
    Tier.POSSIBLE: "It may be among the three lowest. Let reasons decide, not the order.",
    Tier.NOT_NOW: "Hardly among the three lowest this time.",
    Tier.TOO_FEW: "Too few answers to say which is lowest: choose by reasons.",
}
"""What each tier says to the people who decide."""


def by_tier(table: WaveTable) -> tuple[tuple[Tier, tuple[Priority, ...]], ...]:
    """The priorities under their tiers, the most urgent tier first; no empty tier."""
    rows = {tier: tuple(p for p in table.priorities if p.tier is tier) for tier in Tier}
    return tuple((tier, found) for tier, found in rows.items() if found)


def place_in_words(row: Priority) -> str:
    """How sure its place is, in one line; "" where the tier says it all."""
    if row.tier not in (Tier.CLEAR, Tier.POSSIBLE):
        return ""
    times = round(100 * row.probability)
    often = "nearly always" if times >= 99 else f"about {times} times in 100"
    return f"If the school answered again, it would be among the three lowest {often}."


def asked(evidence: Evidence) -> frozenset[str]:
    """Every practice of which some closed wave knows something."""
    cells = (table.everybody for table in evidence.waves)
    return frozenset(practice for cell in cells if cell for practice in cell.favorable)


def history(evidence: Evidence, practice: str) -> tuple[tuple[Wave, Printed], ...]:
    """What everybody said of one practice, wave by wave, oldest first; a gap is Hidden."""
    return tuple((table.wave, _printed(table, practice)) for table in evidence.waves)


def _printed(table: WaveTable, practice: str) -> Printed:
    if table.everybody is None:
        return Hidden("Too few answers in this wave.")
    return table.everybody.favorable.get(practice, Hidden("Not asked in this wave."))


def _named(words: Mapping[str, Comparison], change: Change, names: Mapping[str, str]) -> list[str]:
    return [names.get(p, p) for p, comparison in words.items() if comparison.change is change]


def _few(names: Sequence[str]) -> str:
    return join_words(list(names)) if len(names) < 3 else count(len(names), "practice").capitalize()
