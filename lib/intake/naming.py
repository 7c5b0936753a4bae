"""Which practice each rating is about; a question that stands twice is one where it can be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lib.intake.corrections import Correction
from lib.intake.feedback import Problem, Role
from lib.intake.practices import Practices, texts_of
from lib.intake.understood import Understood
from lib.workbook.layout import column_letters


def name_ratings(
    columns: Sequence[Understood], practices: Practices, corrected: Mapping[int, Correction]
) -> list[Understood]:
    """Name the practice of each rating; one question standing twice is one practice where nobody
    answered both.
    """
    rated_by: dict[str, list[Understood]] = {}
    found: list[Understood] = []
    for item in columns:
        if item.role is Role.RATING and item.reading is not None:
            said = corrected.get(item.column.position)
            item = _rating(item, practices, rated_by, said.practice if said else None)
        found.append(item)
    return found


def _rating(
    item: Understood,
    practices: Practices,
    rated_by: dict[str, list[Understood]],
    said: str | None,
) -> Understood:
    header = item.profile.header
    practice = said or practices.exact(texts_of(header))
    says = ""
    if practice is None:
        practice = practices.alike(header.asks)
        if practice is not None:
            says = (
                "The question is worded almost like a practice of the catalogue and was taken "
                "for it. If it asks something else, change its practice."
            )
    if practice is None:
        practice = practices.add(header.asks, header.position)
    earlier = rated_by.get(practice, [])
    if earlier and (said is None or item.column.scale != earlier[0].column.scale):
        practice, says = _beside_earlier(item, earlier, practice, practices)
    elif earlier and not _apart(item, earlier):
        says = (
            f"A person put this question and column {column_letters(earlier[0].column.position)} "
            "together, but some people answered both; of these the first answer counts."
        )
    problems = (*item.problems, Problem(None, header.position, says)) if says else item.problems
    named = replace(item, column=replace(item.column, practice=practice), problems=problems)
    rated_by.setdefault(practice, []).append(named)
    return named


def _beside_earlier(
    item: Understood, earlier: Sequence[Understood], practice: str, practices: Practices
) -> tuple[str, str]:
    """The practice of a question that stood in the sheet before, and the sentence about it."""
    first = column_letters(earlier[0].column.position)
    if item.column.scale == earlier[0].column.scale and _apart(item, earlier):
        return practice, (
            f"The same question stands in column {first} and nobody answered both, so their "
            "answers were put together."
        )
    header = item.profile.header
    return practices.add(header.shown, header.position), (
        f"The same question stands in column {first}; the same people answered both, or on "
        "another scale, so the two are kept apart. Give each its own header."
    )


def _apart(item: Understood, earlier: Sequence[Understood]) -> bool:
    """Whether nobody answered both a question and an earlier one."""
    mine = item.profile.codes >= 0
    return not any(bool((mine & (other.profile.codes >= 0)).any()) for other in earlier)
