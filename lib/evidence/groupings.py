"""Which groupings a school looks at: its group questions, and the pairs it declares."""

from collections.abc import Mapping

from lib.evidence.members import Grouping
from lib.intake.feedback import Feedback

PAIRS = "group pairs"
"""The setting: "Grade + Program; Grade + House", by the questions' texts."""


def groupings_from(
    settings: Mapping[str, str], feedback: Feedback
) -> tuple[tuple[Grouping, ...], tuple[str, ...]]:
    """Every group question alone, then the declared pairs, in their order; and sentences.

    A pair that names a question which the form does not ask is left out and said.
    """
    pairs: list[Grouping] = []
    notes = []
    for text in filter(None, (part.strip() for part in settings.get(PAIRS, "").split(";"))):
        pair = tuple(header.strip() for header in text.split(" + "))
        if len(pair) == 2 and pair[0] != pair[1] and set(pair) <= set(feedback.groups):
            pairs.append(pair)
        else:
            notes.append(
                f'The setting "{PAIRS}" says "{text}": write two group questions of the form with '
                f'" + " between them. The form asks {", ".join(feedback.groups) or "none"}.'
            )
    singles = tuple((header,) for header in feedback.groups)
    return (*singles, *dict.fromkeys(pairs)), tuple(notes)
