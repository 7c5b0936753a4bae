"""Catalogues made for tests: every text of ours in letters that run from right to left."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from lib.publish.languages import DOMAIN, LOCALE, Language, offered
from lib.publish.messages import update


def with_language(folder: Path, code: str, say: Callable[[str], str]) -> Path:
    """English, Spanish and one more, made by ``say`` out of each English text, in a new folder.

    Whatever other languages we have: a test must not fall because one was added.
    """
    shutil.copytree(LOCALE / "es", folder / "es")
    update(folder, code)
    file = folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    change(file, lambda message: _filled(message, say))
    return folder


def change(file: Path, what: Callable[[Message], None]) -> None:
    """Change every text of a catalogue in place."""
    with file.open("rb") as text:
        catalogue = read_po(text, locale=file.parent.parent.name)
    for message in catalogue:
        if message.id:
            what(message)
    with file.open("wb") as out:
        write_po(out, catalogue)


def arabic(text: str) -> str:
    """Arabic letters in place of words; what is put into a text stays."""
    return re.sub(r"(%\(\w+\)s)|[A-Za-z’]+", lambda m: m[1] or "كلمة", text)


def pseudo_arabic(folder: Path) -> Language:
    """A language from right to left, complete, of words that mean nothing."""
    return {lang.code: lang for lang in offered(with_language(folder, "ar", arabic))}["ar"]


def _filled(message: Message, say: Callable[[str], str]) -> None:
    if isinstance(message.id, str):
        message.string = say(message.id)
    else:
        message.string = (say(message.id[1]),) * len(message.string)
