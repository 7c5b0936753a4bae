"""The two tables of ``lib.access`` in words: role by page by data.

``python -m lib.access_document`` writes ``docs/access.md``.
"""

import sys
from collections.abc import Iterable

from lib.access import GRANTS, ROLE_WORDS, SCREENS, Data, Role

_SHOWN = tuple(dict.fromkeys(kind for target in SCREENS for kind in (*target.shows, *target.also)))


def document() -> str:
    """``docs/access.md``: role by page by data, made from the two tables."""
    lines = [
        "# Who may see what",
        "",
        "Made from the code by `python -m lib.access_document > docs/access.md`; a test fails when",
        "it is out of date. Everything without a mark here is denied, at the page and again where",
        "the data comes from. The students' page needs no role: it is for everybody.",
        "",
        "## Pages",
        "",
        *_table("Page", "opens", [(each.title, each.roles, frozenset()) for each in SCREENS]),
        "",
        "## Data",
        "",
        "*sees*: may see it. *decides*: may see it and change it; frozen rows are made again",
        "without being seen.",
        "",
        *_table(
            "Data", "sees", [(f"**{_short(k)}**: {k}", g.see, g.decide) for k, g in GRANTS.items()]
        ),
        "",
        "## What each page asks for",
        "",
        "Besides the names of practices and how old the copy is. *where seen*: only what the",
        "viewer may see by the table above.",
        "",
        "| Page | " + " | ".join(_short(kind) for kind in _SHOWN) + " |",
        "|---" * (len(_SHOWN) + 1) + "|",
    ]
    for target in SCREENS:
        marks = (
            "yes" if kind in target.shows else "where seen" if kind in target.also else ""
            for kind in _SHOWN
        )
        lines.append(f"| {target.title} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def _short(kind: Data) -> str:
    return kind.name.replace("_", " ").lower()


def _table(
    head: str, may: str, rows: Iterable[tuple[str, frozenset[Role], frozenset[Role]]]
) -> list[str]:
    table = [f"| {head} | {' | '.join(ROLE_WORDS.values())} |", "|---" * (len(Role) + 1) + "|"]
    for name, sees, decides in rows:
        marks = ("decides" if r in decides else may if r in sees else "" for r in ROLE_WORDS)
        table.append(f"| {name} | {' | '.join(marks)} |")
    return table


if __name__ == "__main__":
    sys.stdout.write(document())
