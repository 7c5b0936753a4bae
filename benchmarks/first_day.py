"""What a school's first day costs: processor seconds until the sample's tables stand.

    python -m benchmarks.first_day [--before 51a183b] [--repeats 3]

With the waves that the sample has set, and without any, when calendar months hold and there are
twice as many tables; then one new answer in the month that is open. The baseline, 1.00, is an
earlier edition of the code, taken out of the repository and measured in turn with this one. Each
measurement has a process of its own; what it takes to start Python and import is not in it.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve()
HOME = HERE.parents[1]
SCENES = {
    "first start": "First start of the app, waves set",
    "waves": "First tables, waves set",
    "months": "First tables, calendar months",
    "one answer": "One new answer, calendar months",
}


def measured(scratch: Path) -> dict[str, float]:
    """Processor seconds of each scene, with the code of the folder this is run in."""
    # Imported here: the code to be measured is that of the folder, not that beside this file.
    from lib.digest import Digest
    from lib.reader import Live
    from lib.workbook import sample, tabs
    from lib.workbook.sqlite import SqliteWorkbook

    def workbook(name: str) -> SqliteWorkbook:
        return SqliteWorkbook(scratch / name, partial(sample.load, Path("sample_data")))

    def start() -> None:
        book = workbook("started.sqlite")
        Live(book, book.clock).refresh()

    found = {"first start": seconds(start)}
    book = workbook("read.sqlite")
    contents, clock = book.read(full=True), book.clock
    waves = Digest()
    waves.take(contents)
    found["waves"] = seconds(partial(waves.work_out, clock))

    decisions = (event for event in contents.events if event.tab not in (tabs.WAVES, tabs.EVIDENCE))
    without = replace(contents, events=tuple(decisions))
    form = without.form
    months = Digest()
    months.take(without)
    found["months"] = seconds(partial(months.work_out, clock))
    stamped = [clock.strftime("%m/%d/%Y %H:%M:%S"), *form.rows[-1][1:]]
    more = replace(form, rows=[stamped], first_row=len(form.rows) + 2, continues=True)
    months.take(replace(without, form=more))
    found["one answer"] = seconds(partial(months.work_out, clock))
    return found


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def unpack(revision: str, folder: Path) -> None:
    """Put the code of a revision into a folder."""
    packed = subprocess.run(
        ["git", "archive", revision], cwd=HOME, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")


def run(folder: Path) -> dict[str, float]:
    """What ``measured`` finds in a process of its own, with the code of ``folder``."""
    # One thread: time that waits for another core is no work.
    given = {**os.environ, "PYTHONPATH": str(folder), "OPENBLAS_NUM_THREADS": "1"}
    said = subprocess.run(
        [sys.executable, str(HERE), "--here"],
        cwd=folder,
        env=given,
        check=True,
        capture_output=True,
    ).stdout
    return {scene: float(cost) for scene, cost in json.loads(said).items()}


def main() -> None:
    """Print the table of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", default="51a183b", help="the revision of the baseline")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if chosen.here:
            print(json.dumps(measured(Path(scratch))))
            return
        # Not at the top: in the folder of the baseline there is no such module.
        from benchmarks.figures import Figure, keep

        unpack(chosen.before, Path(scratch))
        rounds = [(run(Path(scratch)), run(HOME)) for _ in range(chosen.repeats)]
    print(f"{'processor seconds':<36} {chosen.before:>8} {'now':>8} {'ratio':>6}")
    for scene, words in SCENES.items():
        old, new = (statistics.median(each[i][scene] for each in rounds) for i in (0, 1))
        print(f"{words:<36} {old:8.2f} {new:8.2f} {new / old:6.2f}")
        keep(Figure(words, chosen.before, new, old))


if __name__ == "__main__":
    main()
