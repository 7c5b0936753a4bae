"""Say how an exported file would be read: ``python -m lib.intake FILE [--json]``."""

import argparse
import json
import os
import sys
import unicodedata
from pathlib import Path

from lib.catalogue import CATALOGUE
from lib.intake import IntakeProblem, read_file, understand_table
from lib.intake.feedback import Role
from lib.intake.report import as_json, as_text

_QUESTIONS = frozenset(Role) - {Role.TIMESTAMP, Role.IDENTITY, Role.EMPTY, Role.NOTE, Role.CONSENT}

_COMMANDS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 0 when the file could be read, 1 when it is no table of answers."""
    parser = argparse.ArgumentParser(prog="python -m lib.intake", description=__doc__)
    parser.add_argument("file", type=Path, help="a CSV or XLSX export of the form's answers")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    chosen = parser.parse_args(arguments)
    try:
        feedback = understand_table(read_file(chosen.file), CATALOGUE)
        if not any(column.role in _QUESTIONS for column in feedback.columns):
            raise IntakeProblem(
                "No column of this file looks like a question with answers.",
                "Export the sheet with the form's answers, its header in the first row.",
            )
    except IntakeProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    report = json.dumps(as_json(feedback), ensure_ascii=False) if chosen.json else as_text(feedback)
    try:
        print(report if chosen.json else _visible(report), flush=True)
    except BrokenPipeError:
        # Whoever reads has read enough (| head). Nothing is left to write at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _visible(report: str) -> str:
    """The report without signs that would command a terminal: headers hold whatever they hold."""
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in _COMMANDS else "\ufffd"
        for char in report
    )


if __name__ == "__main__":
    sys.exit(main())
