"""A file that is no table of answers."""


class IntakeProblem(Exception):
    """A file that cannot be read as a form's answers; both sentences are for a person to read."""

    def __init__(self, says: str, do: str) -> None:
        super().__init__(f"{says} {do}")
        self.says = says
        self.do = do


def not_a_table(says: str) -> IntakeProblem:
    """The problem of a file that holds something else, which ``says`` in a sentence."""
    return IntakeProblem(
        says, "Export the sheet with the form's answers as CSV or Excel and try again."
    )
