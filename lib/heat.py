"""A table of practices by groups whose cells are shaded: the heat map, readable without color."""

from collections.abc import Mapping, Sequence
from html import escape

from lib.catalogue import called
from lib.charts import BLUE_TO_BROWN
from lib.evidence.types import Cell, Figure, Printed

STYLE = """
.heat-frame .heat { border-collapse: separate; border-spacing: 3px;
  font-variant-numeric: tabular-nums; }
.heat th[scope="row"] { position: sticky; left: 0; }
.heat th { font-weight: 400; text-align: left; border: 0; padding: 0.25rem 0.5rem 0.25rem 0; }
.heat thead th { vertical-align: bottom; font-size: 0.875rem; min-width: 4.5rem; }
.heat td { border: 0; border-radius: 3px; padding: 0.25rem 0.5rem; text-align: center; }
.heat small { display: block; font-size: 0.75rem; }
.heat summary { cursor: pointer; font-size: 0.875rem; white-space: nowrap; }
.heat .hidden { display: table-cell; color: inherit; }
.heat-frame { overflow-x: auto; }
"""

_DARK_INK, _LIGHT_INK = "#0B0C0C", "#FFFFFF"
# Each shade with the percent below which it is used: five steps of 20 points.
_SHADES = tuple(zip((20, 40, 60, 80, 101), BLUE_TO_BROWN, strict=True))
_LIGHT_ON = {BLUE_TO_BROWN[0], BLUE_TO_BROWN[-1]}


def heat_table(
    cells: Sequence[Cell], practices: Sequence[str], names: Mapping[str, str], caption: str
) -> str:
    """One row a practice, one column a cell: its printed share and likely range (HTML).

    ``names`` are the practices' names by id. A hidden figure is hatched and says why when asked.
    """
    columns = "".join(
        f'<th scope="col">{escape(cell.name)}<small>about {cell.n}</small></th>' for cell in cells
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(called(practice, names))}</th>'
        + "".join(_cell(cell.favorable.get(practice)) for cell in cells)
        + "</tr>"
        for practice in practices
    )
    return (
        '<div class="heat-frame" role="region" tabindex="0" '
        f'aria-label="{escape(caption, quote=True)}"><table class="heat">'
        f"<thead><tr><td></td>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(printed: Printed | None) -> str:
    if not isinstance(printed, Figure):
        why = escape(printed.reason if printed else "Not asked.")
        return (
            f'<td class="hidden"><details><summary>hidden: why?</summary><small>{why}</small>'
            "</details></td>"
        )
    shade = next(color for top, color in _SHADES if printed.percent < top)
    ink = _LIGHT_INK if shade in _LIGHT_ON else _DARK_INK
    return (
        f'<td style="background:{shade};color:{ink}">{escape(printed.text)}'
        f"<small>{printed.low} to {printed.high}</small></td>"
    )
