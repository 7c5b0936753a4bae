"""The document that explains each number, cut into sections to be read on a page.

There is one text: ``docs/methods.md``. Nothing of it is written a second time.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "methods.md"

_NOT_FOR_EVERYBODY = ("**Formula.**", "**Source", "*Source", "**Is it honest?**")
"""How the paragraphs begin that a reader in a hurry leaves closed, with all that follows them."""


@dataclass(frozen=True)
class Section:
    """One section in Markdown: what it says in plain words, then formula, sources and checks."""

    title: str
    words: str
    more: str


@dataclass(frozen=True)
class Document:
    """The whole: its title, what stands before the first section, and the sections."""

    title: str
    opening: str
    sections: tuple[Section, ...]


@cache
def document() -> Document:
    """The document as delivered. Raises OSError when it is not there."""
    return parse(DOCUMENT.read_text(encoding="utf-8"))


def parse(text: str) -> Document:
    """Cut Markdown at its headings of the second level."""
    opening, *sections = f"\n{text}".split("\n## ")
    title, _, before = opening.strip().partition("\n")
    return Document(title.removeprefix("# "), before.strip(), tuple(map(_section, sections)))


def _section(text: str) -> Section:
    title, _, body = text.partition("\n")
    blocks = body.strip().split("\n\n")
    plain = next(
        (i for i, block in enumerate(blocks) if block.startswith(_NOT_FOR_EVERYBODY)), len(blocks)
    )
    return Section(title.strip(), "\n\n".join(blocks[:plain]), "\n\n".join(blocks[plain:]))
