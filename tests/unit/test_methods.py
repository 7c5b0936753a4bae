"""The document of methods, cut into sections: nothing lost, nothing added."""

import re

from lib.methods import DOCUMENT, Section, document, parse

TEXT = """# Where it comes from

First words.

## Waves
A wave is a window.

It closes.

## How sure
**In words.** Few answers, wide range.

**Formula.** p = x/n

A table.

*Source:* Wilson.
"""


def test_a_document_is_cut_at_its_headings() -> None:
    cut = parse(TEXT)
    assert (cut.title, cut.opening) == ("Where it comes from", "First words.")
    assert cut.sections == (
        Section("Waves", "A wave is a window.\n\nIt closes.", ""),
        Section(
            "How sure",
            "**In words.** Few answers, wide range.",
            "**Formula.** p = x/n\n\nA table.\n\n*Source:* Wilson.",
        ),
    )


def test_every_word_of_the_document_is_on_the_page() -> None:
    whole = document()
    shown = [whole.title, whole.opening]
    for section in whole.sections:
        shown += [section.title, section.words, section.more]
    text = re.sub(r"(?m)^#+ ", "", DOCUMENT.read_text(encoding="utf-8"))
    assert " ".join(" ".join(shown).split()) == " ".join(text.split())


def test_each_section_begins_with_words_and_names_no_file_that_is_not_there() -> None:
    root = DOCUMENT.parent.parent
    for section in document().sections:
        assert section.words, section.title
        for name in re.findall(r"`(lib/[\w/]+\.py)`", f"{section.words} {section.more}"):
            assert (root / name).exists(), name
