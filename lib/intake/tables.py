"""How a form was understood, in words and tables for Setup. No answer of anybody's is in them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.catalogue import last_name
from lib.decided import cut, day_words
from lib.intake.feedback import Column, Problem, Role, Scale
from lib.intake.moments import DAY_FIRST, MONTH_FIRST
from lib.intake.rows import NO_CONSENT
from lib.intake.samples import Totals
from lib.intake.scales import favorable_from
from lib.text import count, join_words
from lib.workbook.layout import column_letters

PROBLEMS_SHOWN = 50
"""How many problems are listed one by one."""

ROLE_WORDS: Mapping[Role, str] = {
    Role.RATING: "A rating of a practice",
    Role.STANDING: "A list of practices that work or don't",
    Role.COMMENT: "Words of students' own",
    Role.GROUP: "A group, such as a grade",
    Role.TRUST: "Trust in this form",
    Role.FOLLOWUP: "Whether a promise changed anything",
    Role.CONSENT: "Consent to take part",
    Role.TIMESTAMP: "When it was answered",
    Role.IDENTITY: "Who somebody is (never kept)",
    Role.NOTE: "Staff's own notes (not counted)",
    Role.OTHER: "Something else (not counted)",
    Role.EMPTY: "Nothing yet",
}
"""What a column can hold, in the words of the screen, likeliest first."""

_NOUNS: Mapping[Role, str] = {
    Role.RATING: "Rating",
    Role.STANDING: "List of practices",
    Role.COMMENT: "Words of students' own",
    Role.GROUP: "Group",
    Role.TRUST: "Trust in the form",
    Role.FOLLOWUP: "Follow-up on a promise",
    Role.CONSENT: "Consent",
    Role.TIMESTAMP: "Time of the answer",
    Role.IDENTITY: "Who somebody is, never kept",
    Role.NOTE: "Staff's notes, not counted",
    Role.OTHER: "Something else, not counted",
    Role.EMPTY: "Nothing yet",
}

ORDER_WORDS: Mapping[str, str] = {
    "": "Let the app tell from the whole column",
    DAY_FIRST: "The day first: 3/4 is April 3",
    MONTH_FIRST: "The month first: 3/4 is March 4",
}
"""How the dates of a column may be written, in the words of the screen."""

_TITLE_CUT = 90
_LISTED = 8
_FEW = 10
_MANY = {"list of practices": "lists of practices", "question for words": "questions for words"}

NO_RATING = (
    "No question of the form rates a practice, so there are no results to show. Open Setup, "
    "Questions and say which do."
)

NOT_IN_THE_COPY = (
    "The last good copy holds closed waves and decisions, and not how the form was read. That "
    "stands here again as soon as the sheet can be read."
)


def rates_nothing(columns: Sequence[Column]) -> bool:
    """Whether a form has questions and none of them was taken for a rating."""
    return bool(columns) and not any(column.role is Role.RATING for column in columns)


def unanswered(columns: Sequence[Column]) -> bool:
    """Whether a form has questions, and nobody has answered any.

    An identity is known by its header alone, so that nothing of it is ever kept.
    """
    roles = {column.role for column in columns}
    return Role.EMPTY in roles <= {Role.EMPTY, Role.IDENTITY}


def title(columns: Sequence[Column]) -> str:
    """The finding about a form: "14 questions rate a practice, 2 ask for words"."""
    held = [column.role for column in columns]
    ratings, words = held.count(Role.RATING), held.count(Role.COMMENT)
    if not columns:
        return "The form has no questions yet"
    if unanswered(columns):
        return f"{count(len(columns), 'question').capitalize()}, none answered yet"
    if not ratings:
        return "No question rates a practice yet"
    verb = "rates" if ratings == 1 else "rate"
    said = f"{count(ratings, 'question').capitalize()} {verb} a practice"
    if words:
        said += f", {words} {'asks' if words == 1 else 'ask'} for words"
    return said


def read_words(
    closed: int, responses: int, left_out: Mapping[str, int], columns: Sequence[Column]
) -> str:
    """What was read: "About 2,560 answers of closed waves, none left out. 28 columns: ...".

    ``closed``: what the closed waves print together. All ``responses`` less that would be how many
    are in the open wave, of which a band alone is said.
    """
    if unanswered(columns) and not (closed or responses):
        return f"{title(columns)}. What each one holds is told from the answers."
    if closed:
        number = f"About {closed:,} answers of closed waves read"
    else:
        number = "Answers read, of no closed wave yet" if responses else "No answers read"
    said = f"{number}, {left_out_words(left_out)}."
    return f"{said} {columns_words(columns)}." if columns else said


def columns_words(columns: Sequence[Column]) -> str:
    """What a form's columns hold: "24 columns: 14 ratings, 2 groups and 8 others"."""
    held = [column.role for column in columns]
    named = {
        "rating": held.count(Role.RATING),
        "group": held.count(Role.GROUP),
        "list of practices": held.count(Role.STANDING),
        "question for words": held.count(Role.COMMENT),
    }
    parts = [count(number, one, _MANY.get(one)) for one, number in named.items() if number]
    others = len(columns) - sum(named.values())
    if others:
        parts.append(count(others, "other"))
    return f"{count(len(columns), 'column').capitalize()}: {join_words(parts)}"


def column_table(columns: Sequence[Column], names: Mapping[str, str]) -> pd.DataFrame:
    """One row a column of the sheet: where it is, what it asks, and what it was taken for."""
    doubt = {True: ". Please check.", False: ""}
    return pd.DataFrame(
        {
            "Column": [column_letters(column.position) for column in columns],
            "Question": [short(column.header) for column in columns],
            "Taken for": [brief(column, names) + doubt[column.doubtful] for column in columns],
        }
    )


def outcome_table(now: Totals, then: Totals | None, *, dated: bool = False) -> pd.DataFrame:
    """What comes out of the form now, and with a change: questions, never numbers of answers.

    ``dated``: of the time of the answers instead, days alone.
    """
    outcome = _dates if dated else _outcome
    table = {"What comes out": list(outcome(now)), "Now": list(outcome(now).values())}
    if then is not None:
        table["With this change"] = list(outcome(then).values())
    return pd.DataFrame(table)


def order_question(totals: Totals, column: Column) -> bool:
    """Whether some of a column's dates can be read in two ways, so that a person may say which.

    The sheet's own numbers, which come over the API, leave no such question.
    """
    dates = totals.dates
    return dates is not None and dates.position == column.position and dates.order != ""


def _dates(totals: Totals) -> dict[str, str]:
    dates = totals.dates
    first, last = (dates.first, dates.last) if dates else (None, None)
    return {
        "First answer": day_words(first) if first else "no date",
        "Last answer": day_words(last) if last else "no date",
        "Dates in doubt": _about(dates.doubtful) if dates and dates.doubtful else "none",
    }


def _outcome(totals: Totals) -> dict[str, str]:
    return {
        "Practices rated": str(totals.practices),
        "Groups asked about": str(totals.groups),
        "Questions for words": str(totals.prompts),
    }


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """One row a problem, the first fifty: where to look in the sheet, and what to look at."""
    shown = problems[:PROBLEMS_SHOWN]
    return pd.DataFrame(
        {
            "Row": [str(p.row) if p.row else "" for p in shown],
            "Column": [column_letters(p.column) if p.column else "" for p in shown],
            "What to look at": [p.says for p in shown],
        }
    )


def broken_title(what: str, *, passing: bool) -> str:
    """The finding when ``what`` was not read; ``passing``: whether that mends itself."""
    return f"The {what} cannot be {'reached now' if passing else 'read'}"


def setup_title(things: int, *, answered: bool, form: bool = True) -> str:
    """The finding about the whole setup while reading works; ``things`` want a look.

    ``form``: whether one writes into the sheet.
    """
    if not form:
        return "Connected. What is next: a form"
    if not things and not answered:
        return "Connected, and no answer has come in yet"
    if not things:
        return "Connected, understood and in step"
    return f"Connected, with {count(things, 'thing')} to look at"


def more_problems(problems: Sequence[Problem]) -> str:
    """ "And 12 more.", or nothing where all of them are shown."""
    more = len(problems) - PROBLEMS_SHOWN
    return f"And {more} more: mend these first." if more > 0 else ""


def left_out_words(left_out: Mapping[str, int]) -> str:
    """Which rows were left out: "3 rows left out: blank row (3), and some that did not consent".

    How many did not consent is not said: the number would tick with each answer.
    """
    refused = left_out.get(NO_CONSENT, 0) > 0
    counted = {why: number for why, number in left_out.items() if number and why != NO_CONSENT}
    if not counted:
        return f"some rows left out: {NO_CONSENT}" if refused else "none left out"
    reasons = join_words([f"{why} ({number})" for why, number in counted.items()])
    said = f"{count(sum(counted.values()), 'row')} left out: {reasons}"
    return f"{said}, and some that {NO_CONSENT}" if refused else said


def brief(column: Column, names: Mapping[str, str]) -> str:
    """What a column was taken for, and where favorable begins: enough to check it by.

    ``names``: what practices are called; one that is not saved yet is called as it is asked.
    """
    words = _NOUNS[column.role]
    if column.standing and column.role is Role.STANDING:
        words += f": {column.standing.value}"
    if column.practice:
        words += f" of “{names.get(column.practice) or last_name(column.practice)}”"
    if column.scale:
        words += f", favorable from {point(column.scale, column.scale.favorable_from)}"
    return words


def holds(column: Column, names: Mapping[str, str]) -> str:
    """What a column was taken for, with the ends of its scale."""
    if column.scale is None:
        return brief(column, names)
    low, high = point(column.scale, column.scale.low), point(column.scale, column.scale.high)
    return f"{brief(column, names)}, on a scale from {low} to {high}"


def point(scale: Scale, at: int) -> str:
    """A point of a scale as the form calls it: “Often”, else its number."""
    label = scale.labels[at - scale.low] if scale.labels else ""
    return f"“{label}”" if label and label != str(at) else str(at)


def favorable_choices(scale: Scale, low: int, high: int) -> tuple[dict[int, str], int]:
    """Where favorable may begin on a scale from ``low`` to ``high``, in words by point, and the
    place among them where it begins by default: as on ``scale`` if its ends are the same.
    """
    same = (low, high) == (scale.low, scale.high)
    words = {at: point(scale, at) if same else str(at) for at in range(low + 1, high + 1)}
    return words, list(words).index(scale.favorable_from if same else favorable_from(low, high))


def answers_words(column: Column, labels: Sequence[str]) -> str:
    """What may be said of the answers to a question: the points of its scale, or its ``labels``.

    Never which points were chosen, nor whether there are other labels.
    """
    scale = column.scale
    if column.role is Role.EMPTY:
        return "none yet"
    if scale and scale.labels:
        return f"{', '.join(scale.labels)}. Which were chosen is a result, and not shown here"
    if scale:
        return f"{scale.low} to {scale.high}. Which were chosen is a result, and not shown here"
    return ", ".join(labels) if labels else "not shown"


def opening(columns: Sequence[Column]) -> str:
    """What the columns hold and which of them want a look, in Markdown."""
    if unanswered(columns):
        return "What each one holds is told from the answers: with the first few, look here again."
    return f"{columns_words(columns)}. **{doubt_words(columns)}**"


def doubt_words(columns: Sequence[Column]) -> str:
    """Which columns want a look: "Please check A, H and 3 more.", or that none does.

    "" before the first answer: nothing is told of any of them.
    """
    if unanswered(columns):
        return ""
    letters = [column_letters(column.position) for column in columns if column.doubtful]
    if not letters:
        return "The app is in doubt about none of them."
    more = [f"{len(letters) - _LISTED} more"] if len(letters) > _LISTED else []
    return f"Please check {join_words([*letters[:_LISTED], *more])}."


def short(header: str) -> str:
    """The words that tell a question from its neighbors: of a grid's header, its row."""
    own = header
    if header.endswith("]") and "[" in header:
        own = header[header.rindex("[") + 1 : -1].strip() or header
    if not own:
        return "(no question above it)"
    return cut(own, _TITLE_CUT)


def choice_words(column: Column) -> str:
    """A column in a list to choose from: "D: I get real choices (please check)"."""
    said = f"{column_letters(column.position)}: {short(column.header)}"
    return f"{said} (please check)" if column.doubtful else said


def _about(number: int) -> str:
    """How many, to the nearest ten: an exact number would tick with each answer."""
    return f"about {(number + 5) // 10 * 10:,}" if number >= _FEW else f"fewer than {_FEW}"
