"""What a log may hold of a fault: its kind and its place, never its words.

The message of an exception can quote an answer, a comment or a key.
"""

import traceback

_PLACES = 3
"""How many calls are named, the innermost last."""


def kind_and_place(error: BaseException) -> str:
    """One line: "KeyError at /app/lib/reader.py:118, /app/lib/digest.py:120"; paths as loaded."""
    calls = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    where = ", ".join(f"{call.filename}:{call.lineno}" for call in calls)
    return f"{type(error).__name__} at {where or 'no place'}"
