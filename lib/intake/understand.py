"""From the stored answers to Feedback: every row accounted for, every doubt said."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lib.catalogue import Practice
from lib.intake.answers import BLANK, Answers, forget
from lib.intake.assemble import assemble
from lib.intake.blocks import length, repeated_blocks
from lib.intake.columns import understand_columns
from lib.intake.corrections import Correction
from lib.intake.feedback import Block, Feedback, Problem, Role
from lib.intake.header_row import LOOKED_AT, header_row
from lib.intake.headers import read_headers
from lib.intake.identity import Guard, guard_of
from lib.intake.practices import Practices
from lib.intake.profile import profile
from lib.intake.recognise import consents
from lib.intake.rows import NO_CONSENT, left_out, looks_like_answers
from lib.intake.text import UNREADABLE, clean
from lib.intake.understood import Understood, over
from lib.text import count
from lib.workbook.protocol import Cell

_NO_QUESTIONS = (
    "The first row looks like an answer and not like the form's questions. Write the questions "
    "into a row above it, or the first answer is taken for them."
)
_TITLE = (
    "The form's questions seem to stand in row {row}, below a title or blank rows. Delete what "
    "stands above them, or the columns are read without their questions."
)
_UNCLEAR = (
    "answers to the consent question are neither a yes nor a no. They were kept; please look at "
    "them."
)


def understand(
    answers: Answers,
    practices: Sequence[Practice],
    corrections: Sequence[Correction] = (),
    left_out_blocks: Sequence[str] = (),
    staff: frozenset[str] = frozenset(),
) -> Feedback:
    """Read a form's answers. A person's ``corrections`` win over what is recognised.

    ``left_out_blocks`` are the fingerprints of pasted blocks that a person leaves out; ``staff``
    are folded words of staff's names, which are no group.
    Every row below the header is either a response or counted in ``left_out``.
    """
    titled = header_row(_top(answers))
    if titled:
        # Nobody's name is kept for standing under a title.
        answers = forget(answers, _asking_who(answers, titled))
    headers = read_headers(answers.header)
    rows, reasons, lost = left_out(answers, left_out_blocks)
    profiles = [
        profile(header, column, rows)
        for header, column in zip(headers, answers.columns, strict=True)
    ]
    known = Practices(practices)
    columns = understand_columns(profiles, known, corrections, staff)
    timed = any(column.role is Role.TIMESTAMP for column in columns)
    blocks = repeated_blocks(answers, rows, timed=timed)
    problems = [*map(_repeats, blocks), *map(_is_lost, lost)]
    problems += _unreadable(answers)
    if looks_like_answers(answers.header):
        problems.insert(0, Problem(1, None, _NO_QUESTIONS))
    if titled:
        row = int(answers.row[titled - 1])
        problems.insert(0, Problem(1, None, _TITLE.format(row=row)))
    agreed = np.ones(int(rows.sum()), bool)
    for column in columns:
        if column.role is Role.CONSENT:
            yes, doubts = _agreed(column, answers.row[rows])
            agreed &= yes
            problems += doubts
    if not agreed.all():
        reasons[NO_CONSENT] = int((~agreed).sum())
        rows[np.flatnonzero(rows)[~agreed]] = False
        columns = [over(column, agreed) for column in columns]
    feedback = assemble(columns, answers.row[rows], known, reasons, problems)
    return replace(feedback, blocks=blocks, lost_blocks=lost)


def _top(answers: Answers) -> list[Sequence[Cell]]:
    """The header and the rows below it, as far as they tell where the questions stand."""
    rows = range(min(LOOKED_AT, len(answers)))
    cells = [
        [column.shared[code] if code != BLANK else None for code in column.codes[: len(rows)]]
        for column in answers.columns
    ]
    return [answers.header, *([column[at] for column in cells] for at in rows)]


def _asking_who(answers: Answers, titled: int) -> frozenset[int]:
    """The positions of columns whose question, ``titled`` rows below the first, asks for names."""
    asked = _top(answers)[titled]
    return frozenset(
        at for at, cell in enumerate(asked, 1) if guard_of(clean(cell)) is not Guard.OPEN
    )


def _agreed(column: Understood, row: NDArray[np.int32]) -> tuple[NDArray[np.bool_], list[Problem]]:
    """Who did not refuse (bool, one a row), and a problem where an answer could not be told."""
    told = [consents(clean(cell)) for cell in column.profile.distinct]
    codes = column.profile.codes
    refused = np.array([answer is False for answer in told] + [False])[codes]
    unclear = np.flatnonzero(np.array([answer is None for answer in told] + [False])[codes])
    if not len(unclear):
        return ~refused, []
    says = f"{len(unclear)} {_UNCLEAR}"
    return ~refused, [
        Problem(int(row[unclear[0]]), column.column.position, says, f"Some {_UNCLEAR}")
    ]


def _unreadable(answers: Answers) -> list[Problem]:
    """A problem for each column with a letter that was lost before the answers came here."""
    problems = []
    for position, column in enumerate(answers.columns, start=1):
        lost = [UNREADABLE in clean(cell) for cell in column.distinct] + [False]
        rows = answers.row[np.array(lost)[column.codes]]
        if UNREADABLE in clean(answers.header[position - 1]):
            first = int(answers.row[0]) if len(answers) else 2
            rows = np.array([first - 1, *rows])
        if len(rows):
            says = (
                f"A letter that cannot be read ({UNREADABLE}) stands in "
                f"{count(len(rows), 'cell')} of this column. Correct it in the sheet, or export "
                "the file again as UTF-8."
            )
            problems.append(Problem(int(rows[0]), position, says))
    return problems


def _repeats(block: Block) -> Problem:
    return Problem(
        block.first,
        None,
        f"Rows {block.first} to {block.last} repeat the rows from {block.copy_of} on, cell "
        "for cell, as if pasted again. They are counted; leave the block out if it is a copy.",
    )


def _is_lost(fingerprint: str) -> Problem:
    return Problem(
        None,
        None,
        f"A block of {count(length(fingerprint), 'row')} that a person leaves out does not stand "
        "in the sheet twice any more, so nothing is left out for it. If you deleted the copy "
        "yourself, all is well.",
    )
