"""Say what would be published of an exported file: ``python -m lib.evidence FILE [--json]``."""

import argparse
import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np

from lib import intake
from lib.catalogue import CATALOGUE
from lib.evidence import Windows, build, windows
from lib.evidence.report import as_json, as_text
from lib.intake.feedback import Feedback


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 0 when the file could be read, 1 when it could not, 2 for a leak found."""
    chosen = _parser().parse_args(arguments)
    now = chosen.now or datetime.now().astimezone().replace(tzinfo=None)
    try:
        feedback = intake.understand_table(intake.read_file(chosen.file), CATALOGUE)
    except intake.IntakeProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    unknown = {h for pair in chosen.pair for h in pair} - set(feedback.groups)
    if unknown:
        asked = ", ".join(feedback.groups) or "none"
        print(
            f"No group question is called {', '.join(sorted(unknown))}. "
            f"Use the header of one of these: {asked}.",
            file=sys.stderr,
        )
        return 1
    groupings = [*((header,) for header in feedback.groups), *(tuple(p) for p in chosen.pair)]
    found = _closed_if_timeless(feedback, windows(feedback.at, {}, now=now), now)
    names = intake.practice_names(feedback, CATALOGUE)
    evidence = build(feedback, found, now=now, names=names, groupings=groupings)
    if chosen.self_test:
        # Only here: linear programs need scipy, which takes a second to load.
        from lib.evidence.selftest import attack

        report = attack(evidence, feedback, found, now=now, groupings=groupings, names=names)
        print(report.as_text())
        return 2 if report.leaks else 0
    if chosen.json:
        print(json.dumps(as_json(evidence, found.waves), ensure_ascii=False))
    else:
        print(as_text(evidence, names))
    return 0


def _closed_if_timeless(feedback: Feedback, found: Windows, now: datetime) -> Windows:
    """A file does not grow: without times, all of its answers are one wave that is over."""
    if np.isnat(feedback.at).all():
        return replace(found, waves=tuple(replace(wave, closes=now) for wave in found.waves))
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lib.evidence", description=__doc__)
    parser.add_argument("file", type=Path, help="a CSV or XLSX export of the form's answers")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument(
        "--self-test", action="store_true", help="attack what would be published, and report"
    )
    parser.add_argument(
        "--now",
        type=datetime.fromisoformat,
        metavar="DATE",
        help="the date on which waves are open or closed (2025-03-10); today otherwise",
    )
    parser.add_argument(
        "--pair",
        nargs=2,
        action="append",
        default=[],
        metavar=("HEADER", "HEADER"),
        help="two group questions to look at together; may be given again",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
