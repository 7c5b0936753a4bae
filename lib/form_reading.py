"""The form as it has been read so far: the answers, and what they are taken for.

Answers and comments live here, in memory alone.
"""

from collections.abc import Sequence
from datetime import datetime

from lib import evidence, intake
from lib.catalogue import Practice
from lib.decided import RecordsByTab
from lib.evidence.types import Wave
from lib.intake.feedback import Feedback, Role
from lib.intake.identity import Guard
from lib.plan import blocks, mapping
from lib.school import Understanding, floors_of
from lib.understanding import understanding_of
from lib.voices.identity import roster_from
from lib.workbook import FormTab, tabs

NOTHING_READ = Understanding(0, {}, (), ())


class FormReading:
    """The answers of one form; understood anew only where what they are taken for has changed.

    ``feedback`` is None until answers were read. ``names`` are the practices' names by id as the
    form has them, ``suggested`` the waves that its bursts of answers suggest. ``lacks_answers``:
    a correction asks for a column whose cells were dropped, so all of it is to be read again.
    Not safe for threads.
    """

    def __init__(self) -> None:
        self.title = ""
        self.feedback: Feedback | None = None
        self.names: dict[str, str] = {}
        self.understanding = NOTHING_READ
        self.suggested: tuple[Wave, ...] = ()
        self.lacks_answers = False
        self._answers: intake.Answers | None = None
        self._understood_of: object = None
        self._told_of: object = None

    @property
    def is_gone(self) -> bool:
        """Whether a copy from an earlier day names a form of which nothing was read since."""
        return bool(self.title) and self._answers is None

    def store(self, form: FormTab, records: RecordsByTab) -> None:
        """Take rows in, in place of those there are unless they continue them."""
        self.title = form.title
        self._understood_of = None
        if form.continues and self._answers is not None:
            self._answers = intake.extend(self._answers, form.rows)
            return
        kept = intake.kept_positions(form.header, _corrections(records))
        self._answers = intake.encode(form.header, form.rows, form.first_row, keep=kept)

    def understand(
        self, records: RecordsByTab, practices: tuple[Practice, ...], now: datetime
    ) -> None:
        """Work out what the answers are taken for by these decisions; ``now`` is local."""
        if self._answers is None:
            return
        corrections, out, staff = _said(records)
        if self._understood_of != (practices, corrections, out, staff):
            self.feedback = intake.understand(self._answers, practices, corrections, out, staff)
            self.names = dict(intake.practice_names(self.feedback, practices))
            self._heed(self._answers, self.feedback, corrections)
            self._told_of = None
            self._understood_of = (practices, corrections, out, staff)
        told_of = (floors_of(records).staff, now.date())
        if self.feedback is not None and self._told_of != told_of:
            self.understanding = understanding_of(self._answers, self.feedback, told_of[0])
            self.suggested = evidence.suggest(self.feedback.at, now=now)
            self._told_of = told_of

    def preview(
        self,
        records: RecordsByTab,
        practices: tuple[Practice, ...],
        more: Sequence[intake.Correction],
    ) -> Understanding:
        """How the form would be read with these corrections on top. Keeps nothing."""
        if self._answers is None:
            return self.understanding
        corrections, out, staff = _said(records)
        feedback = intake.understand(self._answers, practices, (*corrections, *more), out, staff)
        return understanding_of(self._answers, feedback, floors_of(records).staff)

    def _heed(
        self,
        answers: intake.Answers,
        feedback: Feedback,
        corrections: Sequence[intake.Correction],
    ) -> None:
        """Drop the answers that are an identity, by a person's word or by what they look like.

        Note where a person wants dropped ones back.
        """
        identity = [c for c in corrections if c.role is Role.IDENTITY]
        kept = intake.kept_positions(answers.header, corrections)
        looks = {c.position for c in feedback.columns if c.role is Role.IDENTITY} - kept
        said = mapping.positions(feedback.columns, identity)
        self._answers = intake.forget(answers, frozenset(said | looks))
        self.lacks_answers = any(answers.columns[at - 1].guard is not Guard.OPEN for at in kept)


def _corrections(records: RecordsByTab) -> tuple[intake.Correction, ...]:
    return intake.corrections_of(records.get(tabs.COLUMNS, {}).values())


def _said(
    records: RecordsByTab,
) -> tuple[tuple[intake.Correction, ...], tuple[str, ...], frozenset[str]]:
    """What people said of the form: corrections, blocks left out, and words of staff's names."""
    return (
        _corrections(records),
        blocks.fingerprints(records.get(tabs.SETTINGS, {})),
        roster_from(records.get(tabs.ROSTER, {})).words,
    )
