"""The school's settings, as every room reads them from the tab PD Settings."""

from collections.abc import Mapping

from lib.workbook.records import Record


def values(settings: Mapping[str, Record]) -> dict[str, tuple[str, ...]]:
    """All that a setting's name was given, in the order in which the records were begun.

    A name's spelling in capitals does not matter; a row without a value says nothing.
    """
    found: dict[str, tuple[str, ...]] = {}
    for record in sorted(settings.values(), key=lambda r: (r.history[0].at, r.record_id)):
        name = " ".join(record.fields.get("name", "").split()).lower()
        value = " ".join(record.fields.get("value", "").split())
        if value:
            found[name] = (*found.get(name, ()), value)
    return found


def newest(settings: Mapping[str, Record]) -> dict[str, str]:
    """One value by name; where a setting stands twice, that of the record that was begun later.

    Of rows that people typed it is the lower one.
    """
    return {name: given[-1] for name, given in values(settings).items()}
