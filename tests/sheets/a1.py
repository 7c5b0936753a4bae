"""A1 notation as the Sheets API reads and writes it."""

import re
from dataclasses import dataclass

PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
CORNER = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)")


class BadRange(ValueError):
    pass


@dataclass(frozen=True)
class Area:
    """Zero-based, half open; an end of None is open."""

    title: str | None
    top: int
    left: int
    bottom: int | None
    right: int | None


def parse(text: str, titles: list[str]) -> Area:
    """Raises BadRange, also for a title that is none of ``titles``."""
    title, cells = _split(text)
    if title is None and not _is_cells(cells):
        title, cells = cells, ""
    if title is not None and title not in titles:
        raise BadRange(text)
    if not cells:
        return Area(title, 0, 0, None, None)
    if not _is_cells(cells):
        raise BadRange(text)
    first, colon, last = cells.partition(":")
    top, left = _corner(first)
    bottom, right = _corner(last) if colon else (top, left)
    if not colon and (top is None or left is None):
        raise BadRange(text)
    if top is not None and bottom is not None and bottom < top:
        top, bottom = bottom, top
    if left is not None and right is not None and right < left:
        left, right = right, left
    return Area(
        title,
        top or 0,
        left or 0,
        None if bottom is None else bottom + 1,
        None if right is None else right + 1,
    )


def _split(text: str) -> tuple[str | None, str]:
    if text.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')+)'(?:!(.*))?", text)
        if not match:
            raise BadRange(text)
        return match.group(1).replace("''", "'"), match.group(2) or ""
    if "!" in text:
        title, _, cells = text.rpartition("!")
        return title, cells
    return None, text


def _is_cells(text: str) -> bool:
    first, colon, last = text.partition(":")
    match = CORNER.fullmatch(first)
    if not match or not first:
        return False
    if not colon:
        return bool(match.group(1) and match.group(2))
    return bool(last and CORNER.fullmatch(last))


def _corner(text: str) -> tuple[int | None, int | None]:
    match = CORNER.fullmatch(text)
    if not match or not text:
        raise BadRange(text)
    letters, digits = match.groups()
    return (int(digits) - 1 if digits else None), (number(letters) - 1 if letters else None)


def number(letters: str) -> int:
    total = 0
    for letter in letters.upper():
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


def letters(index: int) -> str:
    text, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def quoted(title: str) -> str:
    if PLAIN_TITLE.fullmatch(title) and not CELL_LIKE.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(title: str, top: int, left: int, bottom: int, right: int) -> str:
    """The range as the API echoes it; ends are exclusive."""
    first = f"{letters(left)}{top + 1}"
    last = f"{letters(right - 1)}{bottom}"
    return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")
