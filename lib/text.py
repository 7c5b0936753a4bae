"""Small helpers for words on screen."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=&])")


def plain(text: str) -> str:
    """Escape text that people wrote, so that Markdown shows it as it was typed.

    Line breaks become spaces: a sentence of somebody else's never starts a heading or a list.
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def join_words(words: list[str]) -> str:
    """Join words as a sentence does: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Say how many: "1 practice", "3 practices", "no practices"."""
    noun = one if number == 1 else (many or f"{one}s")
    return f"{'no' if number == 0 else number} {noun}"
