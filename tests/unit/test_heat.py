from html.parser import HTMLParser

from lib import heat
from lib.charts import BLUE_TO_BROWN
from lib.evidence.types import Audience, Cell, Coding, Figure, Hidden

NAMES = {"goals": "Clear <goals>", "pace": "A pace that fits"}
SMALL = Hidden("Hidden to protect a small group.")
SIX = Cell(
    Audience.STAFF,
    ("Grade",),
    (("Grade 6",),),
    60,
    {"goals": Figure(35, 24, 48), "pace": SMALL},
)
SEVEN = Cell(
    Audience.STAFF,
    ("Grade",),
    (("Grade 7",), ("Grade 8",)),
    55,
    {"goals": Figure(95, 85, 100, Coding.AT_LEAST), "pace": SMALL},
)


class Cells(HTMLParser):
    """The texts of a table's cells, row by row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.styles: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.styles.append(dict(attrs).get("style") or "")

    def handle_data(self, data: str) -> None:
        self.rows[-1][-1] += data


def test_a_heat_map_is_a_table_that_can_be_read() -> None:
    table = Cells(heat.heat_table((SIX, SEVEN), ("goals", "pace"), NAMES, "By grade"))
    assert table.rows == [
        ["", "Grade 6about 60", "Grade 7 or Grade 8about 55"],
        ["Clear <goals>", "35%24 to 48", "at least 95%85 to 100"],
        ["A pace that fits", *["hidden: why?Hidden to protect a small group."] * 2],
    ]


def test_shades_run_from_brown_to_blue_and_letters_stay_readable() -> None:
    table = Cells(heat.heat_table((SIX, SEVEN), ("goals",), NAMES, "By grade"))
    assert [style for style in table.styles if style] == [
        f"background:{BLUE_TO_BROWN[1]};color:#0B0C0C",
        f"background:{BLUE_TO_BROWN[4]};color:#FFFFFF",
    ]
