"""The responses of one wave."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lib.intake.feedback import Feedback


def take(feedback: Feedback, rows: NDArray[np.intp]) -> Feedback:
    """Only the responses at the places ``rows``, ascending. Nothing is copied for one run of them.

    Comments are left as they are: this room does not read them.
    """
    one_run = len(rows) > 0 and int(rows[-1] - rows[0]) + 1 == len(rows)
    these = slice(int(rows[0]), int(rows[-1]) + 1) if one_run else rows
    return replace(
        feedback,
        row=feedback.row[these],
        at=feedback.at[these],
        ratings=feedback.ratings[these],
        standings=feedback.standings[these],
        groups={
            header: replace(group, codes=group.codes[these])
            for header, group in feedback.groups.items()
        },
        trust={h: (scale, points[these]) for h, (scale, points) in feedback.trust.items()},
        followup={h: (scale, points[these]) for h, (scale, points) in feedback.followup.items()},
    )
