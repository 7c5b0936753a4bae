"""One column as it was understood."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lib.intake.feedback import Column, Problem, Role
from lib.intake.profile import Profile
from lib.intake.readings import Reading
from lib.workbook.layout import column_letters


@dataclass(frozen=True)
class Understood:
    """One column, its distinct answers, and how they were understood.

    ``reading`` is set for ratings, trust and follow-up questions, ``date_order`` where a person
    says how a timestamp's day and month are written. ``hides_names``: a label of this group that
    looks like a name without a title is not shown either; ``staff``: nor one made of these words.
    """

    profile: Profile
    column: Column
    reading: Reading | None = None
    problems: tuple[Problem, ...] = field(default=())
    date_order: str = ""
    hides_names: bool = False
    staff: frozenset[str] = frozenset()

    @property
    def role(self) -> Role:
        """What the column holds."""
        return self.column.role

    @property
    def name(self) -> str:
        """Its header, or its place in the sheet where it has none."""
        return self.column.header or f"Column {column_letters(self.column.position)}"


def over(item: Understood, rows: NDArray[np.bool_]) -> Understood:
    """The same column over fewer rows (bool, one a row of the profile)."""
    profile = item.profile
    codes = profile.codes[rows]
    times = np.bincount(codes[codes >= 0], minlength=len(profile.times))
    return replace(item, profile=replace(profile, codes=codes, times=times))
