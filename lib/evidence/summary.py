"""What a wave says in a few sentences, and the order in which to look at its practices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.catalogue import called
from lib.evidence.shares import NOBODY, NOT_ASKED
from lib.evidence.since import MOVED, OTHER_RULE, only_over_a_year, same_rule
from lib.evidence.types import (
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
    """Say what changed since the wave before, in three sentences; "" where there is nothing.

    What moved over a whole year is said, too, where the last wave alone does not show it.
    """
    words = table.since_last
    if not words:
        return Headlines("", "", "This is the first wave: there is nothing to compare it with yet.")
    same = len(_named(words, Change.SAME, names))
    few = _named(words, Change.TOO_FEW, names)
    parts = [_moved_words(words, names), _moved_words(_only_over_a_year(table), names)]
    if same and not parts[0]:
        since = next(iter(words.values())).since
        parts[0] = f"Since {since}, no practice moved more than chance could explain."
    return Headlines(
        moved=" ".join(part for part in parts if part),
        steady=f"{count(same, 'practice').capitalize()}: no clear change." if same else "",
        unknown=f"Nobody can tell yet for {_few(few)}: too few answers." if few else "",
    )


def trends_title(table: WaveTable, names: Mapping[str, str]) -> str:
    """The finding of the Trends page in one sentence."""
    better = _named(table.since_last, Change.BETTER, names)
    worse = _named(table.since_last, Change.WORSE, names)
    first = moved(table)
    if len(first) == 1:
        return f"{called(first[0], names)} {_way(table.since_last[first[0]])}"
    if better and worse:
        return f"{_few(better)} rose and {_few(worse)} fell"
    if better or worse:
        return f"{_few(better or worse)} {'rose' if better else 'fell'}"
    over_a_year = _only_over_a_year(table)
    if len(over_a_year) == 1:
        ((practice, comparison),) = over_a_year.items()
        return f"{called(practice, names)} {comparison.moved}"
    words = [comparison.change for comparison in table.since_last.values()]
    if words and all(word is Change.TOO_FEW for word in words):
        return "Too few answers to tell what moved"
    if words:
        return "No practice moved more than chance could explain"
    return _range_title(table, names)


def _range_title(table: WaveTable, names: Mapping[str, str]) -> str:
    """The lowest and the highest of a wave that is compared with none."""
    known = everybody.favorable if (everybody := table.everybody) else {}
    shown = {p: printed for p, printed in known.items() if isinstance(printed, Figure)}
    if len(shown) < 2:
        return "Where students stand"
    low, high = (end(shown, key=lambda p: shown[p].percent) for end in (min, max))
    if shown[low].percent == shown[high].percent:
        return f"All practices stand at {shown[low].text} favorable"
    return (
        f"From {shown[low].text} favorable ({called(low, names)}) to {shown[high].text} "
        f"({called(high, names)})"
    )


def first_look(table: WaveTable) -> tuple[str, ...]:
    """The practices to see first: what moved, else the least favorable."""
    return moved(table) or by_attention(table)


def first_look_title(table: WaveTable) -> str:
    """What stands above the practices of ``first_look``."""
    return f"What moved since {since_last(table)}" if moved(table) else "Least favorable now"


def change_lines(
    table: WaveTable, practice: str, *, since: str = ""
) -> tuple[tuple[str, bool], ...]:
    """What became of one practice, in a sentence or two, each with whether it moved clearly.

    The year is said where it tells something else than the last wave. ``since`` is the wave that
    the heading above names: it is not said again.
    """
    last = table.since_last.get(practice)
    year = _only_over_a_year(table).get(practice)
    said = []
    if last:
        words = f"{_way(last)}." if last.since == since else last.says
        said.append((words[:1].upper() + words[1:], last.change in MOVED))
    if year:
        said.append((year.says, True))
    return tuple(said)


def _only_over_a_year(table: WaveTable) -> Mapping[str, Comparison]:
    return only_over_a_year(table.since_last, table.since_last_year)


def since_last(table: WaveTable) -> str:
    """The wave that most practices are compared with; "" where nothing is compared."""
    waves = [comparison.since for comparison in table.since_last.values()]
    return max(waves, key=waves.count, default="")


def _moved_words(words: Mapping[str, Comparison], names: Mapping[str, str]) -> str:
    """ "Since Fall 2025, A got better and B got worse." """
    better = _named(words, Change.BETTER, names)
    worse = _named(words, Change.WORSE, names)
    parts = [f"{join_words(better)} got better"] if better else []
    parts += [f"{join_words(worse)} got worse"] if worse else []
    if not parts:
        return ""
    return f"Since {next(iter(words.values())).since}, {' and '.join(parts)}."


def _way(comparison: Comparison) -> str:
    """ "fell from 74% to 56%" """
    return comparison.moved.removesuffix(f" since {comparison.since}")


def moved(table: WaveTable) -> tuple[str, ...]:
    """The practices that got better or worse since the wave before, what fell first."""
    return tuple(
        practice
        for practice in by_attention(table)
        if practice in table.since_last and table.since_last[practice].change in MOVED
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
    first = {Change.WORSE: 0, Change.BETTER: 1}

    def rank(practice: str) -> tuple[int, float]:
        comparison = table.since_last.get(practice)
        printed = everybody.favorable[practice]
        share = printed.percent if isinstance(printed, Figure) else 101
        return (first.get(comparison.change, 2) if comparison else 2, share)

    return tuple(sorted(everybody.favorable, key=rank))


def priorities_title(table: WaveTable, names: Mapping[str, str]) -> str:
    """The finding of the Priorities page in one sentence."""
    clear = [called(p.practice, names) for p in table.priorities if p.tier is Tier.CLEAR]
    if clear:
        noun = "is a clear priority" if len(clear) == 1 else "are clear priorities"
        return f"{join_words(clear)} {noun}"
    if table.priorities and table.priorities[0].tier is Tier.TOO_FEW:
        return "Too few answers to rank: choose by what you know"
    return "No practice stands out as the clear priority"


TIER_MEANS: Mapping[Tier, str] = {
    Tier.CLEAR: "Almost surely among the three lowest: the numbers alone would choose it.",
    Tier.POSSIBLE: "It may be among the three lowest. Let reasons decide, not the order.",
    Tier.NOT_NOW: "Hardly among the three lowest this time.",
    Tier.TOO_FEW: "Too few answers to say which is lowest: choose by reasons.",
}
"""What each tier says to the people who decide."""


def ranked(table: WaveTable) -> int:
    """How many practices have enough answers to be ranked."""
    return sum(row.tier is not Tier.TOO_FEW for row in table.priorities)


def by_tier(table: WaveTable) -> tuple[tuple[Tier, tuple[Priority, ...]], ...]:
    """The priorities under their tiers, the most urgent tier first; no empty tier."""
    rows = {tier: tuple(p for p in table.priorities if p.tier is tier) for tier in Tier}
    return tuple((tier, found) for tier, found in rows.items() if found)


def why(row: Priority, of: int) -> str:
    """Between which places a practice may stand, in one sentence; ``of`` how many are ranked.

    Its share stands beside it and is not said again.
    """
    if row.tier is Tier.TOO_FEW:
        return f"Likely between {row.unfavorable.low}% and {row.unfavorable.high}%."
    first, last = row.rank_low, row.rank_high
    place = f"place {first}" if first == last else f"place {first} to {last}"
    return f"Allowing for luck, {place} of {of}."


def tenths(probability: float) -> int:
    """A probability as repeats in ten, halves up."""
    return int(10 * probability + 0.5)


def in_tens(probability: float) -> str:
    """The same in words: "6 in 10", "nearly always", "hardly ever"."""
    few = tenths(probability)
    return {0: "hardly ever", 10: "nearly always"}.get(few, f"{few} in 10")


def trust_lines(evidence: Evidence) -> tuple[str, ...]:
    """The trust questions, now against the first wave that asked: "... 60% agree, 34% in ..."."""
    said = []
    latest = evidence.latest
    for question, now in latest.trust.items() if latest else ():
        first = next(
            t for t in evidence.waves if isinstance(t.trust.get(question), Figure | Hidden)
        )
        then = first.trust[question]
        if isinstance(now, Figure) and isinstance(then, Figure) and latest and first is not latest:
            said.append(f"“{question}”: {now.text} agree now, {then.text} in {first.wave.label}.")
    return tuple(said)


def asked(evidence: Evidence) -> frozenset[str]:
    """Every practice of which some closed wave knows something."""
    cells = (table.everybody for table in evidence.waves)
    return frozenset(practice for cell in cells if cell for practice in cell.favorable)


def spread_title(evidence: Evidence, practice: str) -> str:
    """How favorable the answers are now, and were in the first wave that shows them."""
    shown = [(wave, p) for wave, p in history(evidence, practice) if isinstance(p, Figure)]
    if len(shown) < 2:
        return "How the answers spread"
    (first, then), (last, now) = shown[0], shown[-1]
    return f"{now.text} favorable in {last.label}, {then.text} in {first.label}"


def history(evidence: Evidence, practice: str) -> tuple[tuple[Wave, Printed], ...]:
    """What everybody said of one practice, wave by wave, oldest first; a gap is Hidden.

    Figures by another rule than the latest wave's are not joined to its figure.
    """
    rules = evidence.latest.rules if evidence.latest else {}
    return tuple((table.wave, _printed(table, practice, rules)) for table in evidence.waves)


def _printed(table: WaveTable, practice: str, rules: Mapping[str, str]) -> Printed:
    if not same_rule(rules, table, practice):
        return OTHER_RULE
    if table.everybody is None:
        return NOBODY
    return table.everybody.favorable.get(practice, NOT_ASKED)


def _named(words: Mapping[str, Comparison], change: Change, names: Mapping[str, str]) -> list[str]:
    return [called(p, names) for p, comparison in words.items() if comparison.change is change]


def _few(names: Sequence[str]) -> str:
    return join_words(list(names)) if len(names) < 3 else count(len(names), "practice").capitalize()
