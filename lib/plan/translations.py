"""The school's own sentences in other languages, as staff wrote them.

A translation belongs to the exact sentence: one that was changed since has none, and says so.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from lib.decided import Records, nothing_changed, one_line, signed
from lib.plan.words import stored, written
from lib.workbook import tabs
from lib.workbook.records import Event, new_event


def translated(records: Records) -> dict[str, dict[str, str]]:
    """What is said in each language, by its code and the English text.

    ``records`` are those of the tab PD Translations.
    """
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for record in records.values():
        said = stored(record, "translation")
        if said:
            language = one_line(record.fields.get("language", ""))
            found[language][stored(record, "text")] = said
    return dict(found)


def save(
    records: Records, language: str, typed: Mapping[str, str], *, who: str, at: datetime
) -> tuple[Event, ...]:
    """Save what was typed for these texts, by text, in one language (its code).

    Only what changed is written; an empty one takes a translation back. Raises DecisionProblem
    where one is too long or nothing changed.
    """
    now = translated(records).get(language, {})
    clean = {text: written("translation", said) for text, said in typed.items()}
    changed = {text: said for text, said in clean.items() if said != now.get(text, "")}
    if not changed:
        raise nothing_changed()
    events = []
    for text, said in changed.items():
        record_id = record_id_of(language, text)
        events.append(
            new_event(
                tabs.TRANSLATIONS,
                {"language": language, "text": text, "translation": said},
                who=signed(who),
                at=at,
                record_id=record_id,
                previous=records.get(record_id),
            )
        )
    return tuple(events)


def record_id_of(language: str, text: str) -> str:
    """The same for everybody who translates the same text: two at once meet in one record."""
    return f"{language}-{sha256(text.encode()).hexdigest()[:16]}"
