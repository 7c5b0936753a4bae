"""Tables that are placed as they are, and the cards of small drawings."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from lib.evidence.coverage import Coverage
from lib.evidence.groups import over_waves
from lib.evidence.types import Cell, Evidence, Figure, Printed
from lib.intake.feedback import Standing
from lib.text import count, plain
from lib.voices.by_practice import TITLES
from lib.voices.themes import ThemeCounts

if TYPE_CHECKING:
    from lib.behind import Tested
    from lib.evidence.selftest import Report

STYLE = """
.drawn { overflow-x: auto; }
.drawn th { font-weight: 400; text-align: left; }
.drawn table :is(th, td) { border-width: 0 0 1px; padding-left: 0; padding-right: 1.5rem; }
.drawn table thead th { font-size: 0.875rem; }
.drawn th[scope="row"] { min-width: 7rem; }
.drawn td { font-variant-numeric: tabular-nums; }
.said { margin-bottom: 1rem; }
.said p { margin: 0.5rem 0 0; }
.said p.quiet { font-size: 0.875rem; opacity: 0.6; }
"""


def coverage_table(coverage: Coverage) -> pd.DataFrame:
    """One row a published group: enrolled, answers, rate, and whether it was heard too little."""
    return pd.DataFrame(
        {
            "Group": [group.name for group in coverage.groups],
            "Enrolled": [str(group.enrolled) for group in coverage.groups],
            "Answers": [f"about {group.n}" for group in coverage.groups],
            "Rate": [f"about {group.rate}%" for group in coverage.groups],
            "Heard": ["less than the others" if group.low else "" for group in coverage.groups],
        }
    )


def theme_table(counted: ThemeCounts, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a practice: how many of a wave's passed comments speak of it, most first."""
    return pd.DataFrame(
        {
            "Practice": [names.get(practice, practice) for practice in counted.counts],
            "Comments": [str(number) for number in counted.counts.values()],
        }
    )


def standing_table(said: Mapping[Standing, Printed]) -> pd.DataFrame:
    """One row a standing: the share who said it, and where it likely lies."""
    return pd.DataFrame(
        {
            "Students say": [TITLES[standing] for standing in said],
            "Share": [
                share.text if isinstance(share, Figure) else share.reason for share in said.values()
            ],
            "Likely between": [
                f"{share.low}% to {share.high}%" if isinstance(share, Figure) else ""
                for share in said.values()
            ],
        }
    )


def plain_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its words escaped: Streamlit reads Markdown in headings and cells.

    Its index, which no page shows, is left out. Row by row, for pandas' own way takes ten times
    as long for a few rows.
    """
    rows = [
        [plain(cell) if isinstance(cell, str) else cell for cell in row]
        for row in table.itertuples(index=False, name=None)
    ]
    return pd.DataFrame(rows, columns=[plain(str(name)) for name in table.columns])


def drawn_table(table: pd.DataFrame, alt: str) -> str:
    """The table as HTML, its words escaped; ``alt`` names it.

    For pages that people open every day: Streamlit's own table loads a megabyte of program.
    """
    heads = "".join(f'<th scope="col">{_cell(name)}</th>' for name in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join(f"<td>{_cell(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in table.itertuples(index=False, name=None)
    )
    return (
        f'<div class="drawn" role="region" tabindex="0" aria-label="{_cell(alt)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def drawn_card(drawing: str, said: Sequence[tuple[str, bool]]) -> str:
    """A small drawing (SVG or HTML) and the sentences below it, as one text (HTML).

    Each sentence with whether it is to stand out; their words are escaped here. One text and not
    one for each: a choice sends and draws them all anew (docs/performance.md).
    """
    below = "".join(
        f"<p>{_cell(sentence)}</p>" if loud else f'<p class="quiet">{_cell(sentence)}</p>'
        for sentence, loud in said
    )
    return f'<div class="said">{drawing}{below}</div>'


def _cell(value: object) -> str:
    # In one line: a blank line would end the table.
    return escape(" ".join(str(value).split()))


def group_table(evidence: Evidence, cells: Sequence[Cell], practice: str) -> pd.DataFrame:
    """One practice's printed shares: a row a wave, oldest first, and a column a group."""
    return pd.DataFrame(
        {
            "Wave": [table.wave.label for table in evidence.waves],
            **{
                cell.name: [
                    printed.text if isinstance(printed, Figure) else printed.reason
                    for _, printed in over_waves(evidence, cell, practice)
                ]
                for cell in cells
            },
        }
    )


def self_test_title(report: "Report") -> str:
    """What the privacy self-test found, in one sentence."""
    if report.leaks:
        return f"Found {count(report.leaks, 'way')} to learn about few people"
    if report.complete:
        return "No way was found to single anybody out"
    return "No way was found in what could be tried"


def tested_words(tested: "Tested", school: str) -> str:
    """Whose results were attacked, and on which day."""
    return (
        f"{school}, everything published by {tested.at:%B} {tested.at.day}, {tested.at.year}. "
        "To keep this report or to show it, print the page."
    )


def attempt_table(report: "Report") -> pd.DataFrame:
    """One row a way of attacking: how often it was tried, and how often it found something."""
    return pd.DataFrame(
        {
            "What was tried": [attempt.what for attempt in report.attempts],
            "Times": [
                "not tried" if attempt.left is None else f"{attempt.tried:,}"
                for attempt in report.attempts
            ],
            "Found": [
                "" if attempt.left is None else str(len(attempt.found))
                for attempt in report.attempts
            ],
        }
    )


def findings(report: "Report") -> tuple[str, ...]:
    """All that was found, and all that was not tried, each in a sentence."""
    found = [sentence for attempt in report.attempts for sentence in attempt.found]
    late = [f"{attempt.what}: {attempt.said}." for attempt in report.attempts if attempt.left != 0]
    return (*found, *late, *report.not_attacked)
